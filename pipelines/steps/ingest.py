"""Ingest: bring in what landed, as text, unchanged. The only step that reads a source."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from expectations.kpi.happened import REPLACED
from pipelines.channels.channel import Channel
from pipelines.channels.content import Content
from pipelines.channels.landing import location
from pipelines.channels.readers import LINE, Reading, open_source
from pipelines.channels.run import Run
from pipelines.channels.whole import require_within
from pipelines.core.batch import Batch, Finding
from pipelines.core.errors import SourceError


def ingest(batch: Batch, channel: Channel, run: Run) -> Batch:
    """The channel's delivery of the day: its rows, and the rows its reader refused.

    Raises SourceError if the delivery may not or cannot be used, OutageError if it is not whole yet.
    """
    _require_agreement(channel, batch.day)
    reading, said = _read(channel, run.source, batch.day)
    content = Content()
    rows = run.engine.arrow(content.passing(reading.rows))
    facts = {**_facts(reading), "content": content.digest()}
    findings = (
        *_refused(reading),
        *_renamed(reading),
        *_corrected(batch, run, reading.kept, facts),
        *_unended(batch, run, facts),
        *_again(batch, channel, run, reading.kept, facts),
        *said,
    )
    tables = {"rows": rows, "refused": run.engine.arrow(reading.refused)}
    facts |= _replaced(batch, run, facts)
    return replace(batch, tables=tables, findings=findings, facts=facts)


def _read(channel: Channel, source: str, day: date) -> tuple[Reading, list[Finding]]:
    """What landed, if it is whole and did not come by a link from elsewhere."""
    where = (channel.lands_at, source, day)
    require_within(*where)
    channel.whole.require_arrived(*where)
    reading = open_source(
        location(*where),
        format=channel.format,
        encoding=channel.encoding,
        sheet=channel.sheet,
        password=channel.password,
        table=channel.table,
        query=channel.query,
        day=day,
        limits=channel.limits,
        last_line=channel.whole.last_line,
    )
    facts = dict(reading.facts)
    last_line, cut_off = facts.pop("last_line", ""), facts.pop("cut_off", False)
    channel.whole.require_rows(*where, reading.kept + reading.refused.num_rows, last_line)
    said = [Finding("last line cut off", "refused", rows=1)] if cut_off else []
    return replace(reading, facts=facts), said


def _require_agreement(channel: Channel, day: date) -> None:
    """A third party's data may be taken in only while its agreement lasts (REQUIREMENTS A3)."""
    agreement = channel.agreement
    if agreement and agreement.expires_on < day:
        raise SourceError(
            f"channel {channel.name}: agreement {agreement.number} with {agreement.party} expired on "
            f"{agreement.expires_on}; nothing was read. Have {channel.who[0]} renew it first",
            f"渠道 {channel.name}：与{agreement.party}的协议 {agreement.number} 已于 {agreement.expires_on} "
            f"到期，未读取任何数据，请{channel.who[1]}先续签协议",
        )


def _again(
    batch: Batch, channel: Channel, run: Run, rows: int, facts: Mapping[str, str]
) -> list[Finding]:
    """Another day brought these rows. Raises SourceError unless the channel says that it may.

    A source that names no day is read as it stands, so it may be the same; a day without a row is no delivery.
    """
    if not rows:
        return []
    for day in run.lake.days("landed", batch.channel):
        known = run.lake.manifest("landed", batch.channel, day)
        if day == batch.day or not known or known.facts.get("content") != facts["content"]:
            continue
        if channel.may_repeat or not channel.is_daily:
            return [Finding("same rows as another day", "rows", rows=rows)]
        raise SourceError(
            f"channel {channel.name}: the delivery of {batch.day} is the same as that of {day}, row for "
            f"row. Ask {channel.who[0]} for the right file of {batch.day}; if it is right, say may_repeat: true in the "
            "channel's file",
            f"渠道 {channel.name}：{batch.day} 的数据与 {day} 的完全相同，属重复交付。"
            f"请向{channel.who[1]}索取 {batch.day} 的正确文件；若确属正常，请在渠道文件中写明 may_repeat: true",
        )
    return []


def _corrected(batch: Batch, run: Run, rows: int, facts: Mapping[str, str]) -> list[Finding]:
    """A late correction: the day had landed with other rows, which these replace. Read again, it stays one."""
    known = run.lake.manifest("landed", batch.channel, batch.day)
    if known is None:
        return []
    if known.facts.get("content") == facts["content"]:
        return [f for f in known.findings if f.what == "corrected"]
    return [Finding("corrected", "rows", rows=rows)]


def _replaced(batch: Batch, run: Run, facts: Mapping[str, str]) -> dict[str, str]:
    """What the delivery replaces, for `quality.batch`: how many rows, and when. Read again, it stays."""
    known = run.lake.manifest("landed", batch.channel, batch.day)
    if known is None:
        return {}
    if known.facts.get("content") == facts["content"]:
        return {name: said for name, said in known.facts.items() if name == REPLACED}
    aside = run.lake.manifest("quarantine/ingest", batch.channel, batch.day)
    rows = known.rows.get("rows", 0) + (aside.rows.get("refused", 0) if aside else 0)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return {REPLACED: json.dumps({"rows": rows, "at": at})}


def _unended(batch: Batch, run: Run, facts: Mapping[str, str]) -> list[Finding]:
    """The last line has no end, though that of the delivery before has: it may be cut off within its last cell."""
    days = [d for d in run.lake.days("landed", batch.channel) if d < batch.day]
    before = run.lake.manifest("landed", batch.channel, days[-1]) if days else None
    ended = (before.facts if before else {}).get("last_line_ends")
    if ended == "true" and facts.get("last_line_ends") == "false":
        return [Finding("last line without its end", "rows", rows=1)]
    return []


def _refused(reading: Reading) -> list[Finding]:
    reasons = Counter(reading.refused.column("reason").to_pylist())
    return [Finding(f"refused: {why}", "refused", rows=n) for why, n in sorted(reasons.items())]


def _renamed(reading: Reading) -> list[Finding]:
    """Headers that stood twice, or not at all, by their places: a name is whoever's it is."""
    names = [name for name in reading.rows.schema.names if name != LINE]
    return [
        Finding(what, "rows", f"column {names.index(name) + 1}")
        for what in ("duplicate header", "missing header")
        for name in reading.facts.get(f"{what.replace(' ', '_')}s", [])
    ]


def _facts(reading: Reading) -> dict[str, str]:
    return {
        name: fact if isinstance(fact, str) else json.dumps(fact, ensure_ascii=False)
        for name, fact in sorted(reading.facts.items())
    }
