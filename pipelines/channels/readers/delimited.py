"""Delimited text: CSV, TSV, and whatever else divides its cells.

What is regular is read by Arrow, block by block; what is odd, row by row. Both give the same rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.channels.limits import require_columns, require_document
from pipelines.channels.readers.blocks import Regular, regular
from pipelines.channels.readers.dialect import ROWS_TRIED, sniffed
from pipelines.channels.readers.encoding import (
    ahead,
    found_encoding,
    is_broken,
    shown_raw,
    text_blocks,
    with_end,
)
from pipelines.channels.readers.files import PlainFile, empty
from pipelines.channels.readers.layout import TITLES_AT_MOST, Layout, cut_below, layout, width_of
from pipelines.channels.readers.reading import (
    LINE,
    Gathered,
    Reading,
    Refusals,
    batch,
    numbered,
)
from pipelines.channels.readers.rows import LONGEST_FIELD, Dialect, Row, lines_in, rows
from pipelines.core.errors import SourceError

SAMPLE = 256 << 10
ROWS_AT_ONCE = 20_000
HELD_BACK = 4 * LONGEST_FIELD
"""Bytes that wait for a quoted field to end, before it is believed never to have begun."""
PIECE = 64 << 10
"""Where a block is not regular, pieces of this size are tried."""

UNDECODABLE = "bytes that cannot be decoded"
NUL = "NUL byte"
AGAIN = "the header again"
ABOVE = "above the table, and of another width"
BESIDE = "\ufeff \t"
"""What joined exports leave around their repeated headers."""


@dataclass(frozen=True)
class Plan:
    """What the head of the file says about the rest of it."""

    dialect: Dialect
    layout: Layout
    header_line: int
    first_line: int
    skipped: int
    """Bytes (of UTF-8) before the first row."""
    header: tuple[str, ...] = ()
    """The header's cells as they stand in the file; none if there is no header."""
    above: tuple[tuple[int, str], ...] = ()
    """Lines above the header, which are its titles unless they are many."""


def read_delimited(file: PlainFile, declared: str = "") -> Reading:
    """Every row of a delimited file, kept or refused."""
    encoding = found_encoding(file.path, declared, file.shown)
    head = next(text_blocks(file.path, encoding, SAMPLE), b"")
    if not head.strip(b"\r\n \x1a"):
        raise empty(file.shown)
    plan = planned(head.decode("utf-8", "surrogateescape"), file)
    require_columns(plan.layout.width, file.limits, file.shown)
    reader = DelimitedRows(plan, refused=Refusals(file.shown, file.limits))
    reader.read(ahead(text_blocks(file.path, encoding)))
    cut_below(reader.kept, reader.refused)
    if not reader.kept.count and set(reader.refused.reasons) == {UNDECODABLE}:
        raise _undecodable(file.shown, encoding)
    facts = {
        "format": "csv",
        "encoding": encoding,
        "delimiter": plan.dialect.delimiter,
        **plan.layout.names.facts,
        "header_line": plan.header_line,
        **({"titles": len(plan.above)} if 0 < len(plan.above) <= TITLES_AT_MOST else {}),
    }
    return reader.kept.reading(plan.layout.names.names, reader.refused, facts)


def _undecodable(shown: str, encoding: str) -> SourceError:
    return SourceError(
        f"{shown}: no row decodes as {encoding}; say which encoding it is in (encoding:)",
        f"{shown}：没有一行能按 {encoding} 解码，请注明文件编码（encoding:）",
    )


def planned(head: str, file: PlainFile) -> Plan:
    """How to read a text that begins like this."""
    sample = head[: head.rfind("\n") + 1] if len(head) >= SAMPLE // 4 and "\n" in head else head
    dialect = sniffed(sample)
    first = list(islice(rows(sample, 1, dialect), ROWS_TRIED))
    good = [row for row in first if not row.reason]
    grid = [row.cells for row in good]
    if grid:  # before their names are looked at
        require_columns(width_of(grid), file.limits, file.shown)
    found = layout(grid) if grid else Layout(numbered(1), -1, 0)
    if found.header < 0 or good[found.header].start != first[found.header].start:
        # Without a header, or with an unreadable row above it, nothing may be taken for a title.
        found = Layout(numbered(found.width), -1, 0)
        return Plan(dialect, found, 0, first[0].line, _size(sample[: first[0].start]))
    header = good[found.header]
    line = header.line + lines_in(sample, header.start, header.end)
    above = tuple(
        (r.line, sample[r.start : r.end].rstrip("\r\n")) for r in first if r.end <= header.start
    )
    cells = tuple((cell or "").strip(BESIDE) for cell in (*header.cells, *[None] * found.width))
    return Plan(
        dialect, found, header.line, line, _size(sample[: header.end]), cells[: found.width], above
    )


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))


