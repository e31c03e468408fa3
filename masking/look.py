"""Look: the queries that ask every cell of some columns what it reveals, a bit for each thing said of it.

The first finds, with patterns that unite many, which cells need a closer look. A glance at its answer
tells which recognisers have nothing to find; the second asks the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from masking.cells import CELLS, Cells
from masking.headers import hints
from masking.kinds import Kind
from masking.normalise import normalised_sql
from masking.recognisers import RECOGNISERS, Recogniser
from masking.signs import without_signs_sql
from pipelines.core.sql import literal, quoted

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
UNITED = [SHOWN[i : i + TOGETHER] for i in range(0, len(SHOWN), TOGETHER)]
"""The recognisers of shapes, a few at a time: neighbours in the list look for similar things."""


@dataclass(frozen=True)
class Near:
    """The first query: the cells of some columns, and what could stand in each."""

    columns: tuple[str, ...]
    tall: bool = True
    """Whether there are so many rows that it pays to read one column after the other."""

    @property
    def query(self) -> str:
        """Equal cells once (`v`, normalised, of length `l`), how many (`n`), and which patterns to try.

        `beyond` counts the bits by which its characters exceed one byte each: none in plain ASCII.
        """
        united = ", ".join(
            f"CASE WHEN shape THEN {_any(some)} ELSE FALSE END AS u{i}"
            for i, some in enumerate(UNITED)
        )
        return (
            f"WITH written AS ({self._written}), "
            f"cells AS (SELECT c, w, count(*) AS n FROM written WHERE w IS NOT NULL GROUP BY c, w), "
            f"bare AS (SELECT c, n, trim(w) AS w FROM cells), "
            f"clean AS (SELECT c, n, trim({normalised_sql('w')}) AS v FROM bare WHERE w <> ''), "
            f"plain AS (SELECT c, n, {without_signs_sql('v')} AS v FROM clean WHERE v <> ''), "
            f"seen AS (SELECT c, n, v, length(v) AS l, {_any(SHOWN)} AS shape, {_any(LABELLED)} AS label, "
            f"CASE WHEN length(v) < {ALONE} THEN {_words()} ELSE FALSE END AS word FROM plain) "
            f"SELECT c, n, v, l, bit_length(v) - 8 * l AS beyond, label, word, {united} FROM seen"
        )

    @property
    def _written(self) -> str:
        """Every cell (`w`) and the place of its column (`c`).

        Cells of one column side by side are asked a third quicker than mixed ones; but each part of a union is
        planned with all of the table's columns, so that two thousand of few rows take minutes: those are unnested.
        """
        named = {i: f"CAST({quoted(name)} AS VARCHAR)" for i, name in enumerate(self.columns)}
        if self.tall:
            return " UNION ALL ".join(
                f"SELECT {i} AS c, {w} AS w FROM rows" for i, w in named.items()
            )
        cells = ", ".join(f"{{'c': {i}, 'w': {w}}}" for i, w in named.items())
        return f"SELECT x.c AS c, x.w AS w FROM (SELECT unnest([{cells}]) AS x FROM rows)"

    @property
    def glance(self) -> str:
        """Which of those patterns found anything at all, and the longest cell."""
        found = (f"bool_or({name}) AS {name}" for name in ("label", "word", *_united_names()))
        return f"SELECT max(l) AS longest, {', '.join(found)} FROM near"


@dataclass(frozen=True)
class Look:
    """The second query: what the recognisers say that could find something, and what its numbers mean."""

    columns: tuple[str, ...]
    glance: Mapping[str, Any]

    @cached_property
    def hinted(self) -> Mapping[Kind, list[int]]:
        """Which of the columns have a header that speaks of the kind."""
        return {kind: [i for i, c in enumerate(self.columns) if kind in hints(c)] for kind in Kind}

    @cached_property
    def asked(self) -> list[Recogniser]:
        """The recognisers that could find something, and those that know what looks like it and is not."""
        kinds = {r.kind for r in RECOGNISERS if self._worth_asking(r)}
        return [r for r in RECOGNISERS if self._worth_asking(r) or (r.alike and r.kind in kinds)]

    def _worth_asking(self, r: Recogniser) -> bool:
        """Whether it could find something: by shape, by proof, or by a header."""
        if (self.glance["longest"] or 0) < r.shortest:
            return False
        if r.needs_context and r.proof:
            return True
        shown = not r.needs_context and bool(self.glance[_near(r)])
        told = (r.cell or r.needs_context) and bool(self.hinted[r.kind])
        return shown or told or (r.telling and bool(self.glance["word"]))

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
        """Cells (`n`), different values (`d`) and the longest (`l`) of each column (`c`), by what was said."""
        proofs = [r for r in self.asked if r.proof]
        shaped = [
            *map(self._shape, self.asked),
            *_alike(self.asked),
            *map(_whole, CELLS),
        ]
        halves = [_halves(r) for r in proofs if r.proof and r.proof.halves]
        signs = ", ".join(f"{self._number(names)} AS s{i}" for i, names in enumerate(self.words))
        keys = ", ".join(["c", *(f"s{i}" for i in range(len(self.words)))])
        return (
            f"WITH shaped AS (SELECT c, n, l, {', '.join(shaped)} FROM near), "
            f"compact AS (SELECT {', '.join(['*', *map(_compact, proofs)])} FROM shaped), "
            f"halved AS (SELECT {', '.join(['*', *halves])} FROM compact), "
            f"proven AS (SELECT {', '.join(['*', *map(_proof, proofs)])} FROM halved), "
            f"signed AS (SELECT c, n, l, {signs} FROM proven) "
            f"SELECT {keys}, sum(n) AS n, count(*) AS d, max(l) AS l FROM signed GROUP BY {keys}"
        )

    def _shape(self, r: Recogniser) -> str:
        """`h_`, the value that stands in the cell, where a proof will be asked for; else `m_`, whether one does."""
        whole = r.matches_sql("v")
        if r.proof and r.needs_context:
            return f"CASE WHEN l >= {r.shortest} AND l < {ALONE} AND {whole} THEN v ELSE '' END AS h_{r.name}"
        if r.proof:
            return (
                f"CASE WHEN NOT ({_near(r)} AND l >= {r.shortest}) THEN '' WHEN {whole} THEN v "
                f"WHEN {r.holds_sql('v')} THEN {r.held_sql('v')} ELSE '' END AS h_{r.name}"
            )
        there = (
            []
            if r.needs_context
            else [f"WHEN {_near(r)} AND l >= {r.shortest} THEN {r.holds_sql('v')}"]
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

    def said(self, row: Mapping[str, Any]) -> set[str]:
        """The names of the flags that are set."""
        return {
            name
            for i, names in enumerate(self.words)
            for place, name in enumerate(names)
            if int(row[f"s{i}"]) >> place & 1
        }


def _united_names() -> Iterable[str]:
    return (f"u{i}" for i in range(len(UNITED)))


def _near(r: Recogniser) -> str:
    """The column of `near` that says whether the recogniser could find its shape in the cell."""
    return "label" if r.cell else next(f"u{i}" for i, some in enumerate(UNITED) if r in some)


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


def _whole(cell: Cells) -> str:
    return f"CASE WHEN {cell.worth} THEN {cell.sql} ELSE FALSE END AS m_{cell.name}"


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
