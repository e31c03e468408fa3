"""What goes wrong with a channel's rows on their way, and what later deliveries mend. All of it is told to the truth."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from pipelines.sample.defects import DEFECTS
from pipelines.sample.faults import Cells, Fault
from pipelines.sample.files import is_typed
from pipelines.sample.noise import NOISE
from pipelines.sample.rows import Drawn, Said
from pipelines.sample.truth import Truth
from pipelines.sample.vector import (
    Ints,
    Mask,
    Text,
    blanked,
    chance,
    constant,
    drawer,
    filled,
    instants,
    iso,
    money,
    pc,
    put,
    taken,
    text,
    where,
)
from pipelines.sample.world import CUSTOMER_RECORDS, World
from warehouse.tables import RECORDS

MISSING = 0.011
"""Share of rows in which a required element is not given, for each element."""
TWICE_IN_A_FILE = 0.0008
CORRECTED = 0.25
"""Share of the rows with a defect that come again without it, on some later day."""
CHANGED = 0.012
"""Share of the others that come again because something is no longer as it was."""
ENOUGH_ROWS = 400
"""From so many rows on, a channel has every defect at least once."""


@dataclass
class _Sheet:
    """One record's rows in one channel while things go wrong with them."""

    said: Said
    delivered: frozenset[str]
    columns: dict[str, Text]
    touched: dict[str, Mask]
    defects: list[tuple[str, str, Ints]] = field(default_factory=list)
    noise: list[tuple[str, str, Ints]] = field(default_factory=list)

    @property
    def record(self) -> str:
        return self.said.rows.record


def spoilt(world: World, drawn: Drawn, truth: Truth) -> Drawn:
    """The rows as delivered on all days; what is true of them is added to the truth."""
    sheets = [_Sheet(said, names, dict(said.columns), {}) for said, names in _delivered(drawn)]
    care = 0.6 + 1.2 * float(drawer(world.seed, drawn.channel.name, "care").random())
    for sheet in sheets:
        _go_wrong(world, drawn, sheet, care)
    twice = _twice(world, drawn, sheets)
    again, day = _again(world, drawn, sheets)
    _tell(world, drawn, sheets, truth, (twice, again, day))
    index = np.concatenate([np.arange(len(drawn)), twice, again])
    days = np.concatenate([drawn.day, drawn.day[twice], day])
    wrong = _wrong(sheets, len(drawn))
    said = tuple(
        _later(world, sheet, index, days, len(drawn) + len(twice), wrong) for sheet in sheets
    )
    return replace(
        drawn, who=drawn.who[index], day=days, source_id=taken(drawn.source_id, index), said=said
    )


def _delivered(drawn: Drawn) -> list[tuple[Said, frozenset[str]]]:
    """Each record's columns that reach the file as its own: not keys, not what another record already says."""
    used = set(drawn.channel.keys)
    found = []
    for said in drawn.said:
        mine = {name: c.is_ for name, c in said.rows.columns.items() if name not in used}
        used |= set(mine)
        found.append((said, frozenset(mine.values())))
    return found


def _go_wrong(world: World, drawn: Drawn, sheet: _Sheet, care: float) -> None:
    sheet.touched = {c: np.zeros(len(drawn), dtype=bool) for c in sheet.delivered}
    old: dict[str, Text] = {}
    if sheet.record == "individual":
        old = {c: taken(v, drawn.who) for c, v in world.people.old.items()}
    typed = is_typed(drawn.channel)
    for place, fault in enumerate(NOISE.get(sheet.record, ())):
        _happen(world, drawn, sheet, fault, (care, place), old, sheet.noise)
    _leave_out(world, drawn, sheet, care)
    for place, fault in enumerate(DEFECTS.get(sheet.record, ()), start=1000):
        if not (typed and fault.needs_text):
            _happen(world, drawn, sheet, fault, (care, place), old, sheet.defects)
    for group in RECORDS[sheet.record].info["required"]:
        if there := [c for c in group if c in sheet.delivered]:
            nothing = ~np.any([filled(sheet.columns[c]) for c in there], axis=0)
            if nothing.any():
                sheet.defects.append(("missing_element", there[0], np.flatnonzero(nothing)))


