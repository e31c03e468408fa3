"""The asset register (REQUIREMENTS B5), and how much of what is sensitive is masked (F1)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Table

from expectations.kpi.counts import Count
from masking.rulepacks import called_together, labels
from masking.tiers import Tier
from warehouse.model import kind
from warehouse.tables import CORE, RECORDS

SENSITIVE = ("general_sensitive", "sensitive")
"""The rule pack, and its label, of what directly reflects a particular person (REQUIREMENTS B2)."""
Filled = Mapping[tuple[str, str], Iterable[str]]
"""By record and column, the channels that fill it."""


def register(filled: Filled, plans: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A row for each column that is held, under the collection plans of the channels that fill it."""
    return [
        {
            "table_name": f"core.{table.name}",
            "column_name": column.name,
            "label_zh": column.info["zh"],
            "meaning": column.info["meaning"],
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
        }
        for table in CORE.values()
        for called in (called_together({kind(c) for c in table.columns}),)
        for column in table.columns
        for fills in (_fills(filled, table.name, column.name),)
    ]


def _fills(filled: Filled, table: str, column: str) -> list[str]:
    """The channels that fill the column; those of the records' columns of its name where it is made of them."""
    own = filled.get((table, column))
    made_of = (by for (record, name), by in filled.items() if name == column and record in RECORDS)
    return sorted(own if own else {channel for by in made_of for channel in by})


def _of(plans: Mapping[str, Mapping[str, Any]], channels: Iterable[str], what: str) -> str:
    """What the channels' plans say, each once."""
    return ",".join(dict.fromkeys(str(plans[c][what]) for c in channels if plans[c][what]))


def _json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


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
