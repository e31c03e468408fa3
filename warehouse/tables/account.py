"""Account: what a customer holds with us, and its balance."""

from sqlalchemy import Date, Numeric, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

account = record(
    "account", "账户", "One account or card of a customer.", "客户的一个账户或一张卡。",
    *holder(),
    column("account_number", Text, Kind.BANK_ACCOUNT, "账号", "Account number, digits only.", "账号，仅含数字。", clean="card"),
    column("card_number", Text, Kind.BANK_CARD, "卡号", "Card number, digits only.", "卡号，仅含数字。", clean="card"),
    column("account_type", Text, Kind.CODE, "账户类型",
           "Kind of account, as written.", "账户类型，按来源原文。", clean="text", codes=codes.ACCOUNT_TYPE),
    column("currency", Text, Kind.CODE, "币种", "ISO 4217 code.", "ISO 4217 货币代码。", clean="text", codes=codes.CURRENCY),
    column("balance", Numeric(18, 2), Kind.BALANCE, "余额", "Balance at the end of the day, in the account's currency.", "当日日终余额，以账户币种计。", clean="amount"),
    column("opened_on", Date, Kind.EVENT_DATE, "开户日期", "When it was opened.", "开立账户的日期。", clean="date"),
    column("closed_on", Date, Kind.EVENT_DATE, "销户日期", "When it was closed; empty while open.", "注销账户的日期；未销户为空。", clean="date"),
    column("status", Text, Kind.CODE, "状态", "State, as written.", "状态，按来源原文。", clean="text", codes=codes.ACCOUNT_STATUS),
    column("branch", Text, Kind.CODE, "网点", "Branch where it is kept.", "账户所在的网点。", clean="text"),
    section=Section.ACCOUNT,
)  # fmt: skip
