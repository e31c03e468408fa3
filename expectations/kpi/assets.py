"""The asset register (REQUIREMENTS B5), and how much of what is sensitive is masked (F1)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Table

from expectations.kpi.counts import Count
from masking.kinds import Kind
from masking.rulepacks import labels, lifted
from masking.tiers import Tier
from warehouse.model import kind
from warehouse.tables import CORE

SENSITIVE = ("general_sensitive", "sensitive")
"""The rule pack, and its label, of what directly reflects a particular person (REQUIREMENTS B2)."""
Filled = Mapping[tuple[str, str], Iterable[str]]
"""By record and column, the channels that fill it."""


def register(filled: Filled) -> list[dict[str, Any]]:
    """A row for each column that is held."""
    return [
        {
            "table_name": f"core.{table.name}",
            "column_name": column.name,
            "label_zh": column.info["zh"],
            "meaning": column.info["meaning"],
            "kind": kind(column).value,
            "labels": json.dumps(called[kind(column)], ensure_ascii=False, sort_keys=True),
            "channels": ",".join(sorted(filled.get((table.name, column.name), ()))),
        }
        for table in CORE.values()
        for called in (_called(table),)
        for column in table.columns
    ]


def _called(table: Table) -> dict[Kind, dict[str, str]]:
    """What each kind of the table is called in every rule pack, as what stands beside it lifts it."""
    kinds = {kind(c) for c in table.columns}
    lifts = lifted(kinds)
    return {
        k: {
            pack: lifts[pack][k].label if k in lifts.get(pack, {}) else label
            for pack, label in labels(k).items()
        }
        for k in kinds
    }


def masked(tiers: Mapping[str, Tier], columns: Iterable[Column[Any]]) -> Count:
    """Of these columns, the sensitive ones, and those of them no tier but the steward's shows clear."""
    pack, label = SENSITIVE
    sensitive = [c for c in columns if labels(kind(c))[pack] == label]
    others = [t for name, t in tiers.items() if name != "steward"]
    hidden = [
        c for c in sensitive if all(t.rule_for(kind(c), c.name).name != "clear" for t in others)
    ]
    return Count(len(hidden), len(sensitive))


def columns_of(tables: Iterable[Table], filled: Filled, channel: str) -> list[Column[Any]]:
    """The columns the channel fills."""
    return [c for t in tables for c in t.columns if channel in filled.get((t.name, c.name), ())]
