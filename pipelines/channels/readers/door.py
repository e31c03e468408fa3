"""The door to every source: which reader reads it, decided by what it holds."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from errno import EFBIG, ENOSPC

from pipelines.channels.landing import is_database
from pipelines.channels.limits import USUAL, Limits, too_much
from pipelines.channels.readers import (
    apart,
    database,
    delimited,
    duckdb_file,
    extent,
    json_lines,
    parquet,
)
from pipelines.channels.readers.encoding import bom, found_encoding, guess
from pipelines.channels.readers.files import PlainFile, full_disk, is_office, plain
from pipelines.channels.readers.reading import Reading
from pipelines.channels.whole import without_last_line
from pipelines.core import scratch
from pipelines.core.errors import ConfigError, PlatformError, SourceError
from pipelines.core.location import shown

FORMATS = ("auto", "csv", "jsonl", "xlsx", "parquet", "table")
START = 64 << 10
LONGEST_TEXT = 256 << 20
ENDS = 4096
"""Bytes at the end of a text that show whether its last line ends."""

OLD_WORKBOOK = ("a workbook of Excel 95 or older", "Excel 95 或更早的工作簿")
FOREIGN = (
    (b"%PDF", ("a PDF", "PDF 文件")),
    (b"\x1f\x8b", ("a gzip archive", "gzip 压缩包")),
    (b"BZh", ("a bzip2 archive", "bzip2 压缩包")),
    (b"\xfd7zXZ", ("an xz archive", "xz 压缩包")),
    (b"7z\xbc\xaf", ("a 7z archive", "7z 压缩包")),
    (b"Rar!", ("a RAR archive", "RAR 压缩包")),
    (b"\x28\xb5\x2f\xfd", ("a zstd archive", "zstd 压缩包")),
    (b"\x89PNG", ("a picture", "图片")),
    (b"\xff\xd8\xff", ("a picture", "图片")),
    (b"{\\rtf", ("an RTF document", "RTF 文档")),
    (b"ORC", ("an ORC file", "ORC 文件")),
    (b"Obj\x01", ("an Avro file", "Avro 文件")),
    (b"\x09\x00\x04\x00", OLD_WORKBOOK),
    (b"\x09\x02\x06\x00", OLD_WORKBOOK),
    (b"\x09\x04\x06\x00", OLD_WORKBOOK),
    (b"\x09\x08\x08\x00", OLD_WORKBOOK),
)
"""What files that no reader reads begin with, and what they are."""
TAR, TAR_AT = b"ustar", 257
TEXT_CONTROLS = frozenset((0, 1, 2, 9, 10, 11, 12, 13, 26, 27, 30, 31))
"""Control characters that texts do hold: blanks, separators, a stray NUL, the old end of file."""
MARKUP = re.compile(rb"\s*<[!?/A-Za-z][^\n,;|\t]{0,200}>")
LETTER = re.compile(
    rb"^(?:MIME-Version|Received|Return-Path|Delivered-To|Message-ID|Content-Transfer-Encoding): "
    rb"|^BEGIN:V(?:CARD|CALENDAR)",
    re.MULTILINE | re.IGNORECASE,
)
"""What e-mails, address cards and calendars hold, whose lines are folded and coded."""
WRITING = (b"word/", b"ppt/", b"opendocument.text", b"opendocument.presentation")
"""What stands at the start of an office document that is no workbook."""
_CODE = ".html .htm .xml .svg .eml .mbox .mht .vcf .ics .yaml .yml .sql .rtf .tex"
CODE = tuple(_CODE.split())
"""Endings of texts that are no tables; read as ones, what stands in them would be taken apart wrongly."""


@dataclass(frozen=True)
class How:
    """How a file is to be read, as far as somebody said."""

    asked: database.Asked
    encoding: str = ""
    sheet: str = ""
    password: str = ""


def open_source(  # noqa: PLR0913 - what a channel may say of its source
    location: str,
    *,
    format: str = "auto",  # noqa: A002 - the word the channel file uses
    encoding: str = "",
    sheet: str = "",
    password: str = "",
    table: str = "",
    query: str = "",
    day: date | None = None,
    limits: Limits = USUAL,
    last_line: str = "",
) -> Reading:
    """Every row of the source at `location` (a path, an fsspec URI or a SQLAlchemy URL), as text.

    Raises SourceError, also at a ceiling, or OutageError if the source is away or still being written.
    """
    if format not in FORMATS:
        raise ConfigError(
            f"there is no format {format!r}: choose one of {', '.join(FORMATS)}",
            f"没有名为 {format!r} 的格式：可选 {'、'.join(FORMATS)}",
        )
    how = How(database.Asked(table, query, day, limits), encoding, sheet, password)
    location = duckdb_file.as_file(location)
    if is_database(location):
        return _asked_apart(location, how)
    with _net(location), plain(location, password, limits) as file:
        kind = format if format != "auto" else recognised(file)
        if kind in HERE:
            return _text(kind, file, encoding, last_line)
        if last_line:
            raise ConfigError(
                f"{file.shown}: last_line: is for texts, and this is none; leave it out",
                f"{file.shown}：last_line: 仅适用于文本文件，请去掉",
            )
        slow = apart.is_slow(file.shown, limits)
        return apart.reading(_read, kind, file, how, limits=limits, shown=file.shown, slow=slow)


def _text(kind: str, file: PlainFile, encoding: str, last_line: str) -> Reading:
    """What is in a text; its last line is none of its rows where it is an end mark, and told where it is cut off."""
    if not last_line:
        found = HERE[kind](file, encoding)
        return replace(found, facts={**found.facts, **_cut_off(file, found)})
    known = found_encoding(file.path, encoding, file.shown)
    with scratch.folder() as folder:
        bare = replace(file, path=folder / "text")
        said = without_last_line(file.path, last_line, known, file.shown, bare.path)
        found = HERE[kind](bare, encoding)
    return replace(found, facts={**found.facts, "last_line": said})


def _cut_off(file: PlainFile, found: Reading) -> dict[str, bool]:
    """Whether the text's last line has no end, and whether it was refused: its writer may not have been done."""
    end = file.tail(ENDS)
    if end.rstrip(b"\0").endswith((b"\n", b"\r")):
        return {"last_line_ends": True}
    if not found.refused.num_rows:
        return {"last_line_ends": False}
    raw = found.refused.column("raw")[-1].as_py()
    last = end.decode(found.facts["encoding"], "replace").replace("\r", "\n").rpartition("\n")[2]
    return {"last_line_ends": False, "cut_off": bool(raw and last.endswith(raw[-len(last) :]))}


