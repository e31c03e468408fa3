"""What is true of the sample, in `truth/` beside the channels' files:

- `links.csv`: channel, source_id, entity: which customer a row is about;
- `defects.csv`: channel, record, source_id, day, column, defect, corrected_on: what is wrong with a row as delivered
  on that day, and the later day, if any, that delivers it without its defects;
- `noise.csv`: the same of what is only written otherwise, or no longer true;
- `traps.csv`: trap, entity, other: people whom a careless match takes for one;
- `spans.jsonl`: channel, record, column, source_id, spans [{kind, start, end}]: where in a free text something personal
  stands, ends exclusive; a text that is not listed holds nothing personal;
- `entities_<record>.parquet`: the true values of every customer.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from pipelines.sample.later import Repeats
from pipelines.sample.remarks import KIND_NAMES, Spans
from pipelines.sample.rows import Drawn
from pipelines.sample.spoil import Happened, Sheet
from pipelines.sample.vector import Ints, constant, taken, text
from pipelines.sample.world import CUSTOMER_RECORDS, World


@dataclass
class Truth:
    """The answers, gathered channel by channel."""

    world: World
    links: list[pa.Table] = field(default_factory=list)
    defects: list[pa.Table] = field(default_factory=list)
    noise: list[pa.Table] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)

    def add(self, drawn: Drawn, sheets: list[Sheet], repeated: Repeats) -> None:
        """What is true of one channel's rows."""
        corrected = np.full(len(drawn), -1)
        corrected[repeated.again] = repeated.day
        if len(repeated.twice):
            self._log(
                self.defects,
                "defect",
                sheets[0],
                Happened("duplicate_key", "source_id", repeated.twice),
                corrected,
            )
        for sheet in sheets:
            if sheet.record in CUSTOMER_RECORDS:
                entity = self.world.ids(drawn.record, drawn.who)
                channel = constant(drawn.channel.name, len(drawn))
                self.links.append(
                    pa.table({"channel": channel, "source_id": drawn.source_id, "entity": entity})
                )
                known_twice = Happened("customer_twice", "source_id", _twice(drawn.who))
                self._log(self.defects, "defect", sheet, known_twice, np.full(len(drawn), -1))
            for column, spans in sheet.said.spans.items():
                if column in sheet.delivered:
                    self._span(sheet, column, spans)
            for happened in sheet.defects:
                self._log(self.defects, "defect", sheet, happened, corrected)
            for happened in sheet.noise:
                self._log(self.noise, "noise", sheet, happened)

    @property
    def sizes(self) -> dict[str, int]:
        """How much is told of what."""
        rows = {
            name: sum(part.num_rows for part in parts)
            for name, parts in (
                ("links", self.links),
                ("defects", self.defects),
                ("noise", self.noise),
            )
        }
        return rows | {"texts": len(self.spans)}

    def write(self, folder: Path) -> None:
        """Leave everything in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        logged = ("channel", "record", "source_id", "day", "column")
        _csv(folder / "links.csv", self.links, ("channel", "source_id", "entity"))
        _csv(folder / "defects.csv", self.defects, (*logged, "defect", "corrected_on"))
        _csv(folder / "noise.csv", self.noise, (*logged, "noise"))
        _csv(folder / "traps.csv", [_traps(self.world)], ("trap", "entity", "other"))
        with (folder / "spans.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(self.spans)
        for record, columns in self.world.columns.items():
            rows = self.world.rows(record)
            if rows:
                entity = self.world.ids(record, np.arange(rows))
                table = pa.table({"entity": entity} | {c: v[:rows] for c, v in columns.items()})
                pyarrow.parquet.write_table(
                    table, folder / f"entities_{record}.parquet", compression="zstd"
                )

    def _span(self, sheet: Sheet, column: str, spans: Spans) -> None:
        """One line for each text in which something personal stands."""
        order = np.lexsort((spans.start, spans.row))
        rows = spans.row[order]
        ids = taken(sheet.drawn.source_id, rows).to_pylist()
        kinds = [KIND_NAMES[k] for k in spans.kind[order].tolist()]
        starts, ends = spans.start[order].tolist(), spans.end[order].tolist()
        first = np.flatnonzero(np.diff(rows, prepend=-1)).tolist()
        head = f'{{"channel": "{sheet.drawn.channel.name}", "record": "{sheet.record}", "column": "{column}"'
        for here, there in pairwise([*first, len(rows)]):
            found = ", ".join(
                f'{{"kind": "{kinds[i]}", "start": {starts[i]}, "end": {ends[i]}}}'
                for i in range(here, there)
            )
            self.spans.append(
                f'{head}, "source_id": {json.dumps(ids[here])}, "spans": [{found}]}}\n'
            )

    def _log(
        self, log: list[pa.Table], title: str, sheet: Sheet, happened: Happened, corrected: Ints | None = None
    ) -> None:  # fmt: skip
        rows, drawn = happened.rows, sheet.drawn
        days = text([d.isoformat() for d in self.world.days])
        columns = {
            "channel": constant(drawn.channel.name, len(rows)),
            "record": constant(sheet.record, len(rows)),
            "source_id": taken(drawn.source_id, rows),
            "day": taken(days, drawn.day[rows]),
            "column": constant(happened.column, len(rows)),
            title: constant(happened.name, len(rows)),
        }
        if corrected is not None:
            columns["corrected_on"] = taken(days, corrected[rows])
        log.append(pa.table(columns))


def _twice(who: Ints) -> Ints:
    """Rows whose customer has another row in the channel."""
    _, place, many = np.unique(who, return_inverse=True, return_counts=True)
    return np.flatnonzero(many[place] > 1)


def _traps(world: World) -> pa.Table:
    """People whom a careless match takes for one: twins, and those who have or had another's mobile."""
    people = world.people
    twins, recycled = np.flatnonzero(people.twin), np.flatnonzero(people.recycled >= 0)
    child = np.flatnonzero(people.shares)
    pairs: Sequence[tuple[str, Ints, Ints]] = (
        ("twin", twins, twins - 1),
        ("recycled_mobile", recycled, people.recycled[recycled]),
        ("shared_mobile", child, child - people.position[child]),
    )
    return pa.concat_tables(_pairs(world, *pair) for pair in pairs)


def _pairs(world: World, trap: str, one: Ints, other: Ints) -> pa.Table:
    are_customers = np.maximum(one, other) < world.rows("individual")
    one, other = one[are_customers], other[are_customers]
    entities = {"entity": world.ids("individual", one), "other": world.ids("individual", other)}
    return pa.table({"trap": constant(trap, len(one))} | entities)


def _csv(path: Path, parts: list[pa.Table], columns: tuple[str, ...]) -> None:
    empty = pa.table({c: text([]) for c in columns})
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    pyarrow.csv.write_csv(pa.concat_tables([empty, *parts]), path, options)
