"""Columns: what every cell of a table reveals, set-based, as evidence per column and kind.

Equal cells are looked at once (`look`). What a recogniser says of a cell is one bit; cells with the same
bits are counted together, so that one pass of SQL answers for all kinds. What the counts mean is decided
in `evidence`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from masking.cells import CELLS, MARKED
from masking.evidence import Counts, Evidence, Extent, beside_each_other, weighed
from masking.kinds import Kind
from masking.look import Look, Near
from masking.recognisers import Recogniser
from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine

FIELDS: dict[str, pa.DataType] = {
    "column_name": pa.string(), "kind": pa.string(), "score": pa.float64(), "cells": pa.int64(),
    "matches": pa.int64(), "proven": pa.int64(), "suspect": pa.int64(), "distinct_values": pa.int64(),
    "header_hint": pa.string(), "reason_en": pa.string(), "reason_zh": pa.string(), "verdict": pa.bool_(),
}  # fmt: skip
PROFILE = pa.schema(FIELDS)

CELLS_AT_ONCE = 12_000_000
COLUMNS_AT_ONCE = 2_000
"""How much one query looks at: enough to share its cost, little enough that the values fit in memory."""
FEW = 60
"""At most so many columns at once are read one after the other (`Near.tall`)."""


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
        some = tuple(columns[start : start + at_once])
        found += _looked_at(engine, rows, Near(some, tall=at_once <= FEW))
    return pa.Table.from_pylist([e.row() for e in beside_each_other(found)], schema=PROFILE)


def _looked_at(engine: Engine, rows: Relation, first: Near) -> Iterable[Evidence]:
    """Two queries, for to plan one of every recogniser costs more than a small channel does."""
    columns = first.columns
    with engine.scope():
        near = engine.keep(engine.sql(first.query, rows=rows))
        glance = engine.fetch(engine.sql(first.glance, {}, near=near)).to_pylist()[0]
        look = Look(first.columns, glance)
        signed = engine.fetch(engine.sql(look.query, {}, near=near)).to_pylist()
    by_column: dict[int, list[dict[str, Any]]] = {i: [] for i in range(len(columns))}
    for row in signed:
        by_column[int(row["c"])].append(row)
    for index, column in enumerate(columns):
        mine = by_column[index]
        cells, different = (sum(int(row[x]) for row in mine) for x in "nd")
        extent = Extent(cells, different, max((int(row["l"]) for row in mine), default=0))
        yield from weighed(column, _counts(look, mine), extent)


def _counts(look: Look, signed: Iterable[Mapping[str, Any]]) -> dict[Kind, Counts]:
    """The counts per kind of one column, from its rows of the query."""
    totals: dict[Kind, Counter[str]] = {}
    for row in signed:
        said = look.said(row)
        for kind, words in _by_kind(said, look.asked, int(row["c"]), look.hinted).items():
            tally = totals.setdefault(kind, Counter())
            tally.update(dict.fromkeys(words, int(row["n"])))
            tally["different"] += int(row["d"]) if "matches" in words else 0
    return {kind: Counts(**{"matches": 0} | tally) for kind, tally in totals.items()}


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
            found.setdefault(cell.kind, set()).update(
                {"matches", "marked"} if cell is MARKED else {"matches"}
            )
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
