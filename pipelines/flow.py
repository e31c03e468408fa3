"""The flow: which step follows which. Airflow runs one per task, the command line all in a row."""

import errno
import hashlib
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

from expectations.kpi.happened import CHANNEL_STEPS, CUSTOMERS_STEPS
from expectations.kpi.happened import LAYERS as WRITES
from pipelines.channels.channel import Channel
from pipelines.channels.run import Run
from pipelines.core import log
from pipelines.core.batch import CUSTOMERS, Batch
from pipelines.core.errors import ConfigError, InternalError, OutageError, PlatformError
from pipelines.core.location import shown
from pipelines.days import bases

CHANNEL_DAY = CHANNEL_STEPS
"""One channel's day. Steps are named here and imported when they run: whoever only plans need not wait for them."""

ALL_CHANNELS = CUSTOMERS_STEPS
"""Then, once, over all channels."""

READS = {
    "standardise": "landed",
    "detect": "landed",
    "validate": "staged",
    "mask": "resolved",
    "publish": "masked",
}
WHEN = ("started_at", "seconds")
"""What of a note tells when, not what."""
QUARANTINED = ("refused", "set_aside")
"""Tables whose names begin so go to the quarantine, and wait there for a corrected batch."""

logger = logging.getLogger(__name__)


def steps_of(channel: str) -> tuple[str, ...]:
    """The steps of a channel's day, or of all customers', in order."""
    return ALL_CHANNELS if channel == CUSTOMERS else CHANNEL_DAY


def run_step(run: Run, step: str, channel: str, day: date) -> Batch:
    """Run one step of one channel's day, or of all customers' day, and leave what it made in the lake.

    What became of it is kept for `measure`, whatever became of it. Raises PlatformError only: any other
    error's message may quote a value, so only its class and place are passed on. `detect` compares a day with
    the day before: if this one came late, or changed, the day after is compared again.
    """
    seen = _profile(run, step, channel, day)
    after = _run_step(run, step, channel, day)
    if step == "detect" and _profile(run, step, channel, day) != seen:
        for later in [d for d in run.lake.days("profile", channel) if d > day][:1]:
            with suppress(PlatformError):  # it stands in that day's own notes
                _run_step(run, step, channel, later)
    return after


def _profile(run: Run, step: str, channel: str, day: date) -> str:
    """What `detect` has left of the day, as a digest; of other steps nothing is asked."""
    known = run.lake.manifest("profile", channel, day) if step == "detect" else None
    return known.digest if known else ""


def _run_step(run: Run, step: str, channel: str, day: date) -> Batch:
    started, clock = datetime.now(UTC), time.perf_counter()
    with log.at(f"{channel} {day} {step}"), run.engine.scope():
        after, outcome, stopped = _tried(run, step, channel, day)
        seconds = round(time.perf_counter() - clock, 3)
        when = {"started_at": started.isoformat(timespec="seconds"), "seconds": seconds}
        try:
            _note(run, step, after, outcome | when)
        except OSError as error:
            stopped = stopped or _fault(run, error)
        if stopped is not None:
            raise stopped
        rows = ", ".join(f"{t} {n}" for t, n in outcome["rows"].items())
        logger.info("%s in %.1f s", rows or step, seconds)
    return after


def run_day(
    run: Run, channel: str, day: date, done: Callable[[str], None] = lambda step: None
) -> None:
    """One channel's day, or all customers': its steps in a row. `done` is told of each.

    `measure` runs even if a step before it stopped. Raises what stopped it.
    """
    stopped: PlatformError | None = None
    for step in steps_of(channel):
        if stopped is None or step == "measure":
            try:
                run_step(run, step, channel, day)
            except PlatformError as error:
                stopped = stopped or error
        done(step)
    if stopped is not None:
        raise stopped


def _basis(run: Run, step: str, channel: str, day: date) -> dict[str, str]:
    """From what all customers' day is made: `resolve` finds out before it reads, the steps after it go on with that."""
    if channel != CUSTOMERS:
        return {}
    if step == ALL_CHANNELS[0]:
        return {"of": bases(run, day)[day]}
    return {"of": run.lake.notes(channel, day).get(ALL_CHANNELS[0], {}).get("of", "")}


