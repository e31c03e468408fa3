"""One task, one step: calls the flow in the pack's language, and tells Airflow which errors a retry can mend.

Steps, engines and readers are imported when a task runs: whoever parses the DAGs need not wait for them.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

from mingce_dags.days import day_of
from pipelines.channels.pack import Pack
from pipelines.core.batch import CUSTOMERS
from pipelines.core.errors import LANGUAGE, InternalError, OutageError, PlatformError, say

if TYPE_CHECKING:
    from pipelines.channels.run import Run


log = logging.getLogger(__name__)


class Stopped(SystemExit):
    """Somebody has to mend something: its sentence. An exit, for Airflow prints those without a traceback."""


class Away(SystemExit):
    """An outage, which is retried: its sentence."""


def retried(owner: str) -> dict[str, Any]:
    """What every task has: whose it is; three tries again after an outage, and none where somebody has to mend."""
    mend = RetryRule(
        exception="mingce_dags.tasks.Stopped",
        action=RetryAction.FAIL,
        reason=say(
            "mend what the line above names, then clear this task", "请按上一行更正，再清除此任务"
        ),
    )
    return {
        "owner": owner,
        "retries": 3,
        "retry_delay": timedelta(minutes=5),
        "retry_policy": ExceptionRetryPolicy(rules=[mend]),
    }


@contextmanager
def running(at: Mapping[str, str]) -> Iterator["Run"]:
    """The run that a task works in. What stops it leaves as one sentence."""
    from pipelines.channels.run import Run
    from pipelines.core import scratch
    from pipelines.core.log import quieten
    from pipelines.engine import engine
    from pipelines.engine.lake import Lake

    quieten()
    try:
        pack = Pack(Path(at["pack"]))
        LANGUAGE.set(pack.file.language)
        scratch.live_beneath(at["lake"])
        works = engine(at["engine"] or pack.file.engine)
        try:
            yield Run(pack, works, Lake(at["lake"], works), at["warehouse"], at["source"])
        finally:
            works.close()
    except OutageError as error:
        raise Away(str(error)) from None
    except PlatformError as error:
        raise Stopped(str(error)) from None
    except Exception as error:
        raise Stopped(str(InternalError.at(error))) from None


def run_channel_step(at: Mapping[str, str], step: str, channel: str, **context: Any) -> None:
    """One step of a channel's day. The last one says on the channel's asset what was accepted."""
    from pipelines import flow

    with running(at) as run:
        day = day_of(context)
        flow.run_step(run, step, channel, day)
        if step == flow.CHANNEL_DAY[-1]:
            from mingce_dags.assets import accepted, checked

            event = context["outlet_events"][checked(at["prefix"], channel)]
            event.add_partitions(day.isoformat())
            event.extra = accepted(run, channel, day)


def due_day(at: Mapping[str, str], **context: Any) -> str | None:
    """The day of a run of all customers; none if an asset called for it and nothing has come in since it was run."""
    from pipelines.days import due

    with running(at) as run:
        day = day_of(context)
        is_called = (
            context["dag_run"].run_type == "asset_triggered" and context["ti"].try_number == 1
        )
        if is_called and day not in due(run):
            log.info("%s", say(f"{day}: nothing new has come in", f"{day}：没有新的数据"))
            return None
        return day.isoformat()


def run_customers_step(at: Mapping[str, str], step: str, day: str, **context: Any) -> None:
    """One step of all customers' day. The last one says on the asset what stands and what is missing."""
    from pipelines import flow

    with running(at) as run:
        on = date.fromisoformat(day)
        flow.run_step(run, step, CUSTOMERS, on)
        if step == flow.ALL_CHANNELS[-1]:
            from mingce_dags.assets import customers, measured

            event = context["outlet_events"][customers(at["prefix"])]
            event.add_partitions(day)
            event.extra = measured(run, on)


def call_next(at: Mapping[str, str], day: str, **context: Any) -> None:
    """Call for the oldest other day that is due: what this day's run changed bears on the later ones."""
    from airflow.sdk.exceptions import AirflowSkipException

    from mingce_dags.assets import called
    from pipelines.days import due

    with running(at) as run:
        left = [d for d in due(run) if d.isoformat() != day]
    if not left:
        raise AirflowSkipException(say("no other day is due", "没有其他待处理的日期"))
    context["outlet_events"][called(at["prefix"])].add_partitions(left[0].isoformat())
