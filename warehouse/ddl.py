"""DDL: a declared table as CREATE statements that DuckDB and PostgreSQL both read."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Float, Table
from sqlalchemy.dialects import postgresql

from pipelines.core.sql import literal, quoted
from warehouse.tables import governance, quality

KEPT: dict[str, Table] = {
    f"{t.schema}.{t.name}": t
    for module in (quality, governance)
    for t in vars(module).values()
    if isinstance(t, Table)
}
"""The tables that outlive a publication: quality and governance."""

_POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]


def full_name(table: Table, schema: str | None = None) -> str:
    """`"schema"."table"`."""
    return f"{quoted(schema or str(table.schema))}.{quoted(table.name)}"


def type_of(column: Column[Any]) -> str:
    """The column's type, in words that both databases know."""
    return (
        "DOUBLE PRECISION" if isinstance(column.type, Float) else column.type.compile(_POSTGRESQL)
    )


def columns_of(table: Table, prepared: Iterable[str] = ()) -> dict[str, str]:
    """Name and type of every column: the declared ones, then those that `mask` prepared."""
    return {c.name: type_of(c) for c in table.columns} | dict.fromkeys(sorted(prepared), "TEXT")


def create(name: str, columns: Mapping[str, str], key: Iterable[str] = ()) -> str:
    """CREATE TABLE; with `key` also its primary key."""
    lines = [f"{quoted(c)} {type_}" for c, type_ in columns.items()]
    if by := ", ".join(quoted(c) for c in key):
        lines.append(f"PRIMARY KEY ({by})")
    return f"CREATE TABLE IF NOT EXISTS {name} ({', '.join(lines)})"


def key_of(table: Table) -> list[str]:
    """The primary key's columns."""
    return [c.name for c in table.primary_key.columns]


def comments(table: Table, name: str, view: bool = False) -> list[str]:
    """What the table and its columns mean, for tools that read the catalogue."""
    said = {f"{'VIEW' if view else 'TABLE'} {name}": f"{table.info['zh']}: {table.comment}"}
    for c in table.columns:
        said[f"COLUMN {name}.{quoted(c.name)}"] = f"{c.info['zh']}: {c.comment}"
    return [f"COMMENT ON {what} IS {literal(text)}" for what, text in said.items()]
