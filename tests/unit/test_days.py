"""Which days are run: all that landed, however their names say the day; and all customers in the order of days."""

import random
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS
from pipelines.core.errors import ConfigError, OutageError
from pipelines.days import due, in_turn, planned
from pipelines.engine.lake import Lake
from pipelines.flow import bases, run_day, run_step
from tests.checked import World, person
from tests.factories import COUNTER, channel, pack_folder

FIRST, SECOND, THIRD = date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3)


def run_of(folder: Path, works, *channels) -> Run:
    pack = Pack(pack_folder(folder / "pack", *(COUNTER | c for c in channels)))
    lake = Lake(str(folder / "lake"), works)
    return Run(pack, works, lake, "", str(folder / "source"))


def landed(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


PATTERNS = [  # lands_at, what landed
    ("{day}.csv", ["2026-09-01.csv", "2026-09-02.csv"]),
    ("c_{day:%Y%m%d}.csv", ["c_20260901.csv", "c_20260902.csv"]),
    ("{day:%Y}/{day:%m}/{day:%d}.csv", ["2026/09/01.csv", "2026/09/02.csv"]),
    ("{day:%Y%m}/c-{day}.csv", ["202609/c-2026-09-01.csv", "202609/c-2026-09-02.csv"]),
    ("{day:%d.%m.%y}.csv", ["01.09.26.csv", "02.09.26.csv"]),
    ("{day:%Y-%j}.csv", ["2026-244.csv", "2026-245.csv"]),
    ("c[1]?{day:%Y%m%d}.csv", ["c[1]?20260901.csv", "c[1]?20260902.csv"]),
    ("{day:%Y年%m月%d日}.csv", ["2026年09月01日.csv", "2026年09月02日.csv"]),
]


@pytest.mark.parametrize(("lands_at", "names"), PATTERNS)
def test_without_a_day_every_day_that_landed_is_run(tmp_path, duckdb_engine, lands_at, names):
    landed(tmp_path, *names, "notes.txt")
    run = run_of(tmp_path, duckdb_engine, {"lands_at": lands_at})
    assert planned(run, None) == [(FIRST, ["counter"]), (SECOND, ["counter"])]


def test_channels_that_ask_for_the_day_are_run_on_each_and_others_on_the_last(
    tmp_path, duckdb_engine
):
    landed(tmp_path, "c_20260901.csv", "c_20260903.csv")
    database = {"lands_at": "postgresql://db/party", "table": "person"}
    run = run_of(
        tmp_path,
        duckdb_engine,
        {"lands_at": "c_{day:%Y%m%d}.csv"},
        {"name": "asked", **database, "query": "SELECT 1 WHERE day = :day"},
        {"name": "by_database", **database, "lands_at": "sqlite:////in/{day:%Y%m%d}.db"},
        {"name": "whole", **database, "query": "SELECT a::daytime FROM b"},
    )
    daily = ["asked", "by_database", "counter"]
    assert planned(run, None) == [(FIRST, daily), (THIRD, [*daily, "whole"])]


@pytest.mark.parametrize("lands_at", ["{day:%m%d}.csv", "{day:%H}.csv", "{day:%Q}.csv"])
def test_a_place_that_does_not_tell_the_year_is_refused_when_the_channel_is_read(lands_at):
    with pytest.raises(ValueError, match=r"does not tell its year"):
        channel(lands_at=lands_at)


def test_a_channel_that_bears_the_name_of_the_flow_over_all_is_refused_with_a_sentence(
    tmp_path, duckdb_engine
):
    run = run_of(tmp_path, duckdb_engine, {}, {"name": CUSTOMERS, "lands_at": "customers.csv"})
    assert run.pack.names == ("counter",)
    for ask in (
        lambda: planned(run, FIRST),
        lambda: planned(run, None, [CUSTOMERS]),
        lambda: run.pack.channel(CUSTOMERS),
    ):
        with pytest.raises(ConfigError, match=r"customers\.yaml.*give the channel, and its file"):
            ask()
    with pytest.raises(ValueError, match="is what the flow over all channels is called"):
        channel(name=CUSTOMERS)


@pytest.fixture
def world(tmp_path, duckdb_engine):
    """Two days, each run from `resolve` to `measure`, as notes tell."""
    made = World(tmp_path, duckdb_engine)
    for day in (FIRST, THIRD):
        made.checked("counter", person(f"K{day.day}"), day=day)
    ran(made)
    return made


def ran(world, **differs) -> list[date]:
    """Run every due day; the steps after `resolve` by their notes only."""

    days = []
    for day in in_turn(world.run):
        basis = bases(world.run)[day]
        world.resolved(day)
        for step in ("resolve", "mask", "publish", "measure"):
            said = {"outcome": "done", "of": basis} | differs.get(step, {})
            world.lake.note(CUSTOMERS, day, step, said)
        days.append(day)
    return days


def test_nothing_is_due_when_nothing_came_in(world):
    assert due(world.run) == []


def test_a_day_that_came_late_makes_itself_and_all_later_days_due(world):
    world.checked("counter", person("K9"), day=SECOND)
    assert due(world.run) == [SECOND, THIRD]
    assert ran(world) == [SECOND, THIRD]
    assert due(world.run) == []


def test_a_corrected_day_makes_itself_and_all_later_days_due(world):
    world.checked("counter", person("K1", full_name="欧阳另"), day=FIRST)
    assert ran(world) == [FIRST, THIRD]


def test_a_channel_that_came_late_makes_its_day_due(world):
    world.checked("mobile", person("M1"), day=THIRD)
    assert ran(world) == [THIRD]


def test_a_day_that_stopped_is_not_due_again_until_something_comes_and_an_outage_is(world):
    world.checked("counter", person("K9"), day=SECOND)
    assert ran(world, mask={"outcome": "stopped"}) == [SECOND, THIRD]
    assert due(world.run) == []
    world.checked("counter", person("K8"), day=THIRD)
    ran(world, publish={"outcome": "outage"})
    assert due(world.run) == [THIRD]


def test_a_day_that_somebody_has_to_mend_first_keeps_no_other_day_waiting(world):
    world.checked("counter", person("K9"), day=THIRD)
    ran(world, measure={"outcome": "outage"})
    assert due(world.run) == [THIRD]
    ran(world, measure={"outcome": "stopped"})
    assert due(world.run) == []


def test_a_run_killed_before_measure_is_due(world):
    world.checked("counter", person("K9"), day=THIRD)
    ran(world)
    world.lake.note(CUSTOMERS, THIRD, "measure", {"outcome": "done", "of": "something else"})
    assert due(world.run) == [THIRD]


def test_what_is_due_is_asked_anew_after_each_day(world):
    world.checked("counter", person("K9"), day=SECOND)
    days = in_turn(world.run)
    assert next(days) == SECOND
    world.checked("counter", person("K7"), day=FIRST)
    assert next(days) == FIRST


DELIVERIES = {  # what came, by channel and day, first and corrected: who is who depends on who came first
    ("counter", FIRST): [[person("K1", email="a@example.cn"), person("K2", full_name="欧阳乙")]],
    ("mobile", FIRST): [
        [person("M1", email="b@example.cn")],
        [person("M1", email="a@example.cn"), person("M3", email="c@example.cn")],
    ],
    ("counter", SECOND): [[person("K3", email="b@example.cn")], [person("K3", email="c@example.cn")]],
    ("mobile", SECOND): [[person("M2", full_name="欧阳乙", mobile="13900000007")]],
    ("counter", THIRD): [[person("K1", email="a@example.cn", mobile="13900000009")]],
    ("mobile", THIRD): [[person("M1", email="b@example.cn")]],
}  # fmt: skip


def in_some_order(seed: int) -> list[tuple[str, date, int]]:
    """Every delivery and correction; a correction comes some time after what it corrects."""
    chance = random.Random(seed)  # noqa: S311 - an order, no secret
    waiting = {place: list(range(len(versions))) for place, versions in DELIVERIES.items()}
    order = []
    while waiting:
        place = chance.choice(sorted(waiting))
        order.append((*place, waiting[place].pop(0)))
        if not waiting[place]:
            del waiting[place]
    return order


TELLS_OF_BEFORE = ("rows_before", "replaced_at", "ratio_before", "changed_at")
"""Columns that say what a correction replaced: they tell how it came about, not what stands."""


def stands(world, url: str) -> dict[str, list]:
    """What was resolved of each day, and every table of the warehouse but for what tells of the run."""
    found = {
        f"{day} {table}": name
        for day in (FIRST, SECOND, THIRD)
        for table, name in world.lake.manifest("resolved", CUSTOMERS, day).content.items()
    }
    differs = ("step_run", "access_log")
    for file in sorted(Path(url).glob("*.duckdb")):
        with duckdb.connect(str(file), read_only=True) as session:
            tables = session.execute(
                "SELECT table_schema, table_name FROM information_schema.tables ORDER BY ALL"
            ).fetchall()
            for schema, table in tables:
                if table not in differs:
                    sql = f'SELECT COLUMNS(lambda c: c NOT IN {TELLS_OF_BEFORE}) FROM "{schema}"."{table}"'
                    found[f"{file.stem}.{schema}.{table}"] = session.execute(sql).fetchall()
    return found


def world_with_warehouse(folder: Path, works) -> World:
    made = World(folder, works)
    url = f"duckdb:///{folder / 'warehouse' / 'warehouse.duckdb'}"
    (folder / "warehouse").mkdir()
    made.run = replace(made.run, warehouse=url)
    return made


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_of_deliveries_and_corrections_gives_what_the_right_order_gives(
    tmp_path, duckdb_engine, monkeypatch, seed
):
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "made-up-key-of-this-test")
    right, other = (world_with_warehouse(tmp_path / n, duckdb_engine) for n in ("right", "other"))
    for day in (FIRST, SECOND, THIRD):
        for channel_name in ("counter", "mobile"):
            right.checked(channel_name, *DELIVERIES[channel_name, day][-1], day=day)
        run_day(right.run, CUSTOMERS, day)
    published = []
    for number, (channel_name, day, version) in enumerate(in_some_order(seed)):
        other.checked(channel_name, *DELIVERIES[channel_name, day][version], day=day)
        if number % 3 == 0:
            for each in in_turn(other.run):
                run_day(other.run, CUSTOMERS, each)
                published += [each] if other.run.is_newest(each) else []
    for each in in_turn(other.run):
        run_day(other.run, CUSTOMERS, each)
    assert stands(other, tmp_path / "other" / "warehouse") == stands(
        right, tmp_path / "right" / "warehouse"
    )
    assert published == sorted(published), "readers saw a step back"


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def works(request):
    return request.getfixturevalue(f"{request.param}_engine")


