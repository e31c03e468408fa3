"""Addresses: divisions, roads, house numbers, estates, rooms, with or without a province, rural too.

GB/T 23705 names the parts (行政区域, 街路巷, 门楼牌, 住宅小区, 楼栋, 单元, 户室). Parts that stand side by
side are one address. A place that stands alone is a weak find: it may be where somebody lives, or a news item.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from masking.kinds import Kind
from masking.lexicon import tables
from masking.lexicon.units import Unit, units
from masking.normalise import Normalised
from masking.recognisers.recogniser import Span

NUMBERED = re.compile(
    r"(?:[0-9]+(?:-[0-9A-Za-z]+){0,3}|[A-Za-z][0-9]{0,3}|[甲乙丙丁东西南北一二三四五六七八九十百]{1,4})"
    r"(?:号楼|号院|号|弄|栋|幢|座|楼|层|室|单元|组|队|户|期|门|房间|房|铺|区|社|村)"
    r"(?:[0-9]{3,4}(?![0-9])室?)?"
)
"""House, building, floor, room: 17号, 3号楼, 二单元, B座, 502室."""
LONGEST_STEM = 5
PLACE_SCORE, PART_SCORE, ADDRESS_SCORE, FULL_SCORE = 0.4, 0.6, 0.8, 0.85


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an address; what: place, division, road, estate, number."""

    start: int
    end: int
    what: str


@cache
def endings() -> dict[str, str]:
    """What a word that ends so is a part of."""
    found = tables.groups("address_words.txt")
    return {word: what for what in ("estate", "road", "division") for word in found[what]}


@cache
def group(name: str) -> frozenset[str]:
    """A group of `address_words.txt`."""
    return frozenset(tables.groups("address_words.txt")[name])


@dataclass(frozen=True)
class Addresses:
    """Addresses in Chinese text."""

    kind: Kind = Kind.ADDRESS
    name: str = "address"
    gate: str = "[\u4e00-\u9fff]{2}"

    def spans(self, text: Normalised) -> list[Span]:
        """The addresses, in order of position."""
        found = []
        seen = units(text.text)
        for parts in _together(text.text, _parts(text.text, seen)):
            score = _score(text.text, parts)
            if score:
                found.append(Span(self.kind, *text.span(parts[0].start, parts[-1].end), score))
        return found


def _parts(text: str, seen: Sequence[Unit]) -> list[Part]:
    parts: list[Part] = []
    done = 0
    for number, unit in enumerate(seen):
        if unit.start < done:
            continue
        part = _numbered(text, unit, parts) or _named(seen, number, done)
        if part:
            parts.append(part)
            done = part.end
    return parts


def _numbered(text: str, unit: Unit, parts: list[Part]) -> Part | None:
    """A number that stands right after another part."""
    if not parts or unit.start - parts[-1].end > 1 or text[parts[-1].end : unit.start].strip():
        return None
    match = NUMBERED.match(text, unit.start)
    return Part(match.start(), match.end(), "number") if match else None


def _named(seen: Sequence[Unit], number: int, done: int) -> Part | None:
    unit = seen[number]
    if unit.letter in "0a.":
        return None
    if unit.letter == "P" or (unit.letter == "p" and len(unit.text) > 1):
        following = seen[number + 1] if number + 1 < len(seen) else None
        if following and following.start == unit.end and following.text in endings():
            return Part(unit.start, following.end, endings()[following.text])
    ending = _ending(unit.text)
    if not ending or (unit.text in group("plain") and unit.text != ending):
        return (
            Part(unit.start, unit.end, "place" if unit.letter == "P" else "weak")
            if unit.letter in "Pp"
            else None
        )
    if unit.text != ending and (len(unit.text) - len(ending) > 1 or unit.letter == "p"):
        return Part(unit.start, unit.end, endings()[ending])
    start = _stem(seen, number, done)
    return Part(start, unit.end, endings()[ending]) if start < unit.start else None


def _ending(word: str) -> str:
    for size in (5, 4, 3, 2, 1):
        if word[-size:] in endings() and len(word) >= size:
            return word[-size:]
    return ""


def _stem(seen: Sequence[Unit], number: int, done: int) -> int:
    """Where the name begins that the unit `number` ends: one word, or single characters."""
    start = end = seen[number].start
    for unit in reversed(seen[max(0, number - 4) : number]):
        if (
            unit.end != start
            or unit.start < done
            or unit.letter in "0a."
            or end - unit.start > LONGEST_STEM
        ):
            break
        if unit.text in group("not_a_stem"):
            break
        start = unit.start
        if len(unit.text) > 1:
            break
    return start


def _together(text: str, parts: list[Part]) -> list[list[Part]]:
    """Parts that touch, or have one blank between them."""
    found: list[list[Part]] = []
    for part in parts:
        if (
            found
            and text[found[-1][-1].end : part.start] in ("", " ")
            and (found[-1][-1].what != "place" or part.what != "place" or 1)
        ):
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _score(text: str, parts: list[Part]) -> float:
    what = [part.what for part in parts]
    after = text[parts[-1].end : parts[-1].end + 4]
    if what[-1] in ("place", "weak", "division") and any(
        after[:n] in group("organisation_next") for n in (1, 2, 3, 4)
    ):
        return 0.0
    if "number" in what and len(parts) > 1:
        return FULL_SCORE
    if len(parts) > 1 and set(what) - {"weak"}:
        return ADDRESS_SCORE
    if what[0] == "place":
        return PLACE_SCORE
    return PART_SCORE if what[0] in ("road", "estate", "division") else 0.0


ADDRESS = Addresses()
