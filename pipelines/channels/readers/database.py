"""Databases: a table, or one SELECT, through SQLAlchemy. No message shows a URL's password."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import (
    URL,
    Connection,
    Date,
    Engine,
    MetaData,
    Select,
    Table,
    TextClause,
    bindparam,
    create_engine,
    event,
    exc,
    inspect,
    make_url,
    select,
    text,
)

from pipelines.channels.limits import USUAL, Limits, require_columns, too_much
from pipelines.channels.readers.encoding import is_broken
from pipelines.channels.readers.files import PlainFile, broken, missing
from pipelines.channels.readers.parquet import text_of
from pipelines.channels.readers.reading import Gathered, Reading, Refusals, batch, unique
from pipelines.core.errors import ConfigError, OutageError, SourceError
from pipelines.core.secrets import secret

ROWS_AT_ONCE = 2_000
LONGEST_VALUE = 64 << 20
"""Bytes of one value of a SQLite file: a view can make one of any size."""
REFERENCE = re.compile(r"\$\{(\w+)\}")
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)
NO_ENTRY = (
    "authentication failed",
    "no password",
    "does not exist",
    "Access denied",
    "Unknown database",
)
"""What PostgreSQL and MySQL say where trying again is of no use."""
SELECTS = re.compile(r"\s*(select|with)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What is wanted of a database: a table, or a query in which :day is bound."""

    table: str = ""
    query: str = ""
    day: date | None = None
    limits: Limits = USUAL


def is_server(location: str) -> bool:
    """Whether the database at this URL is a server, and no file that was delivered."""
    return not location.startswith("sqlite")


def read_database(location: str, asked: Asked, password: str = "") -> Reading:
    """Every row of a table or a query."""
    url = _url(location, password)
    shown = URL.create(
        url.drivername, host=url.host, port=url.port, database=url.database
    ).render_as_string()
    return _read(_engine(url, shown), asked, shown)


def read_sqlite(file: PlainFile, asked: Asked) -> Reading:
    """Every row of a table or a query of a SQLite file."""
    return _read(_engine(_only_read(str(file.path)), file.shown), asked, file.shown)


def _only_read(path: str, query: Mapping[str, Any] = MappingProxyType({})) -> URL:
    """SQLite's URL of a file that it neither makes nor changes."""
    shut = {**query, "mode": "ro", "uri": "true"}
    return URL.create("sqlite", database=f"file:{quote(path)}", query=shut)


def _url(location: str, password: str) -> URL:
    try:
        url = make_url(REFERENCE.sub(lambda m: secret(f"env:{m[1]}").get_secret_value(), location))
    except (exc.ArgumentError, ValueError):
        raise ConfigError(
            "the database's URL cannot be read; write it as dialect://user:${PASSWORD}@host/database",
            "无法解析数据库地址，请写成 dialect://user:${PASSWORD}@host/database",
        ) from None
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        path = unquote(url.database.removeprefix("file:").partition("?")[0])
        if not Path(path).is_file():
            raise missing(path)
        return _only_read(path, url.query)
    return url.set(password=secret(password).get_secret_value()) if password else url


def _engine(url: URL, shown: str) -> Engine:
    try:
        engine = create_engine(url, hide_parameters=True)
    except (ImportError, exc.ArgumentError) as error:
        raise ConfigError(
            f"{shown}: no driver for {url.drivername} ({type(error).__name__}); install its package",
            f"{shown}：缺少 {url.drivername} 的驱动（{type(error).__name__}），请安装相应软件包",
        ) from None
    if url.drivername.startswith("sqlite"):
        event.listen(engine, "connect", _keep_broken_text)
        event.listen(engine, "connect", _distrust)
    return engine


def _keep_broken_text(connection: sqlite3.Connection, _: object) -> None:
    """Text that is no UTF-8 refuses its row, not the whole table."""
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")


