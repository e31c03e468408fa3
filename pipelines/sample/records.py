"""What a row of each record says: one function per record, a column of data for each declared column."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipelines.sample.remarks import Remarks, Spans, Talked, facts_about, remarks
from pipelines.sample.vector import (
    Days,
    Ints,
    Mask,
    Text,
    blanked,
    chance,
    constant,
    drawer,
    empty,
    instants,
    iso,
    joined,
    money,
    number,
    picked,
    spread,
    taken,
    text,
    where,
)
from pipelines.sample.words import named
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


def interaction(asked: Asked) -> Made:
    """An inquiry, a complaint or a visit, with the times of F4 mostly kept."""
    rng = asked.draw("interaction")
    rows = len(asked)
    complaint = chance(rng, 0.22, rows)
    began = asked.since("occurred", 0.25).astype("datetime64[s]") + rng.integers(
        8 * 3600, 20 * 3600, rows
    )
    answered = began + (np.exp(rng.normal(6.6, 1.0, rows))).astype(np.int64) + 30
    resolved = answered + np.where(
        complaint, np.exp(rng.normal(11, 1.1, rows)), np.exp(rng.normal(8, 1.3, rows))
    ).astype(np.int64)
    still_open = (resolved > asked.on.astype("datetime64[s]") + 86_399) | chance(rng, 0.02, rows)
    score = (
        np.where(
            complaint,
            picked(rng, (18, 22, 30, 20, 10), rows),
            picked(rng, (2, 4, 14, 40, 40), rows),
        )
        + 1
    )
    asks, complains = (_talk(asked, kind) for kind in ("inquiry", "complaint"))
    spans = kept(~complaint, asks.spans).after(kept(complaint, complains.spans), 0)
    columns = {
        "interaction_type": where(complaint, "complaint", "inquiry"),
        "complaint_class": where(
            complaint,
            taken(text(["business", "attitude", "product"]), picked(rng, (50, 30, 20), rows)),
            None,
        ),
        "medium": taken(text(["telephone", "online", "on site"]), picked(rng, (75, 20, 5), rows)),
        "occurred_at": instants(began),
        "answered_at": instants(answered),
        "resolved_at": blanked(instants(resolved), still_open),
        "satisfaction": blanked(number(score), still_open | ~chance(rng, 0.7, rows)),
        "branch": taken(asked.world.branch[asked.record], asked.who),
        "remark": where(complaint, complains.said, asks.said),
    }
    return Made(columns, {"remark": spans})


def consent(asked: Asked) -> Made:
    """A consent: some never gave one, some took it back."""
    rng = asked.draw("consent")
    rows = len(asked)
    none = ~chance(rng, 0.8, rows)
    granted = asked.since("granted", 6)
    back = ~none & chance(rng, 0.06, rows)
    later = granted + (rng.random(rows) * (asked.on - granted).astype(np.int64)).astype(np.int64)
    columns = {
        "purpose": taken(
            text(["service", "marketing", "sharing"]), picked(rng, (50, 35, 15), rows)
        ),
        "scope": named("scope").draw(rng, rows),
        "manner": taken(text(["written", "electronic"]), rng.integers(0, 2, rows)),
        "granted_on": iso(granted),
        "withdrawn_on": blanked(iso(later), ~back),
    }
    return Made({c: blanked(v, none) for c, v in columns.items()}, {})


def account(asked: Asked) -> Made:
    """An account with its balance."""
    rng = asked.draw("account")
    rows = len(asked)
    firm = asked.record != "individual"
    kind = picked(rng, (0, 30, 20, 0) if firm else (70, 18, 7, 5), rows)
    kinds = constant("基本户", rows) if firm else taken(named("account_type").said, kind)
    opened = asked.since("opened", 12)
    state = picked(rng, (90, 6, 1, 3), rows)
    gone = (asked.on - opened).astype(np.int64)
    shut = opened + (rng.random(rows) * gone).astype(np.int64)
    sums = np.round(np.exp(rng.normal(13.5 if firm else 9.5, 1.9, rows)) * 100).astype(np.int64)
    columns = {
        "account_number": joined(
            "6001",
            number(spread(0, rows, 899_999_999, asked.world.seed) + 10**8),
            number(rng.integers(0, 10**6, rows), 6),
        ),
        "card_number": where(
            kind < 1,
            taken(asked.known.get("bank_card", empty(len(asked.known["mobile"]))), asked.who),
            None,
        ),
        "account_type": kinds,
        "currency": taken(text(["CNY", "USD", "HKD", "EUR"]), picked(rng, (96, 2, 1, 1), rows)),
        "balance": where(state == 3, "0.00", money(sums)),
        "opened_on": iso(opened),
        "closed_on": blanked(iso(shut), state != 3),
        "status": taken(text(["正常", "睡眠", "冻结", "销户"]), state),
        "branch": taken(asked.world.branch[asked.record], asked.who),
    }
    return Made(columns, {})


def contract(asked: Asked) -> Made:
    """A product signed for."""
    rng = asked.draw("contract")
    rows = len(asked)
    starts = asked.since("starts", 5)
    ends = starts + rng.choice([180, 365, 1095, 1826, 10_957], rows)
    ran_out = ends < asked.on
    columns = {
        "contract_number": joined(
            "HT", number(spread(0, rows, 899_999_999, asked.world.seed) + 10**8)
        ),
        "product": named("product").draw(rng, rows),
        "amount": money(np.round(np.exp(rng.normal(11.3, 1.2, rows)), -2).astype(np.int64) * 100),
        "starts_on": iso(starts),
        "ends_on": iso(ends),
        "status": where(ran_out, "已到期", where(chance(rng, 0.04, rows), "已终止", "履行中")),
        "branch": taken(asked.world.branch[asked.record], asked.who),
    }
    return Made(columns, {})


def transaction(asked: Asked) -> Made:
    """A movement of money."""
    rng = asked.draw("transaction")
    rows = len(asked)
    when = asked.since("moved", 0.25).astype("datetime64[s]") + rng.integers(0, 86_400, rows)
    said = _talk(asked, "payment")
    people = asked.world.columns["individual"]["full_name"]
    columns = {
        "account_number": asked.accounts.number
        if asked.accounts
        else joined("6001", number(rng.integers(10**14, 10**15, rows))),
        "occurred_at": instants(when),
        "amount": money(np.round(np.exp(rng.normal(6.5, 1.9, rows)) * 100).astype(np.int64) + 1),
        "currency": constant("CNY", rows),
        "direction": taken(text(["收", "付"]), picked(rng, (40, 60), rows)),
        "counterparty_name": taken(people, rng.integers(0, len(people), rows)),
        "counterparty_account": joined("6217", number(rng.integers(10**14, 10**15, rows))),
        "medium": taken(
            text(["counter", "mobile", "machine", "merchant"]), picked(rng, (8, 52, 10, 30), rows)
        ),
        "remark": said.said,
    }
    return Made(columns, {"remark": said.spans})


def relation(asked: Asked) -> Made:
    """How one customer stands to another; the other is drawn by whoever asks."""
    kinds = text(["spouse", "parent", "guarantor"])
    drawn = picked(asked.draw("relation"), (60, 25, 15), len(asked))
    return Made(
        {"relation_type": taken(kinds, drawn), "since_on": iso(asked.since("related", 10))}, {}
    )


def judgement(asked: Asked) -> Made:
    """A steward's decision; on what is drawn by whoever asks."""
    rng = asked.draw("judgement")
    rows = len(asked)
    when = (asked.on - 1).astype("datetime64[s]") + rng.integers(9 * 3600, 18 * 3600, rows)
    columns = {
        "judged_by": joined("SJ", number(rng.integers(1001, 1009, rows))),
        "judged_at": instants(when),
    }
    return Made(columns, {})


RECORD_MAKERS: dict[str, Callable[[Asked], Made]] = {
    "individual": customer, "enterprise": customer, "institution": customer, "account": account,
    "contract": contract, "transaction": transaction, "interaction": interaction, "consent": consent,
    "relation": relation, "judgement": judgement,
}  # fmt: skip


def visits(made: Made, asked: Asked) -> Made:
    """The same interactions, if the channel says they are all visits."""
    said = _talk(asked, "visit")
    columns = made.columns | {
        "remark": said.said,
        "interaction_type": constant("visit", len(asked)),
        "complaint_class": empty(len(asked)),
    }
    return Made(columns, {"remark": said.spans})


def _talk(asked: Asked, conversation: str) -> Remarks:
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
    found = _talk(about, "note" if asked.record == "individual" else "company")
    place = np.full(rows, -1)
    place[noted] = np.arange(len(noted))
    spans = found.spans
    return Remarks(
        taken(found.said, place), Spans(noted[spans.row], spans.kind, spans.start, spans.end)
    )


def kept(mask: Mask, spans: Spans) -> Spans:
    """The spans of the rows chosen."""
    at = mask[spans.row]
    return Spans(spans.row[at], spans.kind[at], spans.start[at], spans.end[at])
