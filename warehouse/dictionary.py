"""The dictionary: what stands in every table that a tier is given, and how it is hidden there.

It is published with the tables, so that whoever has them has it too: `mingce tables` and `mingce describe` read it,
`SHOW TABLES` and `DESCRIBE` are answered from it, `docs/dictionary.md` is made of the same entries.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Column, Table

from masking.kinds import ZH
from masking.rules import RULES, Rule
from masking.rules.words import in_words
from pipelines.core.sql import literal, quoted
from warehouse.ddl import type_of
from warehouse.model import codes_of, kind
from warehouse.tables import RECORDS
from warehouse.tables.described import dictionary
from warehouse.views import ROW_BY_ROW, View

Entry = dict[str, str]
"""One row of the dictionary, but for who fills it and as of when."""

WRITTEN = tuple(c.name for c in dictionary.columns if c.name not in ("channels", "as_of"))
"""What is known of a column before anything is published."""


ENDS = ("", "_from", "_to")
"""A column, and the ends of the band it is shown in: filled by the same channels."""


def entries(table: Table, name: str = "") -> Iterator[Entry]:
    """The table, then its columns, as they stand in its declaration."""
    name = name or table.name
    about = {"table_name": name, "label_en": name.replace("_", " ")}
    nothing = dict.fromkeys(WRITTEN, "")
    label = {"label_zh": table.info["zh"], "meaning": str(table.comment)}
    yield nothing | about | label | {"place": "0"}
    for place, column in enumerate(table.columns, 1):
        yield nothing | about | _entry(column) | {"place": str(place)}


def _entry(column: Column[Any]) -> Entry:
    rule: Rule = column.info.get("rule", RULES["clear"])
    shown_en, shown_zh = in_words(rule)
    codes = codes_of(column) if rule.shows else {}
    return {
        "column_name": column.name,
        "label_zh": column.info["zh"],
        "label_en": column.name.replace("_", " "),
        "meaning": column.info["meaning"],
        "type": type_of(column),
        "kind": str(kind(column)),
        "kind_zh": ZH[kind(column)],
        "rule": rule.name,
        "shown_en": shown_en,
        "shown_zh": shown_zh,
        "codes": json.dumps({k: list(v) for k, v in codes.items()}, ensure_ascii=False) if codes else "",
    }  # fmt: skip


def dictionaries(views: Iterable[View], day: date, core: str) -> list[View]:
    """For each tier, the view that says what its other views hold."""
    by_tier: dict[str, list[Entry]] = {}
    for view in views:
        if view.table is not None:
            by_tier.setdefault(view.tier, []).extend(entries(view.table, view.name))
    return [
        View(tier, dictionary.name, _sql(tier, found, day, core), dictionary, hides_rows=True)
        for tier, found in by_tier.items()
    ]


def _sql(tier: str, found: list[Entry], day: date, core: str) -> str:
    rows = ", ".join(
        f"({', '.join(literal(entry[c]) for c in WRITTEN)})"
        for entry in (*found, *entries(dictionary))
    )
    names = ", ".join(map(quoted, WRITTEN))
    shown = ", ".join(
        'CAST("place" AS BIGINT) AS "place"' if c == "place" else quoted(c) for c in WRITTEN
    )
    who, joined = "CAST('' AS TEXT)", ""
    if tier in ROW_BY_ROW:
        who = "coalesce(\"channels\", '')"
        joined = f' LEFT JOIN ({_filled(core)}) AS f USING ("table_name", "column_name")'
    return (
        f'SELECT {shown}, {who} AS "channels", CAST({literal(str(day))} AS TEXT) AS "as_of"'
        f" FROM (VALUES {rows}) AS v({names}){joined}"
    )


def _filled(core: str) -> str:
    """SQL: by table and column, the channels whose rows hold a value; of the one view, whose values survived."""
    counted, told = [], []
    for name, table in RECORDS.items():
        columns = [c.name for c in table.columns]
        marks = ", ".join(f"count({quoted(c)}) AS {quoted(f'n_{c}')}" for c in columns)
        counted.append(
            f'filled_{name} AS (SELECT "channel" AS "by_channel", {marks} FROM {core}.{quoted(name)} GROUP BY 1)'
        )
        told += [
            f'SELECT {literal(name)} AS "table_name", {literal(c + end)} AS "column_name", "by_channel"'
            f" FROM filled_{name} WHERE {quoted(f'n_{c}')} > 0"
            for c in columns
            for end in ENDS
        ]
    told += [
        f'SELECT DISTINCT {literal(name)}, "attribute" || {literal(end)}, "channel" FROM {core}."customer_value"'
        for name in ("customer", "customer_history")
        for end in ENDS
    ]
    return (
        f"WITH {', '.join(counted)}, told AS ({' UNION ALL '.join(told)})"
        ' SELECT "table_name", "column_name", string_agg("by_channel", \', \' ORDER BY "by_channel") AS "channels"'
        " FROM told GROUP BY 1, 2"
    )
