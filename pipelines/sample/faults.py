"""What a fault is, and the plain ways in which a value goes wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from pipelines.sample.vector import (
    Days,
    Text,
    constant,
    empty,
    instants,
    iso,
    joined,
    pc,
    taken,
    text,
)


@dataclass(frozen=True)
class Cells:
    """The cells something goes wrong with, and what stands beside them."""

    column: str
    columns: Mapping[str, Text]
    rng: np.random.Generator
    on: Days
    """When they are delivered."""
    former: Text
    """What was true before."""

    def __len__(self) -> int:
        return len(self.on)

    @property
    def said(self) -> Text:
        """What stands there."""
        return self.columns[self.column]


Way = Callable[[Cells], Text]


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong: with which column, how often, and how."""

    name: str
    column: str
    share: float
    way: Way
    like: str = ""
    """Only values that match this."""
    beside: tuple[str, ...] = ()
    """Columns it then disagrees with."""
    needs_text: bool = False
    """Whether only a source that lets anything be written can have it."""
    of_former: bool = False
    """Whether only those can have it of whom something else was true before."""

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that take part: a number beside a resident's data is a resident ID."""
        return (self.column, *self.beside)

    def likes(self) -> dict[str, str]:
        """What the values must be like, by column."""
        found = {self.column: self.like} if self.like else {}
        return found | ({"id_number": RESIDENT} if "id_number" in self.beside else {})


def respelt(how: Callable[[np.random.Generator, Text], Text]) -> Way:
    """Written otherwise."""
    return lambda cells: how(cells.rng, cells.said)


def instead(*choices: str) -> Way:
    """One of these instead."""
    return lambda cells: taken(text(choices), cells.rng.integers(0, len(choices), len(cells)))


def moved(since: int, until: int, of: str = "") -> Way:
    """A day so many days from that of the delivery, or from what stands in column `of`."""

    def way(cells: Cells) -> Text:
        start = as_days(cells.columns[of]) if of else cells.on
        return iso(start + cells.rng.integers(since, until, len(cells)))

    return way


def before(of: str) -> Way:
    """An instant some hours before that of another column."""

    def way(cells: Cells) -> Text:
        start = np.asarray(cells.columns[of].to_numpy(zero_copy_only=False), dtype="datetime64[s]")
        return instants(start - cells.rng.integers(3600, 90_000, len(cells)))

    return way


def negative(cells: Cells) -> Text:
    """Below zero."""
    return joined("-", cells.said)


def emptied(cells: Cells) -> Text:
    """Nothing where something must stand."""
    return empty(len(cells))


def former(cells: Cells) -> Text:
    """What was true before."""
    return cells.former


def one_for_many(cells: Cells) -> Text:
    """The same for all: a clerk's own number for everybody who did not want to give one."""
    return constant(cells.said[0].as_py(), len(cells))


def cut(pattern: str, how: str) -> Way:
    """What is left when the pattern is replaced."""
    return lambda cells: pc.replace_substring_regex(cells.said, pattern, how)


def as_days(values: Text) -> Days:
    """Days written 2026-09-01."""
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype="datetime64[D]")


RESIDENT = r"^\d{17}[\dX]$"
MOBILE = r"^\d{11}$"
HAN = r"^\p{Han}{2,4}$"
DAY = r"^\d{4}-\d\d-\d\d$"
PROVINCE = "^(.{2,3}?省|.{2,8}?自治区)"
"""How an address begins, unless it is in a municipality."""
