"""Free text in JSON Lines: `{id, text}` in, `{id, entities}` out, line by line."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NoReturn

from masking.recognisers import Span
from masking.text import Detect, detect_batch
from pipelines.core.errors import ConfigError, SourceError
from pipelines.core.files import aside

BLOCK, LARGE = 1_000, 16_000_000
"""Lines, and bytes, that are read before they are looked at together."""
PACKED = b"\x1f\x8b"
"""What a gzip file begins with."""


def _no_number(constant: str) -> NoReturn:
    """Python reads NaN and Infinity, but no other program would read them in the answer."""
    raise ValueError(constant)


DECODER = json.JSONDecoder(parse_constant=_no_number)
"""One for all lines: making one costs as much as reading a line."""


def detected(source: Path, out: Path, detect: Detect = detect_batch) -> Iterator[int]:
    """Write what stands in each text; yields how far into `source`, in bytes, it has come.

    `out` appears when all of it is written, so that a broken line leaves no half answer.
    """
    if out.exists() and source.exists() and out.samefile(source):
        raise ConfigError(
            f"{out}: the texts themselves stand there; write the entities to another file",
            f"{out}：这是原文所在的文件，请将结果写到其他文件",
        )
    if source.exists() and not source.is_file():  # a pipe nobody writes to never comes to its end
        raise SourceError(
            f"{source}: is no file but a folder, a pipe or a device; name one file",
            f"{source}：不是普通文件，而是目录、管道或设备，请指定一个文件",
        )
    try:
        with source.open("rb") as raw, aside(out) as path, path.open("w", encoding="utf-8") as sink:
            for records in _blocks(source, raw):
                found = detect([text for _, text in records])
                for (key, _), spans in zip(records, found, strict=True):
                    sink.write(json.dumps({"id": key, "entities": entities(spans)}) + "\n")
                yield raw.tell()
    except FileNotFoundError as error:
        raise SourceError(
            f"{error.filename}: no such file or folder: check the path.",
            f"{error.filename}：文件或目录不存在，请检查路径。",
        ) from None


def entities(spans: list[Span]) -> list[dict[str, Any]]:
    """Spans as JSON; `end` is exclusive, positions count characters."""
    return [
        {"kind": s.kind.value, "start": s.start, "end": s.end, "score": round(s.score, 4)}
        for s in spans
    ]


def _blocks(source: Path, raw: IO[bytes]) -> Iterator[list[tuple[Any, str | None]]]:
    records: list[tuple[Any, str | None]] = []
    size = 0
    for number, line in enumerate(_lines(source, raw), 1):
        size += len(line)
        if line.strip():
            records.append(_record(source, number, line))
        if len(records) >= BLOCK or size >= LARGE:
            yield records
            records, size = [], 0
    yield records


def _lines(source: Path, raw: IO[bytes]) -> Iterator[bytes]:
    """The lines, unpacked where they are packed."""
    packed = raw.read(len(PACKED)) == PACKED
    raw.seek(0)
    if not packed:
        yield from _bounded(source, raw)
        return
    try:
        yield from _bounded(source, gzip.GzipFile(fileobj=raw))
    except (EOFError, OSError, zlib.error):
        raise SourceError(
            f"{source}: the gzip file is truncated or damaged; have it sent again. Nothing was written.",
            f"{source}：gzip 文件不完整或已损坏，请重新获取。没有写出任何结果。",
        ) from None


def _bounded(source: Path, lines: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    """The lines, none of which fills the memory."""
    number = 0
    while line := lines.readline(LARGE + 1):
        number += 1
        if len(line) > LARGE:
            raise _refused(source, number, "is longer than 16 MB", "超过 16 MB")
        yield line


def _record(source: Path, number: int, line: bytes) -> tuple[Any, str | None]:
    """The id and text of one line. The message never repeats the line: it may name a person."""
    try:
        written = line.decode("utf-8-sig" if number == 1 else "utf-8")
        value = DECODER.decode(written)
    except ValueError:
        raise _refused(source, number, "is not JSON in UTF-8", "不是 UTF-8 编码的 JSON") from None
    except RecursionError:
        raise _refused(source, number, "is nested too deeply", "嵌套过深") from None
    if not isinstance(value, dict) or not {"id", "text"} <= value.keys():
        raise _refused(source, number, "has no `id` and `text`", "缺少 `id` 和 `text`")
    text = value["text"]
    if text is not None and not isinstance(text, str):
        raise _refused(source, number, "has a `text` that is no string", "的 `text` 不是字符串")
    return value["id"], text


def _refused(source: Path, number: int, en: str, zh: str) -> SourceError:
    return SourceError(
        f'{source}: line {number} {en}: every line must be {{"id": …, "text": "…"}}. '
        "Nothing was written.",
        f'{source}：第 {number} 行{zh}；每行须为 {{"id": …, "text": "…"}}。没有写出任何结果。',
    )