@dataclass
class DelimitedRows:
    """Rows kept and refused so far, under one plan."""

    plan: Plan
    piece: int = PIECE
    refused: Refusals = field(default_factory=Refusals)
    kept: Gathered = field(init=False)

    def __post_init__(self) -> None:
        """Rows are kept under the ceilings that hold for those refused."""
        self.kept = Gathered(self.refused)

    def read(self, blocks: Iterator[bytes]) -> None:
        """Read all the blocks of a text. Lines above the table that are too many for titles are refused."""
        if len(self.plan.above) > TITLES_AT_MOST:
            for number, raw in self.plan.above:
                self.refused.add(number, ABOVE, shown_raw(raw.encode("utf-8", "surrogateescape")))
        line, rest = self.plan.first_line, b""
        for block, final in with_end(_after(blocks, self.plan.skipped)):
            rest += block
            line, used = self._block(rest, line, final)
            rest = rest[used:]
            require_document(len(rest) - HELD_BACK, self.refused.limits, self.refused.shown)

    def _block(self, text: bytes, line: int, final: bool) -> tuple[int, int]:
        """Read a block: whole if it is regular, else those of its pieces carefully that are not."""
        at, size, least = 0, len(text), self.piece
        while at < len(text):
            last = final and at + size >= len(text)
            piece = text[at : at + size]
            found = regular(piece, line, self.plan.dialect, self.plan.layout.names.names, last)
            if found is None and size > least:
                size = least
                continue
            line, used = self._keep(found) if found else self.read_carefully(piece, line, last)
            at += used
            if not used and at + size >= len(text):
                break  # the last row goes on in the next block
            if not used:
                size = least = size * 2
        return line, at

    def _keep(self, found: Regular) -> tuple[int, int]:
        self.kept.add(self._without_headers(found.rows))
        for line, odd in found.odd:
            self.read_carefully(odd, line, final=True)
        return found.next_line, found.used

    def read_carefully(self, part: bytes, line: int, final: bool) -> tuple[int, int]:
        """Read a part row by row; the line after its last row, and how many bytes were used."""
        text = part.decode("utf-8", "surrogateescape")
        suspect = is_broken(text) or "\0" in text
        good: list[Row] = []
        end = 0
        for row in rows(text, line, self.plan.dialect, final):
            end = row.end
            reason = self._reason(row, text[row.start : end] if suspect else "")
            if reason:
                raw = text[row.start : end].rstrip("\r\n").encode("utf-8", "surrogateescape")
                self.refused.add(row.line, reason, shown_raw(raw))
            else:
                good.append(row)
            if len(good) >= ROWS_AT_ONCE:
                self._gather(good)
        self._gather(good)
        end = len(text) if final else end
        return line + lines_in(text, 0, end), _size(text[:end])

    def _without_headers(self, rows: pa.Table) -> pa.Table:
        """The rows but for those that repeat the header, which are refused."""
        if not any(self.plan.header) or is_broken("".join(self.plan.header)):
            return rows
        place = next(i for i, name in enumerate(self.plan.header) if name)
        like: Any = pc.match_substring(rows.column(place + 1), self.plan.header[place])
        some = rows.filter(like).to_pylist()  # a null is no match
        again = [row[LINE] for row in some if self._is_header(tuple(row.values())[1:])]
        for number in again:
            self.refused.add(number, AGAIN, self.plan.dialect.delimiter.join(self.plan.header))
        return rows.filter(~pc.field(LINE).isin(again)) if again else rows

    def _is_header(self, cells: Sequence[str | None]) -> bool:
        if (cells[0] or "").strip(BESIDE) != self.plan.header[0]:
            return False
        bare = [(cell or "").strip(BESIDE) for cell in cells]
        return tuple(bare[: len(self.plan.header)]) == self.plan.header and not any(
            bare[len(self.plan.header) :]
        )

    def _gather(self, good: list[Row]) -> None:
        """Keep these rows, and forget them here."""
        names = self.plan.layout.names.names
        if good:
            self.kept.add(batch([row.line for row in good], [row.cells for row in good], names))
            good.clear()

    def _reason(self, row: Row, suspect: str) -> str:
        width = self.plan.layout.width
        if suspect and is_broken(suspect):
            return UNDECODABLE
        if "\0" in suspect:
            return NUL
        if row.reason:
            return row.reason
        if self.plan.header and self._is_header(row.cells):
            return AGAIN
        if len(row.cells) == width:
            return ""
        return f"{'too many' if len(row.cells) > width else 'too few'} cells: {len(row.cells)} of {width}"


def _after(blocks: Iterator[bytes], skipped: int) -> Iterator[bytes]:
    for block in blocks:
        yield block[skipped:]
        skipped = max(0, skipped - len(block))
