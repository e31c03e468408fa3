"""DuckDB files: read like any other database, and never written."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.channels.readers import open_source
from pipelines.channels.readers.tables import tables_in
from pipelines.core.errors import ConfigError, SourceError


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A DuckDB file of made-up customers."""
    path = tmp_path / "crm.duckdb"
    with duckdb.connect(str(path)) as made:
        made.execute("CREATE TABLE customer (name TEXT, since DATE, held STRUCT(n INT))")
        made.execute(
            "INSERT INTO customer VALUES ('欧阳试', '2026-09-01', {n: 1}), (NULL, '2026-08-01', NULL)"
        )
        made.execute("CREATE SCHEMA old; CREATE TABLE old.visit (seen INT)")
        made.execute("CREATE VIEW a_view AS SELECT name FROM customer")
        made.execute(f"CREATE VIEW outside AS SELECT * FROM read_text('{tmp_path}/secret.txt')")
    (tmp_path / "secret.txt").write_text("Canary Ann")
    return path


def test_tables_then_views_are_listed_by_schema(store: Path) -> None:
    held = ["customer", "a_view", "outside", "old.visit"]
    assert tables_in(f"duckdb:///{store}") == tables_in(str(store)) == held


def test_a_table_a_view_and_a_query_are_read(store: Path) -> None:
    reading = open_source(f"duckdb:///{store}", table="customer")
    assert (reading.kept, reading.facts["format"]) == (2, "table")
    assert reading.rows.column_names == ["line", "name", "since", "held.n"]
    assert open_source(str(store), table="old.visit").kept == 0
    assert open_source(str(store), table="a_view").kept == 2
    query = "SELECT name FROM customer WHERE since = :day"
    assert open_source(str(store), query=query, day=date(2026, 9, 1)).kept == 1


def test_what_cannot_be_asked_is_told_without_a_value(store: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="has no table 'client' among its"):
        open_source(str(store), table="client")
    with pytest.raises(ConfigError, match="one SELECT"):
        open_source(str(store), query="DELETE FROM customer")
    with pytest.raises(SourceError, match="refuses the question") as told:
        open_source(str(store), table="outside")
    assert "Canary" not in str(told.value)
    with pytest.raises(SourceError, match="no such file"):
        tables_in(f"duckdb:///{tmp_path}/none.duckdb")
    half = tmp_path / "half.duckdb"
    half.write_bytes(store.read_bytes()[:100])
    with pytest.raises(SourceError, match="truncated or damaged"):
        open_source(str(half), table="customer")
