"""The made-up world: people, companies and public bodies, and which channel knows whom since when."""

import zlib
from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.channels.channel import Channel, Rows
from pipelines.sample.organisations import (
    companies,
    institutions,
    with_officers,
)
from pipelines.sample.people import People, people
from pipelines.sample.vector import Ints, Mask, Text, chance, drawer, joined, number, spread, taken
from pipelines.sample.words import regions
from warehouse.tables import RECORDS

CUSTOMER_RECORDS = tuple(name for name, table in RECORDS.items() if table.info["is_customer"])
SIGNS = {"individual": "P", "enterprise": "C", "institution": "I"}
"""What an entity's id begins with."""
SHARES = {"individual": 0.94, "enterprise": 0.05, "institution": 0.01}
"""Of all customers, where the pack has channels for all three."""
FEW = 200
"""As many people and companies there are at least: employers, officers, those that texts speak of."""
KNOWN_BY = (0.75, 0.5, 0.12, 0.08, 0.05)
"""Share of the customers each channel knows, the one with most columns first."""
WORKBOOK_SHARE = 0.04
"""A workbook is typed by hand, and slow to read: it knows few."""
NEW_A_DAY = 0.01
LATER_ELSEWHERE = 0.004
"""Share of the customers of a channel who come to it on a later day, though another knows them."""
TWICE = 0.008
"""Share of the customers a channel holds under two keys."""
BRANCHES = 30


@dataclass(frozen=True)
class World:
    """Everybody there is. `since` is the place of the day on which they became customers."""

    seed: int
    days: tuple[date, ...]
    people: People
    columns: dict[str, dict[str, Text]]
    """What is true of each, by record and column; there may be more than are customers."""
    officer: Ints
    """The legal representative of each company, among the people."""
    since: dict[str, Ints]
    branch: dict[str, Text]

    @property
    def today(self) -> np.datetime64:
        """The first day."""
        return np.datetime64(self.days[0])

    def rows(self, record: str) -> int:
        """How many there are."""
        return len(self.since[record])

    def ids(self, record: str, who: Ints) -> Text:
        """Their names in the truth."""
        return joined(SIGNS[record], number(who + 1, 9))


@dataclass(frozen=True)
class Known:
    """Whom a channel knows: one place in each column for each of its rows."""

    record: str
    who: Ints
    day: Ints
    source_id: Text


def world(seed: int, customers: int, days: tuple[date, ...], channels: dict[str, Channel]) -> World:
    """`customers` customers of the types that the channels are about, and people enough to speak of."""
    today = np.datetime64(days[0])
    size = _sizes(customers, channels)
    firms = companies(seed, max(size["enterprise"], customers // 25, FEW), today)
    everybody = people(seed, max(size["individual"], FEW), today, firms)
    grown = np.flatnonzero(everybody.born < today - 22 * 365)
    firms = with_officers(firms, seed, {c: taken(v, grown) for c, v in everybody.columns.items()})
    bodies = max(size["institution"], 1)
    leaders = drawer(seed, "leaders").choice(grown, bodies)
    public = institutions(
        seed, bodies, {c: taken(v, leaders) for c, v in everybody.columns.items()}
    )
    region = {
        "individual": everybody.region,
        "enterprise": firms.place.region,
        "institution": drawer(seed, "branch").integers(0, len(regions().code), bodies),
    }
    columns = {
        "individual": everybody.columns,
        "enterprise": firms.columns,
        "institution": public.columns,
    }
    since = {r: _since(seed, r, size[r], len(days)) for r in SIGNS}
    branch = {r: branches(at) for r, at in region.items()}
    return World(seed, days, everybody, columns, grown[firms.legal], since, branch)


def _sizes(customers: int, channels: dict[str, Channel]) -> dict[str, int]:
    """How many customers of each type there are: none of a type no channel is about."""
    asked = {rows.record for channel in channels.values() for rows in channel.feeds}
    share = {r: s if r in asked else 0.0 for r, s in SHARES.items()}
    whole = sum(share.values()) or 1.0
    size = {r: max(round(customers * s / whole), 1) if s else 0 for r, s in share.items()}
    most = max(size, key=lambda r: size[r])
    rest = customers - sum(n for r, n in size.items() if r != most)
    return size | {most: max(rest, 1)} if size[most] else size


def branches(region: Ints) -> Text:
    """The branch that serves each region: one for a tenth of all districts."""
    all_ = regions()
    step = len(all_.code) / BRANCHES
    seat = ((region / step).astype(np.int64) * step + step / 2).astype(np.int64)
    return joined(taken(all_.prefecture, seat), taken(all_.district, seat), "网点")


def channels_of(record: str, channels: dict[str, Channel]) -> list[str]:
    """The channels that know customers of this type, the one with most columns first."""
    width = {
        n: _width(c, record)
        for n, c in channels.items()
        if any(r.record == record for r in c.feeds)
    }
    return sorted(width, key=lambda n: (-width[n], n))


def customer_rows(channel: Channel) -> Rows | None:
    """The channel's rows that are about a customer, if any are."""
    return next((r for r in channel.feeds if r.record in CUSTOMER_RECORDS), None)


def memberships(seed: int, record: str, size: int, channels: dict[str, Channel]) -> dict[str, Mask]:
    """Whom each channel knows; nobody is known to none."""
    names = channels_of(record, channels)
    found: dict[str, Mask] = {}
    for place, name in enumerate(names):
        share = (
            0.985
            if record != "individual" and place == 0
            else KNOWN_BY[min(place, len(KNOWN_BY) - 1)]
        )
        if channels[name].lands_at.endswith(".xlsx"):
            share = min(share, WORKBOOK_SHARE)
        found[name] = chance(drawer(seed, "known by", name), share, size)
    if names:
        found[names[0]] = found[names[0]] | ~np.any(list(found.values()), axis=0)
    return found


def known(world_: World, name: str, record: str, member: Mask) -> Known:
    """The rows in which a channel knows its customers, in no order, with keys of its own."""
    rng = drawer(world_.seed, "rows", name)
    who = np.flatnonzero(member)
    who = np.concatenate([who, who[chance(rng, TWICE, len(who))]])
    rng.shuffle(who)
    day = world_.since[record][who]
    if len(world_.days) > 1:
        late = chance(rng, LATER_ELSEWHERE, len(who)) & (day == 0)
        day = np.where(late, rng.integers(1, len(world_.days), len(who)), day)
    order = np.argsort(day, kind="stable")
    return Known(record, who[order], day[order], keys(world_.seed, name, len(who)))


def keys(seed: int, name: str, rows: int) -> Text:
    """Keys as a channel gives them: its letter and a number that says nothing."""
    return joined(
        name[0].upper(),
        number(spread(0, rows, 899_999_999, seed + zlib.crc32(name.encode())) + 10**8),
    )


def _width(channel: Channel, record: str) -> int:
    return max(len(r.columns) for r in channel.feeds if r.record == record)


def _since(seed: int, record: str, rows: int, days: int) -> Ints:
    rng = drawer(seed, "since", record)
    later = chance(rng, min(NEW_A_DAY * (days - 1), 0.5), rows)
    return np.where(later, rng.integers(1, max(days, 2), rows), 0)
