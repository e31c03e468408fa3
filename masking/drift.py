"""Drift: what a channel's columns reveal today, compared with the day before, by their profiles.

A kind that appears or goes away says that the source changed: a field was put to another use, a file was
built from other columns. Only verdicts are compared; how many cells there were differs from day to day.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from masking.kinds import SAY_LITTLE, Kind

ENOUGH = 20
"""Cells of a column below which a kind's absence is no news."""


@dataclass(frozen=True)
class Change:
    """A kind that a column reveals on one of two days only."""

    column: str
    kind: Kind
    appeared: bool
    cells: int
    """The cells that reveal it, on the day they do."""


def changes(
    today: Iterable[Mapping[str, Any]],
    before: Iterable[Mapping[str, Any]],
    declared: Mapping[str, Set[Kind]],
) -> Iterator[Change]:
    """Kinds that are new in a declared column, and declared kinds that went away.

    A column that was not there on the other day has no history, and so no change.
    """
    now, then = _by_column(today), _by_column(before)
    for column in (c for c in now if c in then and c in declared):
        for of, row in now[column].items():
            if row["verdict"] and of not in SAY_LITTLE and not _said(then[column], of):
                yield Change(column, of, True, row["matches"])
        looked_at = max(row["cells"] for row in now[column].values())
        for of, row in then[column].items():
            gone = row["verdict"] and of in declared[column] and not _said(now[column], of)
            if gone and row["matches"] and looked_at >= ENOUGH:
                yield Change(column, of, False, row["matches"])


def _by_column(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[Kind, Mapping[str, Any]]]:
    found: dict[str, dict[Kind, Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["column_name"], {})[Kind(row["kind"])] = row
    return found


def _said(column: Mapping[Kind, Mapping[str, Any]], of: Kind) -> bool:
    return of in column and bool(column[of]["verdict"])
