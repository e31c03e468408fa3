"""Judgement: a person's word on who is who. It outranks every score; the newest on a pair counts."""

from sqlalchemy import DateTime, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

judgement = record(
    "judgement", "判定", "One decision of a person on whether two rows are one customer.", "数据管理员就两行是否为同一客户作出的一次判定。",
    *holder(),
    column("other_channel", Text, Kind.CODE, "对方渠道", "The channel of the other row.", "另一行的渠道。", clean="text"),
    column("other_source_id", Text, Kind.KEY, "对方来源键", "The key of the other row.", "另一行在其渠道中的主键。", clean="text"),
    column("verdict", Text, Kind.CODE, "结论", "same, different or undecided.", "同一客户（same）、不同客户（different）或未定（undecided）。", clean="text", codes=codes.VERDICT),
    column("judged_by", Text, Kind.KEY, "判定人", "The steward's staff number.", "作出判定的数据管理员的工号。", clean="text"),
    column("judged_at", DateTime, Kind.EVENT_DATE, "判定时间", "When.", "作出判定的时间。", clean="instant"),
    column("reason", Text, Kind.OPINION, "理由", "Why.", "作出判定的理由。", clean="text"),
    section=Section.RELATIONSHIP,
)  # fmt: skip
