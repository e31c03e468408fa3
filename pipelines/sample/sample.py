"""Make the files a pack's channels would deliver, about people who do not exist, with the truth beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipelines.channels.channel import Channel
from pipelines.channels.pack import Pack
from pipelines.core.errors import ConfigError
from pipelines.sample.files import landing, write
from pipelines.sample.holders import Registry
from pipelines.sample.rows import drawn
from pipelines.sample.spoil import spoilt
from pipelines.sample.truth import Truth
from pipelines.sample.vector import taken
from pipelines.sample.world import (
    CUSTOMER_RECORDS,
    Known,
    World,
    customer_rows,
    known,
    memberships,
    world,
)
from pipelines.sample.writing import as_written

TOLD = Callable[[str, int], None]
"""Told of each channel made, and its rows."""


@dataclass(frozen=True)
class Wanted:
    """What sample is wanted: how many customers, by which seed, from which day on for how many days."""

    customers: int
    seed: int
    first: date
    days: int = 2


@dataclass(frozen=True)
class Delivered:
    """One file that was made."""

    channel: str
    day: date
    path: Path
    rows: int


def sample(
    pack: Pack, wanted: Wanted, out: Path, told: TOLD = lambda _name, _rows: None
) -> list[Delivered]:
    """Write the sample under `out`: the channels' files where they land, and the truth in `truth/`."""
    channels = pack.channels()
    _require_separate(channels)
    days = tuple(wanted.first + timedelta(days=n) for n in range(wanted.days))
    there = world(wanted.seed, wanted.customers, days, channels)
    member = _known(there, channels)
    registry, truth = Registry(dict(member)), Truth()
    made: list[Delivered] = []
    for name in in_order(channels):
        done = _channel(there, channels[name], registry, member, truth, out)
        made += done
        told(name, sum(d.rows for d in done))
    truth.write(out / "truth", there)
    return made


def in_order(channels: dict[str, Channel]) -> list[str]:
    """Customers first, then what they hold, then what moves on it."""
    turn = {"account": 1, "transaction": 3}
    return sorted(
        channels,
        key=lambda n: (0 if customer_rows(channels[n]) else turn.get(channels[n].record, 2), n),
    )


def _known(there: World, channels: dict[str, Channel]) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for record in CUSTOMER_RECORDS:
        for name, member in memberships(there.seed, record, there.rows(record), channels).items():
            about = customer_rows(channels[name])
            if about is not None and about.record == record:
                found[name] = known(there, name, record, member)
    return found


def _channel(
    there: World,
    channel: Channel,
    registry: Registry,
    member: dict[str, Known],
    truth: Truth,
    out: Path,
) -> list[Delivered]:
    rows = spoilt(there, drawn(there, channel, registry, member), truth)
    table = as_written(rows, there.seed)
    made = []
    for place, day in enumerate(there.days):
        path = out / landing(channel, day.isoformat())
        if place and "{day}" not in channel.lands_at:
            break
        at = np.flatnonzero(rows.day == place)
        write(
            channel,
            pa.table({n: taken(table[n].combine_chunks(), at) for n in table.column_names}),
            path,
        )
        made.append(Delivered(channel.name, day, path, len(at)))
    return made


def _require_separate(channels: dict[str, Channel]) -> None:
    """Raise ConfigError if two channels land at one place: one file cannot be made for both."""
    where: dict[str, list[str]] = {}
    for name, channel in channels.items():
        where.setdefault(channel.lands_at, []).append(name)
    if shared := [names for names in where.values() if len(names) > 1]:
        names = "; ".join(", ".join(n) for n in shared)
        raise ConfigError(
            f"these channels land at the same place: {names}. A sample cannot be made for such a pack; give each its own file",
            f"以下渠道使用同一文件：{names}。无法为其生成样例，请为每个渠道指定各自的文件",
        )
