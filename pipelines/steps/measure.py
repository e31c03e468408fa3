"""Measure: write what happened, and how good the data are now. It runs whatever became of the other steps."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from importlib.metadata import version
from typing import Any

import pyarrow as pa

from expectations.flags import flags, violations
from expectations.kpi import assets
from expectations.kpi.changed import compared
from expectations.kpi.counts import Count, check_counts, indicator_counts, together
from expectations.kpi.grain import grains
from expectations.kpi.happened import CUSTOMERS_STEPS, happened, step_runs
from expectations.kpi.quality import Quality, quality
from expectations.kpi.rows import rows
from expectations.model import Check
from masking.kinds import Kind
from masking.rules import Key, Token
from masking.text import Detect, detector
from pipelines.channels import plans, units
from pipelines.channels.channel import Channel
from pipelines.channels.missing import missing
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS, Batch, Relation
from pipelines.core.errors import ConfigError, speaking
from pipelines.core.parts import Parts
from pipelines.core.secrets import secret
from warehouse.model import ADDED
from warehouse.store import Change, open_store
from warehouse.tables import CORE, RECORDS, governance
from warehouse.tables import quality as tables
from warehouse.views import ANALYST, STATISTICS

Figures = tuple[list[Change], list[dict[str, Any]]]
PLACE = re.compile("column [0-9]+")
"""How a finding names a column that nobody declared: by its place."""


@dataclass(frozen=True)
class Measured:
    """What one channel's current rows came to."""

    checks: list[dict[str, Any]]
    indicators: Mapping[str, Count]
    wrong: list[pa.Table]
    """The rows that fail, a table for each record."""


def measure(batch: Batch, run: Run) -> Batch:
    """Write quality and governance as of the batch's day. What was not measured is empty, never good.

    What can be measured is written; then the error is raised of what could not, and the day remains to be measured.
    """
    parts = Parts(run.lake.is_gone)
    channels = run.pack.sound()
    changes = _what_happened(run, channels, parts)
    changes += parts.of("governance", lambda: _governance(run, channels), [])
    nothing: Figures = ([], [])
    figures, before = parts.of(
        "figures", lambda: _figures(run, channels, batch.day, parts), nothing
    )
    with speaking(run.pack.file.language):
        open_store(run.warehouse).replace([*changes, *figures])
    parts.require_all(batch.day)
    return batch.having({"indicator": run.engine.arrow(rows(tables.indicator, before))})


def _figures(run: Run, channels: Mapping[str, Channel], day: date, parts: Parts) -> Figures:
    """The day's checks and indicators; and those that a later measurement is compared with."""
    rules, current = quality(run.pack.folder), _current(run, day)
    is_newest = bool(current) and run.is_newest(day)
    find = detector(run.pack.models) if units.may_be_told(run, day) else None
    meter = Meter(run, rules, current, day, find, parts)
    found = {
        name: parts.of(name, partial(meter.channel, channel), Measured([], {}, []))
        for name, channel in channels.items()
    }
    checks = [row for measured in found.values() for row in measured.checks]
    checks += parts.of(CUSTOMERS, partial(meter.one_view, channels.values()), [])
    counts = {name: dict(measured.indicators) for name, measured in found.items()}
    counts[CUSTOMERS] = together(list(counts.values()))
    _add_security(run, rules, channels, counts)
    said, before = _indicator_rows(rules, counts, day), _figures_before(run, day)
    if current:
        before = said = compared(said, before)
    grains: list[dict[str, Any]] = []
    if is_newest:
        grains = parts.of("grain", lambda: meter.grains(channels), grains)
    changes = [
        *(_of_rows(found.values(), grains) if is_newest else ()),
        Change(tables.check_result, rows(tables.check_result, checks), {"day": day}),
        Change(tables.indicator, rows(tables.indicator, said), {"day": day}),
        _measurement(run, rules, day, bool(current)),
    ]
    return changes, before


def _figures_before(run: Run, day: date) -> list[dict[str, Any]]:
    """The day's indicators as they were last measured; none if they never were."""
    left = run.lake.read("measured", CUSTOMERS, day)
    return run.engine.fetch(left.tables["indicator"]).to_pylist() if left else []


