"""What is delivered more than once: rows that stand in their file twice, and those that later days mend or change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pipelines.sample.rows import Drawn, Said
from pipelines.sample.spoil import ENOUGH_ROWS, Sheet
from pipelines.sample.vector import (
    Days,
    Ints,
    Mask,
    Text,
    chance,
    constant,
    drawer,
    filled,
    instants,
    iso,
    money,
    put,
    taken,
    where,
)
from pipelines.sample.words import named
from pipelines.sample.world import CUSTOMER_RECORDS, World

TWICE_IN_A_FILE = 0.0008
CORRECTED = 0.25
"""Share of the rows with a defect that come again without it, on some later day."""
CORRECTED_AT_MOST = 0.012
"""The same as a share of all rows: a delta stays small where nearly every row lacks something."""
CHANGED = 0.01
"""Share of the others that come again because something is no longer as it was."""
FINAL = ("transaction", "relation", "judgement")
"""Records whose rows are delivered once and for all."""


@dataclass(frozen=True)
class Repeats:
    """The rows that are delivered again: under one key in one file, and on which later day."""

    twice: Ints
    again: Ints
    day: Ints
    mended: Mask
    """Which of those that come again are delivered without their defects."""


def repeats(world: World, drawn: Drawn, sheets: list[Sheet]) -> Repeats:
    """Which rows are delivered again."""
    wrong = np.any([s.wrong for s in sheets], axis=0)
    again, day = _again(world, drawn, wrong)
    return Repeats(_twice(world, drawn, wrong), again, day, wrong[again])


def delivered(world: World, drawn: Drawn, sheets: list[Sheet], repeated: Repeats) -> Drawn:
    """The rows of all days' files, those that come again behind the others."""
    index = np.concatenate([np.arange(len(drawn)), repeated.twice, repeated.again])
    day = np.concatenate([drawn.day, drawn.day[repeated.twice], repeated.day])
    said = tuple(_later(world, sheet, index, day, repeated) for sheet in sheets)
    return replace(
        drawn,
        who=drawn.who[index],
        day=day,
        number=taken(drawn.number, index),
        source_id=taken(drawn.source_id, index),
        said=said,
    )


def _twice(world: World, drawn: Drawn, wrong: Mask) -> Ints:
    if drawn.channel.record not in (*CUSTOMER_RECORDS, "account"):
        return np.zeros(0, dtype=np.int64)
    rng = drawer(world.seed, drawn.channel.name, "twice")
    rows = np.flatnonzero(~wrong & chance(rng, TWICE_IN_A_FILE, len(drawn)))
    if not len(rows) and len(drawn) >= ENOUGH_ROWS:
        return rng.choice(np.flatnonzero(~wrong), 1)
    return rows


def _again(world: World, drawn: Drawn, wrong: Mask) -> tuple[Ints, Ints]:
    if len(world.days) == 1 or drawn.channel.record in FINAL:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    rng = drawer(world.seed, drawn.channel.name, "again")
    corrected = min(CORRECTED, CORRECTED_AT_MOST * len(drawn) / max(int(wrong.sum()), 1))
    comes = chance(rng, np.where(wrong, corrected, CHANGED), len(drawn)) & (drawn.day == 0)
    rows = np.flatnonzero(comes)
    return rows, rng.integers(1, len(world.days), len(rows))


def _later(world: World, sheet: Sheet, index: Ints, day: Ints, repeated: Repeats) -> Said:
    """One record's columns: what comes again is as it is in truth, or as it has become."""
    columns = {c: taken(v, index) for c, v in sheet.columns.items()}
    again = np.arange(len(index) - len(repeated.again), len(index))
    mended, changed = again[repeated.mended], again[~repeated.mended]
    for name, clean in sheet.said.columns.items():
        columns[name] = put(columns[name], mended, taken(clean, index[mended]))
    on = np.array(world.days, dtype="datetime64[D]")[day]
    there = {c: taken(v, changed) for c, v in columns.items()}
    true = {c: taken(v, index[changed]) for c, v in sheet.said.columns.items()}
    for name, values in _became(world, sheet.record, true, there, on[changed]).items():
        columns[name] = put(columns[name], changed, values)
    if "updated_on" in columns:
        columns["updated_on"] = put(columns["updated_on"], again, iso(on[again] - 1))
    return replace(sheet.said, columns=columns)


def _became(
    world: World, record: str, true: Mapping[str, Text], there: Mapping[str, Text], on: Days
) -> dict[str, Text]:
    """What is no longer as it was delivered first."""
    rng = drawer(world.seed, record, "became", len(on))
    if record == "individual":
        grades = named("risk_grade").draw(rng, len(on))
        return {c: true[c] for c in ("full_name", "mobile", "home_address")} | {
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
        return {"resolved_at": where(filled(there["resolved_at"]), there["resolved_at"], done)}
    if record == "contract":
        return {"status": constant("已终止", len(on))}
    return {}
