"""The masked layer's Parquet as one SELECT: a table's declared columns and its prepared ones, in order."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import duckdb
import fsspec
from sqlalchemy import Table

from pipelines.core.sql import literal, quoted
from warehouse.ddl import columns_of, key_of


def rows_of(
    session: duckdb.DuckDBPyConnection, table: Table, path: str, prepared: Iterable[str]
) -> str:
    """The table's rows, in the order of its key. No path: none. A column that is not there is null."""
    source, found = "(SELECT 1) WHERE false", set[str]()
    if path:
        # A table's own `channel` and `day` count, not those in the names of the lake's folders.
        source = f"read_parquet({literal(_reached(session, path))}, hive_partitioning = false)"
        found = set(session.sql(f"SELECT * FROM {source} LIMIT 0").columns)
    columns = columns_of(table, prepared)
    taken = ", ".join(
        f"CAST({quoted(c) if c in found else 'NULL'} AS {type_}) AS {quoted(c)}"
        for c, type_ in columns.items()
    )
    order = ", ".join(quoted(c) for c in key_of(table) if c in found)
    return f"SELECT {taken} FROM {source}" + (f" ORDER BY {order}" if order else "")


def _reached(session: duckdb.DuckDBPyConnection, path: str) -> str:
    """The Parquet at a path, which may be remote, and a folder of files where Spark wrote it."""
    scheme = urlsplit(path).scheme
    if len(scheme) > 1 and scheme != "file" and not session.filesystem_is_registered(scheme):
        session.register_filesystem(fsspec.filesystem(scheme))
    files, inside = fsspec.url_to_fs(path)
    return f"{path.rstrip('/')}/*.parquet" if files.isdir(inside) else path
