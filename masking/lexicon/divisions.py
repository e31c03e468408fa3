"""Administrative divisions of China to county level, past and present (GB/T 2260)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from masking.lexicon.tables import HERE, lines

FILE = HERE / "divisions.txt"

SUMMARIES = frozenset(
    {
        "市辖区", "市区", "县", "市", "省直辖县级行政单位", "省直辖行政单位",
        "省直辖县", "自治区直辖县级行政单位", "自治区直辖县级行政区划",
    }
)  # fmt: skip
"""Names of codes that sum up others and are no place's name."""


class Level(Enum):
    """How large a division is."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


@dataclass(frozen=True)
class Division:
    """A code and what it stood for in the lists of some years."""

    code: str
    name: str
    since: int | None
    """The first year's list that has it; none if it stood in the first list, of 1980."""
    until: int | None
    """The last year's; none if it stands today."""

    @property
    def level(self) -> Level:
        """What the zeros at the end say."""
        if self.code.endswith("0000"):
            return Level.PROVINCE
        return Level.PREFECTURE if self.code.endswith("00") else Level.COUNTY


@cache
def divisions() -> tuple[Division, ...]:
    """Every division that ever had a code, in the order of codes and years."""
    found = []
    for line in lines(FILE.name):
        code, name, years = line.split()
        since, until = years.split("-")
        found.append(Division(code, name, int(since or 0) or None, int(until or 0) or None))
    return tuple(found)


@cache
def codes() -> frozenset[str]:
    """Every code that ever was a division's."""
    return frozenset(line[:6] for line in lines(FILE.name))


@cache
def pattern() -> str:
    """A pattern that these codes have and no other six digits, as a tree of two digits each."""
    tree: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for prefecture, ends in _by_start(codes(), 4).items():
        tree[prefecture[:2]][_two_digits(ends)].append(prefecture[2:])
    branches = (
        f"{province}(?:{'|'.join(f'(?:{_two_digits(p)})(?:{ends})' for ends, p in sorted(below.items()))})"
        for province, below in sorted(tree.items())
    )
    return "|".join(branches)


def _by_start(numbers: Iterable[str], digits: int) -> dict[str, list[str]]:
    """The ends of numbers by their beginnings."""
    found: dict[str, list[str]] = defaultdict(list)
    for number in sorted(numbers):
        found[number[:digits]].append(number[digits:])
    return found


def _two_digits(numbers: Iterable[str]) -> str:
    """A pattern of some numbers of two digits: `01|02|11|12` as `[01][12]`."""
    alike: dict[str, list[str]] = defaultdict(list)
    for tens, ones in _by_start(numbers, 1).items():
        alike["".join(ones)].append(tens)
    return "|".join(f"[{''.join(tens)}][{ones}]" for ones, tens in alike.items())


@cache
def names(level: Level, past: bool = False) -> frozenset[str]:
    """The names of a level's divisions as they stand today, or with those of the past."""
    return frozenset(
        d.name
        for d in divisions()
        if d.level is level and (past or d.until is None) and d.name not in SUMMARIES
    )
