"""The lake: partitions are replaced whole, and a killed writer leaves what was there."""

import json
import logging
import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.core.batch import Batch, Finding
from pipelines.core.errors import ConfigError, DataError, OutageError
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
    lake = Lake(str(tmp_path), duckdb_engine, stays=timedelta(0))
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


FOREIGN = [
    b'{"files": {"individual": "individ',
    b"",
    b"[]",
    b"null",
    b'{"a": 1}',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"files": {"a": "../../../secret.parquet"}, "rows": {}, "columns": {}, "content": {}}',
    b'{"files": {"a": "/etc/a-0123456789abcdef.parquet"}, "rows": {}, "columns": {}, "content": {}}',
    b'{"files": ["a"], "rows": {}, "columns": {}, "content": {}}',
    b'{"files": {"a": 7}, "rows": {}, "columns": {}, "content": {}}',
    b'{"files": {}, "rows": {}, "columns": {}, "content": {}, "findings": [7]}',
]


@pytest.mark.parametrize("written", FOREIGN)
@pytest.mark.parametrize("ask", ["read", "paths", "days", "over_days", "manifest"])
def test_a_manifest_that_is_cut_off_or_not_ours_is_named(tmp_path, duckdb_engine, written, ask):
    lake = Lake(str(tmp_path), duckdb_engine)
    lake.write("staged", batch(duckdb_engine, "a"))
    manifest = tmp_path / "staged" / "channel=counter" / "day=2026-09-01" / "manifest.json"
    manifest.write_bytes(written)
    asked = {
        "days": ("staged", "counter"),
        "over_days": ("staged", "counter", "individual", DAY),
    }.get(ask, ("staged", "counter", DAY))
    with pytest.raises(DataError, match="is cut off, or was not written by Mingce; bring it back"):
        getattr(lake, ask)(*asked)


def test_a_manifest_cannot_lead_out_of_its_folder(tmp_path, duckdb_engine):
    lake = Lake(str(tmp_path / "lake"), duckdb_engine)
    lake.write("staged", batch(duckdb_engine, "a"))
    manifest = tmp_path / "lake" / "staged" / "channel=counter" / "day=2026-09-01" / "manifest.json"
    said = json.loads(manifest.read_text())
    (name,) = said["files"].values()
    (manifest.parent / name).rename(tmp_path / name)
    said["files"] = {"individual": f"../../../../{name}"}
    manifest.write_text(json.dumps(said))
    with pytest.raises(
        DataError, match=r"manifest\.json: is cut off, or was not written by Mingce"
    ):
        lake.read("staged", "counter", DAY)


def test_a_file_that_is_gone_is_retried_and_one_that_is_damaged_is_named(tmp_path, duckdb_engine):
    lake = Lake(str(tmp_path), duckdb_engine)
    lake.write("staged", batch(duckdb_engine, "a"))
    (table,) = (tmp_path / "staged" / "channel=counter" / "day=2026-09-01").glob("*.parquet")
    whole = table.read_bytes()
    table.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match=r"cannot be read as Parquet, so it is cut off or damaged"):
        lake.read("staged", "counter", DAY)
    table.unlink()
    for ask in (
        lambda: lake.read("staged", "counter", DAY),
        lambda: lake.over_days("staged", "counter", "individual", DAY),
    ):
        with pytest.raises(OutageError, match="is gone, though the manifest beside it names it"):
            ask()


def test_a_stray_folder_is_named_once_and_passed_over(tmp_path, duckdb_engine, caplog):
    lake = Lake(str(tmp_path), duckdb_engine)
    lake.write("staged", batch(duckdb_engine, "a"))
    for stray in ("day=garbage", "day=20260902", "day=2026-13-01", "copy of day=2026-09-01"):
        (tmp_path / "staged" / "channel=counter" / stray).mkdir()
    (tmp_path / "staged" / "channel=counter" / ".DS_Store").write_bytes(b"x")
    with caplog.at_level(logging.WARNING):
        assert lake.days("staged", "counter") == [DAY]
        assert lake.days("staged", "counter") == [DAY]
    assert caplog.text.count("day=garbage: is no day, and was passed over; move it out") == 1
    assert caplog.text.count("is no day") == 4


