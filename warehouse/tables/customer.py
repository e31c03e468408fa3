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
        source.name,
        source.type,
        kind(source),
        said["zh"],
        said["meaning"],
        said["meaning_zh"],
        codes=said["codes"],
    )


def _places() -> tuple[Column[Any], ...]:
    """Where a customer is, by level: to count by."""
    return (
        column("province", Text, Kind.ADDRESS, "省份", "Province where the customer lives or sits; empty if the address does not say for certain.", "客户居住地或所在地的省级行政区；地址不能确定时为空。"),
        column("city", Text, Kind.ADDRESS, "城市", "Prefecture, or the municipality itself, or the county that lies in none.", "地级行政区；直辖市为该市本身，省直辖县级行政区为该县市。"),
        column("district", Text, Kind.ADDRESS, "区县", "District or county within the city.", "所在城市下辖的区县。"),
    )  # fmt: skip


PLACES = tuple(c.name for c in _places())

MADE_OF = {
    **dict.fromkeys(PLACES, tuple(f"customer.{a}" for a in WHERE_IT_IS)),
    "has_account": ("account.source_id",),
}
"""Columns of the one view that are made of others; `customer.` is before an attribute, `account.` before a column."""


customer: Table = table(
    "core", "customer", "客户统一视图", "One customer, with the values that survived from all channels.", "一个客户，各属性为从所有渠道中择优留存的值。",
    column("customer_id", Text, Kind.KEY, "客户号", "Permanent id of the customer.", "客户的永久编号。", primary_key=True),
    column("customer_type", Text, Kind.PLAIN, "客户类型",
           "individual, enterprise or institution.", "个人（individual）、企业（enterprise）或机构（institution）。", nullable=False, codes=codes.CUSTOMER_TYPE),
    column("since_on", Date, Kind.EVENT_DATE, "首见日期", "Day of the first batch that held a row of the customer.", "最早含有该客户数据的批次日期。"),
    column("source_count", BigInteger, Kind.PLAIN, "来源行数", "Rows of all channels that are this customer.", "各渠道中属于该客户的行数。"),
    column("channel_count", BigInteger, Kind.PLAIN, "来源渠道数", "Channels that know this customer.", "登记有该客户的渠道数。"),
    column("has_account", Boolean, Kind.PLAIN, "是否持有账户", "Whether an account of the customer is open; empty if no channel delivers accounts.", "客户是否有未销户的账户；没有渠道提供账户时为空。"),
    *_places(),
    *(_copied(c) for c in attributes().values()),
    section=Section.BASIC,
)  # fmt: skip

customer_value = table(
    "core", "customer_value", "客户取值来源", "Whence one surviving value of a customer comes.", "客户一项留存值的来源。",
    column("customer_id", Text, Kind.KEY, "客户号", "The customer.", "所指客户。", primary_key=True),
    column("attribute", Text, Kind.PLAIN, "属性", "Column of `customer`.", "`customer` 表的列名。", primary_key=True),
    column("channel", Text, Kind.PLAIN, "来源渠道", "The channel whose value survived.", "留存值所来自的渠道。"),
    column("source_id", Text, Kind.KEY, "来源键", "The row whose value survived.", "留存值所来自的行。"),
    column("rule", Text, Kind.PLAIN, "存留规则", "The rule by which it survived; then, if so, that it is doubtful, went before a doubtful one (over doubtful), or cannot be right and was left out of the one view (left out).", "该值得以留存所依据的规则；其后注明存疑（doubtful）、优先于存疑值（over doubtful）或不可能为真而未进入统一视图（left out）。"),
    column("known_on", Date, Kind.EVENT_DATE, "取值日期", "Day of the row's batch, or when the channel last changed it.", "该行的批次日期，或渠道最近一次更新该行的日期。"),
    column("confidence", Numeric(6, 4), Kind.PLAIN, "置信度", "Share of the customer's rows with a value that agree, 0 to 1.", "该客户有此项值的各行中，与留存值一致的比例，0 至 1。"),
    section=Section.BASIC,
)  # fmt: skip

