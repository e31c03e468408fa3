"""JSON: one object a line, one array of them, or objects one after another.

Objects become dotted columns, arrays stay JSON text, numbers keep the digits they were written with.
"""

import codecs
import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import pyarrow as pa

from pipelines.channels.limits import require_columns, require_document
from pipelines.channels.readers.encoding import (
    found_encoding,
    is_broken,
    shown_raw,
    text_blocks,
    with_end,
)
from pipelines.channels.readers.files import PlainFile, broken, empty
from pipelines.channels.readers.reading import LINE, Gathered, Reading, Refusals, unique

ROWS_AT_ONCE = 20_000
BYTES_AT_ONCE = 32 << 20
DEEPEST = 100
"""A record nested deeper than this was made to do harm …"""
MOST_NAMES = 100_000
"""… and so was one of more names than this."""
_BETWEEN = re.compile(r"[ \t\r\n,\x1a]*")

Record = dict[str, str | None]


class _Number(str):
    """A number as it was written."""


class _NotARowError(ValueError):
    """Why an object cannot become a row; carries no value."""


def read_json(file: PlainFile, declared: str = "") -> Reading:
    """Every object of a JSON file, kept or refused."""
    encoding = found_encoding(file.path, declared, file.shown)
    head = b"".join(islice(text_blocks(file.path, encoding), 1))
    if not head.strip():
        raise empty(file.shown)
    blocks = text_blocks(file.path, encoding)
    rows = _Rows(file)
    if _is_lines(head):
        for number, line in _lines(blocks, file):
            rows.add_line(number, line)
    else:
        for number, raw, value in _values(blocks, file):
            rows.add_value(number, raw, value)
    facts = {
        "format": "jsonl",
        "encoding": encoding,
        "delimiter": "",
        "header_line": 0,
    }
    return rows.reading(facts)


class _Rows:
    """Rows gathered so far, and every column any of them had, in order of appearance."""

    def __init__(self, file: PlainFile) -> None:
        self._places: dict[str, int] = {}
        self._lines: list[int] = []
        self._records: list[Record] = []
        self._refused = Refusals(file.shown, file.limits)
        self._kept = Gathered(self._refused)
        self._size = 0

    def add_line(self, number: int, line: bytes) -> None:
        """Keep or refuse what stands on one line."""
        try:
            text = line.decode()
        except UnicodeDecodeError:
            self._refused.add(number, "bytes that cannot be decoded", shown_raw(line))
            return
        try:
            value = _DECODER.decode(text)
        except _NotARowError as error:
            self._refused.add(number, str(error), text)
        except json.JSONDecodeError:
            self._refused.add(number, "not JSON", text)
        except RecursionError:
            self._refused.add(number, "nested too deep", text)
        else:
            self.add_value(number, text, value)

    def add_value(self, number: int, raw: str, value: Any) -> None:
        """Keep an object as a row; refuse anything else."""
        try:
            if isinstance(value, _NotARowError):
                raise value
            record = _flat(value, raw)
        except _NotARowError as error:
            self._refused.add(number, str(error), raw)
            return
        self._lines.append(number)
        self._records.append(record)
        self._size += len(raw)
        if len(self._records) >= ROWS_AT_ONCE or self._size > BYTES_AT_ONCE:
            self._gather()

    def reading(self, facts: dict[str, Any]) -> Reading:
        """All rows, under names that are unique."""
        self._gather()
        names = unique(list(self._places))
        written = [str(place) for place in self._places.values()]
        return self._kept.reading(names.names, self._refused, {**facts, **names.facts}, written)

    def _gather(self) -> None:
        for record in self._records:
            if record.keys() - self._places.keys():
                for name in record:
                    self._places.setdefault(name, len(self._places))
                require_columns(len(self._places), self._refused.limits, self._refused.shown)
        arrays = [pa.array([r.get(n) for r in self._records], pa.string()) for n in self._places]
        lines = pa.array(self._lines, pa.int64())
        self._kept.add(
            pa.RecordBatch.from_arrays([lines, *arrays], [LINE, *map(str, self._places.values())])
        )
        self._lines, self._records, self._size = [], [], 0


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _NotARowError("a name twice in one object")
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_Number, parse_int=_Number, parse_constant=_Number
)


