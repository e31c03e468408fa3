"""Grain: by how much one customer can change a figure, so that the statistics tier is told it in larger steps."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from expectations.kpi.quality import Indicator
from pipelines.core.batch import CUSTOMERS, Relation
from pipelines.engine.protocol import Engine
from warehouse.statistics import step
from warehouse.tables import RECORDS

Counted = Mapping[tuple[str, str], Mapping[str, int]]
"""Of each channel and record, in how many checks of each indicator a row is counted."""


def grains(
    engine: Engine,
    current: Mapping[str, Relation],
    counted: Counted,
    indicators: Iterable[Indicator],
    k: int,
) -> list[dict[str, Any]]:
    """The rows of `quality.grain`, from the current rows of every record."""
    asked = list(indicators)
    records = [name for name in RECORDS if name in current]
    found = _most(engine, current, records) if records else {}
    most = {("rows", channel): n for (channel, record), n in found.items() if not record}
    most |= {(f"record:{r}", channel): n for (channel, r), n in found.items() if r}
    most |= {(f"record:{r}", CUSTOMERS): 1 for r in RECORDS if RECORDS[r].info["is_customer"]}
    channels = {channel for channel, _ in (*found, *counted)} | {CUSTOMERS}
    for indicator in asked:
        for channel in channels:
            adds = _adds(indicator, channel, found, counted)
            most[f"indicator:{indicator.name}", channel] = adds
    return [
        {"channel": channel, "figure": figure, "grain": step(k, n)}
        for (figure, channel), n in most.items()
    ]


def _adds(
    indicator: Indicator,
    channel: str,
    found: Mapping[tuple[str, str], int],
    counted: Counted,
) -> int:
    """What one customer adds to the indicator's denominator at most; nothing if it counts columns."""
    if indicator.of == "columns":
        return 0
    added = 0
    for (name, record), checks in counted.items():
        if channel in (name, CUSTOMERS):
            times = checks.get(indicator.name, 0)
            rows = found.get((name, record), 0)
            added += rows * (times if indicator.of == "checks" else min(times, 1))
    return max(added, 1)


def _most(
    engine: Engine, current: Mapping[str, Relation], records: Collection[str]
) -> dict[tuple[str, str], int]:
    """The most rows that one customer has: of each channel and record, and of each channel (record '')."""
    rows = " UNION ALL ".join(
        f"SELECT channel, '{record}' AS record, {_who(current[record])} AS who FROM {record}_rows"
        for record in records
    )
    each = engine.keep(
        engine.sql(
            f"SELECT channel, record, who, count(*) AS n FROM ({rows}) AS rows_of"
            " GROUP BY channel, record, who",
            None,
            **{f"{record}_rows": current[record] for record in records},
        )
    )
    most = engine.sql(
        "SELECT channel, record, max(n) AS n FROM each GROUP BY channel, record UNION ALL"
        " SELECT channel, '' AS record, max(n) AS n FROM (SELECT channel, who, sum(n) AS n FROM each"
        " GROUP BY channel, who) AS by_channel GROUP BY channel UNION ALL"
        f" SELECT '{CUSTOMERS}' AS channel, '' AS record, max(n) AS n FROM (SELECT who, sum(n) AS n"
        " FROM each GROUP BY who) AS by_who",
        each=each,
    )
    return {(r["channel"], r["record"]): int(r["n"] or 0) for r in engine.fetch(most).to_pylist()}


def _who(rows: Relation) -> str:
    """Whose row it is: the customer's, or the one it names, or its own."""
    known = [c for c in ("customer_id", "holder_source_id", "source_id") if c in rows.columns]
    return f"coalesce({', '.join(known)})"
