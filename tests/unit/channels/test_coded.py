"""Coded columns: nobody but the steward reads what somebody typed into a field for a code."""

from datetime import date

import pyarrow as pa
import pytest

from masking.kinds import Kind
from masking.tiers import tiers
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS, Batch, Finding
from pipelines.engine.lake import Lake
from pipelines.steps.mask import mask
from tests.factories import COUNTER, pack_folder
from warehouse.ddl import type_of
from warehouse.model import codes_of, kind
from warehouse.tables import CORE

DAY = date(2026, 11, 21)
KEY = "a key made up for the tests"
LISTED = [
    # column, what is typed, of how many customers, what is shown
    ("occupation", "教师", 1, "教师"),
    ("occupation", "隗鹮翯的司机", 1, "其他"),
    ("occupation", "张金丝 13900000001", 30, "其他"),
    ("occupation", "王芳", 30, "其他"),
    ("occupation", "量子调音师", 10, "量子调音师"),
    ("occupation", "量子调音师", 9, "其他"),
    ("branch", "马家堡支行", 12, "马家堡支行"),
    ("branch", "李金丝", 12, "其他"),
    ("id_type", "居民身份证", 1, "居民身份证"),
    ("id_type", "护照 E12345678", 12, "其他"),
    ("education", "高三辍学后跟父亲李金丝做生意", 1, "其他"),
    ("nationality", "冰岛", 1, "其他"),
    ("occupation", "", 1, ""),
    ("occupation", None, 1, None),
]


def masked(folder, engine, monkeypatch, column, value, of, channels=(COUNTER,)):
    """What is prepared for the tiers of `of` customers' rows that hold the value, and what was found."""
    monkeypatch.setenv("MINGCE_TOKEN_KEY", KEY)
    table = CORE["individual"]
    blank = dict.fromkeys(table.columns.keys())
    rows = [
        blank | {"channel": "counter", "source_id": f"S{n}", "customer_id": f"C{n}", "day": DAY, column: value}
        for n in range(of)
    ]  # fmt: skip
    made = pa.Table.from_pylist(
        rows, pa.schema([(c, pa.string()) for c in blank if c != "day"] + [("day", pa.date32())])
    )
    with engine.scope():
        typed = ", ".join(f"CAST({c.name} AS {type_of(c)}) AS {c.name}" for c in table.columns)
        individual = engine.sql(f"SELECT {typed} FROM r", r=engine.arrow(made))
        run = Run(
            Pack(pack_folder(folder / "pack", *channels)),
            engine,
            Lake(str(folder / "lake"), engine),
            "",
        )
        after = mask(Batch(CUSTOMERS, DAY, {"individual": individual}), run)
        found = engine.fetch(after.tables["individual"]).to_pylist()
    return {row[f"{column}__listed"] for row in found}, after.findings


@pytest.mark.parametrize(("column", "value", "of", "shown"), LISTED)
def test_a_word_is_shown_if_it_is_listed_or_many_share_it_and_it_names_nobody(
    tmp_path, duckdb_engine, monkeypatch, column, value, of, shown
):
    seen, findings = masked(tmp_path, duckdb_engine, monkeypatch, column, value, of)
    assert seen == {shown}
    told = [f for f in findings if f.what == "unlisted"]
    assert told == ([Finding("unlisted", "individual", column, of)] if shown != value else [])


def test_what_a_channel_maps_its_codes_to_is_listed(tmp_path, duckdb_engine, monkeypatch):
    columns = COUNTER["columns"] | {
        "等级": {"is": "risk_grade"},
        "类": {"is": "id_type", "values": {"9": "海员证"}},
    }
    channel = COUNTER | {"columns": columns}
    seen, _ = masked(tmp_path, duckdb_engine, monkeypatch, "id_type", "海员证", 1, [channel])
    assert seen == {"海员证"}


def test_no_tier_but_the_stewards_shows_a_column_clear_that_a_channel_fills_with_words():
    """What is plain is written by us: no cleaner reads it from a source."""
    for table in CORE.values():
        for column in table.columns:
            if column.info["clean"]:
                assert kind(column) != Kind.PLAIN, (table.name, column.name)
            if column.info["clean"] == "text":
                rules = {
                    t.rule_for(kind(column), column.name).name
                    for n, t in tiers().items()
                    if n != "steward"
                }
                assert "clear" not in rules, (table.name, column.name)


def test_every_code_has_a_name_in_both_languages():
    named = [
        (c.name, code, zh, en)
        for t in CORE.values()
        for c in t.columns
        for code, (zh, en) in codes_of(c).items()
    ]
    assert named
    assert not [one for one in named if not (one[2] and one[3])]
