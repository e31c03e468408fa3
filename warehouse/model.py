"""How a table is declared: no column without a kind and a sentence of meaning, in both languages."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Date, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from masking.codes import Codes, codes
from masking.kinds import Kind

metadata = MetaData()


class Section(StrEnum):
    """The nine sections of the customer view (REQUIREMENTS D1)."""

    BASIC = "basic"
    ACCOUNT = "account"
    CONTRACT = "contract"
    SERVICE = "service"
    BEHAVIOUR = "behaviour"
    RELATIONSHIP = "relationship"
    RESOURCE = "resource"
    RISK = "risk"
    STATISTICS = "statistics"


def column(  # noqa: PLR0913 - a declaration says all of a column at once
    name: str,
    type_: type[TypeEngine[Any]] | TypeEngine[Any],
    kind: Kind,
    zh: str,
    meaning: str,
    meaning_zh: str,
    *,
    clean: str = "",
    codes: Codes | None = None,
    primary_key: bool = False,
    nullable: bool = True,
) -> Column[Any]:
    """A column: its kind decides who sees it, `zh` is its Chinese label, `clean` its usual cleaner.

    What it means is said in English and in Chinese, side by side.

    `codes` are the words it consists of, where the kind's own list is not meant.
    """
    info = {
        "kind": kind,
        "zh": zh,
        "meaning": meaning,
        "meaning_zh": meaning_zh,
        "clean": clean,
        "codes": codes,
    }
    return Column(
        name,
        type_,
        primary_key=primary_key,
        nullable=nullable and not primary_key,
        info=info,
    )


def table(  # noqa: PLR0913 - a declaration
    schema: str,
    name: str,
    zh: str,
    meaning: str,
    meaning_zh: str,
    *columns: Column[Any],
    is_clear: bool = False,
    **info: Any,
) -> Table:
    """A declared table. `meaning` says what one row is; extra facts stand in `Table.info`.

    `is_clear`: a table of quality or governance with clear keys or values, so it stands in the vault.
    """
    facts = {"zh": zh, "meaning": meaning, "meaning_zh": meaning_zh, "is_clear": is_clear, **info}
    return Table(name, metadata, *columns, schema=schema, info=facts)


def record(  # noqa: PLR0913 - a declaration
    name: str,
    zh: str,
    meaning: str,
    meaning_zh: str,
    *columns: Column[Any],
    section: Section,
    is_customer: bool = False,
    required: Iterable[tuple[str, ...]] = (),
) -> Table:
    """A record: what a channel's row may be. Kept in `core` with the customer it was resolved to.

    `required` lists the elements that must be there, each as the columns of which one must be filled.
    `is_customer`: the row is about a customer itself, so `resolve` decides who it is.
    """
    return table(
        "core", name, zh, meaning, meaning_zh,
        column("customer_id", Text, Kind.KEY, "客户号",
               "The customer, once resolved; a permanent id.", "所属客户，识别后填入；客户号永久不变。"),
        column("channel", Text, Kind.PLAIN, "渠道",
               "The channel that delivered the row.", "提供该行的渠道。", primary_key=True),
        column("source_id", Text, Kind.KEY, "来源键",
               "The row's key in its channel.", "该行在其渠道中的主键。", primary_key=True),
        column("day", Date, Kind.EVENT_DATE, "批次日",
               "The day of the batch that delivered it.", "提供该行的批次所属日期。", nullable=False),
        *columns,
        column("unreadable", Text, Kind.PLAIN, "不可读字段",
               "Names of columns whose value could not be read, each between commas; empty if none. Those before which "
               "masked: stands were hidden before they came here.",
               "值无法识别的列名，前后各有逗号；没有则为空。列名前带 masked: 的，表示该值在送来之前已被遮盖。"),
        section=section, is_customer=is_customer, required=tuple(required),
    )  # fmt: skip


def holder() -> tuple[Column[Any], Column[Any]]:
    """The two columns by which a record names the customer row it belongs to."""
    return (
        column(
            "holder_channel",
            Text,
            Kind.CODE,
            "所属渠道",
            "The channel of the customer row it belongs to.",
            "所属客户行的渠道。",
        ),
        column(
            "holder_source_id",
            Text,
            Kind.KEY,
            "所属来源键",
            "The key of the customer row it belongs to.",
            "所属客户行在其渠道中的主键。",
        ),
    )


EVERY_ROW = frozenset({"customer_id", "channel", "source_id", "day", "unreadable"})
"""Columns of a record that every row has, whatever its channel delivers."""

MASKED = "masked:"
"""In `unreadable`, before the name of a column whose value somebody hid before it came here."""

ADDED = ("customer_id", "other_customer_id")
"""Columns of a record that `resolve` adds: a batch before it does not have them."""


def columns_before_resolve(record_table: Table) -> list[Column[Any]]:
    """A record's columns as they stand in the staged and checked layers, in order."""
    return [c for c in record_table.columns if c.name not in ADDED]


def kind(of: Column[Any]) -> Kind:
    """What the column reveals."""
    found: Kind = of.info["kind"]
    return found


IN_ENGLISH = {
    "at": "time", "ends": "end", "expires": "expiry", "id": "ID", "on": "date", "qq": "QQ", "starts": "start",
    "uscc": "unified social credit code", "wechat": "WeChat",
}  # fmt: skip
"""Parts of columns' names that people say otherwise."""


def label_en(name: str) -> str:
    """What a column of that name is called in English: what ends in `_on` is a date, in `_at` a time."""
    return " ".join(IN_ENGLISH.get(part, part) for part in name.split("_"))


def codes_of(of: Column[Any]) -> Codes:
    """The words the column consists of, each with its Chinese and its English name; empty if nobody listed any."""
    declared: Codes | None = of.info["codes"]
    return codes(kind(of)) if declared is None else declared
