"""What was expected of a day by a channel's schedule, and has not come."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipelines.channels.channel import Channel
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS

EXPECTED_OF = "channels"
"""The fact of a day's resolved customers that says which channels the pack had."""


def missing(run: Run, channels: Mapping[str, Channel]) -> list[dict[str, Any]]:
    """Its rows in `quality.batch`, for the days all customers were run for, whether or not the channel ever came.

    A channel that is new in the pack is expected of no day that was run before.
    """
    found = []
    of_day = {day: _asked(run, day) for day in run.lake.noted(CUSTOMERS)}
    for name, channel in channels.items():
        noted = set(run.lake.noted(name))
        absent = (d for d, asked in of_day.items() if d not in noted and name in (asked or [name]))
        found += [_row(channel, day) for day in absent if channel.is_expected(day)]
    return found


def _asked(run: Run, day: date) -> list[str]:
    """The channels that the pack had when all customers were run for the day; none if they were not resolved."""
    known = run.lake.manifest("resolved", CUSTOMERS, day)
    said = known.facts.get(EXPECTED_OF, "") if known else ""
    return said.split(",") if said else []


def _row(channel: Channel, day: date) -> dict[str, Any]:
    return {
        "channel": channel.name,
        "day": day,
        "outcome": "missing",
        "message_en": f"nothing of {day} has come; ask {channel.who[0]} for it, then run the day",
        "message_zh": f"{day} 的数据未到，请向{channel.who[1]}索取后运行该日流程",
    }
