"""Transaction: one movement of money on an account."""

from sqlalchemy import DateTime, Numeric, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

transaction = record(
    "transaction", "交易", "One movement of money.",
    *holder(),
    column("account_number", Text, Kind.BANK_ACCOUNT, "账号", "The account it moved on.", clean="card"),
    column("occurred_at", DateTime, Kind.EVENT_DATE, "交易时间", "When.", clean="instant"),
    column("amount", Numeric(18, 2), Kind.TRANSACTION, "金额", "Amount, positive, in the currency.", clean="amount"),
    column("currency", Text, Kind.CODE, "币种", "ISO 4217 code.", clean="text", codes=codes.CURRENCY),
    column("direction", Text, Kind.CODE, "收付", "收 or 付.", clean="text", codes=codes.DIRECTION),
    column("counterparty_name", Text, Kind.PERSON_NAME, "对方户名", "The other side's name.", clean="text"),
    column("counterparty_account", Text, Kind.BANK_ACCOUNT, "对方账号", "The other side's account.", clean="card"),
    column("medium", Text, Kind.CODE, "交易渠道",
           "Through what: counter, mobile, machine and so on.", clean="text", codes=codes.MEDIUM),
    column("remark", Text, Kind.OPINION, "摘要", "What it was for, free text.", clean="text"),
    section=Section.BEHAVIOUR,
)  # fmt: skip
