"""Survive: which of a customer's values stands in the one view, and whence it comes. No value is invented."""

from sqlalchemy import Table

from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine
from pipelines.matching.declared import Criterion, Survivorship
from warehouse.tables.customer import NOT_OF_THE_CUSTOMER

ORDERED: dict[Criterion, str] = {
    "proof": "max(proven) DESC",
    "agreement": "count(*) DESC",
    "recency": "max(known_on) DESC",
    "channel": "min(trust)",
    "length": "max(length(value)) DESC",
}
"""By criterion, what goes first among a customer's different values of one attribute."""


def survivors(rows: Relation, table: Table, said: Survivorship, engine: Engine) -> Relation:
    """`customer_id, attribute, value, channel, source_id, rule, known_on, confidence`, the value as text.

    `rows` are a record's, with `customer_id` and the columns that prove values.
    """
    attributes = [c.name for c in table.columns if c.name not in NOT_OF_THE_CUSTOMER]
    parts = [_surviving(name, rows.columns, said) for name in attributes]
    dated = engine.keep(
        engine.sql(
            f"SELECT *, {_trust(said)} AS trust, {_known_on(rows.columns)} AS known_on FROM r",
            r=rows,
        )
    )
    return engine.keep(engine.sql(" UNION ALL ".join(parts), r=dated))


def _known_on(columns: tuple[str, ...]) -> str:
    return "least(coalesce(updated_on, day), day)" if "updated_on" in columns else "day"


def _trust(said: Survivorship) -> str:
    if not said.channels:
        return "0"
    places = " ".join(
        f"WHEN '{channel}' THEN {place}" for place, channel in enumerate(said.channels)
    )
    return f"CASE channel {places} ELSE {len(said.channels)} END"


def _surviving(attribute: str, columns: tuple[str, ...], said: Survivorship) -> str:
    """One attribute's surviving values: values are weighed, then the newest row that holds the best is named."""
    special = said.attributes.get(attribute)
    rule = special.rule if special else said.default
    proven = special.proven_by if special and special.proven_by in columns else ""
    order = ", ".join(ORDERED[c] for c in said.rules[rule])
    has_proof = f"CASE WHEN {proven} IS NOT NULL THEN 1 ELSE 0 END" if proven else "0"
    return f"""
    SELECT customer_id, '{attribute}' AS attribute, value, best.channel AS channel, best.source_id AS source_id,
        '{rule}' AS rule, best.known_on AS known_on,
        CAST(round(agree / CAST(total AS DOUBLE), 4) AS DECIMAL(6, 4)) AS confidence
    FROM (
        SELECT customer_id, value, count(*) AS agree, sum(count(*)) OVER (PARTITION BY customer_id) AS total,
            min(struct_pack(age := date_diff('day', known_on, DATE '9999-12-31'), trust := trust, channel := channel,
                source_id := source_id, known_on := known_on)) AS best,
            row_number() OVER (PARTITION BY customer_id ORDER BY {order}, value) AS place
        FROM (
            SELECT customer_id, CAST({attribute} AS VARCHAR) AS value, known_on, trust, channel, source_id,
                {has_proof} AS proven
            FROM r WHERE {attribute} IS NOT NULL
        ) AS held
        GROUP BY customer_id, value
    ) AS weighed
    WHERE place = 1"""
