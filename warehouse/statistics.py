"""The statistics tier: how many customers and rows, by type, channel and what groups them. No group is small.

One rule for every figure: it is told in whole **steps**, rounded down, and what does not fill one step is
left out. A step is k customers times the most that one customer adds to such a figure: so whatever a step
holds is of k customers at least, and taking one figure from another gives whole steps again, never less.

What is left when shown groups are taken from their total must not tell that a hidden group is not empty, so
no sum may exceed what its attributes leave open: where it would, the largest group is told a step lower.
docs/quality.md proves both in plain words.
"""

from collections.abc import Mapping

from sqlalchemy import Boolean, Table, Text

from masking.kinds import Kind
from masking.tiers import Tier
from pipelines.core.sql import literal, quoted
from warehouse.model import kind
from warehouse.seen import expression
from warehouse.tables import CORE, RECORDS
from warehouse.tables.customer import attributes, customer

NOT_COUNTED = {
    "channel",
    "customer_type",
    "unreadable",
    "holder_channel",
    "other_channel",
    "judged_by",
}
"""Columns that are counted by another name, or tell of the row and not of the customer."""

COUNTED = ("account", "contract", "transaction", "interaction", "consent", "relation")
"""The records whose rows are counted."""

DOUBLINGS = 31
"""Steps are k times a power of two, so that one is a multiple of the other; one customer adds fewer than 2^31 rows."""


def whole(count: str, step: str) -> str:
    """SQL: the count in whole steps, null if it fills none. A step of 0 tells of no customer, and is exact."""
    filled = f"nullif({count} - {count} % nullif({step}, 0), 0)"
    return f"CASE WHEN {step} = 0 THEN {count} ELSE {filled} END"


def step(k: int, most: int) -> int:
    """The step: k customers, times the most that one of them adds, as a power of two."""
    return k * (1 << max(most - 1, 0).bit_length()) if most else 0


def counts(tier: Tier, core: str) -> dict[str, str]:
    """The tier's tables, by name. An empty channel means all channels, an empty attribute all customers."""
    return {"customer_count": _customers(tier, core), "record_count": _records(tier, core)}


def _customers(tier: Tier, core: str) -> str:
    groups = _groups(customer, tier)
    whose = " UNION ".join(
        f'SELECT "customer_id", "channel" FROM {core}.{quoted(t.name)}'
        for t in RECORDS.values()
        if t.info["is_customer"]
    )
    shown = ", ".join(f"{value} AS {quoted(name)}" for name, value in groups.items())
    known = ", ".join(f"c.{quoted(name)}" for name in ("customer_type", *groups))
    cells = " UNION ALL ".join(
        f'SELECT "customer_type", "channel", {literal(name)} AS "attribute", {value} AS "value", count(*) AS "n",'
        f' CAST({tier.smallest_group} AS BIGINT) AS "step" FROM everyone{_whose(name)} GROUP BY 1, 2, 4'
        for name, value in _counted_by(groups)
    )
    return (
        f'WITH each_one AS MATERIALIZED (SELECT "customer_id", "customer_type", {shown}'
        f' FROM {core}."customer"), everyone AS MATERIALIZED ('
        f"SELECT {known}, '' AS \"channel\" FROM each_one AS c UNION ALL "
        f'SELECT {known}, k."channel" FROM each_one AS c JOIN ({whose}) AS k'
        f' ON k."customer_id" = c."customer_id"), cells AS ({cells}), '
        f"{_safe('cells', ('customer_type', 'channel'))}"
        ' SELECT "customer_type", "channel", "attribute", "value", CAST("shown" AS BIGINT) AS "customer_count"'
        ' FROM safe WHERE "shown" > 0'
    )


