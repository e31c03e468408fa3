"""Which file of a DuckDB warehouse holds which table, in this layout and in the one before.

In the one before, `warehouse.duckdb` held the tiers' schemas and the access log too, and a vault that was once
given as the warehouse holds tables of quality and governance that are not its own. A table is read from its
home; rows that only another file knows are added to it. The next run leaves each in its home alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
from sqlalchemy import Table

from masking.tiers import TIERS
from pipelines.core.sql import quoted
from warehouse.ddl import KEPT, columns_of, key_of
from warehouse.tables import governance
from warehouse.views import ANALYSTS_ID, STEWARD

VAULT, WAREHOUSE = "vault", "warehouse"
TIER_FILES = tuple(tier for tier in TIERS if tier != STEWARD)
"""Each tier's file has the tier's name, and its tables stand in schema `main`."""
FILES = (VAULT, *TIER_FILES, WAREHOUSE)

Name = tuple[str, str]
"""Schema and table."""


@dataclass(frozen=True)
class Place:
    """A table in one attached file."""

    file: str
    schema: str
    name: str
    columns: tuple[str, ...]

    @property
    def sql(self) -> str:
        """Its full name."""
        return f"{attached(self.file)}.{quoted(self.schema)}.{quoted(self.name)}"


def attached(file: str) -> str:
    """What a file is attached as: no schema has such a name, so none is taken for another."""
    return quoted(f"file_{file}")


def home(table: Table) -> str:
    """The file of a table that outlives a publication: clear keys stand in the vault."""
    return VAULT if table.info["is_clear"] else WAREHOUSE


def places(session: duckdb.DuckDBPyConnection) -> dict[Name, list[Place]]:
    """Where every table of the attached files stands, under the name by which it is asked."""
    found: dict[Name, list[Place]] = {}
    for database, schema, name, columns in session.execute(
        "SELECT database_name, schema_name, table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()"
        " WHERE database_name LIKE 'file\\_%' ESCAPE '\\' AND NOT internal GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        file = str(database).removeprefix("file_")
        asked = (file if schema == "main" else schema, name)
        found.setdefault(asked, []).append(Place(file, schema, name, tuple(columns)))
    return found


def seen_by(tier: str, found: Mapping[Name, Sequence[Place]]) -> dict[Name, str]:
    """SQL of every table that a tier may ask, but for the access log, by name."""
    if tier != STEWARD:
        return {n: f"SELECT * FROM {_first(n, p).sql}" for n, p in found.items() if n[0] == tier}
    core = {n: f"SELECT * FROM {_first(n, p).sql}" for n, p in found.items() if n[0] == "core"}
    kept = (t for t in KEPT.values() if t is not governance.access_log)
    return core | {(str(t.schema), t.name): rows_of(t, found) for t in kept}


def is_no_warehouse(found: Mapping[Name, Sequence[Place]]) -> bool:
    """Whether the file given as the warehouse has tables of the vault, of a tier, or of somebody else."""
    return any(
        p.file == WAREHOUSE and p.schema in ("core", "main") for w in found.values() for p in w
    )


def strays(found: Mapping[Name, Sequence[Place]]) -> list[Place]:
    """Tables of quality and governance that do not stand in their home."""
    return [
        place
        for table in KEPT.values()
        for place in found.get((str(table.schema), table.name), ())
        if place.file != home(table)
    ]


def rows_before(table: Table, found: Mapping[Name, Sequence[Place]]) -> str:
    """The rows a table has before the next ones."""
    return accesses_before(found) if table is governance.access_log else rows_of(table, found)


def rows_of(table: Table, found: Mapping[Name, Sequence[Place]]) -> str:
    """The rows of a table that outlives a publication, with every column that is declared."""
    where = _ordered(found.get((str(table.schema), table.name), ()), home(table))
    if not where:
        return f"{_columns(table, ())} WHERE false"
    by = ", ".join(quoted(c) for c in key_of(table))
    each = [f"{_columns(table, place.columns)} FROM {place.sql}" for place in where]
    beside = [
        f" UNION ALL {o} WHERE ({by}) NOT IN (SELECT {by} FROM ({each[0]}))" for o in each[1:]
    ]
    return each[0] + "".join(beside)


def accesses_before(found: Mapping[Name, Sequence[Place]]) -> str:
    """The access log as the layout before kept it: in the warehouse, and in a vault taken for one."""
    table = governance.access_log
    where = found.get((str(table.schema), table.name), ())
    each = [f"{_columns(table, p.columns)} FROM {p.sql}" for p in where]
    together = " UNION ".join(each) or f"{_columns(table, ())} WHERE false"
    rest = ", ".join(quoted(c) for c in columns_of(table) if c != "access_id")
    return f"SELECT row_number() OVER (ORDER BY accessed_at, access_id) AS access_id, {rest} FROM ({together})"


def tokens(found: Mapping[Name, Sequence[Place]]) -> str:
    """SQL of every customer's id and the token by which analysts know it."""
    each = [
        f'SELECT "customer_id" AS customer, {quoted(ANALYSTS_ID)} AS token FROM {_first(("core", name), where).sql}'
        for name in ("customer", "customer_successor")
        for where in (found.get(("core", name), ()),)
        if where and ANALYSTS_ID in _first(("core", name), where).columns
    ]
    return " UNION ".join(each) or "SELECT NULL AS customer, NULL AS token WHERE false"


def _first(name: Name, where: Sequence[Place]) -> Place:
    return _ordered(where, VAULT if name[0] == "core" else name[0])[0]


def _ordered(where: Sequence[Place], first: str) -> list[Place]:
    return sorted(where, key=lambda place: place.file != first)


def _columns(table: Table, there: Sequence[str]) -> str:
    """SELECT of every declared column, null where a file of an older version lacks it."""
    shown = (
        f"CAST({quoted(c) if c in there else 'NULL'} AS {type_}) AS {quoted(c)}"
        for c, type_ in columns_of(table).items()
    )
    return f"SELECT {', '.join(shown)}"
