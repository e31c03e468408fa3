"""What is given as the warehouse and is not it; and warehouses of the version before, also those that were harmed."""

import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from masking.tiers import tiers
from pipelines.cli import app
from pipelines.core.errors import ConfigError
from tests.made_up import CUSTOMER, DAY, masked_layer
from warehouse import open_store, read
from warehouse.ddl import KEPT, columns_of, create
from warehouse.store import Access, Change
from warehouse.tables import quality

TIER_FILES = ("service", "analyst", "partner", "statistics")
ADDED_SINCE = {"outcome", "purpose", "customer", "with_what", "grain"}
"""Columns and tables that the version before did not have."""


def folder_of(url):
    return Path(url.removeprefix("duckdb:///")).parent


@pytest.fixture
def copied(published, tmp_path):
    """A published warehouse of this test's own."""
    shutil.copytree(folder_of(published), tmp_path / "db", ignore=shutil.ignore_patterns("masked"))
    return tmp_path / "db"


def kept_before(session):
    """The quality and governance tables as the version before made them."""
    for name, table in KEPT.items():
        if table.name not in ADDED_SINCE:
            session.execute(f"CREATE SCHEMA IF NOT EXISTS {table.schema}")
            columns = {c: t for c, t in columns_of(table).items() if c not in ADDED_SINCE}
            session.execute(create(name, columns))


def log_before(session, *statements):
    for n, statement in enumerate(statements, 1):
        session.execute(
            "INSERT INTO governance.access_log (access_id, accessed_at, accessed_by, tier, statement, rows)"
            " VALUES (?, TIMESTAMP '2026-11-01 08:00:00' + to_minutes(?), 'anna', 'analyst', ?, 7)",
            [n, n, statement],
        )


@pytest.fixture
def before(copied, tmp_path):
    """The same warehouse in the layout of the version before: two files, the second holding everything but `core`."""
    folder = tmp_path / "before"
    folder.mkdir()
    with duckdb.connect(str(folder / "vault.duckdb")) as vault:
        vault.execute(f"ATTACH '{copied}/vault.duckdb' AS now (READ_ONLY); CREATE SCHEMA core")
        for (name,) in vault.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'now' AND schema_name = 'core'"
        ).fetchall():
            vault.execute(f"CREATE TABLE core.{name} AS FROM now.core.{name}")
    with duckdb.connect(str(folder / "warehouse.duckdb")) as old:
        kept_before(old)
        for tier in TIER_FILES:
            old.execute(
                f"ATTACH '{copied}/{tier}.duckdb' AS now_{tier} (READ_ONLY); CREATE SCHEMA {tier}"
            )
            for (name,) in old.execute(
                f"SELECT table_name FROM duckdb_tables() WHERE database_name = 'now_{tier}'"
            ).fetchall():
                if f"quality.{name}" in KEPT:
                    old.execute(f'CREATE VIEW {tier}.{name} AS SELECT * FROM "quality".{name}')
                else:
                    old.execute(f"CREATE TABLE {tier}.{name} AS FROM now_{tier}.main.{name}")
        old.execute(
            "INSERT INTO quality.batch (channel, day, rows_read) VALUES ('counter', '2026-11-20', 41)"
        )
        for n in range(3):
            old.execute(
                "INSERT INTO quality.violation (channel, record, source_id, check_name)"
                " VALUES ('counter', 'individual', ?, 'x')",
                [f"S{n}"],
            )
        log_before(old, "SELECT first", "SELECT second")
    return folder


@pytest.fixture
def harmed(before):
    """And its vault was given as the warehouse once: it has empty tables of quality, and an access of its own."""
    with duckdb.connect(str(before / "vault.duckdb")) as vault:
        kept_before(vault)
        log_before(vault, "SELECT in the vault")
    return before


def url_of(folder):
    return f"duckdb:///{folder}/warehouse.duckdb"


def asked(folder, sql, tier="steward"):
    return open_store(url_of(folder)).read(sql, tier).to_pylist()


def schemas(path):
    with duckdb.connect(str(path), read_only=True) as session:
        return {
            s
            for (s,) in session.execute(
                "SELECT DISTINCT schema_name FROM duckdb_tables()"
            ).fetchall()
        }


