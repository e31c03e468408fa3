"""Ingest: what may come in, what comes in, and what is said of it."""

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from expectations.kpi.happened import happened
from pipelines.channels.landing import deliveries, location
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding
from pipelines.core.errors import OutageError, SourceError
from pipelines.engine.lake import Lake
from pipelines.steps.ingest import ingest
from tests.factories import channel

FIRST, SECOND = date(2026, 9, 1), date(2026, 9, 2)
TEXT = "客户号,姓名,手机\nK1,欧阳试,13900000001\nK2,陈试,13900000002\n"
AGREEMENT = {"number": "HX-7", "party": "样例数据公司", "confidentiality": "HX-7B"}


@pytest.fixture
def run(tmp_path, duckdb_engine, monkeypatch):
    monkeypatch.setattr("pipelines.channels.readers.files.LOOK_AGAIN_SECONDS", 0.0)
    source = tmp_path / "source"
    source.mkdir()
    return Run(
        Pack(tmp_path), duckdb_engine, Lake(str(tmp_path / "lake"), duckdb_engine), "", str(source)
    )


def deliver(run, text, name):
    path = Path(run.source) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def land(run, day, **differs):
    """Ingest the counter's delivery of the day and leave it in the lake, as the flow does."""
    batch = ingest(Batch("counter", day), channel(**differs), run)
    run.lake.write("landed", batch)
    return batch


def test_rows_come_in_as_text_with_their_lines_and_the_files_facts(run):
    deliver(run, TEXT.encode("gb18030"), "counter/2026-09-01.csv")
    batch = land(run, FIRST)
    assert run.engine.fetch(batch.tables["rows"]).to_pylist() == [
        {"line": 2, "客户号": "K1", "姓名": "欧阳试", "手机": "13900000001"},
        {"line": 3, "客户号": "K2", "姓名": "陈试", "手机": "13900000002"},
    ]
    assert batch.tables["refused"].columns == ("line", "reason", "raw")
    assert run.engine.fetch(batch.tables["refused"]).num_rows == 0
    assert (batch.facts["encoding"], batch.facts["header_line"]) == ("gb18030", "1")
    assert json.loads(batch.facts["header"]) == ["客户号", "姓名", "手机"]
    assert all(isinstance(fact, str) for fact in batch.facts.values())


def test_refused_rows_are_kept_and_counted_by_reason_without_their_values(run):
    deliver(run, TEXT + "K3\nK4,丁试\nK5,己试\n", "counter/2026-09-01.csv")
    batch = land(run, FIRST)
    refused = run.engine.fetch(batch.tables["refused"]).to_pylist()
    assert [(row["line"], row["raw"]) for row in refused] == [
        (4, "K3"),
        (5, "K4,丁试"),
        (6, "K5,己试"),
    ]
    assert batch.findings == (
        Finding("refused: too few cells: 1 of 3", "refused", rows=1),
        Finding("refused: too few cells: 2 of 3", "refused", rows=2),
    )


def test_names_that_stand_twice_or_nowhere_are_findings(run):
    deliver(run, "客户号,手机,手机,\nK1,1,2,3\n", "counter/2026-09-01.csv")
    assert land(run, FIRST).findings == (
        Finding("duplicate header", "rows", "column 3"),
        Finding("missing header", "rows", "column 4"),
    )


def test_an_expired_agreement_stops_the_delivery_before_it_is_read(run):
    said = {"agreement": AGREEMENT | {"expires_on": "2026-08-31"}}
    with pytest.raises(
        SourceError, match="agreement HX-7 with 样例数据公司 expired on 2026-08-31; nothing was"
    ):
        land(run, FIRST, **said)  # there is no file at all


def test_an_agreement_lasts_through_its_last_day(run):
    deliver(run, TEXT, "counter/2026-09-01.csv")
    assert land(run, FIRST, agreement=AGREEMENT | {"expires_on": "2026-09-01"}).findings == ()


def test_the_same_delivery_on_another_day_is_refused_by_the_name_of_that_day(run):
    deliver(run, TEXT, "counter/2026-09-01.csv")
    deliver(run, TEXT, "counter/2026-09-02.csv")
    land(run, FIRST)
    with pytest.raises(
        SourceError, match="the delivery of 2026-09-02 is the same as that of 2026-09-01"
    ):
        land(run, SECOND)


def test_two_days_without_a_row_are_no_duplicates(run):
    for day in (FIRST, SECOND):
        deliver(run, "客户号,姓名,手机\n", f"counter/{day}.csv")
        assert land(run, day).findings == ()


def test_a_source_that_names_no_day_may_stay_as_it_is_and_that_is_told(run):
    deliver(run, TEXT, "counter/all.csv")
    assert land(run, FIRST, lands_at="counter/all.csv").findings == ()
    told = (Finding("same rows as another day", "rows", rows=2),)
    assert land(run, SECOND, lands_at="counter/all.csv").findings == told


def test_the_same_day_again_with_other_content_is_a_correction(run):
    deliver(run, TEXT, "counter/2026-09-01.csv")
    land(run, FIRST)
    assert land(run, FIRST).findings == ()
    deliver(run, TEXT + "K3,丁试,13900000003\n", "counter/2026-09-01.csv")
    assert land(run, FIRST).findings == (Finding("corrected", "rows", rows=3),)


