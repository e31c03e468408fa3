"""Measure: write what happened, and how good the data are now. It runs whatever became of the other steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from typing import Any

import pyarrow as pa

from expectations.flags import flags, violations
from expectations.kpi import assets
from expectations.kpi.counts import Count, check_counts, indicator_counts, together
from expectations.kpi.grain import grains
from expectations.kpi.happened import CUSTOMERS_STEPS, happened, step_runs
from expectations.kpi.quality import Quality, quality
from expectations.kpi.rows import rows
from expectations.model import Check
from masking.rules import Key, Token
from masking.text import Detect, detector
from pipelines.channels import plans, units
from pipelines.channels.channel import Channel
from pipelines.channels.missing import missing
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS, Batch, Relation
from pipelines.core.errors import ConfigError
from pipelines.core.secrets import secret
from warehouse.model import ADDED
from warehouse.store import Store, open_store
from warehouse.tables import CORE, RECORDS, governance
from warehouse.tables import quality as tables
from warehouse.views import STATISTICS


@dataclass(frozen=True)
class Measured:
    """What one channel's current rows came to."""

    checks: list[dict[str, Any]]
    indicators: Mapping[str, Count]


def measure(batch: Batch, run: Run) -> Batch:
    """Write quality and governance as of the batch's day. What was not measured is empty, never good."""
    store = open_store(run.warehouse)
    channels = _channels(run)
    rules = quality(run.pack.folder)
    current = _current(run, batch.day)
    is_newest = bool(current) and run.is_newest(batch.day)
    find = detector(run.pack.models) if units.may_be_told(run, batch.day) else None
    meter = Meter(run, store, rules, current, batch.day, find)
    if is_newest:  # before any figure: what is not told in large enough steps is not told
        store.replace(tables.grain, rows(tables.grain, meter.grains(channels)), {})
    _write_what_happened(store, run, channels)
    _write_governance(store, run, channels)
    if is_newest:  # rows that failed stay listed until they can be checked again
        store.replace(tables.violation, rows(tables.violation, []), {})
    found = {name: meter.channel(channel) for name, channel in channels.items()}
    checks = [row for measured in found.values() for row in measured.checks] + meter.one_view()
    store.replace(tables.check_result, rows(tables.check_result, checks), {"day": batch.day})
    counts = {name: dict(measured.indicators) for name, measured in found.items()}
    counts[CUSTOMERS] = together(list(counts.values()))
    _add_security(run, rules, channels, counts)
    said = _indicator_rows(rules, counts, batch.day)
    store.replace(tables.indicator, rows(tables.indicator, said), {"day": batch.day})
    _write_measurement(store, run, rules, batch.day, bool(current))
    return batch.having({})


def _write_measurement(
    store: Store, run: Run, rules: Quality, day: date, is_measured: bool
) -> None:
    said = {
        "day": day,
        "organisation": run.pack.file.organisation,
        "rules": rules.digest,
        "code": version("mingce"),
        "is_measured": int(is_measured),
    }
    store.replace(tables.measurement, rows(tables.measurement, [said]), {"day": day})


def _channels(run: Run) -> dict[str, Channel]:
    """The channels by name. One whose file is faulty is stopped by `ingest`; here it is left out."""
    found = {}
    for name in run.pack.names:
        try:
            found[name] = run.pack.channel(name)
        except ConfigError:
            continue
    return found


def _write_what_happened(store: Store, run: Run, channels: Mapping[str, Channel]) -> None:
    """The lake remembers every batch, so its tables are written anew."""
    batches, findings, steps = [], [], []
    for name in run.pack.names:
        record = channels[name].record if name in channels else ""
        for day in run.lake.noted(name):
            became = happened(run.lake, name, day)
            batches.append(became.batch(record))
            findings += _told(became.findings(), channels.get(name))
            steps += step_runs(run.lake, name, day)
    batches += missing(run, channels)
    for day in run.lake.noted(CUSTOMERS):
        findings += happened(run.lake, CUSTOMERS, day, CUSTOMERS_STEPS).findings()
        steps += step_runs(run.lake, CUSTOMERS, day)
    for table, said in {
        tables.batch: batches,
        tables.finding: findings,
        tables.step_run: steps,
    }.items():
        store.replace(table, rows(table, said), {})


