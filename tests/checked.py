"""A lake of checked rows, resolved day by day: for tests of `resolve`. Everybody here is made up."""

import datetime as dt
from collections import defaultdict
from pathlib import Path

import pyarrow as pa

from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS, Batch
from pipelines.engine.lake import Lake
from pipelines.engine.protocol import Engine
from pipelines.steps.resolve import resolve
from tests.factories import COUNTER, pack_folder
from warehouse.ddl import type_of
from warehouse.model import columns_before_resolve
from warehouse.tables import RECORDS

DAY = dt.date(2026, 9, 1)
CHANNELS = ("counter", "mobile", "judgement")
MATCHING = {
    "records": {
        "individual": {
            "prepared": {
                "name": {"how": "simplified", "of": "full_name"},
                "resident_id": {"how": "resident_id", "of": "id_number"},
            },
            "proofs": [
                {"name": "resident_id", "equal": ["resident_id"], "excludes": True, "unless": "name_l <> name_r"},
                {"name": "email", "equal": ["email"]},
            ],
        }
    },
    "survivorship": {
        "channels": ["counter", "mobile"],
        "rules": {"recency": ["recency", "channel"], "proof": ["proof", "channel"], "trust": ["channel"]},
        "default": "recency",
        "attributes": {
            "id_number": {"rule": "proof", "proven_by": "resident_id"},
            "mobile": {"rule": "trust"},
        },
    },
}  # fmt: skip
NUMBER, OTHER_NUMBER = "11010519491231002X", "11010519900103002X"


class World:
    """A lake with a pack's channels, filled with checked rows, and resolved day by day."""

    def __init__(self, folder: Path, works: Engine, **matching) -> None:
        channels = [COUNTER | {"name": n, "lands_at": n + "/{day}.csv"} for n in CHANNELS]
        self.engine = works
        self.folder = pack_folder(folder / "pack", *channels, matching=matching or MATCHING)
        self.lake = Lake(str(folder / "lake"), self.engine)
        self.run = Run(Pack(self.folder), self.engine, self.lake, "")

    def checked(
        self, channel: str, *rows: dict, record: str = "individual", day: dt.date = DAY
    ) -> None:
        """What `validate` left of a channel's day."""
        given = pa.Table.from_pylist([{**dict.fromkeys(set().union(*rows)), **r} for r in rows])
        made = {"channel": f"'{channel}'", "day": f"DATE '{day}'", "unreadable": "''"}
        columns = [
            f"CAST({c.name if c.name in given.column_names else made.get(c.name, 'NULL')} AS {type_of(c)}) "
            f"AS {c.name}"
            for c in columns_before_resolve(RECORDS[record])
        ]
        with self.engine.scope():
            held = self.engine.sql(
                f"SELECT {', '.join(columns)} FROM t", t=self.engine.arrow(given)
            )
            before = self.lake.read("checked", channel, day)
            tables = dict(before.tables) if before else {}
            self.lake.write(
                "checked", Batch(channel, day, {**tables, record: self.engine.keep(held)})
            )

    def resolved(self, day: dt.date = DAY) -> dict[str, list[dict]]:
        """What the step leaves, table by table."""
        with self.engine.scope():
            batch = resolve(Batch(CUSTOMERS, day), self.run)
            self.findings = {(f.what, f.table): f.rows for f in batch.findings}
            order = {t: r.columns[:4] for t, r in batch.tables.items()}
            self.lake.write("resolved", batch, order)
            return {t: self.engine.fetch(r).to_pylist() for t, r in batch.tables.items()}

    def judged(self, key: str, *pair: tuple[str, str], verdict: str, day: dt.date = DAY) -> None:
        """A steward's word on two rows."""
        (channel, source), (other, other_source) = pair
        row = {
            "source_id": key, "holder_channel": channel, "holder_source_id": source, "other_channel": other,
            "other_source_id": other_source, "verdict": verdict, "judged_at": dt.datetime.combine(day, dt.time(9)),
        }  # fmt: skip
        self.checked("judgement", row, record="judgement", day=day)


def together(tables: dict[str, list[dict]]) -> set[frozenset[str]]:
    groups = defaultdict(set)
    for row in tables["customer_source"]:
        if row["until"] is None:
            groups[row["customer_id"]].add(f"{row['channel']} {row['source_id']}")
    return {frozenset(g) for g in groups.values()}


def ids(tables: dict[str, list[dict]]) -> dict[str, str]:
    return {
        r["source_id"]: r["customer_id"] for r in tables["customer_source"] if r["until"] is None
    }


def person(key: str, **differs) -> dict:
    return {
        "source_id": key,
        "full_name": "欧阳试",
        "id_number": None,
        "mobile": "13900000001",
    } | differs
