"""View: one row a customer with the values that survived, and what was known of it from day to day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table

from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine
from pipelines.matching.survive import LEFT_OUT
from warehouse.ddl import type_of
from warehouse.tables import CUSTOMER_TABLES
from warehouse.tables.customer import PLACES, WHERE_IT_IS, attributes


def shaped(rows: Relation, table: Table, engine: Engine) -> Relation:
    """`rows` with exactly the table's columns, in its order, of its types."""
    columns = [f"CAST({c.name} AS {type_of(c)}) AS {c.name}" for c in table.columns]
    return engine.sql(f"SELECT {', '.join(columns)} FROM r", r=rows)


@dataclass(frozen=True)
class Known:
    """What is known of the customers on a day."""

    rows: Relation
    """A row for each current row: customer_id, customer_type, channel, first_day."""
    values: Relation
    """The values that survived."""
    places: Relation
    """Where their addresses lie."""
    accounts: Relation | None
    """The accounts, with whose they are; None if no channel ever delivered any."""
    day: date


def customers(known: Known, engine: Engine) -> Relation:
    """The one view. What cannot be right is left out of it."""
    sources, values = known.rows, known.values
    pivoted = ", ".join(
        f"CAST(max(CASE WHEN attribute = '{name}' THEN value END) AS {type_of(column)}) AS {name}"
        for name, column in attributes().items()
    )
    held = engine.sql(
        f"SELECT customer_id, {pivoted} FROM v WHERE rule NOT LIKE '%{LEFT_OUT}' GROUP BY customer_id",
        v=values,
    )
    counted = engine.sql(
        "SELECT customer_id, min(customer_type) AS customer_type, min(first_day) AS since_on, "
        "count(*) AS source_count, count(DISTINCT channel) AS channel_count FROM s GROUP BY customer_id",
        s=sources,
    )
    named = ", ".join(f"h.{name}" for name in attributes())
    at = ", ".join(f"h.{name}" for name in WHERE_IT_IS)
    found = engine.sql(
        "SELECT c.customer_id, c.customer_type, c.since_on, c.source_count, c.channel_count, a.has_account, "
        f"p.province, p.city, p.district, {named} FROM c LEFT JOIN h ON h.customer_id = c.customer_id "
        f"LEFT JOIN a ON a.customer_id = c.customer_id LEFT JOIN p ON p.said = coalesce({at})",
        c=counted, h=held, p=known.places, a=_holding(known, engine),
    )  # fmt: skip
    return engine.keep(shaped(found, CUSTOMER_TABLES["customer"], engine))


def _holding(known: Known, engine: Engine) -> Relation:
    """Whether each customer has an account that is open on the day; unknown if no account was ever delivered."""
    if known.accounts is None:
        return engine.sql(
            "SELECT DISTINCT customer_id, CAST(NULL AS BOOLEAN) AS has_account FROM s", s=known.rows
        )
    is_open = f"a.closed_on IS NULL OR a.closed_on > DATE '{known.day.isoformat()}'"
    return engine.sql(
        "SELECT s.customer_id, max(CASE WHEN a.customer_id IS NULL THEN 0 "
        f"WHEN {is_open} THEN 1 ELSE 0 END) = 1 AS has_account "
        "FROM (SELECT DISTINCT customer_id FROM s) AS s LEFT JOIN a ON a.customer_id = s.customer_id "
        "GROUP BY s.customer_id",
        s=known.rows, a=known.accounts,
    )  # fmt: skip


def history(now: Relation, before: Relation | None, day: date, engine: Engine) -> Relation:
    """`customer_history`: what was known before, closed where it is no longer so, and what is new today."""
    table = CUSTOMER_TABLES["customer_history"]
    known = ["customer_type", *PLACES, *attributes()]
    bound = {"day": day.isoformat()}
    opened = ", ".join(f"c.{name}" for name in known)
    fresh = f"SELECT c.customer_id, CAST($day AS DATE) AS valid_from, CAST(NULL AS DATE) AS valid_to, {opened} FROM c"
    if before is None:
        return shaped(engine.sql(fresh, bound, c=now), table, engine)
    same = " AND ".join(f"c.{name} IS NOT DISTINCT FROM h.{name}" for name in known)
    on = f"c.customer_id = h.customer_id AND h.valid_to IS NULL AND {same}"
    kept = ", ".join(f"h.{name}" for name in known)
    before = _completed(before, table, engine)
    found = engine.sql(
        "SELECT h.customer_id, h.valid_from, "
        "CASE WHEN h.valid_to IS NULL AND c.customer_id IS NULL THEN CAST($day AS DATE) "
        "ELSE h.valid_to END AS valid_to, "
        f"{kept} FROM h LEFT JOIN c ON {on} UNION ALL {fresh} LEFT JOIN h ON {on} WHERE h.customer_id IS NULL",
        bound, c=now, h=before,
    )  # fmt: skip
    return shaped(found, table, engine)


def _completed(before: Relation, table: Table, engine: Engine) -> Relation:
    """What an older version left, with the columns that it did not know, empty."""
    columns = [
        c.name if c.name in before.columns else f"CAST(NULL AS {type_of(c)}) AS {c.name}"
        for c in table.columns
    ]
    return engine.sql(f"SELECT {', '.join(columns)} FROM h", h=before)
