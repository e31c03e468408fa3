"""The statistics tier: how many customers, by type, channel and what groups them. No group is small.

A group of fewer than k customers is left out, and every count is rounded to a multiple of k: so what is
left when the shown groups are taken from their total is uncertain by more than a hidden group can hold.
"""

from collections.abc import Mapping

from sqlalchemy import Table, Text

from masking.kinds import Kind
from masking.tiers import Tier
from pipelines.core.sql import literal, quoted
from warehouse.model import kind
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
    return (
        f'WITH each_one AS MATERIALIZED (SELECT "customer_id", "customer_type", {shown}'
        f' FROM {core}."customer"), everyone AS MATERIALIZED ('
        f"SELECT {known}, '' AS \"channel\" FROM each_one AS c UNION ALL "
        f'SELECT {known}, k."channel" FROM each_one AS c JOIN ({whose}) AS k'
        ' ON k."customer_id" = c."customer_id") '
    ) + " UNION ALL ".join(
        f'SELECT "customer_type", "channel", {literal(name)} AS "attribute", {value} AS "value",'
        f' {_rounded("count(*)", tier)} AS "customer_count" FROM everyone{_whose(name)}'
        f" GROUP BY 1, 2, 4 HAVING count(*) >= {tier.smallest_group}"
        for name, value in _counted_by(groups)
    )


def _records(tier: Tier, core: str) -> str:
    rows, counted = [], []
    for table in (CORE[name] for name in COUNTED):
        groups = _groups(table, tier, "r.")
        shown = "".join(f", {value} AS {quoted(name)}" for name, value in groups.items())
        rows.append(
            f'{table.name}_row AS MATERIALIZED (SELECT c."customer_type", c."number", r."channel"{shown}'
            f' FROM {core}.{quoted(table.name)} AS r JOIN numbered AS c ON c."customer_id" = r."customer_id")'
        )
        counted += [
            f'SELECT "customer_type", {literal(str(table.info["section"]))} AS "section",'
            f' {literal(table.name)} AS "record", "channel", {literal(name)} AS "attribute",'
            f' {value} AS "value", {_rounded("count(*)", tier)} AS "row_count",'
            f' {_rounded("count(DISTINCT number)", tier)} AS "customer_count"'
            f" FROM {table.name}_row GROUP BY 1, 4, 6"
            f" HAVING count(DISTINCT number) >= {tier.smallest_group}"
            for name, value in _counted_by(groups)
        ]
    return (
        'WITH numbered AS MATERIALIZED (SELECT "customer_id", "customer_type",'
        f' row_number() OVER () AS "number" FROM {core}."customer"), '
        f"{', '.join(rows)} {' UNION ALL '.join(counted)}"
    )


def _groups(table: Table, tier: Tier, alias: str = "") -> dict[str, str]:
    """The columns that the tier shows as groups, and what it shows of each."""
    found = {}
    for column in table.columns:
        rule = tier.rule_for(kind(column), column.name)
        is_shown = rule.name != "withhold" and not rule.prepared
        is_group = kind(column) != Kind.PLAIN or isinstance(column.type, Text)
        if is_shown and is_group and column.name not in NOT_COUNTED:
            found[column.name] = f"CAST({rule.sql(alias + quoted(column.name))} AS TEXT)"
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


def _rounded(count: str, tier: Tier) -> str:
    """To the nearest multiple of the smallest group, which must be there to be shown."""
    k = tier.smallest_group
    return f"CAST({count} + {k // 2} - ({count} + {k // 2}) % {k} AS BIGINT)"
