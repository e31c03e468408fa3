"""Place: where the addresses of customers lie, each read once, and which of them say the same place."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from sqlalchemy import Table

from masking.kinds import Kind
from masking.lexicon.located import located
from masking.normalise import simplified
from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine
from warehouse.model import kind

PLACED = pa.schema(
    [(c, pa.string()) for c in ("said", "province", "city", "district", "rest")]
    + [("fullness", pa.int64())]
)

FILLED = """
SELECT *, concat({levels}, rest) AS same FROM (
    SELECT *, {filled} FROM (
        SELECT h.*, p.province, p.city, p.district, p.fullness,
            CASE WHEN coalesce(p.rest, '') = '' THEN h.value ELSE p.rest END AS rest
        FROM held h LEFT JOIN places p ON p.said = h.value
    ) AS placed
) AS filled
"""
"""One row a customer's row and address, with `same`: equal where two addresses say one place. Of addresses that
agree in road and house, what one leaves out is what all others say, if they are of one mind."""


def addresses(table: Table) -> list[str]:
    """The columns of a record that hold an address."""
    return [c.name for c in table.columns if kind(c) is Kind.ADDRESS]


def places(held: dict[str, tuple[Relation, Table]], engine: Engine) -> Relation:
    """`said, province, city, district, rest, fullness` of every address of these records, each once."""
    parts = [
        f"SELECT {column} AS said FROM {name} WHERE {column} IS NOT NULL"
        for name, (_, table) in held.items()
        for column in addresses(table)
    ]
    rows = {name: relation for name, (relation, _) in held.items()}
    said = engine.sql(f"SELECT DISTINCT said FROM ({' UNION ALL '.join(parts)}) AS a", None, **rows)
    return engine.keep(engine.map(said, _placed, PLACED))


def _placed(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        said = [str(address) for address in batch.column(0).to_pylist()]
        found = [located(address) for address in said]
        columns: list[list[Any]] = [
            said,
            [p.province for p in found],
            [p.city for p in found],
            [p.district for p in found],
            [p.rest for p in found],
            # the fuller form of a place is shown, and of two alike the one in simplified characters
            [2 * p.written + (simplified(a) == a) for a, p in zip(said, found, strict=True)],
        ]
        arrays = [pa.array(c, f.type) for c, f in zip(columns, PLACED, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=PLACED)


def compared(held: Relation, known: Relation, engine: Engine) -> Relation:
    """`held`, a row a customer's row and address, with `same` and `fullness`."""
    levels = ("province", "city", "district")
    within = "OVER (PARTITION BY customer_id, attribute, rest)"
    filled = ", ".join(
        f"coalesce({level}, CASE WHEN min({level}) {within} = max({level}) {within}"
        f" THEN min({level}) {within} END, '') AS its_{level}"
        for level in levels
    )
    whole = ", ".join(f"its_{level}, '|'" for level in levels)
    query = FILLED.format(levels=whole, filled=filled)
    return engine.sql(query, held=held, places=known)
