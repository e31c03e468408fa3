"""An assessment: what the warehouse's figures say of one period. Frozen: the same warehouse, the same figures."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from expectations.kpi.period import Period
from expectations.kpi.scores import Commendation, Figure, Scored, figure_of, overall, score
from expectations.kpi.service import Service
from expectations.model import Check, Dimension
from expectations.suites import SUITES, suite
from pipelines.core.batch import CUSTOMERS
from pipelines.core.errors import ConfigError
from warehouse.model import label_en
from warehouse.tables import RECORDS

STOPS = ("stopped", "outage")
ABSENT = ("late", "missing")
"""Outcomes of a batch that was expected and has not come."""

Read = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]
"""The rows of one SELECT over the quality and governance tables."""


@dataclass(frozen=True)
class Checked:
    """One check over some rows: how many it speaks of, how many fail."""

    record: str
    name: str
    column: str
    dimension: str
    checked: int
    failed: int

    @property
    def share(self) -> float | None:
        """The share that fails; None if the check spoke of no row."""
        return self.failed / self.checked if self.checked else None


@dataclass(frozen=True)
class Delivered:
    """A channel's batches of the period, summed. Rows are of those whose fate is known."""

    channel: str
    batches: int
    stopped: int
    read: int
    accepted: int
    quarantined: int
    refused: int
    unknown: int
    """Batches whose rows are not all accounted for, because they stopped on the way."""

    @property
    def is_conserved(self) -> bool:
        """Whether every row read is accounted for."""
        return self.read == self.accepted + self.quarantined + self.refused


@dataclass(frozen=True)
class Stopped:
    """A batch that stopped or has not come, why, and what to do."""

    channel: str
    day: date
    step: str
    outcome: str
    en: str
    zh: str


@dataclass(frozen=True)
class Work:
    """What one unit of a channel has to correct."""

    channel: str
    branch: str
    checked: int
    failed: int


@dataclass(frozen=True)
class Replaced:
    """A day that came again: how many rows it had, has now, and since when."""

    channel: str
    day: date
    before: int
    rows: int | None
    at: datetime


@dataclass(frozen=True)
class Changed:
    """A figure that is not what it was when its day was measured before, and since when."""

    channel: str
    day: date
    zh: str
    en: str
    before: float
    ratio: float | None
    at: datetime


@dataclass(frozen=True)
class Shown:
    """A sensitive column that tiers beside the steward's see clear."""

    record: str
    column: str
    zh: str
    channels: tuple[str, ...]
    tiers: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """Everything the report says."""

    organisation: str
    period: Period
    day: date
    """The snapshot: the last day measured in the period."""
    days: tuple[date, ...]
    rules: str
    code: str
    overall: Scored
    channels: tuple[Scored, ...]
    elements: Mapping[str, Mapping[str, Mapping[str, Checked]]]
    """By customer record, channel and element."""
    checks: tuple[Checked, ...]
    """Over all channels, worst first."""
    delivered: tuple[Delivered, ...]
    stopped: tuple[Stopped, ...]
    replaced: tuple[Replaced, ...]
    changed: tuple[Changed, ...]
    work: tuple[Work, ...]
    made: int
    """How many checks were made of delivered rows, failing or not; of them are the items to correct."""
    service: Mapping[str, Mapping[str, Checked]]
    """By channel and measure."""
    titles: Mapping[str, str]
    shown: tuple[Shown, ...]
    """The sensitive columns that are not masked everywhere."""
    commendation: Commendation | None
    """None if the day was measured by a version that declared none."""


