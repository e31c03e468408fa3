"""DuckDB, embedded: the default engine."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import duckdb
import fsspec
import pyarrow as pa

from pipelines.core import scratch
from pipelines.core.batch import Relation
from pipelines.core.errors import OutageError
from pipelines.core.sql import literal, quoted
from pipelines.engine.manifest import damaged
from pipelines.engine.protocol import MapBatches, Value, bound

BATCH_ROWS = 20_000
GONE = ("No files found", "No such file", "does not exist")
"""What DuckDB says of a file that is not there."""
LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+,-./:;<=>?@[]^_{|}~"
)
ALIKE = ("levenshtein", "damerau_levenshtein", "jaro_winkler_similarity")
"""DuckDB counts the bytes two texts differ in, so that one Chinese character is three; Spark counts characters, as
people do. Here too: the characters of both become letters, equal ones equal (the first 91 of the two together)."""


class DuckDBEngine:
    """One in-memory session that spills to a folder of its own."""

    name = "duckdb"

    def __init__(self, memory_limit: str = "3GB", threads: int | None = None) -> None:
        self._spill = scratch.new_folder()
        self._session = duckdb.connect(
            ":memory:",
            config={
                "temp_directory": str(self._spill),
                "memory_limit": memory_limit,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                **({"threads": threads} if threads else {}),
            },
        )
        self._session.execute("SET enable_progress_bar = false; SET TimeZone = 'UTC'")
        for name in ALIKE:
            ours = f"system.main.{name}(translate(a, a || b, '{LETTERS}'), translate(b, a || b, '{LETTERS}'))"
            self._session.execute(
                f"CREATE TEMP MACRO {name}(a, b) AS CASE WHEN strlen(a) = length(a) AND strlen(b) = length(b) "
                f"THEN system.main.{name}(a, b) ELSE {ours} END"
            )
        self._made: list[tuple[str, str]] = []
        self._count = 0

    def read(self, paths: Sequence[str]) -> Relation:
        for path in paths:
            self._reach(path)
        files = ", ".join(map(literal, paths))
        # Without it a filter on `channel` is answered from the folder's name, not from the rows.
        options = "union_by_name = true, hive_partitioning = false"
        try:
            return self._view(f"SELECT * FROM read_parquet([{files}], {options})")
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            if self.is_gone(error):
                raise
            raise damaged(paths) from None

    def arrow(self, rows: pa.Table | pa.RecordBatchReader) -> Relation:
        name = self._next()
        self._session.register(f"{name}_in", rows)
        self._session.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {name}_in")
        self._session.unregister(f"{name}_in")
        return self._known(name, "TABLE")

    def sql(
        self, query: str, params: Mapping[str, Value] | None = None, **relations: Relation
    ) -> Relation:
        text = bound(query, relations, "duckdb")
        if params is None:
            return self._view(text)
        name = self._next()
        self._session.execute(f"CREATE TEMP TABLE {name} AS {text}", dict(params))
        return self._known(name, "TABLE")

    def keep(self, rows: Relation) -> Relation:
        name = self._next()
        self._session.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {rows.name}")
        return self._known(name, "TABLE")

    def map(self, rows: Relation, function: MapBatches, schema: pa.Schema) -> Relation:
        source = self._session.table(rows.name).to_arrow_table().to_batches(BATCH_ROWS)
        return self.arrow(pa.Table.from_batches(list(function(iter(source))), schema))

    def write(self, rows: Relation, path: str, order_by: Sequence[str] = ()) -> int:
        self._reach(path)
        order = f" ORDER BY {', '.join(quoted(c) for c in order_by)}" if order_by else ""
        copy = f"COPY (SELECT * FROM {rows.name}{order}) TO {literal(path)} (FORMAT parquet, COMPRESSION zstd)"
        try:
            done = self._session.execute(copy).fetchone()
        except (duckdb.IOException, duckdb.OutOfMemoryException):
            raise OutageError(
                "the lake cannot be written, or the disk is full: make room or restore it, then run again",
                "数据湖无法写入或磁盘已满：请腾出空间或恢复后重新运行",
            ) from None
        return int(done[0]) if done else 0

    def fetch(self, rows: Relation) -> pa.Table:
        held: pa.Table = self._session.table(rows.name).to_arrow_table()
        return held

    def is_gone(self, error: Exception) -> bool:
        return isinstance(error, duckdb.IOException) and any(t in str(error) for t in GONE)

    def linker_api(self) -> Any:
        from splink import DuckDBAPI

        return DuckDBAPI(connection=self._session)

    @contextmanager
    def scope(self) -> Iterator[None]:
        start = len(self._made)
        try:
            yield
        finally:
            while len(self._made) > start:
                what, name = self._made.pop()
                self._session.execute(f"DROP {what} IF EXISTS {name}")

    def close(self) -> None:
        self._session.close()
        shutil.rmtree(self._spill, ignore_errors=True)

    def _reach(self, path: str) -> None:
        """Let DuckDB read a remote path through fsspec, which knows the user's credentials."""
        scheme = urlsplit(path).scheme
        if (
            len(scheme) > 1
            and scheme != "file"
            and not self._session.filesystem_is_registered(scheme)
        ):
            self._session.register_filesystem(fsspec.filesystem(scheme))

    def _view(self, query: str) -> Relation:
        name = self._next()
        self._session.execute(f"CREATE TEMP VIEW {name} AS {query}")
        return self._known(name, "VIEW")

    def _next(self) -> str:
        self._count += 1
        return f"relation_{self._count}"

    def _known(self, name: str, what: str) -> Relation:
        self._made.append((what, name))
        return Relation(name, lambda: tuple(self._session.table(name).columns))
