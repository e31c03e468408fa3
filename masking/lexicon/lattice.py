"""Reading Chinese: the likeliest sequence of words and names in a stretch of text.

Every dictionary word, and everything that has the shape of a personal name, is an edge from where
it starts to where it ends, and costs -ln of how likely it is; the cheapest path is the reading.
So a name is found only where it explains the characters better than ordinary words do: 高兴 is a
word, 高兴旺 a name. Costs come from counts (`tables.py`), the few weights below from measurement.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from math import log
from operator import itemgetter
from typing import NamedTuple

from masking.lexicon import tables
from masking.lexicon.minority import MinorityNames
from masking.lexicon.piece import NAMES, Piece
from masking.lexicon.tables import NEVER_GIVEN
from masking.lexicon.whole import FAMILIAR, whole_names

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
DOTS = "·•‧・-"
RUN = re.compile(f"[{HAN}]+(?:[{DOTS}][{HAN}]+)*")
HAN_GATE = f"[{HAN}]"
"""Without it there is no reading."""
DOTTED = frozenset(DOTS)
MARKS = "，。！？;\n"
"""What ends a clause: no name and no address goes on over one of these."""
LONGEST_RUN = 200
"""Longer runs without a punctuation mark are read in pieces: they are not sentences."""
LONGEST_PART, LONGEST_NAME = 8, 24
"""Characters of one part of a foreign name, between dots, and of all of it."""
LOOKS_BACK, TAILS = 3, 100_000
"""What is read depends on so many characters before it; ends of runs that are kept."""
SURNAME, COMPOUND, JAPANESE, FOREIGN, MINORITY = 1, 2, 4, 8, 16

Edge = tuple[int, float, str]


@dataclass(frozen=True)
class Weights:
    """What is not counted: chosen on half of a public set, see docs/detection.md."""

    unknown: float = 13.0
    """A character the word list does not have."""
    loose: float = 22.0
    """A dot that joins nothing."""
    odd: float = 2.0
    """A word of two characters that the word list does not have, beside what its characters cost."""
    name: float = 4.6
    """A Chinese name: one word of text in 160."""
    one: float = 0.3
    two: float = 0.85
    """Given names of one and of two characters."""
    floor: float = 11.5
    """A character that no given name was seen with, if it is itself rarer than `rare`."""
    rare: float = 8.0
    listed: float = -2.5
    perhaps: float = 2.5
    """A name that the word list has, or may have, beside its cost there; and what is a name only by shape."""
    foreign: float = 7.5
    short: float = 5.5
    shortish: float = 3.0
    more: float = 1.0
    """A foreign name, and one of two characters only."""
    strange: float = 11.0
    dot: float = -8.5
    sound: float = 3.2
    """In a dotted name: a character that writes foreign names, at most."""
    hyphen: float = -2.0
    """In a foreign name: a character that rarely is in one; a dot; a hyphen."""
    minority: float = 11.5
    joined: float = 3.0
    doubtful: float = 4.0
    """A name of `minority_names.txt`; what each further part of it costs, and a part that hardly stands alone."""
    called: float = 1.0
    """A surname alone, between what it is called by, beside what it costs as one: 张女士, 王姐, 老张."""
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
    person: float = -1.0
    """What must be said beside a foreign name where clubs, buildings or games are spoken of."""
    place: float = 6.0
    """After a name: 先生, 经理, 表示, 的; after a place: 区."""
    noun_after: float = 1.0
    noun_before: float = 0.0
    """Beside a name: a noun of no other meaning here."""
    edge: float = -0.5
    colon: float = -3.5
    bracket: float = -1.0
    book: float = 2.0
    latin: float = 0.0
    alone: float = -1.5
    """At the edge of a run: nothing said, a colon, a bracket, a book's title, Latin letters."""


class Tail(NamedTuple):
    """What was found out about the ends of a run, by their length: the least cost, and the first piece."""

    best: list[float]
    goes: list[int]
    letters: list[str]


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """How a run of Chinese characters is read; positions count from its start."""

    text: str
    pieces: tuple[Piece, ...]
    names: tuple[Piece, ...]


