"""Many read while one publishes: nobody fails, nobody waits, and what was opened stays what it was."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager, nullcontext
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from masking.tiers import tiers
from pipelines.core import scratch
from pipelines.core.errors import ConfigError, OutageError
from tests.made_up import CUSTOMER, DAY, masked_layer, others
from warehouse import duckdb_files, open_store, read
from warehouse.store import Change
from warehouse.tables import quality

FILES = ("vault", "warehouse", "service", "analyst", "partner", "statistics")
BATCH = pa.table({"channel": ["counter"], "day": [DAY]})
COUNT = "SELECT count(*) AS n FROM customer"


@pytest.fixture
def url(published, tmp_path):
    """A published warehouse of this test's own: thirteen customers."""
    here = Path(published.removeprefix("duckdb:///")).parent
    shutil.copytree(here, tmp_path / "db", ignore=shutil.ignore_patterns("masked"))
    return f"duckdb:///{tmp_path}/db/warehouse.duckdb"


def file(url, name):
    return Path(url.removeprefix("duckdb:///")).with_name(name)


def publish(url, tmp_path, customers):
    open_store(url).publish(DAY, masked_layer(tmp_path / "masked", customer=customers), tiers())


def other(code, *arguments):
    """A process beside this one that says `ready`, and goes on when its input ends."""
    begun = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert begun.stdout.readline() == "ready\n"
    return begun


NOTEBOOK = """
import duckdb, sys
open_ = {f: duckdb.connect(f, read_only=True) for f in sys.argv[1:]}
print("ready", flush=True)
sys.stdin.read()
analyst = next(s for f, s in open_.items() if f.endswith("analyst.duckdb"))
print(analyst.execute("SELECT count(*) FROM customer").fetchone()[0])
"""


def test_a_run_publishes_and_people_ask_while_a_notebook_holds_every_file_open(url, tmp_path):
    paths = [str(file(url, f"{name}.duckdb")) for name in FILES]
    notebook = other(NOTEBOOK, *paths)
    asking = [
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "pipelines.cli", "query", "--warehouse", url, "--json", COUNT],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    publish(url, tmp_path, [CUSTOMER])
    open_store(url).replace([Change(quality.batch, BATCH)])
    answers = [(p.communicate(timeout=300), p.returncode) for p in asking]
    assert [code for _, code in answers] == [0, 0, 0], answers
    assert {out for (out, _), _ in answers} <= {
        '[\n {\n  "n": 13\n }\n]\n',
        '[\n {\n  "n": 1\n }\n]\n',
    }
    assert read(url, "analyst", COUNT)["n"].tolist() == [1]
    seen, _ = notebook.communicate("")
    assert seen == "13\n"
    log = open_store(url).read("SELECT tier, rows, outcome FROM governance.access_log", "steward")
    assert log.to_pylist()[-4:] == 4 * [{"tier": "analyst", "rows": 1, "outcome": "answered"}]


def test_a_question_never_waits_for_a_publication(url, monkeypatch):
    """The publisher's lock is held, and its files are half written: readers do not look at either."""
    monkeypatch.setattr(duckdb_files, "PATIENCE", 0.3)
    with duckdb_files.next_files(open_store(url)._folder) as coming:
        coming.make("analyst")
        assert read(url, "analyst", COUNT)["n"].tolist() == [13]


def test_two_publications_at_once_are_never_mixed_the_second_is_told(url, monkeypatch):
    monkeypatch.setattr(duckdb_files, "PATIENCE", 0.3)
    with (
        duckdb_files.next_files(open_store(url)._folder),
        pytest.raises(OutageError, match="another publication"),
    ):
        open_store(url).replace([])


def test_the_second_of_two_publications_waits_for_the_first(url):
    done = []
    with duckdb_files.next_files(open_store(url)._folder):
        second = threading.Thread(target=lambda: (open_store(url).replace([]), done.append(True)))
        second.start()
        second.join(0.5)
        assert not done
    second.join(120)
    assert done


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from masking.tiers import tiers
from warehouse import duckdb_files, open_store
moved, whole = [], duckdb_files.Next._move
def move(self, *of):
    whole(self, *of)
    moved.append(of)
    if len(moved) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
