"""Prefilter: which finders need not look at a text at all, known from their own patterns.

A pattern of ASCII characters only, such as a card number's, cannot match a text whose longest stretch of
ASCII is shorter than its shortest match, or has fewer digits. A pattern that needs one of a few
characters (年 or 月; 岁) cannot match a text that has none of them. Both are read from the parsed
pattern, so no recogniser declares them and none can declare them wrongly. What is more than a pattern
has a gate, a cheap pattern without which there is nothing to find.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined] # the one place that knows a pattern's parse
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple, Protocol

from masking.normalise import Normalised
from masking.recognisers.recogniser import Finder, Recogniser, Span, close, words

ASCII_RUN = re.compile("[\x00-\x7f]+")
DIGITS = "0123456789"
DIGIT = re.compile("[0-9]")
LONGEST, MOST = 40, 24
"""Longer stretches, and more digits, let every finder through."""
FEW, SETS = 30, 4
"""A range of more characters than this is as good as any; as many sets are asked for."""


class Run(NamedTuple):
    """A stretch of ASCII in a text."""

    start: int
    end: int
    width: int
    digits: int


class Gated(Finder, Protocol):
    """A finder that can say cheaply where it need not look."""

    @property
    def gate(self) -> str:
        """A pattern without which there is nothing to find."""


@dataclass(frozen=True)
class Demand:
    """What any match of a pattern has: characters, digits among them; whether all is ASCII."""

    width: int
    digits: int
    ascii: bool

    def __add__(self, other: "Demand") -> "Demand":
        return Demand(
            self.width + other.width, self.digits + other.digits, self.ascii and other.ascii
        )

    def times(self, least: int) -> "Demand":
        """The same, at least so many times."""
        return Demand(self.width * least, self.digits * least, self.ascii)


NOTHING = Demand(0, 0, True)
UNKNOWN = Demand(0, 0, False)


def demand(pattern: str) -> Demand:
    """What any match of `pattern` has."""
    return _of(parser.parse(pattern))


def _of(parsed: Iterable[tuple[Any, Any]]) -> Demand:
    return sum((_of_one(code, value) for code, value in parsed), start=NOTHING)


def _of_one(code: Any, value: Any) -> Demand:
    if code is op.LITERAL:
        return Demand(1, int(chr(value) in "0123456789"), value < 0x80)
    if code is op.IN:
        return _of_set(value)
    if code is op.BRANCH:
        return _least([_of(branch) for branch in value[1]])
    if code is op.SUBPATTERN:
        return _of(value[-1])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        return _of(value[2]).times(value[0])
    return NOTHING if code in (op.ASSERT, op.ASSERT_NOT, op.AT) else UNKNOWN


def _of_set(items: list[tuple[Any, Any]]) -> Demand:
    ranges = [(v, v) if code is op.LITERAL else v for code, v in items if code is not op.CATEGORY]
    if len(ranges) < len(items) or any(code is op.NEGATE for code, _ in items):
        return Demand(1, 0, False)
    digits = all(low >= 0x30 and high <= 0x39 for low, high in ranges)
    return Demand(1, int(digits), all(high < 0x80 for _, high in ranges))


def _least(demands: list[Demand]) -> Demand:
    return Demand(
        min(d.width for d in demands), min(d.digits for d in demands), all(d.ascii for d in demands)
    )


def wanted(pattern: str) -> tuple[frozenset[str], ...]:
    """Sets of characters; any match of `pattern` has one of each."""
    sets = set(_wanted(parser.parse(pattern)))
    return tuple(sorted(sets, key=lambda s: (len(s), sorted(s)))[:SETS])


def _wanted(parsed: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    return [characters for code, value in parsed for characters in _wanted_by_one(code, value)]


def _wanted_by_one(code: Any, value: Any) -> list[frozenset[str]]:
    if code is op.LITERAL:
        return [frozenset(chr(value))]
    if code is op.IN:
        return _members(value)
    if code is op.SUBPATTERN:
        sets = _wanted(value[-1])
        return [_either_case(s) for s in sets] if value[1] & re.IGNORECASE else sets
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0]:
        return _wanted(value[2])
    if code is op.BRANCH:
        branches = [_wanted(branch) for branch in value[1]]
        if all(branches):
            return [frozenset().union(*(min(sets, key=_commonness) for sets in branches))]
    return []


def _commonness(characters: frozenset[str]) -> tuple[bool, int]:
    """Digits stand in most texts that are looked at; many characters more often than few."""
    return not characters.isdisjoint(DIGITS), len(characters)


def _either_case(characters: frozenset[str]) -> frozenset[str]:
    return frozenset(c for one in characters for c in (one.lower(), one.upper()))


def literals(pattern: str) -> tuple[str, ...]:
    """Words of two characters or more, one of which stands in any match; none if that is not so.

    A word that may be written in either case is given in lower case.
    """
    for item in parser.parse(pattern):
        if item[0] in (op.SUBPATTERN, op.BRANCH):
            found = _begins_with([item])
            if found:
                return found
    return ()


def _begins_with(parsed: list[tuple[Any, Any]]) -> tuple[str, ...]:
    """The words one of which `parsed` begins with."""
    if not parsed:
        return ()
    code, value = parsed[0]
    if code is op.BRANCH:
        branches = [_begins_with(list(branch)) for branch in value[1]]
        return tuple(word for words in branches for word in words) if all(branches) else ()
    if code is op.SUBPATTERN:
        found = _begins_with(list(value[-1]))
        return tuple(word.lower() for word in found) if value[1] & re.IGNORECASE else found
    word = ""
    for code, value in parsed:
        if code is not op.LITERAL:
            break
        word += chr(value)
    return (word,) if len(word) > 1 else ()


def _members(items: list[tuple[Any, Any]]) -> list[frozenset[str]]:
    ranges = [
        (v, v) if code is op.LITERAL else v for code, v in items if code in (op.LITERAL, op.RANGE)
    ]
    if len(ranges) < len(items) or any(high - low > FEW for low, high in ranges):
        return []
    return [frozenset(chr(c) for low, high in ranges for c in range(low, high + 1))]


@dataclass(frozen=True, slots=True)
class Asked:
    """A finder, and what a text must have for it."""

    finder: Gated
    asks: Demand
    sets: tuple[frozenset[str], ...]
    gate: re.Pattern[str] | None
    said: tuple[str, ...]
    """Words one of which stands in the text, or in the text in lower case."""


class Prefilter:
    """Finders, arranged so that each looks only at texts, or stretches, that may hold something.

    Which sets of characters a text has is one number, a bit for each set; so is what a finder needs.
    """

    def __init__(self, finders: Sequence[Gated]) -> None:
        self._arrange([asked_of(finder) for finder in finders])

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> "Prefilter":
        """The same of finders whose demands are known."""
        made = cls([])
        made._arrange(list(asked))
        return made

    def _arrange(self, asked: list[Asked]) -> None:
        self.asked = asked
        sets = sorted({s for one in asked for s in one.sets}, key=sorted)
        bits = {characters: 1 << n for n, characters in enumerate(sets)}
        self._needs = [sum(bits[characters] for characters in one.sets) for one in asked]
        self._of: dict[str, int] = {}
        for characters, bit in bits.items():
            for character in characters:
                self._of[character] = self._of.get(character, 0) | bit
        self._left: dict[tuple[int, int, int], list[tuple[int, Asked]]] = {}

    def spans(self, text: Normalised) -> list[Span]:
        """What all finders find in a text."""
        found: list[Span] = []
        runs = runs_of(text.text)
        for asked in self.let_through(text.simplified, runs):
            found += _looked_at(asked, text, runs)
        return found

    def let_through(self, written: str, runs: list[Run]) -> list[Asked]:
        """The finders that may find something in a text, whose runs of ASCII are these."""
        has = self._sets_in(set(written))
        both = ""
        opened: dict[re.Pattern[str], bool] = {}
        found: list[Asked] = []
        for needs, asked in self._still_asked(runs):
            if has & needs != needs:
                continue
            gate = asked.gate
            if gate is not None:
                if gate not in opened:
                    opened[gate] = gate.search(written) is not None
                if not opened[gate]:
                    continue
            elif asked.said:
                both = both or f"{written}\n{close(written).lower()}"
                if not says(both, asked.said):
                    continue
            found.append(asked)
        return found

    def _sets_in(self, characters: set[str]) -> int:
        has, of = 0, self._of
        for character in characters:
            if character in of:
                has |= of[character]
        return has

    def _still_asked(self, runs: list[Run]) -> list[tuple[int, Asked]]:
        longest = most = total = 0
        for run in runs:
            longest, most, total = (
                max(longest, run.width),
                max(most, run.digits),
                total + run.digits,
            )
        key = min(longest, LONGEST), min(most, MOST), min(total, MOST)
        if key not in self._left:
            self._left[key] = [
                (needs, asked)
                for needs, asked in zip(self._needs, self.asked, strict=True)
                if _measures_up(asked.asks, *key)
            ]
        return self._left[key]


def says(text: str, said: tuple[str, ...]) -> bool:
    """Whether one of these words stands in the text."""
    for word in said:  # noqa: SIM110 - a generator costs more than the search
        if word in text:
            return True
    return False


def runs_of(text: str) -> list[Run]:
    """The stretches of ASCII that have a digit."""
    if not DIGIT.search(text):
        return []
    return [
        Run(match.start(), match.end(), match.end() - match.start(), digits)
        for match in ASCII_RUN.finditer(text)
        if (digits := len(DIGIT.findall(match[0])))
    ]


def asked_of(finder: Gated) -> Asked:
    """A finder, with what its pattern or its gate says."""
    if not isinstance(finder, Recogniser):
        return Asked(finder, UNKNOWN, wanted(finder.gate), re.compile(finder.gate), ())
    sets, asks = wanted(finder.pattern), demand(finder.pattern)
    if not finder.needs_context:
        return Asked(finder, asks, sets, None, literals(finder.pattern))
    spoken = tuple(_either_case(characters) for characters in wanted(words(finder.context)))
    said = tuple(sorted({_first(word.lower()) for word in finder.context}, key=len))
    return Asked(finder, asks, spoken + sets, None, said)


def _first(word: str) -> str:
    """The part of a label that stands in a text however its blanks are written: account of account_no."""
    return word.split(" ")[0] if word.isascii() else word


def _measures_up(asks: Demand, longest: int, most: int, total: int) -> bool:
    if not asks.digits:
        return True
    if min(asks.digits, MOST) > (most if asks.ascii else total):
        return False
    return not asks.ascii or min(asks.width, LONGEST) <= longest


def _looked_at(asked: Asked, text: Normalised, runs: list[Run]) -> list[Span]:
    finder, asks = asked.finder, asked.asks
    if not (asks.ascii and asks.digits and isinstance(finder, Recogniser)):
        return finder.spans(text)
    found: list[Span] = []
    for run in runs:
        if run.width >= asks.width and run.digits >= asks.digits:
            found += finder.spans(text, run.start, run.end + 1)  # what follows may forbid it
    return found
