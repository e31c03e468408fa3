"""A rule says the same in Python and in Spark's SQL, whatever the value."""

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.masking.rules.written import IN_SQL, VALUES, one_select

pytestmark = pytest.mark.spark


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.lists(VALUES, min_size=300, max_size=400))
def test_every_rule_gives_the_same_text_in_python_and_in_spark(spark_engine, values):
    select, bound = one_select('"value"')
    with spark_engine.scope():
        numbers = pa.array(range(len(values)), pa.int64())
        rows = spark_engine.arrow(pa.table({"n": numbers, "value": pa.array(values, pa.string())}))
        found = spark_engine.sql(f"SELECT n, {select} FROM rows", bound, rows=rows)
        table = spark_engine.fetch(found).sort_by("n")
    for name, rule in IN_SQL.items():
        assert table[name].to_pylist() == [rule.mask(v) for v in values], name


def test_a_key_stands_in_no_plan_that_spark_prints(spark_engine):
    rule = IN_SQL["token"]
    with spark_engine.scope():
        rows = spark_engine.arrow(pa.table({"value": ["13900000001"]}))
        found = spark_engine.sql(
            f"SELECT {rule.sql('value')} AS t FROM rows", rule.parameters(), rows=rows
        )
        plan = spark_engine.linker_api().spark.table(found.name)._jdf.queryExecution().toString()
    keys = [v for v in rule.parameters().values() if isinstance(v, bytes)]
    assert "sha2" in plan
    assert not [k for k in keys if k.hex() in plan.lower()]
