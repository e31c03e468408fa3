"""The flow: which step follows which. Airflow runs one per task, the command line all in a row."""

import errno
import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from pipelines.channels.channel import Channel
from pipelines.channels.run import Run
from pipelines.core import log
from pipelines.core.batch import CUSTOMERS, Batch
from pipelines.core.errors import ConfigError, InternalError, OutageError, PlatformError
from pipelines.steps.detect import detect
from pipelines.steps.ingest import deliveries, ingest
from pipelines.steps.mask import mask
from pipelines.steps.measure import measure
from pipelines.steps.publish import publish
from pipelines.steps.resolve import resolve
from pipelines.steps.standardise import standardise
from pipelines.steps.validate import validate

Step = Callable[[Batch, Channel, Run], Batch]
CustomersStep = Callable[[Batch, Run], Batch]

CHANNEL_DAY: dict[str, Step] = {s.__name__: s for s in (ingest, standardise, detect, validate)}
"""One channel's day."""

ALL_CHANNELS: dict[str, CustomersStep] = {s.__name__: s for s in (resolve, mask, publish, measure)}
"""Then, once, over all channels."""

READS = {
    "standardise": "landed",
    "detect": "landed",
    "validate": "staged",
    "mask": "resolved",
    "publish": "masked",
}
WRITES = {
    "ingest": "landed", "standardise": "staged", "detect": "profile", "validate": "checked",
    "resolve": "resolved", "mask": "masked",
}  # fmt: skip
QUARANTINED = ("refused", "set_aside")
"""Tables whose names begin so go to the quarantine, and wait there for a corrected batch."""

logger = logging.getLogger(__name__)


def run_step(run: Run, step: str, channel: str, day: date) -> Batch:
    """Run one step of one channel's day, or of all customers' day, and leave what it made in the lake.

    What became of it is kept for `measure`, whatever became of it. Raises PlatformError only: any other
    error's message may quote a value, so only its class and place are passed on.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    with log.at(f"{channel} {day} {step}"), run.engine.scope():
        after, rows, stopped = _tried(run, step, channel, day)
        seconds = round(time.perf_counter() - clock, 3)
        outcome = {"outcome": "done", "rows": rows} if stopped is None else _stopped(stopped)
        outcome |= {"started_at": started.isoformat(timespec="seconds"), "seconds": seconds}
        try:
            run.lake.note(channel, day, step, outcome)
        except OSError as error:
            stopped = stopped or _fault(error)
        if stopped is not None:
            raise stopped
        logger.info("%s in %.1f s", ", ".join(f"{t} {n}" for t, n in rows.items()), seconds)
    return after


def run_day(
    run: Run, channel: str, day: date, done: Callable[[str], None] = lambda step: None
) -> None:
    """One channel's day, or all customers': its steps in a row. `done` is told of each.

    `measure` runs even if a step before it stopped. Raises what stopped it.
    """
    stopped: PlatformError | None = None
    for step in ALL_CHANNELS if channel == CUSTOMERS else CHANNEL_DAY:
        if stopped is None or step == "measure":
            try:
                run_step(run, step, channel, day)
            except PlatformError as error:
                stopped = stopped or error
        done(step)
    if stopped is not None:
        raise stopped


def customers_day(run: Run, day: date) -> date:
    """The day as of which all customers are to be resolved after a channel's `day` came in.

    A late correction of a past day counts from the latest day on: what was known before is not rewritten.
    """
    return max([day, *run.lake.days("resolved", CUSTOMERS)])


def _tried(
    run: Run, step: str, channel: str, day: date
) -> tuple[Batch, dict[str, int], PlatformError | None]:
    """What the step made, how many rows of each table, and what stopped it."""
    before = Batch(channel, day)
    try:
        before = _left_before(run, step, channel, day)
        if channel == CUSTOMERS:
            after = ALL_CHANNELS[step](before, run)
        else:
            after = CHANNEL_DAY[step](before, run.pack.channel(channel), run)
        return after, _leave(run, step, after), None
    except PlatformError as error:
        return before, {}, error.alone()
    except Exception as error:
        return before, {}, _fault(error)


def _fault(error: Exception) -> PlatformError:
    """Any other error, as one that quotes nothing."""
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


def _stopped(error: PlatformError) -> dict[str, object]:
    outcome = "outage" if isinstance(error, OutageError) else "stopped"
    return {"outcome": outcome, "message_en": error.en, "message_zh": error.zh}


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


def _leave(run: Run, step: str, batch: Batch) -> dict[str, int]:
    layer = WRITES.get(step)
    if layer is None:
        return {}
    apart = {t: r for t, r in batch.tables.items() if t.startswith(QUARANTINED)}
    kept = {t: r for t, r in batch.tables.items() if t not in apart}
    rows: dict[str, int] = {}
    if step in ("ingest", "validate"):
        aside = run.lake.write(f"quarantine/{step}", Batch(batch.channel, batch.day, apart))
        rows |= aside.rows
    left = Batch(batch.channel, batch.day, kept, batch.findings, batch.facts)
    return rows | dict(
        run.lake.write(layer, left, {t: _order(r.columns) for t, r in kept.items()}).rows
    )


ORDER = (
    "line", "customer_id", "channel", "source_id", "attribute", "since", "valid_from", "record",
    "column_name", "kind", "check_name", "other_channel", "other_source_id",
)  # fmt: skip
"""Rows are written in the order of these columns, so that the same rows give the same bytes."""


def _order(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(c for c in ORDER if c in columns)


def planned(run: Run, day: date | None, only: Sequence[str] = ()) -> list[tuple[date, list[str]]]:
    """The days to run, oldest first, each with its channels.

    Without `day`: every day for which the source holds a file. A channel whose place does not name the day
    is read on each of those days if its query asks for the day, else on the last of them, or today.
    A channel whose file is faulty is planned too, so that running it says what is wrong.
    """
    names = [n for n in run.pack.names if n in only] if only else list(run.pack.names)
    for unknown in set(only) - set(names):
        run.pack.channel(unknown)
    if day is not None:
        return [(day, names)]
    days: dict[date, set[str]] = {}
    daily, once = set(), set()
    for name in names:
        channel = _sound(run, name)
        if channel is not None and "{day}" in channel.lands_at:
            for delivered in deliveries(channel, run.source):
                days.setdefault(delivered, set()).add(name)
        elif channel is not None and ":day" in channel.query:
            daily.add(name)
        else:
            once.add(name)
    if once or daily:
        days.setdefault(max(days, default=datetime.now(UTC).date()), set()).update(once)
    return [(d, [n for n in names if n in found | daily]) for d, found in sorted(days.items())]


def _sound(run: Run, name: str) -> Channel | None:
    try:
        return run.pack.channel(name)
    except ConfigError:
        return None


def latest_day(run: Run) -> date:
    """The newest day for which any channel has a checked batch."""
    days = [run.lake.days("checked", name)[-1:] for name in run.pack.names]
    newest = [d for found in days for d in found]
    if not newest:
        raise OutageError(
            "no channel has a checked batch yet; run a channel's day first",
            "尚无任何渠道的已校验批次，请先运行渠道流程",
        )
    return max(newest)
