"""The DAGs: one a channel, one for customers, each with an owner and a runbook; and they run."""

import json
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from pipelines.channels.pack import Pack
from tests.attacks.test_canaries import found
from tests.dags.conftest import PROJECT

pytestmark = pytest.mark.airflow
DAY = "2026-09-01"
PERSONAL = {"full_name", "id_number", "mobile", "email", "home_address", "bank_card"}
LOOK = """
import json
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(dag_folder={folder!r})
print(json.dumps({{"errors": bag.import_errors, "dags": {{
    d.dag_id: {{"owner": d.owner, "doc": d.doc_md, "tasks": [t.task_id for t in d.tasks]}} for d in bag.dags.values()
}}}}))
"""


@pytest.fixture(scope="module")
def bag(airflow):
    look = (
        airflow.home / "look.py"
    )  # a file: under `python -c` PySpark believes it is being tested, and exits
    look.write_text(LOOK.format(folder=str(PROJECT / "dags")), encoding="utf-8")
    said = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, str(look)],
        env=airflow.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(said.stdout.strip().splitlines()[-1])


def test_every_channel_has_a_dag_and_no_dag_fails_to_import(bag):
    channels = Pack(PROJECT / "packs" / "bank").names
    assert bag["errors"] == {}
    assert set(bag["dags"]) == {"customers", *(f"channel_day_{c}" for c in channels)}


def test_every_dag_has_an_owner_and_a_runbook(bag):
    for dag in bag["dags"].values():
        assert dag["owner"] not in ("", "airflow")
        assert "clear" in dag["doc"]


def test_a_channels_day_and_then_all_customers_run_in_airflow(airflow, bag):
    for channel in Pack(PROJECT / "packs" / "bank").names:
        if channel in ("counter", "mobile"):
            said = airflow("dags", "test", f"channel_day_{channel}", DAY)
            assert said.returncode == 0, said.stdout[-3000:]
    said = airflow("dags", "test", "customers")
    assert said.returncode == 0, said.stdout[-3000:]
    assert "state=success" in said.stdout + said.stderr


def test_a_faulty_delivery_fails_its_dag_and_nothing_of_a_customer_is_in_airflow(airflow, bag):
    path = airflow.home / "source" / "counter" / "2026-09-02.csv"
    lines = path.read_bytes().decode("gb18030").splitlines()
    path.write_bytes(
        "\n".join([lines[0] + ",鞋码", *(f"{line},44" for line in lines[1:])]).encode("gb18030")
    )
    said = airflow("dags", "test", "channel_day_counter", "2026-09-02")
    printed = said.stdout + said.stderr
    assert "unknown column" in printed
    assert "state=failed" in printed
    people = pq.read_table(
        airflow.home / "source" / "truth" / "entities_individual.parquet"
    ).to_pylist()
    values = {
        str(v) for p in people for c, v in p.items() if c in PERSONAL and v and len(str(v)) > 4
    }
    assert len(values) > 200
    places = [
        p for p in airflow.home.rglob("*") if p.is_file() and not {"source", "lake"} & set(p.parts)
    ]
    written = {str(p): p.read_bytes() for p in places if p.suffix != ".duckdb"}
    assert any(name.endswith("airflow.db") for name in written)
    assert {
        n for n, text in {**written, "printed": printed.encode()}.items() if found(values, text)
    } == set()