def _told(found: Iterable[dict[str, Any]], channel: Channel | None) -> list[dict[str, Any]]:
    """The findings; a column by its name only if somebody declared it: another's head may be a customer's cell."""
    declared = {c.name for table in CORE.values() for c in table.columns} | {""}
    declared |= channel.declared if channel else set()
    summed: dict[tuple[Any, ...], dict[str, Any]] = {}
    for finding in found:
        column = finding["column_name"] if finding["column_name"] in declared else units.NOT_SHOWN
        key = (finding["step"], finding["what"], finding["table_name"], column)
        known = summed.setdefault(key, finding | {"column_name": column, "rows": 0})
        known["rows"] += finding["rows"]
    return list(summed.values())


def _write_governance(store: Store, run: Run, channels: Mapping[str, Channel]) -> None:
    own = run.pack.file.purposes
    by_name = {name: plans.plan(channel, own) for name, channel in channels.items()}
    store.replace(governance.channel, rows(governance.channel, by_name.values()), {})
    register = assets.register(plans.filled(channels), by_name, run.pack.tiers)
    store.replace(governance.asset_register, rows(governance.asset_register, register), {})


def _current(run: Run, day: date) -> Mapping[str, Relation]:
    """Every record's current rows and the one view of them, or none if today's were not resolved."""
    note = run.lake.notes(CUSTOMERS, day).get("resolve", {"outcome": "done"})
    left = run.lake.read("resolved", CUSTOMERS, day) if note["outcome"] == "done" else None
    return left.tables if left else {}


@dataclass(frozen=True)
class Meter:
    """What every channel is measured with: the rules, the rows as they now stand, the day."""

    run: Run
    store: Store
    rules: Quality
    current: Mapping[str, Relation]
    day: date
    find: Detect | None
    """What looks for personal data in the names of units; none if none of them may be told."""

    def channel(self, channel: Channel) -> Measured:
        """Count over the channel's current rows, and list those that fail."""
        checks: list[dict[str, Any]] = []
        counts: list[Mapping[str, Count]] = []
        for record in self._records(channel):
            found, counted = self._record(channel, record)
            checks += found
            counts.append(counted)
        return Measured(checks, together(counts))

    def grains(self, channels: Mapping[str, Channel]) -> list[dict[str, Any]]:
        """In what steps the statistics tier is told each figure."""
        counted = {
            (name, record): {
                i.name: sum(map(i.counts, self._counted(channel, record)))
                for i in self.rules.indicators
            }
            for name, channel in channels.items()
            for record in self._records(channel)
        }
        k = self.run.pack.tiers[STATISTICS].smallest_group
        return grains(self.run.engine, self.current, counted, self.rules.indicators, k)

    def _records(self, channel: Channel) -> list[str]:
        return sorted({fed.record for fed in channel.feeds} & set(self.current))

    def _counted(self, channel: Channel, record: str) -> tuple[Check, ...]:
        return self.rules.counted(record, channel.name, channel.fills(record) | set(ADDED))

    def one_view(self) -> list[dict[str, Any]]:
        """The checks over what survived into the one view of each customer, as far as it has the columns."""
        found = []
        for record in (name for name, table in RECORDS.items() if table.info["is_customer"]):
            if "customer" in self.current:
                view = self.run.engine.sql(
                    f"SELECT '{CUSTOMERS}' AS channel, customer_id AS source_id, * FROM customers "
                    f"WHERE customer_type = '{record}'",
                    customers=self.current["customer"],
                )
                asked = self.rules.checks(record, CUSTOMERS, set(view.columns))
                checks = [c for c in asked if c.columns <= set(view.columns)]
                flagged = flags(self.run.engine, view, checks, self.day)
                counts = check_counts(self.run.engine, flagged, checks)
                found += [_check_row(row, CUSTOMERS, self.day) for row in counts]
        return found

    def _record(
        self, channel: Channel, record: str
    ) -> tuple[list[dict[str, Any]], Mapping[str, Count]]:
        engine, rules = self.run.engine, self.rules
        filled = channel.fills(record) | set(ADDED)
        checks = rules.checks(record, channel.name, filled)
        counted = self._counted(channel, record)
        branch = (units.UNIT,) if units.names_units(record) else ()
        mine = self._told(channel, record)
        flagged = flags(engine, mine, counted, self.day, "source_id", "day", *branch)
        found = check_counts(engine, flagged, counted, *branch)
        failing = {row["check"] for row in found if row["failed"]}
        wrong = violations(
            engine, flagged, checks, [c for c in checks if c in failing], "day", *branch
        )
        said = _violation_rows(self._nameless(engine.fetch(wrong), channel), channel)
        if said.num_rows and self.run.is_newest(self.day):
            self.store.replace(tables.violation, said, {"channel": channel.name, "record": record})
        results = [_check_row(row, channel.name, self.day) for row in found]
        return results, indicator_counts(engine, flagged, counted, rules.indicators)

    def _told(self, channel: Channel, record: str) -> Relation:
        """The channel's current rows, their units as they may be told."""
        engine = self.run.engine
        mine = engine.sql(
            f"SELECT * FROM current_rows WHERE channel = '{channel.name}'",
            current_rows=self.current[record],
        )
        if not units.names_units(record):
            return mine
        names = units.names_told(engine, mine, self.find) if self.find else set[str]()
        return units.told(engine, mine, names)

    def _nameless(self, wrong: pa.Table, channel: Channel) -> pa.Table:
        """Keys that are somebody's number as the token that analysts see: quality holds no value of a customer."""
        if not channel.has_personal_key or not wrong.num_rows:
            return wrong
        token = Token("token").bound(
            Key.read(secret(self.run.pack.file.token_key).get_secret_value())
        )
        place = wrong.schema.get_field_index("source_id")
        hidden = wrong.column(place).to_pylist()
        tokens = {key: key and token.hidden(key) for key in set(hidden)}
        return wrong.set_column(
            place, "source_id", pa.array([tokens[k] for k in hidden], pa.string())
        )


