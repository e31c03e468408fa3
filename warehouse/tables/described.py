"""Described: what stands in the tables that a tier is given, as a table of its own, so that any tool can show it."""

from typing import Any

from sqlalchemy import BigInteger, Column, MetaData, Table, Text

from masking.kinds import Kind
from warehouse.model import column

_apart = MetaData()
"""Tables of the tiers that hold counts or words and no row of `core`: they are made when published."""


def _table(name: str, zh: str, meaning: str, *columns: Column[Any]) -> Table:
    return Table(name, _apart, *columns, comment=meaning, info={"zh": zh})


dictionary = _table(
    "dictionary", "数据字典", "One column of one table of this tier; the table itself where the column is empty.",
    column("table_name", Text, Kind.PLAIN, "表", "The table."),
    column("place", BigInteger, Kind.PLAIN, "序号", "The column's place in it; 0 for the table itself."),
    column("column_name", Text, Kind.PLAIN, "列", "The column; empty for the table itself."),
    column("label_zh", Text, Kind.PLAIN, "中文名", "Its Chinese name."),
    column("label_en", Text, Kind.PLAIN, "英文名", "Its English name."),
    column("meaning", Text, Kind.PLAIN, "含义", "What it holds."),
    column("type", Text, Kind.PLAIN, "数据类型", "The column's type in this tier."),
    column("kind", Text, Kind.PLAIN, "类型", "What it reveals."),
    column("kind_zh", Text, Kind.PLAIN, "类型中文名", "The kind's Chinese name."),
    column("rule", Text, Kind.PLAIN, "规则", "The rule that hides it in this tier."),
    column("shown_zh", Text, Kind.PLAIN, "显示方式", "What that rule leaves, in Chinese."),
    column("shown_en", Text, Kind.PLAIN, "显示方式（英文）", "What that rule leaves, in English."),
    column("codes", Text, Kind.PLAIN, "代码", "Its codes with their names, as JSON {code: [Chinese, English]}; empty if it has none."),
    column("channels", Text, Kind.PLAIN, "来源渠道", "The channels that fill it, comma-separated."),
    column("as_of", Text, Kind.PLAIN, "截至日", "As of which day the tier was published."),
)  # fmt: skip

customer_count = _table(
    "customer_count", "客户数统计", "How many customers of a type share one value of one attribute. No group is small.",
    column("customer_type", Text, Kind.PLAIN, "客户类型", "individual, enterprise or institution."),
    column("channel", Text, Kind.PLAIN, "渠道", "Known to this channel; empty for all channels."),
    column("attribute", Text, Kind.PLAIN, "属性", "The attribute they are grouped by; empty for all customers of the type."),
    column("value", Text, Kind.PLAIN, "取值", "What they share."),
    column("customer_count", BigInteger, Kind.PLAIN, "客户数", "How many, in whole steps, rounded down. Groups overlap: do not sum over attributes or channels."),
)  # fmt: skip

record_count = _table(
    "record_count", "业务记录统计", "How many records, and of how many customers, share one value of one attribute. No group is small.",
    column("customer_type", Text, Kind.PLAIN, "客户类型", "individual, enterprise or institution."),
    column("section", Text, Kind.PLAIN, "视图分区", "The section of the customer view."),
    column("record", Text, Kind.PLAIN, "记录类型", "The record."),
    column("channel", Text, Kind.PLAIN, "渠道", "The channel that delivered them."),
    column("attribute", Text, Kind.PLAIN, "属性", "The attribute they are grouped by; empty for all records."),
    column("value", Text, Kind.PLAIN, "取值", "What they share."),
    column("row_count", BigInteger, Kind.PLAIN, "记录数", "How many records, in whole steps, rounded down."),
    column("customer_count", BigInteger, Kind.PLAIN, "客户数", "Of how many customers, in whole steps, rounded down."),
)  # fmt: skip

violation = _table(
    "violation", "违规", "One row, as it now stands, that fails one check. Its key joins with the tier's other tables.",
    column("channel", Text, Kind.PLAIN, "渠道", "The row's channel: who must correct it."),
    column("record", Text, Kind.PLAIN, "记录类型", "The record."),
    column("source_id", Text, Kind.KEY, "来源键", "The row's key in its channel, as the tier sees it everywhere."),
    column("check_name", Text, Kind.PLAIN, "检查", "The check it fails."),
    column("column_name", Text, Kind.PLAIN, "列", "The column it is about; empty if about the row."),
    column("day", Text, Kind.EVENT_DATE, "批次日", "The month of the row's batch."),
    column("owner", Text, Kind.PLAIN, "责任人", "The channel's owner."),
)  # fmt: skip

COUNTS = {t.name: t for t in (customer_count, record_count)}
"""The statistics tier's own tables."""
