"""Standardise: a channel's own columns and spellings become ours. No row is lost."""

from pipelines.channels.channel import Channel
from pipelines.channels.run import Run
from pipelines.channels.selects import standardised
from pipelines.core.batch import Batch, Finding, Relation
from pipelines.core.errors import SourceError
from pipelines.engine.protocol import Engine

MANY = 20
"""Fewer unreadable values than this are slips, not another type."""
OURS = ("line",)
"""Columns that `ingest` adds to the source's own."""


def standardise(batch: Batch, channel: Channel, run: Run) -> Batch:
    """One table per record the channel feeds; what could not be read is null and counted.

    Raises SourceError if a declared column is missing, or one came that nobody declared.
    """
    landed = batch.tables["rows"]
    channel.require_columns(tuple(c for c in landed.columns if c not in OURS))
    tables = {}
    for fed in channel.feeds:
        query = standardised(fed, channel.name, batch.day, is_further=fed is not channel)
        tables[fed.record] = run.engine.keep(run.engine.sql(query, landed=landed))
    found: list[Finding] = []
    for record, rows in tables.items():
        unread = _unreadable(record, rows, run.engine)
        _require_readable(channel, record, rows, unread, run.engine)
        found += unread
    return batch.having(tables, *found)


def _require_readable(
    channel: Channel, record: str, rows: Relation, found: list[Finding], engine: Engine
) -> None:
    """Raise SourceError for a column in which hardly anything can be read: its type has changed."""
    many = [f for f in found if f.rows >= MANY]
    if not many:
        return
    counts = ", ".join(f"count({f.column}) AS {f.column}" for f in many)
    read = engine.fetch(engine.sql(f"SELECT {counts} FROM rows", rows=rows)).to_pylist()[0]
    changed = [f.column for f in many if read[f.column] * 9 < f.rows]
    if changed:
        raise SourceError(
            f"channel {channel.name}: hardly a value of {record} can be read in {changed}: the type has changed. "
            f"Ask {channel.owner} for the right file, or name another cleaner (clean:)",
            f"渠道 {channel.name}：{record} 的 {changed} 几乎全部无法读取，数据类型可能已变。"
            f"请向{channel.owner}索取正确文件，或在渠道中指定其他清洗规则（clean:）",
        )


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
