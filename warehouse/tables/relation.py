"""Relation: how one customer stands to another."""

from sqlalchemy import Date, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

relation = record(
    "relation", "关系", "One relation between two customers.", "两个客户之间的一项关系。",
    *holder(),
    column("other_channel", Text, Kind.CODE, "对方渠道", "The channel of the other's customer row.", "对方客户行的渠道。", clean="text"),
    column("other_source_id", Text, Kind.KEY, "对方来源键", "The key of the other's customer row.", "对方客户行在其渠道中的主键。", clean="text"),
    column("other_customer_id", Text, Kind.KEY, "对方客户号", "The other customer, once resolved; a permanent id.", "对方客户，识别后填入；客户号永久不变。"),
    column("relation_type", Text, Kind.CODE, "关系类型",
           "spouse, parent, guarantor, employer, shareholder and so on.", "配偶、父母、担保人、雇主、股东等。", clean="text", codes=codes.RELATION_TYPE),
    column("since_on", Date, Kind.EVENT_DATE, "起始日", "Since when.", "关系开始的日期。", clean="date"),
    section=Section.RELATIONSHIP,
)  # fmt: skip
