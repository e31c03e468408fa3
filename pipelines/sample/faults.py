"""What a fault is, and the plain ways in which a value goes wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from pipelines.sample.vector import Days, Mask, Text, instants, iso, joined, pc, taken, text


@dataclass(frozen=True)
class Cells:
    """The rows something goes wrong with: what stands there, and what is true of them."""

    columns: Mapping[str, Text]
    rng: np.random.Generator
    on: Days
    """When they are delivered."""
    old: Mapping[str, Text]
    """What was true before."""

    def __len__(self) -> int:
        return len(self.on)


Changed = dict[str, Text | None]
"""The columns as they are now; None empties one."""
Change = Callable[[Cells], Changed]
Among = Callable[[Mapping[str, Text]], Mask]


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong. The first of `columns` is the one it is told of; all must be filled."""

    name: str
    columns: tuple[str, ...]
    share: float
    change: Change
    among: Among | None = None
    needs_text: bool = False
    """Whether only a source that lets anything be written can have it."""


def matching(column: str, pattern: str) -> Among:
    """Rows in which the column matches."""

    def found(columns: Mapping[str, Text]) -> Mask:
        mask: Mask = (
            pc.match_substring_regex(columns[column], pattern)
            .fill_null(False)
            .to_numpy(zero_copy_only=False)
        )
        return mask

    return found


def respelt(column: str, how: Callable[[np.random.Generator, Text], Text]) -> Change:
    """The column written otherwise."""
    return lambda cells: {column: how(cells.rng, cells.columns[column])}


def said(column: str, *choices: str) -> Change:
    """One of these instead."""
    return lambda cells: {
        column: taken(text(choices), cells.rng.integers(0, len(choices), len(cells)))
    }


def moved(column: str, since: int, until: int, of: str = "") -> Change:
    """A day so many days from that of the delivery, or from what stands in column `of`."""

    def change(cells: Cells) -> Changed:
        start = as_days(cells.columns[of]) if of else cells.on
        return {column: iso(start + cells.rng.integers(since, until, len(cells)))}

    return change


def before_that(column: str, of: str) -> Change:
    """An instant some hours before that of another column."""

    def change(cells: Cells) -> Changed:
        start = np.asarray(cells.columns[of].to_numpy(zero_copy_only=False), dtype="datetime64[s]")
        return {column: instants(start - cells.rng.integers(3600, 90_000, len(cells)))}

    return change


def negative(column: str) -> Change:
    """The amount below zero."""
    return lambda cells: {column: joined("-", cells.columns[column])}


def as_days(values: Text) -> Days:
    """Days written 2026-09-01."""
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype="datetime64[D]")


def emptied(column: str) -> Change:
    """Nothing where something must stand."""
    return lambda _cells: {column: None}


RESIDENT = r"^\d{17}[\dX]$"
HAN = r"^\p{Han}{2,4}$"
DAY = r"^\d{4}-\d\d-\d\d$"
PROVINCE = "^(.{2,3}?省|.{2,8}?自治区)"
