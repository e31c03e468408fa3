"""Contract: what a customer has signed with us."""

from sqlalchemy import Date, Numeric, Text

from masking.kinds import Kind
from warehouse.model import Section, column, holder, record
from warehouse.tables import codes

contract = record(
    "contract", "合约", "One contract or product a customer signed.", "客户签约的一份合同或一项产品。",
    *holder(),
    column("contract_number", Text, Kind.KEY, "合约号", "Contract number.", "合约的编号。", clean="text"),
    column("product", Text, Kind.CODE, "产品", "Product.", "签约的产品。", clean="text"),
    column("amount", Numeric(18, 2), Kind.ASSET, "合约金额", "Amount agreed, in yuan.", "约定金额，单位为元。", clean="amount"),
    column("starts_on", Date, Kind.EVENT_DATE, "起始日", "First day.", "合约的第一日。", clean="date"),
    column("ends_on", Date, Kind.EVENT_DATE, "到期日", "Last day.", "合约的最后一日。", clean="date"),
    column("status", Text, Kind.CODE, "状态", "State, as written.", "状态，按来源原文。", clean="text", codes=codes.CONTRACT_STATUS),
    column("branch", Text, Kind.CODE, "网点", "Branch where it was signed.", "签订合约的网点。", clean="text"),
    section=Section.CONTRACT,
)  # fmt: skip
