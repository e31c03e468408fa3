"""One task, one step: calls the flow, and tells Airflow which errors a retry can mend."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk.exceptions import AirflowFailException

from dags.settings import settings
from pipelines import flow
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core import scratch
from pipelines.core.errors import OutageError, PlatformError
from pipelines.days import bases
from pipelines.engine import engine
from pipelines.engine.lake import Lake


@contextmanager
def _run() -> Iterator[Run]:
    at = settings()
    pack = Pack(at.pack)
    scratch.live_beneath(at.lake)
    works = engine(at.engine or pack.file.engine)
    try:
        yield Run(pack, works, Lake(at.lake, works), at.warehouse, at.source)
    finally:
        works.close()


def run_step(step: str, channel: str, day: str) -> None:
    """Run one step. Only an outage is retried; whatever else stops a step, somebody has to mend."""
    try:
        with _run() as run:
            flow.run_step(run, step, channel, datetime.date.fromisoformat(day))
    except OutageError:
        raise
    except PlatformError as error:
        raise AirflowFailException(str(error)) from None


def latest_day() -> str:
    """The newest day any channel has been checked for: as of it, all customers are resolved."""
    with _run() as run:
        return max(bases(run)).isoformat()