def assessment(read: Read, period: Period) -> Assessment:
    """The assessment of a period. Raises ConfigError if nothing was measured in it."""
    span = {"first": period.first, "last": period.last}
    measured = read(
        "SELECT * FROM quality.measurement WHERE day BETWEEN $first AND $last ORDER BY day",
        span,
    )
    if not measured:
        raise ConfigError(
            f"nothing was measured in {period.name}: run the flow for a day of it, or name another period",
            f"{period.zh}没有任何度量结果：请运行该期间的流程，或指定其他期间",
        )
    snapshot = ([m for m in measured if m["is_measured"]] or measured)[-1]
    plans = read("SELECT * FROM governance.channel", {})
    titles = {p["channel"]: p["title"] for p in plans}
    indicators = read("SELECT * FROM quality.indicator WHERE day BETWEEN $first AND $last", span)
    scored = _scored(indicators, snapshot["day"], plans)
    results = read(
        "SELECT channel, record, check_name, branch, dimension, column_name, checked, failed "
        "FROM quality.check_result WHERE day = $day",
        {"day": snapshot["day"]},
    )
    delivered = [r for r in results if r["channel"] != CUSTOMERS]
    batches = read(
        "SELECT * FROM quality.batch WHERE day BETWEEN $first AND $last ORDER BY day, channel", span
    )
    return Assessment(
        organisation=snapshot["organisation"],
        period=period,
        day=snapshot["day"],
        days=tuple(m["day"] for m in measured),
        rules=snapshot["rules"],
        code=snapshot["code"],
        overall=scored[0],
        channels=tuple(scored[1:]),
        elements=_elements(results),
        checks=_worst_first(delivered),
        delivered=_delivered(batches),
        stopped=_stopped(batches),
        replaced=_replaced(batches),
        changed=_changed(indicators),
        work=_work(delivered),
        made=sum(r["checked"] for r in delivered if r["dimension"] != Dimension.SERVICE),
        service=_service(delivered),
        titles=titles,
        shown=_shown(read("SELECT * FROM governance.asset_register", {})),
        commendation=_commendation(snapshot.get("commendation")),
    )


def _commendation(said: str | None) -> Commendation | None:
    if not said:
        return None
    rule = json.loads(said)
    return Commendation(tuple(rule["records"]), tuple(rule["indicators"]), rule["at_least"])


def _shown(assets: Sequence[Mapping[str, Any]]) -> tuple[Shown, ...]:
    return tuple(
        Shown(
            a["table_name"].removeprefix("core."), a["column_name"], a["label_zh"],
            tuple(a["channels"].split(",")), tuple(a["shown_to"].split(",")),
        )
        for a in sorted(assets, key=lambda a: (a["table_name"], a["column_name"]))
        if a.get("shown_to")
    )  # fmt: skip


def _scored(
    said: Sequence[Mapping[str, Any]], day: date, plans: Sequence[Mapping[str, Any]]
) -> list[Scored]:
    """All together first, then each channel. The whole is made of the channels, its figures are pooled."""
    by_day: dict[str, dict[date, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(said, key=_place):
        by_day[row["channel"]][row["day"]].append(figure_of(row))
    pooled = by_day.pop(CUSTOMERS, {})
    channels = [_channel(name, by_day[name], day, plans) for name in sorted(by_day)]
    days = tuple(
        (on, overall(found.get(on, ()) for found in by_day.values())) for on in sorted(pooled)
    )
    whole = Scored(
        CUSTOMERS, CUSTOMERS, "", tuple(pooled.get(day, ())), days, overall=dict(days).get(day)
    )
    return [whole, *channels]


def _channel(
    name: str, days: Mapping[date, list[Figure]], day: date, plans: Sequence[Mapping[str, Any]]
) -> Scored:
    plan: Mapping[str, Any] = next((p for p in plans if p["channel"] == name), {})
    return Scored(
        name,
        plan.get("title") or name,
        plan.get("owner") or "",
        tuple(days.get(day, ())),
        tuple((on, score(figures)) for on, figures in sorted(days.items())),
        tuple((plan.get("records") or "").split(",")),
    )


ORDER = [
    Dimension.COMPLETENESS, Dimension.ACCURACY, Dimension.CONFORMITY, Dimension.CONSISTENCY, Dimension.TIMELINESS,
    Dimension.UNIQUENESS, Dimension.ACCESSIBILITY, Dimension.SECURITY, Dimension.SERVICE,
]  # fmt: skip


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """By channel and day; the weightiest indicator of a dimension first."""
    return (
        row["channel"],
        row["day"],
        ORDER.index(row["dimension"]),
        -row["weight"],
        row["indicator"],
    )


def _summed(rows: Iterable[Mapping[str, Any]]) -> list[Checked]:
    """The counts of each check, over channels and branches."""
    sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        key = (row["record"], row["check_name"], row["column_name"], row["dimension"])
        sums[key][0] += row["checked"]
        sums[key][1] += row["failed"]
    return [
        Checked(record, name, column, dimension, checked, failed)
        for (record, name, column, dimension), (checked, failed) in sorted(sums.items())
    ]


def _elements(results: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, dict[str, Checked]]]:
    found: dict[str, dict[str, dict[str, Checked]]] = {}
    for record, table in RECORDS.items():
        names = [f"complete.{element[0]}" for element in table.info["required"]]
        if not names:
            continue
        mine = [r for r in results if r["record"] == record and r["check_name"] in names]
        for channel in sorted({r["channel"] for r in mine}, key=lambda c: (c == CUSTOMERS, c)):
            summed = {c.name: c for c in _summed(r for r in mine if r["channel"] == channel)}
            if any(c.checked for c in summed.values()):
                found.setdefault(record, {})[channel] = {n: summed[n] for n in names if n in summed}
    return found


def _worst_first(results: Sequence[Mapping[str, Any]]) -> tuple[Checked, ...]:
    left_out = (Dimension.SERVICE, Dimension.COMPLETENESS)
    summed = _summed(r for r in results if r["dimension"] not in left_out)
    spoken = [c for c in summed if c.checked]
    return tuple(sorted(spoken, key=lambda c: (-(c.share or 0), c.record, c.name)))


def _service(results: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Checked]]:
    mine = [r for r in results if r["dimension"] == Dimension.SERVICE]
    found = {
        channel: {c.name: c for c in _summed(r for r in mine if r["channel"] == channel)}
        for channel in sorted({r["channel"] for r in mine})
    }
    return {
        channel: checks
        for channel, checks in found.items()
        if any(c.checked for c in checks.values())
    }


