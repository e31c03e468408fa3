"""The bank's flow on a small sample, as a user runs it: by the command line, in a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

PROJECT = Path(__file__).resolve().parents[2]
BANK = PROJECT / "packs" / "bank"
DIFFERS_FROM_RUN_TO_RUN = {"quality.step_run", "governance.access_log"}


@dataclass(frozen=True)
class House:
    """A lake and a warehouse of their own, over one source."""

    folder: Path
    source: Path
    pack: Path = BANK

    @property
    def warehouse(self) -> str:
        return f"duckdb:///{self.folder / 'warehouse.duckdb'}"

    def command(self, *more: str) -> list[str]:
        """`mingce run` here."""
        places = ["--lake", str(self.folder / "lake"), "--warehouse", self.warehouse]
        said = ["run", "--pack", str(self.pack), "--source", str(self.source), *places, *more]
        return [sys.executable, "-m", "pipelines.cli", *said]

    def run(self, *more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own command
            self.command(*more), env=environment(), capture_output=True, text=True, check=False
        )

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every table of every file with its rows in the order they stand, but for what tells of the run."""
        found = {}
        for path in sorted(self.folder.glob("*.duckdb")):
            name = path.stem
            with duckdb.connect(str(path), read_only=True) as session:
                tables = session.execute(
                    "SELECT table_schema, table_name FROM information_schema.tables ORDER BY ALL"
                ).fetchall()
                for schema, table in tables:
                    if f"{schema}.{table}" not in DIFFERS_FROM_RUN_TO_RUN:
                        rows = session.execute(f'SELECT * FROM "{schema}"."{table}"').fetchall()
                        found[f"{name}.{schema}.{table}"] = rows
        return found


def environment() -> dict[str, str]:
    """The environment of every run: the key of the tokens, English messages."""
    return os.environ | {"MINGCE_TOKEN_KEY": "made-up-key-of-this-test", "LANG": "C.UTF-8"}


def sampled(folder: Path, customers: int, seed: int = 3) -> Path:
    """A made-up source for the bank."""
    command = [
        sys.executable,
        "-m",
        "pipelines.cli",
        "sample",
        "--pack",
        str(BANK),
        "--customers",
        str(customers),
    ]
    subprocess.run(  # noqa: S603 - our own command
        [*command, "--seed", str(seed), "--out", str(folder)],
        env=environment(),
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """150 customers, two days. Not to be changed: copy it first."""
    return sampled(tmp_path_factory.mktemp("sample") / "source", 150)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, source: Path) -> House:
    """The flow run once over the sample. Not to be changed."""
    house = House(tmp_path_factory.mktemp("finished"), source)
    said = house.run()
    assert said.returncode == 0, said.stderr
    return house
