"""Mask: what no view can compute is prepared; a text nobody has searched is withheld."""

import hashlib
import hmac
import json
from datetime import date

import pyarrow as pa
import pytest

from masking.kinds import Kind
from masking.rules import Key
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS, Batch
from pipelines.core.errors import ConfigError
from pipelines.engine.lake import Lake
from pipelines.steps.mask import mask
from tests.factories import COUNTER, pack_folder
from warehouse.tables import CORE

SECRET = "a key made up for the tests"
YESTERDAY, TODAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.fixture
def run(tmp_path, duckdb_engine, monkeypatch):
    monkeypatch.setenv("MINGCE_TOKEN_KEY", SECRET)
    pack = Pack(pack_folder(tmp_path / "pack"))
    with duckdb_engine.scope():
        yield Run(pack, duckdb_engine, Lake(str(tmp_path / "lake"), duckdb_engine), "")


def interactions(run, *rows):
    """Rows of `interaction` as (source_id, day, remark)."""
    table = pa.table(
        {
            "customer_id": pa.array(["C1"] * len(rows)),
            "channel": pa.array(["call_centre"] * len(rows)),
            "source_id": pa.array([r[0] for r in rows]),
            "day": pa.array([r[1] for r in rows], pa.date32()),
            "holder_source_id": pa.array(["K1"] * len(rows)),
            "remark": pa.array([r[2] for r in rows], pa.string()),
        }
    )
    return run.engine.arrow(table)


def found(run, day, *rows):
    """What `detect` left for the channel's day, as (source_id, spans)."""
    table = pa.table(
        {
            "record": pa.array(["interaction"] * len(rows)),
            "source_id": pa.array([r[0] for r in rows]),
            "column_name": pa.array(["remark"] * len(rows)),
            "entities": pa.array([json.dumps(r[1]) for r in rows]),
        }
    )
    batch = Batch("call_centre", day, {"entity": run.engine.arrow(table)})
    run.lake.write("profile", batch)


def span(kind, start, end):
    return {"kind": kind, "start": start, "end": end, "score": 0.9}


def masked(run, rows):
    batch = mask(Batch(CUSTOMERS, TODAY, {"interaction": rows}), run)
    return batch, {
        r["source_id"]: r for r in run.engine.fetch(batch.tables["interaction"]).to_pylist()
    }


def test_each_tier_reads_a_text_as_it_may_and_no_row_is_lost(run):
    found(run, YESTERDAY, ("A", [span("mobile", 2, 13)]), ("B", []))
    found(run, TODAY, ("C", [span("person_name", 2, 4), span("mobile", 4, 15)]))
    rows = interactions(
        run,
        ("A", YESTERDAY, "电话13900000001请回"),
        ("B", YESTERDAY, "咨询利率"),
        ("C", TODAY, "客户张三13900000002"),
        ("D", TODAY, "没有查过的 13900000003"),
        ("E", TODAY, None),
    )
    batch, by_id = masked(run, rows)
    assert [by_id[i]["remark__labelled"] for i in "ABCDE"] == [
        "电话<手机号>请回", "咨询利率", "客户<姓名><手机号>", None, None,
    ]  # fmt: skip
    assert [by_id[i]["remark__spans_service"] for i in "ABCDE"] == [
        "电话139****0001请回", "咨询利率", "客户张**139****0002", None, None,
    ]  # fmt: skip
    assert [(f.what, f.column, f.rows) for f in batch.findings] == [("text_withheld", "remark", 1)]


def test_a_text_is_masked_by_what_was_found_in_it_and_not_in_an_older_delivery(run):
    found(run, YESTERDAY, ("A", []))
    found(run, TODAY, ("A", [span("mobile", 0, 11)]))
    _, by_id = masked(run, interactions(run, ("A", TODAY, "13900000001")))
    assert by_id["A"]["remark__labelled"] == "<手机号>"