def _note(run: Run, step: str, batch: Batch, said: dict[str, Any]) -> None:
    """Keep what became of a step. A note that says so already stays, unless the step before was made anew since."""
    notes, order = run.lake.notes(batch.channel, batch.day), steps_of(batch.channel)
    known, before = notes.get(step), order[: order.index(step)][-1:]
    since = max((notes[b].get("started_at", "") for b in before if b in notes), default="")
    if known is None or known.get("started_at", "") < since or _what(known) != _what(said):
        run.lake.note(batch.channel, batch.day, step, said)


def _what(note: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in note.items() if name not in WHEN}


def _tried(
    run: Run, step: str, channel: str, day: date
) -> tuple[Batch, dict[str, Any], PlatformError | None]:
    """What the step made, what became of it, and what stopped it."""
    batch, known, stopped = Batch(channel, day), dict[str, Any](), None
    try:
        known = _basis(run, step, channel, day)
        if step == "publish" and not run.is_newest(day):  # readers see no step back
            return batch, known | {"outcome": "done", "rows": {}}, None
        batch = _left_before(run, step, channel, day)
        does: Callable[..., Batch] = getattr(import_module(f"pipelines.steps.{step}"), step)
        batch = does(batch, *_of(run, channel), run)
        return batch, known | {"outcome": "done", **_leave(run, step, batch)}, None
    except PlatformError as error:
        stopped = error.alone()
    except Exception as error:
        stopped = _fault(run, error)
    return batch, known | _stopped(stopped, run.source), stopped


def _of(run: Run, channel: str) -> tuple[Channel, ...]:
    """What a step is told beside batch and run: its channel, if it is one channel's."""
    return () if channel == CUSTOMERS else (run.pack.channel(channel),)


def _fault(run: Run, error: Exception) -> PlatformError:
    """Any other error, as one that quotes nothing."""
    if run.lake.is_gone(error):
        return OutageError(
            "a file of the lake is gone that was there when the step began: it is tried again with what has "
            "taken its place. If this stays, run the channel's day again",
            "步骤开始后数据湖中的文件已不存在：将使用新的批次重试；若持续出现，请重新运行该渠道当日流程",
        )
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OutageError(
            "the disk is full: make room, then run again; nothing was replaced",
            "磁盘已满：请腾出空间后重新运行；原有结果未被替换",
        )
    if isinstance(error, PermissionError):
        return ConfigError(
            "the lake may not be written: give this user the right, or name another with --lake",
            "无权写入数据湖：请授予当前用户写权限，或用 --lake 指定其他位置",
        )
    return InternalError.at(error)


def _stopped(error: PlatformError, source: str) -> dict[str, object]:
    """What is kept of an error, files named as they stand in the source: a report's readers have no such folder."""
    outcome = "outage" if isinstance(error, OutageError) else "stopped"
    en, zh = (said.replace(f"{shown(source).rstrip('/')}/", "") for said in (error.en, error.zh))
    return {"outcome": outcome, "message_en": en, "message_zh": zh}


def _left_before(run: Run, step: str, channel: str, day: date) -> Batch:
    layer = READS.get(step)
    if layer is None:
        return Batch(channel, day)
    left = run.lake.read(layer, channel, day)
    if left is None:
        raise OutageError(
            f"{channel} {day}: {step} finds nothing in {layer}; run the steps before it first",
            f"{channel} {day}：{step} 在 {layer} 层没有可读的批次，请先运行前面的步骤",
        )
    return left


def _leave(run: Run, step: str, batch: Batch) -> dict[str, Any]:
    layer = WRITES.get(step)
    if layer is None:
        return {"rows": {}}
    apart = {t: r for t, r in batch.tables.items() if t.startswith(QUARANTINED)}
    kept = {t: r for t, r in batch.tables.items() if t not in apart}
    left = Batch(batch.channel, batch.day, kept, batch.findings, batch.facts)
    written = [run.lake.write(layer, left, {t: _order(r.columns) for t, r in kept.items()})]
    if step in ("ingest", "validate"):
        aside = Batch(batch.channel, batch.day, apart)
        written.insert(0, run.lake.write(f"quarantine/{step}", aside))
    digest = hashlib.sha256("".join(m.digest for m in written).encode())
    return {
        "rows": {t: n for manifest in written for t, n in manifest.rows.items()},
        "content": digest.hexdigest(),
    }


ORDER = (
    "line", "customer_id", "channel", "source_id", "attribute", "since", "valid_from", "record",
    "column_name", "kind", "check_name", "other_channel", "other_source_id",
)  # fmt: skip
"""Rows are written in the order of these columns, so that the same rows give the same bytes."""


def _order(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(c for c in ORDER if c in columns)
