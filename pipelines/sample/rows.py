"""A channel's rows over all days, as its source writes them: derived from its declaration."""

from dataclasses import dataclass, field

import numpy as np

from pipelines.channels.channel import Channel, Rows
from pipelines.sample.dealings import RECORD_MAKERS, visits
from pipelines.sample.holders import Registry, asked_of
from pipelines.sample.pairs import judged, related
from pipelines.sample.records import Accounts, Asked, Made
from pipelines.sample.remarks import Spans
from pipelines.sample.vector import (
    Ints,
    Text,
    blanked,
    chance,
    constant,
    drawer,
    empty,
    pc,
    taken,
    together,
)
from pipelines.sample.world import CUSTOMER_RECORDS, World, customer_rows, keys


@dataclass(frozen=True)
class Said:
    """What one record's columns say in every row, and where in its free text something personal stands."""

    rows: Rows
    columns: dict[str, Text]
    spans: dict[str, Spans]


@dataclass(frozen=True)
class Drawn:
    """A channel's rows before anything went wrong with them: keys, whom they are about, when they come."""

    channel: Channel
    record: str
    who: Ints
    day: Ints
    number: Text
    """What stands in the last column of the key."""
    source_id: Text
    """The whole key."""
    said: tuple[Said, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.day)


def drawn(world: World, channel: Channel, registry: Registry) -> Drawn:
    """The channel's rows. Its accounts, if it keeps any, are added to the registry."""
    about = customer_rows(channel)
    if about is not None:
        known = registry.known[channel.name]
        asked = [Asked(world, channel.name, known.record, known.who, known.day,
                       constant(channel.name, len(known.who)), known.source_id)]  # fmt: skip
        key = known.source_id
    else:
        asked = asked_of(world, channel, registry)
        key = keys(world.seed, channel.name, sum(len(a) for a in asked))
    made = [
        _as_told(world, channel, [_made(world, rows, a, registry) for rows in channel.feeds])
        for a in asked
    ]
    order = _order(world, channel, asked)
    said = tuple(
        _together(rows, [part[place] for part in made], [len(a) for a in asked], order)
        for place, rows in enumerate(channel.feeds)
    )
    who, day = (
        np.concatenate(parts)[order] for parts in ([a.who for a in asked], [a.day for a in asked])
    )
    record = asked[0].record if asked else CUSTOMER_RECORDS[0]
    found = Drawn(channel, record, who, day, key, key, said)
    if channel.record == "account":
        registry.accounts = _accounts(found, asked, order)
    return found


def _made(world: World, rows: Rows, asked: Asked, registry: Registry) -> Made:
    made = RECORD_MAKERS[rows.record](asked)
    if rows.record == "interaction" and rows.constants.get("interaction_type") == "visit":
        made = visits(made, asked)
    holder = {"holder_channel": asked.channel, "holder_source_id": asked.source_id}
    if rows.record == "relation":
        holder |= related(world, rows, asked, registry)
    if rows.record == "judgement":
        holder |= judged(world, asked, registry)
    return Made(made.columns | holder, made.spans)


def _as_told(world: World, channel: Channel, made: list[Made]) -> list[Made]:
    """Whoever calls is registered by the call; where no kind of document is asked for, its number is often left out."""
    records = [rows.record for rows in channel.feeds]
    if "individual" not in records:
        return made
    place = records.index("individual")
    columns = dict(made[place].columns)
    shown = 1.0
    if "id_type" not in {c.is_ for c in channel.feeds[place].columns.values()}:
        shown = 0.75
    if "interaction" in records:
        day = pc.utf8_slice_codeunits(
            made[records.index("interaction")].columns["occurred_at"], 0, 10
        )
        columns |= {"registered_on": day, "updated_on": day}
        shown = 0.4
    rng = drawer(world.seed, channel.name, "document")
    columns["id_number"] = blanked(
        columns["id_number"], ~chance(rng, shown, len(columns["id_number"]))
    )
    return [*made[:place], Made(columns, made[place].spans), *made[place + 1 :]]


def _together(rows: Rows, parts: list[Made], lengths: list[int], order: Ints) -> Said:
    """The parts one behind the other, then in the channel's order."""
    names = sorted({name for part in parts for name in part.columns})
    columns = {}
    for name in names:
        pieces = [p.columns.get(name, empty(n)) for p, n in zip(parts, lengths, strict=True)]
        columns[name] = taken(together(pieces), order)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    spans: dict[str, Spans] = {}
    start = 0
    for part, length in zip(parts, lengths, strict=True):
        for name, found in part.spans.items():
            here = Spans(place[found.row + start], found.kind, found.start, found.end)
            spans[name] = here.after(spans[name], 0) if name in spans else here
        start += length
    return Said(rows, columns, spans)


def _order(world: World, channel: Channel, asked: list[Asked]) -> Ints:
    """By day, within the day as it happened to come."""
    day = np.concatenate([a.day for a in asked]) if asked else np.zeros(0, dtype=np.int64)
    if customer_rows(channel) is not None:
        return np.arange(len(day))
    shuffled = drawer(world.seed, channel.name, "order").permutation(len(day))
    return shuffled[np.argsort(day[shuffled], kind="stable")]


def _accounts(found: Drawn, asked: list[Asked], order: Ints) -> Accounts:
    columns = found.said[0].columns
    record = together([constant(a.record, len(a)) for a in asked])
    return Accounts(
        columns["account_number"], columns["holder_channel"], columns["holder_source_id"],
        found.who, found.day, taken(record, order),
    )  # fmt: skip
