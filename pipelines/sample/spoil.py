"""What goes wrong with a channel's rows on their way to its first file."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from pipelines.sample.defects import DEFECTS
from pipelines.sample.faults import Cells, Fault
from pipelines.sample.files import is_typed
from pipelines.sample.noise import NOISE
from pipelines.sample.rows import Drawn, Said
from pipelines.sample.vector import (
    Ints,
    Mask,
    Text,
    blanked,
    chance,
    drawer,
    empty,
    filled,
    pc,
    put,
    taken,
)
from pipelines.sample.world import World
from warehouse.tables import RECORDS

MISSING = 0.011
"""Share of rows in which a required element is not given, for each element."""
ENOUGH_ROWS = 400
"""From so many rows on, a channel has every defect at least once."""


@dataclass(frozen=True)
class Happened:
    """Something that went wrong: what, in which column, in which rows."""

    name: str
    column: str
    rows: Ints


@dataclass
class Sheet:
    """One record's columns in one channel, while things go wrong with them."""

    world: World
    drawn: Drawn
    said: Said
    delivered: frozenset[str]
    """The columns that reach the file as this record's own."""
    care: float
    """How careless the channel is; 1 is usual."""
    columns: dict[str, Text]
    touched: dict[str, Mask]
    old: dict[str, Text]
    """What was true before of the people the rows are about."""
    defects: list[Happened] = field(default_factory=list)
    noise: list[Happened] = field(default_factory=list)

    @property
    def record(self) -> str:
        """What the rows are."""
        return self.said.rows.record

    @property
    def wrong(self) -> Mask:
        """Rows with a defect."""
        found = np.zeros(len(self.drawn), dtype=bool)
        for happened in self.defects:
            found[happened.rows] = True
        return found


def spoilt(world: World, drawn: Drawn) -> list[Sheet]:
    """The channel's records as they are first delivered."""
    care = 0.6 + 1.2 * float(drawer(world.seed, drawn.channel.name, "care").random())
    sheets = [_sheet(world, drawn, said, names, care) for said, names in _delivered(drawn)]
    typed = is_typed(drawn.channel)
    for sheet in sheets:
        for place, fault in enumerate(NOISE.get(sheet.record, ())):
            sheet.noise += _happened(sheet, fault, place)
        _leave_out(sheet)
        for place, fault in enumerate(DEFECTS.get(sheet.record, ()), start=1000):
            if not (typed and fault.needs_text):
                sheet.defects += _happened(sheet, fault, place)
        sheet.defects += _missing_elements(sheet)
    return sheets


def _delivered(drawn: Drawn) -> list[tuple[Said, frozenset[str]]]:
    """Each record's columns that are neither keys nor what another record of the row already says."""
    used = set(drawn.channel.keys)
    found = []
    for said in drawn.said:
        mine = {name: c.is_ for name, c in said.rows.columns.items() if name not in used}
        used |= set(mine)
        found.append((said, frozenset(mine.values())))
    return found


def _sheet(world: World, drawn: Drawn, said: Said, names: frozenset[str], care: float) -> Sheet:
    of_people = said.rows.record == "individual"
    old = {c: taken(v, drawn.who) for c, v in world.people.old.items()} if of_people else {}
    touched = {c: np.zeros(len(drawn), dtype=bool) for c in names}
    return Sheet(world, drawn, said, names, care, dict(said.columns), touched, old)


def _happened(sheet: Sheet, fault: Fault, place: int) -> list[Happened]:
    """Let it happen, in some of the cells to which nothing has happened yet."""
    if not set(fault.columns) <= sheet.delivered:
        return []
    rng = drawer(sheet.world.seed, sheet.drawn.channel.name, sheet.record, place, fault.name)
    rows = _rows(sheet, fault, rng)
    if not len(rows):
        return []
    on = np.array(sheet.world.days, dtype="datetime64[D]")[sheet.drawn.day[rows]]
    there = {c: taken(sheet.columns[c], rows) for c in fault.columns}
    former = taken(sheet.old[fault.column], rows) if fault.of_former else empty(len(rows))
    now = fault.way(Cells(fault.column, there, rng, on, former))
    # a name without traditional characters stays as it is: nothing has happened to it
    real = ~pc.equal(there[fault.column], now).fill_null(False).to_numpy(zero_copy_only=False)
    sheet.columns[fault.column] = put(
        sheet.columns[fault.column], rows[real], now.filter(pa.array(real))
    )
    for column in fault.columns:
        sheet.touched[column][rows[real]] = True
    return [Happened(fault.name, fault.column, rows[real])]


def _rows(sheet: Sheet, fault: Fault, rng: np.random.Generator) -> Ints:
    drawn = chance(rng, fault.share * sheet.care, len(sheet.drawn))
    rows = _able(sheet, fault, np.flatnonzero(drawn))
    if len(rows) or len(sheet.drawn) < ENOUGH_ROWS:
        return rows
    able = _able(sheet, fault, np.arange(len(sheet.drawn)))
    return rng.choice(able, 1) if len(able) else able


def _able(sheet: Sheet, fault: Fault, rows: Ints) -> Ints:
    """Those of `rows` in which it can happen."""
    able = np.ones(len(rows), dtype=bool)
    for column in fault.columns:
        able &= filled(taken(sheet.columns[column], rows)) & ~sheet.touched[column][rows]
    for column, like in fault.likes().items():
        found = pc.match_substring_regex(taken(sheet.columns[column], rows), like).fill_null(False)
        able &= found.to_numpy(zero_copy_only=False)
    if fault.of_former:
        able &= filled(taken(sheet.old[fault.column], rows))
    return rows[able]


def _leave_out(sheet: Sheet) -> None:
    """Let required elements be missing, all columns of one together."""
    for group in RECORDS[sheet.record].info["required"]:
        rng = drawer(sheet.world.seed, sheet.drawn.channel.name, "missing", *group)
        nothing = chance(rng, MISSING * sheet.care, len(sheet.drawn))
        for column in sheet.delivered.intersection(group):
            sheet.columns[column] = blanked(sheet.columns[column], nothing)


def _missing_elements(sheet: Sheet) -> list[Happened]:
    """Required elements that are not there, whyever."""
    found = []
    for group in RECORDS[sheet.record].info["required"]:
        if there := [c for c in group if c in sheet.delivered]:
            nothing = ~np.any([filled(sheet.columns[c]) for c in there], axis=0)
            found.append(Happened("missing_element", there[0], np.flatnonzero(nothing)))
    return found
