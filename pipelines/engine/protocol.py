"""What a step may ask of an engine. No step knows which engine it runs on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
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

    def linker_api(self) -> Any:
        """Splink's database API on this engine's session."""

    def scope(self) -> AbstractContextManager[None]:
        """Relations made inside are dropped at the end."""

    def close(self) -> None:
        """Give back memory and disk."""


def bound(query: str, relations: Mapping[str, Relation], dialect: str) -> str:
    """`query` (DuckDB's dialect) in `dialect`, its tables replaced by the engine's names."""
    tree = sqlglot.parse_one(query, read="duckdb")
    for table in tree.find_all(exp.Table):
        relation = relations.get(table.name) if not table.db else None
        if relation is not None:
            alias = table.alias or table.name
            table.set("this", exp.to_identifier(relation.name))
            table.set("alias", exp.TableAlias(this=exp.to_identifier(alias)))
    if dialect == "spark":
        for parameter in list(tree.find_all(exp.Parameter)):
            parameter.replace(exp.Placeholder(this=parameter.name))
    return tree.sql(dialect=dialect)
