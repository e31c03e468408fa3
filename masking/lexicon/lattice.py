"""Reading Chinese: the likeliest sequence of words and names in a stretch of text.

Every dictionary word, and everything that has the shape of a personal name, is an edge from where
it starts to where it ends, and costs -ln of how likely it is; the cheapest path is the reading.
So a name is found only where it explains the characters better than ordinary words do: 高兴 is a
word, 高兴旺 a name. Costs come from counts (`tables.py`), the few weights below from measurement.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log

from masking.lexicon import tables

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
DOTS = "·•‧・-"
RUN = re.compile(f"[{HAN}]+(?:[{DOTS}][{HAN}]+)*")
LONGEST_RUN = 200
"""Longer runs without a punctuation mark are read in pieces: they are not sentences."""
LONGEST_PART = 8
"""Characters of one part of a foreign name, between dots."""

Edge = tuple[int, float, str]


@dataclass(frozen=True)
class Weights:
    """What is not counted: chosen on half of a public set, see docs/detection.md."""

    unknown: float = 13.0
    """A character the word list does not have."""
    name: float = 4.6
    """A Chinese name: one word of text in 160."""
    one: float = 0.3
    two: float = 0.85
    """Given names of one and of two characters."""
    floor: float = 11.5
    """A character that no given name was seen with, if it is itself rarer than `rare`."""
    rare: float = 8.0
    listed: float = -1.5
    """A name that the word list has, beside its cost there; and what is a name only by shape."""
    foreign: float = 5.5
    short: float = 3.0
    more: float = 1.0
    """A foreign name, and one of two characters only."""
    strange: float = 13.0
    dot: float = -8.5
    hyphen: float = -4.0
    """In a foreign name: a character that rarely is in one; a dot; a hyphen."""
    japanese: float = 12.0
    label: float = -5.0
    role: float = -2.5
    link: float = -1.0
    stay: float = 1.5
    """Before a name: 联系人, 教练, 和; before a place: 在."""
    address: float = -7.0
    title: float = -2.0
    verb: float = -2.0
    particle: float = -4.0
    place: float = 6.0
    """After a name: 先生, 经理, 表示, 的; after a place: 区."""
    edge: float = -0.5
    colon: float = -3.5
    bracket: float = -1.0
    book: float = 2.0
    latin: float = 0.0
    alone: float = -1.5
    """At the edge of a run: nothing said, a colon, a bracket, a book's title, Latin letters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or name of a reading.

    `letter` is what the word list says of it (`tables.Words`), `c` for a Chinese name by shape.
    """

    start: int
    end: int
    letter: str


class Reader:
    """The tables, arranged for reading."""

    def __init__(self, weights: Weights) -> None:
        self.w = weights
        words, characters = tables.words(), tables.name_characters()
        self.costs, self.letters = words.costs, words.letters
        self.only, self.first, self.last = (characters[k] for k in ("only", "first", "last"))
        self.foreign = characters["foreign"]
        context = tables.groups("name_context.txt")
        self.after = _valued(
            context, particle_after=weights.particle, verb_after=weights.verb,
            title_after=weights.title, address_after=weights.address, place_after=weights.place,
        )  # fmt: skip
        self.before = _valued(
            context, word_before=weights.link, place_before=weights.stay,
            role_before=weights.role, label_before=weights.label,
        )  # fmt: skip
        self.surnames = {s: weights.name - log(p) for s, p in tables.surname_shares().items()}
        self.japanese = frozenset(" ".join(tables.lines("japanese_surnames.txt")).split())
        self.compound = frozenset(s[0] for s in self.surnames if len(s) > 1)
        self.starts = frozenset(
            {s[0] for s in self.surnames} | {s[0] for s in self.japanese} | set(self.foreign)
        )
        self.japanese_starts = frozenset(s[0] for s in self.japanese)
        self.edges = {
            ":": weights.colon,
            "(": weights.bracket,
            "《": weights.book,
            "》": weights.book,
        }

    def read(self, run: str, left: str, right: str) -> list[Piece]:
        """The cheapest path through a run of Chinese characters that stands between two others."""
        size = len(run)
        best = [0.0] + [1e9] * size
        came = [0] * (size + 1)
        letters = [""] * (size + 1)
        costs, starts, unknown = self.costs, self.starts, self.w.unknown
        dots = any(c in DOTS for c in run)
        for i in range(size):
            here = best[i]
            cost = here + (costs.get(run[i]) or unknown)
            if cost < best[i + 1]:
                best[i + 1], came[i + 1], letters[i + 1] = cost, i, ""
            for end in range(i + 2, size + 1):
                word = costs.get(run[i:end])
                if word is None:
                    break
                if word and here + word < best[end]:
                    best[end], came[end], letters[end] = here + word, i, ""
            if run[i] in starts or dots:
                for end, cost, letter in self.names(run, i, dots):
                    said = self.context(run, i, end, left, right)
                    cost += here + (said * self.w.more if letter == "f" else said)
                    if cost < best[end]:
                        best[end], came[end], letters[end] = cost, i, letter
        return self.path(run, came, letters)

    def path(self, run: str, came: list[int], letters: list[str]) -> list[Piece]:
        """The pieces of the cheapest path, read back from its end."""
        pieces = []
        end = len(run)
        while end:
            start = came[end]
            letter = letters[end] or self.letters.get(run[start:end], "w")
            pieces.append(Piece(start, end, "w" if letter in "gf" and not letters[end] else letter))
            end = start
        return pieces[::-1]

    def names(self, run: str, i: int, dots: bool) -> Iterator[Edge]:
        """What could be a name that starts here."""
        character = run[i]
        surname = self.surnames.get(character)
        if surname is not None:
            yield from self.given(run, i, i + 1, surname)
        if character in self.compound:
            for size in (2, 4):
                surname = self.surnames.get(run[i : i + size])
                if surname is not None and i + size < len(run):
                    yield from self.given(run, i, i + size, surname)
        if character in self.japanese_starts:
            yield from self.japanese_names(run, i)
        if character in self.foreign:
            yield from self.foreign_names(run, i)
        if dots:
            yield from self.dotted_names(run, i)

    def given(self, run: str, i: int, j: int, surname: float) -> Iterator[Edge]:
        """A surname that ends at `j`, with a given name of one or two characters."""
        size = len(run)
        if j >= size or run[j] in tables.NEVER_GIVEN:
            return
        only = self.only.get(run[j])
        if only is None and (self.costs.get(run[j]) or self.w.unknown) > self.w.rare:
            only = self.w.floor
        if only is not None:
            yield j + 1, surname + self.w.one + only, "c"
        if j + 1 < size and run[j + 1] not in tables.NEVER_GIVEN:
            first = self.first.get(run[j], self.w.floor)
            last = self.last.get(run[j + 1], self.w.floor)
            listed = self.letters.get(run[i : j + 2]) == "g"
            cost = surname + self.w.two + first + last
            yield (
                j + 2,
                min(cost, self.costs[run[i : j + 2]] + self.w.listed) if listed else cost,
                "c",
            )

    def japanese_names(self, run: str, i: int) -> Iterator[Edge]:
        """A Japanese surname, with a given name of none to three characters."""
        for j in (i + 2, i + 3):
            if j > len(run) or run[i:j] not in self.japanese:
                continue
            cost = self.w.japanese
            yield j, cost + 2, "f"
            for end in range(j + 1, min(len(run), j + 3) + 1):
                c = run[end - 1]
                if c in tables.NEVER_GIVEN or c in DOTS:
                    break
                cost += min(self.first.get(c, 9.0), self.last.get(c, 9.0))
                yield end, cost, "f"

    def foreign_names(self, run: str, i: int) -> Iterator[Edge]:
        """Characters that write foreign names, one after another."""
        cost = self.w.foreign + self.foreign[run[i]]
        for end in range(i + 1, min(len(run), i + LONGEST_PART)):
            more = self.foreign.get(run[end])
            if more is None:
                return
            cost += more
            listed = self.letters.get(run[i : end + 1]) == "f"
            if listed:
                yield end + 1, min(cost, self.costs[run[i : end + 1]] + self.w.listed), "f"
            else:
                yield end + 1, cost + (self.w.short if end == i + 1 else 0.0), "f"

    def dotted_names(self, run: str, i: int) -> Iterator[Edge]:
        """Parts of a name joined by dots: 阿卜杜拉·买买提, 汤姆·克鲁斯."""
        cost, part, dotted = self.w.foreign, 0, False
        for end in range(i, len(run)):
            if run[end] in DOTS:
                if not part:
                    return
                cost += self.w.hyphen if run[end] == "-" else self.w.dot
                part, dotted = 0, True
                continue
            part += 1
            if part > LONGEST_PART:
                return
            cost += self.foreign.get(run[end], self.w.strange)
            if dotted:
                yield end + 1, cost, "f"

    def context(self, run: str, i: int, j: int, left: str, right: str) -> float:
        """What the neighbours say of a name from `i` to `j`."""
        size, w = len(run), self.w
        if j == size:
            cost = self.edges.get(right, w.latin if right.isalnum() and right.isascii() else w.edge)
            if not i:
                cost += w.alone
        else:
            after = self.after
            cost = after.get(run[j : j + 3]) or after.get(run[j : j + 2]) or after.get(run[j], 0.0)
        if not i:
            return cost + self.edges.get(
                left, w.latin if left.isalnum() and left.isascii() else w.edge
            )
        before = self.before
        for size in (3, 2, 1):
            if size <= i:
                found = before.get(run[i - size : i])
                if found is not None:
                    return cost + found
        return cost


def _valued(context: dict[str, tuple[str, ...]], **values: float) -> dict[str, float]:
    return {word: value for group, value in values.items() for word in context[group]}


@lru_cache(1)
def reader() -> Reader:
    """The one reader."""
    return Reader(Weights())


@lru_cache(8)
def pieces(text: str, rd=None) -> tuple[Piece, ...]:
    """The reading of every run of Chinese characters in a normalised text."""
    found: list[Piece] = []
    rd = rd or reader()
    for match in RUN.finditer(text):
        start, end = match.span()
        run = match[0]
        for at in range(0, len(run), LONGEST_RUN):
            read = rd.read(run[at : at + LONGEST_RUN], text[start - 1 : start], text[end : end + 1])
            found += [Piece(start + at + p.start, start + at + p.end, p.letter) for p in read]
    return tuple(found)
