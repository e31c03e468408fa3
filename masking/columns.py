"""Columns: what every cell of a table reveals, set-based, as evidence per column and kind.

Equal cells are looked at once. Two patterns that unite all others tell which cells need a closer look, and
a recogniser looks at those that could be its own. What it says of a cell is one bit; cells with the same
bits are counted together, so that one pass of SQL answers for all kinds. What the counts mean is decided in
`evidence`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from masking.cells import CELLS
from masking.evidence import Counts, Evidence, weighed
from masking.headers import hints
from masking.kinds import Kind
from masking.normalise import normalised_sql
from masking.recognisers import RECOGNISERS, Recogniser
from pipelines.core.batch import Relation
from pipelines.core.sql import literal, quoted
from pipelines.engine.protocol import Engine

FIELDS: dict[str, pa.DataType] = {
    "column_name": pa.string(), "kind": pa.string(), "score": pa.float64(), "cells": pa.int64(),
    "matches": pa.int64(), "proven": pa.int64(), "suspect": pa.int64(), "distinct_values": pa.int64(),
    "header_hint": pa.string(), "reason_en": pa.string(), "reason_zh": pa.string(), "verdict": pa.bool_(),
}  # fmt: skip
PROFILE = pa.schema(FIELDS)

CELLS_AT_ONCE = 12_000_000
COLUMNS_AT_ONCE = 200
"""How much one query looks at: enough to share its cost, little enough that the values fit in memory."""
WORD_BITS = 62
"""Bits of one number: what the signed 64-bit integers of every engine hold without a doubt."""
TOGETHER = 6
"""Recognisers of shapes that share a united pattern of their own, asked before each of them is."""
SHOWN = [r for r in RECOGNISERS if not r.needs_context and not r.cell]
"""Recognisers of which a value shows wherever it stands …"""
LABELLED = [r for r in RECOGNISERS if not r.needs_context and r.cell]
"""… and those of which it shows behind a label."""
ALONE = 24
"""A cell no longer than this that carries a proof beyond accident is that value and nothing else."""


def profile(engine: Engine, rows: Relation, columns: Sequence[str]) -> pa.Table:
    """One row per column and kind there is evidence of, the likeliest kind of a column first.

    A column that reveals nothing has one row, of kind `plain`. No row holds a value.
    """
    with engine.scope():
        there = int(
            engine.fetch(engine.sql("SELECT count(*) AS n FROM rows", rows=rows))
            .column("n")[0]
            .as_py()
        )
    at_once = max(1, min(COLUMNS_AT_ONCE, CELLS_AT_ONCE // max(there, 1)))
    found: list[Evidence] = []
    for start in range(0, len(columns), at_once):
        found += _looked_at(engine, rows, columns[start : start + at_once])
    return pa.Table.from_pylist([e.row() for e in found], schema=PROFILE)


def _looked_at(engine: Engine, rows: Relation, columns: Sequence[str]) -> Iterable[Evidence]:
    look = Look(tuple(columns))
    with engine.scope():
        signed = engine.fetch(engine.sql(look.query, rows=rows)).to_pylist()
    by_column: dict[int, list[dict[str, Any]]] = {i: [] for i in range(len(columns))}
    for row in signed:
        by_column[int(row["c"])].append(row)
    for index, column in enumerate(columns):
        mine = by_column[index]
        cells, different = (sum(int(row[x]) for row in mine) for x in "nd")
        yield from weighed(column, look.counts(mine), cells, different)


@dataclass(frozen=True)
class Look:
    """One look at some columns: its query, and what the query's numbers mean."""

    columns: tuple[str, ...]

    @cached_property
    def hinted(self) -> Mapping[Kind, list[int]]:
        """Which of the columns have a header that speaks of the kind."""
        return {kind: [i for i, c in enumerate(self.columns) if kind in hints(c)] for kind in Kind}

    @cached_property
    def asked(self) -> list[Recogniser]:
        """The recognisers that could find something: by shape, by proof, or by a header."""
        return [r for r in RECOGNISERS if r.proof or not r.needs_context or self.hinted[r.kind]]

    @cached_property
    def flags(self) -> dict[str, str]:
        """What is asked of a cell, each a bit: its name, and the predicate over `proven`."""
        named = {
            f"m_{r.name}": f"h_{r.name} <> ''" if r.proof else f"m_{r.name}" for r in self.asked
        }
        named |= {f"p_{r.name}": f"p_{r.name}" for r in self.asked if r.proof}
        named |= {f"a_{r.name}": f"a_{r.name}" for r in self.asked if r.alike}
        return named | {f"m_{c.name}": f"m_{c.name}" for c in CELLS} | {"alone": f"l <= {ALONE}"}

    @cached_property
    def words(self) -> list[list[str]]:
        """The flags, as many to a number as fit."""
        names = list(self.flags)
        return [names[i : i + WORD_BITS] for i in range(0, len(names), WORD_BITS)]

    @cached_property
    def query(self) -> str:
        """Cells (`n`) and different values (`d`) of each column (`c`, its place) by what was said of them."""
        values = " UNION ALL ".join(
            f"SELECT {i} AS c, CAST({quoted(name)} AS VARCHAR) AS w FROM rows"
            for i, name in enumerate(self.columns)
        )
        shaped = [
            *map(self._shape, self.asked),
            *_alike(self.asked),
            *(_whole(c.sql, c.name) for c in CELLS),
        ]
        signs = ", ".join(f"{self._number(names)} AS s{i}" for i, names in enumerate(self.words))
        keys = ", ".join(["c", *(f"s{i}" for i in range(len(self.words)))])
        proofs = [r for r in self.asked if r.proof]
        halves = ", ".join(_halves(r) for r in proofs if r.proof and r.proof.halves)
        united = ", ".join(
            f"CASE WHEN shape THEN {_any(some)} ELSE FALSE END AS u{i}"
            for i, some in enumerate(self.united)
        )
        return (
            f"WITH written AS ({values}), "
            f"cells AS (SELECT c, w, count(*) AS n FROM written WHERE w IS NOT NULL GROUP BY c, w), "
            f"clean AS (SELECT c, n, {normalised_sql('trim(w)')} AS v FROM cells WHERE trim(w) <> ''), "
            f"seen AS (SELECT c, n, v, length(v) AS l, {_any(SHOWN)} AS shape, {_any(LABELLED)} AS label, "
            f"CASE WHEN length(v) < {ALONE} THEN {_words()} ELSE FALSE END AS word FROM clean), "
            f"near AS (SELECT *, {united} FROM seen), "
            f"shaped AS (SELECT c, n, l, {', '.join(shaped)} FROM near), "
            f"compact AS (SELECT *, {', '.join(map(_compact, proofs))} FROM shaped), "
            f"halved AS (SELECT *, {halves} FROM compact), "
            f"proven AS (SELECT *, {', '.join(map(_proof, proofs))} FROM halved), "
            f"signed AS (SELECT c, n, {signs} FROM proven) "
            f"SELECT {keys}, sum(n) AS n, count(*) AS d FROM signed GROUP BY {keys}"
        )

    @cached_property
    def united(self) -> list[list[Recogniser]]:
        """The recognisers of shapes, a few at a time: neighbours in the list look for similar things."""
        return [SHOWN[i : i + TOGETHER] for i in range(0, len(SHOWN), TOGETHER)]

    def _shape(self, r: Recogniser) -> str:
        """`h_`, the value that stands in the cell, where a proof will be asked for; else `m_`, whether one does."""
        whole = r.matches_sql("v")
        near = (
            "label"
            if r.cell
            else next((f"u{i}" for i, some in enumerate(self.united) if r in some), "TRUE")
        )
        if r.proof and r.needs_context:
            return f"CASE WHEN l >= {r.shortest} AND l < {ALONE} AND {whole} THEN v ELSE '' END AS h_{r.name}"
        if r.proof:
            return (
                f"CASE WHEN NOT ({near} AND l >= {r.shortest}) THEN '' WHEN {whole} THEN v "
                f"WHEN {r.holds_sql('v')} THEN {r.held_sql('v')} ELSE '' END AS h_{r.name}"
            )
        there = (
            []
            if r.needs_context
            else [f"WHEN {near} AND l >= {r.shortest} THEN {r.holds_sql('v')}"]
        )
        if r.telling:
            there.insert(0, f"WHEN word THEN {whole}")
        elif (r.cell or r.needs_context) and self.hinted[r.kind]:
            columns = ", ".join(map(str, self.hinted[r.kind]))
            there.append(f"WHEN c IN ({columns}) THEN {whole}")
        return f"CASE {' '.join(there)} ELSE FALSE END AS m_{r.name}"

    def _number(self, names: list[str]) -> str:
        bits = (
            f"CASE WHEN {self.flags[name]} THEN {1 << i} ELSE 0 END" for i, name in enumerate(names)
        )
        return f"CAST({' + '.join(bits)} AS BIGINT)"

    def counts(self, signed: Iterable[Mapping[str, Any]]) -> dict[Kind, Counts]:
        """The counts per kind of one column, from its rows of the query."""
        totals: dict[Kind, Counter[str]] = {}
        for row in signed:
            said = self._said(row)
            for kind, words in _by_kind(said, self.asked, int(row["c"]), self.hinted).items():
                tally = totals.setdefault(kind, Counter())
                tally.update(dict.fromkeys(words, int(row["n"])))
                tally["different"] += int(row["d"]) if "matches" in words else 0
        return {kind: Counts(**{"matches": 0} | tally) for kind, tally in totals.items()}

    def _said(self, row: Mapping[str, Any]) -> set[str]:
        """The names of the flags that are set."""
        return {
            name
            for i, names in enumerate(self.words)
            for place, name in enumerate(names)
            if int(row[f"s{i}"]) >> place & 1
        }


