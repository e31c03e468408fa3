"""All checks of a record in one SELECT: a verdict a check and row, from which everything else follows."""

from collections.abc import Sequence
from datetime import date

from expectations.model import Check, Level
from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine

KEY = "source_id"
BECAUSE = "set_aside_because"
"""Of a row set aside, the checks that did it. No record has a column of this name; `judgement` has a reason."""
FIRST = "is_first_of_key"
"""A column the checks may ask for beside the record's own: of rows with one key, the one last changed."""


def flag(position: int) -> str:
    """The column of the verdict of the check at that position."""
    return f"holds_{position}"


def verdict(check: Check, as_of: date) -> str:
    """The check's predicate, asked as of a day."""
    return check.holds.replace("{as_of}", f"DATE '{as_of.isoformat()}'")


def verdicts(checks: Sequence[Check], as_of: date) -> str:
    """The verdicts of all checks, as the columns of a SELECT over `rows`."""
    return ", ".join(
        f"CAST({verdict(c, as_of)} AS BOOLEAN) AS {flag(i)}" for i, c in enumerate(checks)
    )


def ranked(rows: Relation, as_of: date) -> str:
    """SELECT of the rows with `FIRST`. A change of a day to come goes after every other.

    Only keys that stand more than once are put in order, and by all columns: which row is first does not
    depend on the rows' order.
    """
    others = sorted(set(rows.columns) - {"channel", KEY}, key=lambda c: (c != "updated_on", c))
    ahead = [f"coalesce(updated_on > DATE '{as_of.isoformat()}', FALSE)"]
    order = ", ".join(
        [*(ahead if "updated_on" in others else []), *(f"{c} DESC NULLS LAST" for c in others)]
    )
    same = f"twice.channel = rows.channel AND twice.{KEY} = rows.{KEY}"
    return (
        f"WITH twice AS (SELECT channel, {KEY} FROM rows GROUP BY channel, {KEY} HAVING count(*) > 1) "
        f"SELECT *, TRUE AS {FIRST} FROM rows WHERE NOT EXISTS (SELECT 1 FROM twice WHERE {same}) "
        f"UNION ALL SELECT *, row_number() OVER (PARTITION BY channel, {KEY} ORDER BY {order}) = 1 AS {FIRST} "
        f"FROM rows WHERE EXISTS (SELECT 1 FROM twice WHERE {same})"
    )


def flags(
    engine: Engine, rows: Relation, checks: Sequence[Check], as_of: date, *keys: str
) -> Relation:
    """A row for each row: its keys, and true, false or null for each check. Computed once, and held."""
    named = ", ".join(keys or (KEY,))
    asked = engine.sql(ranked(rows, as_of), rows=rows)
    return engine.keep(
        engine.sql(f"SELECT {named}, {verdicts(checks, as_of)} FROM asked", asked=asked)
    )


def violations(
    engine: Engine, flagged: Relation, checks: Sequence[Check], failing: Sequence[Check], *also: str
) -> Relation:
    """`violation(record, source_id, check_name)`, and `also`: a row for each verdict that is false."""
    keys = ", ".join((KEY, *also))
    parts = [
        f"SELECT '{c.record}' AS record, {keys}, '{c.name}' AS check_name FROM flagged "
        f"WHERE NOT {flag(checks.index(c))}"
        for c in failing
    ]
    none = f"SELECT '' AS record, {keys}, '' AS check_name FROM flagged WHERE FALSE"
    return engine.sql(" UNION ALL ".join(parts or [none]), flagged=flagged)


def passed(
    engine: Engine, rows: Relation, checks: Sequence[Check], as_of: date
) -> tuple[Relation, Relation]:
    """The rows that no check of level `stop` sets aside, and those set aside with the checks' names."""
    stops = [c for c in checks if c.level is Level.STOP]
    columns = ", ".join(rows.columns)
    failed = ", ".join(f"CASE WHEN NOT {flag(i)} THEN '{c.name}' END" for i, c in enumerate(stops))
    because = f"concat_ws(', ', {failed})" if stops else "''"
    asked = engine.sql(ranked(rows, as_of), rows=rows)
    marked = f"SELECT *, {verdicts(stops, as_of)} FROM asked" if stops else "SELECT * FROM asked"
    judged = f"SELECT {columns}, {because} AS {BECAUSE} FROM ({marked}) AS marked"
    kept = f"SELECT {columns} FROM ({judged}) AS judged WHERE {BECAUSE} = ''"
    aside = f"SELECT {columns}, {BECAUSE} FROM ({judged}) AS judged WHERE {BECAUSE} <> ''"
    return engine.sql(kept, asked=asked), engine.sql(aside, asked=asked)
