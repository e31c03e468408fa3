"""DuckDB: a folder of files. `vault.duckdb` has the clear values, each tier's file that tier's rows alone.

`warehouse.duckdb` has quality and governance, and is what the URL names. See `layout.py` for what stands where.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlalchemy import Table

from masking.tiers import Tier
from pipelines.core import scratch
from pipelines.core.sql import quoted
from warehouse import layout
from warehouse.access_log import append, logged_accesses
from warehouse.ddl import KEPT, columns_of, comments, key_of
from warehouse.duckdb_failure import not_there
from warehouse.duckdb_files import Folder, Next, attach_standing, next_files, session
from warehouse.duckdb_limits import answered
from warehouse.guard import question
from warehouse.layout import TIER_FILES, VAULT, WAREHOUSE, Name, Place
from warehouse.parquet import rows_of
from warehouse.store import Access, Change, Value
from warehouse.tables import CORE
from warehouse.views import STATISTICS, STEWARD, View, asked, of_quality, prepared_columns, views

Found = Mapping[Name, Sequence[Place]]


class DuckDBStore:
    """The warehouse of one machine."""

    def __init__(self, path: str, seconds: float) -> None:
        self._folder = Folder(Path(path))
        self._seconds = seconds

    def publish(
        self, day: date, tables: Mapping[str, str], tiers: Mapping[str, Tier]
    ) -> dict[str, int]:
        with self._next(VAULT, WAREHOUSE) as (coming, before):
            for file in layout.FILES:
                coming.make(file)
            rows = _core(coming.session, tables, tiers)
            _keep(coming, before, ())
            for view in views(tiers, day):
                rows[f"{view.tier}.{view.name}"] = _made(coming.session, view)
            coming.move()
        return rows

    def replace(self, changes: Iterable[Change]) -> None:
        said = list(changes)
        with self._next(VAULT, WAREHOUSE, STATISTICS) as (coming, before):
            strays = layout.strays(before)
            if strays or any(layout.home(c.table) == VAULT for c in said):
                coming.make(VAULT, copied=self._folder.has(VAULT))
                for place in (p for p in strays if p.file == VAULT):
                    name = f"{quoted(place.schema)}.{quoted(place.name)}"
                    coming.session.execute(f"DROP TABLE next_{VAULT}.{name}")
            coming.make(WAREHOUSE)
            _keep(coming, before, said)
            shown = of_quality()
            for tier in TIER_FILES:
                self._refresh(coming, tier, before, [v for v in shown if v.tier == tier])
            coming.move()

    def _refresh(self, coming: Next, tier: str, before: Found, shown: Sequence[View]) -> None:
        """The tier's next file, if these views of it change, or it had none of its own yet."""
        if tier == STATISTICS or not self._folder.has(tier):
            _carry(coming, tier, before, [view.name for view in shown])
        elif shown:
            coming.make(tier, copied=True)
        for view in shown:
            _made(coming.session, view)

    def read(self, sql: str, tier: str, params: Mapping[str, Value] | None = None) -> pa.Table:
        with self._reading(tier, sql) as made:
            text = question(sql, asked(tier, _tables(made))).sql("duckdb")
            return answered(made, text, params, self._seconds)

    def note_access(self, access: Access) -> None:
        asked(access.tier, {})
        if self._folder.is_there:
            append(self._folder.log, access)

    @contextmanager
    def _next(self, *files: str) -> Iterator[tuple[Next, Found]]:
        """The next files, and where everything stands in those before that they are made from."""
        with next_files(self._folder) as coming:
            attach_standing(coming.session, self._folder, files)
            yield coming, self._standing(coming.session)

    @contextmanager
    def _reading(self, tier: str, sql: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
        """A session that can read what the tier's files hold, and do nothing else."""
        with scratch.folder() as spill, session(spill) as made:
            mine = (VAULT, WAREHOUSE) if tier == STEWARD else (tier,)
            # Before the tiers had files of their own, their tables stood in the warehouse.
            files = mine if self._folder.has(mine[-1]) else (*mine, WAREHOUSE)
            attach_standing(made, self._folder, files)
            found = self._standing(made)
            if not found:
                raise not_there(self._folder.path(files[-1]))
            _name(made, layout.seen_by(tier, found))
            if tier == STEWARD:
                log = self._folder.log if "access_log" in sql.lower() else None
                logged_accesses(made, layout.accesses_before(found), layout.tokens(found), log)
            made.execute(
                "SET TimeZone = 'UTC'; SET enable_external_access = false; SET lock_configuration = true"
            )
            yield made

    def _standing(self, made: duckdb.DuckDBPyConnection) -> Found:
        found = layout.places(made)
        if layout.is_no_warehouse(found):
            raise self._folder.not_it()
        return found


def _core(
    made: duckdb.DuckDBPyConnection, tables: Mapping[str, str], tiers: Mapping[str, Tier]
) -> dict[str, int]:
    """Make the vault's `core`, each table in the order of its key; how many rows each has."""
    rows = {}
    made.execute(f"CREATE SCHEMA next_{VAULT}.core")
    for name, table in CORE.items():
        prepared = prepared_columns(table, tiers)
        path = tables.get(name, "")
        rows[f"core.{name}"] = _create(
            made, f"next_{VAULT}.core.{quoted(name)}", rows_of(made, table, path, prepared), table
        )
    _name(made, {("core", n): f"SELECT * FROM next_{VAULT}.core.{quoted(n)}" for n in CORE})
    return rows


def _keep(coming: Next, before: Found, changes: Sequence[Change]) -> None:
    """Make the tables that outlive a publication: what they held, changed."""
    for table in KEPT.values():
        home, name = layout.home(table), (str(table.schema), table.name)
        if home not in coming.made:
            _name(coming.session, {name: layout.rows_of(table, before)})
            continue
        full = f"next_{home}.{quoted(name[0])}.{quoted(name[1])}"
        coming.session.execute(f"CREATE SCHEMA IF NOT EXISTS next_{home}.{quoted(name[0])}")
        sql, params = _changed(
            coming.session, table, before, [c for c in changes if c.table is table]
        )
        order = ", ".join(map(quoted, key_of(table)))
        _create(coming.session, full, f"{sql} ORDER BY {order}", table, params)
        _name(coming.session, {name: f"SELECT * FROM {full}"})


def _changed(
    made: duckdb.DuckDBPyConnection, table: Table, before: Found, changes: Sequence[Change]
) -> tuple[str, dict[str, Value]]:
    """SQL of a table's next rows, and what is bound in it."""
    sql, params = layout.rows_before(table, before), dict[str, Value]()
    for n, change in enumerate(changes):
        made.register(f"coming_{table.name}_{n}", change.rows)
        there = set(change.rows.column_names)
        rows = ", ".join(
            f"CAST({quoted(c) if c in there else 'NULL'} AS {type_}) AS {quoted(c)}"
            for c, type_ in columns_of(table).items()
        )
        said = " AND ".join(f"{quoted(c)} IS NOT DISTINCT FROM ${c}_{n}" for c in change.where)
        params |= {f"{c}_{n}": value for c, value in change.where.items()}
        sql = (
            f"SELECT * FROM ({sql}) WHERE NOT ({said or 'true'})"
            f" UNION ALL SELECT {rows} FROM coming_{table.name}_{n}"
        )
    return f"SELECT * FROM ({sql})", params


def _carry(coming: Next, tier: str, before: Found, without: Sequence[str]) -> None:
    """The tier's next file, with the tables that stand but for these."""
    standing = {n[1]: p[0] for n, p in before.items() if n[0] == tier and n[1] not in without}
    if standing or without:
        coming.make(tier)
    for name, place in standing.items():
        rows = f"SELECT * FROM {place.sql} ORDER BY ALL"
        _create(coming.session, f"next_{tier}.main.{quoted(name)}", rows)


def _made(made: duckdb.DuckDBPyConnection, view: View) -> int:
    """A tier's table. In the order of what is shown: the order of the clear rows would tell of them."""
    name = f"next_{view.tier}.main.{quoted(view.name)}"
    if view.told is not None:
        made.register("told", view.told)
    return _create(made, name, f"SELECT * FROM ({view.sql}) ORDER BY ALL", view.table)


def _create(
    made: duckdb.DuckDBPyConnection,
    name: str,
    sql: str,
    table: Table | None = None,
    params: Mapping[str, Value] | None = None,
) -> int:
    """Make a table of these rows, with what it means; how many there are."""
    made.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}", dict(params) if params else None)
    if table is not None:
        made.execute(f"BEGIN; {'; '.join(comments(table, name))}; COMMIT")
    ((rows,),) = made.execute(f"SELECT count(*) FROM {name}").fetchall()
    return int(rows)


def _name(made: duckdb.DuckDBPyConnection, tables: Mapping[Name, str]) -> None:
    """Have these tables answer to their names, whichever file they stand in."""
    for (schema, name), sql in tables.items():
        made.execute(f"CREATE SCHEMA IF NOT EXISTS memory.{quoted(schema)}")
        made.execute(f"CREATE OR REPLACE VIEW memory.{quoted(schema)}.{quoted(name)} AS {sql}")


def _tables(made: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The tables that answer to a name, by schema."""
    found: dict[str, list[str]] = {}
    for schema, name in made.execute(
        "SELECT table_schema, table_name FROM information_schema.tables"
        " WHERE table_catalog = 'memory' ORDER BY ALL"
    ).fetchall():
        found.setdefault(schema, []).append(name)
    return found
