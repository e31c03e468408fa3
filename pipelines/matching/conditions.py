"""Conditions on two rows: SQL in DuckDB's dialect over `x_l` and `x_r`, as matching.yaml writes them."""

from typing import Any

import sqlglot
from sqlglot import exp


def sided(condition: str) -> str:
    """The condition over `l.x` and `r.x`."""
    tree = sqlglot.parse_one(f"({condition})", read="duckdb")
    for column in list(tree.find_all(exp.Column)):
        if column.name.endswith(("_l", "_r")):
            column.replace(exp.column(column.name[:-2], table=column.name[-1]))
    return tree.sql(dialect="duckdb")


def rendered(condition: str, dialect: Any) -> str:
    """The condition as Splink's engine writes it; `jaro_winkler` is called what it is called there."""
    tree = sqlglot.parse_one(f"({condition})", read="duckdb")
    for call in tree.find_all(exp.Anonymous):
        if call.name.lower() == "jaro_winkler":
            call.set("this", dialect.jaro_winkler_function_name)
    return tree.sql(dialect=dialect.sqlglot_dialect)
