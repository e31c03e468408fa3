"""Survive: which of a customer's values stands in the one view, and whence it comes. No value is invented."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Table

from pipelines.core.batch import Finding, Relation
from pipelines.engine.protocol import Engine
from pipelines.matching import doubt
from pipelines.matching.declared import Criterion, Survivorship
from pipelines.matching.place import addresses, compared
from warehouse.tables.customer import NOT_OF_THE_CUSTOMER

FIRST: dict[Criterion, str] = {
    "proof": "-max(proven)",
    "agreement": "-count(*)",
    "recency": "date_diff('day', max(known_on), DATE '9999-12-31')",
    "channel": "min(trust)",
    "length": "-max(length(value))",
    "earliest": "coalesce(min(try_cast(replace(left(value, 10), '-', '') AS BIGINT)), 99999999999)",
}
"""By criterion, a number: the lower it is, the sooner a value goes among a customer's different ones."""

WEIGHED = """
SELECT customer_id, attribute, rule, count(*) AS agree, min(doubt) AS doubt,
    min(struct_pack(shortness := -fullness, age := date_diff('day', known_on, DATE '9999-12-31'), trust := trust,
        channel := channel, source_id := source_id, known_on := known_on, value := value)) AS best,
    {keys}
FROM held GROUP BY customer_id, attribute, rule, same
"""
"""One row a customer's attribute and value: how many rows say it, and of those the fullest, newest, most trusted."""

SURVIVING = """
SELECT customer_id, attribute, best.value AS value, best.channel AS channel, best.source_id AS source_id,
    concat(rule, CASE WHEN doubt = {impossible} THEN '{left_out}' WHEN doubt > 0 THEN '{doubtful}'
        WHEN worst > 0 THEN '{over}' ELSE '' END) AS rule,
    best.known_on AS known_on, CAST(round(agree / CAST(total AS DOUBLE), 4) AS DECIMAL(6, 4)) AS confidence
FROM (
    SELECT *, sum(agree) OVER (PARTITION BY customer_id, attribute) AS total,
        max(doubt) OVER (PARTITION BY customer_id, attribute) AS worst,
        row_number() OVER (PARTITION BY customer_id, attribute ORDER BY doubt, {keys}, best.value) AS place
    FROM weighed
) AS ranked
WHERE place = 1
"""
"""One row a customer's attribute: the value that survives. What is doubted least goes first, by any rule."""

DOUBTFUL, OVER_DOUBTFUL, LEFT_OUT = ", doubtful", ", over doubtful", ", left out"
"""After the rule by which a value survived: it fails a check of its own; or another did, and was passed over; or it
cannot be right, and there is no better: the one view has none."""
TOLD = {
    "value_doubtful": DOUBTFUL,
    "value_passed_over": OVER_DOUBTFUL,
    "value_left_out": LEFT_OUT,
}
"""What is found of it, by attribute."""


@dataclass(frozen=True)
class Rules:
    """Which value survives: as the pack says, and how much each is to be doubted, as SQL over a record's rows."""

    said: Survivorship
    doubts: Mapping[str, str]


def survivors(  # noqa: PLR0913 - rows, what they are, and what is known of them
    rows: Relation,
    before: Relation,
    table: Table,
    rules: Rules,
    places: Relation,
    engine: Engine,
) -> Relation:
    """`customer_id, attribute, value, channel, source_id, rule, known_on, confidence`, the value as text.

    `rows` are a record's, with `customer_id` and the columns that prove values; `before` is what stood there that was
    sound (`standing.sound_before`). Addresses that say one place are
    one value, of which the fullest form stands.
    """
    said = rules.said
    attributes = [c.name for c in table.columns if c.name not in NOT_OF_THE_CUSTOMER]
    dated = engine.keep(
        engine.sql(
            f"SELECT *, {_trust(said)} AS trust, {_known_on(rows.columns)} AS known_on FROM r",
            r=rows,
        )
    )
    trusted = engine.sql(f"SELECT *, {_trust(said)} AS trust FROM b", b=before)
    held = _all_held((dated, trusted), attributes, addresses(table), rules, places, engine)
    keys = _keys(said)
    named = ", ".join(f"{sql} AS k{n}" for n, sql in enumerate(keys))
    weighed = engine.keep(engine.sql(WEIGHED.format(keys=named), held=held))
    order = ", ".join(f"k{n}" for n in range(len(keys)))
    chosen = SURVIVING.format(
        keys=order,
        impossible=doubt.IMPOSSIBLE,
        left_out=LEFT_OUT,
        doubtful=DOUBTFUL,
        over=OVER_DOUBTFUL,
    )
    return engine.keep(engine.sql(chosen, weighed=weighed))


