"""What a row of each record says: one function per record, a column of data for each declared column."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.remarks import Remarks, Spans, Talked, facts_about, remarks
from pipelines.sample.vector import (
    Days,
    Ints,
    Text,
    blanked,
    chance,
    drawer,
    iso,
    taken,
)
from pipelines.sample.world import World

FILLED = {
    "landline": 0.3, "email": 0.5, "wechat": 0.5, "qq": 0.3, "postcode": 0.7, "remark": 0.12, "work_address": 0.85,
    "bank_card": 0.85, "annual_income": 0.75, "education": 0.9, "ethnicity": 0.9, "credit_grade": 0.6, "fax": 0.4,
    "website": 0.5,
}  # fmt: skip
"""Share of rows in which an element nobody insists on is given; the others are."""


@dataclass(frozen=True)
class Asked:
    """The rows that are wanted of a channel: whom they are about, and when they are delivered."""

    world: World
    name: str
    record: str
    """The type of the customers they are about."""
    who: Ints
    day: Ints
    channel: Text
    """Of each row's customer row: its channel, and its key there."""
    source_id: Text
    accounts: "Accounts | None" = None

    def __len__(self) -> int:
        return len(self.who)

    @property
    def on(self) -> Days:
        """The day on which each row is delivered."""
        return np.array(self.world.days, dtype="datetime64[D]")[self.day]

    @property
    def known(self) -> dict[str, Text]:
        """What is true of the customers there are."""
        return self.world.columns[self.record]

    def draw(self, *what: str) -> np.random.Generator:
        """Chance of this channel's own."""
        return drawer(self.world.seed, self.name, *what)

    def since(self, what: str, years: float) -> Days:
        """A day before each row's: in the years before for the first delivery, the day before for the later."""
        back = 1 + self.draw(what).integers(0, int(years * 365), len(self))
        return self.on - np.where(self.day == 0, back, 1)


@dataclass(frozen=True)
class Accounts:
    """The accounts a bank's other channels speak of."""

    number: Text
    channel: Text
    source_id: Text
    who: Ints
    day: Ints
    record: Text


@dataclass(frozen=True)
class Made:
    """Columns of a record, and the spans in its free text."""

    columns: dict[str, Text]
    spans: dict[str, Spans]


def customer(asked: Asked) -> Made:
    """An individual, enterprise or institution as one channel knows it."""
    columns = {c: taken(v, asked.who) for c, v in asked.known.items()}
    registered = asked.since("registered", 9)
    gone = (asked.on - registered).astype(np.int64)
    updated = registered + (asked.draw("updated").random(len(asked)) ** 0.5 * gone).astype(np.int64)
    said = _note(asked)
    columns |= {
        "branch": taken(asked.world.branch[asked.record], asked.who),
        "registered_on": iso(registered),
        "updated_on": iso(updated),
        "remark": said.said,
    }
    for name, share in FILLED.items():
        if name in columns and name != "remark":
            columns[name] = blanked(
                columns[name], ~chance(asked.draw("filled", name), share, len(asked))
            )
    return Made(columns, {"remark": said.spans})


def talk(asked: Asked, conversation: str) -> Remarks:
    """Texts about the person, or about anybody if the row is a company's."""
    world = asked.world
    talked = Talked(
        world.seed,
        asked.name,
        asked.who % len(world.people),
        world.columns["individual"],
        world.today,
    )
    return remarks(world.seed, asked.name, conversation, facts_about(talked, conversation))


def _note(asked: Asked) -> Remarks:
    """A note on every eighth customer."""
    rows = len(asked)
    noted = np.flatnonzero(chance(asked.draw("noted"), FILLED["remark"], rows))
    about = Asked(asked.world, asked.name, asked.record, asked.who[noted], asked.day[noted],
                  taken(asked.channel, noted), taken(asked.source_id, noted))  # fmt: skip
    found = talk(about, "note" if asked.record == "individual" else "company")
    place = np.full(rows, -1)
    place[noted] = np.arange(len(noted))
    spans = found.spans
    return Remarks(
        taken(found.said, place), Spans(noted[spans.row], spans.kind, spans.start, spans.end)
    )
