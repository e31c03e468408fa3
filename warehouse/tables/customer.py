"""Customer: the one view, one row a customer, and whence each value of it comes."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Numeric, Table, Text

from masking.kinds import Kind
from warehouse.model import Section, column, kind, table
from warehouse.tables import codes
from warehouse.tables.enterprise import enterprise
from warehouse.tables.individual import individual
from warehouse.tables.institution import institution

NOT_OF_THE_CUSTOMER = {
    "customer_id",
    "channel",
    "source_id",
    "day",
    "unreadable",
    "remark",
    "updated_on",
}
"""Columns of a record that speak of the row, not of the customer."""


def attributes() -> dict[str, Column[Any]]:
    """The attributes that survive into the one view, by name: those of all customer records."""
    found: dict[str, Column[Any]] = {}
    for source in (individual, enterprise, institution):
        for c in source.columns:
            if c.name not in NOT_OF_THE_CUSTOMER:
                found.setdefault(c.name, c)
    return found


WHERE_IT_IS = ("home_address", "address")
"""The attributes that say where a customer is: where a person lives, where an organisation sits."""


def _copied(source: Column[Any]) -> Column[Any]:
    said = source.info
    return column(
        source.name, source.type, kind(source), said["zh"], said["meaning"], codes=said["codes"]
    )


customer: Table = table(
    "core", "customer", "客户统一视图", "One customer, with the values that survived from all channels.",
    column("customer_id", Text, Kind.KEY, "客户号", "Permanent id of the customer.", primary_key=True),
    column("customer_type", Text, Kind.PLAIN, "客户类型",
           "individual, enterprise or institution.", nullable=False, codes=codes.CUSTOMER_TYPE),
    column("since_on", Date, Kind.EVENT_DATE, "首见日期", "Day of the first batch that held a row of the customer."),
    column("source_count", BigInteger, Kind.PLAIN, "来源行数", "Rows of all channels that are this customer."),
    column("channel_count", BigInteger, Kind.PLAIN, "来源渠道数", "Channels that know this customer."),
    column("has_account", Boolean, Kind.PLAIN, "是否持有账户", "Whether an account of the customer is open; empty if no channel delivers accounts."),
    column("province", Text, Kind.ADDRESS, "省份", "Province where the customer lives or sits; empty if the address does not say for certain."),
    column("city", Text, Kind.ADDRESS, "城市", "Prefecture, or the municipality itself, or the county that lies in none."),
    column("district", Text, Kind.ADDRESS, "区县", "District or county within the city."),
    *(_copied(c) for c in attributes().values()),
    section=Section.BASIC,
)  # fmt: skip

customer_value = table(
    "core", "customer_value", "客户取值来源", "Whence one surviving value of a customer comes.",
    column("customer_id", Text, Kind.KEY, "客户号", "The customer.", primary_key=True),
    column("attribute", Text, Kind.PLAIN, "属性", "Column of `customer`.", primary_key=True),
    column("channel", Text, Kind.PLAIN, "来源渠道", "The channel whose value survived."),
    column("source_id", Text, Kind.KEY, "来源键", "The row whose value survived."),
    column("rule", Text, Kind.PLAIN, "存留规则", "The rule by which it survived."),
    column("known_on", Date, Kind.EVENT_DATE, "取值日期", "Day of the row's batch, or when the channel last changed it."),
    column("confidence", Numeric(6, 4), Kind.PLAIN, "置信度", "Share of the customer's rows with a value that agree, 0 to 1."),
    section=Section.BASIC,
)  # fmt: skip

customer_source = table(
    "core", "customer_source", "客户号台账", "That a channel's row is a customer, from when until when.",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel.", primary_key=True),
    column("source_id", Text, Kind.KEY, "来源键", "The row's key in its channel.", primary_key=True),
    column("customer_id", Text, Kind.KEY, "客户号", "The customer it is.", primary_key=True),
    column("since", Date, Kind.EVENT_DATE, "起", "First day it was so.", primary_key=True),
    column("until", Date, Kind.EVENT_DATE, "止", "First day it was no longer so; empty while it is."),
    column("cause", Text, Kind.PLAIN, "原因", "new, joined, merged or split."),
    section=Section.BASIC,
)  # fmt: skip

customer_successor = table(
    "core", "customer_successor", "客户号承继", "That a customer id gave way to another, when and why.",
    column("customer_id", Text, Kind.KEY, "原客户号", "The id that gave way.", primary_key=True),
    column("successor_id", Text, Kind.KEY, "现客户号", "The id that stands for it now."),
    column("since", Date, Kind.EVENT_DATE, "起", "Since which day."),
    section=Section.BASIC,
)  # fmt: skip

customer_history: Table = table(
    "core", "customer_history", "客户历史", "What was known of a customer from one day until another.",
    column("customer_id", Text, Kind.KEY, "客户号", "Permanent id of the customer.", primary_key=True),
    column("valid_from", Date, Kind.EVENT_DATE, "生效日", "First day this was known.", primary_key=True),
    column("valid_to", Date, Kind.EVENT_DATE, "失效日", "First day it was no longer so; empty while it is."),
    column("customer_type", Text, Kind.PLAIN, "客户类型",
           "individual, enterprise or institution.", codes=codes.CUSTOMER_TYPE),
    *(_copied(c) for c in attributes().values()),
    section=Section.BASIC,
)  # fmt: skip

pair = table(
    "core", "pair", "匹配对", "Two rows that were compared closely, and how sure we are that they are one customer.",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel of the one row.", primary_key=True),
    column("source_id", Text, Kind.KEY, "来源键", "The key of the one row.", primary_key=True),
    column("other_channel", Text, Kind.PLAIN, "对方渠道", "The channel of the other.", primary_key=True),
    column("other_source_id", Text, Kind.KEY, "对方来源键", "The key of the other.", primary_key=True),
    column("probability", Numeric(8, 6), Kind.PLAIN, "匹配概率", "Probability that they are one, 0 to 1; 1 for a proof."),
    column("because", Text, Kind.PLAIN, "依据", "proof, score, judged same or judged different."),
    section=Section.RELATIONSHIP,
)  # fmt: skip
