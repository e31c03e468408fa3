"""Detect: what nobody declared is found; what is declared must be what it is said to be."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipelines.channels.channel import Channel
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding
from pipelines.core.errors import OutageError, SourceError
from pipelines.engine.lake import Lake
from pipelines.engine.protocol import Engine
from pipelines.steps.detect import detect
from pipelines.steps.standardise import standardise
from tests.factories import channel, landed, pack_folder

DAY = date(2026, 9, 1)
ID = "110101199001030024"
MOBILE = "13900000001"


@pytest.fixture
def run(tmp_path: Path, duckdb_engine: Engine) -> Run:
    pack = Pack(pack_folder(tmp_path / "pack"))
    return Run(pack, duckdb_engine, Lake(str(tmp_path / "lake"), duckdb_engine), "")


def detected(
    run: Run, channel_: Channel, *rows: Mapping[str, str | None], day: date = DAY
) -> Batch:
    """What detect leaves of these rows, standardised before as the flow does."""
    batch = Batch(channel_.name, day, {"rows": run.engine.arrow(landed(*rows))})
    run.lake.write("staged", standardise(batch, channel_, run))
    return detect(batch, channel_, run)


def profile_of(run: Run, batch: Batch, column: str) -> list[dict[str, Any]]:
    rows = run.engine.fetch(batch.tables["profile"]).to_pylist()
    return [r for r in rows if r["column_name"] == column]


def test_every_source_column_has_its_evidence(run: Run) -> None:
    batch = detected(run, channel(), {"证件号码": ID})
    (identity, *_) = profile_of(run, batch, "证件号码")
    assert (identity["kind"], identity["proven"], identity["verdict"]) == ("resident_id", 1, True)
    assert profile_of(run, batch, "客户号")
    assert not profile_of(run, batch, "line")


def test_a_column_left_alone_that_is_personal_is_a_finding(run: Run) -> None:
    batch = detected(run, channel(ignored=["附加"]), *[{"附加": MOBILE} for _ in range(3)])
    assert batch.findings == (Finding("personal_undeclared", "rows", "附加", 3),)


def test_a_column_left_alone_that_reveals_nothing_is_none(run: Run) -> None:
    assert detected(run, channel(ignored=["附加"]), {"附加": "A1"}).findings == ()


STRANGERS = [
    ("备注说明", {"is": "branch"}, ID, "备注说明 (1 x resident_id)"),
    ("职位", {"is": "occupation"}, MOBILE, "职位 (1 x mobile)"),
    ("网点", {"is": "branch"}, "zhang@example.com", "网点 (1 x email)"),
]


@pytest.mark.parametrize(("column", "declared", "value", "said"), STRANGERS)
def test_identifiers_in_a_column_that_would_not_hide_them_stop_the_channel(
    run: Run, column: str, declared: dict[str, str], value: str, said: str
) -> None:
    columns = channel().model_dump(by_alias=True, exclude_none=True)["columns"] | {column: declared}
    with pytest.raises(SourceError) as stopped:
        detected(run, channel(columns=columns), {column: value})
    assert said in stopped.value.en
    assert said in stopped.value.zh
    assert "kind: opinion" in stopped.value.en
    assert value not in stopped.value.en + stopped.value.zh


def test_a_column_declared_as_free_text_may_hold_anything(run: Run) -> None:
    columns = channel().model_dump(by_alias=True, exclude_none=True)["columns"]
    columns |= {"网点": {"is": "branch", "kind": "opinion"}}
    assert detected(run, channel(columns=columns), {"网点": ID}).findings == ()


def test_one_document_in_place_of_another_is_no_stranger(run: Run) -> None:
    assert detected(run, channel(), {"证件号码": "EA1234567"}).findings == ()


def test_a_slip_of_the_pen_is_counted_and_stops_nothing(run: Run) -> None:
    columns = channel().model_dump(by_alias=True, exclude_none=True)["columns"] | {
        "职位": {"is": "occupation"}
    }
    rows = [{"客户号": f"K{i}", "职位": MOBILE if i == 0 else "工程师"} for i in range(40)]
    batch = detected(run, channel(columns=columns), *rows)
    assert batch.findings == (Finding("kind_unexpected:mobile", "rows", "职位", 1),)


def jobs(*said: str, **differs: Any) -> tuple[Channel, list[dict[str, str | None]]]:
    """The counter's channel with a declared column of jobs, and forty rows that hold `said` in turn."""
    columns = channel().model_dump(by_alias=True, exclude_none=True)["columns"]
    rows: list[dict[str, str | None]] = [
        {"客户号": f"K{i}", "职位": said[i % len(said)]} for i in range(40)
    ]
    return channel(columns=columns | {"职位": {"is": "occupation"}}, **differs), rows


