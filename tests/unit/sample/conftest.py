"""One sample of the bank, made once, and how its files read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipelines.channels.channel import Channel
from pipelines.channels.pack import Pack
from pipelines.channels.readers import open_source
from pipelines.channels.selects import standardised
from pipelines.sample.files import landing
from pipelines.sample.sample import Wanted, sample

BANK = Path(__file__).resolve().parents[3] / "packs" / "bank"
FIRST, SECOND = date(2026, 9, 1), date(2026, 9, 2)
WANTED = Wanted(customers=4000, seed=11, first=FIRST)


@dataclass(frozen=True)
class Sample:
    """A sample on disk, and a session in which its truth and its standardised rows are tables."""

    out: Path
    pack: Pack
    session: duckdb.DuckDBPyConnection

    def rows(self, channel: str, day: date = FIRST) -> list[dict[str, Any]]:
        """A channel's rows as its reader reads them."""
        return read(self.pack.channel(channel), self.out, day).to_pylist()

    def ask(self, query: str, **params: object) -> list[tuple[Any, ...]]:
        return self.session.execute(query, params or None).fetchall()


def read(channel: Channel, out: Path, day: date) -> pa.Table:
    reading = open_source(
        str(out / landing(channel, day)), format=channel.format, encoding=channel.encoding,
        sheet=channel.sheet, table=channel.table, query=channel.query, day=day,
    )  # fmt: skip
    assert reading.refused.num_rows == 0
    rows = reading.rows
    return rows if isinstance(rows, pa.Table) else rows.read_all()


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    out = tmp_path_factory.mktemp("bank")
    pack = Pack(BANK)
    sample(pack, WANTED, out)
    session = duckdb.connect()
    for name in ("links", "defects", "noise", "traps"):
        session.execute(
            f"CREATE TABLE {name} AS FROM read_csv('{out}/truth/{name}.csv', all_varchar = true)"
        )
    for name in ("individual", "enterprise", "institution"):
        session.execute(f"CREATE VIEW true_{name} AS FROM '{out}/truth/entities_{name}.parquet'")
    made: set[str] = set()
    for name, channel in pack.channels().items():
        for day in (FIRST, SECOND):
            landed = read(channel, out, day)  # noqa: F841 - DuckDB finds it by name
            for rows in channel.feeds:
                query = standardised(rows, name, day)
                how = (
                    f"INSERT INTO {rows.record} BY NAME"
                    if rows.record in made
                    else f"CREATE TABLE {rows.record} AS"
                )
                session.execute(f"{how} {query}")
                made.add(rows.record)
    yield Sample(out, pack, session)
    session.close()


def spans(out: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for line in (out / "truth" / "spans.jsonl").read_text(encoding="utf-8").splitlines()
    ]