def _all_held(  # noqa: PLR0913 - what is held, of what, and how it is read
    held_in: tuple[Relation, Relation],
    attributes: list[str],
    of_place: list[str],
    rules: Rules,
    places: Relation,
    engine: Engine,
) -> Relation:
    """Every row's value of every attribute, and what it was before, with what makes two values one."""
    rows, before = held_in
    said = {n: (_held(n, rows.columns, rules), _held_before(n, rules)) for n in attributes}
    plain = " UNION ALL ".join(sql for n in attributes if n not in of_place for sql in said[n])
    written = " UNION ALL ".join(sql for n in of_place for sql in said[n])
    held = engine.sql(
        f"SELECT *, value AS same, 0 AS fullness FROM ({plain}) AS h", r=rows, b=before
    )
    if not written:
        return held
    placed = compared(engine.sql(written, r=rows, b=before), places, engine)
    return engine.sql(
        f"SELECT {', '.join(held.columns)} FROM held UNION ALL SELECT {', '.join(held.columns)} FROM placed",
        held=held,
        placed=placed,
    )


def _known_on(columns: tuple[str, ...]) -> str:
    return "least(coalesce(updated_on, day), day)" if "updated_on" in columns else "day"


def _trust(said: Survivorship) -> str:
    if not said.channels:
        return "0"
    places = " ".join(
        f"WHEN '{channel}' THEN {place}" for place, channel in enumerate(said.channels)
    )
    return f"CASE channel {places} ELSE {len(said.channels)} END"


def _held(attribute: str, columns: tuple[str, ...], rules: Rules) -> str:
    """Every row's value of one attribute, with the rule that chooses among them."""
    special, rule = rules.said.special(attribute), _rule(attribute, rules)
    proven = special.proven_by if special and special.proven_by in columns else ""
    has_proof = f"CASE WHEN {proven} IS NOT NULL THEN 1 ELSE 0 END" if proven else "0"
    return (
        f"SELECT customer_id, '{attribute}' AS attribute, '{rule}' AS rule, CAST({attribute} AS VARCHAR) AS value, "
        f"known_on, trust, channel, source_id, {has_proof} AS proven, "
        f"{rules.doubts[attribute]} AS doubt "
        f"FROM r WHERE {attribute} IS NOT NULL"
    )


def _held_before(attribute: str, rules: Rules) -> str:
    """What keys held before of one attribute that was sound, as `_held` tells the newest."""
    return (
        f"SELECT customer_id, '{attribute}' AS attribute, '{_rule(attribute, rules)}' AS rule, "
        f"CAST({attribute} AS VARCHAR) AS value, {attribute}__on AS known_on, trust, channel, source_id, 0 AS proven, "
        f"{doubt.SOUND} AS doubt FROM b WHERE {attribute} IS NOT NULL"
    )


def _rule(attribute: str, rules: Rules) -> str:
    special = rules.said.special(attribute)
    return special.rule if special else rules.said.default


def _keys(said: Survivorship) -> list[str]:
    """What decides first, second and so on, rule by rule."""
    longest = max(len(criteria) for criteria in said.every_rule.values())
    keys = []
    for place in range(longest):
        cases = [
            f"WHEN '{rule}' THEN {FIRST[criteria[place]]}"
            for rule, criteria in said.every_rule.items()
            if place < len(criteria)
        ]
        keys.append(f"CASE rule {' '.join(cases)} ELSE 0 END")
    return keys


def told(values: Relation, engine: Engine) -> list[Finding]:
    """How many customers have a doubtful value of an attribute, or none, for want of a better, or were spared one."""
    counts = ", ".join(
        f"count(*) FILTER (WHERE rule LIKE '%{ending}') AS {what}" for what, ending in TOLD.items()
    )
    counted = engine.sql(f"SELECT attribute, {counts} FROM v GROUP BY attribute", v=values)
    rows = sorted(engine.fetch(counted).to_pylist(), key=lambda r: r["attribute"])
    return [
        Finding(what, "customer", row["attribute"], row[what])
        for row in rows
        for what in TOLD
        if row[what]
    ]
