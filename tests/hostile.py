"""Files that nobody should deliver, small and quickly made. In most of them stands a canary, 金丝雀安."""

import gzip
import io
import json
import os
import sqlite3
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

CANARY = "金丝雀安"
HEAD = "客户号,姓名,性别,出生日期,证件号码,手机,备注\n"
ROW = f"K1,{CANARY},女,1990-01-03,110101199001030022,13900000001,\n"
MB = 1 << 20
ENDLESS = (
    f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, '{CANARY}' FROM n"
)
LIMITS = {
    "answer_seconds": 1,
    "read_seconds": 1,
    "memory_mb": 2_048,
    "unpacked_mb": 16,
    "document_mb": 1,
}
"""Ceilings under which each of them is soon given up."""


def _text(*parts: str | bytes) -> Callable[[Path], object]:
    whole = b"".join(p if isinstance(p, bytes) else p.encode() for p in parts)
    return lambda path: path.write_bytes(whole)


def zipped(how: int = zipfile.ZIP_DEFLATED, **members: str | bytes) -> bytes:
    """A zip archive of these members, `__` in whose names is a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "."), content)
    return out.getvalue()


def _tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as made:
        member = tarfile.TarInfo("a.csv")
        member.size = len(ROW.encode())
        made.addfile(member, io.BytesIO(ROW.encode()))
    return out.getvalue()


def _book(change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook, one part of it changed."""
    plain, out = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(HEAD.strip().split(","))
    book.active.append(ROW.strip().split(","))
    book.save(plain)
    with zipfile.ZipFile(plain) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in whole.namelist():
            made.writestr(name, change(whole.read(name)) if name == part else whole.read(name))
    return out.getvalue()


def _cells(sheet: bytes) -> bytes:
    return sheet.replace(b"</sheetData>", b"<row r='9'>" + b"<c r='A9'/>" * 1_500_000 + b"</row>")


def _sheets(book: bytes) -> bytes:
    one = b'<sheet name="s%d" sheetId="%d" state="visible" r:id="rId1" xmlns:r="r"/>'
    many = b"".join(one % (i, i) for i in range(2, 50_000))
    return book.replace(b"</sheets>", many + b"</sheets>")


def _flipped(content: bytes, start: int, step: int) -> bytes:
    broken = bytearray(content)
    for at in range(start, len(broken), step):
        broken[at] ^= 0x5A
    return bytes(broken)