def _of_rows(found: Iterable[Measured], grains: list[dict[str, Any]]) -> list[Change]:
    """Every row that fails, and in what steps figures are told. Both stay until rows can be looked at again."""
    said = [rows(tables.violation, []), *(part for measured in found for part in measured.wrong)]
    wrong = pa.concat_tables(said, promote_options="permissive")
    return [Change(tables.violation, wrong), Change(tables.grain, rows(tables.grain, grains))]


def _measurement(run: Run, rules: Quality, day: date, is_measured: bool) -> Change:
    said = {
        "day": day,
        "organisation": run.pack.file.organisation,
        "rules": rules.digest,
        "code": version("mingce"),
        "commendation": rules.commendation.model_dump_json(),
        "is_measured": int(is_measured),
    }
    return Change(tables.measurement, rows(tables.measurement, [said]), {"day": day})


def _what_happened(run: Run, channels: Mapping[str, Channel], parts: Parts) -> list[Change]:
    """The lake remembers every batch, so its tables are written anew."""
    batches, findings, steps = [], [], []
    for name in run.pack.names:
        record = channels[name].record if name in channels else ""
        for day in run.lake.noted(name):
            became = happened(run.lake, name, day)
            batches.append(parts.of(name, partial(became.batch, record), became.unknown()))
            findings += _told(parts.of(name, became.findings, []), channels.get(name))
            steps += step_runs(run.lake, name, day)
    batches += missing(run, channels)
    for day in run.lake.noted(CUSTOMERS):
        findings += happened(run.lake, CUSTOMERS, day, CUSTOMERS_STEPS).findings()
        steps += step_runs(run.lake, CUSTOMERS, day)
    said = {tables.batch: batches, tables.finding: findings, tables.step_run: steps}
    return [Change(table, rows(table, found)) for table, found in said.items()]


def _told(found: Iterable[dict[str, Any]], channel: Channel | None) -> list[dict[str, Any]]:
    """The findings; a column by its name only if somebody declared it: another's head may be a customer's cell."""
    declared = {c.name for table in CORE.values() for c in table.columns} | {""}
    declared |= channel.declared if channel else set()
    summed: dict[tuple[Any, ...], dict[str, Any]] = {}
    for finding in found:
        column = finding["column_name"]
        column = column if column in declared or PLACE.fullmatch(column) else tables.NOT_SHOWN
        key = (finding["step"], finding["what"], finding["table_name"], column)
        known = summed.setdefault(key, finding | {"column_name": column, "rows": 0})
        known["rows"] += finding["rows"]
    return list(summed.values())


def _governance(run: Run, channels: Mapping[str, Channel]) -> list[Change]:
    own = run.pack.file.purposes
    by_name = {name: plans.plan(channel, own) for name, channel in channels.items()}
    register = assets.register(plans.filled(channels), by_name, run.pack.tiers)
    said = {governance.channel: by_name.values(), governance.asset_register: register}
    return [Change(table, rows(table, found)) for table, found in said.items()]


def _current(run: Run, day: date) -> Mapping[str, Relation]:
    """Every record's current rows and the one view of them, or none if today's were not resolved."""
    note = run.lake.notes(CUSTOMERS, day).get("resolve", {"outcome": "done"})
    left = run.lake.read("resolved", CUSTOMERS, day) if note["outcome"] == "done" else None
    return left.tables if left else {}


