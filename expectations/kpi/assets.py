"""The asset register (REQUIREMENTS B5): what is held, by record and column, and how much of it is masked (F1)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Table

from expectations.kpi.counts import Count
from masking.rulepacks import called_together
from masking.tiers import STEWARD, Tier
from warehouse.model import kind
from warehouse.tables import CORE, RECORDS
from warehouse.tables.customer import WHERE_IT_IS, attributes

SENSITIVE = ("general_sensitive", "sensitive")
"""The rule pack, and its label, of what directly reflects a particular person (REQUIREMENTS B2)."""
CUSTOMERS = tuple(name for name, table in RECORDS.items() if table.info["is_customer"])
"""The records of which the one view is made."""
OF_CUSTOMERS = {
    "province": WHERE_IT_IS, "city": WHERE_IT_IS, "district": WHERE_IT_IS,
    **{name: (name,) for name in attributes()},
}  # fmt: skip
"""Columns of the one view, and of which columns of those records they are made; others of the rows themselves."""
Filled = Mapping[tuple[str, str], Iterable[str]]
"""By record and column, the channels that fill it."""


def register(
    filled: Filled, plans: Mapping[str, Mapping[str, Any]], tiers: Mapping[str, Tier]
) -> list[dict[str, Any]]:
    """A row for each column that is held, under the collection plans of the channels that fill it."""
    return [
        {
            "table_name": f"core.{table.name}",
            "column_name": column.name,
            "label_zh": column.info["zh"],
            "meaning": column.info["meaning"],
            "meaning_zh": column.info["meaning_zh"],
            "kind": kind(column).value,
            "labels": _json({pack: said.label for pack, said in called[kind(column)].items()}),
            "lifted": _json(
                {
                    pack: {"before": said.before, "because": said.because, "source": said.source}
                    for pack, said in called[kind(column)].items()
                    if said.because
                }
            ),
            "channels": ",".join(fills),
            "owners": _of(plans, fills, "owner"),
            "purposes": _of(plans, fills, "purpose"),
            "retentions": _of(plans, fills, "retention"),
            "shown_to": ",".join(lowering(tiers, column)),
        }
        for table in CORE.values()
        for called in (called_together(frozenset(map(kind, table.columns))),)
        for column in table.columns
        for fills in (held_by(filled, table.name, column.name),)
        if fills
    ]


def held_by(filled: Filled, table: str, column: str) -> list[str]:
    """The channels that fill the column of that table; of the one view, those that fill what it is made of."""
    if column == "other_customer_id":
        column = "other_source_id"  # whose row that is
    if table in RECORDS:
        return sorted(filled.get((table, column), ()))
    if column == "has_account":
        return sorted(filled.get(("account", "source_id"), ()))
    made_of = OF_CUSTOMERS.get(column, ("source_id",))
    return sorted({c for r in CUSTOMERS for name in made_of for c in filled.get((r, name), ())})


def _of(plans: Mapping[str, Mapping[str, Any]], channels: Iterable[str], what: str) -> str:
    """What the channels' plans say, each once; purposes one by one."""
    said = [str(plans[c][what]) for c in channels if plans[c][what]]
    parts = [part for s in said for part in (s.split(",") if what == "purpose" else (s,))]
    return ",".join(dict.fromkeys(parts))


def _json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def is_sensitive(column: Column[Any]) -> bool:
    """Whether it directly reflects a particular person, by itself or by what stands beside it in its table."""
    pack, label = SENSITIVE
    beside = frozenset(map(kind, column.table.columns))
    return called_together(beside)[kind(column)][pack].label == label


def shown_to(tiers: Mapping[str, Tier], column: Column[Any]) -> list[str]:
    """The tiers that see it clear, beside the steward's."""
    others = {name: tier for name, tier in tiers.items() if name != STEWARD}
    return [n for n, t in others.items() if t.shows(kind(column), column.name)]


def masked(tiers: Mapping[str, Tier], columns: Iterable[Column[Any]]) -> Count:
    """Of these columns, the sensitive ones, and those of them no tier but the steward's shows clear.

    One that every tier which shows it has a reason to show, said in tiers.yaml, is not counted.
    """
    sensitive = [c for c in columns if is_sensitive(c) and not _is_excused(tiers, c)]
    return Count(sum(1 for c in sensitive if not lowering(tiers, c)), len(sensitive))


def lowering(tiers: Mapping[str, Tier], column: Column[Any]) -> list[str]:
    """The tiers that lower the coverage by the column: it is sensitive, and they see it for no reason that is said."""
    if not is_sensitive(column) or _is_excused(tiers, column):
        return []
    return shown_to(tiers, column)


def _is_excused(tiers: Mapping[str, Tier], column: Column[Any]) -> bool:
    shown = shown_to(tiers, column)
    return bool(shown) and all(tiers[name].because.get(kind(column)) for name in shown)


def columns_of(tables: Iterable[Table], filled: Filled, *channels: str) -> list[Column[Any]]:
    """The columns that any of the channels fills."""
    wanted = set(channels)
    return [c for t in tables for c in t.columns if wanted & set(held_by(filled, t.name, c.name))]