def _work(results: Sequence[Mapping[str, Any]]) -> tuple[Work, ...]:
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in results:
        if row["dimension"] != Dimension.SERVICE:
            counts = sums[row["channel"], row["branch"] or ""]
            counts[0] += row["checked"]
            counts[1] += row["failed"]
    units = [
        Work(channel, branch, *counts) for (channel, branch), counts in sums.items() if counts[1]
    ]
    return tuple(sorted(units, key=lambda w: (w.channel, -w.failed, w.branch)))


def _delivered(batches: Sequence[Mapping[str, Any]]) -> tuple[Delivered, ...]:
    def summed(channel: str) -> Delivered:
        mine = [b for b in batches if b["channel"] == channel]
        known = [b for b in mine if b["rows_read"] is not None and b["rows_accepted"] is not None]
        return Delivered(
            channel,
            batches=len(mine),
            stopped=sum(1 for b in mine if b["outcome"] in STOPS),
            read=sum(b["rows_read"] for b in known),
            accepted=sum(b["rows_accepted"] for b in known),
            quarantined=sum(b["rows_quarantined"] or 0 for b in known),
            refused=sum(b["rows_refused"] or 0 for b in known),
            unknown=len(mine) - len(known),
        )

    return tuple(summed(channel) for channel in sorted({b["channel"] for b in batches}))


def _stopped(batches: Sequence[Mapping[str, Any]]) -> tuple[Stopped, ...]:
    """By channel, and of a channel the same with the same, so that what repeats stands together."""
    found = (b for b in batches if b["outcome"] in (*STOPS, *ABSENT))
    return tuple(
        Stopped(
            b["channel"],
            b["day"],
            b["step"] or "",
            b["outcome"],
            b["message_en"] or "",
            b["message_zh"] or "",
        )
        for b in sorted(found, key=lambda b: (b["channel"], b["outcome"], b["day"]))
    )


def _replaced(batches: Sequence[Mapping[str, Any]]) -> tuple[Replaced, ...]:
    """The newest last. A warehouse of an older version knows of none."""
    again = [b for b in batches if b.get("replaced_at")]
    return tuple(
        Replaced(b["channel"], b["day"], b["rows_before"], b["rows_read"], b["replaced_at"])
        for b in sorted(again, key=lambda b: (b["day"], b["channel"]))
    )


def _changed(indicators: Sequence[Mapping[str, Any]]) -> tuple[Changed, ...]:
    rows = [r for r in indicators if r.get("ratio_before") is not None]
    return tuple(
        Changed(
            r["channel"], r["day"], r["title_zh"], r["title_en"], float(r["ratio_before"]),
            None if r["ratio"] is None else float(r["ratio"]), r["changed_at"],
        )
        for r in sorted(rows, key=lambda r: (r["day"], r["channel"] != CUSTOMERS, r["channel"], r["indicator"]))
    )  # fmt: skip


def meanings() -> dict[tuple[str, str], tuple[str, str]]:
    """What each check asks, in English and Chinese, by record and name; columns are called by their labels."""
    checks = [
        c for record in SUITES for c in (*suite(record), *Service.model_validate({}).checks(record))
    ]
    return {(c.record, c.name): (_in_words(c), c.zh) for c in checks}


def _in_words(check: Check) -> str:
    columns = RECORDS[check.record].columns
    said = re.sub("[a-z_]+", lambda m: label_en(m[0]) if m[0] in columns else m[0], check.en)
    return said[:1].upper() + said[1:]