def _distrust(connection: sqlite3.Connection, _: object) -> None:
    """A view of the file calls no function that does more than compute, and nothing is written."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)


def _read(engine: Engine, asked: Asked, shown: str) -> Reading:
    refused = Refusals(shown, asked.limits)
    kept = Gathered(refused)
    try:
        with (
            _failing(shown),
            engine.connect().execution_options(yield_per=ROWS_AT_ONCE) as connection,
        ):
            result = connection.execute(_statement(connection, asked, shown))
            names = unique(list(result.keys()))
            require_columns(len(names.names), asked.limits, shown)
            number = 0
            for some in result.partitions():
                number = _keep(some, number, names.names, kept, refused)
    finally:
        engine.dispose()
    facts = {
        "format": "table",
        "encoding": "",
        "delimiter": "",
        **names.facts,
        "header_line": 0,
    }
    return kept.reading(names.names, refused, facts)


@contextmanager
def _failing(shown: str) -> Iterator[None]:
    """What a database says of a failure may quote a row: only its class is told."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError) as error:
        name = type(error.orig).__name__
        if getattr(error.orig, "sqlite_errorcode", 0) in NO_ROOM:
            raise too_much(
                shown, "unpacked_mb", "takes more room on the disk than it may", "占用磁盘过多"
            ) from None
        if _is_wrong_question(error.orig):
            raise refused(shown, name) from None
        if any(words in str(error.orig) for words in NO_ENTRY):
            raise ConfigError(
                f"{shown}: refuses this login, or has no such database; check the URL and the password",
                f"{shown}：拒绝登录，或数据库不存在，请检查地址与密码",
            ) from None
        raise no_answer(shown, name) from None
    except (exc.SQLAlchemyError, sqlite3.Error) as error:
        cause = getattr(error, "orig", error)
        if getattr(cause, "sqlite_errorcode", 0) in DAMAGED:
            raise broken(shown, "SQLite") from None
        raise refused(shown, type(cause).__name__) from None


def no_answer(shown: str, name: str = "timeout") -> OutageError:
    """A database is away, or busy for too long."""
    return OutageError(
        f"{shown}: does not answer, or is busy ({name}); it will be tried again",
        f"{shown}：数据库无响应或繁忙（{name}），稍后重试",
    )


def _is_wrong_question(cause: BaseException | None) -> bool:
    """SQLite calls a faulty statement an operational error, as it does a locked file."""
    return getattr(cause, "sqlite_errorcode", 0) == sqlite3.SQLITE_ERROR


def refused(shown: str, name: str) -> SourceError:
    """A database does not answer this question."""
    return SourceError(
        f"{shown}: refuses the question ({name}); check table: and query:, and the account's rights",
        f"{shown}：查询被拒绝（{name}），请检查 table: 与 query: 以及账号权限",
    )


def _statement(connection: Connection, asked: Asked, shown: str) -> Select[Any] | TextClause:
    if asked.query:
        return _query(asked)
    known = inspect(connection)
    schema, _, name = asked.table.rpartition(".")
    tables = [*known.get_table_names(schema or None), *known.get_view_names(schema or None)]
    if not name and len(tables) == 1:
        name = tables[0]
    if name not in tables and not (name and known.has_table(name, schema or None)):
        raise no_table(shown, asked, len(tables))
    table = Table(name, MetaData(), schema=schema or None, autoload_with=connection)
    return select(table).order_by(*table.primary_key.columns)


def no_table(shown: str, asked: Asked, count: int) -> SourceError:
    """No table is named, or none of that name is there. What the others are called may name a customer."""
    en, zh = (
        (
            f"has no table {asked.table!r} among its {count:,}",
            f"共 {count:,} 个表，没有 {asked.table!r}",
        )
        if asked.table
        else (f"has {count:,} tables", f"共 {count:,} 个表")
    )
    return SourceError(
        f"{shown}: {en}; name one with --table, or table: in a pack (mingce scan shows what each holds)",
        f"{shown}：{zh}，请用 --table 或渠道文件中的 table: 指定其一（mingce scan 可查看各表）",
    )


def require_select(asked: Asked) -> None:
    """Raise ConfigError if the query is no SELECT, or asks for a day nobody gave."""
    if not SELECTS.match(asked.query):
        raise ConfigError(
            "query: has to be one SELECT; a source is only read",
            "query: 必须是一条 SELECT 语句，来源只读不写",
        )
    if asked.day is None and "day" in text(asked.query)._bindparams:
        raise ConfigError(
            "query: asks for :day, and there is no day; give the day to read",
            "query: 使用了 :day，但未指定日期，请指定要读取的日期",
        )


def _query(asked: Asked) -> TextClause:
    require_select(asked)
    query = text(asked.query)
    if "day" not in query._bindparams:
        return query
    return query.bindparams(bindparam("day", asked.day, type_=Date()))


def _keep(
    some: Sequence[Sequence[Any]],
    number: int,
    names: Sequence[str],
    kept: Gathered,
    refused: Refusals,
) -> int:
    lines: list[int] = []
    cells: list[list[str | None]] = []
    for row in some:
        number += 1
        texts = [None if value is None else text_of(value) for value in row]
        if any(t and ("\0" in t or is_broken(t)) for t in texts):
            refused.add(number, "bytes that cannot be decoded, or a NUL", repr(texts))
            continue
        lines.append(number)
        cells.append(texts)
    kept.add(batch(lines, cells, names))
    return number
