"""Standing: what a key held before, where what its newest row says takes no sound value's place.

A value that came masked, or that nobody can read, replaces nothing: what was there stands. One that fails a check of
its own stands in its row; but for the one view what was there is still known.
"""

from collections.abc import Mapping

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


def sound_before(
    now: Relation, everything: Relation, doubts: Mapping[str, str], engine: Engine
) -> Relation:
    """What keys held last that fails no check, of attributes whose newest value does.

    `now` are the newest rows, with `customer_id`; `everything` all rows; `doubts` as of `doubt.doubts`. The result is
    `customer_id`, the key, the attributes, null where the newest value is sound, and of each the day of its delivery
    (`<attribute>__on`).
    """
    said = ", ".join(f"{sql} AS {n}__doubt" for n, sql in doubts.items())
    newest = engine.sql(f"SELECT customer_id, channel, source_id, {said} FROM r", r=now)
    doubted = " OR ".join(f"{n}__doubt > 0" for n in doubts)
    keys = engine.keep(engine.sql(f"SELECT * FROM n WHERE {doubted}", n=newest))
    rows = engine.sql(
        "SELECT e.* FROM e JOIN k ON k.channel = e.channel AND k.source_id = e.source_id",
        e=everything,
        k=keys,
    )
    judged = engine.sql(f"SELECT *, {said} FROM e", e=rows)
    sound = {n: f"FILTER (WHERE {n} IS NOT NULL AND {n}__doubt = 0)" for n in doubts}
    last = ", ".join(
        f"max_by({n}, day) {which} AS {n}, max(day) {which} AS {n}__on"
        for n, which in sound.items()
    )
    held = engine.sql(
        f"SELECT channel, source_id, {last} FROM j GROUP BY channel, source_id", j=judged
    )
    shown = ", ".join(
        f"CASE WHEN k.{n}__doubt > 0 THEN h.{n} END AS {n}, h.{n}__on" for n in doubts
    )
    return engine.keep(
        engine.sql(
            f"SELECT k.customer_id, k.channel, k.source_id, {shown} FROM k JOIN h ON h.channel = k.channel "
            "AND h.source_id = k.source_id",
            k=keys,
            h=held,
        )
    )
