"""Blocks of regular delimited text, read whole: rows are found by counting quotes, then Arrow reads them.

Whatever is not plainly regular is left to the careful reading: what this one reads, both read alike.
"""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as arrow_csv

from pipelines.channels.readers.reading import LINE
from pipelines.channels.readers.rows import Dialect

STAND_IN = b"\x1f"
"""Arrow divides by one byte only: any other separator is replaced by this one, where it is free."""

MARK = b"\xef\xbb\xbf"
NEWLINE, RETURN = 0x0A, 0x0D
BLOCK = 1 << 20
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Regular:
    """What was read: rows, odd rows as they came with their lines, bytes used, the line after."""

    rows: pa.Table
    odd: tuple[tuple[int, bytes], ...]
    used: int
    next_line: int


@dataclass(frozen=True)
class _Block:
    """Whole rows: their bytes, where each ends, where quotes stand, on which line each begins."""

    text: bytes
    ends: Places
    quotes: Places
    lines: Places
    next_line: int

    def start(self, row: int) -> int:
        """Where a row begins."""
        return int(self.ends[row - 1]) + 1 if row else 0

    def row(self, row: int) -> bytes:
        """A row as it came."""
        return self.text[self.start(row) : int(self.ends[row]) + 1]

    @cached_property
    def blank(self) -> npt.NDArray[np.bool_]:
        """Which rows are empty lines."""
        length: Places = np.diff(self.ends, prepend=-1) - 1
        if b"\r" not in self.text:
            return np.equal(length, 0)
        seen = np.frombuffer(self.text, np.uint8)
        only_return = np.equal(seen[np.maximum(self.ends, 1) - 1], RETURN)
        return np.less_equal(length, np.where(only_return, 1, 0))


def regular(
    text: bytes, line: int, dialect: Dialect, names: Sequence[str], final: bool
) -> Regular | None:
    """The rows of a block that begins with line number `line`; None if it is not regular."""
    used = len(text) if final else text.rfind(b"\n") + 1
    separator = dialect.delimiter.encode()
    stands_in = len(separator) != 1
    if not used or (stands_in and STAND_IN in text):
        return None
    whole = text[:used]
    if separator and stands_in:
        whole = whole.replace(separator, STAND_IN)
    divider = STAND_IN if stands_in else separator
    block = _divided(whole if whole.endswith(b"\n") else whole + b"\n", line, dialect, divider)
    if block is None or (stands_in and _is_within_quotes(block)):
        return None
    odd = _odd(block, divider, len(names))
    rows = _parsed(_without(block, odd), dialect, divider, names)
    if rows is None and (broken := _undecodable(block)).any():
        odd |= broken
        rows = _parsed(_without(block, odd), dialect, divider, names)
    lines = block.lines[~odd & ~block.blank]
    if rows is None or rows.num_rows != len(lines):
        return None
    grown = (len(separator) - 1) * block.text.count(STAND_IN) if separator and stands_in else 0
    apart = tuple(
        (int(block.lines[i]), _as_written(block.row(i), stands_in, separator))
        for i in np.flatnonzero(odd).tolist()
    )
    rows = rows.add_column(0, LINE, pa.array(lines))
    return Regular(rows, apart, min(len(block.text) + grown, len(text)), block.next_line)


def _as_written(row: bytes, stands_in: bool, separator: bytes) -> bytes:
    return row.replace(STAND_IN, separator) if stands_in and separator else row


def _divided(text: bytes, line: int, dialect: Dialect, divider: bytes) -> _Block | None:
    """Where the block's rows end; None if its quotes or line ends leave a doubt."""
    quote = dialect.quote.encode()
    quoted = bool(quote) and quote in text
    if quoted and (dialect.escape != dialect.quote or dialect.spaces):
        return None
    if b"\r" in text and text.count(b"\r") != text.count(b"\r\n"):
        return None
    seen = np.frombuffer(text, np.uint8)
    breaks = np.flatnonzero(seen == NEWLINE)
    if not quoted:
        return _Block(
            text, breaks, np.empty(0, np.int64), line + np.arange(len(breaks)), line + len(breaks)
        )
    quotes = np.flatnonzero(seen == quote[0])
    ends = breaks[(np.searchsorted(quotes, breaks) & 1) == 0]
    if not len(ends):
        return None
    quotes = quotes[: np.searchsorted(quotes, ends[-1])]
    if not _well_formed(seen, quotes, divider[0]):
        return None
    starts = np.searchsorted(breaks, np.concatenate(([0], ends[:-1] + 1)))
    after = line + int(np.searchsorted(breaks, ends[-1])) + 1
    return _Block(text[: int(ends[-1]) + 1], ends, quotes, line + starts, after)


