"""Which tables and views a database holds, and which sheets a workbook, for commands that look at all of them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import URL, Engine, Inspector, inspect

from pipelines.channels.landing import is_database
from pipelines.channels.limits import USUAL
from pipelines.channels.readers import apart, duckdb_file, extent
from pipelines.channels.readers.database import (
    _engine,
    _failing,
    _url,
    is_server,
    no_answer,
)
from pipelines.channels.readers.door import recognised
from pipelines.channels.readers.files import PlainFile, plain
from pipelines.core.errors import SourceError
from pipelines.core.location import shown

SYSTEM = (
    "information_schema",
    "pg_catalog",
    "pg_toast",
    "performance_schema",
    "mysql",
    "sys",
    "INFORMATION_SCHEMA",
)


def tables_in(location: str, password: str = "") -> list[str]:
    """The names of what a database's URL or SQLite file holds, by schema; nothing for another file.

    Raises SourceError if it holds no table.
    """
    location = duckdb_file.as_file(location)
    name = shown(location)
    if is_database(location):
        slow = no_answer(name) if is_server(location) else apart.is_slow(name, USUAL)
        return _apart(_at, location, password, name, shown=name, slow=slow)
    with plain(location, password) as file:
        if recognised(file) != "table":
            return []
        slow = apart.is_slow(name, USUAL)
        return _apart(_within, file, shown=name, slow=slow)


def sheets_in(location: str, password: str = "") -> list[str]:
    """The names of the sheets of a workbook that can be seen and hold anything; none for any other file."""
    location = duckdb_file.as_file(location)
    if is_database(location):
        return []
    with plain(location, password) as file:
        if recognised(file) != "xlsx":
            return []
        slow = apart.is_slow(file.shown, USUAL)
        return _apart(extent.sheets_in, file, password, shown=file.shown, slow=slow)


def _apart(call: Callable[..., list[str]], *arguments: Any, **said: Any) -> list[str]:
    found: list[str] = apart.answer(call, *arguments, limits=USUAL, **said)
    return found


def _at(location: str, password: str, name: str) -> list[str]:
    return _named(_engine(_url(location, password), name), name)


def _within(file: PlainFile) -> list[str]:
    if duckdb_file.is_duckdb(file):
        return _some(duckdb_file.tables_in(file), file.shown)
    url = URL.create("sqlite", database=f"file:{file.path}", query={"mode": "ro", "uri": "true"})
    return _named(_engine(url, file.shown), file.shown)


def _named(engine: Engine, name: str) -> list[str]:
    try:
        with _failing(name), engine.connect() as connection:
            known = inspect(connection)
            is_file = known.dialect.name == "sqlite"  # whose schemas are files
            names = _held(known, None)
            for schema in known.get_schema_names():
                if schema not in (*SYSTEM, known.default_schema_name) and not is_file:
                    names += [f"{schema}.{name}" for name in _held(known, schema)]
    finally:
        engine.dispose()
    return _some(names, name)


def _some(names: list[str], name: str) -> list[str]:
    if not names:
        raise SourceError(
            f"{name}: holds no table that this account may see; check the address and the account's rights",
            f"{name}：没有当前账号可见的表，请检查地址与账号权限",
        )
    return names


def _held(known: Inspector, schema: str | None) -> list[str]:
    """Tables, then views: an account may be given nothing else."""
    views = known.get_view_names(schema)
    if known.dialect.name == "postgresql":
        views += known.get_materialized_view_names(schema)
    return [*sorted(known.get_table_names(schema)), *sorted(views)]
