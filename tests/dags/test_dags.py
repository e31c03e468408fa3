"""The DAGs: what is parsed, what it costs, which day a run takes, and what a faulty file does to the others."""

import asyncio
import json
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from pipelines.channels.pack import Pack
from tests.attacks.test_canaries import found
from tests.dags.conftest import BANK, CHANNELS, PROJECT

pytestmark = pytest.mark.airflow
PERSONAL = {"full_name", "id_number", "mobile", "email", "home_address", "bank_card"}
LOOK = """
import json, resource, sys, time
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import (DAG, AssetAny, BaseOperator, CronPartitionTimetable, ExceptionRetryPolicy, Param,
    PartitionedAssetTimetable, task)
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.triggers.base import BaseTrigger
began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
bag = DagBag(dag_folder={folder!r})
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({{"errors": bag.import_errors, "seconds": time.process_time() - began, "mib": (after - before) / 1024,
    "loaded": sorted(sys.modules), "dags": {{d.dag_id: {{"owner": d.owner, "title": d.dag_display_name, "doc": d.doc_md,
    "day": d.params["day"] if "day" in d.params else "", "tasks": [t.task_id for t in d.tasks]}}
    for d in bag.dags.values()}}}}))
"""


def looked(tmp_path, folder=PROJECT / "dags", **variables):
    """What Airflow finds in a DAGs folder, in a process of its own."""
    look = tmp_path / "look.py"  # a file: under `python -c` PySpark believes it is being tested
    look.write_text(LOOK.format(folder=str(folder)), encoding="utf-8")
    said = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, str(look)],
        env={
            "PATH": "/usr/bin:/bin",
            "AIRFLOW_HOME": str(tmp_path / "home"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "PYTHONPATH": str(PROJECT),
            **variables,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(said.stdout.strip().splitlines()[-1])


def places(tmp_path, pack=BANK):
    return {
        "MINGCE_PACK": str(pack),
        "MINGCE_SOURCE": str(tmp_path / "source"),
        "MINGCE_LAKE": str(tmp_path / "lake"),
        "MINGCE_WAREHOUSE": f"duckdb:///{tmp_path}/warehouse.duckdb",
    }


@pytest.fixture
def pack(tmp_path):
    """A pack of our own to spoil."""
    return shutil.copytree(BANK, tmp_path / "pack")


def test_every_channel_has_a_dag_with_owner_title_and_what_to_do(tmp_path):
    bag = looked(tmp_path, **places(tmp_path))
    bank = Pack(BANK)
    assert bag["errors"] == {}
    assert set(bag["dags"]) == {"customers", *(f"channel_day_{c}" for c in bank.names)}
    for name in bank.names:
        dag, channel = bag["dags"][f"channel_day_{name}"], bank.channel(name)
        assert channel.owner in (dag["owner"], *dag["owner"].split(", "))
        assert channel.title in dag["title"]
        for said in (channel.owner, channel.lands_at, "清除", "缺少列", "Asia/Shanghai"):
            assert said in dag["doc"]
        assert date.fromisoformat(dag["day"]) >= date.today() - timedelta(days=2)  # noqa: DTZ011 - any zone's


def test_parsing_costs_little_and_imports_no_step(tmp_path):
    bag = looked(tmp_path, **places(tmp_path))
    assert bag["seconds"] <= 0.5 * 2, "twice what is promised, for a busy machine"
    assert bag["mib"] <= 120
    heavy = {"great_expectations", "splink", "pandas", "duckdb", "pyspark", "presidio_analyzer"}
    assert heavy & set(bag["loaded"]) == set()
    assert [m for m in bag["loaded"] if m.startswith("pipelines.steps")] == []


FAULTS = [  # what is written into a channel's file, what its DAG says
    (("lands_at:", "land_at:"), "land_at"),
    (('schedule: "0 3 * * *"', 'schedule: "0 33 * * *"'), "hour of a schedule"),
    (("record: individual", "record: [a, b"), "YAML"),
    (("name: counter", "name: kounter"), "kounter"),
]


@pytest.mark.parametrize(("written", "says"), FAULTS)
def test_a_faulty_channel_file_gives_a_dag_that_says_why_while_the_others_live(
    tmp_path, pack, written, says
):
    path = pack / "channels" / "counter.yaml"
    text = path.read_text(encoding="utf-8")
    assert written[0] in text
    path.write_text(text.replace(*written), encoding="utf-8")
    bag = looked(tmp_path, **places(tmp_path, pack))
    assert bag["errors"] == {}
    assert bag["dags"]["channel_day_counter"]["tasks"] == ["says_why"]
    assert says in bag["dags"]["channel_day_counter"]["doc"]
    assert "counter.yaml" in bag["dags"]["channel_day_counter"]["doc"]
    others = set(bag["dags"]) - {"channel_day_counter"}
    assert len(others) == len(Pack(BANK).names)
    assert all(bag["dags"][d]["tasks"] != ["says_why"] for d in others)


def test_a_channel_named_like_the_flow_over_all_gives_a_dag_that_says_so(tmp_path, pack):
    shutil.copy(pack / "channels" / "counter.yaml", pack / "channels" / "customers.yaml")
    bag = looked(tmp_path, **places(tmp_path, pack))
    assert "customers.yaml" in bag["dags"]["channel_day_customers"]["doc"]
    assert "resolve" in bag["dags"]["customers"]["tasks"]


@pytest.mark.parametrize("spoil", ["pack.yaml", "zone", "no pack", "no variable"])
def test_a_pack_that_cannot_be_read_gives_one_dag_that_says_why(tmp_path, pack, spoil):
    said = places(tmp_path, pack)
    if spoil == "pack.yaml":
        (pack / "pack.yaml").write_text("organisation: [", encoding="utf-8")
    elif spoil == "zone":
        with (pack / "pack.yaml").open("a", encoding="utf-8") as file:
            file.write("zone: Asia/Peking\n")
    elif spoil == "no pack":
        said["MINGCE_PACK"] = str(tmp_path / "nowhere")
    else:
        del said["MINGCE_LAKE"]
    bag = looked(tmp_path, **said)
    assert bag["errors"] == {}
    assert list(bag["dags"]) == ["mingce"]
    says = {"zone": "Asia/Peking", "no pack": "nowhere", "no variable": "MINGCE_LAKE"}
    assert says.get(spoil, "pack.yaml") in bag["dags"]["mingce"]["doc"]


FAULTY = [("quality.yaml", "validate"), ("tiers.yaml", "mask"), ("matching.yaml", "resolve")]


@pytest.mark.parametrize(("file", "step"), FAULTY)
def test_a_faulty_file_of_the_pack_stops_the_step_that_needs_it_with_its_sentence(
    tmp_path, pack, file, step
):
    from mingce_dags.tasks import Stopped, running
    from pipelines import flow
    from pipelines.core.batch import CUSTOMERS, Batch

    (pack / file).write_text("nonsense: true\n", encoding="utf-8")
    said = {n.removeprefix("MINGCE_").lower(): v for n, v in places(tmp_path, pack).items()}
    channel = CUSTOMERS if step in flow.ALL_CHANNELS else "counter"

    def ran():
        with running({**said, "engine": "", "prefix": ""}) as run:
            for layer in ("staged", "resolved"):
                run.lake.write(layer, Batch(channel, date(2026, 9, 1)))
            flow.run_step(run, step, channel, date(2026, 9, 1))

    with pytest.raises(Stopped) as stopped:
        ran()
    assert file in str(stopped.value.code)
    assert "第 1 行" in str(stopped.value.code)  # in the pack's language


def test_two_packs_in_one_airflow_share_no_name(tmp_path):
    folder = tmp_path / "dags"
    folder.mkdir()
    (folder / "ours.py").write_text(
        '"""airflow dag"""\nfrom mingce_dags import Settings, of_pack\n'
        'for name in ("north", "south"):\n'
        f"    globals().update(of_pack(Settings({str(BANK)!r}, 's', 'l', 'w', prefix=name + '_')))\n",
        encoding="utf-8",
    )
    bag = looked(tmp_path, folder)
    assert bag["errors"] == {}
    assert len(bag["dags"]) == 2 * (len(Pack(BANK).names) + 1)
    assert {d.split("_")[0] for d in bag["dags"]} == {"north", "south"}


def timetable(**said):
    from airflow.timetables.trigger import CronPartitionTimetable

    from mingce_dags.days import KEY

    return CronPartitionTimetable(key_format=KEY, **said)


ZONES = [  # zone, when it runs there, in UTC; the file of D lands on D+1 at 02:00
    ("Asia/Shanghai", datetime(2026, 9, 1, 18, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 9, 2, 6, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "tick"), ZONES)
def test_the_file_of_a_day_that_lands_on_the_next_is_that_days(zone, tick):
    import pendulum

    daily = timetable(cron="0 2 * * *", timezone=zone, run_offset=-1)
    assert daily._get_partition_info(run_date=pendulum.instance(tick))[1] == "2026-09-01"
    asked = (pendulum.datetime(2026, 9, 1), pendulum.datetime(2026, 9, 4))
    infos = daily.iter_partition_dagrun_infos(earliest=asked[0], latest=asked[1])
    assert [i.partition_key for i in infos] == ["2026-09-01", "2026-09-02", "2026-09-03"]


RUNS = [  # conf, partition, logical date, the form's day, the day taken
    ({"day": "2026-09-05"}, "2026-09-01", None, "2026-09-09", "2026-09-05"),
    (None, "2026-09-01", None, "2026-09-09", "2026-09-01"),
    ({}, None, datetime(2026, 9, 2, tzinfo=UTC), "2026-09-09", "2026-09-02"),
    ({}, None, None, "2026-09-09", "2026-09-09"),
]


@pytest.mark.parametrize(("conf", "key", "logical", "form", "day"), RUNS)
def test_which_day_a_run_takes(conf, key, logical, form, day):
    from mingce_dags.days import day_of

    run = SimpleNamespace(conf=conf, partition_key=key, logical_date=logical)
    assert day_of({"dag_run": run, "params": {"day": form}}) == date.fromisoformat(day)


def test_waiting_ends_when_the_file_is_there_or_the_time_is_over(tmp_path, monkeypatch):
    from mingce_dags.trigger import Landed

    monkeypatch.setattr("mingce_dags.trigger.LOOK_SECONDS", 0.05)

    async def waited(place, patience, comes=False):
        until = (datetime.now(UTC) + timedelta(seconds=patience)).isoformat()
        _, kept = Landed(str(place), until).serialize()
        if comes:
            asyncio.get_running_loop().call_later(0.2, place.touch)
        return [event.payload async for event in Landed(**kept).run()]

    assert asyncio.run(waited(tmp_path / "a.csv", 0.3)) == [False]
    assert asyncio.run(waited(tmp_path / "a.csv", 30, comes=True)) == [True]
    assert asyncio.run(waited("nowhere://a/b.csv", 0.1)) == [False]


def test_a_faulty_delivery_ends_with_its_sentence_and_nothing_of_a_customer_is_in_airflow(airflow):
    path = airflow.source / "counter" / "2026-09-02.csv"
    lines = path.read_bytes().decode("gb18030").splitlines()
    path.write_bytes(
        "\n".join([lines[0] + ",鞋码", *(f"{line},44" for line in lines[1:])]).encode("gb18030")
    )
    said = airflow("dags", "test", f"channel_day_{CHANNELS[1]}", "2026-09-02")
    printed = said.stdout + said.stderr
    assert "渠道 counter：" in printed
    assert "未知列" in printed or "未声明" in printed
    assert "请按上一行更正，再清除此任务" in printed
    assert "state=failed" in printed
    assert "Traceback" not in printed
    assert "retry_delay" not in printed  # it is not tried again
    people = pq.read_table(airflow.source / "truth" / "entities_individual.parquet").to_pylist()
    values = {
        str(v) for p in people for c, v in p.items() if c in PERSONAL and v and len(str(v)) > 4
    }
    assert len(values) > 40
    places = [
        p
        for p in airflow.home.rglob("*")
        if p.is_file() and not {"source", "lake", "house"} & set(p.parts)
    ]
    written = {str(p): p.read_bytes() for p in places} | {"printed": printed.encode()}
    assert any(name.endswith("airflow.db") for name in written)
    assert {n for n, text in written.items() if found(values, text)} == set()
