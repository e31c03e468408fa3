"""Make the files a pack's channels would deliver, about people who do not exist, with the truth beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from pipelines.channels.channel import Channel
from pipelines.channels.pack import Pack
from pipelines.core.errors import ConfigError
from pipelines.sample.files import landing, names_days, write
from pipelines.sample.holders import Registry
from pipelines.sample.later import delivered, repeats
from pipelines.sample.rows import Drawn, drawn
from pipelines.sample.spoil import spoilt
from pipelines.sample.truth import Truth
from pipelines.sample.world import (
    CUSTOMER_RECORDS,
    Known,
    World,
    customer_rows,
    known,
    memberships,
    world,
)
from pipelines.sample.writing import as_written, keyed

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


@dataclass(frozen=True)
class Made:
    """The files that were made, and how much their truth tells."""

    files: tuple[Delivered, ...]
    truth: Mapping[str, int]


def sample(pack: Pack, wanted: Wanted, out: Path, told: TOLD = lambda _name, _rows: None) -> Made:
    """Write the sample under `out`: the channels' files where they land, and the truth in `truth/`."""
    channels = pack.channels()
    _require_separate(channels)
    days = tuple(wanted.first + timedelta(days=n) for n in range(wanted.days))
    there = world(wanted.seed, wanted.customers, days, channels)
    registry, truth = Registry(_known(there, channels)), Truth(there)
    made: list[Delivered] = []
    for name in in_order(channels):
        rows = _rows(channels[name], registry, truth)
        made += _written(rows, there, out)
        told(name, len(rows))
    truth.write(out / "truth")
    return Made(tuple(made), truth.sizes)


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


def _rows(channel: Channel, registry: Registry, truth: Truth) -> Drawn:
    """The rows of all the channel's files; what is true of them is added to the truth."""
    first = keyed(drawn(truth.world, channel, registry), truth.world.seed)
    if channel.name in registry.known:
        registry.known[channel.name] = replace(
            registry.known[channel.name], source_id=first.source_id
        )
    sheets = spoilt(truth.world, first)
    repeated = repeats(truth.world, first, sheets)
    truth.add(first, sheets, repeated)
    return delivered(truth.world, first, sheets, repeated)


def _written(rows: Drawn, there: World, out: Path) -> list[Delivered]:
    """Write each day's file; where the day is no part of its name, the first day's only."""
    channel = rows.channel
    table = as_written(rows, there.seed)
    made = []
    for place, day in enumerate(there.days if names_days(channel) else there.days[:1]):
        at = np.flatnonzero(rows.day == place)
        path = out / landing(channel, day)
        write(channel, table.take(at), path)
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
            f"these channels land at the same place: {names}. A sample cannot be made of them; give each its own file",
            f"以下渠道使用同一文件：{names}。无法为其生成样例，请为每个渠道指定各自的文件",
        )
