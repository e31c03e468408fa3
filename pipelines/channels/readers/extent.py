"""The extent of a workbook's sheets: a cell far from every other must not make a library set aside all between.

Its library holds each sheet as one rectangle. So the places of the cells are read first, piece by piece; cells beyond
a wide gap are taken out of a copy, and told as refused.
"""

import re
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from pipelines.channels.limits import MB, Bounded, require_packed, too_much
from pipelines.channels.readers import watch, workbook
from pipelines.channels.readers.files import ORDINARY, PlainFile
from pipelines.channels.readers.reading import Reading, Refusals
from pipelines.core import scratch

SHEET = re.compile(r"(xl/)?worksheets/[^/]+\.xml", re.IGNORECASE)
PLACE = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
CELL = re.compile(
    rb"<(?P<ns>\w+:)?c\s[^<>]*?\br\s*=\s*[\"'](?P<column>[A-Za-z]{1,3})(?P<row>\d{1,7})[\"'][^<>]*?"
    rb"(?:/>|>.*?</(?P=ns)c>|>.*?</c>)",
    re.DOTALL,
)
PIECE = 4 * MB
LONGEST_TAG = 1024
GAP_COLUMNS, GAP_ROWS = 50, 10_000
"""So many blank columns or rows, and what lies beyond is no part of the table, if it is little."""
LITTLE = 0.01
RECTANGLE = 60_000_000
"""Cells, blank ones too, that the library may hold: some two gigabytes."""
TRIMMED_MB = 256
"""A sheet's text, to be taken apart; larger ones hold more than a stray."""
FAR = "a cell far from the table"


@dataclass
class _Extent:
    """Where a sheet's cells are: how many in each column and row."""

    columns: Counter[int] = field(default_factory=Counter)
    rows: Counter[int] = field(default_factory=Counter)

    def add(self, places: list[tuple[bytes, bytes]]) -> None:
        """Take in the places of some cells."""
        letters = Counter(column for column, _ in places)
        for written, count in letters.items():
            self.columns[number(written)] += count
        self.rows.update(int(row) for _, row in places)

    @property
    def last(self) -> tuple[int, int]:
        """The last column and row of the table, what lies far from it left out."""
        column = _before_gap(self.columns, GAP_COLUMNS)
        row = max(self.rows, default=0)
        if (column - min(self.columns, default=0) + 1) * row > RECTANGLE:
            row = _before_gap(self.rows, GAP_ROWS)
        return column, row

    @property
    def rectangle(self) -> int:
        """How many cells the table takes, blank ones too."""
        column, row = self.last
        width = column - min(self.columns, default=0) + 1
        return width * (row - min(self.rows, default=0) + 1)

    @property
    def is_whole(self) -> bool:
        """Whether nothing lies far from the table."""
        return self.last == (max(self.columns, default=0), max(self.rows, default=0))


def _before_gap(counts: Counter[int], gap: int) -> int:
    """The last place before a wide gap behind which there is little; the last of all if there is no such gap."""
    total, seen, before = sum(counts.values()), 0, 0
    for place in sorted(counts):
        if before and place - before > gap and (total - seen) <= max(total * LITTLE, 1):
            return before
        seen, before = seen + counts[place], place
    return before


def number(letters: bytes) -> int:
    """A column's number: A is 1."""
    found = 0
    for letter in letters.upper():
        found = found * 26 + letter - 64
    return found


def read_workbook(file: PlainFile, sheet: str = "", password: str = "") -> Reading:
    """Every row of the workbook, cells far from their table refused. Raises SourceError if a sheet is too sparse."""
    with _compact(file) as (compact, refused):
        found = workbook.read_workbook(compact, sheet, password)
    return replace(found, refused=pa.concat_tables([found.refused, refused.table()]))


def sheets_in(file: PlainFile, password: str = "") -> list[str]:
    """The names of the sheets that can be seen and hold anything."""
    with _compact(file) as (compact, _):
        return workbook.sheets_in(compact, password)


@contextmanager
def _compact(file: PlainFile) -> Iterator[tuple[PlainFile, Refusals]]:
    """The workbook without what lies far from its tables, which is refused."""
    refused = Refusals(file.shown, file.limits)
    far = _far(file)
    if not far:
        yield file, refused
        return
    with scratch.folder() as folder:
        yield replace(file, path=_trimmed(file, far, folder / "trimmed", refused)), refused


def _far(file: PlainFile) -> dict[str, tuple[int, int]]:
    if not file.head(4).startswith(b"PK") or not zipfile.is_zipfile(file.path):
        return {}
    try:
        return _sheets(file)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, zlib.error):
        return {}  # whoever reads it says what is wrong with it


def _sheets(file: PlainFile) -> dict[str, tuple[int, int]]:
    """The sheets' parts with something far from the table, and where the table ends."""
    far: dict[str, tuple[int, int]] = {}
    packed = file.path.stat().st_size
    with zipfile.ZipFile(file.path) as book:
        if any(part.compress_type not in ORDINARY for part in book.infolist()):
            return {}  # whoever reads it refuses it
        size = sum(p.file_size for p in book.infolist() if not SHEET.fullmatch(p.filename))
        require_packed(packed, size, file.limits, file.shown)
        for part in book.infolist():
            if not SHEET.fullmatch(part.filename):
                continue
            found, length = _Extent(), 0
            for piece in _pieces(book, part):
                length += len(piece)
                require_packed(packed, size + length, file.limits, file.shown)
                found.add(PLACE.findall(piece))
            size += length
            if found.rectangle > RECTANGLE:
                raise _too_sparse(file)
            if not found.is_whole and length <= TRIMMED_MB * MB:
                far[part.filename] = found.last
    return far


def _too_sparse(file: PlainFile) -> Exception:
    return too_much(
        file.shown,
        "memory_mb",
        f"has a sheet whose cells lie so far apart that it takes more than {RECTANGLE:,} of them",
        f"有工作表的单元格相距过远，展开后超过 {RECTANGLE:,} 个单元格",
    )


def _pieces(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's text in pieces that end before a tag begins."""
    rest = b""
    with book.open(part) as stream:
        while piece := stream.read(PIECE):
            watch.came()
            text = rest + piece
            cut = text.rfind(b"<")
            cut = cut if cut > len(text) - LONGEST_TAG else len(text)
            yield text[:cut]
            rest = text[cut:]
    yield rest


def _trimmed(
    file: PlainFile, far: dict[str, tuple[int, int]], target: Path, refused: Refusals
) -> Path:
    """A copy of the workbook without what lies far from its tables."""
    with zipfile.ZipFile(file.path) as book, zipfile.ZipFile(target, "w") as copy:
        for part in book.infolist():
            with copy.open(part.filename, "w") as out:
                bounded = Bounded(out, file.path.stat().st_size, file.limits, file.shown)
                if part.filename in far:
                    out.write(_without(book.read(part), far[part.filename], refused))
                else:
                    with book.open(part) as stream:
                        shutil.copyfileobj(stream, bounded, MB)
    return target


def _without(text: bytes, last: tuple[int, int], refused: Refusals) -> bytes:
    """The sheet's text without the cells beyond its table, each of which is refused as it stands."""

    def kept(cell: re.Match[bytes]) -> bytes:
        column, row = number(cell["column"]), int(cell["row"])
        if column <= last[0] and row <= last[1]:
            return cell[0]
        refused.add(row, FAR, cell[0].decode("utf-8", "replace"))
        return b""

    return CELL.sub(kept, text)
