"""Databases: a table or one SELECT, and no message that shows a password or a value."""

import sqlite3
from datetime import date

import pytest

from pipelines.channels.readers import is_database, open_source
from pipelines.channels.readers.tables import tables_in
from pipelines.core.errors import ConfigError, OutageError, SourceError

DAY = date(2026, 9, 1)


@pytest.fixture
def store(tmp_path):
    """A SQLite file of made-up customers."""
    path = tmp_path / "third_party.sqlite"
    with sqlite3.connect(path) as made:
        made.execute(
            "CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, amount REAL, since TEXT)"
        )
        rows = [
            (3, "陈试", 0.5, "2026-09-01"),
            (1, "欧阳试", 1e6, "2026-08-31"),
            (2, None, None, "2026-09-01"),
        ]
        made.executemany("INSERT INTO customer VALUES (?, ?, ?, ?)", rows)
    made.close()
    return path


ROWS = [
    {"line": 1, "id": "1", "name": "欧阳试", "amount": "1000000", "since": "2026-08-31"},
    {"line": 2, "id": "2", "name": None, "amount": None, "since": "2026-09-01"},
    {"line": 3, "id": "3", "name": "陈试", "amount": "0.5", "since": "2026-09-01"},
]


def test_a_table_is_read_in_the_order_of_its_key(store):
    reading = open_source(f"sqlite:///{store}", table="customer")
    assert reading.rows.to_pylist() == ROWS
    assert reading.facts["format"] == "table"


def test_a_sqlite_file_is_known_by_what_it_holds(store):
    assert open_source(str(store)).rows.to_pylist() == ROWS
    renamed = store.rename(store.with_name("customers.db"))
    assert open_source(str(renamed), table="customer").rows.to_pylist() == ROWS


def test_the_day_is_bound_in_a_query(store):
    query = "SELECT id FROM customer WHERE since = :day ORDER BY id"
    reading = open_source(f"sqlite:///{store}", query=query, day=DAY)
    assert reading.rows.column("id").to_pylist() == ["2", "3"]
    with pytest.raises(ConfigError, match="asks for :day, and there is no day"):
        open_source(f"sqlite:///{store}", query=query)


def test_a_view_and_two_columns_of_one_name_are_read(store):
    reading = open_source(f"sqlite:///{store}", query="SELECT id, id FROM customer WHERE id = 1")
    assert reading.rows.column_names == ["line", "id", "id_2"]
    with sqlite3.connect(store) as made:
        made.execute("CREATE VIEW recent AS SELECT id FROM customer WHERE since >= '2026-09-01'")
    made.close()
    assert open_source(f"sqlite:///{store}", table="recent").kept == 2


def test_text_that_is_none_refuses_its_row(store):
    with sqlite3.connect(store) as made:
        made.execute("INSERT INTO customer VALUES (4, CAST(x'ff41' AS TEXT), 1, '2026-09-01')")
    made.close()
    reading = open_source(str(store))
    assert (reading.kept, reading.refused.column("line").to_pylist()) == (3, [4])


def test_a_source_is_only_read(store):
    for query in ("DELETE FROM customer", "UPDATE customer SET name = 'x'"):
        with pytest.raises(ConfigError, match="has to be one SELECT"):
            open_source(f"sqlite:///{store}", query=query)
    assert open_source(str(store)).kept == 3


def test_a_table_that_is_not_there_is_named_with_those_that_are(store):
    with pytest.raises(SourceError, match="has no table 'client' among its"):
        open_source(str(store), table="client")


def test_a_faulty_query_tells_no_value(store):
    with pytest.raises(SourceError, match="refuses the question") as told:
        open_source(str(store), query="SELECT nonsense('Canary Ann') FROM customer")
    assert "Canary" not in str(told.value)


def test_a_locked_database_waits(store):
    holder = sqlite3.connect(store)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(OutageError, match="is busy"):
            open_source(f"sqlite:///{store}?timeout=0", table="customer")
    finally:
        holder.close()


def test_no_message_shows_the_password(monkeypatch):
    monkeypatch.setenv("STORE_PASSWORD", "canary-password")
    place = "postgresql+psycopg://reader:${STORE_PASSWORD}@127.0.0.1:1/store"
    with pytest.raises(OutageError, match=r"127\.0\.0\.1:1/store: does not answer") as told:
        open_source(place, table="customer")
    assert "canary" not in str(told.value)
    with pytest.raises(ConfigError, match="the secret env:NOT_SET is not there"):
        open_source(place.replace("STORE_PASSWORD", "NOT_SET"), table="customer")


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///{}/none.sqlite",
        "sqlite:///{}/none.sqlite?timeout=1",
        "sqlite:///{}/none.sqlite?mode=rwc",
        "sqlite:///file:{}/none.sqlite?mode=rwc&uri=true",
        "sqlite+pysqlite:///{}/none.sqlite",
        "duckdb:///{}/none.duckdb",
    ],
)
def test_a_file_that_is_not_there_is_told_and_not_made(tmp_path, url):
    with pytest.raises(SourceError, match="there is no such file"):
        open_source(url.format(tmp_path), table="customer")
    assert not list(tmp_path.iterdir())


def test_a_path_may_hold_any_sign(tmp_path):
    place = tmp_path / "a%20b?c#d.sqlite"
    with sqlite3.connect(place) as made:
        made.execute("CREATE TABLE t (a)")
        made.execute("INSERT INTO t VALUES (1)")
    made.close()
    assert open_source(str(place)).kept == 1


def test_a_url_that_is_none_is_not_repeated():
    with pytest.raises(ConfigError, match="cannot be read") as told:
        open_source("postgresql://reader:canary-password@host:port/store", table="customer")
    assert "canary" not in str(told.value)


def test_a_database_without_a_table_says_so(tmp_path):
    with sqlite3.connect(tmp_path / "new.sqlite") as made:
        made.execute("VACUUM")
    made.close()
    with pytest.raises(SourceError, match="holds no table"):
        tables_in(f"sqlite:///{tmp_path}/new.sqlite")


def test_views_are_listed_after_the_tables(store):
    with sqlite3.connect(store) as made:
        made.execute("CREATE VIEW a_view AS SELECT id FROM customer")
    made.close()
    assert tables_in(str(store)) == ["customer", "a_view"]


def test_a_driver_that_is_not_installed_is_told_without_the_password():
    with pytest.raises(ConfigError, match="no driver for nosuch") as told:
        open_source("nosuch://reader:canary-password@host/store", table="customer")
    assert "canary" not in str(told.value)


@pytest.mark.parametrize(
    ("location", "answer"),
    [
        ("sqlite:///a.db", True),
        ("postgresql+psycopg://u@h/d", True),
        ("oracle://u@h/d", True),
        ("/data/a.csv", False),
        ("file:///data/a.csv", False),
        ("s3://bucket/a.csv", False),
        ("zip://a.csv::file:///b.zip", False),
        ("a.csv", False),
    ],
)
def test_a_databases_url_is_told_from_a_files(location, answer):
    assert is_database(location) is answer
