"""The masked views: what each tier sees of which table, derived from the tables and the tiers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from sqlalchemy import Column, Date, MetaData, Numeric, Table, Text

from masking.rules import Rule, Token, prepared_column
from masking.rules.calendar import Calendar
from masking.rules.words import end_in_words
from masking.tiers import TIERS, Tier
from pipelines.core.errors import ConfigError
from pipelines.core.sql import literal, quoted
from warehouse.guard import Schemas
from warehouse.model import kind
from warehouse.quality_told import ANALYSTS, OF_QUALITY, told, wrong_rows
from warehouse.seen import expression, needs_preparing
from warehouse.statistics import COUNTED as RECORDS_COUNTED
from warehouse.statistics import counts
from warehouse.tables import CORE
from warehouse.tables.customer import (
    customer,
    customer_history,
    customer_source,
    customer_successor,
    customer_value,
)
from warehouse.tables.described import COUNTS, violation

STEWARD, ANALYST, PARTNER, STATISTICS = "steward", "analyst", "partner", "statistics"
ANALYSTS_ID = prepared_column("customer_id", Token("token"))
"""The vault's column with the token by which analysts know a customer."""

_OF_CUSTOMERS = (
    customer, customer_history, customer_successor,
    *(CORE[r] for r in ("individual", "enterprise", "institution", "account", "contract",
                        "transaction", "interaction", "consent", "relation")),
)  # fmt: skip
ROW_BY_ROW: dict[str, tuple[Table, ...]] = {
    "service": _OF_CUSTOMERS,
    # An analyst also asks which rows are one customer, and whence each value comes: tokens, channels and months.
    ANALYST: (*_OF_CUSTOMERS, customer_source, customer_value),
}
"""The tables of which a tier sees every row. Judgements and compared pairs are the stewards' work, and stay theirs."""


@dataclass(frozen=True)
class View:
    """What one tier sees under one name."""

    tier: str
    name: str
    sql: str
    table: Table | None = None
    """The table it masks, whose columns it has."""
    hides_rows: bool = False
    """Not all rows of its table are seen. So it is never a view: EXPLAIN ANALYZE would count those it hides."""
    told: pa.Table | None = None
    """Rows of texts that stand in no table, which its SQL calls `told`."""


@dataclass(frozen=True)
class Shown:
    """One column that a tier sees of a table: a declared one, or an end of the band that it is shown in."""

    name: str
    sql: str
    """Over the table; of an end, over the band as it is shown."""
    column: Column[Any]
    rule: Rule
    end: str = ""
    """`_from` or `_to` if it is an end of a band."""


def shown(table: Table, tier: Tier) -> list[Shown]:
    """The columns of a table as the tier sees them: the declared ones in order, each with the ends of its band."""
    found = []
    for c in table.columns:
        rule, sql = tier.rule_for(kind(c), c.name), expression(c, tier)
        found.append(Shown(c.name, sql, c, rule))
        ends = rule.bounds(quoted(c.name))
        found += [Shown(c.name + end, of, c, rule, end) for end, of in ends.items()]
    return found


def masked(table: Table, tier: Tier, core: str = '"core"', where: str = "") -> str:
    """One core table, or some of its rows, as the tier sees it: a SELECT in DuckDB's dialect over schema `core`."""
    seen_of = shown(table, tier)
    columns = ", ".join(f"{one.sql} AS {quoted(one.name)}" for one in seen_of if not one.end)
    rows = f"SELECT {columns} FROM {core}.{quoted(table.name)}{where and f' WHERE {where}'}"
    if not any(one.end for one in seen_of):
        return rows
    with_ends = (
        f"{one.sql} AS {quoted(one.name)}" if one.end else quoted(one.name) for one in seen_of
    )
    return f'SELECT {", ".join(with_ends)} FROM ({rows}) AS "shown"'


def seen(table: Table, tier: Tier, with_ends: bool = True) -> Table:
    """The table as the tier sees it, declared like any other, with the rule of each column."""
    columns = [_seen(one) for one in shown(table, tier) if with_ends or not one.end]
    return Table(table.name, MetaData(), *columns, info=table.info)


_ENDS_ZH = {"_from": "起", "_to": "止"}


