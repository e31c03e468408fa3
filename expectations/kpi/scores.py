"""Scores: what an indicator, a channel and the whole come to, and when they are at target.

The one home of these definitions; the page says the same (`defined` in page/words.yaml).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.core.batch import CUSTOMERS


@dataclass(frozen=True)
class Figure:
    """One indicator of one channel. `ratio` is None where nothing was measured."""

    name: str
    zh: str
    en: str
    ratio: float | None
    target: float
    weight: float
    good: int
    of: int
    dimension: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether it is at its target: not below it. None if it was not measured."""
        return None if self.ratio is None else self.ratio >= self.target

    @property
    def gap(self) -> float:
        """How far below its target it is; 0 if it is not, or was not measured."""
        return 0.0 if self.ratio is None else max(0.0, self.target - self.ratio)


@dataclass(frozen=True)
class Scored:
    """A channel, or all together, on the snapshot day: its figures, and its score on each day of the period."""

    name: str
    title: str
    owner: str
    figures: tuple[Figure, ...]
    days: tuple[tuple[date, float | None], ...]
    records: tuple[str, ...] = ()
    """What its rows are."""
    overall: float | None = None
    """Of all channels together: the mean of their scores."""

    @property
    def score(self) -> float | None:
        """A channel's: the mean of its figures that were measured, by weight."""
        return score(self.figures) if self.overall is None else self.overall

    @property
    def measured(self) -> tuple[Figure, ...]:
        """The figures that were measured."""
        return tuple(f for f in self.figures if f.ratio is not None)

    @property
    def met(self) -> int:
        """How many of them are at their target."""
        return sum(1 for f in self.measured if f.is_met)

    @property
    def is_met(self) -> bool | None:
        """Whether it is at target: every figure that was measured is. None if none was."""
        return self.met == len(self.measured) if self.measured else None

    @property
    def checks(self) -> int:
        """How much was counted of it: its weight in the whole."""
        return sum(f.of for f in self.measured)


@dataclass(frozen=True)
class Commendation:
    """By which rule a channel is commended, as quality.yaml says it."""

    records: tuple[str, ...]
    """It collects these: its rows are one of them."""
    indicators: tuple[str, ...]
    """They must have been measured."""
    at_least: int
    """So many checks must have been counted."""

    def holds(self, channel: Scored) -> bool:
        """Whether the channel has earned it: it has an owner, and is at target in all that was measured."""
        known = {f.name for f in channel.measured}
        return bool(
            channel.is_met
            and channel.owner
            and set(channel.records) & set(self.records)
            and set(self.indicators) <= known
            and channel.checks >= self.at_least
        )


def score(figures: Iterable[Figure]) -> float | None:
    """The mean of the ratios that were measured, by weight; None if none was."""
    return _mean((f.ratio, f.weight) for f in figures if f.ratio is not None)


def overall(channels: Iterable[Sequence[Figure]]) -> float | None:
    """The mean of the channels' scores, each counting by what was counted of it; None if none was measured."""
    scores = [(score(figures), sum(f.of for f in figures)) for figures in channels]
    return _mean((value, of) for value, of in scores if value is not None)


def figure_of(row: Mapping[str, Any]) -> Figure:
    """A row of `quality.indicator`."""
    ratio = row["ratio"]
    return Figure(
        row["indicator"], row["title_zh"], row["title_en"], None if ratio is None else float(ratio),
        float(row["target"]), float(row["weight"]), row["numerator"] or 0, row["denominator"], row["dimension"],
    )  # fmt: skip


def overall_of(indicators: Iterable[Mapping[str, Any]]) -> float | None:
    """The overall score of one day, from its rows of `quality.indicator`."""
    channels: dict[str, list[Figure]] = {}
    for row in indicators:
        if row["channel"] != CUSTOMERS:
            channels.setdefault(row["channel"], []).append(figure_of(row))
    return overall(channels.values())


def shares(channels: Sequence[Scored]) -> Mapping[str, float]:
    """What part of the whole each channel's score is."""
    total = sum(c.checks for c in channels)
    return {c.name: c.checks / total for c in channels if total and c.measured}


def _mean(weighted: Iterable[tuple[float, float]]) -> float | None:
    pairs = list(weighted)
    total = sum(weight for _, weight in pairs)
    return sum(value * weight for value, weight in pairs) / total if total else None
