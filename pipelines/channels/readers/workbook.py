"""Workbooks: XLSX, and the older and sister formats the same library reads."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import chain, islice
from typing import Any, BinaryIO

import msoffcrypto
import openpyxl
from msoffcrypto.exceptions import InvalidKeyError
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipelines.channels.limits import require_columns
from pipelines.channels.readers.files import (
    PlainFile,
    broken,
    empty,
    needs_password,
    wrong_password,
)
from pipelines.channels.readers.layout import TITLES_AT_MOST, Layout, cut_below, layout
from pipelines.channels.readers.reading import Gathered, Reading, Refusals, batch, unique
from pipelines.core.errors import PlatformError, SourceError
from pipelines.core.secrets import secret

OLE = b"\xd0\xcf\x11\xe0"
"""Old workbooks begin so, and so do protected new ones."""
ROWS_TRIED = 300
ROWS_AT_ONCE = 20_000
EXACT = 10**15
"""From here on a floating number has lost digits which the file may still hold."""

ZEROS = re.compile("0{2,}")
ZEROS_THERE = re.compile(rb'formatCode="0{2,}"')

Cells = list[str | None]


def read_workbook(file: PlainFile, sheet: str = "", password: str = "") -> Reading:
    """Every row of one sheet that has anything in it; dates as ISO text, numbers as one reads them."""
    with _opened(file, password) as packed, _damage(file.shown):
        book = CalamineWorkbook.from_filelike(packed)
        chosen, unread = _sheet(book, sheet, file.shown)
        exact = _Exact(packed, chosen.name)
        grid = _rows(chosen, exact)
        head = list(islice(grid, ROWS_TRIED))
        if not head:
            raise empty(file.shown)
        found = _laid_out(chosen, head)
        require_columns(found.width, file.limits, file.shown)
        refused = Refusals(file.shown, file.limits)
        kept = Gathered(refused)
        body = chain(head[found.first :], grid)
        while some := list(islice(body, ROWS_AT_ONCE)):
            kept.add(batch([n for n, _ in some], [c for _, c in some], found.names.names))
        cut_below(kept, refused)
    facts = {
        "format": "xlsx",
        "encoding": "",
        "delimiter": "",
        "sheet": chosen.name,
        "sheets": _places(book, chosen.name, unread),
        **found.names.facts,
        "header_line": head[found.header][0] if found.header >= 0 else 0,
    }
    return kept.reading(found.names.names, refused, facts)


@contextmanager
def _damage(shown: str) -> Iterator[None]:
    """Whatever the library says of a damaged workbook, in a sentence of ours."""
    try:
        yield
    except (PlatformError, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:
        raise broken(shown, "workbook") from None


@contextmanager
def _opened(file: PlainFile, password: str) -> Iterator[BinaryIO]:
    """The workbook's bytes, without their protection."""
    with file.path.open("rb") as stream:
        protected = file.head(4).startswith(OLE) and _is_protected(stream, file.shown)
        yield _unlocked(stream, file.shown, password) if protected else stream


def _is_protected(stream: BinaryIO, shown: str) -> bool:
    with _damage(shown):
        found = bool(msoffcrypto.OfficeFile(stream).is_encrypted())
        stream.seek(0)
    return found


def _unlocked(stream: BinaryIO, shown: str, password: str) -> BinaryIO:
    if not password:
        raise needs_password(shown)
    key = secret(password).get_secret_value()
    clear = io.BytesIO()
    with _damage(shown):
        office = msoffcrypto.OfficeFile(stream)
        try:
            office.load_key(password=key, verify_password=True)
        except InvalidKeyError:
            raise wrong_password(shown) from None
        office.decrypt(clear)
    clear.seek(0)
    return clear


def _sheet(book: CalamineWorkbook, wanted: str, shown: str) -> tuple[CalamineSheet, list[str]]:
    """The sheet of that name; without one, the first that can be seen and holds anything, and which others do."""
    if wanted and wanted not in book.sheet_names:
        raise SourceError(
            f"{shown}: none of its {len(book.sheet_names)} sheets is called {wanted!r}; correct --sheet, or sheet: in "
            "a pack",
            f"{shown}：共 {len(book.sheet_names)} 张工作表，没有名为 {wanted!r} 的，请更正 --sheet 或渠道文件中的 "
            "sheet:",
        )
    if wanted:
        return book.get_sheet_by_name(wanted), []
    seen = [book.get_sheet_by_name(name) for name in _names(book)]
    if not seen:
        raise empty(shown)
    first, *others = [s for s in seen if s.height] or seen
    return first, [s.name for s in others if s.height]


def _names(book: CalamineWorkbook, visible: bool = True) -> list[str]:
    """The names of the sheets that can be seen, or of those that cannot."""
    return [
        s.name
        for s in book.sheets_metadata
        if (s.visible == SheetVisibleEnum.Visible) is visible and s.typ == SheetTypeEnum.WorkSheet
    ]


