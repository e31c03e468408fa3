"""Wait for a channel's file without holding a worker. Late is told, not failed; the file is taken when it comes."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowSkipException

from mingce_dags.days import day_of
from mingce_dags.tasks import running
from mingce_dags.trigger import Landed, is_there
from pipelines.channels.landing import is_database, location, names_day
from pipelines.core.errors import say

GIVEN_UP_AFTER = timedelta(days=14)
"""How long a late file is waited for. It can still be brought in by hand."""

log = logging.getLogger(__name__)


class Landing(BaseOperator):
    """Done when the channel's file of the run's day is there; at once if its place names no day."""

    ui_color = "#e8f0fe"

    def __init__(self, at: Mapping[str, str], channel: str, **more: Any) -> None:
        super().__init__(**more)
        self.at = dict(at)
        self.channel = channel

    def execute(self, context: Mapping[str, Any]) -> None:
        """Look once here; then let the triggerer look until the channel's time is over."""
        with running(self.at) as run:
            channel = run.pack.channel(self.channel)
            place = location(channel.lands_at, run.source, day_of(context))
            if is_database(place) or not names_day(channel.lands_at) or is_there(place):
                return
            patience = timedelta(hours=channel.lands.within_hours)
        log.info(say("%s has not landed yet; waiting", "%s 尚未到达，等待中"), context["run_id"])
        self._wait(place, patience, "in_time")

    def in_time(self, context: Mapping[str, Any], event: bool) -> None:
        """It is there; or it is late, which is noted, and waited for on."""
        if event:
            return
        with running(self.at) as run:
            channel, day = run.pack.channel(self.channel), day_of(context)
            en = f"channel {channel.name} {day}: the file is late and is taken when it comes; ask {channel.who[0]}"
            zh = f"渠道 {channel.name} {day}：文件迟到，请向{channel.who[1]}催交；到达后自动处理"
            note = {"outcome": "late", "message_en": en, "message_zh": zh}
            when = {"started_at": datetime.now(UTC).isoformat(timespec="seconds"), "seconds": 0.0}
            if not run.lake.notes(channel.name, day):
                run.lake.note(channel.name, day, "ingest", note | when)
            place = location(channel.lands_at, run.source, day)
            log.warning("%s", say(en, zh))
        self._wait(place, GIVEN_UP_AFTER, "at_last")

    def at_last(self, context: Mapping[str, Any], event: bool) -> None:
        """It is there, late; or it never came, and the run ends without it."""
        if not event:
            raise AirflowSkipException(
                say(
                    "the file never came; run the day by hand when it does",
                    "文件始终未到；到达后请手动运行该日",
                )
            )

    def _wait(self, place: str, patience: timedelta, then: str) -> None:
        until = (datetime.now(UTC) + patience).isoformat()
        self.defer(trigger=Landed(place, until), method_name=then)