def of_the_next_day(run: Run, before: list[str], today: list[str], **differs: Any) -> list[Finding]:
    """What detect finds on the day after one whose profile is in the lake."""
    run.lake.write("profile", detected(run, *_spread(jobs(*before))))
    batch = detected(run, *_spread(jobs(*today, **differs)), day=DAY + timedelta(days=1))
    return [f for f in batch.findings if f.column == "职位"]


def _spread(made: tuple[Channel, list[dict[str, str | None]]]) -> list[Any]:
    return [made[0], *made[1]]


FEW_MOBILES = ["工程师"] * 39 + [MOBILE]
NOT_SO = {"column": "职位", "kind": "mobile", "by": "王专员", "reason": "机构内部编号"}


def test_a_kind_that_was_not_there_the_day_before_is_a_finding(run: Run) -> None:
    found = of_the_next_day(run, ["工程师"], FEW_MOBILES)
    assert Finding("kind_new:mobile", "rows", "职位", 1) in found


def test_a_kind_that_was_there_the_day_before_is_no_news(run: Run) -> None:
    codes = [f.what for f in of_the_next_day(run, FEW_MOBILES, FEW_MOBILES)]
    assert codes == ["kind_unexpected:mobile"]


def test_what_a_steward_dismissed_is_no_finding(run: Run) -> None:
    assert of_the_next_day(run, ["工程师"], FEW_MOBILES, dismissed=[NOT_SO]) == []


def test_what_a_steward_dismissed_stops_nothing(run: Run) -> None:
    every = NOT_SO | {"share": 1}
    assert of_the_next_day(run, ["工程师"], [MOBILE], dismissed=[every]) == []


@pytest.mark.parametrize("rows", [3, 10])
def test_a_small_batch_is_not_stopped_because_one_cell_is_a_slip(run: Run, rows: int) -> None:
    said, made = jobs("工程师")
    made = [{**row, "职位": MOBILE if n == 0 else "工程师"} for n, row in enumerate(made[:rows])]
    found = detected(run, said, *made).findings
    assert Finding("kind_unexpected:mobile", "rows", "职位", 1) in found


@pytest.mark.parametrize("rows", [3, 10])
def test_a_small_batch_does_not_end_a_dismissal_because_of_one_cell(run: Run, rows: int) -> None:
    said, made = jobs("工程师", dismissed=[NOT_SO])
    made = [{**row, "职位": MOBILE if n == 0 else "工程师"} for n, row in enumerate(made[:rows])]
    assert detected(run, said, *made).findings == ()


def test_a_dismissal_ends_when_more_cells_say_so(run: Run) -> None:
    with pytest.raises(SourceError, match=r"职位 \(40 x mobile\)"):
        of_the_next_day(run, ["工程师"], [MOBILE], dismissed=[NOT_SO])


def test_a_declared_column_that_reveals_another_kind_is_a_finding(run: Run) -> None:
    names = [
        f"{family}{given}"
        for family in "王李张刘陈杨赵黄"
        for given in ("小明", "娜", "建国", "晓东", "丽华")
    ]
    said, rows = jobs(*names)
    found = detected(run, said, *rows).findings
    assert Finding("kind_unexpected:person_name", "rows", "职位", 40) in found
    not_so = NOT_SO | {"kind": "person_name", "share": 1}
    said, rows = jobs(*names, dismissed=[not_so])
    assert detected(run, said, *rows).findings == ()


