"""Airflow for real, three days of three channels: whatever comes late, wrong or twice, it ends as `mingce run` does."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.dags.conftest import CHANNELS, Airflow, until

pytestmark = pytest.mark.airflow
DAYS = ("2026-09-01", "2026-09-02", "2026-09-03")
TELLS_OF_THE_RUN = {"step_run", "access_log"}
TELLS_OF_BEFORE = ("rows_before", "replaced_at", "ratio_before", "changed_at")
"""Columns that say what a correction replaced: they tell how it came about, not what stands."""


def tables(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of the warehouse, but what tells of the run; of the days that were delivered."""
    found = {}
    for file in sorted(folder.glob("*.duckdb")):
        with duckdb.connect(str(file), read_only=True) as session:
            named = session.execute(
                "SELECT table_schema, table_name, bool_or(column_name = 'day' AND data_type = 'DATE') "
                "FROM information_schema.columns GROUP BY ALL ORDER BY ALL"
            ).fetchall()
            for schema, table, has_day in named:
                if table in TELLS_OF_THE_RUN:
                    continue
                where = f" WHERE day IS NULL OR day <= DATE '{DAYS[-1]}'" if has_day else ""
                columns = f"COLUMNS(lambda c: c NOT IN {TELLS_OF_BEFORE})"
                sql = f'SELECT {columns} FROM "{schema}"."{table}"{where}'
                found[f"{file.stem}.{schema}.{table}"] = session.execute(sql).fetchall()
    return found


def counter_faulty(path: Path) -> bytes:
    """Give the file a column nobody declared; what it held before."""
    right = path.read_bytes()
    lines = right.decode("gb18030").splitlines()
    wrong = "\n".join([lines[0] + ",鞋码", *(f"{line},44" for line in lines[1:])])
    path.write_bytes(wrong.encode("gb18030"))
    return right


def mobile_shorter(path: Path) -> bytes:
    """Leave out the last row; what it held before."""
    right = path.read_bytes()
    path.write_bytes(right[: right.rindex(b"\n", 0, len(right) - 1) + 1])
    return right


def mingce(airflow: Airflow, source: Path, house: Path, *said: str) -> None:
    places = ["--lake", str(house / "lake"), "--warehouse", f"duckdb:///{house}/warehouse.duckdb"]
    command = [
        sys.executable,
        "-m",
        "pipelines.cli",
        "run",
        "--pack",
        str(airflow.pack),
        "--source",
        str(source),
    ]
    subprocess.run([*command, *places, *said], env=airflow.environment, capture_output=True, check=False)  # noqa: S603 - our own command  # fmt: skip


def in_order(airflow: Airflow, folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The same deliveries, each day in its turn, by the command line."""
    source, house = folder / "source", folder / "house"
    shutil.copytree(airflow.source, source)
    house.mkdir()
    right = mobile_shorter(source / "mobile" / f"{DAYS[0]}.jsonl")
    mingce(airflow, source, house, "--day", DAYS[0], "--channel", "mobile")
    (source / "mobile" / f"{DAYS[0]}.jsonl").write_bytes(right)
    right = counter_faulty(source / "counter" / f"{DAYS[1]}.csv")
    mingce(airflow, source, house, "--day", DAYS[1], "--channel", "counter")
    (source / "counter" / f"{DAYS[1]}.csv").write_bytes(right)
    shutil.rmtree(house / "lake" / "runs" / "channel=customers", ignore_errors=True)
    shutil.rmtree(house / "lake" / "resolved", ignore_errors=True)
    for file in house.glob("*.duckdb"):
        file.unlink()
    mingce(airflow, source, house)
    return tables(house)


def states(airflow: Airflow, dag: str) -> dict[tuple[str, str], str]:
    """The newest state of each task that has one, by day."""
    said = airflow.rows(
        "SELECT r.partition_key, t.task_id, t.state FROM task_instance t JOIN dag_run r "
        f"ON r.run_id = t.run_id AND r.dag_id = t.dag_id WHERE t.dag_id = '{dag}' AND t.state IS NOT NULL ORDER BY r.id"
    )
    return {(day, task): state for day, task, state in said}


def is_quiet(airflow: Airflow) -> bool:
    """Whether nothing of the delivered days is under way: no run, no event that has not become one."""
    days = ", ".join(f"'{d}'" for d in DAYS)
    [(runs,)] = airflow.rows(
        f"SELECT count(*) FROM dag_run WHERE state IN ('queued', 'running') AND partition_key IN ({days})"
    ) or [(1,)]
    [(called,)] = airflow.rows(
        "SELECT count(*) FROM asset_partition_dag_run WHERE created_dag_run_id IS NULL"
    ) or [(1,)]
    return runs == 0 and called == 0


def test_three_days_backfilled_at_once_with_a_faulty_a_late_and_a_corrected_file(airflow, tmp_path):
    late = airflow.source / "account" / f"{DAYS[2]}.parquet"
    reference = ThreadPoolExecutor(1).submit(in_order, airflow, tmp_path / "by_hand")
    until("the reference has its own copy", lambda: (tmp_path / "by_hand" / "house").exists())
    came = late.read_bytes()
    late.unlink()
    faulty = airflow.source / "counter" / f"{DAYS[1]}.csv"
    mended = counter_faulty(faulty)
    corrected = airflow.source / "mobile" / f"{DAYS[0]}.jsonl"
    correction = mobile_shorter(corrected)
    with airflow.running():
        dags = [f"channel_day_{c}" for c in CHANNELS]
        until(
            "the DAGs are read",
            lambda: len(airflow.rows("SELECT dag_id FROM serialized_dag")) > len(dags),
        )
        with ThreadPoolExecutor(3) as pool:
            said = [pool.submit(airflow, "backfill", "create", "--dag-id", d, "--from-date", DAYS[0],
                                "--to-date", "2026-09-04", "--max-active-runs", "3") for d in dags]  # fmt: skip
        assert [s.result().returncode for s in said] == [0, 0, 0], said[0].result().stderr
        until(
            "the first delivery was taken",
            lambda: states(airflow, dags[2]).get((DAYS[0], "validate")) == "success",
        )
        until(
            "all customers are resolved",
            lambda: (
                "running"
                in [s for (_, t), s in states(airflow, "customers").items() if t == "resolve"]
            ),
        )
        corrected.write_bytes(correction)
        assert airflow("dags", "clear", dags[2], "--partition-key", DAYS[0], "-y").returncode == 0
        until(
            "the faulty file stopped its channel",
            lambda: states(airflow, dags[1]).get((DAYS[1], "standardise")) == "failed",
        )
        faulty.write_bytes(mended)
        assert airflow("dags", "clear", dags[1], "--partition-key", DAYS[1], "-y").returncode == 0
        until(
            "the late file is told",
            lambda: (
                airflow.home / "lake" / "runs" / "channel=account" / f"day={DAYS[2]}"
            ).exists(),
        )
        assert states(airflow, dags[0])[(DAYS[2], "lands")] == "deferred"
        late.write_bytes(came)
        until(
            "the late file was taken",
            lambda: states(airflow, dags[0]).get((DAYS[2], "validate")) == "success",
        )
        until("everything is quiet", lambda: is_quiet(airflow))
        expected = reference.result()
    found = tables(airflow.home / "house")
    assert {n: r for n, r in found.items() if r != expected.get(n)} == {}
    assert set(found) == set(expected)
    assert len(found["vault.core.customer"]) > 20
