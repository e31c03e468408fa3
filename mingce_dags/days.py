"""Which day a run takes: the one it was asked for, else the one whose file its schedule says has landed."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk import Param

from pipelines.channels import cron
from pipelines.channels.channel import Channel
from pipelines.core.errors import ConfigError, say

KEY = "%Y-%m-%d"
"""How a day is written as the key of an asset's partition."""


def newest(channel: Channel, zone: str) -> date:
    """The newest day whose file should have landed by now."""
    landed = cron.last_day(channel.schedule, datetime.now(ZoneInfo(zone)))
    return landed - timedelta(days=channel.lands.day_offset)


def yesterday(zone: str) -> date:
    """The day before this one there: the newest that is whole."""
    return datetime.now(ZoneInfo(zone)).date() - timedelta(days=1)


def asked(newest_day: date) -> dict[str, Param]:
    """The form of a manual run, filled with the newest day."""
    return {
        "day": Param(
            newest_day.isoformat(),
            type="string",
            format="date",
            title=say("Day", "批次日"),
            description=say(
                "The day whose file is taken, as 2026-09-01.", "要处理的数据日期，如 2026-09-01。"
            ),
        )
    }


def day_of(context: Mapping[str, Any]) -> date:
    """The day of this run: what somebody asked for; the schedule's, a backfill's or an asset's; else the form's."""
    run = context["dag_run"]
    said = (run.conf or {}).get("day") or run.partition_key
    if not said and run.logical_date:
        said = run.logical_date.date().isoformat()
    try:
        return date.fromisoformat(str(said or context["params"]["day"]))
    except ValueError:
        raise ConfigError(
            "the run's day is no day: write it as 2026-09-01", "运行日期无效：请写作 2026-09-01"
        ) from None
