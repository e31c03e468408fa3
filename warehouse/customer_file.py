"""The customer's file 客户档案: all that a tier sees of one customer, in the nine sections of REQUIREMENTS D1."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import Column, Table

from masking.kinds import Kind
from masking.rules.calendar import first_day
from pipelines.core.errors import ConfigError
from pipelines.core.sql import quoted
from warehouse.ask import kept
from warehouse.model import Section, kind, label_en
from warehouse.store import Store, Value
from warehouse.tables import RECORDS
from warehouse.tables.customer import customer, customer_history
from warehouse.views import ROW_BY_ROW, STEWARD

Row = Mapping[str, Any]

SECTION_OF_KIND = {
    Kind.INCOME: Section.RESOURCE,
    Kind.ASSET: Section.RESOURCE,
    Kind.CREDIT: Section.RISK,
}
"""Where an attribute of the customer belongs that is not a basic one."""
COUNTED = ("since_on", "source_count", "channel_count")
"""Attributes of the customer that are statistics of its rows."""
VERSION = ("customer_id", "valid_from", "valid_to")
"""What tells one version of a customer from another."""


@dataclass(frozen=True)
class Held:
    """What one table holds of the customer, with the columns that are shown."""

    table: Table
    columns: tuple[Column[Any], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Change:
    """The day on which something else became known of the customer, as the tier sees it, and what (attributes)."""

    on: date | str
    attributes: tuple[str, ...]


@dataclass(frozen=True)
class CustomerFile:
    """One customer, as one tier sees it on one day, or now."""

    customer_id: str
    was_superseded: bool
    as_of: date | None
    sections: Mapping[Section, tuple[Held, ...]]
    """Every section; one of which nothing is held is empty."""
    changes: tuple[Change, ...] = ()
    later: Mapping[str, int] = field(default_factory=dict)
    """Rows delivered after `as_of`, by table: what they said before is not held, so they are left out."""


def customer_file(
    store: Store, customer_id: str, tier: str, as_of: date | None = None, purpose: str = ""
) -> CustomerFile:
    """The file of the customer whose id the tier knows, or of the one it gave way to. It is kept who looked at whom."""
    with kept(store, tier, purpose) as said:
        said.statement = "show a customer" + (" as of ?" if as_of else "")
        found = _file(store, customer_id, tier, as_of)
        of_tables = (
            h.rows for parts in found.sections.values() for h in parts if h.table is not customer
        )
        said.rows, said.customer = 1 + sum(map(len, of_tables)), found.customer_id
    return found


def _file(store: Store, customer_id: str, tier: str, as_of: date | None) -> CustomerFile:
    if tier != STEWARD and tier not in ROW_BY_ROW:
        may = ", ".join((STEWARD, *ROW_BY_ROW))
        raise ConfigError(
            f"tier {tier!r} does not see single customers; use one of {may}",
            f"层级 {tier!r} 不提供单个客户的信息；可用层级：{may}",
        )
    current = _current_id(store, customer_id, tier, as_of)
    versions = _rows(store, customer_history, tier, current, '"valid_from", "valid_to"')
    attributes = _attributes(store, tier, current, versions, as_of)
    sections: dict[Section, list[Held]] = {s: [] for s in Section}
    later: dict[str, int] = {}
    for table in _tables(tier):
        found = _rows(store, table, tier, current, '"day", "channel", "source_id"')
        known = [r for r in found if as_of is None or _begins_by(r["day"], as_of)]
        if len(known) < len(found):
            later[table.name] = len(found) - len(known)
        if known:
            columns = tuple(c for c in table.columns if c.name != "customer_id")
            sections[table.info["section"]].append(Held(table, columns, tuple(known)))
    for section, columns in _split().items():
        if any(attributes.get(c.name) is not None for c in columns):
            sections[section].insert(0, Held(customer, columns, (attributes,)))
    held = {s: tuple(found) for s, found in sections.items()}
    changed = tuple(c for c in _changes(versions) if as_of is None or _begins_by(c.on, as_of))
    return CustomerFile(current, current != customer_id, as_of, held, changed, later)


def _current_id(store: Store, customer_id: str, tier: str, as_of: date | None) -> str:
    """The id that stands for the customer on that day: an id that gave way leads to its successor."""
    seen = {customer_id}
    while True:
        found = store.read(
            'SELECT "successor_id", "since" FROM customer_successor WHERE "customer_id" = $id',
            tier,
            {"id": customer_id},
        ).to_pylist()
        steps = [
            r for r in found if as_of is None or r["since"] is None or _begins_by(r["since"], as_of)
        ]
        if not steps or steps[0]["successor_id"] in seen:
            return customer_id
        customer_id = steps[0]["successor_id"]
        seen.add(customer_id)


def _attributes(
    store: Store, tier: str, current: str, versions: list[Row], as_of: date | None
) -> Row:
    """What is true of the customer, or was on that day."""
    if as_of is None:
        found = _rows(store, customer, tier, current, '"customer_id"')
    else:
        found = [
            v
            for v in versions
            if _begins_by(v["valid_from"], as_of)
            and (v["valid_to"] is None or not _begins_by(v["valid_to"], as_of))
        ]
    if not found:
        when_en, when_zh = (f" on {as_of}", f"（{as_of}）") if as_of else ("", "")
        raise ConfigError(
            f"no customer{when_en} has this id as tier {tier!r} shows it; ask the tier's table customer",
            f"层级 {tier!r} 中没有该客户号{when_zh}；请在该层级的 customer 表中查询",
        )
    return found[0]


def _tables(tier: str) -> list[Table]:
    """The tables of the tier whose rows hang on a customer; who judged whom is not of the customer's file."""
    seen = RECORDS.values() if tier == STEWARD else ROW_BY_ROW[tier]
    return [t for t in seen if t.name in RECORDS and t.name != "judgement"]


