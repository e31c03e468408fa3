"""The whole flow on DuckDB and on Spark: every table, row by row."""

import pytest

from tests.flow.conftest import House, sampled

CUSTOMERS = 1000
DAY = "2026-09-01"


@pytest.mark.spark
def test_both_engines_leave_the_same_rows_in_every_table(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parity")
    source = sampled(folder / "source", CUSTOMERS, seed=5)
    answers = {}
    for engine in ("duckdb", "spark"):
        house = House(folder / engine, source)
        house.folder.mkdir()
        said = house.run("--engine", engine, "--day", DAY)
        assert said.returncode == 0, said.stderr[-3000:]
        answers[engine] = {name: sorted(rows, key=repr) for name, rows in house.tables().items()}
    assert set(answers["duckdb"]) == set(answers["spark"])
    differing = {
        name: [
            pair for pair in zip(rows, answers["spark"][name], strict=False) if pair[0] != pair[1]
        ][:2]
        for name, rows in answers["duckdb"].items()
        if rows != answers["spark"][name]
    }
    assert differing == {}
    assert len(answers["duckdb"]["vault.core.customer"]) > 0.8 * CUSTOMERS
