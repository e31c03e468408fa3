"""Columns: what every cell of a table reveals, set-based, as evidence per column and kind.

Equal cells are looked at once, and a recogniser only at cells that could be its own (length, header,
a cheap pattern). What the counts mean is decided in `evidence`.
"""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from masking.cells import CELLS, Cells
from masking.evidence import Counts, Evidence, weighed
from masking.headers import hints
from masking.kinds import Kind
from masking.normalise import normalised_sql
from masking.recognisers import RECOGNISERS, Recogniser
from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine

_TEXT, _COUNT = pa.string(), pa.int64()
PROFILE = pa.schema([
    ("column_name", pa.string()), ("kind", pa.string()), ("score", pa.float64()), ("cells", pa.int64()),
    ("matches", pa.int64()), ("proven", pa.int64()), ("suspect", pa.int64()), ("distinct_values", pa.int64()),
    ("header_hint", pa.string()), ("reason_en", pa.string()), ("reason_zh", pa.string()), ("verdict", pa.bool_()),
])  # fmt: skip

AT_ONCE = 16
"""Columns looked at by one query: enough to share its cost, few enough that their values fit in memory."""


def profile(engine: Engine, rows: Relation, columns: Sequence[str]) -> pa.Table:
    """One row per column and kind there is evidence of, the likeliest kind of a column first.

    A column that reveals nothing has one row, of kind `plain`. No row holds a value.
    """
    found: list[Evidence] = []
    for start in range(0, len(columns), AT_ONCE):
        found += _looked_at(engine, rows, columns[start : start + AT_ONCE])
    return pa.Table.from_pylist([e.row() for e in found], schema=PROFILE)


def _looked_at(engine: Engine, rows: Relation, columns: Sequence[str]) -> Iterable[Evidence]:
    with engine.scope():
        counted = engine.fetch(engine.sql(query(columns), rows=rows)).to_pylist()
    by_column = {int(row["c"]): row for row in counted}
    for index, column in enumerate(columns):
        row = by_column.get(index, {})
        yield from weighed(
            column, _counts(row), int(row.get("cells") or 0), int(row.get("different") or 0)
        )


def _counts(row: dict[str, int]) -> dict[Kind, Counts]:
    found: dict[Kind, Counts] = {}
    for kind in Kind:
        if row.get(f"m_{kind}"):
            numbers = (int(row[f"{x}_{kind}"] or 0) for x in "mpsad")
            found[kind] = Counts(*numbers)
    return found


def query(columns: Sequence[str]) -> str:
    """The counts of these columns, one row each: column `c` by its place, then counts per kind."""
    cells = " UNION ALL ".join(
        f"SELECT {i} AS c, CAST({_quoted(name)} AS VARCHAR) AS w, count(*) AS n FROM rows "
        f"WHERE {_quoted(name)} IS NOT NULL GROUP BY 2"
        for i, name in enumerate(columns)
    )
    hinted = {kind: [i for i, name in enumerate(columns) if kind in hints(name)] for kind in Kind}
    asked = [r for r in RECOGNISERS if hinted[r.kind] or not _needs_header(r)]
    gates = {gate: f"g{i}" for i, gate in enumerate(dict.fromkeys(r.gate for r in asked))}
    flags = ", ".join(f"regexp_matches(v, '{gate}') AS {name}" for gate, name in gates.items())
    shapes = ", ".join(
        [*(_shape(r, hinted[r.kind], gates[r.gate]) for r in asked), *(_cell(c) for c in CELLS)]
    )
    proofs = ", ".join(
        f"CASE WHEN h_{r.name} <> '' THEN {r.proven_sql(f'h_{r.name}')} ELSE FALSE END AS p_{r.name}"
        for r in asked
        if r.proves
    )
    return (
        f"WITH cells AS ({cells}), "
        f"clean AS (SELECT c, n, {normalised_sql('trim(w)')} AS v FROM cells WHERE trim(w) <> ''), "
        f"gated AS (SELECT c, n, v, length(v) AS l, {flags} FROM clean), "
        f"shaped AS (SELECT c, n, l, {shapes} FROM gated), "
        f"proven AS (SELECT *, {proofs} FROM shaped), "
        f"judged AS (SELECT *, {_settled(asked)} AS settled FROM proven) "
        f"SELECT c, sum(n) AS cells, count(*) AS different, {', '.join(_sums(asked))} FROM judged GROUP BY c"
    )