@dataclass(frozen=True)
class Meter:
    """What every channel is measured with: the rules, the rows as they now stand, the day."""

    run: Run
    rules: Quality
    current: Mapping[str, Relation]
    day: date
    find: Detect | None
    """What looks for personal data in the names of units; none if none of them may be told."""
    parts: Parts

    def channel(self, channel: Channel) -> Measured:
        """Count over the channel's current rows, and list those that fail."""
        checks: list[dict[str, Any]] = []
        counts: list[Mapping[str, Count]] = []
        wrong: list[pa.Table] = []
        for record in self._records(channel):
            found, counted, failing = self._record(channel, record)
            checks += found
            counts.append(counted)
            wrong.append(failing)
        return Measured(checks, together(counts), wrong)

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

    def one_view(self, channels: Iterable[Channel]) -> list[dict[str, Any]]:
        """The checks over what survived into the one view of each customer, as far as it has the columns.

        Of what no channel collects nothing is asked, as of a channel.
        """
        found = []
        for record in (name for name, table in RECORDS.items() if table.info["is_customer"]):
            if "customer" in self.current:
                view = self.run.engine.sql(
                    f"SELECT '{CUSTOMERS}' AS channel, customer_id AS source_id, * FROM customers "
                    f"WHERE customer_type = '{record}'",
                    customers=self.current["customer"],
                )
                filled = {name for c in channels for name in c.fills(record)} | set(ADDED)
                asked = self.rules.checks(record, CUSTOMERS, filled)
                checks = [c for c in asked if c.columns <= set(view.columns)]
                flagged = flags(self.run.engine, view, checks, self.day)
                counts = check_counts(self.run.engine, flagged, checks)
                found += [_check_row(row, CUSTOMERS, self.day) for row in counts]
        return found

    def _record(
        self, channel: Channel, record: str
    ) -> tuple[list[dict[str, Any]], Mapping[str, Count], pa.Table]:
        engine, rules = self.run.engine, self.rules
        filled = channel.fills(record) | set(ADDED)
        checks = rules.checks(record, channel.name, filled)
        counted = self._counted(channel, record)
        branch = (units.UNIT,) if units.names_units(record) else ()
        mine = self._told(channel, record)
        try:
            flagged = flags(engine, mine, counted, self.day, "source_id", "day", *branch)
            found, made = check_counts(engine, flagged, counted, *branch), counted
        except Exception as error:
            made = self._countable(channel.name, mine, counted, error)
            flagged = flags(engine, mine, made, self.day, "source_id", "day", *branch)
            found = check_counts(engine, flagged, made, *branch)
        checks = tuple(c for c in checks if c in made)
        failing = {row["check"] for row in found if row["failed"]}
        wrong = violations(
            engine, flagged, checks, [c for c in checks if c in failing], "day", *branch
        )
        said = self._violation_rows(engine.fetch(wrong), channel, checks)
        results = [_check_row(row, channel.name, self.day) for row in found]
        lost = [c for c in counted if c not in made]
        whole = [i for i in rules.indicators if not any(map(i.counts, lost))]
        return results, indicator_counts(engine, flagged, made, whole), said

    def _countable(
        self, channel: str, mine: Relation, counted: Sequence[Check], error: Exception
    ) -> tuple[Check, ...]:
        """The checks that can be counted one by one. Raises the error if it is none of them, or all."""
        engine, made = self.run.engine, []
        for check in counted:
            try:
                check_counts(engine, flags(engine, mine, [check], self.day), [check])
                made.append(check)
            except Exception as own:
                self.parts.failed(f"{channel} {check.name}", own)
        if len(made) in (0, len(counted)):
            raise error
        return tuple(made)

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

    def _violation_rows(
        self, wrong: pa.Table, channel: Channel, checks: Iterable[Check]
    ) -> pa.Table:
        """With the column each is about, and whose they are: the owner must correct them (REQUIREMENTS C4)."""
        about = {check.name: check.column for check in checks}
        added: dict[str, list[Any]] = {
            "column_name": [about[str(name)] for name in wrong["check_name"].to_pylist()],
            "source_token": self._tokens(wrong["source_id"].to_pylist()),
            "channel": [channel.name] * wrong.num_rows,
            "owner": [channel.owner if channel.is_owned else None] * wrong.num_rows,
        }
        for name, values in added.items():
            wrong = wrong.append_column(name, pa.array(values, pa.string()))
        return wrong

    def _tokens(self, keys: list[str | None]) -> list[str | None]:
        """Keys of rows as analysts see them everywhere; nothing where analysts see none, or without the tokens' key."""
        rule = self.run.pack.tiers[ANALYST].rule_for(Kind.KEY, "source_id")
        if isinstance(rule, Token):
            try:
                key = Key.read(secret(self.run.pack.file.token_key).get_secret_value())
            except ConfigError:  # `mask` has said so
                return [None] * len(keys)
            rule = rule.bound(key)
        known = {text: rule.mask(text) for text in set(keys)}
        return [known[text] for text in keys]


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
