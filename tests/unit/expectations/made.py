"""Rows for the checks: a valid row of each record, of which a test states only what differs."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from expectations.flags import flag, flags
from expectations.kpi.rows import arrow_type
from expectations.model import Check
from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine
from warehouse.tables import RECORDS

at = datetime.fromisoformat
AS_OF = date(2026, 9, 30)
EVERY = {
    "channel": "counter",
    "source_id": "K1",
    "day": AS_OF,
    "unreadable": "",
    "customer_id": "C1",
}
VALID: dict[str, dict[str, Any]] = {
    "individual": {
        "full_name": "欧阳试", "sex": "女", "nationality": "中国", "birth_date": date(1990, 1, 3),
        "id_type": "居民身份证", "id_number": "110101199001030024", "id_expires_on": date(2030, 1, 1),
        "occupation": "教师", "mobile": "13912345670", "email": "shi@example.cn", "landline": "010-62345678",
        "home_address": "北京市朝阳区样例路1号", "postcode": "100020", "annual_income": 120000,
        "bank_card": "6222020000000000000", "registered_on": date(2020, 1, 1), "updated_on": date(2026, 1, 1),
    },
    "enterprise": {
        "company_name": "样例科技有限公司", "uscc": "91350100M000100Y43", "address": "北京市样例路2号", "size": "小型",
        "legal_representative": "欧阳试", "registered_capital": 1000000, "uscc_expires_on": date(9999, 12, 31),
    },
    "account": {
        "holder_channel": "counter", "holder_source_id": "K1", "account_number": "1234567890", "currency": "CNY",
        "account_type": "储蓄", "balance": 10, "opened_on": date(2020, 1, 1), "status": "正常",
    },
    "interaction": {
        "holder_channel": "counter", "holder_source_id": "K1", "interaction_type": "inquiry",
        "occurred_at": at("2026-09-01 09:00"), "answered_at": at("2026-09-01 09:20"), "satisfaction": 5,
    },
    "transaction": {"holder_channel": "counter", "holder_source_id": "K1", "amount": 5, "direction": "收"},
    "consent": {"purpose": "service", "granted_on": date(2024, 1, 1), "manner": "written"},
}  # fmt: skip


def rows(
    engine: Engine, record: str, *differs: Mapping[str, Any], resolved: bool = False
) -> Relation:
    """Rows of the record, each valid but for what differs; with their customer if they are resolved."""
    types = {
        c.name: arrow_type(c.type)
        for c in RECORDS[record].columns
        if resolved or c.name != "customer_id"
    }
    said = [EVERY | VALID.get(record, {}) | dict(d) for d in differs]
    columns = {
        name: [_typed(row.get(name), type_) for row in said] for name, type_ in types.items()
    }
    return engine.arrow(
        pa.table({name: pa.array(values, types[name]) for name, values in columns.items()})
    )


def _typed(value: Any, type_: pa.DataType) -> Any:
    return Decimal(value) if value is not None and pa.types.is_decimal(type_) else value


def verdicts(
    engine: Engine, checks: list[Check], given: Relation, as_of: date = AS_OF
) -> list[list[bool | None]]:
    """What each check says of each row, in the order of their keys."""
    flagged = flags(engine, given, checks, as_of)
    by = ", ".join(flag(i) for i in range(len(checks)))
    found = engine.fetch(
        engine.sql(f"SELECT source_id, {by} FROM flagged ORDER BY source_id, {by}", flagged=flagged)
    )
    return [[row[flag(i)] for i in range(len(checks))] for row in found.to_pylist()]
