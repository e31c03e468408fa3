"""How alike two texts are is counted in characters, on both engines."""

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WORD = st.text(alphabet="张章梦丽怡欧阳·abA１", max_size=12)
QUERY = "SELECT n, levenshtein(a, b) AS distance FROM pairs ORDER BY n"


def pairs(of):
    return pa.table({"n": range(len(of)), "a": [a for a, _ in of], "b": [b for _, b in of]})


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("张梦丽", "张梦怡", 1), ("李明", "李明明", 1), ("abc", "abd", 1), ("张三", "李四", 2)],
)
def test_one_character_counts_one(duckdb_engine, one, other, distance):
    rows = duckdb_engine.arrow(pairs([(one, other)]))
    assert duckdb_engine.fetch(duckdb_engine.sql(QUERY, pairs=rows))["distance"].to_pylist() == [
        distance
    ]


@pytest.mark.spark
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(of=st.lists(st.tuples(WORD, WORD), min_size=50, max_size=80))
def test_both_engines_count_alike(duckdb_engine, spark_engine, of):
    said = [
        e.fetch(e.sql(QUERY, pairs=e.arrow(pairs(of))))["distance"].to_pylist()
        for e in (duckdb_engine, spark_engine)
    ]
    assert said[0] == said[1]
