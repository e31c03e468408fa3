"""Where a table begins in its grid: below which titles, under which header, if it has one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.channels.readers.labels import alike, is_label, is_somebody
from pipelines.channels.readers.reading import (
    LINE,
    Gathered,
    Names,
    Refusals,
    numbered,
    unique,
)

Grid = Sequence[Sequence[str | None]]

TITLES_AT_MOST = 20
"""A table that has not begun by then has no title rows, it is sparse."""

YEAR = re.compile(r"(19|20)\d\d")
DATA = re.compile(
    r"""\s*(
    [-+(]?[¥$€£]?\s?\d[\d,.'\ ]*(e[-+]?\d+)?\s?[%)]?            # a number, an amount
    | \d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?([T\s].*)?          # a date, an instant
    | \d{1,2}:\d{2}(:\d{2}(\.\d+)?)?                            # a time
    | \+?[\d\-\ ]{7,20}[Xx]?                                    # a phone, an ID
    | [^@\s]+@[^@\s]+\.[^@\s]+ | https?://\S+                   # an address on the net
    | [A-Za-z]{0,4}\d{4,}[A-Za-z0-9]*                           # a code
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
ALIKE_TRIED = 50
"""Rows that are looked at for people."""


@dataclass(frozen=True)
class Layout:
    """A table's columns, which row of the grid names them (none: -1), and where its rows begin."""

    names: Names
    header: int
    first: int

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.names.names)


def layout(grid: Grid) -> Layout:
    """How the grid's first rows are to be read. No column is named after a person."""
    width = width_of(grid)
    start = _below_titles(grid, width)
    body = [row for row in grid[start + 1 :] if len(row) == width]
    if is_header(grid[start], body, titled=start > 0):
        return Layout(unique(grid[start]), start, start + 1)
    above = start - 1
    if above >= 0 and _is_odd_header(_trimmed(grid[above]), width):
        written = [*_trimmed(grid[above]), *[None] * width][
            : max(width, len(_trimmed(grid[above])))
        ]
        return Layout(unique(written), above, above + 1)
    return Layout(numbered(width), -1, 0)


def _trimmed(row: Sequence[str | None]) -> list[str | None]:
    """A row without the empty cells at its end: an export may end its header with separators that rows lack."""
    filled = max((i for i, cell in enumerate(row, 1) if cell), default=0)
    return list(row[:filled])


def width_of(grid: Grid) -> int:
    """The width most rows have; of two as common, the greater, as titles are narrow."""
    counts = Counter(len(row) for row in grid)
    return max(counts.items(), key=lambda found: (found[1], found[0]))[0]


def _below_titles(grid: Grid, width: int) -> int:
    """The first row that is as wide as the table and not nearly empty."""
    fullest = max(_filled(row) for row in grid if len(row) == width)
    for place, row in enumerate(grid[:TITLES_AT_MOST]):
        if len(row) == width and _filled(row) * 2 > fullest:
            return place
    return next(i for i, row in enumerate(grid) if len(row) == width)


def _filled(row: Sequence[str | None]) -> int:
    return sum(1 for cell in row if cell and cell.strip())


def _is_odd_header(row: Sequence[str | None], width: int) -> bool:
    """Whether this is a header with more or fewer names than the rows below have cells."""
    full = _filled(row) == len(row) > 1 and len(row) * 2 > width
    return full and not any(DATA.fullmatch(cell or "") for cell in row) and not _is_a_person(row)


def is_header(row: Sequence[str | None], body: Grid, titled: bool = False) -> bool:
    """Whether the row names the columns of `body` rather than being one of its rows."""
    names = [cell for cell in row if cell and cell.strip()]
    if not names or _is_a_person(names) or _is_like_the_rows(row, body):
        return False
    years = _consecutive_years(names)
    votes = 2 if titled or years else 0
    for place, cell in enumerate(row):
        if cell and not (years and YEAR.fullmatch(cell)):
            votes += _vote(cell, [r[place] or "" for r in body if r[place]])
    if votes:
        return votes > 0
    plain = not any(DATA.fullmatch(cell) for cell in names)
    return plain and len(set(names)) == len(names) and len(names) * 2 > len(row)


def _is_a_person(names: Sequence[str | None]) -> bool:
    """Whether somebody stands in the row, and no more words that headers are made of beside."""
    some = [name for name in names if name]
    people = sum(map(is_somebody, some))
    return people * 2 > sum(1 for n in some if is_label(n) and not is_somebody(n))


def _is_like_the_rows(row: Sequence[str | None], body: Grid) -> bool:
    """Whether the row, of which no cell is a header's word, could be one of the people or places below."""
    if any(cell and is_label(cell) for cell in row):
        return False
    columns = [(cell, [r[i] for r in body[:ALIKE_TRIED]]) for i, cell in enumerate(row) if cell]
    return any(alike(cell, [c for c in below if c]) for cell, below in columns)


FOOT = re.compile(
    r"\s*(?:制表|填表|制单|审核|复核|经办|负责人|批准|审批|主管|签字|签名|打印|导出|合\s*计|总\s*计|小\s*计|共\s*计"
    r"|注[:：]|备注[:：]|说明[:：]|[*※]|prepared by|approved by|checked by|grand total|total\b)",
    re.IGNORECASE,
)
"""How the lines under a table begin: sums, signatures, notes."""
NARROW = 3
"""Such a line fills no more than one cell in so many, or two."""
BELOW = "below the table"


def cut_below(kept: Gathered, refused: Refusals) -> None:
    """Leave out, and tell, the sums, signatures and notes that stand under a table."""
    for row in kept.cut(feet):
        said = [cell for name, cell in row.items() if name != LINE and cell]
        refused.add(row[LINE], BELOW, " ".join(said))


def feet(rows: Grid) -> int:
    """How many of the last rows stand below the table and are none of its rows; never all."""
    found = 0
    while found + 1 < len(rows) and _is_foot(rows[-1 - found]):
        found += 1
    return found


def _is_foot(row: Sequence[str | None]) -> bool:
    said = [cell for cell in row if cell and cell.strip()]
    if not said or len(row) < NARROW or len(said) > max(len(row) // NARROW, 2):
        return False
    return FOOT.match(said[0]) is not None


def _vote(cell: str, below: Sequence[str]) -> int:
    """Is the cell unlike the data below it (2), one of them (-1), or data itself (-2)?"""
    if DATA.fullmatch(cell):
        return -2
    data = sum(1 for value in below if DATA.fullmatch(value))
    if below and data * 10 > len(below) * 7:
        return 2
    return -1 if len(below) > 1 and cell in below else 0


def _consecutive_years(names: Sequence[str]) -> bool:
    """Whether the row counts years: a header of numbers."""
    years = [int(name) for name in names if YEAR.fullmatch(name)]
    return len(years) > 2 and all(b - a == 1 for a, b in pairwise(years))
