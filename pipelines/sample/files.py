"""Files as channels deliver them: format, encoding and separator follow from the declaration. Same rows, same bytes."""

import gzip
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from openpyxl.utils import get_column_letter
from sqlalchemy import BigInteger, Date, DateTime, Numeric

from pipelines.channels.channel import Channel
from pipelines.core.errors import ConfigError
from pipelines.sample.vector import Text, pc
from warehouse.tables import RECORDS

SEPARATORS = {".tsv": "\t", ".tab": "\t", ".txt": "|", ".psv": "|"}
FORMATS = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".xlsx": "xlsx", ".parquet": "parquet",
    ".sqlite": "table", ".db": "table",
}  # fmt: skip
ROWS_AT_ONCE = 50_000
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time on every file inside an archive: a clock would change the bytes."""
DAY = re.compile(r"\{day(?::([^}]*))?\}")
CLOCK = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z")


def names_days(channel: Channel) -> bool:
    """Whether each day's file has a name of its own."""
    return DAY.search(channel.lands_at) is not None


def landing(channel: Channel, day: date) -> str:
    """Where under the source the channel's file of that day lands."""
    if "://" in channel.lands_at:
        raise ConfigError(
            f"channel {channel.name} reads a database ({channel.lands_at.split('://')[0]}), and samples are files: "
            "let lands_at be a path such as NAME/{day}.sqlite",
            f"渠道 {channel.name} 读取数据库（{channel.lands_at.split('://')[0]}），而样例是文件："
            "请把 lands_at 设为类似 NAME/{day}.sqlite 的路径",
        )
    return DAY.sub(lambda found: day.strftime(found[1] or "%Y-%m-%d"), channel.lands_at)


def format_of(channel: Channel) -> str:
    """The format the channel's files have."""
    if channel.format != "auto":
        return channel.format
    return FORMATS.get(_suffix(channel), "csv")


def is_typed(channel: Channel) -> bool:
    """Whether the format gives its columns types, so that not just anything can be written in them."""
    return format_of(channel) == "parquet"


def write(channel: Channel, rows: pa.Table, path: Path) -> None:
    """Write the rows, all of them text, as the channel's source would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    kind = format_of(channel)
    if kind == "parquet":
        pyarrow.parquet.write_table(typed(channel, rows), path, compression="zstd")
    elif kind == "table":
        _write_table(channel, rows, path)
    elif kind == "xlsx":
        _pack(path, _workbook(channel, rows))
    elif kind == "jsonl":
        _pack(path, _objects(rows))
    else:
        _pack(path, _lines(channel, rows))


def typed(channel: Channel, rows: pa.Table) -> pa.Table:
    """The rows with the types a system of record gives its columns, where every value has it."""
    types = {
        name: RECORDS[feed.record].columns[c.is_].type
        for feed in channel.feeds
        for name, c in feed.columns.items()
    }
    columns = []
    for name in rows.column_names:
        of = types.get(name)
        wanted: pa.DataType = pa.string()
        if isinstance(of, DateTime):
            wanted = pa.timestamp("us")
        elif isinstance(of, Date):
            wanted = pa.date32()
        elif isinstance(of, Numeric):
            wanted = pa.decimal128(18, 2)
        elif isinstance(of, BigInteger):
            wanted = pa.int64()
        columns.append(pc.cast(rows[name], wanted))
    return pa.table(dict(zip(rows.column_names, columns, strict=True)))


def _suffix(channel: Channel) -> str:
    path = PurePosixPath(channel.lands_at)
    return PurePosixPath(path.stem).suffix if path.suffix in (".gz", ".zip") else path.suffix


def _lines(channel: Channel, rows: pa.Table) -> Iterator[bytes]:
    """Separated values in the channel's encoding; what a reader would take for a signature stands once."""
    options = pyarrow.csv.WriteOptions(
        include_header=False,
        delimiter=SEPARATORS.get(_suffix(channel), ","),
        quoting_style="needed",
    )
    header = (
        options.delimiter.join(_title(name, options.delimiter) for name in rows.column_names) + "\n"
    )
    encoding = channel.encoding or "utf-8"
    yield header.encode(encoding)
    plain = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8", "utf-32": "utf-32-le"}.get(
        encoding, encoding
    )
    for start in range(0, rows.num_rows, ROWS_AT_ONCE):
        sink = io.BytesIO()
        pyarrow.csv.write_csv(rows.slice(start, ROWS_AT_ONCE), sink, options)
        said = sink.getvalue()
        yield said if plain == "utf-8" else said.decode().encode(plain)


