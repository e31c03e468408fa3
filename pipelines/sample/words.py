"""The words of which made-up people are made, read from `data/` when asked for."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from pypinyin import Style, lazy_pinyin

from pipelines.sample.vector import Ints, Text, fading, picked, taken, text

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Words:
    """Some words and how common each is."""

    said: Text
    weights: tuple[float, ...]

    def index(self, rng: np.random.Generator, rows: int) -> Ints:
        """`rows` of them, drawn, by their places."""
        return picked(rng, self.weights, rows)

    def draw(self, rng: np.random.Generator, rows: int) -> Text:
        """`rows` of them, drawn."""
        return taken(self.said, self.index(rng, rows))

    @property
    def pinyin(self) -> Text:
        """The same in Latin letters."""
        return text(["".join(lazy_pinyin(w, style=Style.NORMAL)) for w in self.said.to_pylist()])


@dataclass(frozen=True)
class Regions:
    """Districts: one place in each column for each."""

    code: Ints
    province: Text
    prefecture: Text
    district: Text
    area_code: Text
    postcode: Ints
    weights: tuple[float, ...]


@dataclass(frozen=True)
class GivenNames:
    """Characters of given names of one sex and generation, for each place."""

    sex: str
    since: int
    until: int
    first: Words
    second: Words


def lines(name: str) -> list[str]:
    """The lines of one file that say something."""
    said = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in said if line.strip() and not line.startswith("#")]


def words(*said: str, half: float = 0.6) -> Words:
    """Words listed by how common they are."""
    return Words(text(said), tuple(fading(len(said), half)))


@cache
def named(name: str, file: str = "words.txt") -> Words:
    """The words that stand in `file` under `name`."""
    found = next(line.split(" ")[1:] for line in lines(file) if line.split(" ", 1)[0] == name)
    return words(*found)


@cache
def surnames() -> Words:
    """Surnames, each with its share of the population."""
    said: dict[str, float] = {}
    for line in lines("surnames.txt"):
        share, *names = line.split()
        said |= {name: float(share) for name in names if name not in said}
    return Words(text(list(said)), tuple(said.values()))


@cache
def given_names() -> tuple[GivenNames, ...]:
    """Characters of given names by sex and generation."""
    rows = [line.split() for line in lines("given.txt")]
    both = zip(rows[::2], rows[1::2], strict=True)
    return tuple(
        GivenNames(
            a[0], int(a[1]), int(a[2]), words(*dict.fromkeys(a[4:])), words(*dict.fromkeys(b[4:]))
        )
        for a, b in both
    )


@cache
def regions() -> Regions:
    """Districts, weighted by their province's population."""
    rows: list[tuple[int, str, str, str, str, int]] = []
    people: dict[str, float] = {}
    share = 0.0
    for line in lines("regions.txt"):
        if line.startswith("@"):
            share = float(line[1:])
            continue
        code, province, prefecture, area_code, postcode, *districts = line.split()
        people[province] = share
        city = "" if prefecture == "-" else prefecture
        rows += [
            (int(code + d[:2]), province, city, d[2:], area_code, int(postcode)) for d in districts
        ]
    held = {p: sum(1 for r in rows if r[1] == p) for p in people}
    column = list(zip(*rows, strict=True))
    return Regions(
        np.array(column[0]),
        text(column[1]),
        text(column[2]),
        text(column[3]),
        text(column[4]),
        np.array(column[5]),
        tuple(people[r[1]] / held[r[1]] for r in rows),
    )


@cache
def former_regions() -> dict[int, int]:
    """Codes of districts that are no more, by the code whose place it is now."""
    pairs = [line.split() for line in lines("former_regions.txt")]
    return {int(now): int(then) for then, now in pairs}


@cache
def traditional() -> dict[str, str]:
    """Simplified characters, each with its traditional form."""
    return {pair[0]: pair[1] for line in lines("traditional.txt") for pair in line.split()}
