"""Heads: an expression without a name is called what its asker wrote; what is wrong with a name is told in Chinese."""

import pytest
from sqlglot import exp

from masking.tiers import tiers
from pipelines.core.errors import LANGUAGE
from tests.made_up import CUSTOMER, DAY, masked_layer
from warehouse import open_store
from warehouse.ask import answer
from warehouse.guard import FailureError, question


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("heads")
    store = open_store(f"duckdb:///{folder}/warehouse.duckdb")
    store.publish(DAY, masked_layer(folder / "m", customer=[CUSTOMER]), tiers())
    return store


LONG = "employer IN (SELECT company_name FROM customer WHERE company_name IS NOT NULL)"
HEADS = [
    ("SELECT count(*) FROM customer", ["count(*)"]),
    ("SELECT DISTINCT upper( sex ), sex FROM customer", ["upper( sex )", "sex"]),
    ("SELECT sex IS DISTINCT FROM city, 1 AS n FROM customer", ["sex IS DISTINCT FROM city", "n"]),
    ("FROM customer SELECT count(*), max(sex) -- a remark", ["count(*)", "max(sex)"]),
    ("WITH c AS (SELECT 1, 2 FROM customer) SELECT max(sex) FROM customer UNION ALL SELECT 'x'", ["max(sex)"]),
    ("SELECT channel_count::bigint, [1, 2][1] FROM customer", ["channel_count::bigint", "[1, 2][1]"]),
    ("SELECT \"sex\" || 'a\"b' FROM customer", ["\"sex\" || 'a\"b'"]),
    (f"SELECT {LONG} FROM customer", [LONG]),
    ("SELECT sex, count(*) FROM customer GROUP BY ALL ORDER BY count(*)", ["sex", "count(*)"]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "heads"), HEADS)
def test_a_head_is_what_was_written(store, sql, heads):
    assert answer(store, "analyst", sql).column_names == heads


@pytest.mark.parametrize(
    "sql", ["SELECT * FROM t", "SELECT COLUMNS('a') FROM t", "SELECT count(*) AS n, t.* FROM t"]
)
def test_what_stands_for_several_columns_keeps_their_names(sql):
    assert question(sql, {"main": ["t"]}).tree.find(exp.Alias) is None or "AS n" in sql


WRONG = [
    ("SELECT sexx FROM customer", '没有列 "sexx"；相近的有'),
    ("SELECT c.nope FROM customer c", "没有列"),
    ("SELECT x.sex FROM customer", "没有"),
    ("SELECT sex, count(*) FROM customer", '列 "sex" 须列入 GROUP BY'),
    ("SELECT sex FROM customer a, customer b", "不止一处"),
    ("SELECT substr(1, 2, 3) FROM customer", "函数 substring 不接受这些类型的参数"),
    ("SELECT full_name + 1 FROM customer", "函数 + 不接受这些类型的参数，请用 CAST 转换"),
    ("SELECT full_name LIKE 3 FROM customer", "函数 ~~ 不接受这些类型的参数"),
    ("SELECT birth_date_from || [1] FROM customer", "不能连接"),
    ("SELECT full_name.x FROM customer", '列 "full_name" 不含字段'),
    ("SELECT sex FROM customer WHERE count(*) > 1", "WHERE 子句中不能使用汇总"),
]


@pytest.mark.parametrize(("sql", "said"), WRONG)
def test_a_wrong_name_is_told_in_chinese_without_an_english_sentence(store, sql, said):
    token = LANGUAGE.set("zh")
    try:
        with pytest.raises(FailureError) as error:
            answer(store, "analyst", sql)
        told = str(error.value)
    finally:
        LANGUAGE.reset(token)
    assert said in told
    for english in (
        "Error",
        "not found",
        "must appear",
        "bindings",
        "Ambiguous",
        "function matches",
    ):
        assert english not in told


@pytest.mark.parametrize(
    "sql", ["SELECT full_name + 1 FROM customer", "SELECT sum(full_name) FROM customer"]
)
def test_what_types_a_function_would_take_is_not_listed(store, sql):
    with pytest.raises(FailureError, match="explicit type casts") as error:
        answer(store, "analyst", sql)
    assert len(str(error.value)) < 200
