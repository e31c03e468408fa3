"""Counting over verdicts: how often each check held, and each indicator's two numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from expectations.flags import flag
from expectations.kpi.quality import Indicator
from expectations.model import Check
from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine


@dataclass(frozen=True)
class Count:
    """An indicator's numerator and denominator."""

    good: int = 0
    of: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.good + other.good, self.of + other.of)

    @property
    def ratio(self) -> Decimal | None:
        """Six places; None if nothing was measured."""
        return (Decimal(self.good) / self.of).quantize(Decimal("0.000001")) if self.of else None


def check_counts(
    engine: Engine, flagged: Relation, checks: Sequence[Check], branch: str = ""
) -> list[dict[str, Any]]:
    """A row for each branch and check: `branch, check, checked, failed`."""
    sums = ", ".join(
        f"count({flag(i)}) AS checked_{i}, count(*) FILTER (WHERE NOT {flag(i)}) AS failed_{i}"
        for i in range(len(checks))
    )
    unit = f"coalesce({branch}, '')" if branch else "''"
    query = f"SELECT {unit} AS unit, {sums} FROM flagged GROUP BY {unit}"
    return [
        {
            "branch": row["unit"],
            "check": check,
            "checked": row[f"checked_{i}"],
            "failed": row[f"failed_{i}"],
        }
        for row in engine.fetch(engine.sql(query, flagged=flagged)).to_pylist()
        for i, check in enumerate(checks)
    ]


def indicator_counts(
    engine: Engine, flagged: Relation, checks: Sequence[Check], indicators: Sequence[Indicator]
) -> dict[str, Count]:
    """Each indicator's two numbers over these rows; those that count none of these checks are left out."""
    sums: dict[str, str] = {}
    for n, indicator in enumerate(indicators):
        counted = [i for i, c in enumerate(checks) if indicator.counts(c)]
        if counted:
            good, of = _per_row(indicator, checks, counted)
            sums[indicator.name] = (
                f"coalesce(sum({good}), 0) AS good_{n}, coalesce(sum({of}), 0) AS of_{n}"
            )
    if not sums:
        return {}
    query = f"SELECT {', '.join(sums.values())} FROM flagged"
    found = engine.fetch(engine.sql(query, flagged=flagged)).to_pylist()[0]
    return {
        i.name: Count(int(found[f"good_{n}"]), int(found[f"of_{n}"]))
        for n, i in enumerate(indicators)
        if i.name in sums
    }


def _per_row(
    indicator: Indicator, checks: Sequence[Check], counted: Sequence[int]
) -> tuple[str, str]:
    flags = [flag(i) for i in counted]
    if indicator.of == "rows":
        spoken = " OR ".join(f"{f} IS NOT NULL" for f in flags)
        held = " AND ".join(f"coalesce({f}, TRUE)" for f in flags)
        return (
            f"CASE WHEN ({spoken}) AND {held} THEN 1 ELSE 0 END",
            f"CASE WHEN {spoken} THEN 1 ELSE 0 END",
        )
    good = " + ".join(f"CASE WHEN {f} THEN 1 ELSE 0 END" for f in flags)
    return good, " + ".join(f"CASE WHEN {f} IS NOT NULL THEN 1 ELSE 0 END" for f in flags)


def together(counts: Sequence[Mapping[str, Count]]) -> dict[str, Count]:
    """The sums, by indicator."""
    summed: dict[str, Count] = {}
    for found in counts:
        for name, count in found.items():
            summed[name] = summed.get(name, Count()) + count
    return summed
