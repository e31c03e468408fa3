"""PostgreSQL: `core` behind live, masked views; tables where rows are hidden; roles with least privilege.

One transaction publishes: the day's tables are loaded beside the old ones, the views are pointed at them,
the old ones go. Whoever reads meanwhile sees the day before, whole; a kill leaves nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
from pyarrow import csv
from sqlalchemy import Table
from sqlalchemy.engine import URL

from masking.tiers import Tier
from pipelines.core import scratch
from pipelines.core.errors import ConfigError
from pipelines.core.sql import quoted
from warehouse.access_log import LONGEST, SHORT, bounded
from warehouse.ddl import KEPT, columns_of, comments, create, full_name, key_of, schema_comments
from warehouse.guard import TOO_MUCH, StoppedError, question
from warehouse.parquet import rows_of
from warehouse.postgres_failure import failed, no_connection, question_failed
from warehouse.postgres_locks import LOCK_SCHEMA, alone, take
from warehouse.postgres_views import drop_others, fill, is_there, outgrown, replaced, repoint
from warehouse.quality_told import SOURCES
from warehouse.roles import OWNER, ROLES, create_roles, grants, logs_access, role, schemas_of
from warehouse.store import Access, Change, Value
from warehouse.tables import CORE, quality
from warehouse.views import ANALYST, STATISTICS, STEWARD, asked, of_quality, prepared_columns, views
from warehouse.walls import close

COPIED_ROWS = 50_000
"""Rows sent to the server at a time."""
NEXT = "core_next"
PATIENCE = 30.0
"""Seconds that a publication waits for readers of the old tables, before it ends them."""
UNLIMITED = ("SET statement_timeout = 0", "SET idle_in_transaction_session_timeout = 0")
"""Who writes takes as long as it takes."""
LIMITED = "SELECT set_config('statement_timeout', %s, true) WHERE current_setting('statement_timeout') = '0'"


class PostgresStore:
    """The warehouse of an organisation."""

    def __init__(self, url: URL, seconds: float) -> None:
        self._url = url
        self._seconds = seconds

    def publish(
        self, day: date, tables: Mapping[str, str], tiers: Mapping[str, Tier]
    ) -> dict[str, int]:
        rows: dict[str, int] = {}
        with self._connected() as session:
            self._keep(session)
            _make_schemas(session, (LOCK_SCHEMA, *(t for t in tiers if t != STEWARD)))
            with _as_owner(session):
                alone(session)
            close(session)
            _run(
                session,
                f"DROP SCHEMA IF EXISTS {NEXT} CASCADE",
                f"CREATE SCHEMA {NEXT} AUTHORIZATION {OWNER}",
            )
            with _as_owner(session):
                for name, table in CORE.items():
                    prepared = prepared_columns(table, tiers)
                    rows[f"core.{name}"] = _load(session, table, tables.get(name, ""), prepared)
                wanted = views(tiers, day, core=NEXT)
                take(session, outgrown(session, wanted), PATIENCE, self._connect)
                for view in wanted:
                    if view.hides_rows:
                        rows[f"{view.tier}.{view.name}"] = fill(session, view)
                take(session, replaced(session), PATIENCE, self._connect)
                for view in wanted:
                    if not view.hides_rows:
                        repoint(session, view)
                drop_others(session, wanted)
            _run(
                session, "DROP SCHEMA IF EXISTS core CASCADE", f"ALTER SCHEMA {NEXT} RENAME TO core"
            )
            with _as_owner(session):
                _run(session, *schema_comments())
                for table in KEPT.values():
                    _run(session, *comments(table, full_name(table)))
                _run(session, *(grant for t in tiers for grant in grants(t, schemas_of(t))))
        return rows

    def replace(self, changes: Iterable[Change]) -> None:
        with self._connected() as session:
            self._keep(session)
            with _as_owner(session):
                said = list(changes)
                for change in said:
                    _change(session, change)
                changed = {change.table for change in said}
                if changed & set(SOURCES) and is_there(session, STATISTICS):
                    for view in (v for v in of_quality() if v.hides_rows):
                        if view.table in changed or quality.grain in changed:
                            fill(session, view)
                    for tier in (STATISTICS, ANALYST):
                        _run(session, *grants(tier, schemas_of(tier)))

    def read(self, sql: str, tier: str, params: Mapping[str, Value] | None = None) -> pa.Table:
        with self._connected(writes=False) as session:
            _run(session, "SET TRANSACTION READ ONLY")
            asked(tier, {})
            self._become(session, tier)
            text = question(sql, asked(tier, _tables(session, tier))).sql("postgres")
            session.execute(LIMITED.encode(), (f"{max(1, round(1000 * self._seconds))}ms",))
            try:
                return _arrow(session.execute(text.encode(), dict(params) if params else None))
            except MemoryError:
                raise StoppedError(*TOO_MUCH) from None
            except psycopg.Error as error:
                raise question_failed(error) or error from None

    def note_access(self, access: Access) -> None:
        with self._connected(writes=False) as session:
            asked(access.tier, {})
            self._become(session, access.tier)
            said = (
                bounded(access.statement, LONGEST),
                access.rows,
                access.outcome,
                bounded(access.purpose, SHORT),
                access.customer,
            )
            note = f"SELECT {logs_access(access.tier)}(%s, %s, %s, %s, %s)"
            session.execute(note.encode(), said)

    @contextmanager
    def _connected(self, writes: bool = True) -> Iterator["psycopg.Connection[Any]"]:
        """One transaction. Nothing the server says is passed on: it may quote a row, or the login."""
        where = self._url.render_as_string(hide_password=True)
        try:
            session = self._connect()
        except psycopg.OperationalError as error:
            raise no_connection(where, str(error)) from None
        try:
            with session:
                _run(
                    session,
                    "SET TIME ZONE 'UTC'",
                    "SET search_path = pg_catalog, pg_temp",  # nobody's function stands before PostgreSQL's
                    f"SET lock_timeout = '{round(1000 * PATIENCE)}ms'",
                    *(UNLIMITED if writes else ()),
                )
                session.commit()
                yield session
        except psycopg.Error as error:
            raise failed(where, error) from None

    def _connect(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(**_login(self._url))

    def _keep(self, session: "psycopg.Connection[Any]") -> None:
        """Make the roles, and the tables that outlive a publication, with the columns they lack."""
        missing = _missing(session)
        if not missing:
            return
        roles = "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)"
        there = {name for (name,) in session.execute(roles, (list(ROLES),))}
        _run(session, *create_roles(r for r in ROLES if r not in there))
        _make_schemas(session, {str(t.schema) for t in KEPT.values()})
        with _as_owner(session):
            for table, columns in missing:
                declared = columns_of(table)
                _run(session, create(full_name(table), declared, key_of(table)))
                _run(session, *(
                    f"ALTER TABLE {full_name(table)} ADD COLUMN IF NOT EXISTS {quoted(c)} {declared[c]}"
                    for c in columns
                ))  # fmt: skip
            _run(session, *grants(STEWARD, {str(t.schema) for t in KEPT.values()}))

    def _become(self, session: "psycopg.Connection[Any]", tier: str) -> None:
        """Have the tier's rights and no others, for the rest of the transaction."""
        try:
            _run(session, f"SET LOCAL ROLE {quoted(role(tier))}")
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue):
            raise ConfigError(
                f"this login does not belong to tier {tier!r}, or nothing was published yet: have the "
                f"administrator run GRANT {role(tier)} TO the login",
                f"当前登录账户不属于层级 {tier!r}，或尚未发布：请管理员执行 GRANT {role(tier)} TO 该账户",
            ) from None


