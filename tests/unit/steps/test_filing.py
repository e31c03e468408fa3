"""Register and filing: what is held, by record and column; each purpose once; laws and standards by name."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from expectations.kpi.rows import rows
from masking.tiers import tiers
from pipelines.channels.channel import UNNAMED
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.cli import app
from pipelines.core.batch import CUSTOMERS, Batch
from pipelines.engine.lake import Lake
from pipelines.engine.protocol import Engine
from pipelines.steps.measure import measure
from tests.factories import COUNTER, PACK, pack_folder
from tests.unit.expectations.made import AS_OF
from warehouse.store import Change, open_store
from warehouse.tables import governance

COLUMNS = ("full_name", "sex", "id_type", "id_number", "mobile", "branch")
CHANNEL = COUNTER | {"columns": {c: {"is": c} for c in COLUMNS}}


@pytest.fixture
def run(duckdb_engine: Engine, tmp_path: Path) -> Run:
    url = f"duckdb:///{tmp_path}/warehouse.duckdb"
    open_store(url).publish(AS_OF, {}, tiers())
    pack = Pack(pack_folder(tmp_path / "pack", CHANNEL))
    return Run(pack, duckdb_engine, Lake(str(tmp_path / "lake"), duckdb_engine), url)


def asked(run: Run, sql: str) -> list[tuple[Any, ...]]:
    found = open_store(run.warehouse).read(sql, "steward").to_pylist()
    return [tuple(row.values()) for row in found]


def measured(run: Run) -> None:
    measure(Batch(CUSTOMERS, AS_OF), run)


@pytest.mark.parametrize("ending", ["csv", "json", "md"])
def test_a_chinese_filing_says_the_grade_and_its_name(
    run: Run, tmp_path: Path, ending: str
) -> None:
    measured(run)
    out = tmp_path / f"filing.{ending}"
    asked_for = ["--lang", "zh", "register", "--warehouse", run.warehouse, "-o", str(out)]
    assert CliRunner().invoke(app, asked_for).exit_code == 0
    said = out.read_text(encoding="utf-8-sig")
    for label in (
        "C2 可识别特定主体身份与金融状况的信息",
        "C1 机构内部使用的个人金融信息",
        "3级",
        "非个人金融信息",
    ):
        assert label in said
    assert not re.search("3 3级|none 非|sensitive 敏感", said)


@pytest.mark.parametrize(("lang", "words"), [("zh", "尚未指定"), ("en", "not named yet")])
def test_a_filing_says_that_no_owner_and_no_purpose_is_named_yet(
    run: Run, tmp_path: Path, lang: str, words: str
) -> None:
    new = CHANNEL | {"owner": UNNAMED, "purpose": [UNNAMED]}
    measured(replace(run, pack=Pack(pack_folder(tmp_path / "new", new))))
    said = filed(run, tmp_path, lang)
    assert said["channels"][0]["owner"] == words
    assert {c["owners"] for c in said["columns"]} == {words}
    assert UNNAMED not in json.dumps(said)


@pytest.mark.parametrize("ending", ["csv", "json", "md"])
def test_the_register_is_written_as_a_filing(run: Run, tmp_path: Path, ending: str) -> None:
    measured(run)
    out = tmp_path / f"filing.{ending}"
    asked_for = ["--lang", "zh", "register", "--warehouse", run.warehouse, "-o", str(out)]
    assert CliRunner().invoke(app, asked_for).exit_code == 0
    said = out.read_text(encoding="utf-8-sig")
    for word in (
        run.pack.file.organisation, "网点柜面", "个人金融部", "性别", "敏感信息",
        "居民身份证号码", "同一介质上",
    ):  # fmt: skip
        assert word in said
    if ending == "json":
        filing = json.loads(said)
        assert filing["channels"][0]["purpose"] == "提供服务"
        assert "姓名" in filing["channels"][0]["scope"]
        assert {s["version"] for s in filing["standards"]}


def two_channels(run: Run, folder: Path) -> Run:
    """A counter, and a channel that knows relations alone; both know a `since_on` or `mobile` of their own."""
    relation = {
        "name": "relation", "title": "客户关系", "owner": "零售金融部", "purpose": ["loyalty", "service", "service"],
        "lands_at": "relation/{day}.csv", "record": "relation", "key": "id",
        "columns": {c: {"is": c} for c in ("holder_source_id", "relation_type", "since_on")},
    }  # fmt: skip
    own = PACK | {"purposes": {"loyalty": {"zh": "会员积分计划", "en": "points"}}}
    counter = CHANNEL | {"purpose": ["service", "due_diligence"]}
    return replace(run, pack=Pack(pack_folder(folder / "two", counter, relation, pack=own)))


def filed(run: Run, folder: Path, lang: str = "zh") -> dict[str, Any]:
    out = folder / "filing.json"
    said = CliRunner().invoke(
        app, ["--lang", lang, "register", "--warehouse", run.warehouse, "-o", str(out)]
    )
    assert said.exit_code == 0, said.output
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8-sig"))
    return found


def test_what_is_registered_is_what_a_channel_fills_in_its_own_record(
    run: Run, tmp_path: Path
) -> None:
    both = two_channels(run, tmp_path)
    measured(both)
    sql = "SELECT table_name, column_name, channels FROM governance.asset_register"
    held = {(t, c): by.split(",") for t, c, by in asked(both, sql)}
    assert held["core.relation", "since_on"] == ["relation"]
    assert held["core.customer", "since_on"] == [
        "counter"
    ]  # made of customers' rows, not of relations
    assert held["core.individual", "mobile"] == ["counter"]
    assert held["core.customer", "mobile"] == ["counter"]
    for nobody in (
        ("individual", "wechat"), ("customer", "wechat"), ("customer", "has_account"), ("customer", "province"),
        ("enterprise", "mobile"), ("account", "balance"),
    ):  # fmt: skip
        assert (f"core.{nobody[0]}", nobody[1]) not in held


def test_a_filing_says_of_a_channel_what_it_collects_and_each_purpose_once_in_its_language(
    run: Run, tmp_path: Path
) -> None:
    both = two_channels(run, tmp_path)
    measured(both)
    said = filed(both, tmp_path)
    by_title = {c["title"]: c for c in said["channels"]}
    assert by_title["客户关系"]["scope"] == "关系类型、起始日"
    assert by_title["客户关系"]["purpose"] == "会员积分计划、提供服务"
    assert set(by_title["网点柜面"]["scope"].split("、")) == {
        "姓名",
        "性别",
        "证件类型",
        "证件号码",
        "手机",
        "网点",
    }
    english = filed(both, tmp_path, "en")
    assert {c["purpose"] for c in english["channels"]} == {
        "points, service",
        "service, due diligence",
    }
    of_key = next(
        c
        for c in said["columns"]
        if (c["table_name"], c["column_name"]) == ("core.relation", "channel")
    )
    assert (of_key["purposes"], of_key["channels"]) == ("会员积分计划、提供服务", "客户关系")


@pytest.mark.parametrize("ending", ["csv", "json", "md"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_filing_cites_laws_and_standards_and_no_page_of_ours(
    run: Run, tmp_path: Path, ending: str, lang: str
) -> None:
    measured(run)
    out = tmp_path / f"filing.{ending}"
    asked_for = ["--lang", lang, "register", "--warehouse", run.warehouse, "-o", str(out)]
    assert CliRunner().invoke(app, asked_for).exit_code == 0
    said = out.read_text(encoding="utf-8-sig")
    assert "REQUIREMENTS" not in said
    if (
        lang == "zh" and ending != "json"
    ):  # what it says in words is Chinese: no English sentence stands in it
        assert not re.findall(r"[A-Za-z]+ [a-z]+ [a-z]+ [a-z]+", said)


def test_labels_cite_no_page_of_ours() -> None:
    said = CliRunner().invoke(app, ["labels"]).output
    assert "REQUIREMENTS" not in said


def test_a_register_of_an_older_version_is_asked_to_be_made_anew(run: Run, tmp_path: Path) -> None:
    measured(run)
    store = open_store(run.warehouse)
    old = asked(run, "SELECT channel, title, owner, purpose FROM governance.channel")
    names = ("channel", "title", "owner", "purpose")
    plans = rows(governance.channel, [dict(zip(names, r, strict=True)) for r in old])
    store.replace([Change(governance.channel, plans)])
    out = tmp_path / "filing.md"
    said = CliRunner().invoke(app, ["register", "--warehouse", run.warehouse, "-o", str(out)])
    assert said.exit_code == 1
    assert "older version" in said.output
    assert "mingce run" in said.output
    assert not out.exists()


def test_a_register_that_cannot_be_written_says_so(run: Run, tmp_path: Path) -> None:
    asked_for = ["register", "--warehouse", run.warehouse, "-o"]
    said = CliRunner().invoke(app, [*asked_for, str(tmp_path / "filing.docx")])
    assert (said.exit_code, ".csv, .json, .md" in said.output) == (2, True)


def test_an_english_filing_marks_what_the_pack_gives_in_chinese_and_heads_standards_by_title(
    run: Run, tmp_path: Path
) -> None:
    measured(run)
    said = filed(run, tmp_path, "en")
    titles = {s["title"] for s in said["standards"]}
    assert titles.isdisjoint(s["name"] for s in said["standards"])
    for row in (*said["channels"], *said["columns"]):
        for head in set(row) - {"title", "label_zh", "scope", "meaning"}:
            if re.search("[\u4e00-\u9fff]", row[head]):
                assert "[zh] " in row[head], head
