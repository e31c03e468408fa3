"""Consent: told purpose, manner and scope, and whether it still stands (REQUIREMENTS A4)."""

from sqlalchemy import Date, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

consent = record(
    "consent", "授权", "One consent of a customer to one purpose.", "客户对一项用途的一次授权。",
    *holder(),
    column("purpose", Text, Kind.CODE, "目的", "What the customer agreed to.", "客户同意的使用目的。", clean="text", codes=codes.PURPOSE),
    column("scope", Text, Kind.CODE, "范围", "Which data.", "授权所涉的信息范围。", clean="text", codes=codes.SCOPE),
    column("manner", Text, Kind.CODE, "方式", "written or electronic.", "书面（written）或电子（electronic）。", clean="text", codes=codes.MANNER),
    column("granted_on", Date, Kind.EVENT_DATE, "授权日期", "When it was given.", "给予授权的日期。", clean="date"),
    column("withdrawn_on", Date, Kind.EVENT_DATE, "撤销日期", "When it was withdrawn; empty while it stands.", "撤销授权的日期；仍然有效则为空。", clean="date"),
    section=Section.RELATIONSHIP,
)  # fmt: skip
