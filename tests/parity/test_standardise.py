"""DuckDB and Spark read what people write alike."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masking.cleaners import CLEANERS
from tests.unit.steps.test_standardise import CASES

WRITTEN = st.one_of(
    st.sampled_from([w for _, w, _ in CASES]),
    st.text(alphabet="０19xＸ-/.年月日 @a\u3000\u200b万¥,:T男女·张", max_size=20),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str),
)


@pytest.mark.spark
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.lists(st.none() | WRITTEN, min_size=60, max_size=90))
def test_cleaners_read_alike_on_both_engines(duckdb_engine, spark_engine, values):
    rows = pa.table({"line": range(len(values)), "c": pa.array(values, pa.string())})
    spelt = ", ".join(f"{c.spelt.replace('{c}', 'c')} AS {n}" for n, c in CLEANERS.items())
    read = ", ".join(f"{c.value.replace('{c}', n)} AS {n}" for n, c in CLEANERS.items())
    query = f"SELECT line, {read} FROM (SELECT line, {spelt} FROM rows) AS spelt ORDER BY line"
    answers = [
        works.fetch(works.sql(query, rows=works.arrow(rows))).to_pylist()
        for works in (duckdb_engine, spark_engine)
    ]
    assert answers[0] == answers[1]
