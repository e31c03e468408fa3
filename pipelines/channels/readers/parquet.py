"""Parquet: each value as the text that says all of it; structs become dotted columns."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.channels.limits import require_columns, require_rows
from pipelines.channels.readers.files import PlainFile, broken
from pipelines.channels.readers.reading import LINE, Gathered, Reading, Refusals, unique

ROWS_AT_ONCE = 64_000
Column = Any
"""An Arrow array, whose methods depend on what it holds."""


def read_parquet(file: PlainFile) -> Reading:
    """Every row of a Parquet file."""
    refused = Refusals(file.shown, file.limits)
    kept, number = Gathered(refused), 0
    try:
        with pq.ParquetFile(file.path) as packed:
            require_rows(packed.metadata.num_rows, file.limits, file.shown)
            require_columns(packed.metadata.num_columns, file.limits, file.shown)
            written = packed.schema_arrow
            columns = _columns(written.empty_table().to_batches() or [_empty(written)])
            names = unique(columns)
            for batch in packed.iter_batches(ROWS_AT_ONCE):
                lines = pa.array(range(number + 1, number + batch.num_rows + 1), pa.int64())
                number += batch.num_rows
                texts = [as_text(column) for _, column in _flat(batch)]
                kept.add(pa.RecordBatch.from_arrays([lines, *texts], [LINE, *names.names]))
    except MemoryError:
        raise
    except (pa.ArrowException, OSError):
        raise broken(file.shown, "Parquet") from None
    facts = {
        "format": "parquet",
        "encoding": "",
        "delimiter": "",
        **names.facts,
        "header_line": 0,
    }
    return kept.reading(names.names, refused, facts)


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], f.type) for f in schema], schema=schema)


def _columns(batches: list[pa.RecordBatch]) -> list[str]:
    return [name for name, _ in _flat(batches[0])]


def _flat(batch: pa.RecordBatch) -> list[tuple[str, Column]]:
    """The columns, structs taken apart under dotted names."""
    found: list[tuple[str, Column]] = []
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        found.extend(_apart(name, column))
    return found


def _apart(name: str, column: Column) -> list[tuple[str, Column]]:
    if not pa.types.is_struct(column.type) or not column.type.num_fields:
        return [(name, column)]
    parts = zip(column.type, column.flatten(), strict=True)
    return [leaf for field, part in parts for leaf in _apart(f"{name}.{field.name}", part)]


def as_text(column: Column) -> Column:
    """The column as text that says all of each value."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_text(column.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return column.cast(pa.string())
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_date32(kind):
        return column.cast(pa.string())
    if pa.types.is_timestamp(kind) and kind.tz is None:
        fraction = pc.replace_substring_regex(column.cast(pa.string()), r"(\.\d*?)0+$", r"\1")
        return pc.replace_substring_regex(fraction, r"\.$", "")
    return pa.array([None if v is None else text_of(v) for v in column.to_pylist()], pa.string())


def text_of(value: Any) -> str:
    """One value as text."""
    if isinstance(value, str):
        return value
    for kind, text in TEXTS:
        if isinstance(value, kind):
            return text(value)
    return str(value)


def _float(value: float) -> str:
    """The shortest digits that say it; a whole number without a fraction, as IDs that became floats were."""
    if not 1e-7 < abs(value) < 1e21:
        return "0" if value == 0 else repr(value)
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def _bytes(value: bytes) -> str:
    """Text if the bytes are text, else their hexadecimal digits."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()


TEXTS: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (bool, lambda value: "true" if value else "false"),
    (float, _float),
    (Decimal, lambda value: f"{value:f}"),
    (datetime, lambda value: value.isoformat(" ")),
    ((date, time), lambda value: value.isoformat()),
    (bytes, _bytes),
    ((dict, list, tuple), lambda value: json.dumps(value, ensure_ascii=False, default=text_of)),
)
"""How a value of each kind is written; the first that fits."""
