"""Contract: what must hold of a contract's row."""

from expectations.declared import declared
from expectations.model import Check
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["contract"]


def suite(_fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    return (
        *declared(RECORD),
        topics.held(RECORD),
        topics.known(RECORD),
        topics.filled(RECORD, "contract_number"),
        topics.filled(RECORD, "product"),
        topics.not_negative(RECORD, "amount"),
        topics.ordered(RECORD, "starts_on", "ends_on"),
    )
