"""The attacks, as kinds × targets: what somebody with a tier's login, or with none, would try on PostgreSQL.

`REFUSED` must fail for want of a privilege (or because the thing is not installed). `SILENT` may answer, but
neither the answer nor an error or a notice may hold what the tier does not see: a planted value, a planted count.
The same statements go through the guard of `mingce query` on DuckDB.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.attacks.catalogue import COUNTS, TEXTS, WITH_OIDS, WRITTEN
from tests.attacks.making import BECOMING, FILES, LARGE_OBJECTS, LOCKS, MAKING, SERVER, SETTINGS

TIERS = ("service", "analyst", "partner", "statistics")
BARE = "none"
"""A login without any tier."""

HIDDEN = (
    "core.customer", "core.individual", "core.consent", "core.pair", "core.judgement", "core.customer_value",
    "quality.violation", "quality.check_result", "quality.grain", "governance.access_log", "mingce.publishing",
    "service.customer", "analyst.customer", "partner.customer", "statistics.customer_count",
)  # fmt: skip
READING = (
    "SELECT * FROM {t}",
    "SELECT count(*) FROM {t}",
    "TABLE {t}",
    "SELECT 1 WHERE EXISTS (SELECT FROM {t})",
    "WITH x AS (SELECT * FROM {t}) SELECT * FROM x",
    "SELECT (SELECT count(*) FROM {t})",
    "SELECT row_to_json(t) FROM {t} AS t",
    "SELECT query_to_xml('SELECT * FROM {t}', true, true, '')",
    "SELECT table_to_xml('{t}', true, true, '')",
    "SELECT * FROM {t} TABLESAMPLE SYSTEM (100)",
    "SELECT * FROM {t} FOR SHARE",
    "COPY {t} TO STDOUT",
    "COPY (SELECT * FROM {t}) TO STDOUT",
    "EXPLAIN SELECT * FROM {t}",
    "EXPLAIN (FORMAT JSON) SELECT * FROM {t}",
    "EXPLAIN (ANALYZE, VERBOSE, BUFFERS) SELECT * FROM {t}",
    "BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT * FROM {t}; COMMIT; FETCH ALL c",
    "PREPARE p AS SELECT * FROM {t}; EXECUTE p",
)
CHANGING = (
    "INSERT INTO {t} DEFAULT VALUES",
    "DELETE FROM {t}",
    "TRUNCATE {t}",
    "DROP TABLE {t} CASCADE",
    "ALTER TABLE {t} ADD COLUMN x int",
    "ALTER TABLE {t} OWNER TO CURRENT_USER",
    "CREATE INDEX ON {t} ((1))",
    "CREATE RULE r AS ON SELECT TO {t} DO INSTEAD SELECT 1",
    "CREATE TRIGGER g BEFORE INSERT ON {t} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "ALTER TABLE {t} ENABLE ROW LEVEL SECURITY",
    "COMMENT ON TABLE {t} IS 'x'",
)
OWN_CHANGING = (
    "INSERT INTO {t} SELECT * FROM {t}",
    "DELETE FROM {t}",
    "TRUNCATE {t}",
    "DROP SCHEMA {s} CASCADE",
    "CREATE TABLE {s}.x (y int)",
    "CREATE VIEW {s}.x AS SELECT 1",
    "CREATE FUNCTION {s}.x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER SCHEMA {s} RENAME TO other",
    "SELECT * FROM {t} FOR UPDATE",
    "BEGIN; LOCK TABLE {t} IN ACCESS EXCLUSIVE MODE",
    "BEGIN; LOCK TABLE {t} IN EXCLUSIVE MODE",
    "BEGIN; LOCK TABLE {t} IN SHARE MODE",
    "BEGIN; LOCK TABLE {t} IN ROW EXCLUSIVE MODE",
)
CASTS = ("integer", "date", "jsonb", "inet", "xml", "uuid", "timestamp", "boolean", "numeric")
"""Types whose error message quotes what could not be read."""
PLANS = tuple(
    f"EXPLAIN ({options}FORMAT {form}) {{q}}"
    for form in ("TEXT", "XML", "JSON", "YAML")
    for options in ("", "VERBOSE, ", "ANALYZE, VERBOSE, ", "ANALYZE, BUFFERS, TIMING OFF, ")
)
PLANNED = (
    "SELECT * FROM {t}",
    "SELECT * FROM {t} WHERE {c} IS NULL",
    "SELECT * FROM {t} WHERE {c} >= ''",
    "SELECT count(*) FROM {t} GROUP BY {c}",
)

REFUSED, SILENT = "refused", "silent"


@dataclass(frozen=True)
class Attack:
    """One statement, and what must come of it."""

    kind: str
    sql: str
    must: str


def attacks(tier: str, columns: Sequence[str]) -> list[Attack]:
    """Everything that is tried with the login of `tier`, whose first table has these text columns."""
    return [Attack(kind, sql, must) for kind, must, sqls in _kinds(tier, columns) for sql in sqls]


def _kinds(tier: str, columns: Sequence[str]) -> Iterator[tuple[str, str, Iterator[str]]]:
    others = [t for t in HIDDEN if not t.startswith(f"{tier}.")]
    yield "another's table, read", REFUSED, (s.format(t=t) for t in others for s in READING)
    yield "another's table, changed", REFUSED, (s.format(t=t) for t in others for s in CHANGING)
    yield "another's role", REFUSED, iter(BECOMING)
    yield "something made", REFUSED, iter(MAKING)
    yield "files and programs", REFUSED, iter(FILES)
    yield "large objects", REFUSED, iter(LARGE_OBJECTS)
    yield "locks", REFUSED, iter(LOCKS)
    yield "settings", REFUSED, iter(SETTINGS)
    yield "the server", REFUSED, iter(SERVER)
    yield "counts by function", REFUSED, _of_relations(WITH_OIDS)
    yield "counts of what was written", REFUSED, iter(WRITTEN)
    yield "counts in the catalogue", SILENT, iter(COUNTS)
    yield "texts in the catalogue", SILENT, iter(TEXTS)
    yield "another's line in the log", REFUSED, (
        f"SELECT {other}.note_access('x', 1)" for other in ("governance", *TIERS) if other != tier
    )  # fmt: skip
    if tier != BARE:
        own = f"{tier}.{own_table(tier)}"
        yield "one's own, changed", REFUSED, (s.format(t=own, s=tier) for s in OWN_CHANGING)
        yield "error messages", SILENT, _casts(own, columns)
        yield "plans", SILENT, _plans(own, columns)


def own_table(tier: str) -> str:
    """The table of a tier that is tried hardest."""
    return "customer_count" if tier == "statistics" else "customer"


def _of_relations(functions: Sequence[str]) -> Iterator[str]:
    """Each function over tables one may not read; their oids are in the catalogue for all to see."""
    for schema, table in (("core", "customer"), ("core", "pair"), ("quality", "violation")):
        found = (
            "(SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            f" WHERE n.nspname = '{schema}' AND c.relname = '{table}')"
        )
        yield from (f"SELECT {f.format(oid=found)}" for f in functions)


def _casts(table: str, columns: Sequence[str]) -> Iterator[str]:
    for column in columns:
        yield from (f"SELECT CAST({column} AS {type_}) FROM {table}" for type_ in CASTS)
        yield f"SELECT 1 / (length({column}) - length({column})) FROM {table}"
        yield f"SELECT repeat({column}, 1000000000) FROM {table}"
        yield f"SELECT regexp_match('x', {column} || '(') FROM {table}"


def _plans(table: str, columns: Sequence[str]) -> Iterator[str]:
    for query in PLANNED:
        yield from (plan.format(q=query.format(t=table, c=columns[0])) for plan in PLANS)
