"""A rule says the same in Python and in DuckDB's SQL, whatever the value."""

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.masking.rules.written import IN_SQL, TYPED, VALUES, as_text, one_select


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=st.lists(VALUES, min_size=60, max_size=120))
def test_every_rule_gives_the_same_text_in_python_and_in_duckdb(duckdb_engine, values):
    select, bound = one_select('"value"')
    with duckdb_engine.scope():
        rows = duckdb_engine.arrow(
            pa.table({"n": range(len(values)), "value": pa.array(values, pa.string())})
        )
        found = duckdb_engine.sql(f"SELECT n, {select} FROM rows", bound, rows=rows)
        table = duckdb_engine.fetch(
            duckdb_engine.sql("SELECT * FROM found ORDER BY n", found=found)
        )
    for name, rule in IN_SQL.items():
        assert table[name].to_pylist() == [rule.mask(v) for v in values], name


@pytest.mark.parametrize("name", TYPED)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.data())
def test_a_column_of_another_type_is_hidden_as_it_is_written(duckdb_engine, name, drawn):
    type_, strategy = TYPED[name]
    values = drawn.draw(st.lists(strategy, min_size=20, max_size=40))
    select, bound = one_select('"value"')
    with duckdb_engine.scope():
        rows = duckdb_engine.arrow(
            pa.table({"n": range(len(values)), "value": pa.array(values, type_)})
        )
        found = duckdb_engine.sql(f"SELECT n, {select} FROM rows", bound, rows=rows)
        table = duckdb_engine.fetch(
            duckdb_engine.sql("SELECT * FROM found ORDER BY n", found=found)
        )
    for rule in (r for r in IN_SQL.values() if r.name != "clear"):
        assert table[rule.name].to_pylist() == [rule.mask(as_text(v)) for v in values], rule.name
