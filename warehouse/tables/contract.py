"""Contract: what a customer has signed with us."""

from sqlalchemy import Date, Numeric, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

contract = record(
    "contract", "合约", "One contract or product a customer signed.",
    *holder(),
    column("contract_number", Text, Kind.KEY, "合约号", "Contract number.", clean="text"),
    column("product", Text, Kind.CODE, "产品", "Product.", clean="text"),
    column("amount", Numeric(18, 2), Kind.ASSET, "合约金额", "Amount agreed, in yuan.", clean="amount"),
    column("starts_on", Date, Kind.EVENT_DATE, "起始日", "First day.", clean="date"),
    column("ends_on", Date, Kind.EVENT_DATE, "到期日", "Last day.", clean="date"),
    column("status", Text, Kind.CODE, "状态", "State, as written.", clean="text", codes=codes.CONTRACT_STATUS),
    column("branch", Text, Kind.CODE, "网点", "Branch where it was signed.", clean="text"),
    section=Section.CONTRACT,
)  # fmt: skip
