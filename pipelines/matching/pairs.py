"""Pairs: which rows are one by proof, by score and by judgement, each pair once, in keys and in figures."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipelines.core.batch import Finding, Relation
from pipelines.engine.protocol import Engine
from pipelines.matching.cluster import JUDGED, Edges, Ints, clusters
from pipelines.matching.conditions import sided
from pipelines.matching.declared import Proof, Record


def proven(
    rows: Relation, proofs: list[Proof], engine: Engine
) -> tuple[Relation | None, list[Finding]]:
    """Pairs of rows that a proof joins, and how many rows share a value too common to prove anything."""
    found: list[Relation] = []
    common: list[Finding] = []
    for proof in proofs:
        there = " AND ".join(f"{c} IS NOT NULL" for c in proof.equal)
        by = ", ".join(proof.equal)
        shared = engine.keep(
            engine.sql(
                f"SELECT {by}, count(*) AS rows FROM r WHERE {there} GROUP BY {by} HAVING count(*) > 1",
                r=rows,
            )
        )
        equal = " AND ".join(f"l.{c} = r.{c} AND l.{c} = s.{c}" for c in proof.equal)
        unless = f" AND NOT coalesce({sided(proof.unless)}, false)" if proof.unless else ""
        found.append(
            engine.sql(
                "SELECT l.row_id AS row_l, r.row_id AS row_r FROM s "
                f"JOIN l ON {' AND '.join(f'l.{c} = s.{c}' for c in proof.equal)} "
                f"JOIN r ON {equal} AND l.row_id < r.row_id WHERE s.rows <= {proof.at_most}{unless}",
                s=shared, l=rows, r=rows,
            )
        )  # fmt: skip
        [too_many] = engine.fetch(
            engine.sql(
                f"SELECT coalesce(sum(rows), 0) AS n FROM s WHERE rows > {proof.at_most}", s=shared
            )
        )["n"].to_pylist()
        if too_many:
            common.append(Finding("proof_too_common", "", proof.name, int(too_many)))
    if not found:
        return None, common
    named = {f"p{n}": pairs for n, pairs in enumerate(found)}
    union = " UNION ".join(f"SELECT row_l, row_r FROM {name}" for name in named)
    return engine.keep(engine.sql(union, None, **named)), common


JUDGEMENTS = """
SELECT l.row_id AS row_l, r.row_id AS row_r, j.verdict, j.judged_at
FROM (
    SELECT *, row_number() OVER (
        PARTITION BY channel_1, id_1, channel_2, id_2 ORDER BY judged_at DESC, day DESC, channel, source_id
    ) AS newest
    FROM (
        SELECT day, channel, source_id, verdict, coalesce(judged_at, CAST(day AS TIMESTAMP)) AS judged_at,
            CASE WHEN forward THEN holder_channel ELSE other_channel END AS channel_1,
            CASE WHEN forward THEN holder_source_id ELSE other_source_id END AS id_1,
            CASE WHEN forward THEN other_channel ELSE holder_channel END AS channel_2,
            CASE WHEN forward THEN other_source_id ELSE holder_source_id END AS id_2
        FROM (
            SELECT *, (holder_channel < other_channel OR (holder_channel = other_channel
                AND holder_source_id < other_source_id)) AS forward
            FROM judgement WHERE verdict IN ('same', 'different', 'undecided')
        ) AS sided
    ) AS straight
) AS j
JOIN l ON l.channel = j.channel_1 AND l.source_id = j.id_1
JOIN r ON r.channel = j.channel_2 AND r.source_id = j.id_2
WHERE j.newest = 1 AND l.row_id < r.row_id
"""
"""One row a pair of rows that was judged: the newest judgement on it."""


def judged(rows: Relation, judgement: Relation | None, engine: Engine) -> Relation | None:
    """`row_l, row_r, verdict, judged_at`: the newest judgement on each pair of these rows."""
    if judgement is None:
        return None
    return engine.keep(engine.sql(JUDGEMENTS, judgement=judgement, l=rows, r=rows))


@dataclass(frozen=True)
class Found:
    """Pairs of one record's rows, by what speaks for them."""

    proof: Relation | None = None
    score: Relation | None = None
    judged: Relation | None = None


@dataclass(frozen=True)
class Matched:
    """What was found out about one record's rows."""

    pairs: Relation
    """`row_l, row_r, probability, because`: what a steward may look at."""
    members: Relation
    """`row_id, cluster`: rows that are not alone."""
    findings: tuple[Finding, ...]


NO_PAIRS = pa.table({
    "row_l": pa.array([], pa.int64()), "row_r": pa.array([], pa.int64()), "rank": pa.array([], pa.int32()),
    "probability": pa.array([], pa.float64()), "judged_at": pa.array([], pa.timestamp("us")),
})  # fmt: skip
BECAUSE = {0: "score", 1: "proof", JUDGED: "judged same", JUDGED + 1: "judged different"}
"""What a pair's rank says; the higher counts."""


