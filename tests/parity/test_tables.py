"""Spark says of division codes and of cards' issuers what DuckDB says."""

import pyarrow as pa
import pytest

from masking.issuers import cards
from masking.lexicon.divisions import codes
from masking.recognisers.card_issuer import issuers
from masking.recognisers.checksum import divided_sql

pytestmark = pytest.mark.spark


def test_spark_knows_these_codes_and_no_other_six_digits(spark_engine):
    every = pa.table({"v": [f"{i:06}" for i in range(1_000_000)]})
    with spark_engine.scope():
        said = spark_engine.fetch(
            spark_engine.sql(
                f"SELECT v FROM rows WHERE {divided_sql('v')} ORDER BY v",
                rows=spark_engine.arrow(every),
            )
        )
    assert said.column("v").to_pylist() == sorted(codes())


def test_both_engines_count_the_same_cards(duckdb_engine, spark_engine):
    numbers = [prefix.ljust(length, "0") for prefix, length in issuers()]
    written = pa.table(
        {"卡号": [*numbers, *[n[:-1] for n in numbers], "卡号：6222020000000000001", None, ""]}
    )
    said = []
    for works in (duckdb_engine, spark_engine):
        with works.scope():
            said.append(cards(works, works.arrow(written), "卡号"))
    assert said[0] == said[1]
    assert len(said[0]) > 300
