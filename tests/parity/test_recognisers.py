"""A recogniser's column rendering says on Spark what its text rendering says in Python."""

import pyarrow as pa
import pytest

from masking.columns import profile
from masking.normalise import normalise, normalised_sql
from masking.recognisers import RECOGNISERS
from pipelines.engine.protocol import Engine
from tests.corpus.agreement import disagreements
from tests.corpus.cases import cases

EACH = 10_000
"""Generated values per recogniser."""


@pytest.mark.spark
def test_spark_and_python_see_the_same_shapes_and_proofs(spark_engine: Engine) -> None:
    wrong = {r.name: disagreements(r, spark_engine, EACH)[:3] for r in RECOGNISERS}
    assert {name: lines for name, lines in wrong.items() if lines} == {}


def test_duckdb_and_python_see_the_same_shapes_and_proofs(duckdb_engine: Engine) -> None:
    wrong = {r.name: disagreements(r, duckdb_engine, EACH)[:3] for r in RECOGNISERS}
    assert {name: lines for name, lines in wrong.items() if lines} == {}


@pytest.mark.spark
def test_both_engines_give_one_profile(duckdb_engine: Engine, spark_engine: Engine) -> None:
    texts = [case.text for case in cases()]
    table = pa.table({"备注": texts, "c1": texts[::-1], "手机": [t[:11] for t in texts]})
    found = []
    for works in (duckdb_engine, spark_engine):
        with works.scope():
            found.append(profile(works, works.arrow(table), table.column_names).to_pylist())
    assert found[0] == found[1]


@pytest.mark.spark
def test_a_column_is_normalised_alike(spark_engine: Engine) -> None:
    texts = [t for case in cases() if "\x00" not in (t := case.text)][:2_000]
    with spark_engine.scope():
        rows = spark_engine.arrow(pa.table({"i": range(len(texts)), "v": texts}))
        said = spark_engine.fetch(
            spark_engine.sql(f"SELECT i, {normalised_sql('v')} AS v FROM cells", cells=rows)
        )
    spoken = {t for t in texts if any(c in t for c in "零〇一二三四五六七八九幺洞两拐勾")}
    got = dict(zip(said.column("i").to_pylist(), said.column("v").to_pylist(), strict=True))
    assert {
        t for i, t in enumerate(texts) if t not in spoken and got[i] != normalise(t).text
    } == set()