customer_source = table(
    "core", "customer_source", "客户号台账", "That a channel's row is a customer, from when until when.", "渠道的一行对应哪个客户，及其起止日期。",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel.", "所指渠道。", primary_key=True),
    column("source_id", Text, Kind.KEY, "来源键", "The row's key in its channel.", "该行在其渠道中的主键。", primary_key=True),
    column("customer_id", Text, Kind.KEY, "客户号", "The customer it is.", "该行所对应的客户。", primary_key=True),
    column("since", Date, Kind.EVENT_DATE, "起", "First day it was so.", "对应关系开始的第一日。", primary_key=True),
    column("until", Date, Kind.EVENT_DATE, "止", "First day it was no longer so; empty while it is.", "对应关系不再成立的第一日；仍成立则为空。"),
    column("cause", Text, Kind.PLAIN, "原因", "new, joined, merged or split.", "新建（new）、并入（joined）、合并（merged）或拆分（split）。"),
    section=Section.BASIC,
)  # fmt: skip

customer_successor = table(
    "core", "customer_successor", "客户号承继", "That a customer id gave way to another, when and why.", "一个客户号由另一客户号取代，及其日期。",
    column("customer_id", Text, Kind.KEY, "原客户号", "The id that gave way.", "被取代的客户号。", primary_key=True),
    column("successor_id", Text, Kind.KEY, "现客户号", "The id that stands for it now.", "现在使用的客户号。"),
    column("since", Date, Kind.EVENT_DATE, "起", "Since which day.", "取代开始的日期。"),
    section=Section.BASIC,
)  # fmt: skip

customer_history: Table = table(
    "core", "customer_history", "客户历史", "What was known of a customer from one day until another.", "客户在一段日期内的已知信息。",
    column("customer_id", Text, Kind.KEY, "客户号", "Permanent id of the customer.", "客户的永久编号。", primary_key=True),
    column("valid_from", Date, Kind.EVENT_DATE, "生效日", "First day this was known.", "得知该信息的第一日。", primary_key=True),
    column("valid_to", Date, Kind.EVENT_DATE, "失效日", "First day it was no longer so; empty while it is.", "该信息不再成立的第一日；仍成立则为空。"),
    column("customer_type", Text, Kind.PLAIN, "客户类型",
           "individual, enterprise or institution.", "个人（individual）、企业（enterprise）或机构（institution）。", codes=codes.CUSTOMER_TYPE),
    *_places(),
    *(_copied(c) for c in attributes().values()),
    section=Section.BASIC,
)  # fmt: skip

pair = table(
    "core", "pair", "匹配对", "Two rows that were compared closely, and how sure we are that they are one customer.", "经过仔细比对的两行，以及两者为同一客户的把握程度。",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel of the one row.", "其中一行的渠道。", primary_key=True),
    column("source_id", Text, Kind.KEY, "来源键", "The key of the one row.", "其中一行在其渠道中的主键。", primary_key=True),
    column("other_channel", Text, Kind.PLAIN, "对方渠道", "The channel of the other.", "另一行的渠道。", primary_key=True),
    column("other_source_id", Text, Kind.KEY, "对方来源键", "The key of the other.", "另一行在其渠道中的主键。", primary_key=True),
    column("probability", Numeric(8, 6), Kind.PLAIN, "匹配概率", "Probability that they are one, 0 to 1; 1 for a proof.", "两行为同一客户的概率，0 至 1；有确证时为 1。"),
    column("because", Text, Kind.PLAIN, "依据", "proof, score, judged same or judged different.", "确证（proof）、评分（score）、判定相同（judged same）或判定不同（judged different）。"),
    section=Section.RELATIONSHIP,
)  # fmt: skip
