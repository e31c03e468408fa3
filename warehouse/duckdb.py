"""DuckDB, two files: `vault.duckdb` with clear values, mode 0600; beside it the warehouse with the rest.

A DuckDB transaction writes one attached file, so the vault is replaced first and the warehouse after it,
each in one transaction. Killed between the two, the tiers show the day before until the step is run again.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import Table

from masking.tiers import Tier
from pipelines.core.errors import ConfigError, DataError, InternalError, OutageError, PlatformError
from pipelines.core.sql import literal, quoted
from warehouse.ddl import KEPT, columns_of, comments, create, full_name, key_of
from warehouse.guard import RefusalError, question
from warehouse.parquet import rows_of
from warehouse.store import Value
from warehouse.tables import CORE, governance
from warehouse.user import login_name
from warehouse.views import STEWARD, View, asked, prepared_columns, views

CONFIG: dict[str, str | int | float | list[str]] = {
    "memory_limit": "2GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
NAMES_FAIL = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)
"""What DuckDB says of these speaks of names only; what it says of others may quote a value."""
PATIENCE = 15.0
"""Seconds to wait for another process to let go of a file, before the outage is told."""


class DuckDBStore:
    """The warehouse of one machine."""

    def __init__(self, path: str) -> None:
        self._warehouse = Path(path)
        self._vault = self._warehouse.with_name("vault.duckdb")
        self._spill = self._warehouse.with_name(".vault-spill")

    def publish(
        self, day: date, tables: Mapping[str, str], tiers: Mapping[str, Tier]
    ) -> dict[str, int]:
        rows: dict[str, int] = {}
        with self._spilling(), _private(self._vault), self._writing(self._vault) as session:
            session.execute("CREATE SCHEMA IF NOT EXISTS db.core")
            for name, table in CORE.items():
                self._load(session, table, tables.get(name, ""), prepared_columns(table, tiers))
                rows[f"core.{name}"] = _count(session, f"db.core.{quoted(name)}")
        with self._spilling(), self._writing(self._warehouse, beside=self._vault) as session:
            self._keep(session)
            wanted = views(tiers, day, core='"vault"."core"')
            for schema in sorted({*tiers, *(v.tier for v in wanted)} - {STEWARD}):
                session.execute(f"DROP SCHEMA IF EXISTS db.{quoted(schema)} CASCADE")
                session.execute(f"CREATE SCHEMA db.{quoted(schema)}")
            for view in wanted:
                rows[f"{view.tier}.{view.name}"] = self._made(session, view)
        return rows

    def replace(self, table: Table, rows: pa.Table, where: Mapping[str, Value]) -> None:
        with self._writing(self._warehouse) as session:
            self._keep(session)
            name = f"db.{full_name(table)}"
            said = " AND ".join(f"{quoted(c)} IS NOT DISTINCT FROM ${c}" for c in where) or "true"
            session.execute(f"DELETE FROM {name} WHERE {said}", dict(where) or None)
            self._insert(session, table, rows)

    def read(self, sql: str, tier: str, params: Mapping[str, Value] | None = None) -> pa.Table:
        with self._reading(tier) as (session, catalogs):
            text = question(sql, asked(tier, _tables(session))).sql("duckdb", catalogs)
            try:
                answer: Any = session.sql(text, params=dict(params) if params else None)
                found: pa.Table = answer.to_arrow_table()
            except NAMES_FAIL as error:
                said = " ".join(str(error).partition("\n\nLINE ")[0].split())
                raise RefusalError(f"the statement fails: {said}", f"语句有误：{said}") from None
            except duckdb.Error as error:
                raise RefusalError(
                    f"the statement fails while running ({type(error).__name__}): look at its casts and sizes",
                    f"语句执行失败（{type(error).__name__}）：请检查类型转换与数据量",
                ) from None
            return found

    def note_access(self, tier: str, statement: str, rows: int | None) -> None:
        with self._writing(self._warehouse) as session:
            self._keep(session)
            session.execute(
                f"INSERT INTO db.{full_name(governance.access_log)} "
                "SELECT coalesce(max(access_id), 0) + 1, $at, $who, $tier, $statement, $rows "
                f"FROM db.{full_name(governance.access_log)}",
                {"at": datetime.now(UTC).replace(tzinfo=None), "who": login_name(), "tier": tier,
                 "statement": statement, "rows": rows},
            )  # fmt: skip

    def _load(
        self, session: duckdb.DuckDBPyConnection, table: Table, path: str, prepared: set[str]
    ) -> None:
        """Replace one table of the vault, in the order of its key."""
        name = f"db.{full_name(table)}"
        session.execute(
            f"CREATE OR REPLACE TABLE {name} AS {rows_of(session, table, path, prepared)}"
        )
        for comment in comments(table, name):
            session.execute(comment)

    def _made(self, session: duckdb.DuckDBPyConnection, view: View) -> int:
        """A tier's table. In the order of what is shown: the order of the clear rows would tell of them."""
        name = f"db.{quoted(view.tier)}.{quoted(view.name)}"
        if view.is_live:
            session.execute(f"CREATE VIEW {name} AS {view.sql}")
        else:
            session.execute(f"CREATE TABLE {name} AS SELECT * FROM ({view.sql}) ORDER BY ALL")
        return _count(session, name)

    def _keep(self, session: duckdb.DuckDBPyConnection) -> None:
        """Make the quality and governance tables, and the columns they lack since an older version."""
        found = set(
            session.execute(
                "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE database_name = 'db'"
            ).fetchall()
        )
        for table in KEPT.values():
            name, columns = f"db.{full_name(table)}", columns_of(table)
            missing = [c for c in columns if (table.schema, table.name, c) not in found]
            if len(missing) == len(columns):
                session.execute(f"CREATE SCHEMA IF NOT EXISTS db.{quoted(str(table.schema))}")
                session.execute(create(name, columns))
                continue
            for column in missing:
                session.execute(f"ALTER TABLE {name} ADD COLUMN {quoted(column)} {columns[column]}")

    def _insert(self, session: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> None:
        known = columns_of(table)
        names = [c for c in known if c in rows.column_names]
        session.register("coming", rows)
        order = ", ".join(quoted(c) for c in dict.fromkeys((*key_of(table), *names)) if c in names)
        taken = ", ".join(f"CAST({quoted(c)} AS {known[c]})" for c in names)
        into = ", ".join(quoted(c) for c in names)
        session.execute(
            f"INSERT INTO db.{full_name(table)} ({into}) SELECT {taken} FROM coming ORDER BY {order}"
        )
        session.unregister("coming")

    @contextmanager
    def _spilling(self) -> Iterator[None]:
        """A folder of its owner's alone for what does not fit into memory."""
        try:
            self._warehouse.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(self._spill, ignore_errors=True)
            self._spill.mkdir(mode=0o700)
        except OSError as error:
            raise _unusable(self._warehouse.parent, _cause(str(error.strerror))) from None
        try:
            yield
        finally:
            shutil.rmtree(self._spill, ignore_errors=True)

    @contextmanager
    def _writing(
        self, path: Path, beside: Path | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """`path` open for one transaction, as `db`; `beside` to read from, as `vault`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        spill = str(self._spill if self._spill.exists() else "")
        with duckdb.connect(":memory:", config={**CONFIG, "temp_directory": spill}) as session:
            _attach(session, path, "db", "")
            session.execute("USE db")
            if beside is not None:
                _attach(session, beside, "vault", "READ_ONLY")
            try:
                session.execute("BEGIN")
                yield session
                session.execute("COMMIT")
            except duckdb.Error as error:
                raise _failed(path, error) from None

    @contextmanager
    def _reading(self, tier: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[str, str]]]:
        """A session that can read these files and do nothing else, and the catalog of every schema."""
        paths = {"db": self._warehouse} | ({"vault": self._vault} if tier == STEWARD else {})
        for path in paths.values():
            if not path.exists():
                raise ConfigError(
                    f"{path}: there is no warehouse yet; run the flow first (mingce run)",
                    f"{path}：数据仓库尚不存在，请先运行流程（mingce run）",
                )
        with (
            tempfile.TemporaryDirectory(prefix="mingce-") as spill,
            duckdb.connect(":memory:", config={**CONFIG, "temp_directory": spill}) as session,
        ):
            for alias, path in paths.items():
                _attach(session, path, alias, "READ_ONLY")
            session.execute(
                "SET TimeZone = 'UTC'; SET enable_external_access = false; SET lock_configuration = true"
            )
            yield session, _catalogs(session)


BUSY, FULL, CLOSED, ALIEN, OTHER = "busy", "full", "closed", "alien", "other"
CAUSES = {
    "lock on file": BUSY, "file handle conflict": BUSY,
    "no space left": FULL, "file too large": FULL, "quota": FULL, "out of disk": FULL,
    "permission denied": CLOSED, "read-only file system": CLOSED, "not a directory": CLOSED,
    "not a valid duckdb": ALIEN, "serialization error": ALIEN,
}  # fmt: skip
"""What DuckDB's, or the system's, message about a file comes down to. The message may quote what it wrote."""


@contextmanager
def _private(path: Path) -> Iterator[None]:
    """`path`, and the log beside it, are their owner's alone."""
    before = os.umask(0o077)
    try:
        if path.exists():
            path.chmod(0o600)
        yield
    finally:
        os.umask(before)


def _attach(session: duckdb.DuckDBPyConnection, path: Path, alias: str, mode: str) -> None:
    """Attach a file; wait a while if another process has it.

    The type is said: DuckDB would take a CSV for a database of its own, and keep nothing of what is written.
    """
    options = f" (TYPE duckdb{', ' if mode else ''}{mode})"
    until = time.monotonic() + PATIENCE
    while True:
        try:
            session.execute(f"ATTACH {literal(str(path))} AS {quoted(alias)}{options}")
        except duckdb.Error as error:
            cause = _cause(str(error))
            if cause != BUSY or time.monotonic() > until:
                raise _unusable(path, cause) from None
            time.sleep(0.2)
        else:
            return


def _cause(message: str) -> str:
    low = message.lower()
    return next((cause for words, cause in CAUSES.items() if words in low), OTHER)


def _failed(path: Path, error: duckdb.Error) -> PlatformError:
    """What an error while writing comes down to. The transaction is gone, what was there stands."""
    cause = FULL if isinstance(error, duckdb.OutOfMemoryException) else _cause(str(error))
    if cause != OTHER or isinstance(error, duckdb.IOException):
        return _unusable(path, cause)
    if isinstance(error, duckdb.DataError):
        name = type(error).__name__
        return DataError(
            f"{path}: a value does not fit its column ({name}); nothing was replaced, run resolve again",
            f"{path}：有取值与列声明不符（{name}）；内容未被替换，请重新运行 resolve",
        )
    return InternalError.at(error)


def _unusable(path: Path, cause: str) -> PlatformError:
    """What became of a file, and what to do."""
    if cause == CLOSED:
        return ConfigError(
            f"{path}: this account may not use it; the vault is the stewards', the rest needs the group's right",
            f"{path}：当前账户无权使用；金库仅限数据管理员，其余文件须授予读写权限",
        )
    if cause == ALIEN:
        return ConfigError(
            f"{path}: this is not a DuckDB file of a version that can be read; give another --warehouse",
            f"{path}：不是可读版本的 DuckDB 文件；请另行指定 --warehouse",
        )
    en, zh = {
        BUSY: ("another process holds it; close it (a notebook, a running publish) and run again",
               "被其他进程占用；请关闭占用它的程序（如笔记本、正在进行的发布）后重试"),
        FULL: ("there is no room left, nothing was replaced; free some disk and run again",
               "磁盘空间不足，原有内容未被替换；请清理磁盘后重试"),
    }.get(cause, ("it could not be read or written, nothing was replaced; look at the disk and run again",
                  "读写失败，原有内容未被替换；请检查磁盘后重试"))  # fmt: skip
    return OutageError(f"{path}: {en}", f"{path}：{zh}")


def _count(session: duckdb.DuckDBPyConnection, name: str) -> int:
    found = session.execute(f"SELECT count(*) FROM {name}").fetchone()
    return int(found[0]) if found else 0


def _catalogs(session: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The attached file of every schema."""
    return dict(
        session.execute(
            "SELECT schema_name, database_name FROM duckdb_schemas()"
            " WHERE database_name IN ('db', 'vault') AND NOT internal AND schema_name <> 'main'"
        ).fetchall()
    )


def _tables(session: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The tables and views of every schema."""
    found: dict[str, list[str]] = {}
    for schema, name in session.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal"
        " UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall():
        found.setdefault(schema, []).append(name)
    return found