@pytest.mark.parametrize("code", ["kind_unexpected", "kind_new"])
def test_a_finding_stops_the_channel_that_says_so(run: Run, code: str) -> None:
    with pytest.raises(SourceError, match=f"stops_on: .*1 x {code}:mobile") as stopped:
        of_the_next_day(run, ["工程师"], FEW_MOBILES, stops_on=[code])
    assert "dismissed:" in stopped.value.zh
    assert MOBILE not in stopped.value.en + stopped.value.zh


def test_a_personal_column_that_is_left_alone_stops_the_channel_that_says_so(run: Run) -> None:
    said = channel(ignored=["附加"], stops_on=["personal_undeclared"])
    with pytest.raises(SourceError, match="3 x personal_undeclared"):
        detected(run, said, *[{"附加": MOBILE} for _ in range(3)])


def test_a_dismissal_ends_when_check_digits_agree(run: Run) -> None:
    not_so = NOT_SO | {"kind": "resident_id", "share": 1}
    with pytest.raises(SourceError, match="resident_id"):
        of_the_next_day(run, ["工程师"], [ID], dismissed=[not_so])


def test_a_dismissal_that_knew_of_the_check_digits_does_not(run: Run) -> None:
    not_so = NOT_SO | {"kind": "resident_id", "proven": True, "share": 1}
    assert of_the_next_day(run, ["工程师"], [ID], dismissed=[not_so]) == []


def test_a_declared_kind_that_went_away_is_a_finding(run: Run) -> None:
    rows: list[dict[str, str | None]] = [{"客户号": f"K{i}"} for i in range(40)]
    run.lake.write("profile", detected(run, channel(), *rows))
    bare = [row | {"手机": "无"} for row in rows]
    next_day = DAY + timedelta(days=1)
    found = detected(run, channel(), *bare, day=next_day).findings
    assert found == (Finding("kind_vanished:mobile", "rows", "手机", 40),)
    said = [{"column": "手机", "kind": "mobile", "by": "王专员", "reason": "渠道停采"}]
    assert detected(run, channel(dismissed=said), *bare, day=next_day).findings == ()


def test_every_free_text_leaves_its_spans_and_says_so_where_there_are_none(run: Run) -> None:
    text = f"客户手机{MOBILE}已停用，身份证{ID}"
    batch = detected(
        run, channel(), {"客户号": "K1", "备注": text}, {"客户号": "K2", "备注": "已办结"}
    )
    row, nothing = sorted(
        run.engine.fetch(batch.tables["entity"]).to_pylist(), key=lambda r: r["source_id"]
    )
    assert (row["record"], row["source_id"], row["column_name"]) == ("individual", "K1", "remark")
    spans = json.loads(row["entities"])
    found = {(s["kind"], text[s["start"] : s["end"]]) for s in spans}
    assert {("mobile", MOBILE), ("resident_id", ID)} <= found
    assert all(0 < s["score"] <= 1 for s in spans)
    assert (nothing["source_id"], nothing["entities"]) == ("K2", "[]")


def test_a_channel_without_free_text_leaves_an_empty_table(run: Run) -> None:
    columns = {
        k: v
        for k, v in channel().model_dump(by_alias=True, exclude_none=True)["columns"].items()
        if k != "备注"
    }
    batch = detected(run, channel(columns=columns, ignored=["备注"]), {})
    assert run.engine.fetch(batch.tables["entity"]).num_rows == 0


def test_without_the_step_before_it_says_which(run: Run) -> None:
    batch = Batch("counter", DAY, {"rows": run.engine.arrow(landed({}))})
    with pytest.raises(OutageError, match="run standardise first"):
        detect(batch, channel(), run)