class Reader:
    """The tables, arranged for reading."""

    def __init__(self, weights: Weights) -> None:
        self.w = weights
        words, characters = tables.words(), tables.name_characters()
        self.costs = words.costs | dict.fromkeys(DOTS, weights.loose)
        self.letters = words.letters
        self.only, self.first, self.last = (characters[k] for k in ("only", "first", "last"))
        self.begins = {c: weights.odd + cost for c, cost in characters["begins"].items()}
        self.ends = characters["ends"]
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
        self.titles = frozenset(context["title_after"] + context["address_after"])
        self.others = re.compile("|".join(context["not_of_people"]))
        self.surnames = {s: weights.name - log(p) for s, p in tables.surname_shares().items()}
        self.minority = MinorityNames((weights.minority, weights.joined, weights.doubtful))
        self.called = frozenset(tables.groups("surnames.txt")["ranked"])
        self.calls = dict.fromkeys(self.titles, 0.0) | dict.fromkeys(
            context["short_title_after"], weights.title
        )
        self.begin_calls = frozenset(call[0] for call in self.calls)
        self.japanese = frozenset(" ".join(tables.lines("japanese_surnames.txt")).split())
        self.starts = self._starts()
        self.tails: dict[str, Tail] = {}
        self.hinders = dict.fromkeys(self.foreign, 0) | {
            c: SURNAME | (0 if c in self.foreign else FOREIGN) for c in NEVER_GIVEN
        }
        """What cannot start before a character; before all others, a foreign name cannot."""
        self.shorts = {1: weights.short, 2: weights.shortish}
        self.edges = {
            ":": weights.colon,
            "=": weights.colon,
            "(": weights.bracket,
            "《": weights.book,
            "》": weights.book,
        }

    def _starts(self) -> dict[str, int]:
        """What may start with a character, as flags."""
        found: dict[str, int] = {}
        for flag, names in (
            (SURNAME, [s for s in self.surnames if len(s) == 1]),
            (COMPOUND, [s for s in self.surnames if len(s) > 1]),
            (JAPANESE, self.japanese),
            (FOREIGN, self.foreign),
            (MINORITY, self.minority.beginnings),
        ):
            for name in names:
                found[name[0]] = found.get(name[0], 0) | flag
        return found

    def read(self, run: str, left: str, right: str) -> tuple[Piece, ...]:  # noqa: C901 - the inner
        """The cheapest path through a run of Chinese characters that stands between two others."""
        # loop of all detection: a call per character would cost more than what it does
        size = len(run)
        tail = self.tail(run, right)
        best, goes, letters = tail.best, tail.goes, tail.letters
        new = size + 1 - len(best)
        after: list[float | None] = [None] * (size + 1)
        costs, starts, unknown, more = self.costs, self.starts, self.w.unknown, self.w.more
        hinders, dots = self.hinders, not DOTTED.isdisjoint(run)
        begins, ends = self.begins, self.ends
        for i in range(new - 1, -1, -1):
            character = run[i]
            least = (costs.get(character) or unknown) + best[size - i - 1]
            goes_to, says = i + 1, ""
            for end in range(i + 2, size + 1):
                word = costs.get(run[i:end])
                if word is None:
                    break
                if word and word + best[size - end] < least:
                    least, goes_to = word + best[size - end], end
            if goes_to == i + 1 < size and character in begins and run[goes_to] in ends:
                odd = begins[character] + ends[run[goes_to]] + best[size - i - 2]
                if odd < least:
                    least, goes_to, says = odd, i + 2, "?"
            flags = starts.get(character, 0)
            if flags and i + 1 < size:
                flags &= ~hinders.get(run[i + 1], FOREIGN)
            before = None
            for end, cost, letter in self.names(run, i, flags, dots) if flags or dots else ():
                if before is None:
                    before = self.said_before(run, i, left)
                said = after[end]
                if said is None:
                    said = after[end] = self.said_after(run, end, right)
                said += before
                if end == size and not i:
                    said += self.w.alone
                cost += (said * more if letter == "f" else said) + best[size - end]
                if cost < least:
                    least, goes_to, says = cost, end, letter
            best.append(least)
            goes.append(goes_to - i)
            letters.append(says)
        self.keep(run, right, new, tail)
        return self.path(run, goes, letters)

    def tail(self, run: str, right: str) -> "Tail":
        """The longest end of the run that was read before, after the same three characters."""
        for i in range(LOOKS_BACK, len(run)):
            kept = self.tails.get(f"{run[i - LOOKS_BACK :]}\n{right}")
            if kept:
                known = len(run) - i + 1
                return Tail(kept.best[:known], kept.goes[:known], kept.letters[:known])
        return Tail([0.0], [0], [""])

    def keep(self, run: str, right: str, read: int, tail: "Tail") -> None:
        """Keeps the ends of the run of which the first `read` characters were new."""
        if len(self.tails) > TAILS:
            self.tails.clear()
        for i in range(LOOKS_BACK, read):
            self.tails[f"{run[i - LOOKS_BACK :]}\n{right}"] = tail

    def path(self, run: str, goes: list[int], letters: list[str]) -> tuple[Piece, ...]:
        """The pieces of the cheapest path."""
        pieces = []
        start, size = 0, len(run)
        while start < size:
            end = start + goes[size - start]
            named = letters[size - start]
            letter = named or self.letters.get(run[start:end], "w")
            pieces.append(Piece(start, end, "w" if letter in "gf" and not named else letter))
            start = end
        return tuple(pieces)

    def people(
        self, run: str, left: str, right: str, pieces: tuple[Piece, ...]
    ) -> tuple[Piece, ...]:
        """The names that are people's: where clubs or buildings are spoken of, a foreign name alone is theirs."""
        names = tuple(piece for piece in pieces if piece.letter in NAMES)
        if not names or not self.others.search(run):
            return names
        return tuple(
            name
            for name in names
            if name.letter != "f"
            or not DOTTED.isdisjoint(run[name.start : name.end])
            or self.said_before(run, name.start, left) + self.said_after(run, name.end, right)
            <= self.w.person
        )

    def names(self, run: str, i: int, flags: int, dots: bool) -> list[Edge]:
        """What could be a name that starts here."""
        found: list[Edge] = []
        if flags & SURNAME:
            self.given(found, run, i, i + 1)
            self.called_by(found, run, i)
        if flags & COMPOUND:
            self.compounds(found, run, i)
        if flags & JAPANESE:
            self.japanese_names(found, run, i)
        if flags & FOREIGN:
            self.foreign_names(found, run, i)
        if flags & MINORITY:
            found += self.minority.names(run, i)
        if dots:
            self.dotted_names(found, run, i)
        return found

    def compounds(self, found: list[Edge], run: str, i: int) -> None:
        """Surnames of two or four characters, with their given names."""
        for size in (2, 4):
            if i + size < len(run) and run[i : i + size] in self.surnames:
                self.given(found, run, i, i + size)

    def given(self, found: list[Edge], run: str, i: int, j: int) -> None:
        """A surname from `i` to `j`, with a given name of one or two characters."""
        size = len(run)
        if j >= size or run[j] in NEVER_GIVEN:
            return
        surname = self.surnames[run[i:j]]
        only = self.only.get(run[j])
        if only is None and (self.costs.get(run[j]) or self.w.unknown) > self.w.rare:
            only = self.w.floor
        if only is not None:
            cost = surname + self.w.one + only
            name = run[i : j + 1]
            if self.letters.get(name) == "h":
                cost = min(cost, self.costs[name] + self.w.perhaps)
            found.append((j + 1, cost, "c"))
        if j + 1 < size and run[j + 1] not in NEVER_GIVEN and run[j : j + 2] not in self.titles:
            first = self.first.get(run[j], self.w.floor)
            last = self.last.get(run[j + 1], self.w.floor)
            cost = surname + self.w.two + first + last
            name = run[i : j + 2]
            if self.letters.get(name) == "g":
                cost = min(cost, self.costs[name] + self.w.listed)
            found.append((j + 2, cost, "c"))

    def called_by(self, found: list[Edge], run: str, i: int) -> None:
        """A surname alone, before a title or after 老 or 小."""
        j = i + 1
        call = None
        if j < len(run) and run[j] in self.begin_calls and run[i] in self.called:
            calls = (self.calls.get(run[j : j + n]) for n in (3, 2, 1))
            call = next((cost for cost in calls if cost is not None), None)
            if call and self.costs.get(run[j : j + 2]):
                call = None  # a word begins there: 高 工资, 孙 总额
        if call is None and i and run[i - 1] in "老小" and run[i] in FAMILIAR:
            call = None if self.costs.get(run[i : j + 1]) else self.w.particle
        if call is not None:
            found.append((j, self.surnames[run[i]] + self.w.called + call, "c"))

    def japanese_names(self, found: list[Edge], run: str, i: int) -> None:
        """A Japanese surname, with a given name of none to three characters."""
        for j in (i + 2, i + 3):
            if j > len(run) or run[i:j] not in self.japanese:
                continue
            cost = self.w.japanese
            found.append((j, cost + 2, "f"))
            for end in range(j + 1, min(len(run), j + 3) + 1):
                c = run[end - 1]
                if c in NEVER_GIVEN or c in DOTTED:
                    break
                cost += min(self.first.get(c, 9.0), self.last.get(c, 9.0))
                found.append((end, cost, "f"))

    def foreign_names(self, found: list[Edge], run: str, i: int) -> None:
        """Characters that write foreign names, one after another."""
        cost = self.w.foreign + self.foreign[run[i]]
        for end in range(i + 1, min(len(run), i + LONGEST_PART)):
            more = self.foreign.get(run[end])
            if more is None:
                return
            cost += more
            name = run[i : end + 1]
            if self.letters.get(name) == "f":
                cost_here = min(cost, self.costs[name] + self.w.listed)
                found.append((end + 1, cost_here + self.shorts.get(end - i, 0.0), "f"))
            else:
                found.append((end + 1, cost + self.shorts.get(end - i, 0.0), "f"))

    def dotted_names(self, found: list[Edge], run: str, i: int) -> None:
        """Parts of a name joined by dots: 阿卜杜拉·买买提, 汤姆·克鲁斯."""
        cost, part, dotted = self.w.foreign, 0, False
        for end in range(i, min(len(run), i + LONGEST_NAME)):
            if run[end] in DOTTED:
                if not part or (part == 1 and run[end] == "-"):
                    return  # a hyphen joins parts of foreign names, which are longer: 联系人-无
                cost += self.w.hyphen if run[end] == "-" else self.w.dot
                part, dotted = 0, True
                continue
            part += 1
            if part > LONGEST_PART:
                return
            known = self.foreign.get(run[end])
            cost += self.w.strange if known is None else min(known, self.w.sound)
            if dotted:
                found.append((end + 1, cost, "f"))

    def said_after(self, run: str, j: int, right: str) -> float:
        """What follows a name that ends at `j`, as a cost."""
        if j == len(run):
            w = self.w
            return self.edges.get(right, w.latin if right.isalnum() and right.isascii() else w.edge)
        after, two = self.after, run[j : j + 2]
        said = after.get(run[j : j + 3]) or after.get(two) or after.get(run[j])
        if said is not None:
            return said
        return self.w.noun_after if self.letters.get(two, "w") in "nop" else 0.0

    def said_before(self, run: str, i: int, left: str) -> float:
        """What stands before a name that starts at `i`, as a cost."""
        if not i:
            w = self.w
            return self.edges.get(left, w.latin if left.isalnum() and left.isascii() else w.edge)
        before = self.before
        for size in (3, 2, 1):
            if size <= i:
                found = before.get(run[i - size : i])
                if found is not None:
                    return found
        return self.w.noun_before if self.letters.get(run[i - 2 : i]) == "n" else 0.0


