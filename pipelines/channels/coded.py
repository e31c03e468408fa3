"""Coded columns: which of the words in them may be shown to others than the stewards.

A field for a code takes whatever a clerk types, a customer's name and number as well. Shown are the words that the
column's declaration lists, those that a channel's file maps its codes to, and those that many customers share and
that hold nothing personal.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from masking.rules import OTHER, RULES, prepared_column
from masking.text import detector
from masking.tiers import Tier
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.channels.units import is_personal
from pipelines.core.batch import Finding, Relation
from pipelines.core.errors import ConfigError
from pipelines.core.sql import literal, quoted
from pipelines.engine.protocol import Engine
from warehouse.model import codes_of
from warehouse.tables import CORE, RECORDS

NAMES_A_CHANNEL = ("holder_channel", "other_channel")
"""Columns whose codes are the channels' names."""
LISTED = RULES["listed"]
KNOWN = pa.schema([("column_name", pa.string()), ("word", pa.string())])


@dataclass(frozen=True)
class Coded:
    """The coded columns of each table, and of how many customers a word must be to be shown unlisted."""

    columns: Mapping[str, Sequence[str]]
    enough: int

    @classmethod
    def of(cls, columns: Mapping[str, Sequence[str]], who: Iterable[Tier]) -> "Coded":
        """Enough for the tier that asks for most."""
        return cls(columns, max(tier.smallest_group for tier in who))

    def words(self, tables: Mapping[str, Relation], run: Run) -> Relation:
        """`column_name, word`: what may be shown. A word stands alike in every table's column of that name."""
        wanted = {column for columns in self.columns.values() for column in columns}
        found = {c: w for c, w in _listed(run.pack).items() if c in wanted}
        detect = detector(run.pack.models)
        unlisted = [
            (column, word)
            for column, word in self._shared(tables, run.engine)
            if word not in found.get(column, ())
        ]
        spans = detect([word for _, word in unlisted])
        shared = [
            (column, word)
            for (column, word), of in zip(unlisted, spans, strict=True)
            if not any(is_personal(word, span) for span in of)
        ]
        listed = [(column, word) for column in sorted(found) for word in sorted(found[column])]
        rows = [dict(zip(KNOWN.names, one, strict=True)) for one in (*listed, *shared)]
        return run.engine.arrow(pa.Table.from_pylist(rows, schema=KNOWN))

    def _shared(self, tables: Mapping[str, Relation], engine: Engine) -> Iterator[tuple[str, str]]:
        """The words that enough customers have in a column of that name, in any record."""
        parts = {
            f"SELECT customer_id, {literal(c)} AS column_name, CAST({quoted(c)} AS VARCHAR) AS word"
            f" FROM {table} WHERE {quoted(c)} IS NOT NULL"
            for table, columns in self.columns.items()
            if table in RECORDS
            for c in columns
        }
        if not parts:
            return
        counted = engine.sql(
            f"SELECT column_name, word FROM ({' UNION ALL '.join(sorted(parts))}) AS everywhere"
            f" GROUP BY column_name, word HAVING count(DISTINCT customer_id) >= {self.enough}"
            " ORDER BY column_name, word",
            None,
            **{table: rows for table, rows in tables.items() if table in RECORDS},
        )
        yield from ((r["column_name"], r["word"]) for r in engine.fetch(counted).to_pylist())

    def shown(self, table: str, rows: Relation, words: Relation, engine: Engine) -> Relation:
        """The rows with a column for each coded one that holds what may be shown of it."""
        columns = self.columns.get(table, ())
        if not columns:
            return rows
        joins = "".join(
            f" LEFT JOIN words AS w{n} ON w{n}.column_name = {literal(c)} AND w{n}.word = r.{quoted(c)}"
            for n, c in enumerate(columns)
        )
        made = ", ".join(
            f"CASE WHEN r.{quoted(c)} IS NULL OR r.{quoted(c)} = '' OR w{n}.word IS NOT NULL THEN r.{quoted(c)}"
            f" ELSE {literal(OTHER)} END AS {quoted(prepared_column(c, LISTED))}"
            for n, c in enumerate(columns)
        )
        return engine.sql(f"SELECT r.*, {made} FROM rows r{joins}", None, rows=rows, words=words)

    def unlisted(self, table: str, rows: Relation, engine: Engine) -> list[Finding]:
        """How many rows hold a word that is not shown, by column."""
        columns = self.columns.get(table, ())
        if not columns:
            return []
        counts = ", ".join(
            f"count(*) FILTER (WHERE {quoted(prepared_column(c, LISTED))} <> {quoted(c)}) AS {quoted(c)}"
            for c in columns
        )
        (counted,) = engine.fetch(engine.sql(f"SELECT {counts} FROM rows", rows=rows)).to_pylist()
        return [Finding("unlisted", table, c, n) for c, n in counted.items() if n]


def _listed(pack: Pack) -> dict[str, set[str]]:
    """By column, the words its declarations list, and those the channels' files map their codes to."""
    found: dict[str, set[str]] = defaultdict(set)
    for column in (c for table in CORE.values() for c in table.columns):
        found[column.name] |= set(codes_of(column))
    for name in NAMES_A_CHANNEL:
        found[name] |= set(pack.names)
    for name in pack.names:
        try:
            feeds = pack.channel(name).feeds
        except ConfigError:
            continue  # it brings no rows
        for rows in feeds:
            for source in rows.columns.values():
                found[source.is_] |= set(source.values.values())
            for column_name, constant in rows.constants.items():
                found[column_name].add(constant)
    return found
