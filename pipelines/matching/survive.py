"""Survive: which of a customer's values stands in the one view, and whence it comes. No value is invented."""

from sqlalchemy import Table

from pipelines.core.batch import Relation
from pipelines.engine.protocol import Engine
from pipelines.matching.declared import Criterion, Survivorship
from warehouse.tables.customer import NOT_OF_THE_CUSTOMER

FIRST: dict[Criterion, str] = {
    "proof": "-max(proven)",
    "agreement": "-count(*)",
    "recency": "date_diff('day', max(known_on), DATE '9999-12-31')",
    "channel": "min(trust)",
    "length": "-max(length(value))",
}
"""By criterion, a number: the lower it is, the sooner a value goes among a customer's different ones."""

WEIGHED = """
SELECT customer_id, attribute, rule, value, count(*) AS agree,
    min(struct_pack(age := date_diff('day', known_on, DATE '9999-12-31'), trust := trust, channel := channel,
        source_id := source_id, known_on := known_on)) AS best,
    {keys}
FROM held GROUP BY customer_id, attribute, rule, value
"""
"""One row a customer's attribute and value: how many rows hold it, and the newest of the most trusted."""

SURVIVING = """
SELECT customer_id, attribute, value, best.channel AS channel, best.source_id AS source_id, rule,
    best.known_on AS known_on, CAST(round(agree / CAST(total AS DOUBLE), 4) AS DECIMAL(6, 4)) AS confidence
FROM (
    SELECT *, sum(agree) OVER (PARTITION BY customer_id, attribute) AS total,
        row_number() OVER (PARTITION BY customer_id, attribute ORDER BY {keys}, value) AS place
    FROM weighed
) AS ranked
WHERE place = 1
"""
"""One row a customer's attribute: the value that survives."""


def survivors(rows: Relation, table: Table, said: Survivorship, engine: Engine) -> Relation:
    """`customer_id, attribute, value, channel, source_id, rule, known_on, confidence`, the value as text.

    `rows` are a record's, with `customer_id` and the columns that prove values.
    """
    attributes = [c.name for c in table.columns if c.name not in NOT_OF_THE_CUSTOMER]
    dated = engine.keep(
        engine.sql(
            f"SELECT *, {_trust(said)} AS trust, {_known_on(rows.columns)} AS known_on FROM r",
            r=rows,
        )
    )
    held = " UNION ALL ".join(_held(name, rows.columns, said) for name in attributes)
    keys = _keys(said)
    named = ", ".join(f"{sql} AS k{n}" for n, sql in enumerate(keys))
    weighed = engine.keep(engine.sql(WEIGHED.format(keys=named), held=engine.sql(held, r=dated)))
    order = ", ".join(f"k{n}" for n in range(len(keys)))
    return engine.keep(engine.sql(SURVIVING.format(keys=order), weighed=weighed))


def _known_on(columns: tuple[str, ...]) -> str:
    return "least(coalesce(updated_on, day), day)" if "updated_on" in columns else "day"


def _trust(said: Survivorship) -> str:
    if not said.channels:
        return "0"
    places = " ".join(
        f"WHEN '{channel}' THEN {place}" for place, channel in enumerate(said.channels)
    )
    return f"CASE channel {places} ELSE {len(said.channels)} END"


def _held(attribute: str, columns: tuple[str, ...], said: Survivorship) -> str:
    """Every row's value of one attribute, with the rule that chooses among them."""
    special = said.attributes.get(attribute)
    rule = special.rule if special else said.default
    proven = special.proven_by if special and special.proven_by in columns else ""
    has_proof = f"CASE WHEN {proven} IS NOT NULL THEN 1 ELSE 0 END" if proven else "0"
    return (
        f"SELECT customer_id, '{attribute}' AS attribute, '{rule}' AS rule, CAST({attribute} AS VARCHAR) AS value, "
        f"known_on, trust, channel, source_id, {has_proof} AS proven FROM r WHERE {attribute} IS NOT NULL"
    )


def _keys(said: Survivorship) -> list[str]:
    """What decides first, second and so on, rule by rule."""
    longest = max(len(criteria) for criteria in said.rules.values())
    keys = []
    for place in range(longest):
        cases = [
            f"WHEN '{rule}' THEN {FIRST[criteria[place]]}"
            for rule, criteria in said.rules.items()
            if place < len(criteria)
        ]
        keys.append(f"CASE rule {' '.join(cases)} ELSE 0 END")
    return keys
