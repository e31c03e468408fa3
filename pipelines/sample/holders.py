"""Rows that belong to a customer row: whose they are, and how many come on which day."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipelines.channels.channel import Channel
from pipelines.core.errors import ConfigError
from pipelines.sample.records import Accounts, Asked
from pipelines.sample.vector import Ints, constant, drawer, empty, taken
from pipelines.sample.world import Known, World

RATES = {
    "account": (1.15, 0.0), "contract": (0.18, 0.002), "transaction": (1.4, 0.2), "interaction": (0.1, 0.004),
    "consent": (0.5, 0.003), "relation": (0.08, 0.002), "judgement": (0.0, 0.001),
}  # fmt: skip
"""Rows for each customer row known: in the first delivery, and on each later day."""


@dataclass
class Registry:
    """Whom the channels made so far know, and the accounts they keep."""

    known: dict[str, Known]
    accounts: Accounts | None = None


def targets(channel: Channel, registry: Registry) -> list[str]:
    """The channels whose customers the rows belong to."""
    rows = channel
    if said := rows.constants.get("holder_channel"):
        wanted = [said]
    else:
        column = next((c for c in rows.columns.values() if c.is_ == "holder_channel"), None)
        wanted = (
            sorted(set(column.values.values()))
            if column and column.values
            else sorted(registry.known)
        )
    if missing := [name for name in wanted if name not in registry.known]:
        raise ConfigError(
            f"channel {channel.name}: its rows belong to {', '.join(missing)}, no customer channel of this pack; "
            "name one in holder_channel",
            f"渠道 {channel.name}：其数据所属渠道 {'、'.join(missing)} 不是本配置包的客户渠道，请修改 holder_channel",
        )
    return wanted


def asked_of(world: World, channel: Channel, registry: Registry) -> list[Asked]:
    """The rows of a channel without customers of its own, by the channel they belong to."""
    if channel.record == "transaction" and registry.accounts is not None:
        return _of_accounts(world, channel, registry.accounts)
    if channel.record == "judgement":
        return [_judgements(world, channel, registry)]
    found = []
    for target in targets(channel, registry):
        known = registry.known[target]
        at, day = _drawn(world, channel, target, known.day)
        found.append(Asked(
            world, f"{channel.name}/{target}", known.record, known.who[at], day,
            constant(target, len(at)), taken(known.source_id, at),
        ))  # fmt: skip
    return found


def _judgements(world: World, channel: Channel, registry: Registry) -> Asked:
    """Some decisions on every later day; on which rows is decided with them."""
    many = sum(len(k.who) for k in registry.known.values())
    each = max(round(many * RATES["judgement"][1]), 6)
    day = np.repeat(np.arange(1, len(world.days)), each)
    nobody = np.zeros(len(day), dtype=np.int64)
    return Asked(world, channel.name, "individual", nobody, day, empty(len(day)), empty(len(day)))


def _of_accounts(world: World, channel: Channel, accounts: Accounts) -> list[Asked]:
    found = []
    for record in sorted(set(accounts.record.to_pylist())):
        of = np.flatnonzero(np.asarray(accounts.record.to_numpy(zero_copy_only=False)) == record)
        some, day = _drawn(world, channel, record, accounts.day[of])
        at = of[some]
        drawn = Accounts(
            *(taken(c, at) if isinstance(c, pa.Array) else c[at] for c in vars(accounts).values())
        )
        found.append(
            Asked(
                world,
                f"{channel.name}/{record}",
                record,
                drawn.who,
                day,
                drawn.channel,
                drawn.source_id,
                drawn,
            )
        )
    return found


def _drawn(world: World, channel: Channel, target: str, since: Ints) -> tuple[Ints, Ints]:
    """Which of the rows known are spoken of, and on which day; none before it is known."""
    rng = drawer(world.seed, channel.name, target, "drawn")
    first, later = RATES[channel.record]
    if channel.record == "account":
        twice = np.flatnonzero(rng.random(len(since)) < first - 1)
        at = np.concatenate([np.arange(len(since)), twice])
        return at, since[at]
    places, days = [], []
    for day in range(len(world.days)):
        there = np.flatnonzero(since <= day)
        rows = max(round(len(there) * (first if day == 0 else later)), 1 if later and day else 0)
        places.append(there[rng.integers(0, len(there), rows)] if len(there) else there)
        days.append(np.full(len(places[-1]), day))
    return np.concatenate(places), np.concatenate(days)
