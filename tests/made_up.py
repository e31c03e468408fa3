"""A made-up bank's masked layer: Parquet as `mask` leaves it. Everybody here is made up."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import BigInteger, Date, DateTime, Float, Numeric, Table

from masking.rules import OTHER, Key, Listed, Token, prepared_column
from masking.tiers import Tier, tiers
from warehouse.model import codes_of, kind
from warehouse.tables import CORE
from warehouse.views import ROW_BY_ROW, prepared_columns

DAY = date(2026, 11, 21)
KEY = Key(b"a key made up for the tests")
CANARIES = ("张金丝雀", "110101199001030022", "13900000001", "金丝雀路", "6222020000000000001")
"""Clear values of the first customer. One of them where it must not be fails the test."""

CUSTOMER = {
    "customer_id": "C1", "customer_type": "individual", "since_on": date(2026, 9, 1), "source_count": 2,
    "channel_count": 2, "full_name": "张金丝雀", "sex": "女", "nationality": "中国", "birth_date": date(1990, 1, 3),
    "id_type": "居民身份证", "id_number": "110101199001030022", "mobile": "13900000001",
    "home_address": "北京市东城区金丝雀路1号", "postcode": "100010", "education": "本科", "credit_grade": "优秀",
}  # fmt: skip
ACCOUNT = {
    "customer_id": "C1", "channel": "account", "source_id": "A1", "day": DAY, "account_number": "6222020000000000001",
    "account_type": "活期", "currency": "CNY", "branch": "东城支行", "unreadable": "",
}  # fmt: skip
INTERACTION = {
    "customer_id": "C1", "channel": "call_centre", "source_id": "W1", "day": DAY, "interaction_type": "complaint",
    "remark": "我是张金丝雀，请打13900000001", "unreadable": "",
}  # fmt: skip
CONSENT = {
    "customer_id": "C1", "channel": "counter", "source_id": "S1", "day": DAY, "purpose": "partner",
    "granted_on": date(2026, 9, 1), "unreadable": "",
}  # fmt: skip
HIDDEN = "我是<姓名>，请打<手机号>"

ARROW: dict[type, pa.DataType] = {
    Date: pa.date32(), DateTime: pa.timestamp("us"), BigInteger: pa.int64(), Float: pa.float64(),
}  # fmt: skip


def masked_layer(
    folder: Path, who: Mapping[str, Tier] | None = None, **tables: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    """Every core table as Parquet, holding these rows; the paths, by table."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for name, table in CORE.items():
        paths[name] = str(folder / f"{name}.parquet")
        pq.write_table(_masked(table, tables.get(name, ()), who or tiers()), paths[name])
    return paths


def token(kind_: str, text: str) -> str:
    """What the analyst sees of a value."""
    found = tiers()["analyst"].rules[kind_]  # type: ignore[index]
    assert isinstance(found, Token)
    return str(found.bound(KEY).mask(text))


def _masked(table: Table, rows: Sequence[Mapping[str, Any]], who: Mapping[str, Tier]) -> pa.Table:
    columns = {
        c.name: pa.array([r.get(c.name) for r in rows], _arrow(c.type)) for c in table.columns
    }
    for name in sorted(prepared_columns(table, who)):
        columns[name] = pa.array([_prepared(table, name, r, who) for r in rows], pa.string())
    return pa.table(columns)


def _prepared(
    table: Table, name: str, row: Mapping[str, Any], who: Mapping[str, Tier]
) -> str | None:
    for tier in (*ROW_BY_ROW, "partner", "statistics"):
        for column in table.columns:
            rule = who[tier].rule_for(kind(column), column.name)
            if prepared_column(column.name, rule) == name:
                value = row.get(column.name)
                if isinstance(rule, Listed):
                    return value if value is None or value in codes_of(column) else OTHER
                return (
                    rule.bound(KEY).mask(value)
                    if isinstance(rule, Token)
                    else (HIDDEN if value else value)
                )
    raise AssertionError(name)


def _arrow(type_: Any) -> pa.DataType:
    if type(type_) is Numeric:
        return pa.decimal128(type_.precision, type_.scale)
    return ARROW.get(type(type_), pa.string())


def others(count: int, **same: Any) -> list[dict[str, Any]]:
    """Customers who differ in nothing but their ids, names and phones."""
    return [
        {
            "customer_id": f"D{i:03}", "customer_type": "individual", "since_on": DAY, "source_count": 1,
            "channel_count": 1, "full_name": f"李某{i}", "sex": "男", "education": "高中", "mobile": f"138{i:08}",
            "home_address": f"上海市浦东新区世纪大道{i}号", **same,
        }
        for i in range(count)
    ]  # fmt: skip
