"""Rows of a quality or governance table, typed as the table declares them."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
from sqlalchemy import BigInteger, Date, DateTime, Float, Numeric, Table
from sqlalchemy.types import TypeEngine

TYPES: dict[type[TypeEngine[Any]], pa.DataType] = {
    BigInteger: pa.int64(),
    DateTime: pa.timestamp("us"),
    Date: pa.date32(),
    Float: pa.float64(),
}


def arrow_type(type_: TypeEngine[Any]) -> pa.DataType:
    """The declared type, for Arrow."""
    if isinstance(type_, Numeric) and not isinstance(type_, Float):
        return pa.decimal128(type_.precision or 18, type_.scale or 0)
    return next((found for of, found in TYPES.items() if isinstance(type_, of)), pa.string())


def rows(table: Table, said: Iterable[Mapping[str, Any]]) -> pa.Table:
    """The rows, in the order of the table's key. A column nobody said is empty."""
    key = [c.name for c in table.primary_key]
    listed = sorted(said, key=lambda row: [str(row.get(k)) for k in key])
    columns = {c.name: arrow_type(c.type) for c in table.columns}
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in columns} for row in listed],
        pa.schema(list(columns.items())),
    )
