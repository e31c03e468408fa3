"""Render: a rule's SQL, written once in DuckDB's dialect, in the dialect of the engine that runs it."""

import sqlglot
from sqlglot import exp


def render(sql: str, dialect: str) -> str:
    """The expression in `dialect` (a name sqlglot knows: duckdb, spark, postgres)."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    if dialect == "postgres":
        tree = tree.transform(_for_postgres)
    return tree.sql(dialect=dialect)


def _for_postgres(node: exp.Expression) -> exp.Expression:
    """What sqlglot leaves as it is: PostgreSQL extracts a pattern with substring, null if not found."""
    if isinstance(node, exp.RegexpExtract):
        found = exp.Anonymous(this="substring", expressions=[node.this, node.expression])
        return exp.Coalesce(this=found, expressions=[exp.Literal.string("")])
    return node
