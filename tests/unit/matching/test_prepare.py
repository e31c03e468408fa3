"""Columns made for comparing: what is the same becomes the same, and what proves nothing becomes null."""

import pyarrow as pa
import pytest

from pipelines.core.errors import ConfigError
from pipelines.matching.declared import Block, Prepared
from pipelines.matching.prepare import blocked, prepared

CASES = [
    ("simplified", "張　偉", "张伟"),
    ("simplified", "阿依古丽·买买提", "阿依古丽买买提"),
    ("simplified", "zhang wei", "ZHANGWEI"),
    ("pinyin", "曾小单", "zeng xiao dan"),
    ("pinyin", "单田芳", "shan tian fang"),
    ("pinyin", "尉迟恭", "yu chi gong"),
    ("pinyin_sorted", "伟张", "wei zhang"),
    ("resident_id", "11010519491231002X", "11010519491231002X"),
    ("resident_id", "110105491231002", "11010519491231002X"),
    ("resident_id", "110105194912310021", None),
    ("resident_id", "11010519491331002X", None),
    ("resident_id", "990105194912310020", None),
    ("resident_id", "E12345678", None),
    ("uscc", "91350100M000100Y43", "91350100M000100Y43"),
    ("uscc", "91350100M000100Y44", None),
    ("uscc", "", None),
    ("digits", "010-6255 1234", "01062551234"),
    ("letters", "Y.M.C.A.  Rauner / Family", "y m c a rauner family"),
    ("company", "北京市样例科技股份有限公司", "样例科技"),
    ("company", "樣例（上海）貿易有限責任公司", "样例上海贸易"),
    ("address", "測試路 1-2號", "测试路12号"),
    ("house", "测试路15号3单元", "15"),
    ("digits", None, None),
]


@pytest.mark.parametrize(("how", "written", "comparable"), CASES)
def test_a_value_is_made_comparable(duckdb_engine, how, written, comparable):
    with duckdb_engine.scope():
        rows = duckdb_engine.arrow(pa.table({"c": pa.array([written], pa.string())}))
        made = prepared(rows, {"x": Prepared(how=how, of="c", sql="")}, duckdb_engine)
        assert duckdb_engine.fetch(made)["x"].to_pylist() == [comparable]


def test_a_column_may_be_made_of_one_made_before_whatever_the_order_they_are_declared_in(
    duckdb_engine,
):
    wanted = {
        "tail": Prepared(sql="right(number, 4)"),
        "number": Prepared(how="digits", of="phone", sql=""),
    }
    with duckdb_engine.scope():
        rows = duckdb_engine.arrow(pa.table({"phone": ["139 0000 0001"]}))
        made = prepared(rows, wanted, duckdb_engine)
        assert duckdb_engine.fetch(made).to_pylist() == [
            {"phone": "139 0000 0001", "number": "13900000001", "tail": "0001"}
        ]


def test_a_column_that_nobody_has_is_named(duckdb_engine):
    with duckdb_engine.scope():
        rows = duckdb_engine.arrow(pa.table({"phone": ["1"]}))
        with pytest.raises(ConfigError, match=r"\['tail'\] need \['fone'\]"):
            prepared(rows, {"tail": Prepared(sql="right(fone, 4)")}, duckdb_engine)


def test_a_preparation_that_nobody_knows_is_answered_with_those_there_are(duckdb_engine):
    with duckdb_engine.scope():
        rows = duckdb_engine.arrow(pa.table({"phone": ["1"]}))
        with pytest.raises(ConfigError, match=r"no preparation 'soundex': one of simplified"):
            prepared(rows, {"x": Prepared(how="soundex", of="phone", sql="")}, duckdb_engine)


def test_a_value_too_common_to_find_anybody_brings_no_rows_together(duckdb_engine):
    phones = ["13800000000"] * 4 + ["13900000001"] * 2 + ["13900000002", None]
    with duckdb_engine.scope():
        rows = duckdb_engine.arrow(pa.table({"phone": pa.array(phones, pa.string())}))
        made = blocked(rows, [Block(same=["phone"], at_most=3)], duckdb_engine)
        found = sorted(duckdb_engine.fetch(made)["block_0"].to_pylist(), key=str)
    assert found == ["13900000001", "13900000001", *[None] * 6]