def _asked_apart(location: str, how: How) -> Reading:
    name, limits = shown(location), how.asked.limits
    slow: PlatformError = apart.is_slow(name, limits)
    if database.is_server(location):
        slow = database.no_answer(name)
    return apart.reading(_ask, location, how, limits=limits, shown=name, slow=slow)


def _ask(location: str, how: How) -> Reading:
    with _net(location):
        return database.read_database(location, how.asked, how.password)


def _read(kind: str, file: PlainFile, how: How) -> Reading:
    """What is in a file that only a library can open."""
    with _net(file.shown):
        return APART[kind](file, how)


def _table(file: PlainFile, how: How) -> Reading:
    reads = duckdb_file.read_duckdb if duckdb_file.is_duckdb(file) else database.read_sqlite
    return reads(file, how.asked)


HERE: dict[str, Callable[[PlainFile, str], Reading]] = {
    "csv": lambda file, encoding: delimited.read_delimited(file, encoding),
    "jsonl": lambda file, encoding: json_lines.read_json(file, encoding),
}
"""Texts, which are read piece by piece by code of ours."""
APART: dict[str, Callable[[PlainFile, How], Reading]] = {
    "xlsx": lambda file, how: extent.read_workbook(file, how.sheet, how.password),
    "parquet": lambda file, _: parquet.read_parquet(file),
    "table": _table,
}
"""What libraries read, each in a process of its own."""


@contextmanager
def _net(location: str) -> Iterator[None]:
    """No file may end the program, whatever is in it; and no library's message, which may quote it, is told."""
    try:
        yield
    except (PlatformError, MemoryError):
        raise
    except Exception as error:
        raise _caught(error, shown(location)) from None