def _well_formed(seen: npt.NDArray[np.uint8], quotes: Places, divider: int) -> bool:
    """Whether every quote opens a field, closes one, or is one of a doubled pair."""
    opening, closing = quotes[0::2], quotes[1::2]
    before = np.where(opening > 0, seen[np.maximum(opening, 1) - 1], NEWLINE)
    after = seen[closing + 1]
    doubled = np.zeros(len(opening), bool)
    doubled[1:] = opening[1:] == closing[:-1] + 1
    redoubled = np.append(doubled[1:], False)
    opens = doubled | (before == divider) | (before == NEWLINE)
    closes = redoubled | (after == divider) | (after == NEWLINE) | (after == RETURN)
    return bool(opens.all() and closes.all())


def _is_within_quotes(block: _Block) -> bool:
    """Whether a cell holds what stands in for the separator, and would have to be put back."""
    if not len(block.quotes):
        return False
    dividers = np.flatnonzero(np.frombuffer(block.text, np.uint8) == STAND_IN[0])
    return bool((np.searchsorted(block.quotes, dividers) & 1).any())


def _odd(block: _Block, divider: bytes, width: int) -> npt.NDArray[np.bool_]:
    """Which rows have another number of cells, or a NUL."""
    seen = np.frombuffer(block.text, np.uint8)
    dividers = np.flatnonzero(seen == divider[0])
    if len(block.quotes):
        dividers = dividers[(np.searchsorted(block.quotes, dividers) & 1) == 0]
    cells = np.diff(np.searchsorted(dividers, block.ends), prepend=0) + 1
    odd: npt.NDArray[np.bool_] = (cells != width) & ~block.blank
    if b"\0" in block.text:
        odd[np.searchsorted(block.ends, np.flatnonzero(seen == 0))] = True
    return odd


def _undecodable(block: _Block) -> npt.NDArray[np.bool_]:
    """Which rows hold bytes that do not decode."""
    found = np.zeros(len(block.ends), bool)
    start = 0
    while (broken := _first_broken(block.text, start)) >= 0:
        row = int(np.searchsorted(block.ends, broken))
        found[row] = True
        start = int(block.ends[row]) + 1
    return found


def _first_broken(text: bytes, start: int) -> int:
    """The place of the first byte from `start` on that is not UTF-8; -1 if there is none."""
    rest = memoryview(text)[start:]
    try:
        codecs.utf_8_decode(rest, "strict", True)
    except UnicodeDecodeError as error:
        return start + error.start
    return -1


def _without(block: _Block, odd: npt.NDArray[np.bool_]) -> bytes:
    if not odd.any():
        return block.text
    pieces, start = [], 0
    for i in np.flatnonzero(odd).tolist():
        pieces.append(block.text[start : block.start(i)])
        start = int(block.ends[i]) + 1
    return b"".join((*pieces, block.text[start:]))


def _parsed(text: bytes, dialect: Dialect, divider: bytes, names: Sequence[str]) -> pa.Table | None:
    if not text.strip(b"\r\n"):
        return pa.table({n: pa.array([], pa.string()) for n in names})
    if text.startswith(MARK):  # a character here, which Arrow would take for a byte order mark
        return None
    source: Any = pa.BufferReader(text)
    try:
        return arrow_csv.read_csv(
            source,
            arrow_csv.ReadOptions(column_names=list(names), block_size=BLOCK),
            arrow_csv.ParseOptions(
                delimiter=divider.decode("latin-1"),
                quote_char=dialect.quote or False,
                newlines_in_values=bool(dialect.quote) and dialect.quote.encode() in text,
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
