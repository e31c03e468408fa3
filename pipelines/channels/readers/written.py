"""A reading on disk: the rows as Parquet with the source's own columns, the refused as JSON Lines."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.channels.readers.reading import LINE, Reading
from pipelines.core.files import aside


def write_rows(reading: Reading, target: Path) -> None:
    """The rows kept, without their line numbers. A reading that streams is used up by it."""
    rows = reading.rows
    schema = pa.schema([f for f in rows.schema if f.name != LINE])
    batches = rows.to_batches() if isinstance(rows, pa.Table) else rows
    with aside(target) as written, pq.ParquetWriter(written, schema, compression="zstd") as out:
        for batch in batches:
            out.write_batch(batch.select(schema.names))


def write_refused(reading: Reading, target: Path) -> None:
    """The rows refused: their line, the reason, and the row as it came."""
    with aside(target) as written, written.open("w", encoding="utf-8") as out:
        for row in reading.refused.to_pylist():
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
