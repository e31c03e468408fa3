"""Issuers: which banks' cards, of which types, a column of card numbers holds; counts, never a value."""

from collections.abc import Iterable
from typing import NamedTuple

import pyarrow as pa

from masking.normalise import normalised_sql
from masking.recognisers.bank_card import BANK_CARD, BANK_CARD_OWN
from masking.recognisers.card_issuer import TYPES, issuers, prefix_lengths
from pipelines.core.batch import Relation
from pipelines.core.sql import quoted
from pipelines.engine.protocol import Engine

NAMED = 3
"""How many banks a sentence names."""


class Cards(NamedTuple):
    """How many cells hold cards of one bank and type; of none that is listed where `bank` is empty."""

    bank: str
    zh: str
    en: str
    type: str
    cells: int


def cards(engine: Engine, rows: Relation, column: str) -> list[Cards]:
    """The banks and types of the cards in a column, the most frequent first."""
    listed = engine.arrow(
        pa.Table.from_pylist(
            [
                {"prefix": i.prefix, "l": i.length, "bank": i.bank, "type": i.type}
                for i in issuers().values()
            ]
        )
    )
    found = engine.fetch(engine.sql(_query(column), cells=rows, listed=listed)).to_pylist()
    names = {i.bank: (i.zh, i.en) for i in issuers().values()}
    told = [
        Cards(bank, *names.get(bank, ("", "")), row["type"] or "", int(row["n"]))
        for row in found
        for bank in [row["bank"] or ""]
    ]
    return sorted(told, key=lambda c: (not c.bank, -c.cells, c.bank, c.type))


def sentences(found: Iterable[Cards]) -> tuple[str, str]:
    """What was found, in English and Chinese; empty if no cell holds a card."""
    listed, others = [], 0
    for one in found:
        if one.bank:
            listed.append(one)
        else:
            others += one.cells
    en = [f"{c.en} {c.type} {c.cells:,}" for c in listed[:NAMED]]
    zh = [f"{c.zh}{TYPES[c.type]} {c.cells:,}" for c in listed[:NAMED]]
    if rest := sum(c.cells for c in listed[NAMED:]):
        en.append(f"other banks {rest:,}")
        zh.append(f"其他银行 {rest:,}")
    if others:
        en.append(f"unlisted prefixes {others:,}")
        zh.append(f"未收录的卡号前缀 {others:,}")
    return (f"; cards of {', '.join(en)}", f"；发卡行：{'、'.join(zh)}") if en else ("", "")


def _query(column: str) -> str:
    """A row: a bank and a type of card, and how many cells hold such a card."""
    whole = " ".join(f"WHEN {r.matches_sql('v')} THEN v" for r in (BANK_CARD, BANK_CARD_OWN))
    within = f"WHEN {BANK_CARD.holds_sql('v')} THEN {BANK_CARD.held_sql('v')}"
    lengths = prefix_lengths()
    joins = " ".join(
        f"LEFT JOIN listed AS p{n} ON p{n}.prefix = substr(head, 1, {n}) AND p{n}.l = heads.l"
        for n in lengths
    )
    bank, kind = (f"coalesce({', '.join(f'p{n}.{x}' for n in lengths)})" for x in ("bank", "type"))
    return (
        f"WITH written AS (SELECT trim(CAST({quoted(column)} AS VARCHAR)) AS w FROM cells), "
        f"clean AS (SELECT {normalised_sql('w')} AS v FROM written WHERE w <> ''), "
        f"held AS (SELECT CASE {whole} {within} ELSE '' END AS h FROM clean), "
        f"numbers AS (SELECT {BANK_CARD.compact_sql('h')} AS number FROM held WHERE h <> ''), "
        f"heads AS (SELECT substr(number, 1, {lengths[0]}) AS head, length(number) AS l, count(*) AS n "
        f"FROM numbers GROUP BY 1, 2), "
        f"issued AS (SELECT {bank} AS bank, {kind} AS type, n FROM heads {joins}) "
        f"SELECT bank, type, sum(n) AS n FROM issued GROUP BY bank, type"
    )
