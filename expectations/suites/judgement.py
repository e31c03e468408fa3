"""Judgement: what must hold of a person's word on who is who. It outranks every score, so nothing is let pass."""

from expectations.declared import declared
from expectations.model import Check, Level
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["judgement"]


def suite(_fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    required = ("other_channel", "other_source_id", "verdict", "judged_by", "judged_at")
    return (
        *declared(RECORD),
        topics.held(RECORD),
        topics.known(RECORD),
        *(topics.filled(RECORD, column, Level.STOP) for column in required),
        topics.one_of(RECORD, "verdict", "same", "different", "undecided"),
        topics.filled(RECORD, "reason"),
    )
