"""What customers do with us, row by row: what they hold, what moves on it, what they ask and complain of."""

from collections.abc import Callable

import numpy as np

from pipelines.sample.records import Asked, Made, customer, talk
from pipelines.sample.remarks import Spans
from pipelines.sample.vector import (
    Mask,
    blanked,
    chance,
    constant,
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
    asks, complains = (talk(asked, kind) for kind in ("inquiry", "complaint"))
    spans = _kept(~complaint, asks.spans).after(_kept(complaint, complains.spans), 0)
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
    said = talk(asked, "payment")
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
    said = talk(asked, "visit")
    columns = made.columns | {
        "remark": said.said,
        "interaction_type": constant("visit", len(asked)),
        "complaint_class": empty(len(asked)),
    }
    return Made(columns, {"remark": said.spans})


def _kept(mask: Mask, spans: Spans) -> Spans:
    """The spans of the rows chosen."""
    at = mask[spans.row]
    return Spans(spans.row[at], spans.kind[at], spans.start[at], spans.end[at])