@contextmanager
def _as_owner(session: "psycopg.Connection[Any]") -> Iterator[None]:
    """What is made inside belongs to the role that nobody logs in as."""
    _run(session, f"SET LOCAL ROLE {OWNER}")
    yield
    _run(session, "RESET ROLE")


def _change(session: "psycopg.Connection[Any]", change: Change) -> None:
    table, where = change.table, change.where
    said = " AND ".join(f"{quoted(c)} IS NOT DISTINCT FROM %({c})s" for c in where) or "true"
    session.execute(f"DELETE FROM {full_name(table)} WHERE {said}".encode(), dict(where))
    names = [c for c in columns_of(table) if c in change.rows.column_names]
    as_text = pa.schema([(c, pa.string()) for c in names])
    into = f"{full_name(table)} ({', '.join(map(quoted, names))})"
    _copy(session, into, change.rows.select(names).cast(as_text).to_batches())


def _missing(session: "psycopg.Connection[Any]") -> list[tuple[Table, list[str]]]:
    """The tables that outlive a publication, and the columns they lack since an older version."""
    found = set(
        session.execute(
            "SELECT n.nspname, c.relname, a.attname FROM pg_attribute a"
            " JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname IN ('quality', 'governance') AND a.attnum > 0 AND NOT a.attisdropped"
        )
    )
    lacking = (
        (t, [c for c in columns_of(t) if (t.schema, t.name, c) not in found]) for t in KEPT.values()
    )
    return [(table, columns) for table, columns in lacking if columns]