def _places(book: CalamineWorkbook, read: str, unread: Sequence[str]) -> dict[str, list[int]]:
    """Which sheets were read, could be, and are hidden; by position, for a sheet may be named after a customer."""
    said = {"read": [read], "not_read": unread, "hidden": _names(book, visible=False)}
    return {
        what: [book.sheet_names.index(name) + 1 for name in names] for what, names in said.items()
    }


def sheets_in(file: PlainFile, password: str = "") -> list[str]:
    """The names of the sheets that can be seen and hold anything."""
    with _opened(file, password) as packed, _damage(file.shown):
        book = CalamineWorkbook.from_filelike(packed)
        return [name for name in _names(book) if book.get_sheet_by_name(name).height]


def _rows(sheet: CalamineSheet, exact: "_Exact") -> Iterator[tuple[int, Cells]]:
    """The rows that hold anything, as text, each with its number in the sheet."""
    first_column = sheet.start[1] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_text(cell) for cell in row]
        for place, cell in enumerate(row):
            if isinstance(cell, float) and (exact.pads or abs(cell) >= EXACT):
                cells[place] = exact.digits(number, first_column + place + 1) or cells[place]
        if any(cell is not None for cell in cells):
            yield number, cells


def _text(cell: Any) -> str | None:
    """A cell as one reads it: ISO dates, numbers without the noise of their binary form."""
    if isinstance(cell, str):
        return cell.replace("\0", "") or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _number(value: float) -> str:
    """Fifteen digits, as a workbook keeps and shows them; no exponent where digits do."""
    text = f"{value:.15g}"
    return f"{Decimal(text):f}" if "e" in text and abs(value) < 1e21 and abs(value) > 1e-7 else text


class _Exact:
    """Whole numbers that are not what their value says.

    Those of more than fifteen digits, which programs write and workbooks do not show; and those that a cell's format
    shows with zeros before them, as 000001.
    """

    def __init__(self, packed: BinaryIO, sheet: str) -> None:
        self._packed = packed
        self._sheet = sheet

    @cached_property
    def pads(self) -> bool:
        """Whether the workbook has a format of nothing but zeros."""
        place = self._packed.tell()
        try:
            with zipfile.ZipFile(self._packed) as packed:
                return ZEROS_THERE.search(packed.read("xl/styles.xml")) is not None
        except (KeyError, zipfile.BadZipFile):
            return False
        finally:
            self._packed.seek(place)

    @cached_property
    def _found(self) -> dict[tuple[int, int], str]:
        place = self._packed.tell()
        try:
            book = openpyxl.load_workbook(self._packed, read_only=True, data_only=True)
            return {
                (cell.row or 0, cell.column or 0): text
                for row in book[self._sheet].iter_rows()
                for cell in row
                if (text := _as_shown(cell.value, cell.number_format))
            }
        except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile):
            return {}  # an older format, which keeps no more digits than it shows
        finally:
            self._packed.seek(place)

    def digits(self, row: int, column: int) -> str:
        """The number at this place as it was written, if it was written as a whole number."""
        return self._found.get((row, column), "")


def _as_shown(value: Any, shape: str) -> str:
    """A whole number as its cell shows it, where that is not what it would be read as."""
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        value = int(value)
    if type(value) is not int:
        return ""
    if ZEROS.fullmatch(shape or "") and value >= 0:
        return str(value).zfill(len(shape))
    return str(value) if abs(value) >= EXACT else ""


def _laid_out(sheet: CalamineSheet, head: Sequence[tuple[int, Cells]]) -> Layout:
    """Where the rows begin; a header of merged cells gives each column its levels, dotted."""
    grid = [cells for _, cells in head]
    found = layout(grid)
    levels = _levels(sheet, head)
    if not levels:
        return found
    first, last = levels
    names = [_joined([grid[i][c] for i in range(first, last + 1)]) for c in range(len(grid[0]))]
    return Layout(unique(names), first, last + 1)


def _levels(sheet: CalamineSheet, head: Sequence[tuple[int, Cells]]) -> tuple[int, int] | None:
    """The rows of a header of merged cells, whose cells are filled here; None if it is of one row."""
    left, width = (sheet.start[1] if sheet.start else 0), len(head[0][1])
    place = {number: i for i, (number, _) in enumerate(head)}
    merged = []
    for (top, start), (bottom, end) in sheet.merged_cell_ranges or []:
        rows = [place[n] for n in range(top + 1, bottom + 2) if n in place]
        if rows and rows[0] < TITLES_AT_MOST and end - start + 1 < width:
            merged.append((rows[0], rows[-1], start - left, end - left))
    if not merged:
        return None
    first = min(m[0] for m in merged)
    across = [m for m in merged if m[0] == first and m[3] > m[2]]
    if not across:
        return None
    last = max(max(m[1] for m in merged if m[0] == first), max(m[1] for m in across) + 1)
    for top, bottom, start, end in merged:
        for row in range(top, min(bottom, last) + 1):
            head[row][1][start : end + 1] = [head[top][1][start]] * (end - start + 1)
    return first, last


def _joined(levels: Sequence[str | None]) -> str | None:
    return ".".join(dict.fromkeys(level for level in levels if level)) or None
