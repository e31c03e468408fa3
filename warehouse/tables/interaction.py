"""Interaction: an inquiry, a complaint or a visit (REQUIREMENTS F3, F4)."""

from sqlalchemy import BigInteger, DateTime, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

interaction = record(
    "interaction", "服务记录", "One inquiry, complaint or visit.", "一次咨询、投诉或走访。",
    *holder(),
    column("interaction_type", Text, Kind.CODE, "类型",
           "inquiry, complaint or visit.", "咨询（inquiry）、投诉（complaint）或走访（visit）。", clean="text", codes=codes.INTERACTION_TYPE),
    column("complaint_class", Text, Kind.CODE, "投诉分类",
           "business, attitude or product, for a complaint.", "投诉所涉方面：业务（business）、态度（attitude）或产品（product）。", clean="text", codes=codes.COMPLAINT_CLASS),
    column("medium", Text, Kind.CODE, "途径", "telephone, online or on site.", "电话（telephone）、在线（online）或现场（on site）。", clean="text", codes=codes.MEDIUM),
    column("occurred_at", DateTime, Kind.EVENT_DATE, "发生时间", "When the customer turned to us, or we to them.", "客户联系我方或我方联系客户的时间。", clean="instant"),
    column("answered_at", DateTime, Kind.EVENT_DATE, "答复时间", "When an answer was given.", "给出答复的时间。", clean="instant"),
    column("resolved_at", DateTime, Kind.EVENT_DATE, "办结时间", "When it was settled.", "处理完毕的时间。", clean="instant"),
    column("satisfaction", BigInteger, Kind.CODE, "满意度",
           "1 (very dissatisfied) to 5 (very satisfied), from the follow-up.", "回访所得评分：1（很不满意）至 5（很满意）。", clean="integer", codes=codes.SATISFACTION),
    column("branch", Text, Kind.CODE, "网点", "Unit responsible.", "负责处理的网点或部门。", clean="text"),
    column("remark", Text, Kind.OPINION, "内容", "What was said, free text.", "沟通内容，自由文本。", clean="text"),
    section=Section.SERVICE,
)  # fmt: skip