def _rows(store: Store, table: Table, tier: str, customer_id: str, order: str) -> list[Row]:
    names = ", ".join(quoted(c.name) for c in table.columns)
    params: dict[str, Value] = {"id": customer_id}
    sql = f'SELECT {names} FROM {table.name} WHERE "customer_id" = $id ORDER BY {order}'
    return list(store.read(sql, tier, params).to_pylist())


def _split() -> dict[Section, tuple[Column[Any], ...]]:
    """The attributes of a customer, by section."""
    found: dict[Section, list[Column[Any]]] = {}
    for c in customer.columns:
        section = (
            Section.STATISTICS if c.name in COUNTED else SECTION_OF_KIND.get(kind(c), Section.BASIC)
        )
        found.setdefault(section, []).append(c)
    return {section: tuple(columns) for section, columns in found.items()}


def _changes(versions: list[Row]) -> Iterator[Change]:
    """What changed from each version to the next; attributes the tier does not see never change."""
    for before, after in pairwise(versions):
        changed = tuple(n for n in after if n not in VERSION and before[n] != after[n])
        if changed:
            yield Change(_day_or_period(after["valid_from"]), changed)


def _begins_by(shown: date | str | None, day: date) -> bool:
    """Whether a day, or the month or quarter that a tier sees instead, has begun by then."""
    first = first_day(shown)
    return first is not None and first <= day


def _day_or_period(shown: date | str) -> date | str:
    """The day, where the tier sees it; else the period it lies in."""
    first = first_day(shown)
    return first if first is not None and str(first) == str(shown) else shown


def label(column: Column[Any]) -> tuple[str, str]:
    """What a column is called in Chinese and in English."""
    return column.info["zh"], label_en(column.name)


SECTION_ZH = {
    Section.BASIC: "基本", Section.ACCOUNT: "账户", Section.CONTRACT: "合约", Section.SERVICE: "服务",
    Section.BEHAVIOUR: "行为", Section.RELATIONSHIP: "关系", Section.RESOURCE: "资源", Section.RISK: "风险",
    Section.STATISTICS: "统计分析",
}  # fmt: skip
