"""DDL: a declared table as CREATE statements that DuckDB and PostgreSQL both read."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Float, Table
from sqlalchemy.dialects import postgresql

from masking.rules import RULES
from masking.rules.words import in_words
from pipelines.core.errors import say
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
    """What the table and its columns mean, in the language that is spoken, for tools that read the catalogue."""
    said = {f"{'VIEW' if view else 'TABLE'} {name}": _said(table.name, table.info)}
    for c in table.columns:
        said[f"COLUMN {name}.{quoted(c.name)}"] = _said(c.name, c.info)
    return [f"COMMENT ON {what} IS {literal(text)}" for what, text in said.items()]


SCHEMAS = {
    "core": ("clear values, for stewards alone", "明文数据，仅供数据管理员"),
    "quality": (
        "what became of each batch, and how good the data are",
        "各批次的处理结果与数据质量",
    ),
    "governance": ("what is held, why, and who looked at it", "所持信息、收集目的与访问记录"),
    "service": ("what counter and call centre see", "柜面与客服所见的数据"),
    "analyst": ("what analysts see", "分析人员所见的数据"),
    "partner": (
        "what a recipient outside sees of who consented",
        "外部接收方所见、经客户授权的数据",
    ),
    "statistics": ("counts of which no group is small", "统计数据，不含规模过小的组"),
}
"""What stands in each schema, in English and in Chinese."""


def schema_comments() -> list[str]:
    """What each schema holds, in the language that is spoken."""
    return [
        f"COMMENT ON SCHEMA {quoted(n)} IS {literal(say(*said))}" for n, said in SCHEMAS.items()
    ]


def _said(name: str, info: Mapping[str, Any]) -> str:
    """Label, meaning, and how it is hidden if it is."""
    en, zh = f"{name.replace('_', ' ')}: {info['meaning']}", f"{info['zh']}：{info['meaning_zh']}"
    rule = info.get("rule", RULES["clear"])
    if rule.name != "clear":
        shown_en, shown_zh = in_words(rule)
        en, zh = f"{en} Shown: {shown_en}.", f"{zh}显示方式：{shown_zh}。"
    return str(say(en, zh))
