"""A real Airflow of its own: home, metadata database, logs, and its processes, all in a temporary folder."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
BANK = PROJECT / "packs" / "bank"
CHANNELS = ("account", "counter", "mobile")


WATCH = """
import os, signal, sys
sys.stdin.read()  # until the test ends, or is ended
try:
    os.killpg(int(sys.argv[1]), signal.SIGKILL)
except ProcessLookupError:
    pass
"""


@dataclass(frozen=True)
class Airflow:
    """Airflow's command line and processes on a home of its own, over a pack of three channels."""

    home: Path
    environment: dict[str, str]

    @property
    def source(self) -> Path:
        return self.home / "source"

    @property
    def pack(self) -> Path:
        return self.home / "pack"

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `airflow …`; what it printed and its exit code."""
        command = [str(Path(sys.executable).with_name("airflow")), *arguments]
        return subprocess.run(  # noqa: S603 - our own command
            command, env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What its metadata database says; nothing while it is being written."""
        try:
            with closing(sqlite3.connect(f"file:{self.home}/airflow.db?mode=ro", uri=True)) as db:
                return db.execute(sql).fetchall()
        except sqlite3.OperationalError:
            return []

    def _answers(self) -> bool:
        url = self.environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] + "health"
        try:
            with urlopen(url, timeout=5) as said:  # noqa: S310 - our own address
                return bool(said.status == 200)
        except OSError:
            return False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Scheduler, dag-processor, triggerer, LocalExecutor and api-server; their whole group ends with the block."""
        out = (self.home / "standalone.log").open("wb")
        command = [str(Path(sys.executable).with_name("airflow")), "standalone"]
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=self.environment, stdout=out, stderr=out, start_new_session=True
        )
        watch = [sys.executable, "-c", WATCH, str(process.pid)]
        watching = subprocess.Popen(watch, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own command  # fmt: skip
        try:
            until("the api-server answers", self._answers, 180)
            yield
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            watching.communicate()  # ends what is left of the group
            out.close()


def until(what: str, is_so: Callable[[], Any], seconds: float = 900) -> Any:
    """What `is_so` answers as soon as it answers something; fails after the time, saying what did not come."""
    end = time.monotonic() + seconds
    while not (answer := is_so()):
        if time.monotonic() > end:
            pytest.fail(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.5)
    return answer


def free_port() -> int:
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def sampled(folder: Path, customers: int, days: int) -> None:
    """A made-up source for the bank."""
    said = ["sample", "--pack", str(BANK), "--customers", str(customers), "--days", str(days)]
    command = [sys.executable, "-m", "pipelines.cli", *said, "--seed", "5", "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(PROJECT)})  # noqa: S603 - our own command  # fmt: skip


def three_channels(pack: Path) -> None:
    """The bank with three channels, whose files are late after a few seconds."""
    shutil.copytree(BANK, pack)
    for path in (pack / "channels").glob("*.yaml"):
        if path.stem not in CHANNELS:
            path.unlink()
            continue
        said = yaml.safe_load(path.read_text(encoding="utf-8")) | {"lands": {"within_hours": 0.004}}
        path.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")


@pytest.fixture
def airflow(tmp_path: Path) -> Airflow:
    """An Airflow with its metadata database, not yet running, over three channels and three days."""
    home, port = tmp_path / "airflow", free_port()
    home.mkdir()
    three_channels(home / "pack")
    sampled(home / "source", 100, 3)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "3",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "PYTHONPATH": str(PROJECT),
        "MINGCE_PACK": str(home / "pack"),
        "MINGCE_SOURCE": str(home / "source"),
        "MINGCE_LAKE": str(home / "lake"),
        "MINGCE_WAREHOUSE": f"duckdb:///{home / 'house' / 'warehouse.duckdb'}",
        "MINGCE_TOKEN_KEY": "made-up-key-of-this-test",
    }
    (home / "house").mkdir()
    made = Airflow(home, environment)
    assert made("db", "migrate").returncode == 0
    return made