def _needs_header(r: Recogniser) -> bool:
    """Whether a cell alone says nothing: no proof, and a shape that much else has."""
    return r.proves is None and r.needs_context


def _shape(r: Recogniser, hinted: Sequence[int], gate: str) -> str:
    """`h_` the value held, where a proof will be asked for; else `m_` whether there is one; `a_` look-alikes."""
    could = f"l >= {r.shortest} AND {gate}"
    if r.proves and r.needs_context:
        return f"CASE WHEN {could} AND {r.matches_sql('v')} THEN v ELSE '' END AS h_{r.name}"
    if r.proves:
        return f"CASE WHEN {could} THEN {r.held_sql('v')} ELSE '' END AS h_{r.name}"
    there = [f"{could} AND {r.holds_sql('v')}"] if not r.needs_context else []
    if (r.cell or r.needs_context) and (hinted or r.telling):
        whole = r.matches_sql("v")
        there.append(whole if r.telling else f"c IN ({', '.join(map(str, hinted))}) AND {whole}")
    found = (
        f"CASE WHEN {' OR '.join(f'({t})' for t in there)} THEN TRUE ELSE FALSE END AS m_{r.name}"
    )
    if r.alike:
        found += f", CASE WHEN {could} THEN regexp_matches(v, '^(?:{r.alike})$') ELSE FALSE END AS a_{r.name}"
    return found


def _cell(cells: Cells) -> str:
    predicate = cells.sql.replace("{v}", "v").replace("{l}", "l")
    return f"CASE WHEN {predicate} THEN TRUE ELSE FALSE END AS m_{cells.name}"


def _settled(asked: Sequence[Recogniser]) -> str:
    """Whether the cell is one value that is proven beyond accident: it is then nothing else."""
    sure = " OR ".join(f"p_{r.name}" for r in asked if r.proves and not r.chance)
    return f"(l <= 24 AND ({sure}))"


def _sums(asked: Sequence[Recogniser]) -> Iterable[str]:
    """Per kind: cells that match, are proven, are suspect, look alike; and different values that match."""
    for kind in Kind:
        mine = [r for r in asked if r.kind == kind]
        others = [f"m_{c.name}" for c in CELLS if c.kind == kind]
        if not mine and not others:
            continue
        shown = [f"h_{r.name} <> ''" if r.proves else f"m_{r.name}" for r in mine] + others
        matched = f"({' OR '.join(shown)})"
        if not any(r.proves and not r.chance for r in mine):
            matched = f"({matched} AND NOT settled)"
        proofs = [f"p_{r.name}" for r in mine if r.proves]
        proven = f"({' OR '.join(proofs)})" if proofs else "FALSE"
        asks = [f"h_{r.name} <> ''" for r in mine if r.proves]
        suspect = f"({matched} AND ({' OR '.join(asks)}) AND NOT {proven})" if asks else "FALSE"
        alike = [f"a_{r.name}" for r in mine if r.alike]
        lookalike = (
            f"(({' OR '.join(alike)}) AND NOT {matched} AND NOT settled)" if alike else "FALSE"
        )
        for name, condition in (
            ("m", matched), ("p", f"({matched} AND {proven})"), ("s", suspect), ("a", lookalike),
        ):  # fmt: skip
            yield f"sum(CASE WHEN {condition} THEN n ELSE 0 END) AS {name}_{kind}"
        yield f"sum(CASE WHEN {matched} THEN 1 ELSE 0 END) AS d_{kind}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