def _happen(
    world: World, drawn: Drawn, sheet: _Sheet, fault: Fault, often: tuple[float, int],
    old: Mapping[str, Text], log: list[tuple[str, str, Ints]],
) -> None:  # fmt: skip
    if not set(fault.columns) <= sheet.delivered:
        return
    care, place = often
    rng = drawer(world.seed, drawn.channel.name, sheet.record, place, fault.name)
    can = np.all([filled(sheet.columns[c]) & ~sheet.touched[c] for c in fault.columns], axis=0)
    if fault.among is not None:
        can &= fault.among(sheet.columns | {f"old:{c}": v for c, v in old.items()})
    rows = np.flatnonzero(can & chance(rng, fault.share * care, len(drawn)))
    if not len(rows) and len(drawn) >= ENOUGH_ROWS and can.any():
        rows = rng.choice(np.flatnonzero(can), 1)
    if not len(rows):
        return
    on = np.array(world.days, dtype="datetime64[D]")[drawn.day[rows]]
    there = {c: taken(sheet.columns[c], rows) for c in fault.columns}
    changed = fault.change(Cells(there, rng, on, {c: taken(v, rows) for c, v in old.items()}))
    real = _differs(there, changed)
    for column, values in changed.items():
        new = values if values is None else values.filter(pa.array(real))
        sheet.columns[column] = put(sheet.columns[column], rows[real], new)
    for column in fault.columns:
        sheet.touched[column][rows[real]] = True
    log.append((fault.name, fault.columns[0], rows[real]))


def _differs(before: Mapping[str, Text], after: Mapping[str, Text | None]) -> Mask:
    """Where something is not as it was: a name without traditional characters stays as it is."""
    found = []
    for column, values in after.items():
        was = before[column]
        now = pa.nulls(len(was), pa.string()) if values is None else values
        found.append(~pc.equal(was, now).fill_null(False).to_numpy(zero_copy_only=False))
    return np.any(found, axis=0)


def _leave_out(world: World, drawn: Drawn, sheet: _Sheet, care: float) -> None:
    """Required elements that were not given."""
    for group in RECORDS[sheet.record].info["required"]:
        there = [c for c in group if c in sheet.delivered]
        nothing = chance(
            drawer(world.seed, drawn.channel.name, "missing", *group), MISSING * care, len(drawn)
        )
        for column in there:
            sheet.columns[column] = blanked(sheet.columns[column], nothing)


def _wrong(sheets: list[_Sheet], rows: int) -> Mask:
    """Rows with any defect."""
    found = np.zeros(rows, dtype=bool)
    for sheet in sheets:
        for _name, _column, at in sheet.defects:
            found[at] = True
    return found


def _twice(world: World, drawn: Drawn, sheets: list[_Sheet]) -> Ints:
    """Rows that stand in their file twice, under one key."""
    if drawn.channel.record not in (*CUSTOMER_RECORDS, "account"):
        return np.zeros(0, dtype=np.int64)
    rng = drawer(world.seed, drawn.channel.name, "twice")
    can = ~_wrong(sheets, len(drawn))
    rows = np.flatnonzero(can & chance(rng, TWICE_IN_A_FILE, len(drawn)))
    return rows if len(rows) or len(drawn) < ENOUGH_ROWS else rng.choice(np.flatnonzero(can), 1)


def _again(world: World, drawn: Drawn, sheets: list[_Sheet]) -> tuple[Ints, Ints]:
    """Rows of the first delivery that come again, and when: some corrected, some changed."""
    if len(world.days) == 1 or drawn.channel.record in ("transaction", "relation", "judgement"):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    rng = drawer(world.seed, drawn.channel.name, "again")
    wrong = _wrong(sheets, len(drawn))
    comes = chance(rng, np.where(wrong, CORRECTED, CHANGED), len(drawn)) & (drawn.day == 0)
    rows = np.flatnonzero(comes)
    return rows, rng.integers(1, len(world.days), len(rows))


