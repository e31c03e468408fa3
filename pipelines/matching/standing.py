"""Standing: a value that came masked, or that nobody can read, replaces nothing: what its key held before stands."""

from sqlalchemy import Table

from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine
from warehouse.model import MASKED, columns_before_resolve

OF_THE_KEY = ("channel", "source_id", "day")


def standing(now: Relation, everything: Relation, table: Table, engine: Engine) -> Relation:
    """`now`, the newest row of each key, its masked and unreadable values as the key had them last.

    `everything` is all its rows.
    """
    names = [c.name for c in columns_before_resolve(table) if c.info["clean"]]
    last = ", ".join(f"max_by({n}, day) FILTER (WHERE {n} IS NOT NULL) AS {n}" for n in names)
    before = engine.sql(
        f"SELECT e.channel AS channel, e.source_id AS source_id, {last} FROM e JOIN m ON m.channel = e.channel "
        "AND m.source_id = e.source_id GROUP BY e.channel, e.source_id",
        e=engine.sql(f"SELECT {', '.join((*OF_THE_KEY, *names))} FROM e", e=everything),
        m=engine.sql(
            "SELECT channel, source_id FROM n WHERE unreadable LIKE '%,%'",
            n=now,
        ),
    )
    shown = ", ".join(
        f"CASE WHEN n.unreadable LIKE '%,{MASKED}{c},%' OR n.unreadable LIKE '%,{c},%' THEN b.{c} ELSE n.{c} END AS {c}"
        if c in names
        else f"n.{c}"
        for c in now.columns
    )
    return engine.sql(
        f"SELECT {shown} FROM n LEFT JOIN b ON b.channel = n.channel AND b.source_id = n.source_id",
        n=now,
        b=before,
    )
