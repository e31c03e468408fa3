"""Ledger: which row is which customer, for ever. Ids are permanent; clusters come and go, and are given them.

An id belongs to the cluster that holds its founder, the first row that bore it. A cluster keeps the oldest of the
ids that belong to it, and the others give way to that one; so undoing a merge gives back what was.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine

NO_SOURCES = pa.table({
    "channel": pa.array([], pa.string()), "source_id": pa.array([], pa.string()),
    "customer_id": pa.array([], pa.string()), "since": pa.array([], pa.date32()),
    "until": pa.array([], pa.date32()), "cause": pa.array([], pa.string()),
})  # fmt: skip
NO_SUCCESSORS = pa.table({
    "customer_id": pa.array([], pa.string()), "successor_id": pa.array([], pa.string()),
    "since": pa.array([], pa.date32()),
})  # fmt: skip
NO_CLUSTERS = pa.table({
    "channel": pa.array([], pa.string()), "source_id": pa.array([], pa.string()), "cluster": pa.array([], pa.int64()),
})  # fmt: skip


@dataclass(frozen=True)
class Ledger:
    """`customer_source` and `customer_successor`, with their whole past."""

    sources: Relation
    successors: Relation


def empty(engine: Engine) -> Ledger:
    """The ledger before the first day."""
    return Ledger(engine.arrow(NO_SOURCES), engine.arrow(NO_SUCCESSORS))


WON = """
SELECT customer_id, cluster, born
FROM (
    SELECT l.customer_id, c.cluster, min(l.since) OVER (PARTITION BY l.customer_id) AS born,
        row_number() OVER (PARTITION BY l.customer_id ORDER BY l.since, l.channel, l.source_id) AS place
    FROM ledger AS l JOIN clusters AS c ON c.channel = l.channel AND c.source_id = l.source_id
) AS claims
WHERE place = 1
"""
"""One row an id that some row of today ever bore: the cluster of its founder, and the id's first day."""

KEPT = """
SELECT cluster, customer_id
FROM (SELECT *, row_number() OVER (PARTITION BY cluster ORDER BY born, customer_id) AS place FROM won) AS ranked
WHERE place = 1
"""
"""One row a cluster that keeps an id: the oldest it may."""

FOUNDED = """
SELECT c.cluster, c.channel, c.source_id
FROM (
    SELECT *, row_number() OVER (PARTITION BY cluster ORDER BY channel, source_id) AS place FROM clusters
) AS c
LEFT JOIN kept ON kept.cluster = c.cluster
WHERE c.place = 1 AND kept.cluster IS NULL
"""
"""One row a cluster without an id: its founder."""

TODAY = """
SELECT c.channel, c.source_id, i.customer_id, i.is_new, l.customer_id AS before, w.cluster AS gave_way_to, c.cluster
FROM clusters AS c
JOIN ids AS i ON i.cluster = c.cluster
LEFT JOIN ledger AS l ON l.channel = c.channel AND l.source_id = c.source_id AND l.until IS NULL
LEFT JOIN won AS w ON w.customer_id = l.customer_id
"""
"""One row a channel's row: the id it bears today, and the one it bore."""

SOURCES = """
SELECT l.channel, l.source_id, l.customer_id, l.since,
    CASE WHEN l.until IS NULL AND (t.customer_id IS NULL OR t.customer_id <> l.customer_id)
        THEN CAST($day AS DATE) ELSE l.until END AS until,
    l.cause
FROM ledger AS l LEFT JOIN today AS t ON t.channel = l.channel AND t.source_id = l.source_id
UNION ALL
SELECT channel, source_id, customer_id, CAST($day AS DATE) AS since, CAST(NULL AS DATE) AS until,
    CASE WHEN before IS NULL AND is_new THEN 'new' WHEN before IS NULL THEN 'joined'
        WHEN gave_way_to = cluster THEN 'merged' ELSE 'split' END AS cause
FROM today WHERE before IS NULL OR before <> customer_id
"""