def _records(tier: Tier, core: str) -> str:
    rows, cells = [], []
    for table in (CORE[name] for name in COUNTED):
        groups = _groups(table, tier, "r.")
        shown = "".join(f", {value} AS {quoted(name)}" for name, value in groups.items())
        rows += [
            f'{table.name}_row AS MATERIALIZED (SELECT c."customer_type", c."number", r."channel"{shown}'
            f' FROM {core}.{quoted(table.name)} AS r JOIN numbered AS c ON c."customer_id" = r."customer_id")',
            f'{table.name}_step AS (SELECT "customer_type", "channel", {_doubled("max(n)", tier.smallest_group)}'
            f' AS "step" FROM (SELECT "customer_type", "channel", "number", count(*) AS n FROM {table.name}_row'
            " GROUP BY 1, 2, 3) AS rows_of_one GROUP BY 1, 2)",
        ]
        cells += [
            f'SELECT r."customer_type", r."channel", {literal(table.name)} AS "record", {literal(name)} AS'
            f' "attribute", {value} AS "value", count(*) AS "n", s."step",'
            f' count(DISTINCT "number") AS "customers" FROM {table.name}_row AS r JOIN {table.name}_step AS s'
            ' ON s."customer_type" = r."customer_type" AND s."channel" = r."channel"'
            ' GROUP BY 1, 2, 5, s."step"'
            for name, value in _counted_by(groups)
        ]
    block, k = ("customer_type", "channel", "record"), tier.smallest_group
    told = f'least("customers" - "customers" % {k}, customer_open."most")'
    sections = " ".join(
        f"WHEN {literal(n)} THEN {literal(str(CORE[n].info['section']))}" for n in COUNTED
    )
    return (
        'WITH numbered AS MATERIALIZED (SELECT "customer_id", "customer_type",'
        f' row_number() OVER () AS "number" FROM {core}."customer"), {", ".join(rows)},'
        f" cells AS MATERIALIZED ({' UNION ALL '.join(cells)}), {_safe('cells', block)}, "
        f'customer_whole AS (SELECT *, "customers" - "customers" % {k} AS "whole" FROM cells),'
        f" {_open('customer_whole', block, 'customer_open', str(k))}"
        f' SELECT "customer_type", CASE "record" {sections} END AS "section", "record", "channel", "attribute",'
        f' "value", CAST(CASE WHEN "shown" > 0 THEN greatest("shown", {told}) END AS BIGINT) AS "row_count",'
        f' CAST({told} AS BIGINT) AS "customer_count"'
        f" FROM safe JOIN customer_open USING ({_names(block)})"
        f' WHERE least("customers", customer_open."most") >= {k}'
    )


def _safe(cells: str, block: tuple[str, ...]) -> str:
    """CTEs that end in `safe`: the cells with what is `shown` of them.

    The cells of one attribute are all rows of their block, so their sums bound one another: see `_open`.
    """
    by = _names(block)
    return (
        f'{cells}_whole AS (SELECT *, "n" - "n" % "step" AS "whole" FROM {cells}), '
        f"{_open(cells + '_whole', block, cells + '_open', quoted('step'))}, "
        f'safe AS (SELECT *, "whole" - CASE WHEN row_number() OVER (PARTITION BY {by}, "attribute"'
        f' ORDER BY "whole" DESC, "value") = 1 THEN greatest(sum("whole") OVER (PARTITION BY {by}, "attribute")'
        f' - "most", 0) ELSE 0 END AS "shown" FROM {cells}_whole JOIN {cells}_open USING ({by}))'
    )


def _open(cells: str, block: tuple[str, ...], name: str, step: str) -> str:
    """A CTE: the `most` that each block may be told to hold, in whole steps.

    An attribute of n groups that shows s leaves open up to s + n - 1 times (step - 1) with one of them empty.
    """
    by = _names(block)
    return (
        f'{name} AS (SELECT {by}, min("left" - "left" % "a_step") AS "most" FROM (SELECT {by}, "attribute",'
        f' max({step}) AS "a_step", sum("whole") + (count(*) - 1) * (max({step}) - 1) AS "left" FROM {cells}'
        f' GROUP BY {by}, "attribute") AS by_attribute GROUP BY {by})'
    )


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, columns))


def _doubled(most: str, k: int) -> str:
    """SQL of `step`."""
    ladder = " ".join(f"WHEN {most} <= {1 << i} THEN {k << i}" for i in range(DOUBLINGS))
    return f"CAST(CASE {ladder} END AS BIGINT)"


def _groups(table: Table, tier: Tier, alias: str = "") -> dict[str, str]:
    """The columns that the tier shows as groups, and what it shows of each."""
    found = {}
    for column in table.columns:
        rule = tier.rule_for(kind(column), column.name)
        is_shown = rule.name != "withhold" and (rule.shows or not rule.prepared)
        is_group = kind(column) != Kind.PLAIN or isinstance(column.type, Text | Boolean)
        if is_shown and is_group and column.name not in NOT_COUNTED:
            found[column.name] = f"CAST({expression(column, tier, alias)} AS TEXT)"
    return found


def _counted_by(groups: Mapping[str, str]) -> list[tuple[str, str]]:
    """By nothing, then by each group: the attribute's name and its value."""
    return [("", "CAST('' AS TEXT)"), *((name, quoted(name)) for name in groups)]


def _whose(attribute: str) -> str:
    """SQL: only customers of the types that have the attribute; what a type lacks is not unknown."""
    if attribute not in attributes():
        return ""
    types = [t.name for t in RECORDS.values() if t.info["is_customer"] and attribute in t.columns]
    return f""" WHERE "customer_type" IN ({", ".join(map(literal, types))})"""