def _valued(context: dict[str, tuple[str, ...]], **values: float) -> dict[str, float]:
    return {word: value for group, value in values.items() for word in context[group]}


@lru_cache(1)
def reader() -> Reader:
    """The one reader."""
    return Reader(Weights())


@lru_cache(20_000)
def _read(run: str, left: str, right: str) -> Reading:
    """Clauses repeat (已告知客户), so what was read once is kept."""
    by = reader()
    found = whole_names(by, run, left, by.read(run, left, right))
    return Reading(run, found, reader().people(run, left, right, found))


@lru_cache(2)
def readings(text: str) -> tuple[tuple[int, Reading], ...]:
    """The reading of every run of Chinese characters in a normalised text, and where it starts."""
    found = []
    for match in RUN.finditer(text):
        start, end = match.span()
        run, left, right = match[0], text[start - 1 : start], text[end : end + 1]
        if end - start <= LONGEST_RUN:
            found.append((start, _read(run, left, right)))
        else:
            found += [
                (start + at, _read(run[at : at + LONGEST_RUN], left, right))
                for at in range(0, len(run), LONGEST_RUN)
            ]
    return tuple(found)


def reading_at(text: str, place: int) -> tuple[int, Reading] | None:
    """The reading that holds a place of the text, and where it starts."""
    found = readings(text)
    number = bisect_right(found, place, key=itemgetter(0)) - 1
    if number < 0 or place >= found[number][0] + len(found[number][1].text):
        return None
    return found[number]


def pieces(text: str) -> list[Piece]:
    """All the words and names, in order of position."""
    return [
        Piece(start + piece.start, start + piece.end, piece.letter)
        for start, reading in readings(text)
        for piece in reading.pieces
    ]
