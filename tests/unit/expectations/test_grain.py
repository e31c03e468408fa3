"""Grain: how much one customer adds to a figure is known for every channel, record and indicator."""

from typing import Any

from expectations.kpi.grain import grains
from expectations.kpi.quality import USUAL
from tests.unit.expectations.made import rows
from warehouse.statistics import step

K = 10


def found(engine, counted, **records: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    current = {
        record: rows(engine, record, *differs, resolved=True) for record, differs in records.items()
    }
    said = grains(engine, current, counted, USUAL, K)
    return {(row["channel"], row["figure"]): row["grain"] for row in said}


def one(channel: str, customer: str | None, key: str, **more: Any) -> dict[str, Any]:
    return {"channel": channel, "customer_id": customer, "source_id": key, **more}


def test_a_step_holds_k_customers_with_as_many_rows_as_the_busiest_of_the_channel(duckdb_engine):
    with duckdb_engine.scope():
        seen = found(
            duckdb_engine, {},
            individual=[one("counter", "C1", "1"), one("counter", "C1", "2"), one("counter", "C2", "3")],
            account=[one("counter", "C1", "4"), *(one("account", "C2", f"a{i}") for i in range(5))],
        )  # fmt: skip
    assert seen["counter", "record:individual"] == step(K, 2)
    assert seen["counter", "record:account"] == step(K, 1)
    assert seen["counter", "rows"] == step(K, 3)
    assert seen["account", "rows"] == step(K, 5)
    assert seen["customers", "rows"] == step(K, 6)
    assert seen["customers", "record:individual"] == step(K, 1)


def test_rows_of_nobody_known_count_as_those_of_the_holder_they_name(duckdb_engine):
    rows_ = [one("account", None, f"a{i}", holder_source_id="K9") for i in range(4)]
    with duckdb_engine.scope():
        seen = found(duckdb_engine, {}, account=rows_)
    assert seen["account", "rows"] == step(K, 4)


def test_an_indicator_counts_a_customers_rows_once_for_every_check(duckdb_engine):
    counted = {
        ("counter", "individual"): {"completeness": 9, "response": 0},
        ("mobile", "individual"): {"completeness": 7},
    }
    with duckdb_engine.scope():
        seen = found(
            duckdb_engine, counted,
            individual=[one("counter", "C1", "1"), one("counter", "C1", "2"), one("mobile", "C1", "3")],
        )  # fmt: skip
    assert seen["counter", "indicator:completeness"] == step(K, 18)
    assert seen["mobile", "indicator:completeness"] == step(K, 7)
    assert seen["customers", "indicator:completeness"] == step(K, 25)
    assert seen["counter", "indicator:response"] == step(K, 1)


def test_an_indicator_of_columns_tells_of_no_customer(duckdb_engine):
    with duckdb_engine.scope():
        seen = found(duckdb_engine, {}, individual=[one("counter", "C1", "1")])
    assert seen["counter", "indicator:security"] == 0
