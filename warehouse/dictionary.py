"""The dictionary: what stands in every table that a tier is given, and how it is hidden there.

It is published with the tables, so that whoever has them has it too: `mingce tables` and `mingce describe` read it,
`SHOW TABLES` and `DESCRIBE` are answered from it, `docs/dictionary.md` is made of the same entries.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from sqlalchemy import Column, Table

from masking.kinds import ZH
from masking.rules import RULES, Rule
from masking.rules.words import in_words
from pipelines.core.sql import literal, quoted
from warehouse.ddl import type_of
from warehouse.model import codes_of, kind, label_en
from warehouse.tables import CORE, RECORDS
from warehouse.tables.customer import MADE_OF, attributes
from warehouse.tables.described import dictionary
from warehouse.views import ROW_BY_ROW, View

Entry = dict[str, str]
"""One row of the dictionary, but for who fills it and as of when."""

WRITTEN = tuple(c.name for c in dictionary.columns if c.name not in ("channels", "as_of"))
"""What is known of a column before anything is published."""
Row = tuple[str, ...]
"""An entry's words, and what the column is made of."""
_OF_CUSTOMERS = " ".join(f"{t.name}.source_id" for t in RECORDS.values() if t.info["is_customer"])
"""What tells of a customer as such comes from whoever has one."""
_MOST_PARTS = len(_OF_CUSTOMERS.split())
"""No column is made of more."""


def entries(table: Table, name: str = "") -> Iterator[Entry]:
    """The table, then its columns, as they stand in its declaration."""
    name = name or table.name
    about = {"table_name": name, "label_en": name.replace("_", " ")}
    nothing = dict.fromkeys(WRITTEN, "")
    yield nothing | about | _means(table.info) | {"place": "0"}
    for place, column in enumerate(table.columns, 1):
        yield nothing | about | _entry(column) | {"place": str(place)}


def _entry(column: Column[Any]) -> Entry:
    rule: Rule = column.info.get("rule", RULES["clear"])
    shown_en, shown_zh = in_words(rule)
    codes = codes_of(column) if rule.shows else {}
    return {
        "column_name": column.name,
        "label_en": label_en(column.name),
        **_means(column.info),
        "type": type_of(column),
        "kind": str(kind(column)),
        "kind_zh": ZH[kind(column)],
        "rule": rule.name,
        "shown_en": shown_en,
        "shown_zh": shown_zh,
        "codes": json.dumps({k: list(v) for k, v in codes.items()}, ensure_ascii=False) if codes else "",
    }  # fmt: skip


def _means(info: Mapping[str, Any]) -> Entry:
    return {
        "label_zh": info["zh"],
        "meaning_zh": info["meaning_zh"],
        "meaning_en": info["meaning"],
    }


def dictionaries(views: Iterable[View], day: date, core: str) -> list[View]:
    """For each tier, the view that says what its other views hold."""
    by_tier: dict[str, list[Row]] = {}
    for view in views:
        if view.table is not None:
            by_tier.setdefault(view.tier, []).extend(_rows(view.table, view.name))
    own = _rows(dictionary, dictionary.name)
    return [
        View(tier, dictionary.name, _sql(tier, day, core), dictionary, True, _told([*found, *own]))
        for tier, found in by_tier.items()
    ]


def _rows(table: Table, name: str) -> list[Row]:
    """The entries, each with what it is made of."""
    return [
        (*(e[c] for c in WRITTEN), _made_of(table, e["column_name"])) for e in entries(table, name)
    ]


def _made_of(table: Table, name: str) -> str:
    """The columns of `core` whose channels fill this one: `record.column`, between spaces; of a value, who gave it."""
    if not name or table.name not in CORE:
        return ""
    column = table.columns[name].info["of"]
    if table.name in RECORDS:
        return f"{table.name}.{column}"
    if table.name not in ("customer", "customer_history"):
        return _OF_CUSTOMERS
    if column in attributes():
        return f"customer.{column}"
    return " ".join(MADE_OF.get(column, ())) or _OF_CUSTOMERS


def _told(rows: Sequence[Row]) -> pa.Table:
    columns = zip(*rows, strict=True)
    return pa.table(dict(zip((*WRITTEN, "made_of"), map(list, columns), strict=True)))


def _sql(tier: str, day: date, core: str) -> str:
    shown = ", ".join(
        'CAST("place" AS BIGINT) AS "place"' if c == "place" else quoted(c) for c in WRITTEN
    )
    who, joined = "CAST('' AS TEXT)", ""
    if tier in ROW_BY_ROW:
        who = "coalesce(\"channels\", '')"
        joined = f' LEFT JOIN ({_who(core)}) AS who USING ("table_name", "column_name")'
    return (
        f'SELECT {shown}, {who} AS "channels", CAST({literal(str(day))} AS TEXT) AS "as_of"'
        f" FROM told{joined}"
    )


def _who(core: str) -> str:
    """SQL: by table and column, the channels that fill what it is made of; of the one view, whose values survived."""
    filled = []
    for name, table in RECORDS.items():
        there = ", ".join(
            f"CASE WHEN count({quoted(c.name)}) > 0 THEN {literal(f'{name}.{c.name}')} END"
            for c in table.columns
        )
        filled.append(
            f'SELECT unnest([{there}]) AS "part", "channel" FROM {core}.{quoted(name)} GROUP BY "channel"'
        )
    filled.append(
        f'SELECT DISTINCT \'customer.\' || "attribute", "channel" FROM {core}."customer_value"'
    )
    nth = ", ".join(f"({n})" for n in range(1, _MOST_PARTS + 1))
    return (
        'SELECT "table_name", "column_name", string_agg(DISTINCT "channel", \', \' ORDER BY "channel") AS "channels"'
        f' FROM (SELECT "table_name", "column_name", split_part("made_of", \' \', "nth") AS "part"'
        f' FROM told CROSS JOIN (VALUES {nth}) AS parts("nth")) AS parts'
        f' JOIN ({" UNION ALL ".join(filled)}) AS filled USING ("part") GROUP BY 1, 2'
    )