def _parquet(change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        pq.write_table(pa.table({"姓名": [CANARY] * 100}), path)
        path.write_bytes(change(path.read_bytes()))

    return make


def _many_rows(path: Path) -> None:
    one = pa.DictionaryArray.from_arrays(pa.array([0] * 4_000_000, pa.int8()), pa.array([CANARY]))
    pq.write_table(pa.table({"姓名": one}), path)


def _lite(*statements: str) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        made = sqlite3.connect(path)
        for statement in statements:
            made.execute(statement)
        made.commit()
        made.close()

    return make


def _duck(*statements: str) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        with duckdb.connect(str(path)) as made:
            for statement in statements:
                made.execute(statement)

    return make


def _spoilt(make: Callable[[Path], object], start: int, step: int) -> Callable[[Path], object]:
    def spoilt(path: Path) -> None:
        make(path)
        path.write_bytes(_flipped(path.read_bytes(), start, step))

    return spoilt


def _sparse(path: Path) -> None:
    with path.open("wb") as out:
        out.write((HEAD + ROW).encode())
        out.truncate(2_000 * MB)


TABLE = (f"CREATE TABLE t AS SELECT 1 AS a, '{CANARY}' AS b",)
FILES: dict[str, Callable[[Path], object]] = {
    "zero.csv": _text(),
    "nul.csv": _text(bytes(MB)),
    "sparse.csv": _sparse,
    "wide.csv": _text(",".join(f"c{i}" for i in range(200_000)), "\n", "," * 199_999, "\n"),
    "long.csv": _text(HEAD, ROW, CANARY * MB),
    "quotes.csv": _text(HEAD, '"' * 3 * MB),
    "noise.csv": _text(bytes(range(256)) * 4_000),
    "web.html": _text(f"<html><td>{CANARY}</td></html>"),
    "old.xls": _text(b"\x09\x08\x08\x00\x00\x05\x05\x00", ROW),
    "deep.json": _text("[" * 100_000, "]" * 100_000),
    "open.json": _text("[" * 2 * MB),
    "wide.jsonl": _text(json.dumps({f"{CANARY}{i}": 1 for i in range(20_000)}), "\n"),
    "long.jsonl": _text(f'{{"姓名": "{CANARY}', "x" * 3 * MB),
    "bomb.csv.gz": _text(gzip.compress(HEAD.encode() + b"1,2,3,4,5,6,7\n" * 2 * MB, 1)),
    "gz.csv.gz": _text(gzip.compress(gzip.compress(ROW.encode()))),
    "tar.gz": _text(_tarred()),
    "tar.zip": _text(zipped(a__tar__gz=_tarred())),
    "zip.zip": _text(zipped(a__zip=zipped(a__csv=ROW))),
    "book.zip": _text(zipped(a__xlsx=_book(_cells))),
    "two.zip": _text(zipped(a__csv=HEAD + ROW, b__csv=HEAD + ROW)),
    "bzip2.zip": _text(zipped(zipfile.ZIP_BZIP2, a__csv=bytes(80 * 200_000))),
    "lzma.zip": _text(zipped(zipfile.ZIP_LZMA, a__csv=bytes(8 * 200_000))),
    "cut.zip": _text(zipped(a__csv=HEAD + ROW)[:-30]),
    "cells.xlsx": _text(_book(_cells)),
    "sheets.xlsx": _text(_book(_sheets, "xl/workbook.xml")),
    "cut.xlsx": _text(_book(lambda s: s)[:4_000]),
    "spoilt.xlsx": _text(_flipped(_book(lambda s: s), 100, 97)),
    "noise.xls": _text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(range(256)) * 400),
    "rows.parquet": _many_rows,
    "cut.parquet": _parquet(lambda whole: whole[:-40]),
    "spoilt.parquet": _parquet(lambda whole: _flipped(whole, len(whole) // 2, 31)),
    "footer.parquet": _parquet(lambda whole: whole[:-8] + struct.pack("<I", 0xFFFFFFFF) + b"PAR1"),
    "endless.sqlite": _lite(f"CREATE VIEW v AS {ENDLESS}"),
    "count.sqlite": _lite(f"CREATE VIEW v AS SELECT count(*) FROM ({ENDLESS})"),
    "blob.sqlite": _lite("CREATE VIEW v AS SELECT zeroblob(900000000) AS a"),
    "round.sqlite": _lite("CREATE VIEW v AS SELECT * FROM w", "CREATE VIEW w AS SELECT * FROM v"),
    "spoilt.sqlite": _spoilt(_lite(*TABLE), 100, 61),
    "noise.sqlite": _text(b"SQLite format 3\0", bytes(range(256)) * 40),
    "endless.duckdb": _duck(f"CREATE VIEW v AS {ENDLESS}"),
    "rows.duckdb": _duck("CREATE VIEW v AS SELECT * FROM range(1000000000000)"),
    "repeat.duckdb": _duck("CREATE VIEW v AS SELECT repeat('x', 2000000000) AS a"),
    "passwd.duckdb": _duck("CREATE VIEW v AS SELECT * FROM read_text('/etc/passwd')"),
    "spoilt.duckdb": _spoilt(_duck(*TABLE), 4_096, 97),
    "pipe.csv": os.mkfifo,
    "folder.csv": os.mkdir,
    "link.csv": lambda path: path.symlink_to("/etc/passwd"),
    "loop.csv": lambda path: path.symlink_to(path),
    "device.csv": lambda path: path.symlink_to("/dev/zero"),
}  # fmt: skip
"""Each by its name, and how it is made at a path."""
