"""Described: what stands in the tables that a tier is given, as a table of its own, so that any tool can show it."""

from typing import Any

from sqlalchemy import BigInteger, Column, MetaData, Table, Text

from masking.kinds import Kind
from warehouse.model import column

_apart = MetaData()
"""Tables of the tiers that hold counts or words and no row of `core`: they are made when published."""


def _table(name: str, zh: str, meaning: str, meaning_zh: str, *columns: Column[Any]) -> Table:
    return Table(
        name, _apart, *columns, info={"zh": zh, "meaning": meaning, "meaning_zh": meaning_zh}
    )


dictionary = _table(
    "dictionary", "数据字典", "One column of one table of this tier; the table itself where the column is empty.", "本层级一张表的一列；列名为空的行说明表本身。",
    column("table_name", Text, Kind.PLAIN, "表", "The table.", "表名。"),
    column("place", BigInteger, Kind.PLAIN, "序号", "The column's place in it; 0 for the table itself.", "列在表中的次序；表本身为 0。"),
    column("column_name", Text, Kind.PLAIN, "列", "The column; empty for the table itself.", "列名；表本身为空。"),
    column("label_zh", Text, Kind.PLAIN, "中文名", "Its Chinese name.", "中文名称。"),
    column("label_en", Text, Kind.PLAIN, "英文名", "Its English name.", "英文名称。"),
    column("meaning_zh", Text, Kind.PLAIN, "含义", "What it holds, in Chinese.", "所存内容，中文。"),
    column("meaning_en", Text, Kind.PLAIN, "含义（英文）", "What it holds, in English.", "所存内容，英文。"),
    column("type", Text, Kind.PLAIN, "数据类型", "The column's type in this tier.", "该列在本层级的数据类型。"),
    column("kind", Text, Kind.PLAIN, "类型", "What it reveals.", "所反映的信息类型。"),
    column("kind_zh", Text, Kind.PLAIN, "类型中文名", "The kind's Chinese name.", "信息类型的中文名称。"),
    column("rule", Text, Kind.PLAIN, "规则", "The rule that hides it in this tier.", "本层级对该列采用的脱敏规则。"),
    column("shown_zh", Text, Kind.PLAIN, "显示方式", "What that rule leaves, in Chinese.", "按该规则显示的内容，中文。"),
    column("shown_en", Text, Kind.PLAIN, "显示方式（英文）", "What that rule leaves, in English.", "按该规则显示的内容，英文。"),
    column("codes", Text, Kind.PLAIN, "代码", "Its codes with their names, as JSON {code: [Chinese, English]}; empty if it has none.", "代码及其名称，JSON 格式 {代码: [中文, 英文]}；没有代码则为空。"),
    column("channels", Text, Kind.PLAIN, "来源渠道", "The channels that fill it, comma-separated.", "提供该列数据的渠道，以逗号分隔。"),
    column("as_of", Text, Kind.PLAIN, "截至日", "As of which day the tier was published.", "本层级数据所截至的日期。"),
)  # fmt: skip

customer_count = _table(
    "customer_count", "客户数统计", "How many customers of a type share one value of one attribute. No group is small.", "某类客户中某属性取同一值的客户数。不含规模过小的组。",
    column("customer_type", Text, Kind.PLAIN, "客户类型", "individual, enterprise or institution.", "个人（individual）、企业（enterprise）或机构（institution）。"),
    column("channel", Text, Kind.PLAIN, "渠道", "Known to this channel; empty for all channels.", "该渠道登记的客户；为空表示全部渠道。"),
    column("attribute", Text, Kind.PLAIN, "属性", "The attribute they are grouped by; empty for all customers of the type.", "分组所依据的属性；为空表示该类全部客户。"),
    column("value", Text, Kind.PLAIN, "取值", "What they share.", "该组共同的取值。"),
    column("customer_count", BigInteger, Kind.PLAIN, "客户数", "How many, in whole steps, rounded down. Groups overlap: do not sum over attributes or channels.", "客户数，按整步长向下取整。各组有重叠，不可跨属性或渠道相加。"),
)  # fmt: skip

record_count = _table(
    "record_count", "业务记录统计", "How many records, and of how many customers, share one value of one attribute. No group is small.", "某属性取同一值的记录数及所涉客户数。不含规模过小的组。",
    column("customer_type", Text, Kind.PLAIN, "客户类型", "individual, enterprise or institution.", "个人（individual）、企业（enterprise）或机构（institution）。"),
    column("section", Text, Kind.PLAIN, "视图分区", "The section of the customer view.", "客户视图的分区。"),
    column("record", Text, Kind.PLAIN, "记录类型", "The record.", "所指记录类型。"),
    column("channel", Text, Kind.PLAIN, "渠道", "The channel that delivered them.", "提供这些记录的渠道。"),
    column("attribute", Text, Kind.PLAIN, "属性", "The attribute they are grouped by; empty for all records.", "分组所依据的属性；为空表示全部记录。"),
    column("value", Text, Kind.PLAIN, "取值", "What they share.", "该组共同的取值。"),
    column("row_count", BigInteger, Kind.PLAIN, "记录数", "How many records, in whole steps, rounded down.", "记录数，按整步长向下取整。"),
    column("customer_count", BigInteger, Kind.PLAIN, "客户数", "Of how many customers, in whole steps, rounded down.", "所涉客户数，按整步长向下取整。"),
)  # fmt: skip

violation = _table(
    "violation", "违规", "One row, as it now stands, that fails one check. Its key joins with the tier's other tables.", "现有数据中未通过一项检查的一行。其主键可与本层级其他表关联。",
    column("channel", Text, Kind.PLAIN, "渠道", "The row's channel: who must correct it.", "该行所属渠道，由其负责更正。"),
    column("record", Text, Kind.PLAIN, "记录类型", "The record.", "所指记录类型。"),
    column("source_id", Text, Kind.KEY, "来源键", "The row's key in its channel, as the tier sees it everywhere.", "该行在其渠道中的主键，与本层级各表所见一致。"),
    column("check_name", Text, Kind.PLAIN, "检查", "The check it fails.", "未通过的检查。"),
    column("column_name", Text, Kind.PLAIN, "列", "The column it is about; empty if about the row.", "检查所针对的列；针对整行则为空。"),
    column("day", Text, Kind.EVENT_DATE, "批次日", "The month of the row's batch.", "该行所属批次的月份。"),
    column("owner", Text, Kind.PLAIN, "责任人", "The channel's owner.", "渠道的责任人。"),
)  # fmt: skip

COUNTS = {t.name: t for t in (customer_count, record_count)}
"""The statistics tier's own tables."""