def matched(rows: Relation, record: Record, found: Found, engine: Engine) -> Matched:
    """The clusters of `rows` that follow from what was found."""
    pairs = _together(found, engine)
    accept = record.thresholds.accept if record.thresholds else 1.0
    support = record.thresholds.support if record.thresholds else 0.0
    taken = engine.sql(f"SELECT * FROM p WHERE probability >= {accept} OR rank > 0", p=pairs)
    held = engine.fetch(taken)
    edges, different = _edges(held)
    row, first = clusters(edges, different, _marks(rows, taken, record, engine), support)
    members = engine.arrow(pa.table({"row_id": pa.array(row), "cluster": pa.array(first)}))
    because = " ".join(f"WHEN {rank} THEN '{word}'" for rank, word in BECAUSE.items())
    shown = engine.sql(
        f"SELECT row_l, row_r, probability, CASE rank {because} END AS because FROM p", p=pairs
    )
    return Matched(shown, members, _contradictions(edges, row, first))


def _together(found: Found, engine: Engine) -> Relation:
    """Each pair once: a judgement counts before a proof, a proof before a score."""
    parts = {"nothing": engine.arrow(NO_PAIRS)}
    never = "CAST(NULL AS TIMESTAMP) AS judged_at"
    union = ["SELECT row_l, row_r, rank, probability, judged_at FROM nothing"]
    if found.score:
        parts["score"] = found.score
        union.append(f"SELECT row_l, row_r, 0 AS rank, probability, {never} FROM score")
    if found.proof:
        parts["proof"] = found.proof
        union.append(
            f"SELECT row_l, row_r, 1 AS rank, CAST(1 AS DOUBLE) AS probability, {never} FROM proof"
        )
    if found.judged:
        parts["judged"] = found.judged
        union.append(
            f"SELECT row_l, row_r, CASE verdict WHEN 'same' THEN {JUDGED} ELSE {JUDGED + 1} END AS rank, "
            "CAST(CASE verdict WHEN 'same' THEN 1 ELSE 0 END AS DOUBLE) AS probability, judged_at "
            "FROM judged WHERE verdict <> 'undecided'"
        )
    return engine.keep(
        engine.sql(
            "SELECT row_l, row_r, max(rank) AS rank, max(judged_at) AS judged_at, "
            f"CASE WHEN max(rank) = {JUDGED + 1} THEN 0 ELSE max(probability) END AS probability "
            f"FROM ({' UNION ALL '.join(union)}) AS pairs GROUP BY row_l, row_r",
            None,
            **parts,
        )
    )


def _edges(held: pa.Table) -> tuple[Edges, list[tuple[int, int]]]:
    """The pairs that speak for one customer, and those judged different."""
    left, right = (
        held["row_l"].to_numpy().astype(np.int64),
        held["row_r"].to_numpy().astype(np.int64),
    )
    rank = held["rank"].to_numpy().astype(np.int64)
    judged_at = held["judged_at"].to_numpy().astype("datetime64[us]").astype(np.int64)
    strength = np.where(rank == JUDGED, judged_at, held["probability"].to_numpy())
    for_one = rank <= JUDGED
    edges = Edges(left[for_one], right[for_one], strength[for_one], rank[for_one])
    return edges, list(zip(left[~for_one].tolist(), right[~for_one].tolist(), strict=True))


def _marks(rows: Relation, taken: Relation, record: Record, engine: Engine) -> list[dict[int, int]]:
    """For each proof of which one customer has one value: the value, as a number, of the rows in a pair."""
    marks = []
    for proof in (p for p in record.proofs if p.excludes):
        there = " AND ".join(f"r.{c} IS NOT NULL" for c in proof.equal)
        by = ", ".join(f"r.{c}" for c in proof.equal)
        held = engine.fetch(
            engine.sql(
                f"SELECT r.row_id, dense_rank() OVER (ORDER BY {by}) AS value FROM r JOIN "
                "(SELECT row_l AS row_id FROM p UNION SELECT row_r AS row_id FROM p) AS named "
                f"ON named.row_id = r.row_id WHERE {there}",
                r=rows, p=taken,
            )
        )  # fmt: skip
        row, value = (held[c].to_numpy().tolist() for c in ("row_id", "value"))
        marks.append(dict(zip(row, value, strict=True)))
    return marks


def _contradictions(edges: Edges, row: Ints, first: Ints) -> tuple[Finding, ...]:
    """How many pairs judged the same are apart, because other judgements keep them so."""
    same = edges.rank == JUDGED
    cluster = dict(zip(row.tolist(), first.tolist(), strict=True))
    pairs = zip(edges.left[same].tolist(), edges.right[same].tolist(), strict=True)
    apart = sum(cluster.get(a, a) != cluster.get(b, b) for a, b in pairs)
    return (Finding("judgements_contradict", "judgement", rows=apart),) if apart else ()
