"""What the tiers see in PostgreSQL: a live view where every row is seen, a table where some are hidden.

A view that hides rows would tell of them: EXPLAIN ANALYZE counts what each step of the plan threw away.
"""

from collections.abc import Sequence
from typing import Any

import psycopg

from masking.rules import render
from masking.tiers import TIERS
from pipelines.core.sql import literal, quoted
from warehouse.ddl import comments
from warehouse.views import STEWARD, View

Session = psycopg.Connection[Any]

TABLE, VIEW = "r", "v"
SEEN = [t for t in TIERS if t != STEWARD]
"""The schemas of the tiers."""

FOUND = (
    "SELECT n.nspname, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'v')"
)


def is_there(session: Session, schema: str) -> bool:
    """Whether a schema exists."""
    found = session.execute("SELECT to_regnamespace(%s) IS NOT NULL", (schema,)).fetchone()
    return bool(found and found[0])


def replaced(session: Session) -> list[str]:
    """What a publication replaces: the views of the tiers, and the tables of `core`."""
    found = session.execute(FOUND, ([*SEEN, "core"],)).fetchall()
    return [
        f"{quoted(schema)}.{quoted(name)}"
        for schema, name, kind in sorted(found)
        if kind == VIEW or schema == "core"
    ]


def outgrown(session: Session, wanted: Sequence[View]) -> list[str]:
    """The tiers' tables that have to be made anew, because their columns are others now, or they were views."""
    there = {(schema, name) for schema, name, _ in session.execute(FOUND, (SEEN,)).fetchall()}
    return [
        _name(view)
        for view in wanted
        if view.hides_rows and (view.tier, view.name) in there and not _fits(session, view)
    ]


def fill(session: Session, view: View) -> int:
    """Fill a tier's table, in the order of what is shown: the order of the clear rows would tell of them."""
    name, text = _name(view), _text(view)
    if not _fits(session, view):
        _drop(session, view.tier, view.name)
        _run(session, f"CREATE TABLE {name} AS {text} WITH NO DATA")
        if view.table is not None:
            _run(session, *comments(view.table, name))
    width = len(_columns(session, f"SELECT * FROM {name}"))
    order = ", ".join(str(i + 1) for i in range(width))
    _run(session, f"DELETE FROM {name}")
    into = f"INSERT INTO {name} SELECT * FROM ({text}) AS t ORDER BY {order}"
    return session.execute(into.encode()).rowcount


def repoint(session: Session, view: View) -> None:
    """Point a view at the new `core`; where its columns changed, others' views on it go with it."""
    name, text = _name(view), _text(view)
    made = f"VIEW {name} WITH (security_barrier = true) AS {text}"
    try:
        with session.transaction():
            _run(session, f"CREATE OR REPLACE {made}")
    except (psycopg.errors.InvalidTableDefinition, psycopg.errors.WrongObjectType):
        _drop(session, view.tier, view.name)
        _run(session, f"CREATE {made}")
    if view.table is not None:
        _run(session, *comments(view.table, name, view=True))


def drop_others(session: Session, wanted: Sequence[View]) -> None:
    """Drop what a tier saw and sees no longer."""
    kept = {(v.tier, v.name) for v in wanted}
    for tier, name, _ in session.execute(FOUND, (SEEN,)).fetchall():
        if (tier, name) not in kept:
            _drop(session, tier, name)


def _fits(session: Session, view: View) -> bool:
    """Whether the tier has a table of that name with these columns."""
    kinds = {(s, n): kind for s, n, kind in session.execute(FOUND, ([view.tier],)).fetchall()}
    if kinds.get((view.tier, view.name)) != TABLE:
        return False
    coming = _columns(session, _text(view))
    return coming == _columns(session, f"SELECT * FROM {_name(view)}")


def _columns(session: Session, text: str) -> list[tuple[str, int]]:
    """Name and type of a query's columns."""
    cursor = session.execute(f"SELECT * FROM ({text}) AS t LIMIT 0".encode())
    return [(column.name, column.type_code) for column in cursor.description or ()]


def _drop(session: Session, tier: str, name: str) -> None:
    for schema, found, kind in session.execute(FOUND, ([tier],)).fetchall():
        if (schema, found) == (tier, name):
            what = "VIEW" if kind == VIEW else "TABLE"
            _run(session, f"DROP {what} {quoted(tier)}.{quoted(name)} CASCADE")


def _text(view: View) -> str:
    """The view's SELECT, with the rows it is told."""
    text = render(view.sql, "postgres")
    if view.told is None:
        return text
    names = ", ".join(map(quoted, view.told.column_names))
    rows = (f"({', '.join(map(literal, row.values()))})" for row in view.told.to_pylist())
    return f"WITH told ({names}) AS (VALUES {', '.join(rows)}) {text}"


def _name(view: View) -> str:
    return f"{quoted(view.tier)}.{quoted(view.name)}"


def _run(session: Session, *statements: str) -> None:
    for statement in statements:
        session.execute(statement.encode())
