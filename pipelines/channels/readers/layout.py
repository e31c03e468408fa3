"""Where a table begins in its grid: below which titles, under which header, if it has one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.channels.readers.reading import Names, numbered, unique

Grid = Sequence[Sequence[str | None]]

TITLES_AT_MOST = 20
"""A table that has not begun by then has no title rows, it is sparse."""

DATA = re.compile(
    r"""\s*(
    [-+(]?[¥$€£]?\s?\d[\d,.'\ ]*(e[-+]?\d+)?\s?[%)]?            # a number, an amount
    | \d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?([T\s].*)?          # a date, an instant
    | \d{1,2}:\d{2}(:\d{2}(\.\d+)?)?                            # a time
    | \+?[\d\-\ ]{7,20}[Xx]?                                    # a phone, an ID
    | [^@\s]+@[^@\s]+\.[^@\s]+ | https?://\S+                   # an address on the net
    | [A-Za-z]{0,4}\d{4,}[A-Za-z0-9]*                           # a code
    | true | false | yes | no | null | n/a | nan
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)


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
    """How the grid's first rows are to be read."""
    if not grid:
        return Layout(Names(()), -1, 0)
    width = _width(grid)
    start = _below_titles(grid, width)
    above = _odd_header(grid, start, width)
    if above >= 0:
        written = [*grid[above], *[None] * (width - len(grid[above]))]
        return Layout(unique(written), above, above + 1)
    row = grid[start]
    if is_header(row, [r for r in grid[start + 1 :] if len(r) == width]):
        return Layout(unique(row), start, start + 1)
    return Layout(numbered(width), -1, start)


def _width(grid: Grid) -> int:
    """The width most rows have; of two as common, the greater, as titles are narrow."""
    counts = Counter(len(row) for row in grid)
    return max(counts.items(), key=lambda found: (found[1], found[0]))[0]


def _below_titles(grid: Grid, width: int) -> int:
    """The first row that is as wide as the table and not nearly empty."""
    fullest = max((_filled(r) for r in grid if len(r) == width), default=0)
    for place, row in enumerate(grid[:TITLES_AT_MOST]):
        if len(row) == width and _filled(row) * 2 > min(fullest, width):
            return place
    return next((i for i, row in enumerate(grid) if len(row) == width), 0)


def _filled(row: Sequence[str | None]) -> int:
    return sum(1 for cell in row if cell and cell.strip())


def _odd_header(grid: Grid, start: int, width: int) -> int:
    """The place of a header that has more or fewer names than the rows have cells; -1 if none."""
    above = start - 1
    if (
        above < 0
        or (is_header(grid[start], [r for r in grid[start + 1 :] if len(r) == width])
        and _votes(grid[start], grid[start + 1 :]))
    ):
        return -1
    row = grid[above]
    full = _filled(row) == len(row) and len(row) * 2 > width and len(row) > 1
    return above if full and not any(DATA.fullmatch(cell or "") for cell in row) else -1


def is_header(row: Sequence[str | None], body: Grid) -> bool:
    """Whether the row names the columns of `body` rather than being one of its rows."""
    votes = _votes(row, body)
    if votes:
        return votes > 0
    return all(cell and cell.strip() and not DATA.fullmatch(cell) for cell in row)


def _votes(row: Sequence[str | None], body: Grid) -> int:
    """For each column: is the cell unlike the data below it (+1), or like it (-1)?"""
    votes = 0
    for place, cell in enumerate(row):
        below = [r[place] for r in body if place < len(r) and r[place]]
        data = sum(1 for c in below if DATA.fullmatch(c or ""))
        if cell and DATA.fullmatch(cell):
            votes -= 1
        elif cell and below and data * 10 > len(below) * 7:
            votes += 1
        elif cell and len(below) > 1 and cell in below:
            votes -= 1
    return votes
