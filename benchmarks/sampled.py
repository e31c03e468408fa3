"""The sample's columns against what their channels declare: `python -m benchmarks sampled --customers 3000 --seed 43`.

Every column of every file of both days is looked at, as `mingce scan` does. A column is right if its likeliest kind
is one it is declared to hold, and if it reveals nothing where nothing personal is declared. Columns without a
single value show nothing and are left out.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from masking.columns import profile
from masking.kinds import Kind
from pipelines.channels.channel import Channel
from pipelines.channels.pack import Pack
from pipelines.channels.reveals import kinds_declared
from pipelines.channels.run import Run
from pipelines.core.batch import Batch
from pipelines.engine import engine
from pipelines.engine.lake import Lake
from pipelines.sample.sample import Wanted, sample
from pipelines.steps.detect import OURS
from pipelines.steps.ingest import ingest

FIRST = date(2026, 9, 1)
BANK = Path(__file__).resolve().parents[1] / "packs" / "bank"
NOTHING = {Kind.KEY, Kind.PLAIN, Kind.CODE}


class Seen(NamedTuple):
    """A column of one day: what it is declared to hold, and what was found, the likeliest first."""

    channel: str
    day: date
    column: str
    declared: set[Kind]
    found: list[Kind]

    @property
    def right(self) -> bool:
        """Whether the likeliest kind is a declared one."""
        return bool(self.declared & set(self.found[:1])) or (
            not self.found and self.declared <= NOTHING
        )


def main(arguments: list[str]) -> None:
    """Print the wrong columns, and how many are right."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks sampled", description=__doc__)
    parser.add_argument("--customers", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=43)
    parser.add_argument("--also", action="store_true", help="print what else a column reveals")
    asked = parser.parse_args(arguments)
    seen = list(columns(asked.customers, asked.seed, days=2))
    for one in seen:
        if not one.right or (asked.also and set(one.found) - one.declared):
            wanted, got = (
                ", ".join(sorted(one.declared)) or "plain",
                ", ".join(one.found) or "plain",
            )
            print(f"{one.channel} {one.day} {one.column}: declared {wanted}; found {got}")
    right = sum(one.right for one in seen)
    print(
        json.dumps(
            {"seed": asked.seed, "customers": asked.customers, "right": right, "all": len(seen)}
        )
    )


def columns(customers: int, seed: int, days: int) -> Iterator[Seen]:
    """Every column of the bank's sample that holds a value, a channel and a day after the other."""
    with TemporaryDirectory() as folder:
        works = engine("duckdb")
        run = Run(Pack(BANK), works, Lake(f"{folder}/lake", works), "", f"{folder}/source")
        sample(run.pack, Wanted(customers, seed, FIRST, days=days), Path(run.source))
        for day in (FIRST + timedelta(n) for n in range(days)):
            for channel in map(run.pack.channel, run.pack.names):
                with works.scope():
                    yield from _of(channel, day, run)
        works.close()


def _of(channel: Channel, day: date, run: Run) -> Iterator[Seen]:
    landed = ingest(Batch(channel.name, day), channel, run).tables["rows"]
    names = [name for name in landed.columns if name not in OURS]
    rows = profile(run.engine, landed, names).to_pylist()
    declared = kinds_declared(channel)
    for name in names:
        mine = [row for row in rows if row["column_name"] == name]
        if mine[0]["cells"]:
            found = [Kind(row["kind"]) for row in mine if row["verdict"]]
            yield Seen(channel.name, day, name, declared.get(name, set()), found)
