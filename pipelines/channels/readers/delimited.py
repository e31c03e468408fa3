"""Delimited text: CSV, TSV, and whatever else divides its cells. What is regular is read by Arrow, block
by block; what is odd, row by row. Both give the same rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from pipelines.channels.readers.blocks import regular
from pipelines.channels.readers.dialect import ROWS_TRIED, sniffed
from pipelines.channels.readers.encoding import (
    found_encoding,
    is_broken,
    shown_raw,
    text_blocks,
    with_end,
)
from pipelines.channels.readers.files import PlainFile, empty
from pipelines.channels.readers.layout import Layout, layout
from pipelines.channels.readers.reading import LINE, Gathered, Reading, Refusals, numbered
from pipelines.channels.readers.rows import Dialect, Row, lines_in, rows

SAMPLE = 256 << 10
ROWS_AT_ONCE = 50_000

UNDECODABLE = "bytes that cannot be decoded"
NUL = "NUL byte"


@dataclass(frozen=True)
class Plan:
    """What the head of the file says about the rest of it."""

    dialect: Dialect
    layout: Layout
    header_line: int
    first_line: int
    skipped: int
    """Bytes (of UTF-8) before the first row."""


def read_delimited(file: PlainFile, declared: str = "") -> Reading:
    """Every row of a delimited file, kept or refused."""
    encoding = found_encoding(file.path, declared, file.shown)
    head = b"".join(islice(text_blocks(file.path, encoding, SAMPLE), 1))
    if not head.strip(b"\r\n \x1a"):
        raise empty(file.shown)
    plan = planned(head.decode("utf-8", "surrogateescape"))
    kept, refused = Gathered(), Refusals()
    _read(text_blocks(file.path, encoding), plan, kept, refused)
    facts = {
        "format": "csv",
        "encoding": encoding,
        "delimiter": plan.dialect.delimiter,
        **plan.layout.names.facts,
        "header_line": plan.header_line,
        "content": file.content(),
    }
    return kept.reading(plan.layout.names.names, refused, facts)


def planned(head: str) -> Plan:
    """How to read a text that begins like this."""
    sample = head[: head.rfind("\n") + 1] if len(head) >= SAMPLE // 4 and "\n" in head else head
    dialect = sniffed(sample)
    first = list(islice(rows(sample, 1, dialect), ROWS_TRIED))
    good = [row for row in first if not row.reason]
    found = layout([row.cells for row in good]) if good else Layout(numbered(1), -1, 0)
    header = good[found.header] if found.header >= 0 else None
    line, start = _begin(first, good, found, header)
    skipped = len(sample[:start].encode("utf-8", "surrogateescape"))
    return Plan(dialect, found, header.line if header else 0, line, skipped)


def _begin(
    first: Sequence[Row], good: Sequence[Row], found: Layout, header: Row | None
) -> tuple[int, int]:
    """The line and the place where rows begin; a row refused after the header is a row."""
    if header is None:
        start = good[found.first] if found.first else first[0]
        return start.line, start.start
    after = next((row for row in first if row.start >= header.end), None)
    return (after.line, after.start) if after else (header.line + 1, header.end)


def _read(blocks: Iterator[bytes], plan: Plan, kept: Gathered, refused: Refusals) -> None:
    line, rest = plan.first_line, b""
    names = plan.layout.names.names
    for block, final in with_end(_after(blocks, plan.skipped)):
        rest += block
        found = regular(rest, line, plan.dialect, names, final)
        if found is not None:
            kept.add(found.rows)
            for odd_line, odd in found.odd:
                _careful(odd, odd_line, plan, True, kept, refused)
            line, rest = found.next_line, rest[found.used :]
        if found is None or (final and rest):
            line, used = _careful(rest, line, plan, final, kept, refused)
            rest = rest[used:]


def _after(blocks: Iterator[bytes], skipped: int) -> Iterator[bytes]:
    for block in blocks:
        yield block[skipped:]
        skipped = max(0, skipped - len(block))


def _careful(
    part: bytes, line: int, plan: Plan, final: bool, kept: Gathered, refused: Refusals
) -> tuple[int, int]:
    """Read the part row by row; the line after the last row, and how many bytes were used."""
    text = part.decode("utf-8", "surrogateescape")
    width, suspect = plan.layout.width, is_broken(text) or "\0" in text
    lines: list[int] = []
    cells: list[tuple[str | None, ...]] = []
    end = 0
    for row in rows(text, line, plan.dialect, final):
        end = row.end
        reason = _reason(row, text, width, suspect)
        if reason:
            raw = text[row.start : row.end].rstrip("\r\n")
            refused.add(row.line, reason, shown_raw(raw.encode("utf-8", "surrogateescape")))
        else:
            lines.append(row.line)
            cells.append(row.cells)
        if len(cells) >= ROWS_AT_ONCE:
            kept.add(_batch(lines, cells, plan.layout.names.names))
            lines, cells = [], []
    kept.add(_batch(lines, cells, plan.layout.names.names))
    end = len(text) if final else end
    return line + lines_in(text, 0, end), len(text[:end].encode("utf-8", "surrogateescape"))


def _reason(row: Row, text: str, width: int, suspect: bool) -> str:
    if suspect and is_broken(text[row.start : row.end]):
        return UNDECODABLE
    if suspect and "\0" in text[row.start : row.end]:
        return NUL
    if row.reason or len(row.cells) == width:
        return row.reason
    return (
        f"{'too many' if len(row.cells) > width else 'too few'} cells: {len(row.cells)} of {width}"
    )


def _batch(
    lines: Sequence[int], cells: Sequence[Sequence[str | None]], names: Sequence[str]
) -> pa.RecordBatch:
    columns = zip(*cells, strict=True) if cells else ([] for _ in names)
    arrays = [pa.array(lines, pa.int64()), *(pa.array(c, pa.string()) for c in columns)]
    return pa.RecordBatch.from_arrays(arrays, [LINE, *names])