def test_a_note_that_is_cut_off_is_named_and_passed_over(tmp_path, duckdb_engine, caplog):
    lake = Lake(str(tmp_path), duckdb_engine)
    lake.note("counter", DAY, "ingest", {"outcome": "done"})
    folder = tmp_path / "runs" / "channel=counter" / "day=2026-09-01"
    for name, text in (("detect.json", '{"outc'), ("a.json", "7"), (".b.json", "x"), ("c", "x")):
        (folder / name).write_text(text)
    assert lake.notes("counter", DAY) == {"ingest": {"outcome": "done"}}
    assert caplog.text.count("is cut off, or no note of a step") == 2


def test_a_file_where_a_folder_belongs_is_named(tmp_path, duckdb_engine):
    lake = Lake(str(tmp_path), duckdb_engine)
    (tmp_path / "staged").write_text("x")
    with pytest.raises(ConfigError, match="a file stands where this folder of the lake belongs"):
        lake.write("staged", batch(duckdb_engine, "a"))


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_nobody_else_may_read_the_lakes_files_whatever_the_umask(tmp_path, duckdb_engine, umask):
    (tmp_path / "lake").mkdir(mode=0o755)
    before = os.umask(umask)
    try:
        lake = Lake(str(tmp_path / "lake"), duckdb_engine)
        lake.write("quarantine/ingest", batch(duckdb_engine, "a"))
        lake.note("counter", DAY, "ingest", {"outcome": "done"})
    finally:
        os.umask(before)
    made = list((tmp_path / "lake").rglob("*"))
    assert len([p for p in made if p.is_file()]) == 3
    assert {oct(p.stat().st_mode & 0o777) for p in made if p.is_file()} == {oct(0o640)}
    assert {oct(p.stat().st_mode & 0o777) for p in made if p.is_dir()} == {oct(0o750)}


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def works(request):
    return request.getfixturevalue(f"{request.param}_engine")


def test_who_opened_a_partition_reads_on_while_it_is_replaced(tmp_path, works):
    lake = Lake(str(tmp_path), works)
    lake.write("checked", batch(works, "a"))
    opened = lake.read("checked", "counter", DAY)
    over = lake.over_days("checked", "counter", "individual", DAY)
    for correction in ("b", "c"):
        lake.write("checked", batch(works, correction))
    assert values(works, opened.tables["individual"]) == ["a"]
    assert values(works, over) == ["a"]
    assert values(works, lake.read("checked", "counter", DAY).tables["individual"]) == ["c"]


def test_what_was_replaced_is_tidied_after_its_while_and_not_before(tmp_path, duckdb_engine):
    folder = tmp_path / "staged" / "channel=counter" / "day=2026-09-01"
    lake = Lake(str(tmp_path), duckdb_engine)
    for value in "abc":
        lake.write("staged", batch(duckdb_engine, value))
    (folder / ".aside-of-a-killed-writer").touch()
    lake.write("staged", batch(duckdb_engine, "b"))
    assert len(list(folder.glob("*.parquet"))) == 3
    assert (folder / ".aside-of-a-killed-writer").exists()
    Lake(str(tmp_path), duckdb_engine, stays=timedelta(0)).write(
        "staged", batch(duckdb_engine, "b")
    )
    assert len(list(folder.iterdir())) == 2  # the manifest and one table
    assert values(duckdb_engine, lake.read("staged", "counter", DAY).tables["individual"]) == ["b"]


def test_the_same_rows_written_again_touch_nothing(tmp_path, duckdb_engine):
    lake = Lake(str(tmp_path), duckdb_engine)
    lake.write("staged", batch(duckdb_engine, "a"))
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()}
    lake.write("staged", batch(duckdb_engine, "a"))
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_file_that_is_gone_is_known_as_such_and_no_other_error(tmp_path, works):
    lake = Lake(str(tmp_path), works)
    lake.write("checked", batch(works, "a"))
    opened = lake.read("checked", "counter", DAY).tables["individual"]
    path = Path(lake.paths("checked", "counter", DAY)["individual"])
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(Exception, match=r".") as gone:
        works.keep(works.sql("SELECT count(*) AS n, max(source_id) AS m FROM t", t=opened))
    assert lake.is_gone(gone.value)
    with pytest.raises(Exception, match=r".") as other:
        works.sql("SELECT no_such_column FROM t", t=works.arrow(pa.table({"a": [1]})))
    assert not lake.is_gone(other.value)
    assert not lake.is_gone(FileNotFoundError(2, "No such file", "/elsewhere/model.json"))