def _later(world: World, sheet: _Sheet, index: Ints, days: Ints, first: int, wrong: Mask) -> Said:
    """The columns with the rows that come again behind the others: as they are in truth, or as they have become."""
    columns = {c: taken(v, index) for c, v in sheet.columns.items()}
    again = np.arange(first, len(index))
    mended = again[wrong[index[again]]]
    for name, clean in sheet.said.columns.items():
        columns[name] = put(columns[name], mended, taken(clean, index[mended]))
    changed = again[~wrong[index[again]]]
    on = np.array(world.days, dtype="datetime64[D]")[days]
    truth = {c: taken(v, index[changed]) for c, v in sheet.said.columns.items()}
    there = {c: taken(v, changed) for c, v in columns.items()}
    for name, values in _became(world, sheet.record, truth, there, on[changed]).items():
        columns[name] = put(columns[name], changed, values)
    if "updated_on" in columns:
        columns["updated_on"] = put(columns["updated_on"], again, iso(on[again] - 1))
    return replace(sheet.said, columns=columns)


def _became(
    world: World,
    record: str,
    truth: Mapping[str, Text],
    there: Mapping[str, Text],
    on: np.ndarray,  # type: ignore[type-arg]
) -> dict[str, Text]:
    """What is no longer as it was."""
    rng = drawer(world.seed, record, "became", len(on))
    if record == "individual":
        grades = taken(text(["R1", "R2", "R3", "R4", "R5"]), rng.integers(0, 5, len(on)))
        return {c: truth[c] for c in ("full_name", "mobile", "home_address")} | {
            "risk_grade": grades
        }
    if record == "account":
        return {
            "balance": money(np.round(np.exp(rng.normal(9.5, 1.9, len(on))) * 100).astype(np.int64))
        }
    if record == "interaction":
        done = instants(
            (on - 1).astype("datetime64[s]") + rng.integers(9 * 3600, 18 * 3600, len(on))
        )
        still_open = ~filled(there["resolved_at"])
        return {"resolved_at": where(still_open, done, there["resolved_at"])}
    if record == "contract":
        return {"status": constant("已终止", len(on))}
    return {}


def _tell(
    world: World, drawn: Drawn, sheets: list[_Sheet], truth: Truth, later: tuple[Ints, Ints, Ints]
) -> None:
    name, ids = drawn.channel.name, drawn.source_id
    days = text([d.isoformat() for d in world.days])
    twice, again, when = later
    corrected = np.full(len(drawn), -1)
    corrected[again] = when
    for sheet in sheets:
        record = sheet.record
        if record in CUSTOMER_RECORDS:
            truth.link(name, ids, world.ids(drawn.record, drawn.who))
        for column, spans in sheet.said.spans.items():
            if column in sheet.delivered:
                truth.span(name, record, column, ids, spans)
        logs = sheet.defects + (
            [("duplicate_key", "source_id", twice)] if sheet is sheets[0] and len(twice) else []
        )
        for kind, column, rows in logs:
            mended = np.full(len(rows), -1) if kind == "duplicate_key" else corrected[rows]
            truth.defects.append(_told(name, record, taken(ids, rows), taken(days, drawn.day[rows]), column, defect=kind)
                                 .append_column("corrected_on", taken(days, mended)))  # fmt: skip
        for kind, column, rows in sheet.noise:
            truth.noise.append(
                _told(
                    name, record, taken(ids, rows), taken(days, drawn.day[rows]), column, noise=kind
                )
            )


def _told(channel: str, record: str, ids: Text, days: Text, column: str, **what: str) -> pa.Table:
    rows = len(ids)
    same = {
        "channel": constant(channel, rows),
        "record": constant(record, rows),
        "source_id": ids,
        "day": days,
    }
    return pa.table(
        same | {"column": constant(column, rows)} | {k: constant(v, rows) for k, v in what.items()}
    )