def test_a_file_that_goes_away_while_a_step_reads_is_an_outage_and_is_retried(
    tmp_path, works, monkeypatch
):
    world = World(tmp_path, works)
    world.checked("counter", person("K1"))

    def reading(batch, run):
        rows = run.lake.over_days("checked", "counter", "individual", FIRST)
        path = Path(run.lake.paths("checked", "counter", FIRST)["individual"])
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        run.engine.keep(rows)

    with monkeypatch.context() as patched:
        patched.setattr("pipelines.steps.resolve.resolve", reading)
        with pytest.raises(OutageError, match="is gone that was there when the step began"):
            run_step(world.run, "resolve", CUSTOMERS, FIRST)
    assert world.lake.notes(CUSTOMERS, FIRST)["resolve"]["outcome"] == "outage"
    assert due(world.run) == [FIRST]


def test_a_correction_that_lands_while_all_customers_are_resolved_makes_the_day_due_again(
    tmp_path, duckdb_engine, monkeypatch
):
    from pipelines.steps.resolve import resolve

    world = World(tmp_path, duckdb_engine)
    world.checked("counter", person("K1"), person("K2"))

    def corrected_meanwhile(batch, run):
        made = resolve(batch, run)
        world.checked("counter", person("K1"))
        world.checked("counter", person("K3"))
        return made

    with monkeypatch.context() as patched:
        patched.setattr("pipelines.steps.resolve.resolve", corrected_meanwhile)
        run_step(world.run, "resolve", CUSTOMERS, FIRST)
    for step in ("mask", "publish", "measure"):
        of = world.lake.notes(CUSTOMERS, FIRST)["resolve"]["of"]
        world.lake.note(CUSTOMERS, FIRST, step, {"outcome": "done", "of": of})
    assert due(world.run) == [FIRST]


