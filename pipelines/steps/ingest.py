"""Ingest: bring in what landed, as text, unchanged. The only step that reads a source."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date

from pipelines.channels.channel import Channel
from pipelines.channels.landing import location
from pipelines.channels.readers import Reading, open_source
from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding
from pipelines.core.errors import SourceError


def ingest(batch: Batch, channel: Channel, run: Run) -> Batch:
    """The channel's delivery of the day: its rows, and the rows its reader refused.

    Raises SourceError if the delivery may not or cannot be used, OutageError if it is not whole yet.
    """
    _require_agreement(channel, batch.day)
    reading = open_source(
        location(channel.lands_at, run.source, batch.day),
        format=channel.format,
        encoding=channel.encoding,
        sheet=channel.sheet,
        password=channel.password,
        table=channel.table,
        query=channel.query,
        day=batch.day,
        limits=channel.limits,
    )
    _require_new(batch, channel, run, reading)
    findings = (*_refused(reading), *_renamed(reading), *_corrected(batch, run, reading))
    tables = {"rows": run.engine.arrow(reading.rows), "refused": run.engine.arrow(reading.refused)}
    return replace(batch, tables=tables, findings=findings, facts=_facts(reading))


def _require_agreement(channel: Channel, day: date) -> None:
    """A third party's data may be taken in only while its agreement lasts (REQUIREMENTS A3)."""
    agreement = channel.agreement
    if agreement and agreement.expires_on < day:
        raise SourceError(
            f"channel {channel.name}: agreement {agreement.number} with {agreement.party} expired on "
            f"{agreement.expires_on}; nothing was read. {channel.owner} has to renew it first",
            f"渠道 {channel.name}：与{agreement.party}的协议 {agreement.number} 已于 {agreement.expires_on} "
            f"到期，未读取任何数据，请{channel.owner}先续签协议",
        )


def _require_new(batch: Batch, channel: Channel, run: Run, reading: Reading) -> None:
    """Raise SourceError if another day brought exactly this. A source that names no day has no deliveries."""
    if not channel.is_daily or not reading.kept:
        return
    for day in run.lake.days("landed", batch.channel):
        known = run.lake.manifest("landed", batch.channel, day)
        if day != batch.day and known and known.facts.get("content") == reading.facts["content"]:
            raise SourceError(
                f"channel {channel.name}: the delivery of {batch.day} is the same as that of {day}, byte "
                f"for byte. Ask {channel.owner} for the right file of {batch.day}",
                f"渠道 {channel.name}：{batch.day} 的文件与 {day} 的完全相同，属重复交付。"
                f"请向{channel.owner}索取 {batch.day} 的正确文件",
            )


def _corrected(batch: Batch, run: Run, reading: Reading) -> list[Finding]:
    """A late correction: the day had landed with other content, which this replaces. Read again, it stays one."""
    known = run.lake.manifest("landed", batch.channel, batch.day)
    if known is None:
        return []
    if known.facts.get("content") == reading.facts["content"]:
        return [f for f in known.findings if f.what == "corrected"]
    return [Finding("corrected", "rows", rows=reading.kept)]


def _refused(reading: Reading) -> list[Finding]:
    reasons = Counter(reading.refused.column("reason").to_pylist())
    return [Finding(f"refused: {why}", "refused", rows=n) for why, n in sorted(reasons.items())]


def _renamed(reading: Reading) -> list[Finding]:
    """Headers that stood twice, or not at all, under the names they now have."""
    return [
        Finding(what, "rows", name)
        for what in ("duplicate header", "missing header")
        for name in reading.facts.get(f"{what.replace(' ', '_')}s", [])
    ]


def _facts(reading: Reading) -> dict[str, str]:
    return {
        name: fact if isinstance(fact, str) else json.dumps(fact, ensure_ascii=False)
        for name, fact in sorted(reading.facts.items())
    }
