"""Standardise: a channel's own columns and spellings become ours. No row is lost."""

from pipelines.channels.channel import Channel
from pipelines.channels.run import Run
from pipelines.channels.selects import standardised
from pipelines.core.batch import Batch, Finding, Relation
from pipelines.engine.protocol import Engine

OURS = ("line",)
"""Columns that `ingest` adds to the source's own."""


def standardise(batch: Batch, channel: Channel, run: Run) -> Batch:
    """One table per record the channel feeds; what could not be read is null and counted.

    Raises SourceError if a declared column is missing, or one came that nobody declared.
    """
    landed = batch.tables["rows"]
    channel.require_columns(tuple(c for c in landed.columns if c not in OURS))
    tables = {}
    for rows in channel.feeds:
        query = standardised(rows, channel.name, batch.day, is_further=rows is not channel)
        tables[rows.record] = run.engine.keep(run.engine.sql(query, landed=landed))
    found = [f for record, rows in tables.items() for f in _unreadable(record, rows, run.engine)]
    return batch.having(tables, *found)


def _unreadable(record: str, rows: Relation, engine: Engine) -> list[Finding]:
    """How many rows hold something unreadable, by column."""
    counts = [
        f"count(*) FILTER (WHERE unreadable LIKE '%,{c},%') AS {c}"
        for c in rows.columns
        if c != "unreadable"
    ]
    counted = engine.fetch(
        engine.sql(f"SELECT {', '.join(counts)} FROM rows", rows=rows)
    ).to_pylist()[0]
    return [Finding("unreadable", record, column, n) for column, n in counted.items() if n]