@pytest.mark.parametrize(
    "said",
    [
        {"schedule": "0 6 * *"},
        {"schedule": "61 6 * * *"},
        {"schedule": "@daily"},
        {"schedule": "0 6 * * 1", "lands": {"day_offset": 1}},
        {"lands": {"zone": "Asia/Peking"}},
        {"lands": {"day_offset": -1}},
    ],
)
def test_a_schedule_that_is_none_is_refused_when_the_channel_is_read(said):
    with pytest.raises(ValueError, match=r"schedule|time zone|day_offset"):
        channel(**said)


def test_of_which_days_a_file_is_expected_follows_from_its_schedule():
    weekly = channel(schedule="0 6 * * 1-3,7")  # 2026-09-01 is a Tuesday
    assert [weekly.is_expected(d) for d in (FIRST, SECOND, THIRD)] == [True, True, False]
    assert weekly.is_expected(date(2026, 9, 6))
    assert not channel(lands_at="counter.csv").is_expected(FIRST)
    assert channel(schedule="0 2 15 * 2").is_expected(FIRST)
    assert channel(lands={"day_offset": 3}, schedule="0 2 * * *").is_expected(THIRD)


ADDRESSES = [f"北京市海淀区中关村大街{n}号院3号楼2单元501室" for n in range(20, 30)]


def test_the_day_after_one_that_came_late_is_compared_with_it(tmp_path, duckdb_engine):
    columns = COUNTER["columns"] | {"网点": {"is": "branch"}}
    said = {FIRST: ["城东支行"] * 10, SECOND: ADDRESSES, THIRD: ADDRESSES}
    runs = {}
    for order in ("in order", "late"):
        runs[order] = run_of(tmp_path / order, duckdb_engine, {"columns": columns})
        for day, branches in said.items():
            lines = [
                f"K{n},某{n},女,1990-01-03,,1390000{day.day}00{n},,{b}"
                for n, b in enumerate(branches)
            ]
            text = "\n".join([",".join(["客户号", *columns]), *lines])
            landed(tmp_path / order, f"counter/{day}.csv")
            (tmp_path / order / "source" / "counter" / f"{day}.csv").write_text(text, "utf-8")
        days = list(said) if order == "in order" else [SECOND, THIRD, FIRST]
        for day in days:
            for step in ("ingest", "standardise", "detect"):
                run_step(runs[order], step, "counter", day)
    right, late = (
        [run.lake.manifest("profile", "counter", day).findings for day in said]
        for run in runs.values()
    )
    assert [f.what for f in right[1] if f.what.startswith("kind_new")] == ["kind_new:address"]
    assert late == right