def _by_kind(
    said: set[str], asked: Sequence[Recogniser], column: int, hinted: Mapping[Kind, list[int]]
) -> dict[Kind, set[str]]:
    """What one cell counts as, by kind: matches, proven, suspect …, the fields of `Counts`."""
    found: dict[Kind, set[str]] = {}
    for r in asked:
        common = r.needs_context and column not in hinted[r.kind]
        if counts := _of_recogniser(r, said, common):
            found.setdefault(r.kind, set()).update(counts)
    for cell in CELLS:
        if f"m_{cell.name}" in said:
            found.setdefault(cell.kind, set()).add("matches")
    if "alone" in said:
        found = _the_surest(found, {r.kind for r in asked if _is_specific(r, said)})
    return {kind: _consistent(counts) for kind, counts in found.items()}


def _of_recogniser(r: Recogniser, said: set[str], common: bool) -> set[str]:
    if f"p_{r.name}" in said:
        return (
            {"weak", "weak_proven"}
            if common
            else {"matches", "proven"} | ({"sure"} if not r.chance else set())
        )
    if f"m_{r.name}" in said:
        if common:
            return {"weak"}
        return {"matches", "suspect"} if r.proof else {"matches"}
    return {"alike"} if f"a_{r.name}" in said else set()


def _is_specific(r: Recogniser, said: set[str]) -> bool:
    """Whether the cell has a shape that is the recogniser's own, and its proof if it has one."""
    return not (r.needs_context or r.cell) and f"{'p' if r.proof else 'm'}_{r.name}" in said


