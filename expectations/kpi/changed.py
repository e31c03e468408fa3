"""Figures of a day that was measured before: what they were, kept in the lake, so that measuring anew tells it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

Row = Mapping[str, Any]


def compared(now: Iterable[Row], before: Iterable[Row]) -> list[dict[str, Any]]:
    """The day's indicators, each with the ratio it had before, and when it became another; empty if it never did.

    What was not measured before has not changed. Measured again with the same result, what was told stays.
    """
    known = {(row["indicator"], row["channel"]): row for row in before}
    at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    return [
        {**row, **_change(row, known.get((row["indicator"], row["channel"]), {}), at)}
        for row in now
    ]


def _change(row: Row, before: Row, at: datetime) -> dict[str, Any]:
    was = before.get("ratio")
    if was is not None and was != row["ratio"]:
        return {"ratio_before": was, "changed_at": at}
    return {name: before.get(name) for name in ("ratio_before", "changed_at")}
