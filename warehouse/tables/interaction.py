"""Interaction: an inquiry, a complaint or a visit (REQUIREMENTS F3, F4)."""

from sqlalchemy import BigInteger, DateTime, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

interaction = record(
    "interaction", "服务记录", "One inquiry, complaint or visit.",
    *holder(),
    column("interaction_type", Text, Kind.CODE, "类型",
           "inquiry, complaint or visit.", clean="text", codes=codes.INTERACTION_TYPE),
    column("complaint_class", Text, Kind.CODE, "投诉分类",
           "business, attitude or product, for a complaint.", clean="text", codes=codes.COMPLAINT_CLASS),
    column("medium", Text, Kind.CODE, "途径", "telephone, online or on site.", clean="text", codes=codes.MEDIUM),
    column("occurred_at", DateTime, Kind.EVENT_DATE, "发生时间", "When the customer turned to us, or we to them.", clean="instant"),
    column("answered_at", DateTime, Kind.EVENT_DATE, "答复时间", "When an answer was given.", clean="instant"),
    column("resolved_at", DateTime, Kind.EVENT_DATE, "办结时间", "When it was settled.", clean="instant"),
    column("satisfaction", BigInteger, Kind.CODE, "满意度",
           "1 (very dissatisfied) to 5 (very satisfied), from the follow-up.", clean="integer", codes=codes.SATISFACTION),
    column("branch", Text, Kind.CODE, "网点", "Unit responsible.", clean="text"),
    column("remark", Text, Kind.OPINION, "内容", "What was said, free text.", clean="text"),
    section=Section.SERVICE,
)  # fmt: skip