def of_the_day(run):
    """What `measure` says of the first day, once it has landed."""
    run.lake.note(
        "counter", FIRST, "ingest", {"outcome": "done", "started_at": "2026-09-01T03:00:00+00:00"}
    )
    row = happened(run.lake, "counter", FIRST).batch("individual")
    return row["rows_read"], row.get("rows_before"), row.get("replaced_at")


def left(run):
    batch = land(run, FIRST)
    refused = {name: batch.tables[name] for name in ("refused",)}
    run.lake.write("quarantine/ingest", replace(batch, tables=refused))


def test_a_day_that_comes_again_with_half_its_rows_says_how_many_it_had_and_since_when(run):
    lines = [f"K{n},丁试,1390000000{n}\n" for n in range(8)]
    deliver(run, TEXT.splitlines()[0] + "\n" + "".join(lines), "counter/2026-09-01.csv")
    left(run)
    assert of_the_day(run) == (8, None, None)
    left(run)
    assert of_the_day(run) == (8, None, None)  # a plain rerun tells nothing
    deliver(run, TEXT.splitlines()[0] + "\n" + "".join(lines[:4]), "counter/2026-09-01.csv")
    left(run)
    now, before, at = of_the_day(run)
    assert (now, before) == (4, 8)
    assert abs(datetime.now(UTC).replace(tzinfo=None) - at).total_seconds() < 600
    left(run)
    assert of_the_day(run) == (now, before, at)  # and a rerun does not forget it


def test_a_delivery_that_is_not_there_stops_the_channel(run):
    with pytest.raises(SourceError, match=r"counter/2026-09-01\.csv: there is no such file"):
        land(run, FIRST)


def test_a_days_rows_of_a_database_are_read_by_its_day(run, tmp_path):
    with sqlite3.connect(tmp_path / "party.db") as made:
        made.execute("CREATE TABLE person (id TEXT, since TEXT)")
        made.executemany(
            "INSERT INTO person VALUES (?, ?)", [("P1", "2026-09-01"), ("P2", "2026-09-02")]
        )
    made.close()
    said = {
        "lands_at": f"sqlite:///{tmp_path}/party.db",
        "query": "SELECT id FROM person WHERE since = :day",
    }
    ids = [
        run.engine.fetch(land(run, day, **said).tables["rows"]).column("id").to_pylist()
        for day in (FIRST, SECOND)
    ]
    assert ids == [["P1"], ["P2"]]
    assert deliveries(said["lands_at"], run.source) == []


def test_rows_too_many_for_memory_come_in_all_the_same(run, monkeypatch):
    monkeypatch.setattr("pipelines.channels.readers.reading.HELD_BYTES", 100)
    deliver(run, TEXT, "counter/2026-09-01.csv")
    rows = run.engine.fetch(land(run, FIRST).tables["rows"])
    assert isinstance(rows, pa.Table)
    assert rows.column("line").to_pylist() == [2, 3]


def test_an_outage_is_not_the_owners_fault(run):
    said = {"lands_at": "postgresql+psycopg://reader@127.0.0.1:1/party", "table": "person"}
    with pytest.raises(OutageError, match="it will be tried again"):
        land(run, FIRST, **said)


PLACES = [  # lands_at, source, where the delivery of 2026-09-01 is
    ("counter/{day}.csv", "/in", "/in/counter/2026-09-01.csv"),
    ("counter/{day}.csv", "s3://bucket/in/", "s3://bucket/in/counter/2026-09-01.csv"),
    ("{day:%Y%m%d}/counter_{day:%Y%m%d}.csv", "/in", "/in/20260901/counter_20260901.csv"),
    ("/elsewhere/{day}.csv", "/in", "/elsewhere/2026-09-01.csv"),
    ("sqlite:////in/party.db", "/in", "sqlite:////in/party.db"),
    ("counter.csv", "", "counter.csv"),
]


@pytest.mark.parametrize(("lands_at", "source", "place"), PLACES)
def test_where_a_delivery_is(lands_at, source, place):
    assert location(lands_at, source, FIRST) == place


@pytest.mark.parametrize(
    "lands_at", ["counter/{day}.csv", "{day}/counter.csv", "c_{day:%Y%m%d}.csv.gz"]
)
def test_the_days_a_source_holds_are_found_in_its_files_names(run, lands_at):
    for day in (SECOND, FIRST):
        deliver(run, TEXT, location(lands_at, "", day))
    for stray in (
        "counter/latest.csv",
        "counter/2026-13-01.csv",
        "latest/counter.csv",
        "c_2026.csv.gz",
    ):
        deliver(run, TEXT, stray)
    assert deliveries(lands_at, run.source) == [FIRST, SECOND]


@pytest.mark.parametrize("lands_at", ["counter/all.csv", "sqlite:///x.db"])
def test_a_location_without_a_day_has_no_days(run, lands_at):
    assert deliveries(lands_at, run.source) == []


def test_a_source_that_is_not_there_holds_no_days(run):
    assert deliveries(channel().lands_at, run.source + "/none") == []
