"""Account: what must hold of an account's row."""

from expectations import predicates as p
from expectations.declared import declared
from expectations.model import Check, Dimension
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["account"]


def suite(_fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    return (
        *declared(RECORD),
        topics.held(RECORD),
        topics.known(RECORD),
        topics.filled(RECORD, "account_number"),
        *topics.card(RECORD, "card_number"),
        topics.currency(RECORD),
        topics.ordered(RECORD, "opened_on", "closed_on"),
        Check(
            "complete.closed_on", "account", "closed_on", Dimension.COMPLETENESS,
            p.where("status IN ('销户', '已销户', '注销', '已注销', '关闭', 'closed')", "closed_on IS NOT NULL"),
            "A closed account says when it was closed.", "已销户的账户注明销户日期。",
            "Retention is counted from that day (REQUIREMENTS E7).",
        ),
        Check(
            "amount.balance", "account", "balance", Dimension.ACCURACY,
            p.where("NOT regexp_matches(account_type, '贷|信用|透支')", "balance >= 0"),
            "The balance is not below nought, unless the account lends.", "非贷款、非信用类账户余额不为负数。",
            "The account's type.",
        ),
    )  # fmt: skip
