"""Account: what must hold of an account's row."""

from expectations.declared import declared
from expectations.model import Check
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["account"]


def suite(_fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    return (
        *declared(RECORD),
        topics.held(RECORD),
        topics.filled(RECORD, "account_number"),
        topics.card(RECORD, "card_number"),
        topics.currency(RECORD),
        topics.ordered(RECORD, "opened_on", "closed_on"),
    )
