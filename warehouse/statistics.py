"""The statistics tier: how many customers, by type, channel and what groups them. No group is small.

A group of fewer than k customers is left out, and every count is rounded to a multiple of k: so what is
left when the shown groups are taken from their total is uncertain by more than a hidden group can hold.
"""

from collections.abc import Iterator

from sqlalchemy import Table, Text

from masking.kinds import Kind
from masking.tiers import Tier
from warehouse.ddl import literal, quoted
from warehouse.model import kind
from warehouse.tables import CORE, RECORDS
from warehouse.tables.customer import customer

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
    whose = " UNION ".join(
        f'SELECT "customer_id", "channel" FROM {core}.{quoted(t.name)}'
        for t in RECORDS.values()
        if t.info["is_customer"]
    )
    everyone = (
        f'SELECT c.*, \'\' AS "channel" FROM {core}."customer" AS c UNION ALL '
        f'SELECT c.*, k."channel" FROM {core}."customer" AS c JOIN ({whose}) AS k'
        ' ON k."customer_id" = c."customer_id"'
    )
    parts = [
        f'SELECT "customer_type", "channel", {literal(name)} AS "attribute", {value} AS "value",'
        f' {_rounded("count(*)", tier)} AS "customer_count" FROM everyone'
        f" GROUP BY 1, 2, 3, 4 HAVING count(*) >= {tier.smallest_group}"
        for name, value in _groupings(customer, tier)
    ]
    return f"WITH everyone AS ({everyone}) {' UNION ALL '.join(parts)}"


def _records(tier: Tier, core: str) -> str:
    return " UNION ALL ".join(
        f'SELECT c."customer_type", {literal(str(table.info["section"]))} AS "section",'
        f' {literal(table.name)} AS "record", r."channel", {literal(name)} AS "attribute", {value} AS "value",'
        f' {_rounded("count(*)", tier)} AS "row_count",'
        f' {_rounded("count(DISTINCT r.customer_id)", tier)} AS "customer_count"'
        f' FROM {core}.{quoted(table.name)} AS r JOIN {core}."customer" AS c'
        ' ON c."customer_id" = r."customer_id" GROUP BY 1, 2, 3, 4, 5, 6'
        f" HAVING count(DISTINCT r.customer_id) >= {tier.smallest_group}"
        for table in (CORE[name] for name in COUNTED)
        for name, value in _groupings(table, tier, "r")
    )


def _groupings(table: Table, tier: Tier, alias: str = "") -> Iterator[tuple[str, str]]:
    """What the rows are counted by: nothing, and each column that the tier shows as a group."""
    yield "", "CAST('' AS TEXT)"
    for column in table.columns:
        rule = tier.rule_for(kind(column), column.name)
        is_group = kind(column) != Kind.PLAIN or isinstance(column.type, Text)
        is_shown = rule.name != "withhold" and not rule.prepared
        if is_shown and is_group and column.name not in NOT_COUNTED:
            name = f"{alias}.{quoted(column.name)}" if alias else quoted(column.name)
            yield column.name, f"CAST({rule.sql(name)} AS TEXT)"


def _rounded(count: str, tier: Tier) -> str:
    """To the nearest multiple of the smallest group, which must be there to be shown."""
    k = tier.smallest_group
    return f"CAST({count} + {k // 2} - ({count} + {k // 2}) % {k} AS BIGINT)"
