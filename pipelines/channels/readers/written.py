"""A reading on disk: the rows as Parquet with the source's own columns, the refused as JSON Lines."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.channels.readers.reading import LINE, Reading
from pipelines.core.errors import ConfigError


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place when it is whole."""
    aside = target.with_name(f".{target.name}.aside-{os.getpid()}")
    try:
        yield aside
        aside.replace(target)
    except OSError as error:
        raise ConfigError(
            f"{target}: cannot be written ({error.strerror}); give a folder that exists and has room",
            f"{target}：无法写入（{error.strerror}），请指定存在且有空间的目录",
        ) from None
    finally:
        aside.unlink(missing_ok=True)


def write_rows(reading: Reading, target: Path) -> None:
    """The rows kept, without their line numbers. A reading that streams is used up by it."""
    rows = reading.rows
    schema = pa.schema([f for f in rows.schema if f.name != LINE])
    batches = rows.to_batches() if isinstance(rows, pa.Table) else rows
    with _aside(target) as aside, pq.ParquetWriter(aside, schema, compression="zstd") as out:
        for batch in batches:
            out.write_batch(batch.select(schema.names))


def write_refused(reading: Reading, target: Path) -> None:
    """The rows refused: their line, the reason, and the row as it came."""
    with _aside(target) as aside, aside.open("w", encoding="utf-8") as out:
        for row in reading.refused.to_pylist():
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