SUCCESSORS = """
SELECT s.customer_id, s.successor_id,
    CASE WHEN p.successor_id = s.successor_id THEN p.since ELSE CAST($day AS DATE) END AS since
FROM (
    SELECT w.customer_id, k.customer_id AS successor_id
    FROM won AS w JOIN kept AS k ON k.cluster = w.cluster WHERE w.customer_id <> k.customer_id
) AS s
LEFT JOIN previous AS p ON p.customer_id = s.customer_id
UNION ALL
SELECT p.customer_id, coalesce(w2.customer_id, p.successor_id) AS successor_id, p.since
FROM previous AS p
LEFT JOIN won AS w ON w.customer_id = p.customer_id
LEFT JOIN won AS w1 ON w1.customer_id = p.successor_id
LEFT JOIN kept AS w2 ON w2.cluster = w1.cluster
WHERE w.customer_id IS NULL
"""
"""One row an id that gave way, and the one that stands for it now; what was said before of an id no row bears."""


def continued(before: Ledger, clusters: Relation, day: date, engine: Engine) -> Ledger:
    """The ledger of `day`, from the one before it and today's `clusters` (channel, source_id, cluster)."""
    bound = {"day": day.isoformat()}
    won = engine.keep(engine.sql(WON, ledger=before.sources, clusters=clusters))
    kept = engine.keep(engine.sql(KEPT, won=won))
    founded = engine.sql(FOUNDED, clusters=clusters, kept=kept)
    new = engine.arrow(_new_ids(engine.fetch(founded), _taken(before, engine)))
    ids = engine.sql(
        "SELECT cluster, customer_id, false AS is_new FROM kept UNION ALL SELECT cluster, customer_id, true FROM new",
        kept=kept, new=new,
    )  # fmt: skip
    today = engine.keep(
        engine.sql(TODAY, clusters=clusters, ids=ids, ledger=before.sources, won=won)
    )
    sources = engine.sql(SOURCES, bound, ledger=before.sources, today=today)
    successors = engine.sql(SUCCESSORS, bound, won=won, kept=kept, previous=before.successors)
    return Ledger(sources, successors)


def _taken(before: Ledger, engine: Engine) -> Callable[[list[str]], set[str]]:
    """Which of these ids anybody ever bore."""

    def of(ids: list[str]) -> set[str]:
        asked = engine.arrow(pa.table({"customer_id": pa.array(ids, pa.string())}))
        found = engine.sql(
            "SELECT DISTINCT a.customer_id FROM a JOIN l ON l.customer_id = a.customer_id",
            a=asked,
            l=before.sources,
        )
        return {str(i) for i in engine.fetch(found)["customer_id"].to_pylist()}

    return of


def _new_ids(founded: pa.Table, taken: Callable[[list[str]], set[str]]) -> pa.Table:
    """An id for each new customer, made of its founder's key; made again where the id is somebody's."""
    founders = sorted(
        zip(*(founded[c].to_pylist() for c in ("channel", "source_id", "cluster")), strict=True)
    )
    ids: dict[int, str] = {}
    left = [(c, channel, source) for channel, source, c in founders]
    attempt, used = 0, set[str]()
    while left:
        made = [
            (c, channel, source, customer_id(channel, source, attempt))
            for c, channel, source in left
        ]
        used |= taken([m[3] for m in made])
        left, attempt = [], attempt + 1
        for c, channel, source, made_id in made:
            if made_id in used:
                left.append((c, channel, source))
            else:
                ids[c] = made_id
                used.add(made_id)
    return pa.table({
        "cluster": pa.array(list(ids), pa.int64()), "customer_id": pa.array(list(ids.values()), pa.string())
    })  # fmt: skip


def customer_id(channel: str, source_id: str, attempt: int = 0) -> str:
    """The id of a customer founded by that row: opaque, and the same wherever it is made."""
    said = f"{channel}\x1f{source_id}\x1f{attempt}".encode()
    return "C" + base64.b32encode(hashlib.sha256(said).digest()[:10]).decode()