COMMANDS = [
    ["query", "--tier", "steward", "SELECT 1 AS one"],
    ["show", "C1"],
    ["links", "-o", "OUT.csv"],
    ["report", "--period", "2026Q4", "-o", "OUT.html"],
    ["register", "-o", "OUT.csv"],
    ["run", "--pack", "packs/bank", "--source", "OUT", "--lake", "OUT"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_refuses_the_vault_and_names_the_right_url(copied, tmp_path, command):
    there = sorted(p.name for p in copied.iterdir())
    vault = (copied / "vault.duckdb").read_bytes()
    command = [part.replace("OUT", str(tmp_path / "out")) for part in command]
    said = CliRunner().invoke(app, [*command, "--warehouse", f"duckdb:///{copied}/vault.duckdb"])
    assert said.exit_code == 2
    assert f"duckdb:///{copied}/warehouse.duckdb" in said.output
    assert sorted(p.name for p in copied.iterdir()) == there
    assert (copied / "vault.duckdb").read_bytes() == vault
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize(
    "name",
    [*(f"{t}.duckdb" for t in TIER_FILES), "access_log.jsonl", "VAULT.duckdb", "second.duckdb", ""],
)
def test_no_other_file_of_a_warehouse_is_taken_for_it(copied, name):
    with pytest.raises(ConfigError, match=f"write --warehouse duckdb:///{copied}/warehouse.duckdb"):
        open_store(f"duckdb:///{copied}/{name}")


@pytest.mark.parametrize("how", ["copied", "linked"])
def test_a_vault_called_a_warehouse_is_known_by_what_stands_in_it(copied, how):
    named = "elsewhere/warehouse.duckdb"
    (copied / "elsewhere").mkdir()
    if how == "linked":
        (copied / named).symlink_to(copied / "vault.duckdb")
    else:
        shutil.copy(copied / "vault.duckdb", copied / named)
    before = (copied / "vault.duckdb").read_bytes()
    change = Change(quality.batch, pa.table({"channel": ["counter"], "day": [DAY]}))
    for attempt in (
        lambda: open_store(f"duckdb:///{copied}/{named}").read("SELECT 1 AS one", "steward"),
        lambda: open_store(f"duckdb:///{copied}/{named}").replace([change]),
    ):
        with pytest.raises(ConfigError, match="this is not the warehouse itself"):
            attempt()
    assert (copied / "vault.duckdb").read_bytes() == before


@pytest.mark.parametrize("layout", ["before", "harmed"])
def test_a_warehouse_of_the_version_before_is_read_right(layout, request):
    folder = request.getfixturevalue(layout)
    assert asked(folder, "SELECT count(*) AS n FROM quality.violation") == [{"n": 3}]
    assert asked(folder, "SELECT rows_read FROM quality.batch") == [{"rows_read": 41}]
    assert asked(folder, "SELECT full_name FROM customer WHERE customer_id = 'C1'", "service") == [
        {"full_name": "张**"}
    ]
    assert asked(folder, "SELECT count(*) AS n FROM customer", "analyst") == [{"n": 13}]
    assert asked(folder, "SELECT count(*) AS n FROM batch", "statistics") == [{"n": 1}]
    logged = ["SELECT first", "SELECT in the vault", "SELECT second"]
    found = [r["statement"] for r in asked(folder, "SELECT statement FROM governance.access_log")]
    assert sorted(found) == [s for s in logged if layout == "harmed" or "vault" not in s]


@pytest.mark.parametrize("layout", ["before", "harmed"])
@pytest.mark.parametrize("step", ["publish", "measure"])
def test_the_next_run_mends_it_and_loses_nothing(layout, step, request, tmp_path):
    folder = request.getfixturevalue(layout)
    store = open_store(url_of(folder))
    store.note_access(Access("service", "SELECT third", 1))
    if step == "publish":
        store.publish(DAY, masked_layer(tmp_path / "masked", customer=[CUSTOMER]), tiers())
    else:
        store.replace([Change(quality.finding, pa.table({"channel": ["counter"], "day": [DAY]}))])
    assert schemas(folder / "vault.duckdb") <= {"core", "quality", "governance"}
    assert schemas(folder / "warehouse.duckdb") == {"quality", "governance"}
    for tier in TIER_FILES:
        assert schemas(folder / f"{tier}.duckdb") == {"main"}
    assert asked(folder, "SELECT count(*) AS n FROM quality.violation") == [{"n": 3}]
    assert asked(folder, "SELECT rows_read FROM quality.batch") == [{"rows_read": 41}]
    assert asked(folder, "SELECT count(*) AS n FROM customer", "analyst")[0]["n"] == (
        1 if step == "publish" else 13
    )
    log = asked(folder, "SELECT access_id, statement FROM governance.access_log ORDER BY access_id")
    assert [r["access_id"] for r in log] == list(range(1, len(log) + 1))
    assert {r["statement"] for r in log} >= {"SELECT first", "SELECT second", "SELECT third"}
    assert len(log) == (4 if layout == "harmed" else 3)
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as session:
        assert not session.execute(
            "SELECT 1 FROM duckdb_tables() WHERE table_name = 'access_log'"
        ).fetchall()
    store.replace([])
    assert len(asked(folder, "SELECT * FROM governance.access_log")) == len(log)


def test_the_library_refuses_the_vault_too(copied):
    with pytest.raises(ConfigError, match="this is not the warehouse itself"):
        read(f"duckdb:///{copied}/vault.duckdb", "steward", "SELECT 1 AS one")
