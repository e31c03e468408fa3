"""What a step may ask of an engine. No step knows which engine it runs on."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Protocol

import pyarrow as pa
import sqlglot
from sqlglot import exp

from pipelines.core.batch import Relation

Value = str | int | float | bool | bytes | None
MapBatches = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


class Engine(Protocol):
    """Where relations live: DuckDB (the default, embedded) or Spark (existing clusters)."""

    name: str

    def read(self, paths: Sequence[str]) -> Relation:
        """The rows of these Parquet files, which have one schema."""

    def arrow(self, rows: pa.Table | pa.RecordBatchReader) -> Relation:
        """Rows held here, in this process, as a relation. A reader is consumed once, at once."""

    def sql(
        self, query: str, params: Mapping[str, Value] | None = None, **relations: Relation
    ) -> Relation:
        """The rows of one SELECT in DuckDB's dialect over `relations`, by their keyword.

        `params` are bound as `$name`, never pasted in; with them the rows are computed at once.
        """

    def keep(self, rows: Relation) -> Relation:
        """The same rows, computed now and held, for a relation that is used more than once."""

    def map(self, rows: Relation, function: MapBatches, schema: pa.Schema) -> Relation:
        """`rows` turned by a Python function of Arrow batches: for free text only."""

    def write(self, rows: Relation, path: str, order_by: Sequence[str] = ()) -> int:
        """Write Parquet at `path` (a file, or a folder of files); how many rows there are."""

    def fetch(self, rows: Relation) -> pa.Table:
        """The rows, in this process: for small answers."""

    def is_gone(self, error: Exception) -> bool:
        """Whether an error says that a file is no longer there which a relation was to be read from."""

    def linker_api(self) -> Any:
        """Splink's database API on this engine's session."""

    def scope(self) -> AbstractContextManager[None]:
        """Relations made inside are dropped at the end."""

    def close(self) -> None:
        """Give back memory and disk."""


def bound(query: str, relations: Mapping[str, Relation], dialect: str) -> str:
    """`query` (DuckDB's dialect) in `dialect`; what it calls its relations are named first, as CTEs."""
    text = query if dialect == "duckdb" else rendered(query, dialect)
    held = " NOT MATERIALIZED" if dialect == "duckdb" else ""
    names = [f"{n} AS{held} (SELECT * FROM {r.name})" for n, r in relations.items()]
    if not names:
        return text
    start = re.match(r"\s*WITH\s+(?!RECURSIVE)", text, re.IGNORECASE)
    rest = f", {text[start.end() :]}" if start else f" {text}"
    return f"WITH {', '.join(names)}{rest}"


@lru_cache(maxsize=512)
def rendered(query: str, dialect: str) -> str:
    """A query in another dialect; its parameters as that dialect binds them."""
    tree = sqlglot.parse_one(query, read="duckdb")
    for parameter in list(tree.find_all(exp.Parameter)):
        parameter.replace(exp.Placeholder(this=parameter.name))
    return tree.sql(dialect=dialect)
