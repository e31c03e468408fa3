"""Consent: what must hold of a customer's word on what may be done."""

from expectations.declared import declared
from expectations.model import Check
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["consent"]


def suite(_fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    return (
        *declared(RECORD),
        topics.held(RECORD),
        topics.known(RECORD),
        topics.filled(RECORD, "purpose"),
        topics.filled(RECORD, "granted_on"),
        topics.one_of(RECORD, "manner", "written", "electronic"),
        topics.ordered(RECORD, "granted_on", "withdrawn_on"),
    )
