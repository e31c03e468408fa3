"""View: one row a customer with the values that survived, and what was known of it from day to day."""

from datetime import date

from sqlalchemy import Table

from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine
from warehouse.ddl import type_of
from warehouse.tables import CUSTOMER_TABLES
from warehouse.tables.customer import attributes


def shaped(rows: Relation, table: Table, engine: Engine) -> Relation:
    """`rows` with exactly the table's columns, in its order, of its types."""
    columns = [f"CAST({c.name} AS {type_of(c)}) AS {c.name}" for c in table.columns]
    return engine.sql(f"SELECT {', '.join(columns)} FROM r", r=rows)


def customers(sources: Relation, values: Relation, engine: Engine) -> Relation:
    """The one view: `sources` has a row for each current row (customer_id, customer_type, channel, first_day)."""
    pivoted = ", ".join(
        f"CAST(max(CASE WHEN attribute = '{name}' THEN value END) AS {type_of(column)}) AS {name}"
        for name, column in attributes().items()
    )
    held = engine.sql(f"SELECT customer_id, {pivoted} FROM v GROUP BY customer_id", v=values)
    counted = engine.sql(
        "SELECT customer_id, min(customer_type) AS customer_type, min(first_day) AS since_on, "
        "count(*) AS source_count, count(DISTINCT channel) AS channel_count FROM s GROUP BY customer_id",
        s=sources,
    )
    named = ", ".join(f"h.{name}" for name in attributes())
    found = engine.sql(
        "SELECT c.customer_id, c.customer_type, c.since_on, c.source_count, c.channel_count, "
        f"{named} FROM c LEFT JOIN h ON h.customer_id = c.customer_id",
        c=counted, h=held,
    )  # fmt: skip
    return engine.keep(shaped(found, CUSTOMER_TABLES["customer"], engine))


def history(now: Relation, before: Relation | None, day: date, engine: Engine) -> Relation:
    """`customer_history`: what was known before, closed where it is no longer so, and what is new today."""
    table = CUSTOMER_TABLES["customer_history"]
    known = ["customer_type", *attributes()]
    bound = {"day": day.isoformat()}
    opened = ", ".join(f"c.{name}" for name in known)
    fresh = f"SELECT c.customer_id, CAST($day AS DATE) AS valid_from, CAST(NULL AS DATE) AS valid_to, {opened} FROM c"
    if before is None:
        return shaped(engine.sql(fresh, bound, c=now), table, engine)
    same = " AND ".join(f"c.{name} IS NOT DISTINCT FROM h.{name}" for name in known)
    on = f"c.customer_id = h.customer_id AND h.valid_to IS NULL AND {same}"
    kept = ", ".join(f"h.{name}" for name in known)
    found = engine.sql(
        "SELECT h.customer_id, h.valid_from, "
        "CASE WHEN h.valid_to IS NULL AND c.customer_id IS NULL THEN CAST($day AS DATE) "
        "ELSE h.valid_to END AS valid_to, "
        f"{kept} FROM h LEFT JOIN c ON {on} UNION ALL {fresh} LEFT JOIN h ON {on} WHERE h.customer_id IS NULL",
        bound, c=now, h=before,
    )  # fmt: skip
    return shaped(found, table, engine)
