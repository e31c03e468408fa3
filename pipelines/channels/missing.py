"""What was expected of a day by a channel's schedule, and has not come."""

from collections.abc import Mapping
from typing import Any

from pipelines.channels.channel import Channel
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS


def missing(run: Run, channels: Mapping[str, Channel]) -> list[dict[str, Any]]:
    """Its rows in `quality.batch`, for the days all customers were run for. Expected since a channel's first day."""
    found = []
    days = run.lake.noted(CUSTOMERS)
    for name, channel in channels.items():
        noted = run.lake.noted(name)
        absent = (d for d in days if noted and d > noted[0] and d not in noted)
        found += [_row(channel, day) for day in absent if channel.is_expected(day)]
    return found


def _row(channel: Channel, day: object) -> dict[str, Any]:
    return {
        "channel": channel.name,
        "day": day,
        "outcome": "missing",
        "message_en": f"nothing of {day} has come; ask {channel.owner} for it, then run the day",
        "message_zh": f"{day} 的数据未到，请向{channel.owner}索取后运行该日流程",
    }
