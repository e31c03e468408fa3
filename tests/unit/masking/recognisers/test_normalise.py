"""One way of writing, and the way back; the same for a text and for a column."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masking.normalise import INVISIBLE, SPOKEN, WRITTEN, normalise, normalised_sql
from pipelines.engine.protocol import Engine

CASES = [
    ("１３８００１３８０００", "13800138000"),
    ("ＺＨＡＮＧ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ZHANG@example.com"),
    ("138\u200b0013\u200e8000", "13800138000"),
    ("138－0013—8000", "138-0013-8000"),
    ("138\u30000013\u00a08000", "138 0013 8000"),
    ("一三八零零一三八零零零", "13800138000"),
    ("幺三八，洞洞幺三，八洞洞洞", "138-0013-8000"),
    ("三四十岁，一二三等奖", "三四十岁，一二三等奖"),
    ("共1,234,567件三等品", "共1,234,567件三等品"),
    ("金额，１，２", "金额，1，2"),
]


@pytest.mark.parametrize(("written", "meant"), CASES)
def test_a_text_is_read_as_it_was_meant(written: str, meant: str) -> None:
    assert normalise(written).text == meant


texts = st.text(
    st.sampled_from(
        "0123456789Xx一二三四年月省a，。 -@" + INVISIBLE + WRITTEN[:40] + WRITTEN[-30:] + "\ud800😀"
    ),
    max_size=30,
)


@given(texts)
def test_every_character_knows_where_it_stood(text: str) -> None:
    read = normalise(text)
    for i in range(len(read.text)):
        start, end = read.span(i, i + 1)
        assert end == start + 1
        stood = normalise(text[start:end]).text
        assert read.text[i] == stood or text[start] in SPOKEN + "、，,"
    assert read.written == text


cells = st.lists(
    st.text(st.sampled_from("0123456789Xxab王，@" + INVISIBLE[:9] + WRITTEN), max_size=12),
    min_size=1,
)


@given(cells)
@settings(max_examples=40, deadline=None)
def test_a_column_is_read_as_a_text_is(duckdb_engine: Engine, values: list[str]) -> None:
    values = [v for v in values if "·" not in normalise(v).text] or [""]
    with duckdb_engine.scope():
        rows = duckdb_engine.arrow(pa.table({"i": range(len(values)), "v": values}))
        query = f"SELECT i, {normalised_sql('v')} AS v FROM cells"
        said = duckdb_engine.fetch(duckdb_engine.sql(query, cells=rows)).sort_by("i")
    assert said.column("v").to_pylist() == [normalise(v).text for v in values]


@pytest.mark.parametrize(
    "written",
    [
        "一三八零零一三八零零零",
        "幺三八、洞洞幺三、八洞洞洞",
        "三四十岁",
        "一一〇一〇五一九四九一二三一〇〇二X",
    ],
)
def test_a_cell_of_numerals_is_read_aloud(duckdb_engine: Engine, written: str) -> None:
    with duckdb_engine.scope():
        rows = duckdb_engine.arrow(pa.table({"v": [written]}))
        said = duckdb_engine.fetch(
            duckdb_engine.sql(f"SELECT {normalised_sql('v')} AS v FROM cells", cells=rows)
        )
    assert said.column("v").to_pylist() == [normalise(written).text]