@pytest.mark.parametrize(
    "spans",
    [
        pytest.param([[span("mobile", 0, 99)]], id="beyond its end"),
        pytest.param([[{"kind": "aura", "start": 0, "end": 2}]], id="of a kind nobody knows"),
        pytest.param([[], [span("mobile", 0, 11)]], id="that differ for one key"),
    ],
)
def test_a_text_with_finds_that_cannot_be_its_own_is_withheld(run, spans):
    found(run, TODAY, *(("A", s) for s in spans))
    _, by_id = masked(run, interactions(run, ("A", TODAY, "13900000001")))
    assert by_id["A"]["remark__labelled"] is None


def test_tokens_are_hmacs_that_join_across_tables_and_differ_between_recipients(run):
    found(run, TODAY, ("K1", []))
    rows = interactions(run, ("K1", TODAY, "x"))
    _, by_id = masked(run, rows)
    row = by_id["K1"]
    assert row["source_id__token"] == row["holder_source_id__token"]
    own = Key.read(SECRET).derived("token//key")
    assert row["source_id__token"] == f"t1_{hmac.new(own, b'K1', hashlib.sha256).hexdigest()[:26]}"


def test_a_recipient_has_tokens_of_its_own_that_nobody_can_join_to_ours(run):
    rows = run.engine.sql("SELECT 'C1' AS customer_id, '13900000001' AS mobile")
    missing = set(CORE["customer"].columns.keys()) - {"customer_id", "mobile"}
    nulls = ", ".join(f"CAST(NULL AS TEXT) AS {c}" for c in sorted(missing))
    rows = run.engine.sql(f"SELECT rows.*, {nulls} FROM rows", rows=rows)
    batch = mask(Batch(CUSTOMERS, TODAY, {"customer": rows}), run)
    row = run.engine.fetch(batch.tables["customer"]).to_pylist()[0]
    ours, theirs = row["customer_id__token"], row["customer_id__recipient_token"]
    assert ours != theirs
    assert theirs[:3] == ours[:3] == "t1_"


def test_a_pack_without_its_key_stops(run, monkeypatch):
    monkeypatch.delenv("MINGCE_TOKEN_KEY")
    with pytest.raises(ConfigError, match="MINGCE_TOKEN_KEY"):
        masked(run, interactions(run, ("A", TODAY, None)))


def test_a_table_in_which_nothing_is_to_be_prepared_stays_as_it_is(run):
    rows = run.engine.sql("SELECT 'C1' AS customer_id, 'full_name' AS attribute")
    (run.pack.folder / "tiers.yaml").write_text(
        "service: {kinds: {key: withhold}}\nanalyst: {kinds: {key: withhold}}\npartner: {kinds: {key: withhold}}\n"
    )
    batch = mask(Batch(CUSTOMERS, TODAY, {"customer_value": rows}), run)
    assert batch.tables["customer_value"].columns == ("customer_id", "attribute")


def test_a_column_that_a_channel_fills_with_another_kind_is_withheld_where_that_differs(tmp_path):
    columns = COUNTER["columns"] | {"网点": {"is": "branch", "kind": "opinion"}}
    who = Pack(pack_folder(tmp_path / "other", COUNTER | {"columns": columns})).tiers
    assert who["service"].rule_for(Kind.PLAIN, "branch").name == "withhold"
    assert who["steward"].rule_for(Kind.PLAIN, "branch").name == "clear"
    assert who["service"].rule_for(Kind.PLAIN, "day").name == "clear"


def test_a_day_is_not_masked_with_another_key_unless_it_has_another_version(run, monkeypatch):
    rows = interactions(run, ("A", YESTERDAY, None))
    run.lake.write("masked", mask(Batch(CUSTOMERS, YESTERDAY, {"interaction": rows}), run))
    masked(run, rows)
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "another key made up for them")
    with pytest.raises(ConfigError, match="not the key with which 2026-11-20 was masked") as said:
        masked(run, rows)
    assert "another key" not in str(said.value) + said.value.zh
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "v2:another key made up for them")
    assert masked(run, rows)[1]["A"]["holder_source_id__token"].startswith("t2_")
