"""Which tables a database holds, for `mingce scan`, which looks at all of them."""

from sqlalchemy import URL, Engine, inspect

from pipelines.channels.readers.database import _engine, _failing, _url, is_url
from pipelines.channels.readers.door import START, recognised
from pipelines.channels.readers.files import plain

SQLITE = b"SQLite format 3\0"
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
    """The names of the tables of a database's URL or SQLite file, by schema; nothing for another file."""
    if is_url(location):
        url = _url(location, password)
        shown = URL.create(url.drivername, host=url.host, port=url.port, database=url.database)
        return _named(_engine(url, shown.render_as_string()), shown.render_as_string())
    with plain(location, password) as file:
        if recognised(file) != "table" or not file.head(START).startswith(SQLITE):
            return []
        url = URL.create(
            "sqlite", database=f"file:{file.path}", query={"mode": "ro", "uri": "true"}
        )
        return _named(_engine(url, file.shown), file.shown)


def _named(engine: Engine, shown: str) -> list[str]:
    try:
        with _failing(shown), engine.connect() as connection:
            known = inspect(connection)
            first = known.default_schema_name
            names: list[str] = sorted(known.get_table_names())
            for schema in known.get_schema_names():
                if schema != first and schema not in SYSTEM and known.dialect.name != "sqlite":
                    names += [f"{schema}.{name}" for name in sorted(known.get_table_names(schema))]
    finally:
        engine.dispose()
    return names
