"""Relation: how one customer stands to another."""

from sqlalchemy import Date, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

relation = record(
    "relation", "关系", "One relation between two customers.",
    *holder(),
    column("other_channel", Text, Kind.CODE, "对方渠道", "The channel of the other's customer row.", clean="text"),
    column("other_source_id", Text, Kind.KEY, "对方来源键", "The key of the other's customer row.", clean="text"),
    column("other_customer_id", Text, Kind.KEY, "对方客户号", "The other customer, once resolved; a permanent id."),
    column("relation_type", Text, Kind.CODE, "关系类型",
           "spouse, parent, guarantor, employer, shareholder and so on.", clean="text", codes=codes.RELATION_TYPE),
    column("since_on", Date, Kind.EVENT_DATE, "起始日", "Since when.", clean="date"),
    section=Section.RELATIONSHIP,
)  # fmt: skip
