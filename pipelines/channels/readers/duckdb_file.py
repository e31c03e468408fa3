"""DuckDB files, as SQLAlchemy has no maintained dialect for them: one table or one SELECT, through Parquet."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.channels.limits import Limits, require_rows, require_time, require_unpacked
from pipelines.channels.readers import watch
from pipelines.channels.readers.database import Asked, no_table, refused, require_select
from pipelines.channels.readers.files import PlainFile, broken
from pipelines.channels.readers.parquet import ROWS_AT_ONCE, read_parquet
from pipelines.channels.readers.reading import Reading
from pipelines.core import scratch
from pipelines.core.errors import OutageError
from pipelines.core.slashes import require_path
from pipelines.core.sql import quoted

MARK, MARK_AT = b"DUCK", 8
URL = re.compile("duckdb:///")
HELD = """
SELECT CASE WHEN schema_name = 'main' THEN name ELSE schema_name || '.' || name END FROM (
    SELECT schema_name, table_name AS name, 0 AS is_view FROM duckdb_tables() WHERE NOT internal
    UNION ALL
    SELECT schema_name, view_name, 1 FROM duckdb_views() WHERE NOT internal
) ORDER BY schema_name <> 'main', schema_name, is_view, name
"""
"""The names of tables, then views, by schema."""


def is_duckdb(file: PlainFile) -> bool:
    """Whether the file begins like one of DuckDB's."""
    return file.head(MARK_AT + len(MARK)).endswith(MARK)


def as_file(location: str) -> str:
    """The path in a DuckDB URL; any other location as it is."""
    require_path(location)
    return URL.sub("", location, count=1) if URL.match(location) else location


def tables_in(file: PlainFile) -> list[str]:
    """What the file holds: tables, then views."""
    with _opened(file) as session:
        return [str(name) for (name,) in session.execute(HELD).fetchall()]


def read_duckdb(file: PlainFile, asked: Asked) -> Reading:
    """Every row of a table or a query."""
    with _opened(file) as session, scratch.folder() as folder:
        rows = folder / "rows.parquet"
        params = {"day": asked.day} if asked.day and ":day" in asked.query else None
        answer = session.sql(_question(session, asked, file.shown), params=params)
        _write(answer.to_arrow_reader(ROWS_AT_ONCE), rows, file)
        reading = read_parquet(replace(file, path=rows))
    return replace(reading, facts={**reading.facts, "format": "table"})


def _write(answer: pa.RecordBatchReader, path: Path, file: PlainFile) -> None:
    """Set the answer down as it comes: a view may never come to its end."""
    count = size = 0
    began = time.process_time()
    with pq.ParquetWriter(path, answer.schema) as out:
        for batch in answer:
            watch.came()
            require_time(began, file.limits, file.shown)
            count, size = count + batch.num_rows, size + batch.nbytes
            require_rows(count, file.limits, file.shown)
            require_unpacked(size, file.limits, file.shown)
            out.write_batch(batch)


def _question(session: duckdb.DuckDBPyConnection, asked: Asked, shown: str) -> str:
    if asked.query:
        require_select(asked)
        return re.sub(r":day\b", "$day", asked.query)
    held = [str(name) for (name,) in session.execute(HELD).fetchall()]
    name = asked.table or (held[0] if len(held) == 1 else "")
    if name not in held:
        raise no_table(shown, asked, len(held))
    schema, _, table = name.rpartition(".")
    return f"SELECT * FROM {quoted(schema or 'main')}.{quoted(table)}"


@contextmanager
def _opened(file: PlainFile) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file, only to be read. What DuckDB says of a failure may quote a row: only its class is told."""
    try:
        with (
            scratch.folder() as spill,
            duckdb.connect(
                str(file.path), read_only=True, config=_shut(file.limits, str(spill))
            ) as session,
        ):
            session.execute("SET lock_configuration = true")
            yield session
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise OutageError(
                f"{file.shown}: another process writes it; it will be tried again",
                f"{file.shown}：其他进程正在写入，稍后重试",
            ) from None
        raise broken(file.shown, "DuckDB") from None
    except duckdb.Error as error:
        if type(error) is duckdb.Error:  # a checksum that does not fit is of no class of its own
            raise broken(file.shown, "DuckDB") from None
        raise refused(file.shown, type(error).__name__) from None


def _shut(limits: Limits, spill: str) -> dict[str, Any]:
    """A view may name any file of this machine, or sort more than it has room for."""
    return {
        "enable_external_access": "false",
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
        "memory_limit": f"{limits.memory_mb // 2}MB",
        "temp_directory": spill,
        "max_temp_directory_size": f"{limits.unpacked_mb}MB",
        "threads": 2,
    }