duckdb_files.Next._move = move
layer = {p.stem: str(p) for p in Path(sys.argv[2]).glob('*.parquet')}
open_store(sys.argv[1]).publish(date(2026, 11, 21), layer, tiers())
"""


def test_a_publication_killed_while_it_moves_leaves_every_file_whole_and_the_next_tidies_up(
    url, tmp_path
):
    masked_layer(tmp_path / "next", customer=others(3))
    killed = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", KILLED, url, str(tmp_path / "next"), "3"], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    for name in FILES:
        with duckdb.connect(str(file(url, f"{name}.duckdb")), read_only=True) as session:
            session.execute("SELECT count(*) FROM duckdb_tables()")
    assert len(list(file(url, "x").parent.glob(".aside-*"))) == 1
    publish(url, tmp_path, others(3))
    assert [read(url, tier, COUNT)["n"][0] for tier in ("steward", "service", "analyst")] == [
        3,
        3,
        3,
    ]
    assert not list(file(url, "x").parent.glob(".aside-*"))


def test_files_are_read_by_any_duckdb_from_1_0_on(published):
    for name in FILES:
        with duckdb.connect(str(file(published, f"{name}.duckdb")), read_only=True) as session:
            said = session.execute(
                "SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal"
            )
            assert said.fetchone()[0].startswith("v1.0.0")


def test_who_may_read_a_file_is_who_it_is_for_whatever_the_umask(published, tmp_path):
    here = file(published, "x").parent
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in here.glob("*.duckdb")}
    assert modes == {f"{n}.duckdb": 0o600 if n == "vault" else 0o640 for n in FILES}
    before = os.umask(0)
    try:
        publish(f"duckdb:///{tmp_path}/own/warehouse.duckdb", tmp_path, [CUSTOMER])
    finally:
        os.umask(before)
    assert all(stat.S_IMODE(p.stat().st_mode) & 0o117 == 0 for p in (tmp_path / "own").iterdir())


def test_a_group_that_was_given_a_tiers_file_keeps_it(url):
    if os.geteuid() != 0:
        pytest.skip("only root may give a file to a group it is not in")
    os.chown(file(url, "statistics.duckdb"), -1, 4242)
    open_store(url).replace([])
    assert file(url, "statistics.duckdb").stat().st_gid == 4242


@contextmanager
def somebody_of(group):
    """What is done inside is done by an account that owns nothing, in one group."""
    os.setgroups([])
    os.setegid(group)
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def test_a_member_of_a_tiers_group_asks_as_that_tier_and_reads_nothing_else(
    url, tmp_path, monkeypatch
):
    if os.geteuid() != 0:
        pytest.skip("only root may become somebody else")
    readers = 4242
    open_ = Path(tempfile.mkdtemp())  # what pytest makes is root's alone, folders above it included
    try:
        for path in file(url, "x").parent.iterdir():
            shutil.copy2(path, open_)
            os.chown(open_ / path.name, -1, readers if path.name != "service.duckdb" else 4343)
        os.chown(open_, -1, readers)
        open_.chmod(0o750)
        (open_ / "spill").mkdir(mode=0o777)
        (open_ / "spill").chmod(0o777)
        # Scratch looks into /proc by way of modules that only root's Python can load here.
        monkeypatch.setattr(scratch, "folder", lambda: nullcontext(open_ / "spill"))
        asked = f"duckdb:///{open_}/warehouse.duckdb"
        read(url, "analyst", COUNT)  # what is imported late is imported now
        with somebody_of(readers):
            assert read(asked, "analyst", COUNT)["n"].tolist() == [13]
            for tier in ("service", "steward"):
                with pytest.raises(ConfigError, match="this account may not use it"):
                    read(asked, tier, "SELECT 1 AS one")
            with pytest.raises(PermissionError):
                (open_ / "access_log.jsonl").read_bytes()
        log = (
            open_store(asked)
            .read("SELECT tier, outcome FROM governance.access_log", "steward")
            .to_pylist()
        )
        assert [(r["tier"], r["outcome"]) for r in log[-3:]] == [
            ("analyst", "answered"), ("service", "failed"), ("steward", "failed"),
        ]  # fmt: skip
    finally:
        shutil.rmtree(open_)