def _caught(error: Exception, name: str) -> PlatformError:
    if getattr(error, "errno", 0) == ENOSPC:
        return full_disk(name)
    if getattr(error, "errno", 0) == EFBIG:
        return too_much(
            name, "unpacked_mb", "takes more room on the disk than it may", "占用磁盘过多"
        )
    return SourceError(
        f"{name}: cannot be read ({type(error).__name__}); ask the channel's owner for it in "
        "another format, and send us the first lines with made-up values",
        f"{name}：无法读取（{type(error).__name__}），请向渠道负责部门索取其他格式的文件，"
        "并以虚构数据替换后将前几行发给我们",
    )


def recognised(file: PlainFile) -> str:
    """The file's format, by its first bytes; its name decides only between texts."""
    start = file.head(START)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\x03\x04"):
        return _packed(file)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "xlsx"
    if start.startswith(b"SQLite format 3\0") or duckdb_file.is_duckdb(file):
        return "table"
    what = next((name for mark, name in FOREIGN if start.startswith(mark)), None)
    if start[TAR_AT:].startswith(TAR):
        what = ("a tar archive", "tar 压缩包")
    what = what or _language(file, start)
    if what or _is_binary(start):
        raise unknown(file.shown, *(what or ("binary", "二进制文件")))
    return "jsonl" if _is_json(file, start) else "csv"


def _packed(file: PlainFile) -> str:
    """A workbook's format, if that is what this archive is. Raises SourceError for any other that was not unpacked."""
    if not is_office(file):
        raise unknown(file.shown, "an archive within an archive", "压缩包中的压缩包")
    start = file.head(START)
    if any(mark in start for mark in WRITING):
        raise unknown(file.shown, "a document or a presentation", "文档或演示文稿")
    return "xlsx"


def require_text(file: PlainFile) -> None:
    """Raise SourceError if a file is no plain text, or too long to be held: what is coded in it would pass unseen."""
    if (found := recognised(file)) not in ("csv", "jsonl"):
        raise unknown(file.shown, found, found)
    if file.path.stat().st_size > LONGEST_TEXT:
        raise SourceError(
            f"{file.shown}: is a text of more than {LONGEST_TEXT >> 20} MB; divide it, and mask the parts",
            f"{file.shown}：文本超过 {LONGEST_TEXT >> 20} MB，请拆分后分别脱敏",
        )


HL7 = re.compile(rb"\s*(?:MSH|FHS|BHS)\|\^~")


def _language(file: PlainFile, start: bytes) -> tuple[str, str] | None:
    """What a text is written in that is neither a table nor plain words."""
    text = start[bom(start)[1] :].replace(b"\0", b"")
    if MARKUP.match(text):
        return "a web page or XML", "网页或 XML"
    if HL7.match(text):
        return "HL7 version 2", "HL7 第 2 版消息"
    if LETTER.search(text):
        return "an e-mail, an address card or a calendar", "邮件、名片或日历"
    name = file.name.lower()
    endings = (ending[1:] for ending in CODE if name.endswith(ending))
    return next(((f"{e} by its name", f"按文件名为 {e}") for e in endings), None)


def _is_binary(start: bytes) -> bool:
    """Whether this is no text in any encoding: full of control characters."""
    if bom(start)[0] or (b"\0" in start and guess(start).startswith("utf-16")):
        return False
    controls = sum(start.count(bytes([b])) for b in range(32) if b not in TEXT_CONTROLS)
    return controls * 20 > len(start) or start.count(0) * 2 > len(start)


def _is_json(file: PlainFile, start: bytes) -> bool:
    """Whether the text is JSON; a name that says what it is is believed."""
    name = file.name.lower()
    if name.endswith((".csv", ".tsv", ".psv", ".json", ".jsonl", ".ndjson")):
        return name.endswith(("json", "jsonl"))
    text = b"".join(start[bom(start)[1] :].replace(b"\0", b"").split())
    return text.startswith((b"{", b"[{"))


def unknown(shown: str, en: str, zh: str) -> SourceError:
    """A file no reader reads, and what it is."""
    return SourceError(
        f"{shown}: is {en}, which no reader reads; deliver CSV, JSON Lines, XLSX or Parquet, packed at most once",
        f"{shown}：无法读取的文件格式（{zh}），请提供 CSV、JSON Lines、XLSX 或 Parquet，最多压缩一层",
    )