def _make_schemas(session: "psycopg.Connection[Any]", names: Iterable[str]) -> None:
    for name in sorted(names):
        _run(session, f"CREATE SCHEMA IF NOT EXISTS {quoted(name)} AUTHORIZATION {OWNER}")


def _run(session: "psycopg.Connection[Any]", *statements: str) -> None:
    for statement in statements:
        session.execute(statement.encode())


def _login(url: URL) -> dict[str, Any]:
    said: dict[str, Any] = {
        "host": url.host, "port": url.port, "user": url.username, "password": url.password,
        "dbname": url.database, "connect_timeout": 10, **url.query,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def _load(session: "psycopg.Connection[Any]", table: Table, path: str, prepared: set[str]) -> int:
    """Make one table of the next `core` and fill it, in no order: views would show rows in that of clear keys.

    For the same reason no index stays that holds more than one column: whoever filters by one that is shown
    (a channel) would be given the rows in the order of one that is hidden.
    """
    name, columns = full_name(table, NEXT), columns_of(table, prepared)
    _run(session, create(name, columns))
    with (
        scratch.folder() as spill,
        duckdb.connect(
            ":memory:", config={"memory_limit": "2GB", "temp_directory": str(spill)}
        ) as reader,
    ):
        reader.execute("SET TimeZone = 'UTC'")
        # PostgreSQL has no text with a NUL in it: the replacement character stands for one.
        as_text = ", ".join(
            f"replace(CAST({quoted(c)} AS TEXT), chr(0), '\ufffd')" for c in columns
        )
        rows_held = rows_of(reader, table, path, prepared)
        found = reader.sql(f"SELECT {as_text} FROM ({rows_held}) ORDER BY random()")
        rows = _copy(session, name, found.to_arrow_reader(COPIED_ROWS))
    key = ", ".join(map(quoted, key_of(table)))
    _run(session, f"ALTER TABLE {name} ADD PRIMARY KEY ({key})")
    if len(key_of(table)) > 1:
        _run(session, f"ALTER TABLE {name} DROP CONSTRAINT {quoted(table.name + '_pkey')}")
    looked_up = [
        c for c in columns if c.partition("__")[0] == "customer_id" and key_of(table) != [c]
    ]
    _run(session, *(f"CREATE INDEX ON {name} ({quoted(c)})" for c in looked_up))
    _run(session, *comments(table, name), f"ANALYZE {name}")
    return rows


def _copy(session: "psycopg.Connection[Any]", into: str, batches: Iterable[pa.RecordBatch]) -> int:
    """Send rows of texts into a table, whose columns they have in their order; how many."""
    rows = 0
    options = csv.WriteOptions(include_header=False, quoting_style="all_valid")
    with session.cursor().copy(f"COPY {into} FROM STDIN (FORMAT csv)".encode()) as to:
        for batch in batches:
            written = pa.BufferOutputStream()
            csv.write_csv(batch, written, options)
            to.write(written.getvalue().to_pybytes())
            rows += batch.num_rows
    return rows


def _tables(session: "psycopg.Connection[Any]", tier: str) -> dict[str, list[str]]:
    """The tables and views that the tier may read, by schema."""
    found: dict[str, list[str]] = {}
    for schema, name in session.execute(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'v') AND has_table_privilege(c.oid, 'SELECT')",
        (list(schemas_of(tier)),),
    ).fetchall():
        found.setdefault(schema, []).append(name)
    return found


def _arrow(cursor: "psycopg.Cursor[Any]") -> pa.Table:
    names = [column.name for column in cursor.description or ()]
    rows = cursor.fetchall()
    return pa.Table.from_arrays(
        [_array([row[i] for row in rows]) for i in range(len(names))], names
    )


def _array(values: list[Any]) -> Any:
    try:
        return pa.array(values)
    except pa.ArrowException:
        return pa.array([None if v is None else str(v) for v in values])
