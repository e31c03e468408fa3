"""Transaction: one movement of money on an account."""

from sqlalchemy import DateTime, Numeric, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

transaction = record(
    "transaction", "交易", "One movement of money.", "一笔资金往来。",
    *holder(),
    column("account_number", Text, Kind.BANK_ACCOUNT, "账号", "The account it moved on.", "发生交易的账户。", clean="card"),
    column("occurred_at", DateTime, Kind.EVENT_DATE, "交易时间", "When.", "交易发生的时间。", clean="instant"),
    column("amount", Numeric(18, 2), Kind.TRANSACTION, "金额", "Amount, positive, in the currency.", "金额，为正数，以所列币种计。", clean="amount"),
    column("currency", Text, Kind.CODE, "币种", "ISO 4217 code.", "ISO 4217 货币代码。", clean="text", codes=codes.CURRENCY),
    column("direction", Text, Kind.CODE, "收付", "收 or 付.", "收或付。", clean="text", codes=codes.DIRECTION),
    column("counterparty_name", Text, Kind.PERSON_NAME, "对方户名", "The other side's name.", "交易对方的户名。", clean="text"),
    column("counterparty_account", Text, Kind.BANK_ACCOUNT, "对方账号", "The other side's account.", "交易对方的账号。", clean="card"),
    column("medium", Text, Kind.CODE, "交易渠道",
           "Through what: counter, mobile, machine and so on.", "办理交易的途径：柜面、手机银行、自助设备等。", clean="text", codes=codes.MEDIUM),
    column("remark", Text, Kind.OPINION, "摘要", "What it was for, free text.", "交易用途，自由文本。", clean="text"),
    section=Section.BEHAVIOUR,
)  # fmt: skip
