"""Validate: bad rows are set aside with their reason, a batch that is bad throughout stops, no row is lost."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.channels.channel import Channel
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import Batch
from pipelines.core.errors import ConfigError, DataError
from pipelines.engine.lake import Lake
from pipelines.engine.protocol import Engine
from pipelines.steps.validate import validate
from tests.factories import channel, pack_folder
from tests.unit.expectations.made import AS_OF, at, rows

COUNTER = channel(
    columns={
        c: {"is": c}
        for c in (
            "full_name",
            "sex",
            "birth_date",
            "id_type",
            "id_number",
            "mobile",
            "home_address",
            "updated_on",
        )
    }
)
CANARY = "Canary Ann"


def made(engine: Engine, folder: Path, **quality: Any) -> Run:
    pack = pack_folder(folder / "pack", **({"quality": quality} if quality else {}))
    return Run(Pack(pack), engine, Lake(str(folder / "lake"), engine), "")


def validated(
    run: Run, *differs: Mapping[str, Any], by: Channel = COUNTER, record: str = "individual"
) -> Batch:
    given_rows = rows(
        run.engine, record, *({"source_id": f"K{n}"} | dict(d) for n, d in enumerate(differs))
    )
    return validate(Batch(by.name, AS_OF, {record: given_rows}), by, run)


def table(run: Run, batch: Batch, name: str) -> list[dict[str, Any]]:
    return sorted(run.engine.fetch(batch.tables[name]).to_pylist(), key=str)


def test_a_sound_row_goes_on_unchanged(duckdb_engine: Engine, tmp_path: Path) -> None:
    run = made(duckdb_engine, tmp_path)
    done = validated(run, {})
    assert [r["source_id"] for r in table(run, done, "individual")] == ["K0"]
    assert table(run, done, "set_aside_individual") == []
    assert [v["check_name"] for v in table(run, done, "violation")] == []
    assert "set_aside_because" not in done.tables["individual"].columns


def test_a_row_that_warns_goes_on_and_is_listed(duckdb_engine: Engine, tmp_path: Path) -> None:
    twins = {
        "check": "unique.id_number",
        "left_out": True,
        "reason": "the rows here are one person",
    }
    run = made(duckdb_engine, tmp_path, overrides=[twins])
    done = validated(run, {"sex": "男"}, {}, {"sex": None})
    assert len(table(run, done, "individual")) == 3
    assert table(run, done, "violation") == [
        {"record": "individual", "source_id": "K0", "check_name": "agrees.sex"},
        {"record": "individual", "source_id": "K2", "check_name": "complete.sex"},
    ]
    assert {(f.what, f.table, f.column, f.rows) for f in done.findings} == {
        ("agrees.sex", "individual", "sex", 1),
        ("complete.sex", "individual", "sex", 1),
    }


def test_a_row_that_must_not_pass_is_set_aside_with_its_reason(
    duckdb_engine: Engine, tmp_path: Path
) -> None:
    run = made(duckdb_engine, tmp_path)
    done = validated(run, *[{}] * 99, {"source_id": None})
    assert len(table(run, done, "individual")) == 99
    [aside] = table(run, done, "set_aside_individual")
    assert aside["set_aside_because"] == "key.present"
    assert aside["full_name"] == "欧阳试"


def test_of_a_key_delivered_twice_the_row_last_changed_goes_on(
    duckdb_engine: Engine, tmp_path: Path
) -> None:
    run = made(
        duckdb_engine,
        tmp_path,
        overrides=[{"check": "key.unique", "mostly": 0.5, "reason": "a test"}],
    )
    old = {"source_id": "K9", "full_name": "旧名", "updated_on": date(2020, 1, 1)}
    new = {"source_id": "K9", "full_name": "新名", "updated_on": date(2026, 2, 1)}
    for both in ([old, new, {}], [new, {}, old]):
        done = validated(run, *both)
        assert "新名" in [r["full_name"] for r in table(run, done, "individual")]
        [aside] = table(run, done, "set_aside_individual")
        assert (aside["full_name"], aside["set_aside_because"]) == ("旧名", "key.unique")


def test_a_batch_in_which_too_much_fails_stops_whole_and_says_what_to_do(
    duckdb_engine: Engine, tmp_path: Path
) -> None:
    run = made(duckdb_engine, tmp_path)
    nobody = {
        "full_name": None,
        "id_number": None,
        "mobile": None,
        "email": None,
        "landline": None,
        "home_address": None,
    }
    with pytest.raises(DataError) as caught:
        validated(run, *[nobody] * 8, *[{"full_name": CANARY}] * 12)
    assert "individual.names.somebody fails in 8 of 20 rows" in caught.value.en
    assert "quality.yaml" in caught.value.en
    assert "共检查20行，8行不符" in caught.value.zh
    assert CANARY not in caught.value.en + caught.value.zh


NO_ONE = dict.fromkeys(("full_name", "id_number", "mobile", "email", "landline", "home_address"))
SMALL = [(1, 2), (2, 1), (1, 9), (2, 18)]
"""Rows that fail, and rows that do not: too few to say that the share is broken."""


@pytest.mark.parametrize(("bad", "good"), SMALL)
@pytest.mark.parametrize("wrong", [NO_ONE, {"source_id": None}])
def test_a_small_batch_is_not_stopped_for_a_row_or_two_they_are_set_aside_and_told(
    duckdb_engine: Engine, tmp_path: Path, wrong: dict[str, Any], bad: int, good: int
) -> None:
    run = made(duckdb_engine, tmp_path)
    done = validated(run, *[wrong] * bad, *[{}] * good)
    aside = table(run, done, "set_aside_individual")
    assert len(table(run, done, "individual")) == good
    assert len(aside) == bad
    assert {f.what: f.rows for f in done.findings}[aside[0]["set_aside_because"]] == bad


@pytest.mark.parametrize("rows", [1, 2, 3, 40])
def test_a_batch_of_which_every_row_fails_stops_however_small(
    duckdb_engine: Engine, tmp_path: Path, rows: int
) -> None:
    run = made(duckdb_engine, tmp_path)
    with pytest.raises(DataError, match=f"fails in {rows} of {rows} rows"):
        validated(run, *[NO_ONE] * rows)


def test_the_pack_decides_what_stops(duckdb_engine: Engine, tmp_path: Path) -> None:
    raised = {"check": "proven.id_number", "level": "stop", "mostly": 0.4, "reason": "a test"}
    run = made(duckdb_engine, tmp_path, overrides=[raised])
    done = validated(run, {"id_number": "110101199001030022"}, {})
    assert [r["source_id"] for r in table(run, done, "individual")] == ["K1"]
    [aside] = table(run, done, "set_aside_individual")
    assert aside["set_aside_because"] == "proven.id_number"


def test_several_reasons_are_all_told(duckdb_engine: Engine, tmp_path: Path) -> None:
    both = [
        {"check": name, "level": "stop", "mostly": 0.0, "reason": "a test"}
        for name in ("code.sex", "valid.mobile")
    ]
    run = made(duckdb_engine, tmp_path, overrides=both)
    done = validated(run, {"sex": "中", "mobile": "1"})
    [aside] = table(run, done, "set_aside_individual")
    assert aside["set_aside_because"] == "valid.mobile, code.sex"


def test_a_judgement_keeps_its_own_reason(duckdb_engine: Engine, tmp_path: Path) -> None:
    run = made(duckdb_engine, tmp_path)
    word = channel(
        record="judgement",
        columns={
            c: {"is": c}
            for c in (
                "other_channel",
                "other_source_id",
                "verdict",
                "judged_by",
                "judged_at",
                "reason",
            )
        },
    )
    said = {
        "other_channel": "mobile",
        "other_source_id": "M1",
        "verdict": "same",
        "judged_by": "S1",
        "reason": "同一证件",
    }
    said |= {
        "holder_channel": "counter",
        "holder_source_id": "K1",
        "judged_at": at("2026-09-01 09:00"),
    }
    done = validated(run, said, by=word, record="judgement")
    assert [r["reason"] for r in table(run, done, "judgement")] == ["同一证件"]


def test_a_batch_of_no_rows_passes(duckdb_engine: Engine, tmp_path: Path) -> None:
    run = made(duckdb_engine, tmp_path)
    some = rows(run.engine, "individual", {})
    none = run.engine.sql("SELECT * FROM some_rows WHERE FALSE", some_rows=some)
    done = validate(Batch("counter", AS_OF, {"individual": none}), COUNTER, run)
    assert table(run, done, "individual") == []
    assert done.findings == ()


def test_faulty_rules_stop_before_a_row_is_judged(duckdb_engine: Engine, tmp_path: Path) -> None:
    run = made(duckdb_engine, tmp_path, fresh_days=-1)
    with pytest.raises(ConfigError, match=r"quality\.yaml"):
        validated(run, {})


cell = st.sampled_from(
    [
        None,
        "",
        "无",
        "13900000001",
        "110101199001030024",
        "110101199001030022",
        "王",
        "欧阳试",
        "男",
        "女",
    ]
)


@settings(max_examples=8, deadline=None)
@given(
    said=st.lists(
        st.fixed_dictionaries({
            "source_id": st.sampled_from([None, "A", "B", "C", "D"]),
            "full_name": cell, "sex": cell, "id_number": cell, "mobile": cell,
            "unreadable": st.sampled_from(["", ",mobile,", ",sex,birth_date,"]),
        }),
        max_size=12,
    )
)  # fmt: skip
def test_whatever_the_rows_none_is_lost_and_every_failure_is_counted_as_it_is_listed(
    duckdb_engine: Engine, tmp_path_factory: pytest.TempPathFactory, said: list[dict[str, Any]]
) -> None:
    lenient = [{"check": "*", "mostly": 0.0, "reason": "a test"}]
    run = made(duckdb_engine, tmp_path_factory.mktemp("any"), overrides=lenient)
    with duckdb_engine.scope():
        done = validated(run, *said)
        kept, aside = table(run, done, "individual"), table(run, done, "set_aside_individual")
        listed = table(run, done, "violation")
    assert len(kept) + len(aside) == len(said)
    keys = [r["source_id"] for r in kept]
    assert None not in keys
    assert len(set(keys)) == len(keys)
    for finding in done.findings:
        assert finding.rows == sum(v["check_name"] == finding.what for v in listed)
    assert sum(f.rows for f in done.findings) == len(listed)
