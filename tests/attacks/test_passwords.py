"""A password in an address is told nowhere: not on the screen, in the log, the lake's notes or the warehouse."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tests.factories import pack_folder

CANARY = "CanaryPass7"
AWAY = [  # addresses that nobody answers at, each with what opens it
    f"ftp://user:{CANARY}@127.0.0.1:1/in/a.csv",
    f"http://127.0.0.1:1/a.csv?token={CANARY}",
    f"http://user:{CANARY}@127.0.0.1:1/a.csv",
    f"simplecache::http://user:{CANARY}@127.0.0.1:1/a.csv",
    f"zip://a.csv::http://127.0.0.1:1/b.zip?sig={CANARY}",
    f"nosuch://user:{CANARY}@host/a.csv",
    f"postgresql+psycopg://user:{CANARY}@127.0.0.1:1/db",
    f"postgresql+psycopg://127.0.0.1:1/db?user=u&password={CANARY}",
    f"postgresql+nosuch://u:{CANARY}@h/db?sslpassword={CANARY}",
    f"sqlite:////nowhere/{'x'}.db?password={CANARY}",
    f"://user:{CANARY}@host",
]
STORES = [
    f"postgresql+psycopg://user:{CANARY}@127.0.0.1:1/db",
    f"postgresql+psycopg://127.0.0.1:1/db?password={CANARY}",
    f"mysql://user:{CANARY}@127.0.0.1:1/db",
    f"postgresql://user:{CANARY}@127.0.0.1:port/db",
    f"duckdb:////nowhere/warehouse.duckdb?password={CANARY}",
]


def heard(folder, *command):
    """What `mingce` says here, on both streams, with everything it logs."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        said = CliRunner().invoke(app, ["--verbose", *command])
    finally:
        os.chdir(before)
    assert said.exit_code in (1, 2, 3), said.output
    assert said.output.strip(), "a failure without a word"
    return said.output


def told(folder: Path, *command: str) -> str:
    """The same, of a process of its own."""
    said = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pipelines.cli", "--verbose", *command],
        env=os.environ | {"MINGCE_TOKEN_KEY": "made-up-key-of-this-test", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert said.returncode in (1, 2, 3), said.stdout + said.stderr
    assert said.stderr.strip() or said.stdout.strip(), "a failure without a word"
    return said.stdout + said.stderr


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.csv").write_text("客户号,姓名\nK1,欧阳试\n", encoding="utf-8")
    return tmp_path


def channel(name, lands_at, **more):
    return {
        "name": name, "title": name, "owner": "信息管理部", "purpose": ["service"], "key": "客户号",
        "lands_at": lands_at, "record": "individual", "columns": {"姓名": {"is": "full_name"}},
    } | more  # fmt: skip


@pytest.mark.parametrize("address", AWAY)
def test_a_source_that_is_away_is_told_without_its_password(folder, address):
    commands = [
        ("read", address, "-o", "x.parquet"),
        ("scan", address, "--json", "-"),
        ("mask", address, "--tier", "analyst", "-o", "x.csv"),
    ]
    for command in commands:
        assert CANARY not in heard(folder, *command), command


@pytest.mark.parametrize("store", STORES)
def test_a_warehouse_that_is_away_is_told_without_its_password(folder, store):
    at = ("--warehouse", store)
    commands = [
        ("query", "--tier", "analyst", "SELECT 1", *at),
        ("links", "-o", "x.csv", *at),
        ("show", "C1", "--tier", "analyst", *at),
        (
            "report",
            "--period",
            "2026Q3",
            "-o",
            "x.html",
            "--pack",
            str(pack_folder(folder / "p")),
            *at,
        ),
    ]
    for command in commands:
        assert CANARY not in heard(folder, *command), command


def test_a_wrong_call_does_not_repeat_the_password(folder):
    for command in (
        ("read", "a.csv", AWAY[0], "-o", "x.parquet"),
        ("read", AWAY[0]),
        ("query", "--warehouse", AWAY[0], "--tier"),
        ("run", AWAY[0]),
        ("mask", "a.csv", "--tier", AWAY[0], "-o", "x.csv"),
        ("mask", "a.csv", "--tier", "analyst", "-o", "x.csv", "--kind", AWAY[0]),
        ("read", "a.csv", "-o", AWAY[0]),
        (AWAY[0],),
    ):
        assert CANARY not in heard(folder, *command), command


def test_no_note_and_no_table_of_a_run_holds_a_password(folder):
    channels = [channel(f"c{i}", address) for i, address in enumerate(AWAY[::2])]
    channels.append(channel("sound", "a.csv", ignored=[]))
    pack = pack_folder(folder / "pack", *channels, matching={}, quality={})
    run = ("run", "--pack", str(pack), "--source", ".", "--day", "2026-09-01", "--lake", "lake")
    told_all = told(folder, *run, "--warehouse", "duckdb:///w/warehouse.duckdb")
    told_all += told(folder, *run, "--warehouse", STORES[0], "--channel", "c0", "--json")
    assert "c0" in told_all
    assert CANARY not in told_all
    for path in (*(folder / "lake").rglob("*"), *(folder / "w").rglob("*")):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path
    with duckdb.connect(str(folder / "w" / "warehouse.duckdb"), read_only=True) as session:
        (rows,) = session.execute("SELECT count(*) FROM quality.step_run").fetchone()
    assert rows > len(channels)


@pytest.mark.parametrize("source", [AWAY[0], AWAY[1], AWAY[3]])
def test_a_folder_that_is_away_is_told_without_its_password(folder, source):
    pack = pack_folder(folder / "pack", channel("c", "{day}.csv"), matching={}, quality={})
    run = ("run", "--pack", str(pack), "--source", source, "--lake", "lake")
    assert CANARY not in heard(folder, *run)
    assert CANARY not in told(folder, *run, "--day", "2026-09-01")
    lake = ("run", "--pack", str(pack), "--source", ".", "--lake", source, "--day", "2026-09-01")
    assert CANARY not in heard(folder, *lake)
