"""Transaction: what must hold of a movement of money."""

from expectations.declared import declared
from expectations.model import Check, Dimension
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["transaction"]


def suite(_fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    return (
        *declared(RECORD),
        topics.held(RECORD),
        topics.known(RECORD),
        topics.filled(RECORD, "amount"),
        topics.filled(RECORD, "occurred_at"),
        Check(
            "amount.amount", "transaction", "amount", Dimension.ACCURACY, "amount > 0",
            "amount is positive; direction says which way it went.", "金额为正数，方向由收付表示。",
            "The column's declaration.",
        ),
        topics.currency(RECORD),
        topics.one_of(RECORD, "direction", "收", "付"),
    )  # fmt: skip