def _violation_rows(wrong: pa.Table, channel: Channel) -> pa.Table:
    """With whose they are: the channel's owner must correct them (REQUIREMENTS C4)."""
    for name, value in {"channel": channel.name, "owner": channel.owner}.items():
        wrong = wrong.append_column(name, pa.repeat(value, wrong.num_rows))
    return wrong


def _check_row(row: Mapping[str, Any], channel: str, day: date) -> dict[str, Any]:
    check = row["check"]
    return {
        "channel": channel,
        "day": day,
        "record": check.record,
        "check_name": check.name,
        "branch": row["branch"],
        "dimension": check.dimension.value,
        "column_name": check.column,
        "level": check.level.value,
        "checked": row["checked"],
        "failed": row["failed"],
    }


def _add_security(
    run: Run, rules: Quality, channels: Mapping[str, Channel], counts: dict[str, dict[str, Count]]
) -> None:
    """How many sensitive columns are masked follows from the tiers; of a channel without rows nothing is held."""
    shown, filled = run.pack.tiers, plans.filled(channels)
    for indicator in rules.indicators:
        if indicator.of == "columns":
            measured = [name for name in channels if any(c.of for c in counts[name].values())]
            for name in measured:
                columns = assets.columns_of(RECORDS.values(), filled, name)
                counts[name][indicator.name] = assets.masked(shown, columns)
            every = assets.columns_of(CORE.values(), filled, *measured)
            counts[CUSTOMERS][indicator.name] = assets.masked(shown, every)


def _indicator_rows(
    rules: Quality, counts: Mapping[str, Mapping[str, Count]], day: date
) -> list[dict[str, Any]]:
    places = Decimal("0.000001")
    return [
        {
            "indicator": indicator.name,
            "channel": channel,
            "day": day,
            "numerator": count.good if count.of else None,
            "denominator": count.of,
            "ratio": count.ratio,
            "target": Decimal(str(indicator.target_of(channel))).quantize(places),
            "weight": Decimal(str(indicator.weight)).quantize(places),
            "title_zh": indicator.zh,
            "title_en": indicator.en,
            "dimension": indicator.dimension.value,
        }
        for channel, found in counts.items()
        for indicator in rules.indicators
        for count in (found.get(indicator.name, Count()),)
    ]
