"""Which tables and views a database holds, and which sheets a workbook, for commands that look at all of them."""

from sqlalchemy import URL, Engine, Inspector, inspect

from pipelines.channels.landing import is_database
from pipelines.channels.readers import duckdb_file, workbook
from pipelines.channels.readers.database import _engine, _failing, _url
from pipelines.channels.readers.door import recognised
from pipelines.channels.readers.files import plain
from pipelines.core.errors import SourceError

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
    if is_database(location):
        url = _url(location, password)
        shown = URL.create(url.drivername, host=url.host, port=url.port, database=url.database)
        return _named(_engine(url, shown.render_as_string()), shown.render_as_string())
    with plain(location, password) as file:
        if recognised(file) != "table":
            return []
        if duckdb_file.is_duckdb(file):
            return _some(duckdb_file.tables_in(file), file.shown)
        url = URL.create(
            "sqlite", database=f"file:{file.path}", query={"mode": "ro", "uri": "true"}
        )
        return _named(_engine(url, file.shown), file.shown)


def sheets_in(location: str, password: str = "") -> list[str]:
    """The names of the sheets of a workbook that can be seen and hold anything; none for any other file."""
    location = duckdb_file.as_file(location)
    if is_database(location):
        return []
    with plain(location, password) as file:
        return workbook.sheets_in(file, password) if recognised(file) == "xlsx" else []


def _named(engine: Engine, shown: str) -> list[str]:
    try:
        with _failing(shown), engine.connect() as connection:
            known = inspect(connection)
            is_file = known.dialect.name == "sqlite"  # whose schemas are files
            names = _held(known, None)
            for schema in known.get_schema_names():
                if schema not in (*SYSTEM, known.default_schema_name) and not is_file:
                    names += [f"{schema}.{name}" for name in _held(known, schema)]
    finally:
        engine.dispose()
    return _some(names, shown)


def _some(names: list[str], shown: str) -> list[str]:
    if not names:
        raise SourceError(
            f"{shown}: holds no table that this account may see; check the address and the account's rights",
            f"{shown}：没有当前账号可见的表，请检查地址与账号权限",
        )
    return names


def _held(known: Inspector, schema: str | None) -> list[str]:
    """Tables, then views: an account may be given nothing else."""
    views = known.get_view_names(schema)
    if known.dialect.name == "postgresql":
        views += known.get_materialized_view_names(schema)
    return [*sorted(known.get_table_names(schema)), *sorted(views)]