def _the_surest(found: dict[Kind, set[str]], specific: set[Kind]) -> dict[Kind, set[str]]:
    """Of one value: what is proven beyond accident is nothing else; a shape of its own beats a common one."""
    if sure := {kind for kind, counts in found.items() if "sure" in counts}:
        return {kind: found[kind] for kind in sure}
    return {k: c for k, c in found.items() if not specific or k in specific or "proven" in c}


def _consistent(counts: set[str]) -> set[str]:
    """A proven cell is not suspect, and what matches does not look alike."""
    return (
        counts
        - ({"suspect"} if "proven" in counts else set())
        - ({"alike"} if "matches" in counts else set())
    )


def _any(recognisers: Sequence[Recogniser]) -> str:
    """Predicate: some of these stand in `v`. An automaton reads the text once, however many they are."""
    union = "|".join(f"(?:{r.edges.consumed(r.labelled)})" for r in recognisers)
    return f"regexp_matches(v, {literal(union)})"


def _words() -> str:
    """Predicate: the cell is one of the words of which some kinds consist."""
    union = "|".join(f"(?:{r.cell})" for r in RECOGNISERS if r.telling)
    return f"regexp_matches(v, {literal(f'^(?:{union})$')})"


def _alike(asked: Sequence[Recogniser]) -> Iterable[str]:
    for r in asked:
        if r.alike:
            alike = literal(f"^(?:{r.alike})$")
            yield f"CASE WHEN l < {ALONE} THEN regexp_matches(v, {alike}) ELSE FALSE END AS a_{r.name}"


def _whole(predicate: str, name: str) -> str:
    sql = predicate.replace("{v}", "v").replace("{l}", "l")
    return f"CASE WHEN {sql} THEN TRUE ELSE FALSE END AS m_{name}"


def _compact(r: Recogniser) -> str:
    return (
        f"CASE WHEN h_{r.name} <> '' THEN {r.compact_sql(f'h_{r.name}')} ELSE '' END AS k_{r.name}"
    )


def _halves(r: Recogniser) -> str:
    a, b = r.proof.numbers(f"k_{r.name}") if r.proof else ("", "")
    return ", ".join(
        f"CASE WHEN k_{r.name} <> '' THEN {number} END AS {half}_{r.name}"
        for number, half in ((a, "a"), (b, "b"))
    )


def _proof(r: Recogniser) -> str:
    assert r.proof is not None  # noqa: S101 - asked of those that have one
    proof = (
        r.proof.sql.replace("{a}", f"a_{r.name}")
        .replace("{b}", f"b_{r.name}")
        .replace("{v}", f"k_{r.name}")
    )
    return f"CASE WHEN k_{r.name} <> '' THEN {proof} ELSE FALSE END AS p_{r.name}"
