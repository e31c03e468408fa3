"""Located: in which province, city and district an address lies, as far as its own words say so for certain.

The table of divisions knows what lies in what: 杭州市西湖区 is in 浙江省. Nothing is guessed: a name that is
in two provinces fills neither, and an address that contradicts itself says nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from masking.lexicon.divisions import SUMMARIES, Division, Level, divisions
from masking.normalise import simplified

MUNICIPALITIES = ("11", "12", "31", "50")
"""北京, 天津, 上海, 重庆: province and city in one."""
GAVE_OFF = ("44", "51")
"""Guangdong and Sichuan, of which Hainan and Chongqing became their own: what is past there may lie elsewhere today."""
DIRECT = "90"
"""The third and fourth figure of counties that lie in no prefecture."""

_BETWEEN = " \t\n\r\u3000\u00a0,，、.。·-－—/／|"
"""What people write between the parts of an address."""
_BEFORE = re.compile(r"^(?:中华人民共和国|中国)?(?:[(（]?[0-9０-９]{6}[)）]?)?")
"""What may stand before the first part: the country, a postcode."""
_PEOPLES = "蒙古|回|藏|羌|苗|侗|布依|土家|彝|白|哈尼|壮|傣|景颇|傈僳|朝鲜|哈萨克|柯尔克孜|维吾尔"
_AUTONOMOUS = re.compile(f"^(.{{2,}}?)(?:(?:{_PEOPLES})族?)+自治州$")
_PROVINCE_ALSO = {"广西自治区": "45", "西藏自治区": "54", "宁夏自治区": "64", "新疆自治区": "65"}
_SHORT_OF = re.compile("(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市盟]$|地区$")
_VAGUE = re.compile("^[东西南北中城郊新市]{1,3}区$")
"""Districts whose names any town gives its quarters: alone they tell no city."""
_MERGED = ("市辖区", "县")
"""Words of the code list that sum up a city's districts, or a municipality's counties."""
_FLAT = re.compile(r"([0-9]+)(?:栋|号楼|幢|座)([0-9]+)单元([0-9]+)[室房]?$")
_WIDE = str.maketrans("０１２３４５６７８９（）", "0123456789()")
_SHORTEST = 2
"""Characters of the shortest name."""


@dataclass(frozen=True)
class Located:
    """What an address says of where it lies. None where it does not say, or not for certain."""

    province: str | None = None
    city: str | None = None
    district: str | None = None
    rest: str = ""
    """What follows the divisions (road, house, flat), in one spelling."""
    written: int = 0
    """How many of the divisions the address itself names."""


@dataclass(frozen=True)
class _Unit:
    """A division under one of the names it is written by."""

    code: str
    level: Level
    is_past: bool
    needs_more: bool
    """A name without its last word, as 浙江: a road may be named so, too; what lies in it must follow."""

    @property
    def own(self) -> str:
        """The figures that it shares with all that lies in it."""
        return self.code[: {Level.PROVINCE: 2, Level.PREFECTURE: 4, Level.COUNTY: 6}[self.level]]

    def holds(self, other: "_Unit") -> bool:
        """Whether the other lies in it."""
        return other.code != self.code and other.code.startswith(self.own)


@dataclass(frozen=True)
class _Part:
    """A part of an address: what it may be, and where it ends."""

    name: str
    units: tuple[_Unit, ...]
    end: int


@cache
def _known() -> dict[str, tuple[_Unit, ...]]:
    """Every name that a division is written by."""
    found: dict[str, list[_Unit]] = {}
    for division in divisions():
        if division.name not in SUMMARIES:
            for name, needs_more in _names(division):
                past = division.until is not None
                unit = _Unit(division.code, division.level, past, needs_more)
                found.setdefault(name, []).append(unit)
    for name, province in _PROVINCE_ALSO.items():
        found[name] = [_Unit(f"{province}0000", Level.PROVINCE, False, False)]
    return {name: _today(units) for name, units in found.items()}


def _names(division: Division) -> Iterator[tuple[str, bool]]:
    """How it is written, and whether what lies in it must follow."""
    name = division.name
    yield name, False
    if division.level is Level.COUNTY or division.until is not None:
        return
    if autonomous := _AUTONOMOUS.match(name):
        yield f"{autonomous[1]}州", False
        yield autonomous[1], True
    elif len(short := _SHORT_OF.sub("", name)) >= _SHORTEST and short != name:
        yield short, True


def _today(units: Iterable[_Unit]) -> tuple[_Unit, ...]:
    """Those that stand today under that name; those of the past if none does. A whole name before a short one."""
    whole = [u for u in units if not u.needs_more] or list(units)
    return tuple(dict.fromkeys([u for u in whole if not u.is_past] or whole))


@cache
def _today_by_code() -> dict[str, str]:
    return {d.code: d.name for d in divisions() if d.until is None and d.name not in SUMMARIES}


def located(address: str) -> Located:
    """Where an address lies. Of one that does not begin with a division, only `rest` is known."""
    text = simplified(address)
    begin = _BEFORE.match(text)
    start = _past_blanks(text, begin.end() if begin else 0)
    parts = _parts(text, start, ())
    rest = _in_one_spelling(text[parts[-1].end if parts else start :])
    if not parts or _contradicts(text, parts):
        return Located(rest=rest)
    places = [_place(unit, parts) for unit in parts[-1].units]
    province, city, district = (_agreed(values) for values in zip(*places, strict=True))
    return Located(province, city, district, rest, len(parts))


def _parts(text: str, start: int, before: tuple[_Part, ...]) -> tuple[_Part, ...]:
    """The divisions at `start`, each within the one before it; the longest name first."""
    for part in _candidates(text, start, before[-1] if before else None):
        after = _past_blanks(text, part.end)
        found = _parts(text, after, (*before, part))
        is_last = len(found) == len(before) + 1
        if not (is_last and (part.units[0].needs_more or text[part.end : part.end + 1] == "场")):
            return found
    return before


def _candidates(text: str, start: int, above: _Part | None) -> Iterator[_Part]:
    start = _past_repeated(text, start, above)
    for name, units in _names_at(text, start):
        within = tuple(u for u in units if above is None or any(a.holds(u) for a in above.units))
        if within:
            yield _Part(name, within, start + len(name))


def _names_at(text: str, start: int) -> Iterator[tuple[str, tuple[_Unit, ...]]]:
    """The names that stand at `start`, the longest first."""
    for length in _lengths().get(text[start : start + _SHORTEST], ()):
        if units := _known().get(text[start : start + length]):
            yield text[start : start + length], units


@cache
def _lengths() -> dict[str, list[int]]:
    """By their first characters, how long names are, the longest first."""
    found: dict[str, set[int]] = {}
    for name in _known():
        found.setdefault(name[:_SHORTEST], set()).add(len(name))
    return {begin: sorted(lengths, reverse=True) for begin, lengths in found.items()}


def _past_repeated(text: str, start: int, above: _Part | None) -> int:
    """Where the next part begins: 上海市上海市 and 上海市市辖区 say one thing twice."""
    if above is not None:
        for said in (above.name, *_MERGED):
            if text.startswith(said, start):
                return _past_blanks(text, start + len(said))
    return start


def _past_blanks(text: str, start: int) -> int:
    while start < len(text) and text[start] in _BETWEEN:
        start += 1
    return start


def _contradicts(text: str, parts: tuple[_Part, ...]) -> bool:
    """Whether a province or a city follows that is not where the address said before that it lies."""
    start = _past_repeated(text, _past_blanks(text, parts[-1].end), parts[-1])
    return any(
        not unit.needs_more and not unit.is_past and unit.level is not Level.COUNTY
        for name, units in _names_at(text, start)
        for unit in units
        if text[start + len(name) :][:1] != "场"
    )


def _place(unit: _Unit, parts: tuple[_Part, ...]) -> tuple[str | None, str | None, str | None]:
    """Province, city and district if the last part is this unit."""
    alone = len(parts) == 1
    name, code = parts[-1].name, unit.code
    district = name if unit.level is Level.COUNTY else None
    if alone and unit.level is Level.COUNTY and (_VAGUE.match(name) or len(name) < 3):
        return None, None, district
    has_province = parts[0].units[0].level is Level.PROVINCE
    is_sure = has_province or not (unit.is_past and code[:2] in GAVE_OFF)
    province = _today_by_code().get(f"{code[:2]}0000") if is_sure else None
    if code[:2] in MUNICIPALITIES:
        return province, province, district
    if unit.level is Level.PROVINCE:
        return province, None, None
    if code[2:4] == DIRECT:
        return province, name, None
    return province, _city(unit, parts), district


def _city(unit: _Unit, parts: tuple[_Part, ...]) -> str | None:
    """The prefecture it is or lies in. What lay where in the past is only known as far as it is written."""
    written = [p for p in parts if p.units[0].level is Level.PREFECTURE]
    if written or not unit.is_past:
        today = _today_by_code().get(f"{unit.code[:4]}00")
        return today or (written[0].name if written else None)
    return None


def _agreed(values: Iterable[str | None]) -> str | None:
    """The one value of all, if they are of one mind."""
    said = set(values)
    return said.pop() if len(said) == 1 else None


def _in_one_spelling(rest: str) -> str:
    """Road, house and flat: 5栋2单元1203室 is 5-2-1203."""
    narrow = rest.translate(_WIDE).upper()
    tight = "".join(c for c in narrow if c not in _BETWEEN or c == "-")
    return _FLAT.sub(r"\1-\2-\3", tight)
