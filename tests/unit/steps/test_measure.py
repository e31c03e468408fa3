"""Measure: what happened is written whatever became of it; what was not measured is never good."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from expectations.kpi.happened import happened
from expectations.kpi.rows import arrow_type
from masking.kinds import Kind
from masking.rules import Key, Token
from masking.tiers import tiers
from pipelines.channels.missing import EXPECTED_OF
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS, Batch, Finding, Relation
from pipelines.core.errors import DataError, InternalError, OutageError
from pipelines.engine.lake import Lake
from pipelines.engine.protocol import Engine
from pipelines.steps import measure as measuring
from pipelines.steps.measure import measure
from tests.factories import COUNTER, pack_folder
from tests.unit.expectations.made import AS_OF, VALID, rows
from warehouse.guard import RefusalError
from warehouse.store import open_store
from warehouse.tables import CORE

COLUMNS = ("full_name", "sex", "id_type", "id_number", "mobile", "branch")
CHANNEL = COUNTER | {"columns": {c: {"is": c} for c in COLUMNS}}
EARLIER = date(2026, 9, 29)


@pytest.fixture
def run(duckdb_engine: Engine, tmp_path: Path) -> Run:
    url = f"duckdb:///{tmp_path}/warehouse.duckdb"
    open_store(url).publish(AS_OF, {}, tiers())
    pack = Pack(pack_folder(tmp_path / "pack", CHANNEL))
    return Run(pack, duckdb_engine, Lake(str(tmp_path / "lake"), duckdb_engine), url)


def asked(run: Run, sql: str) -> list[tuple[Any, ...]]:
    found = open_store(run.warehouse).read(sql, "steward").to_pylist()
    return [tuple(row.values()) for row in found]


def note(
    run: Run,
    step: str,
    outcome: str = "done",
    at: str = "10:00",
    day: date = AS_OF,
    channel: str = "counter",
) -> None:
    said: dict[str, Any] = {
        "outcome": outcome,
        "started_at": f"2026-11-21T{at}:00+00:00",
        "seconds": 1.5,
    }
    if outcome != "done":
        said |= {
            "message_en": "the file is empty: deliver it again",
            "message_zh": "文件为空，请重新报送",
        }
    run.lake.note(channel, day, step, said)


def leave(
    run: Run, layer: str, tables: Mapping[str, Relation], *findings: Finding, day: date = AS_OF
) -> None:
    run.lake.write(layer, Batch("counter", day, tables, findings))


def some(run: Run, n: int) -> Relation:
    return run.engine.arrow(pa.table({"line": pa.array(range(n), pa.int64())}))


def whole(
    run: Run,
    landed: int = 5,
    refused: int = 1,
    accepted: int = 4,
    aside: int = 1,
    day: date = AS_OF,
) -> None:
    leave(run, "landed", {"rows": some(run, landed)}, Finding("encoding", rows=1), day=day)
    leave(run, "quarantine/ingest", {"refused": some(run, refused)}, day=day)
    leave(
        run,
        "checked",
        {"individual": some(run, accepted)},
        Finding("code.sex", "individual", "sex", 2),
        day=day,
    )
    leave(run, "quarantine/validate", {"set_aside_individual": some(run, aside)}, day=day)
    for step in ("ingest", "standardise", "detect", "validate"):
        note(run, step, day=day)


def resolved(
    run: Run,
    *differs: Mapping[str, Any],
    customers: Relation | None = None,
    facts: Mapping[str, str] | None = None,
) -> None:
    current = rows(run.engine, "individual", *differs, resolved=True)
    tables = {"individual": current} | ({"customer": customers} if customers else {})
    run.lake.write("resolved", Batch(CUSTOMERS, AS_OF, tables, facts=facts or {}))
    note(run, "resolve", channel=CUSTOMERS)


def measured(run: Run) -> None:
    """As the flow does it: what the step leaves goes into the lake."""
    run.lake.write("measured", measure(Batch(CUSTOMERS, AS_OF), run))


def test_every_row_read_is_accounted_for(run: Run) -> None:
    whole(run)
    measured(run)
    sql = "SELECT outcome, step, rows_read, rows_accepted, rows_quarantined, rows_refused FROM quality.batch"
    assert asked(run, sql) == [("done", "validate", 6, 4, 1, 1)]


def test_rows_that_disappeared_are_not_passed_over(run: Run) -> None:
    whole(run, landed=9)
    with pytest.raises(DataError, match="9 rows landed, but 4 were accepted and 1 set aside"):
        measured(run)


def test_a_batch_that_stopped_is_kept_with_what_to_do_and_its_rows_are_not_known(run: Run) -> None:
    leave(run, "landed", {"rows": some(run, 5)})
    note(run, "ingest")
    note(run, "standardise", "stopped", at="10:01")
    measured(run)
    sql = (
        "SELECT outcome, step, rows_read, rows_accepted, message_en, message_zh FROM quality.batch"
    )
    assert asked(run, sql) == [
        (
            "stopped",
            "standardise",
            5,
            None,
            "the file is empty: deliver it again",
            "文件为空，请重新报送",
        )
    ]


def test_what_an_earlier_delivery_left_is_not_taken_for_the_one_that_stopped(run: Run) -> None:
    whole(run)
    note(run, "ingest", at="11:00")
    note(run, "standardise", "stopped", at="11:00")
    assert list(happened(run.lake, "counter", AS_OF).steps) == ["ingest", "standardise"]
    measured(run)
    assert asked(run, "SELECT outcome, step, rows_accepted FROM quality.batch") == [
        ("stopped", "standardise", None)
    ]
    assert asked(run, "SELECT step, what FROM quality.finding") == [("ingest", "encoding")]


def test_findings_and_steps_are_written_for_every_day(run: Run) -> None:
    whole(run)
    whole(run, day=EARLIER)
    measured(run)
    sql = "SELECT day, step, what, table_name, column_name, rows FROM quality.finding ORDER BY day, step"
    assert asked(run, sql) == [
        row
        for day in (EARLIER, AS_OF)
        for row in (
            (day, "ingest", "encoding", "", "", 1),
            (day, "validate", "code.sex", "individual", "sex", 2),
        )
    ]
    assert asked(run, "SELECT count(*), min(seconds) FROM quality.step_run") == [(8, 1.5)]


def test_a_row_that_fails_is_its_owners_to_correct(run: Run) -> None:
    resolved(
        run,
        {"source_id": "K1", "sex": "男", "branch": "城东支行"},
        {"source_id": "K2", "id_number": None},
        *({"source_id": f"K{n}", "branch": "城东支行", "mobile": None} for n in range(3, 9)),
    )
    measured(run)
    sql = (
        "SELECT channel, source_id, check_name, column_name, branch, owner FROM quality.violation "
        "WHERE check_name <> 'unique.id_number' ORDER BY source_id"
    )
    assert asked(run, sql) == [
        ("counter", "K1", "agrees.sex", "sex", "城东支行", "个人金融部"),
        ("counter", "K2", "complete.id_number", "id_number", None, "个人金融部"),
    ]


def test_the_steward_sees_the_key_of_a_row_that_fails_and_the_analyst_the_token_it_has_everywhere(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "made-up-key-of-this-test")
    pack = Pack(pack_folder(tmp_path / "by_mobile", CHANNEL | {"key": "mobile"}))
    by_mobile = replace(run, pack=pack)
    resolved(by_mobile, {"source_id": "13900000001", "id_number": None})
    measured(by_mobile)
    analysts = tiers()["analyst"].rule_for(Kind.KEY, "source_id")
    assert isinstance(analysts, Token)
    token = analysts.bound(Key.read("made-up-key-of-this-test")).hidden("13900000001")
    store = open_store(run.warehouse)
    sql = "SELECT source_id, check_name, column_name, day FROM violation"
    fails = {"check_name": "complete.id_number", "column_name": "id_number"}
    assert store.read(sql, "steward").to_pylist() == [
        fails | {"source_id": "13900000001", "day": AS_OF}
    ]
    assert store.read(sql, "analyst").to_pylist() == [
        fails | {"source_id": token, "day": f"{AS_OF:%Y-%m}"}
    ]
    for tier in ("service", "partner", "statistics"):
        with pytest.raises(RefusalError):
            store.read(sql, tier)
    folder = Path(run.warehouse.removeprefix("duckdb:///")).parent
    clear = [p.name for p in folder.iterdir() if p.is_file() and b"13900000001" in p.read_bytes()]
    assert clear in ([], ["vault.duckdb"])


def test_what_was_corrected_is_no_longer_listed(run: Run) -> None:
    resolved(run, {"sex": "男"})
    measured(run)
    assert asked(run, "SELECT count(*) FROM quality.violation") == [(1,)]
    resolved(run, {"sex": "女"})
    measured(run)
    assert asked(run, "SELECT count(*) FROM quality.violation") == [(0,)]


def test_checks_are_counted_by_branch(run: Run) -> None:
    given = [
        {"source_id": f"K{n}", "id_number": None, "branch": b}
        for n, b in enumerate([*["城东支行"] * 6, *["城西支行"] * 5, None])
    ]
    resolved(run, *given, {"source_id": "K90", "branch": "城西支行"})
    measured(run)
    sql = (
        "SELECT branch, checked, failed FROM quality.check_result "
        "WHERE check_name = 'complete.id_number' AND channel = 'counter' ORDER BY branch"
    )
    assert asked(run, sql) == [("", 1, 1), ("城东支行", 6, 6), ("城西支行", 6, 5)]


def test_an_indicator_is_the_share_that_is_good(run: Run) -> None:
    resolved(
        run,
        {"source_id": "K1", "sex": None},
        {"source_id": "K2", "id_number": None, "mobile": None, "email": None, "landline": None},
    )
    measured(run)
    sql = "SELECT channel, numerator, denominator FROM quality.indicator WHERE indicator = 'completeness'"
    # name, sex, contact, type and number of the document, for two rows; three are missing
    assert sorted(asked(run, sql)) == [("counter", 7, 10), (CUSTOMERS, 7, 10)]


def test_what_was_not_measured_is_empty_and_what_was_listed_stays(run: Run) -> None:
    resolved(run, {"sex": "男"})
    measured(run)
    note(run, "resolve", "stopped", channel=CUSTOMERS)
    measured(run)
    assert asked(run, "SELECT DISTINCT numerator, denominator, ratio FROM quality.indicator") == [
        (None, 0, None)
    ]
    assert asked(run, "SELECT count(*) FROM quality.violation") == [(1,)]
    assert asked(run, "SELECT is_measured FROM quality.measurement") == [(0,)]


def test_before_anything_was_resolved_what_happened_is_written_all_the_same(run: Run) -> None:
    whole(run)
    measured(run)
    assert asked(run, "SELECT count(*) FROM quality.batch") == [(1,)]
    assert asked(run, "SELECT count(*) FROM quality.indicator WHERE ratio IS NOT NULL") == [(0,)]


def test_the_one_view_is_checked_too_as_far_as_it_has_the_columns(run: Run) -> None:
    one = {"customer_id": "C1", "customer_type": "individual"} | VALID["individual"] | {"sex": None}
    attributes = {c: one.get(c) for c in ("customer_id", "customer_type", *VALID["individual"])}
    view = run.engine.arrow(pa.Table.from_pylist([attributes]))
    resolved(run, {}, customers=view)
    measured(run)
    sql = f"SELECT check_name, checked, failed FROM quality.check_result WHERE channel = '{CUSTOMERS}' AND failed > 0"
    assert asked(run, sql) == [("complete.sex", 1, 1)]
    sql = f"SELECT count(*) FROM quality.check_result WHERE channel = '{CUSTOMERS}' AND check_name LIKE 'agrees.%'"
    assert asked(run, sql) == [(4,)]
    assert asked(run, f"SELECT count(*) FROM quality.violation WHERE channel = '{CUSTOMERS}'") == [
        (0,)
    ]


def test_of_what_no_channel_collects_the_one_view_is_not_measured(run: Run) -> None:
    one = {"customer_id": "C1", "customer_type": "individual", "full_name": "欧阳试"}
    declared = CORE["customer"].columns
    attributes = ("customer_id", "customer_type", *VALID["individual"])
    types = [(n, arrow_type(declared[n].type)) for n in attributes if n in declared]
    view = run.engine.arrow(pa.Table.from_pylist([one], pa.schema(types)))
    resolved(run, {}, customers=view)
    measured(run)
    sql = f"SELECT check_name FROM quality.check_result WHERE channel = '{CUSTOMERS}' AND check_name LIKE 'complete.%'"
    named = {name for (name,) in asked(run, sql)}
    assert {"complete.full_name", "complete.id_type"} <= named
    nobodys = {"nationality", "occupation", "home_address", "id_expires_on"}
    assert not named & {f"complete.{c}" for c in nobodys}


def test_plans_and_assets_are_registered_with_their_labels(run: Run) -> None:
    measured(run)
    sql = "SELECT channel, title, owner, purpose FROM governance.channel"
    assert asked(run, sql) == [("counter", "网点柜面", "个人金融部", "service")]
    sql = (
        "SELECT kind, labels, channels FROM governance.asset_register "
        "WHERE table_name = 'core.individual' AND column_name = 'sex'"
    )
    [(kind, labels, channels)] = asked(run, sql)
    assert (kind, channels) == ("sex", "counter")
    assert (
        json.loads(labels)["general_sensitive"] == "sensitive"
    )  # beside an ID, what is general counts as sensitive
    sql = (
        "SELECT lifted, owners, purposes FROM governance.asset_register "
        "WHERE table_name = 'core.customer' AND column_name = 'sex'"
    )
    [(lifted, owners, purposes)] = asked(run, sql)
    why = json.loads(lifted)["general_sensitive"]
    assert why["before"] == "general"
    assert "resident_id" in why["because"]
    assert (owners, purposes) == ("个人金融部", "service")


def test_a_channel_whose_file_is_faulty_does_not_keep_the_others_from_being_measured(
    run: Run,
) -> None:
    (run.pack.folder / "channels" / "broken.yaml").write_text("name: [", encoding="utf-8")
    whole(run)
    measured(Run(Pack(run.pack.folder), run.engine, run.lake, run.warehouse))
    assert asked(run, "SELECT channel FROM quality.batch") == [("counter",)]


def test_measuring_twice_gives_the_same_tables(run: Run) -> None:
    whole(run)
    resolved(run, {"source_id": "K1", "sex": "男"}, {"source_id": "K2"})
    tables = ("batch", "finding", "violation", "check_result", "indicator", "measurement")
    seen = []
    for _ in range(2):
        measured(run)
        seen.append(
            [
                open_store(run.warehouse).read(f"SELECT * FROM quality.{t}", "steward")
                for t in tables
            ]
        )
    assert seen[0] == seen[1]


CHANGED = (
    "SELECT channel, indicator, ratio_before, ratio FROM quality.indicator WHERE changed_at IS NOT NULL "
    "AND indicator = 'completeness' ORDER BY channel"
)


def test_a_figure_that_is_not_what_it_was_is_told_with_what_it_was(
    run: Run, tmp_path: Path
) -> None:
    resolved(run, {"source_id": "K1"}, {"source_id": "K2", "id_number": None})
    measured(run)
    measured(run)
    assert asked(run, CHANGED) == []  # measured again with the same result: nothing is told
    resolved(run, {"source_id": "K1"}, {"source_id": "K2"})
    measured(run)
    told = [(c, "completeness", Decimal("0.900000"), Decimal(1)) for c in ("counter", CUSTOMERS)]
    assert asked(run, CHANGED) == told
    measured(run)
    assert asked(run, CHANGED) == told
    note(run, "resolve", "stopped", channel=CUSTOMERS)
    measured(run)  # not measured now: what was told is not forgotten
    note(run, "resolve", channel=CUSTOMERS)
    anew = replace(run, warehouse=f"duckdb:///{tmp_path}/anew/warehouse.duckdb")
    open_store(anew.warehouse).publish(AS_OF, {}, tiers())
    measured(anew)
    assert asked(anew, CHANGED) == told


def test_what_was_expected_of_a_day_and_has_not_come_is_said(run):
    whole(run, day=EARLIER)
    resolved(run, VALID)
    measured(run)
    sql = "SELECT channel, day, outcome, rows_read FROM quality.batch WHERE outcome = 'missing'"
    assert asked(run, sql) == [("counter", AS_OF, "missing", None)]
    whole(run)
    measured(run)
    assert asked(run, sql) == []


def test_a_channel_that_never_came_is_missing_of_every_day_that_was_run(run):
    resolved(run, VALID)
    measured(run)
    sql = "SELECT channel, day FROM quality.batch WHERE outcome = 'missing'"
    assert asked(run, sql) == [("counter", AS_OF)]
    whole(run, day=AS_OF + timedelta(1))  # nor does it help that it came later
    measured(run)
    assert asked(run, sql) == [("counter", AS_OF)]


def test_a_channel_that_is_new_in_the_pack_is_not_missing_of_the_days_before(run):
    resolved(run, VALID, facts={EXPECTED_OF: "other,another"})
    measured(run)
    assert asked(run, "SELECT count(*) FROM quality.batch WHERE outcome = 'missing'") == [(0,)]


def test_an_older_days_measure_leaves_the_list_of_violations_as_of_the_newest(run):
    resolved(run, {"sex": "雌"})
    measured(run)
    listed = asked(run, "SELECT source_id, check_name FROM quality.violation ORDER BY ALL")
    assert listed
    run.lake.write(
        "resolved",
        Batch(
            CUSTOMERS, EARLIER, {"individual": rows(run.engine, "individual", VALID, resolved=True)}
        ),
    )
    measure(Batch(CUSTOMERS, EARLIER), run)
    assert asked(run, "SELECT source_id, check_name FROM quality.violation ORDER BY ALL") == listed
    assert asked(run, "SELECT count(DISTINCT day) FROM quality.check_result") == [(2,)]


def test_a_check_that_cannot_be_counted_takes_neither_its_channel_nor_what_happened_with_it(
    run, monkeypatch
):
    counted = measuring.check_counts

    def failing(engine, flagged, checks, *more):
        if any(c.name == "complete.sex" for c in checks):
            raise ValueError("not of this world: 13900000001")
        return counted(engine, flagged, checks, *more)

    monkeypatch.setattr(measuring, "check_counts", failing)
    whole(run)
    resolved(run, {"source_id": "K1"}, {"source_id": "K2", "id_number": None})
    with pytest.raises(
        InternalError, match=r"not be measured: counter complete\.sex; all else"
    ) as e:
        measured(run)
    assert "139" not in str(e.value)
    assert asked(run, "SELECT outcome FROM quality.batch") == [("done",)]
    sql = "SELECT check_name, failed FROM quality.check_result WHERE channel = 'counter' AND "
    assert asked(run, sql + "check_name IN ('complete.sex', 'complete.id_number')") == [
        ("complete.id_number", 1)
    ]
    sql = "SELECT indicator, ratio IS NULL FROM quality.indicator WHERE channel = 'counter' AND "
    named = "indicator IN ('completeness', 'accuracy') ORDER BY 1"
    assert asked(run, sql + named) == [("accuracy", False), ("completeness", True)]
    monkeypatch.undo()
    measured(run)  # run again, all is measured
    assert asked(run, sql + named) == [("accuracy", False), ("completeness", False)]


def test_a_channel_that_cannot_be_counted_leaves_the_others_and_what_happened(run, monkeypatch):
    def stuck(*_):
        raise OutageError("the disk is full", "磁盘已满")

    monkeypatch.setattr(measuring.Meter, "channel", stuck)
    whole(run)
    resolved(run, {"source_id": "K1"})
    with pytest.raises(OutageError, match="not be measured: counter; all else was"):
        measured(run)
    assert asked(run, "SELECT outcome FROM quality.batch") == [("done",)]
    sql = "SELECT DISTINCT ratio FROM quality.indicator WHERE channel = 'counter' AND dimension <> 'security'"
    assert asked(run, sql) == [(None,)]


def test_rows_that_disappeared_of_one_day_leave_what_happened_on_the_others(run):
    whole(run, landed=9)
    whole(run, day=EARLIER)
    with pytest.raises(DataError, match="9 rows landed"):
        measured(run)
    assert asked(run, "SELECT day, outcome FROM quality.batch ORDER BY day") == [
        (EARLIER, "done"),
        (AS_OF, "stopped"),
    ]
