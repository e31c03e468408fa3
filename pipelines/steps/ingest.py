"""Ingest: bring in what landed, as text, unchanged. The only step that reads a source."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import PurePosixPath

import fsspec

from pipelines.channels.channel import Channel
from pipelines.channels.readers import Reading, is_database, open_source
from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding
from pipelines.core.errors import SourceError

DAY = re.compile(r"\{day(?::([^}]*))?\}")
"""`{day}` in a location, or `{day:%Y%m%d}` where a source writes its days another way."""
ISO = "%Y-%m-%d"
DIGITS = {"%Y": r"\d{4}", "%m": r"\d{2}", "%d": r"\d{2}", "%y": r"\d{2}"}


def ingest(batch: Batch, channel: Channel, run: Run) -> Batch:
    """The channel's delivery of the day: its rows, and the rows its reader refused.

    Raises SourceError if the delivery may not or cannot be used, OutageError if it is not whole yet.
    """
    _require_agreement(channel, batch.day)
    reading = open_source(
        location(channel, run.source, batch.day),
        format=channel.format,
        encoding=channel.encoding,
        sheet=channel.sheet,
        password=channel.password,
        table=channel.table,
        query=channel.query,
        day=batch.day,
    )
    _require_new(batch, channel, run, reading)
    findings = (*_refused(reading), *_renamed(reading), *_corrected(batch, run, reading))
    tables = {"rows": run.engine.arrow(reading.rows), "refused": run.engine.arrow(reading.refused)}
    return replace(batch, tables=tables, findings=findings, facts=_facts(reading))


def location(channel: Channel, source: str, day: date) -> str:
    """Where the channel's delivery of the day is: a path or URI under the source, or a database's URL."""
    return _under(DAY.sub(lambda m: day.strftime(m[1] or ISO), channel.lands_at), source)


def deliveries(channel: Channel, source: str) -> list[date]:
    """The days of which the source holds a file of the channel; none if its location names no day."""
    named = DAY.search(channel.lands_at)
    if is_database(channel.lands_at) or not named:
        return []
    written = named[1] or ISO
    files, pattern = fsspec.url_to_fs(_under(DAY.sub("*", channel.lands_at), source))
    before, after = DAY.sub("*", channel.lands_at).split("*")[:2]
    digits = re.compile(re.escape(before) + "(" + _digits(written) + ")" + re.escape(after))
    found = set()
    for path in files.glob(pattern):
        if day := _day(digits, written, path):
            there = fsspec.url_to_fs(location(channel, source, day))[1]
            found |= {day} if there == path else set()
    return sorted(found)


def _digits(written: str) -> str:
    return re.sub(
        r"%\w", lambda m: DIGITS.get(m[0], r"\w+"), re.escape(written).replace("\\%", "%")
    )


def _day(digits: re.Pattern[str], written: str, path: str) -> date | None:
    found = digits.search(path)
    try:
        return datetime.strptime(found[1], written).replace(tzinfo=UTC).date() if found else None
    except ValueError:
        return None


def _under(place: str, source: str) -> str:
    if "://" in place or PurePosixPath(place).is_absolute() or not source:
        return place
    return f"{source.rstrip('/')}/{place}"


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
    if not (DAY.search(channel.lands_at) or ":day" in channel.query) or not reading.kept:
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
    """A late correction: the day had landed with other content, which this replaces."""
    known = run.lake.manifest("landed", batch.channel, batch.day)
    if known is None or known.facts.get("content") == reading.facts["content"]:
        return []
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
