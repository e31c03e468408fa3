"""Prefilter: which finders need not look at a text at all, known from their own patterns.

A pattern of ASCII characters only, such as a card number's, cannot match a text whose longest stretch of
ASCII is shorter than its shortest match, or has fewer digits. A gate that begins with one of a few
characters cannot match a text that has none of them. Both are read from the parsed pattern, so no
finder declares them and none can be declared wrongly.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined] # the one place that knows a pattern's parse
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Protocol

from masking.normalise import Normalised
from masking.recognisers.recogniser import Recogniser, Span

ASCII_RUN = re.compile("[\x00-\x7f]+")
DIGITS = "0123456789"
LONGEST, MOST = 40, 24
"""Longer stretches, and more digits, let every finder through."""
FEW = 30
"""A range of more characters than this is as good as any character."""
ANYTHING = frozenset[str]()


class Gated(Protocol):
    """A finder that can say cheaply where it need not look."""

    @property
    def name(self) -> str:
        """Its own name."""

    @property
    def gate(self) -> str:
        """A pattern without which there is nothing to find."""

    def spans(self, text: Normalised) -> list[Span]:
        """What it finds, in order of position."""


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
    digits = all(0x30 <= low and high <= 0x39 for low, high in ranges)
    return Demand(1, int(digits), all(high < 0x80 for _, high in ranges))


def _least(demands: list[Demand]) -> Demand:
    return Demand(
        min(d.width for d in demands), min(d.digits for d in demands), all(d.ascii for d in demands)
    )


def firsts(pattern: str) -> frozenset[str]:
    """The characters one of which a match begins with; empty if that cannot be said."""
    return _firsts(parser.parse(pattern))


def _firsts(parsed: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    for code, value in parsed:
        if code in (op.ASSERT, op.ASSERT_NOT, op.AT):
            continue
        if code is op.LITERAL:
            return frozenset(chr(value))
        if code is op.IN:
            return _members(value)
        if code is op.SUBPATTERN:
            return _firsts(value[-1])
        if code is op.BRANCH:
            sets = [_firsts(branch) for branch in value[1]]
            return frozenset().union(*sets) if all(sets) else ANYTHING
        return ANYTHING
    return ANYTHING


def _members(items: list[tuple[Any, Any]]) -> frozenset[str]:
    ranges = [(v, v) if code is op.LITERAL else v for code, v in items if code in (op.LITERAL, op.RANGE)]
    if len(ranges) < len(items) or any(high - low > FEW for low, high in ranges):
        return ANYTHING
    return frozenset(chr(c) for low, high in ranges for c in range(low, high + 1))


@dataclass(frozen=True)
class _Group:
    """Finders that share a gate, each with the digits it asks for."""

    gate: re.Pattern[str]
    firsts: frozenset[str]
    finders: tuple[tuple[int, Gated], ...]


class Prefilter:
    """Finders, arranged so that a text is shown only to those that may find something in it."""

    def __init__(self, finders: Sequence[Gated]) -> None:
        self._measured: list[tuple[int, int, Gated]] = []
        gated: dict[str, list[tuple[int, Gated]]] = {}
        for finder in finders:
            asked = demand(finder.pattern) if isinstance(finder, Recogniser) else UNKNOWN
            if asked.ascii and asked.digits:
                self._measured.append((min(asked.width, LONGEST), min(asked.digits, MOST), finder))
            else:
                gated.setdefault(finder.gate, []).append((min(asked.digits, MOST), finder))
        self._groups = [_Group(re.compile(g), firsts(g), tuple(f)) for g, f in gated.items()]
        self._admitted: dict[tuple[int, int], list[Gated]] = {}

    def admit(self, text: str) -> list[Gated]:
        """The finders that may find something in this normalised text."""
        characters = set(text)
        total = 0 if characters.isdisjoint(DIGITS) else sum(map(text.count, DIGITS))
        admitted = list(self._by_measure(text)) if total else []
        for group in self._groups:
            if group.firsts and characters.isdisjoint(group.firsts):
                continue
            wanted = [finder for digits, finder in group.finders if digits <= total]
            if wanted and group.gate.search(text):
                admitted += wanted
        return admitted

    def _by_measure(self, text: str) -> list[Gated]:
        longest = most = 0
        for run in ASCII_RUN.findall(text):
            longest, most = max(longest, len(run)), max(most, sum(map(run.count, DIGITS)))
        key = min(longest, LONGEST), min(most, MOST)
        if key not in self._admitted:
            self._admitted[key] = [
                finder
                for width, digits, finder in self._measured
                if width <= key[0] and digits <= key[1]
            ]
        return self._admitted[key]