def _seen(one: Shown) -> Column[Any]:
    """One column as it is seen, with the rule that hides it."""
    info, of = one.column.info | {"of": one.column.name}, one.column.type
    if one.end:
        en, zh = end_in_words(one.rule, one.end)
        info |= {
            "zh": f"{info['zh']}（{_ENDS_ZH[one.end]}）",
            "meaning": f"{info['meaning'].rstrip('.')}: {en}.",
            "meaning_zh": f"{info['meaning_zh'].rstrip('。')}：{zh}。",
        }
        of = Date() if isinstance(one.rule, Calendar) else Numeric(18, 0)
    elif not one.rule.shows:
        of = Text()
    return Column(one.name, of, info=info | {"rule": one.rule})


def views(tiers: Mapping[str, Tier], day: date, core: str = '"core"') -> list[View]:
    """Everything that tiers other than the steward's see, as it is on `day`, and what it means."""
    from warehouse.dictionary import dictionaries

    found = [
        View(name, table.name, masked(table, tiers[name], core), seen(table, tiers[name]))
        for name, tables in ROW_BY_ROW.items()
        for table in tables
    ]
    shared = agreed(tiers[PARTNER], day, core)
    partners = seen(customer, tiers[PARTNER], with_ends=False)
    found.append(View(PARTNER, customer.name, shared, partners, hides_rows=True))
    found += [
        View(STATISTICS, name, sql, COUNTS[name], hides_rows=True)
        for name, sql in counts(tiers[STATISTICS], core).items()
    ]
    found += of_quality()
    return found + dictionaries(found, day, core)


def of_quality() -> list[View]:
    """What tiers are told of quality. It follows from the tables of quality alone."""
    told_to = {STATISTICS: OF_QUALITY, ANALYST: ANALYSTS}
    found = [
        View(tier, t.name, told(t), t, hides_rows=True)
        for tier, tables in told_to.items()
        for t in tables
    ]
    return [*found, View(ANALYST, violation.name, wrong_rows(), violation)]


def agreed(tier: Tier, day: date, core: str) -> str:
    """The customers a recipient may see: many alike, with a consent to its purpose that stands on `day`.

    The newest word counts; of a grant and a withdrawal on one day, the withdrawal. Only `customer` is
    shared: a customer's many rows single it out, whatever is masked in each.
    """
    alike = [c.name for c in customer.columns if _tells(tier, c.name)]
    names = ", ".join(quoted(c.name) for c in customer.columns)
    by = f" PARTITION BY {', '.join(map(quoted, alike))}" if alike else ""
    until = f"CAST({literal(str(day))} AS DATE)"
    consented = (
        f'SELECT "customer_id" FROM {core}."consent" WHERE "purpose" = {literal(tier.purpose)}'
        ' GROUP BY "customer_id"'
        f' HAVING max(CASE WHEN "granted_on" <= {until} THEN "granted_on" END) >'
        f' coalesce(max(CASE WHEN "withdrawn_on" <= {until} THEN "withdrawn_on" END), CAST(\'0001-01-01\' AS DATE))'
    )
    which = f'"customer_id" IN ({consented})' if tier.purpose else "false"
    of_those = masked(customer, tier, core, which)
    counted = (
        f'SELECT {names}, count(*) OVER ({by.strip()}) AS "alike" FROM ({of_those}) AS "of_those"'
    )
    return f'SELECT {names} FROM ({counted}) AS "counted" WHERE "alike" >= {tier.smallest_group}'


def _tells(tier: Tier, column: str) -> bool:
    """Whether what the tier sees of the column could be known from elsewhere: no null, no keyed token."""
    rule = tier.rule_for(kind(customer.columns[column]), column)
    return rule.name != "withhold" and not isinstance(rule, Token)


def prepared_columns(table: Table, tiers: Mapping[str, Tier]) -> set[str]:
    """The columns that `mask` must have prepared for the tiers' views of a table."""
    counted = (customer, *(CORE[name] for name in RECORDS_COUNTED))
    seen = {**ROW_BY_ROW, PARTNER: (customer,), STATISTICS: counted}
    return {
        prepared_column(c.name, tiers[name].rule_for(kind(c), c.name))
        for name, tables in seen.items()
        if table in tables
        for c in table.columns
        if needs_preparing(c, tiers[name])
    }


def asked(tier: str, held: Mapping[str, Collection[str]]) -> Schemas:
    """Of the schemas a warehouse holds, those a tier may ask. Raises ConfigError if there is no such tier."""
    if tier not in TIERS:
        raise ConfigError(
            f"there is no tier {tier!r}: one of {', '.join(TIERS)}",
            f"没有层级 {tier!r}：可选 {'、'.join(TIERS)}",
        )
    mine = ("core", "quality", "governance") if tier == STEWARD else (tier,)
    return {schema: held.get(schema, ()) for schema in mine}
