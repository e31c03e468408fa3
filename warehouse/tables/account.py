"""Account: what a customer holds with us, and its balance."""

from sqlalchemy import Date, Numeric, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record

account = record(
    "account", "账户", "One account or card of a customer.",
    *holder(),
    column("account_number", Text, Kind.BANK_ACCOUNT, "账号", "Account number, digits only.", clean="card"),
    column("card_number", Text, Kind.BANK_CARD, "卡号", "Card number, digits only.", clean="card"),
    column("account_type", Text, Kind.PLAIN, "账户类型", "Kind of account, as written.", clean="text"),
    column("currency", Text, Kind.PLAIN, "币种", "ISO 4217 code.", clean="text"),
    column("balance", Numeric(18, 2), Kind.BALANCE, "余额", "Balance at the end of the day, in the account's currency.", clean="amount"),
    column("opened_on", Date, Kind.EVENT_DATE, "开户日期", "When it was opened.", clean="date"),
    column("closed_on", Date, Kind.EVENT_DATE, "销户日期", "When it was closed; empty while open.", clean="date"),
    column("status", Text, Kind.PLAIN, "状态", "State, as written.", clean="text"),
    column("branch", Text, Kind.PLAIN, "网点", "Branch where it is kept.", clean="text"),
    section=Section.ACCOUNT,
)  # fmt: skip
