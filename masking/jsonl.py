"""Free text in JSON Lines: `{id, text}` in, `{id, entities}` out, line by line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from masking.recognisers import Span
from masking.text import detect_batch
from pipelines.core.errors import SourceError

BLOCK = 1_000
"""Lines read before they are looked at together."""


def detected(source: Path, out: Path) -> Iterator[int]:
    """Write what stands in each text; yields how many bytes of `source` were read.

    `out` appears when all of it is written, so that a broken line leaves no half answer.
    """
    aside = out.with_name(f".{out.name}.part")
    try:
        with aside.open("w", encoding="utf-8") as sink:
            for records, size in _blocks(source):
                found = detect_batch([text for _, text in records])
                for (key, _), spans in zip(records, found, strict=True):
                    sink.write(json.dumps({"id": key, "entities": entities(spans)}) + "\n")
                yield size
        aside.replace(out)
    except FileNotFoundError as error:
        raise SourceError(
            f"{error.filename}: no such file or folder: check the path.",
            f"{error.filename}：文件或目录不存在，请检查路径。",
        ) from None
    finally:
        aside.unlink(missing_ok=True)


def entities(spans: list[Span]) -> list[dict[str, Any]]:
    """Spans as JSON; `end` is exclusive, positions count characters."""
    return [
        {"kind": s.kind.value, "start": s.start, "end": s.end, "score": round(s.score, 4)}
        for s in spans
    ]


def _blocks(source: Path) -> Iterator[tuple[list[tuple[Any, str | None]], int]]:
    records: list[tuple[Any, str | None]] = []
    size = 0
    with source.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            size += len(line)
            if line.strip():
                records.append(_record(source, number, line))
            if len(records) >= BLOCK:
                yield records, size
                records, size = [], 0
    yield records, size


def _record(source: Path, number: int, line: bytes) -> tuple[Any, str | None]:
    """The id and text of one line. The message never repeats the line: it may name a person."""
    try:
        value = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
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