def _flat(value: Any, raw: str) -> Record:
    """An object as a row. Only where its text has escapes can it hold what is no character."""
    if not isinstance(value, dict):
        raise _NotARowError("not an object")
    found: Record = {}
    _flatten(value, "", found, 0)
    if ("\\u" in raw or is_broken(raw)) and any(
        _is_no_text(said) for said in chain(found, found.values())
    ):
        raise _NotARowError("half a character, or a NUL")
    return found


def _is_no_text(said: str | None) -> bool:
    return said is not None and ("\0" in said or is_broken(said))


def _flatten(value: dict[str, Any], prefix: str, found: Record, depth: int) -> None:
    if depth > DEEPEST:
        raise _NotARowError("nested too deep")
    if len(found) + len(value) > MOST_NAMES:
        raise _NotARowError("too many names")
    for key, inside in value.items():
        name, kind = prefix + key, type(inside)
        if kind is dict and inside:
            _flatten(inside, name + ".", found, depth + 1)
        elif name in found:
            raise _NotARowError("two values for one name")
        else:
            found[name] = inside if kind is str or inside is None else _text(inside)


def _text(value: Any) -> str:
    """A value as JSON text, its numbers as they were written."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        inside = (f"{json.dumps(k, ensure_ascii=False)}: {_text(v)}" for k, v in value.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_text(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _is_lines(head: bytes) -> bool:
    """Whether the first line that is not blank is whole by itself, or is no JSON at all."""
    first = head.lstrip().split(b"\n", 1)[0].strip()
    if first.startswith(b"["):
        return False
    try:
        _DECODER.decode(first.decode("utf-8", "replace"))
    except (_NotARowError, RecursionError):
        return True
    except json.JSONDecodeError:
        return not first.startswith(b"{") or (b"\n" in head.strip() and _second_is_object(head))
    return True


def _second_is_object(head: bytes) -> bool:
    return head.lstrip().split(b"\n", 2)[1].lstrip().startswith(b"{")


def _lines(blocks: Iterator[bytes], file: PlainFile) -> Iterator[tuple[int, bytes]]:
    number, rest = 0, [b""]
    for block in blocks:
        first, *lines = block.split(b"\n")
        rest.append(first)
        require_document(sum(map(len, rest)), file.limits, file.shown)
        if not lines:
            continue
        for line in (b"".join(rest), *lines[:-1]):
            number += 1
            if line.strip():
                yield number, line
        rest = [lines[-1]]
    if (last := b"".join(rest)).strip(b" \t\r\n\x1a"):
        yield number + 1, last


def _values(blocks: Iterator[bytes], file: PlainFile) -> Iterator[tuple[int, str, Any]]:
    """The values of one array, or one after another: each with its number, its text."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    text, at, number, wanted, depth = "", 0, 0, 0, 0
    for block, final in with_end(blocks):
        text, at = text[at:] + decoder.decode(block, final), 0
        require_document(len(text) - len(block), file.limits, file.shown)
        while (at := _past(text, at)) < len(text) and (final or len(text) - at > wanted):
            if text[at] in "[]" and depth == (text[at] == "]"):
                depth, at = depth + (1 if text[at] == "[" else -1), at + 1
                continue
            value, end = _value(text, at)
            if end < 0 and final:
                raise broken(file.shown, "JSON")
            if end < 0 or (end == len(text) and not final):
                wanted = 2 * (len(text) - at)
                break
            number, wanted = number + 1, 0
            yield number, text[at:end], value
            at = end
    if depth:
        raise broken(file.shown, "JSON")


def _past(text: str, at: int) -> int:
    """The next place that is neither blank nor a comma between values."""
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int) -> tuple[Any, int]:
    """The value that begins here and where it ends; -1 if it does not end in this text."""
    try:
        return _DECODER.raw_decode(text, at)
    except (json.JSONDecodeError, RecursionError):
        return None, -1
    except _NotARowError as error:
        return error, json.JSONDecoder().raw_decode(text, at)[1]
