"""What is true of the sample: who is who, what is wrong where, where in free text something personal stands."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from pipelines.sample.remarks import KIND_NAMES, Spans
from pipelines.sample.vector import Ints, Text, constant, taken, text
from pipelines.sample.world import World


@dataclass
class Truth:
    """The answers, gathered channel by channel."""

    links: list[pa.Table] = field(default_factory=list)
    defects: list[pa.Table] = field(default_factory=list)
    noise: list[pa.Table] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)

    def link(self, channel: str, source_id: Text, entity: Text) -> None:
        """That a channel's rows are about these."""
        self.links.append(
            pa.table(
                {
                    "channel": constant(channel, len(entity)),
                    "source_id": source_id,
                    "entity": entity,
                }
            )
        )

    def span(self, channel: str, record: str, column: str, source_id: Text, spans: Spans) -> None:
        """Where in a column's texts something personal stands."""
        order = np.lexsort((spans.start, spans.row))
        rows = spans.row[order]
        ids = taken(source_id, rows).to_pylist()
        kinds = [KIND_NAMES[k] for k in spans.kind[order].tolist()]
        starts, ends = spans.start[order].tolist(), spans.end[order].tolist()
        first = np.flatnonzero(np.diff(rows, prepend=-1)).tolist()
        for here, there in zip(first, [*first[1:], len(rows)], strict=True):
            found = ", ".join(
                f'{{"kind": "{kinds[i]}", "start": {starts[i]}, "end": {ends[i]}}}'
                for i in range(here, there)
            )
            head = f'"channel": "{channel}", "record": "{record}", "source_id": {json.dumps(ids[here])}, "column": "{column}"'
            self.spans.append(f'{{{head}, "spans": [{found}]}}\n')

    def write(self, folder: Path, world: World) -> None:
        """Leave everything in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        _csv(folder / "links.csv", self.links, ("channel", "source_id", "entity"))
        wrong = ("channel", "record", "source_id", "day", "column", "defect", "corrected_on")
        _csv(folder / "defects.csv", self.defects, wrong)
        _csv(
            folder / "noise.csv",
            self.noise,
            ("channel", "record", "source_id", "day", "column", "noise"),
        )
        _csv(folder / "traps.csv", [traps(world)], ("trap", "entity", "other"))
        with (folder / "spans.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(self.spans)
        for record, columns in world.columns.items():
            rows = world.rows(record)
            if rows:
                here = {"entity": world.ids(record, np.arange(rows))} | {
                    c: v[:rows] for c, v in columns.items()
                }
                pyarrow.parquet.write_table(
                    pa.table(here), folder / f"entities_{record}.parquet", compression="zstd"
                )


def traps(world: World) -> pa.Table:
    """People whom a careless match takes for one: twins, and those who have another's former mobile."""
    people = world.people
    twins = np.flatnonzero(people.twin)
    recycled = np.flatnonzero(people.recycled >= 0)
    pairs: Sequence[tuple[str, Ints, Ints]] = (
        ("twin", twins, twins - 1),
        ("recycled_mobile", recycled, people.recycled[recycled]),
        ("shared_mobile", *shared_mobiles(world)),
    )
    return pa.concat_tables(
        pa.table({
            "trap": constant(name, len(one)),
            "entity": world.ids("individual", one),
            "other": world.ids("individual", other),
        })
        for name, one, other in pairs
    )  # fmt: skip


def shared_mobiles(world: World) -> tuple[Ints, Ints]:
    """Children who gave a parent's mobile, and the parent."""
    child = np.flatnonzero(world.people.shares)
    return child, child - world.people.position[child]


def _csv(path: Path, parts: list[pa.Table], columns: tuple[str, ...]) -> None:
    empty = pa.table({c: text([]) for c in columns})
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    pyarrow.csv.write_csv(pa.concat_tables([empty, *parts]), path, options)
