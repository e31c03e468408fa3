"""A real Airflow of its own: its home, its metadata database, its logs, all in a temporary folder."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Airflow:
    """Airflow's command line on a home of its own."""

    home: Path
    environment: dict[str, str]

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `airflow …`; what it printed and its exit code."""
        command = [str(Path(sys.executable).with_name("airflow")), *arguments]
        return subprocess.run(  # noqa: S603 - our own command
            command, env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )


@pytest.fixture(scope="session")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> Airflow:
    """Airflow with the bank's DAGs on a small sample."""
    home = tmp_path_factory.mktemp("airflow")
    source = home / "source"
    environment = {
        **os.environ,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "PYTHONPATH": str(PROJECT),
        "MINGCE_PACK": str(PROJECT / "packs" / "bank"),
        "MINGCE_SOURCE": str(source),
        "MINGCE_LAKE": str(home / "lake"),
        "MINGCE_WAREHOUSE": f"duckdb:///{home / 'warehouse.duckdb'}",
        "MINGCE_TOKEN_KEY": "made-up-key-of-this-test",
    }
    sample = [sys.executable, "-m", "pipelines.cli", "sample", "--pack", str(PROJECT / "packs" / "bank"),
              "--customers", "200", "--seed", "7", "--out", str(source)]  # fmt: skip
    subprocess.run(sample, env=environment, check=True, capture_output=True)  # noqa: S603 - our own command
    started = Airflow(home, environment)
    assert started("db", "migrate").returncode == 0
    return started
