"""The lake: partitions are replaced whole, and a killed writer leaves what was there."""

from datetime import date

import pyarrow as pa
import pytest

from pipelines.core.batch import Batch, Finding
from pipelines.engine.lake import Lake

DAY, NEXT = date(2026, 9, 1), date(2026, 9, 2)


@pytest.fixture(params=["local", "memory"])
def lake(request, tmp_path, duckdb_engine):
    uri = str(tmp_path / "lake") if request.param == "local" else f"memory://{tmp_path.name}"
    return Lake(uri, duckdb_engine)


def batch(engine, *values, day=DAY):
    rows = engine.arrow(pa.table({"source_id": list(values)}))
    return Batch(
        "counter",
        day,
        {"individual": rows},
        (Finding("unreadable", "individual", "mobile", 2),),
        {"encoding": "gb18030"},
    )


def values(engine, relation):
    return engine.fetch(relation).column("source_id").to_pylist()


def test_what_is_written_is_read_back_with_findings_and_facts(lake, duckdb_engine):
    manifest = lake.write("staged", batch(duckdb_engine, "b", "a"), {"individual": ["source_id"]})
    read = lake.read("staged", "counter", DAY)
    assert values(duckdb_engine, read.tables["individual"]) == ["a", "b"]
    assert read.findings == (Finding("unreadable", "individual", "mobile", 2),)
    assert read.facts == {"encoding": "gb18030"}
    assert manifest.rows == {"individual": 2}


def test_the_same_rows_give_the_same_manifest(lake, duckdb_engine):
    order = {"individual": ["source_id"]}
    first = lake.write("staged", batch(duckdb_engine, "b", "a"), order)
    assert lake.write("staged", batch(duckdb_engine, "a", "b"), order) == first


def test_writing_again_replaces_the_partition_and_only_it(lake, duckdb_engine):
    lake.write("staged", batch(duckdb_engine, "a"))
    lake.write("staged", batch(duckdb_engine, "b", day=NEXT))
    lake.write("staged", batch(duckdb_engine, "c"))
    both = lake.over_days("staged", "counter", "individual", NEXT)
    assert sorted(values(duckdb_engine, both)) == ["b", "c"]
    assert values(duckdb_engine, lake.over_days("staged", "counter", "individual", DAY)) == ["c"]
    assert lake.days("staged", "counter") == [DAY, NEXT]


def test_what_was_never_written_is_none(lake):
    assert lake.read("staged", "counter", DAY) is None
    assert lake.over_days("staged", "counter", "individual", DAY) is None
    assert lake.days("staged", "counter") == []
    assert lake.paths("staged", "counter", DAY) == {}
    assert lake.notes("counter", DAY) == {}


def test_a_writer_killed_before_the_manifest_changes_nothing(tmp_path, duckdb_engine, monkeypatch):
    lake = Lake(str(tmp_path), duckdb_engine)
    lake.write("staged", batch(duckdb_engine, "a"))
    with monkeypatch.context() as patched:
        patched.setattr(lake, "_replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            lake.write("staged", batch(duckdb_engine, "b"))
    assert values(duckdb_engine, lake.read("staged", "counter", DAY).tables["individual"]) == ["a"]
    lake.write("staged", batch(duckdb_engine, "c"))
    folder = tmp_path / "staged" / "channel=counter" / "day=2026-09-01"
    assert len(list(folder.iterdir())) == 2  # the manifest and one table: nothing is left over


def test_landed_keeps_every_delivery(tmp_path, duckdb_engine):
    lake = Lake(str(tmp_path), duckdb_engine)
    lake.write("landed", batch(duckdb_engine, "a"))
    lake.write("landed", batch(duckdb_engine, "b"))
    folder = tmp_path / "landed" / "channel=counter" / "day=2026-09-01"
    assert len(list(folder.glob("*.parquet"))) == 2
    assert values(duckdb_engine, lake.read("landed", "counter", DAY).tables["individual"]) == ["b"]


def test_a_lake_is_its_owners_alone(tmp_path, duckdb_engine):
    Lake(str(tmp_path / "lake"), duckdb_engine).write("staged", batch(duckdb_engine, "a"))
    assert (tmp_path / "lake").stat().st_mode & 0o077 == 0


def test_what_became_of_a_step_is_kept(lake):
    lake.note("counter", DAY, "ingest", {"outcome": "stopped", "message_zh": "缺少列"})
    lake.note("counter", DAY, "ingest", {"outcome": "done"})
    assert lake.notes("counter", DAY) == {"ingest": {"outcome": "done"}}
