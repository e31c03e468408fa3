"""Account: what a customer holds with us, and its balance."""

from sqlalchemy import Date, Numeric, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

account = record(
    "account", "账户", "One account or card of a customer.",
    *holder(),
    column("account_number", Text, Kind.BANK_ACCOUNT, "账号", "Account number, digits only.", clean="card"),
    column("card_number", Text, Kind.BANK_CARD, "卡号", "Card number, digits only.", clean="card"),
    column("account_type", Text, Kind.CODE, "账户类型",
           "Kind of account, as written.", clean="text", codes=codes.ACCOUNT_TYPE),
    column("currency", Text, Kind.CODE, "币种", "ISO 4217 code.", clean="text", codes=codes.CURRENCY),
    column("balance", Numeric(18, 2), Kind.BALANCE, "余额", "Balance at the end of the day, in the account's currency.", clean="amount"),
    column("opened_on", Date, Kind.EVENT_DATE, "开户日期", "When it was opened.", clean="date"),
    column("closed_on", Date, Kind.EVENT_DATE, "销户日期", "When it was closed; empty while open.", clean="date"),
    column("status", Text, Kind.CODE, "状态", "State, as written.", clean="text", codes=codes.ACCOUNT_STATUS),
    column("branch", Text, Kind.CODE, "网点", "Branch where it is kept.", clean="text"),
    section=Section.ACCOUNT,
)  # fmt: skip
