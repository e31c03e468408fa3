"""The flow: which step follows which. Airflow runs one per task, the command line all in a row."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from pipelines.channels.channel import Channel
from pipelines.channels.run import Run
from pipelines.core import log
from pipelines.core.batch import CUSTOMERS, Batch
from pipelines.core.errors import OutageError, PlatformError
from pipelines.steps.detect import detect
from pipelines.steps.ingest import ingest
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

READS = {"standardise": "landed", "detect": "landed", "validate": "staged", "mask": "resolved", "publish": "masked"}
WRITES = {
    "ingest": "landed", "standardise": "staged", "detect": "profile", "validate": "checked",
    "resolve": "resolved", "mask": "masked",
}  # fmt: skip
QUARANTINED = ("refused", "set_aside")
"""Tables whose names begin so go to the quarantine, and wait there for a corrected batch."""

logger = logging.getLogger(__name__)


def run_step(run: Run, step: str, channel: str, day: date) -> Batch:
    """Run one step of one channel's day, or of all customers' day, and leave what it made in the lake.

    Raises what the step raises, after keeping what became of it for `measure`.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    outcome: dict[str, object] = {"outcome": "stopped", "started_at": started.isoformat(timespec="seconds")}
    with log.at(f"{channel} {day} {step}"), run.engine.scope():
        try:
            before = _left_before(run, step, channel, day)
            if channel == CUSTOMERS:
                after = ALL_CHANNELS[step](before, run)
            else:
                after = CHANNEL_DAY[step](before, run.pack.channel(channel), run)
            rows = _leave(run, step, after)
            outcome |= {"outcome": "done", "rows": rows}
        except PlatformError as error:
            outcome |= {"message_en": error.en, "message_zh": error.zh}
            if isinstance(error, OutageError):
                outcome["outcome"] = "outage"
            raise
        finally:
            outcome["seconds"] = round(time.perf_counter() - clock, 3)
            run.lake.note(channel, day, step, outcome)
        logger.info("%s in %.1f s", ", ".join(f"{t} {n}" for t, n in rows.items()), outcome["seconds"])
    return after


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
    return rows | dict(run.lake.write(layer, left, {t: _order(r.columns) for t, r in kept.items()}).rows)


ORDER = ("line", "customer_id", "channel", "source_id", "attribute", "since", "valid_from", "record", "column_name", "kind",
         "check_name", "other_channel", "other_source_id")  # fmt: skip
"""Rows are written in the order of these columns, so that the same rows give the same bytes."""


def _order(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(c for c in ORDER if c in columns)
