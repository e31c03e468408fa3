"""A rule says the same in Python and in Spark's SQL, whatever the value."""

import json
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masking.kinds import Kind
from masking.marks import is_masked, is_masked_sql
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS, Batch
from pipelines.engine.lake import Lake
from pipelines.steps.mask import mask
from tests.factories import pack_folder
from tests.unit.masking.rules.test_marks import MASKED, NOT_MASKED
from tests.unit.masking.rules.written import IN_SQL, VALUES, one_select
from warehouse.tables import CORE

pytestmark = pytest.mark.spark
MARKED = [text for _, text in (*MASKED, *NOT_MASKED)]


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


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.lists(VALUES | st.sampled_from(MARKED), min_size=200, max_size=300))
def test_python_and_spark_agree_on_what_is_masked(spark_engine, values):
    select = ", ".join(f"{is_masked_sql(kind, 'value')} AS {kind.value}" for kind in Kind)
    with spark_engine.scope():
        numbers = pa.array(range(len(values)), pa.int64())
        rows = spark_engine.arrow(pa.table({"n": numbers, "value": pa.array(values, pa.string())}))
        found = spark_engine.fetch(spark_engine.sql(f"SELECT n, {select} FROM rows", rows=rows))
    table = found.sort_by("n")
    for kind in Kind:
        mine = [v is not None and is_masked(kind, v) for v in values]
        assert table[kind.value].to_pylist() == mine, kind


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


DAY = date(2026, 11, 21)


def masked_by(engine, folder):
    """The rows of `interaction` as the mask step leaves them on that engine."""
    spans = json.dumps([{"kind": "mobile", "start": 2, "end": 13, "score": 0.9}])
    entity = {"record": "interaction", "column_name": "remark"}
    found = [
        entity | {"source_id": "A", "entities": spans},
        entity | {"source_id": "B", "entities": "[]"},
    ]
    row = dict.fromkeys(CORE["interaction"].columns.keys()) | {
        "channel": "calls",
        "day": DAY,
        "customer_id": "C1",
    }
    rows = [
        row | {"source_id": s, "remark": t}
        for s, t in (("A", "请回13900000001"), ("B", "没事"), ("C", "?"))
    ]
    texts = {c: pa.date32() if c == "day" else pa.string() for c in row}
    with engine.scope():
        run = Run(
            Pack(pack_folder(folder / "pack")), engine, Lake(str(folder / "lake"), engine), ""
        )
        run.lake.write(
            "profile", Batch("calls", DAY, {"entity": engine.arrow(pa.Table.from_pylist(found))})
        )
        table = engine.arrow(pa.Table.from_pylist(rows, pa.schema(texts)))
        after = mask(Batch(CUSTOMERS, DAY, {"interaction": table}), run)
        left = engine.fetch(after.tables["interaction"]).to_pylist()
    return sorted(left, key=lambda r: r["source_id"]), after.findings


# We hand Spark Arrow batches and never a pandas frame, of which this warns.
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_the_mask_step_leaves_the_same_rows_on_both_engines(
    duckdb_engine, spark_engine, tmp_path, monkeypatch
):
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "a key made up for the tests")
    on_duckdb, on_spark = (masked_by(e, tmp_path / e.name) for e in (duckdb_engine, spark_engine))
    assert on_spark == on_duckdb
    assert [r["remark__labelled"] for r in on_duckdb[0]] == ["请回<手机号>", "没事", None]
