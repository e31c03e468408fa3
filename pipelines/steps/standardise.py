"""Standardise: a channel's own columns and spellings become ours. No row is lost."""

from expectations.predicates import PLACEHOLDERS, listed
from pipelines.channels.channel import Channel, Rows
from pipelines.channels.hidden import masked, require_unmasked
from pipelines.channels.run import Run
from pipelines.channels.selects import standardised
from pipelines.core.batch import Batch, Finding, Relation
from pipelines.core.errors import SourceError
from pipelines.core.sql import quoted
from pipelines.engine.protocol import Engine

MANY = 20
"""Fewer unreadable values than this are slips, not another type."""
OURS = ("line",)
"""Columns that `ingest` adds to the source's own."""


def standardise(batch: Batch, channel: Channel, run: Run) -> Batch:
    """One table per record the channel feeds; what could not be read is null and counted.

    Raises SourceError if a declared column is missing, one came that nobody declared, or one's type changed.
    """
    landed = batch.tables["rows"]
    channel.require_columns(tuple(c for c in landed.columns if c not in OURS))
    tables = {}
    found: list[Finding] = []
    for fed in channel.feeds:
        query = standardised(fed, channel.name, batch.day, is_further=fed is not channel)
        rows = tables[fed.record] = run.engine.keep(run.engine.sql(query, landed=landed))
        unread = _unreadable(fed.record, rows, run.engine)
        if changed := _changed(fed, landed, rows, unread, run.engine):
            raise SourceError(
                f"channel {channel.name}: hardly a value of {fed.record} can be read in {changed}: the type has "
                f"changed. Ask {channel.who[0]} for the right file, or name another cleaner (clean:)",
                f"渠道 {channel.name}：{fed.record} 的 {changed} 几乎全部无法读取，数据类型可能已变。"
                f"请向{channel.who[1]}索取正确文件，或在渠道中指定其他清洗规则（clean:）",
            )
        hidden = masked(fed, rows, run.engine)
        require_unmasked(channel, fed, hidden)
        found += [*unread, *hidden.findings]
    return batch.having(tables, *found)


def _changed(
    fed: Rows, landed: Relation, rows: Relation, found: list[Finding], engine: Engine
) -> list[str]:
    """The columns in which hardly anything can be read: their type has changed.

    A word that stands for nothing (无, 不详) is of no type and does not count.
    """
    many = [f for f in found if f.rows >= MANY]
    if not many:
        return []
    source = {c.is_: quoted(name) for name, c in fed.columns.items()}
    nothing = listed(PLACEHOLDERS)
    words = ", ".join(
        f"count(*) FILTER (WHERE lower(trim({source[f.column]})) IN {nothing}) AS {f.column}"
        for f in many
    )
    values = ", ".join(f"count({f.column}) AS {f.column}" for f in many)
    empty = engine.fetch(engine.sql(f"SELECT {words} FROM landed", landed=landed)).to_pylist()[0]
    read = engine.fetch(engine.sql(f"SELECT {values} FROM rows", rows=rows)).to_pylist()[0]
    unread = {f.column: f.rows - empty[f.column] for f in many}
    return [c for c, n in unread.items() if n >= MANY and read[c] * 9 < n]


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