def _title(name: str, separator: str) -> str:
    return '"' + name.replace('"', '""') + '"' if separator in name or '"' in name else name


def _objects(rows: pa.Table) -> Iterator[bytes]:
    """One object a line; dots in a column's name are levels; what is not there is null."""
    names = [tuple(name.split(".")) for name in rows.column_names]
    pieces = _template(names)
    for start in range(0, rows.num_rows, ROWS_AT_ONCE):
        part = rows.slice(start, ROWS_AT_ONCE).combine_chunks()
        values = [_json(part.column(i).combine_chunks()) for i in range(part.num_columns)]
        parts: list[object] = []
        for piece in pieces:
            parts.append(values[piece] if isinstance(piece, int) else piece)
        said = pc.binary_join_element_wise(*parts, "")
        yield ("\n".join(said.to_pylist()) + "\n").encode()


def _template(names: list[tuple[str, ...]]) -> list[str | int]:
    """What stands around the columns' values in one object: text, and the columns' places."""
    tree: dict[str, Any] = {}
    for place, name in enumerate(names):
        level = tree
        for part in name[:-1]:
            level = level.setdefault(part, {})
        level[name[-1]] = place
    return _spelt(tree)


def _spelt(tree: dict[str, Any]) -> list[str | int]:
    pieces: list[str | int] = ["{"]
    for turn, (name, value) in enumerate(tree.items()):
        pieces.append(("," if turn else "") + json.dumps(name, ensure_ascii=False) + ":")
        pieces += _spelt(value) if isinstance(value, dict) else [int(value)]
    return [*pieces, "}"]


def _json(values: Text) -> Text:
    escaped = pc.replace_substring(pc.replace_substring(values, "\\", "\\\\"), '"', '\\"')
    return pc.binary_join_element_wise('"', escaped, '"', "").fill_null("null")


def _write_table(channel: Channel, rows: pa.Table, path: Path) -> None:
    if not channel.table:
        raise ConfigError(
            f"channel {channel.name}: a sample needs the name of its table (table:), a query does not tell it",
            f"渠道 {channel.name}：生成样例需要表名（table:），仅有 query 不够",
        )
    names = ", ".join(f'"{n}" TEXT' for n in rows.column_names)
    marks = ", ".join("?" for _ in rows.column_names)
    with sqlite3.connect(path) as base:
        base.execute(f'CREATE TABLE "{channel.table}" ({names})')
        columns = [rows[n].to_pylist() for n in rows.column_names]
        base.executemany(
            f'INSERT INTO "{channel.table}" VALUES ({marks})', zip(*columns, strict=True)
        )
    base.close()


def _workbook(channel: Channel, rows: pa.Table) -> Iterator[bytes]:
    """A sheet under two title rows, as people make them."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(channel.sheet or channel.title[:31])
    sheet.append([f"{channel.title}（{channel.owner}）"])
    sheet.merged_cells.add(f"A1:{get_column_letter(max(rows.num_columns, 2))}1")
    sheet.append(["制表单位", channel.owner])
    sheet.append(rows.column_names)
    for row in zip(*(rows[n].to_pylist() for n in rows.column_names), strict=True):
        sheet.append(row)
    sink = io.BytesIO()
    book.save(sink)
    yield _without_clock(sink.getvalue())


def _without_clock(book: bytes) -> bytes:
    """The same archive with one time on everything in it."""
    sink = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            said = (
                CLOCK.sub(b"1980-01-01T00:00:00Z", old.read(name))
                if name.endswith("core.xml")
                else old.read(name)
            )
            new.writestr(zipfile.ZipInfo(name, EPOCH), said, zipfile.ZIP_DEFLATED, 6)
    return sink.getvalue()


def _pack(path: Path, blocks: Iterator[bytes]) -> None:
    """Write the blocks, packed if the path says so."""
    if path.suffix == ".gz":
        with path.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
            packed.writelines(blocks)
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(
                zipfile.ZipInfo(path.stem, EPOCH), b"".join(blocks), zipfile.ZIP_DEFLATED, 6
            )
    else:
        with path.open("wb") as file:
            file.writelines(blocks)
