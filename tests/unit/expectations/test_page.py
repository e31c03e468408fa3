"""The report: what it says of a made-up quarter, in both languages, and that it is one honest file."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from expectations.kpi.assessment import Assessment, assessment
from expectations.kpi.page import page
from expectations.kpi.page.numbers import percent
from expectations.kpi.period import period
from expectations.kpi.rows import rows
from pipelines.cli import app
from pipelines.core.errors import ConfigError
from tests.unit.expectations.figures import CHANNELS, LAST, STOPPED_EN, STOPPED_ZH, warehouse
from warehouse.store import Change, open_store
from warehouse.tables import governance, quality

WORDS = yaml.safe_load(files("expectations.kpi.page").joinpath("words.yaml").read_text("utf-8"))
VOID = {"meta", "br", "link", "img", "rect", "line", "circle", "polyline"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return warehouse(tmp_path_factory.mktemp("made"))


def assessed(url: str, name: str = "2026Q3") -> Assessment:
    store = open_store(url)

    def read(sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        return store.read(sql, "steward", params).to_pylist()

    return assessment(read, period(name))


class Text(HTMLParser):
    """The words of a page, and whether its tags close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


def test_the_report_says_who_falls_short_what_stopped_and_what_to_correct(url: str) -> None:
    said = Text(page(assessed(url), "zh")).text
    assert "样例银行" in said
    assert "2026年第三季度客户信息质量评估报告" in said
    assert "数据截至 2026-09-30 · 期内度量 12 天" in said
    assert "第三方合作的准确率为 81.8%，低于目标 98.0%" in said
    assert STOPPED_ZH in said
    assert "城东支行" in said
    for title, owner, *_ in CHANNELS.values():
        assert title in said
        assert owner in said


def test_the_report_speaks_english_too(url: str) -> None:
    said = Text(page(assessed(url), "en")).text
    assert "Customer data quality assessment, Q3 2026" in said
    assert "is 81.8%, below the target of 98.0% by 16.2 points" in said
    assert STOPPED_EN in said
    assert not re.findall("综合得分|准确率|未度量|整改", said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_is_one_file_that_asks_nothing_of_the_network(url: str, language: str) -> None:
    html = page(assessed(url), language)
    assert Text(html).open == []
    assert not re.findall(r"<script|<link|<img|@import|url\(|https?://(?!www\.w3\.org)", html)


def test_the_same_warehouse_gives_the_same_report_to_the_byte(url: str, tmp_path: Path) -> None:
    again = warehouse(tmp_path)
    assert page(assessed(url), "zh") == page(assessed(again), "zh")


def test_what_is_written_in_a_table_is_text_and_never_markup(tmp_path: Path) -> None:
    url = warehouse(tmp_path, days=1)
    plan = [{"channel": "counter", "title": "<script>alert(1)</script>", "owner": "<b>"}]
    change = Change(governance.channel, rows(governance.channel, plan), {"channel": "counter"})
    open_store(url).replace([change])
    html = page(assessed(url), "en")
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_channel_that_was_not_measured_is_shown_so_and_leaves_the_score_alone(
    tmp_path: Path,
) -> None:
    url = warehouse(tmp_path, days=1)
    before = assessed(url).overall.score
    empty = [
        {"indicator": "accuracy", "channel": "late", "day": LAST, "denominator": 0, "target": 1, "weight": 9,
         "title_zh": "准确率", "title_en": "Accuracy", "dimension": "accuracy"}
    ]  # fmt: skip
    change = Change(quality.indicator, rows(quality.indicator, empty), {"channel": "late"})
    open_store(url).replace([change])
    said = assessed(url)
    late = next(c for c in said.channels if c.name == "late")
    assert (late.score, late.is_met) == (None, None)
    assert said.overall.score == before
    assert "not measured" in Text(page(said, "en")).text


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (1, "100.0%"), (0.99999, "99.999%"), (0.9994, "99.9%"), (0, "0.0%")],
)
def test_what_is_not_whole_never_reads_as_whole(value: float | None, shown: str) -> None:
    assert percent(value) == shown


def test_no_column_is_left_out_in_print() -> None:
    style = files("expectations.kpi.page").joinpath("style.css").read_text("utf-8")
    media = ""
    for line in style.splitlines():
        media = line if line.startswith("@media") else "" if line == "}" else media
        if re.search(r"[.]wid(e|est) \{ display: none", line):
            assert media.startswith("@media screen"), line


def test_rows_read_are_accounted_for_channel_by_channel(url: str) -> None:
    for delivered in assessed(url).delivered:
        assert delivered.is_conserved
        assert delivered.read == delivered.accepted + delivered.quarantined + delivered.refused
    third = next(d for d in assessed(url).delivered if d.channel == "third_party")
    assert (third.batches, third.stopped, third.unknown) == (13, 1, 1)


def test_the_snapshot_is_the_last_day_measured_in_the_period(url: str) -> None:
    assert assessed(url).day == LAST
    assert assessed(url, "2026-08").day == date(2026, 8, 26)
    assert len(assessed(url, "2026").overall.days) == 12


def test_one_day_has_no_trend_and_says_so(url: str) -> None:
    assert WORDS["en"]["one_day"] in Text(page(assessed(url, "2026-09-30"), "en")).text


def test_a_period_without_measurements_is_refused_with_what_to_do(url: str) -> None:
    with pytest.raises(ConfigError, match="nothing was measured in 2025Q1: run the flow"):
        assessed(url, "2025Q1")


def test_every_word_stands_in_both_languages() -> None:
    assert set(WORDS["zh"]) == set(WORDS["en"])
    for name, text in WORDS["zh"].items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", WORDS["en"][name]))


def test_the_command_writes_the_page_and_says_as_of_when(url: str, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    said = CliRunner().invoke(
        app, ["report", "--period", "2026Q3", "-o", str(out), "--lang", "en", "--warehouse", url]
    )
    assert said.exit_code == 0, said.output
    assert "as of 2026-09-30" in said.output
    assert out.read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--period", "soon"], "is no period"),
        (["--period", "2026Q3", "--lang", "fr"], "zh and en"),
    ],
)
def test_the_command_refuses_what_it_does_not_understand(
    url: str, tmp_path: Path, options: list[str], message: str
) -> None:
    out = tmp_path / "report.html"
    said = CliRunner().invoke(app, ["report", *options, "-o", str(out), "--warehouse", url])
    assert said.exit_code == 2
    assert message in said.output
    assert not out.exists()


def test_a_report_that_cannot_be_written_says_where(url: str, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "report.html"
    said = CliRunner().invoke(
        app, ["report", "--period", "2026Q3", "-o", str(out), "--warehouse", url]
    )
    assert said.exit_code == 2
    assert "nowhere" in said.output


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_day_that_came_again_and_a_figure_that_changed_are_told_with_what_was_before(
    tmp_path: Path, language: str
) -> None:
    url = warehouse(tmp_path, days=1)
    assert WORDS[language]["again"] not in Text(page(assessed(url), language)).text
    at = datetime(2026, 10, 2, 8, 30)
    again = {"channel": "mobile", "day": LAST, "outcome": "done", "rows_read": 1203, "rows_accepted": 1203,
             "rows_quarantined": 0, "rows_refused": 0, "rows_before": 2417, "replaced_at": at}  # fmt: skip
    other = {"indicator": "accuracy", "channel": "mobile", "day": LAST, "numerator": 9, "denominator": 10,
             "ratio": Decimal("0.9"), "target": 1, "weight": 1, "title_zh": "准确率", "title_en": "Accuracy",
             "dimension": "accuracy", "ratio_before": Decimal("0.90004"), "changed_at": at}  # fmt: skip
    open_store(url).replace([
        Change(table, rows(table, [row]), {"channel": "mobile"})
        for table, row in ((quality.batch, again), (quality.indicator, other))
    ])  # fmt: skip
    said = Text(page(assessed(url), language)).text
    words, title = WORDS[language], CHANNELS["mobile"][0]
    fewer = {"channel": title, "day": "2026-09-30", "rows": "1,203", "before": "2,417"}
    assert words["again_line"].format(**fewer) in said
    assert f"{title} 2026-09-30 2,417 1,203 2026-10-02 08:30" in said
    name = "准确率" if language == "zh" else "Accuracy"
    assert f"{title} {name} 2026-09-30 90.004% 90.000% 2026-10-02 08:30" in said
    assert words["changed"].format(n=1) in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_check_is_labelled_by_what_it_is_asked_of(url: str, language: str) -> None:
    said = Text(page(assessed(url), language)).text
    assert not re.findall(r"(individual|enterprise|account) · [a-z]+[.][a-z_]+", said)
    assert ("个人客户 · " if language == "zh" else "Individuals · ") in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_speaks_to_its_reader_and_not_of_files_and_column_names(
    url: str, language: str
) -> None:
    said = Text(page(assessed(url), language)).text
    assert "quality.yaml" not in said
    assert "fresh_days" not in said
    code = {"third_party", "call_centre"}  # of channels, in messages of the flow
    assert set(re.findall("[a-z]+_[a-z_]+", said)) <= code
    if language == "zh":
        assert not re.findall(
            r"[\u4e00-\u9fff] ?\(|\) ?[\u4e00-\u9fff。]|[）。] [\u4e00-\u9fff]*。", said
        )
        assert "数据管理员查询 quality.violation，分析人员查询 violation" in said
    else:
        assert "Updated date is not before registered date." in said
        assert "stewards ask quality.violation; analysts ask violation" in said


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "责任部门尚未指定"), ("en", "owner not named yet")]
)
def test_where_no_owner_is_named_the_report_says_so(
    tmp_path: Path, language: str, words: str
) -> None:
    url = warehouse(tmp_path, days=1)
    assert words not in Text(page(assessed(url), language)).text
    plan = [{"channel": "mobile", "title": "手机银行", "owner": ""}]
    open_store(url).replace(
        [Change(governance.channel, rows(governance.channel, plan), {"channel": "mobile"})]
    )
    said = Text(page(assessed(url), language)).text
    assert said.count(words) == 2  # beside its score, and beside what it has to correct


def test_items_to_correct_are_a_share_of_all_checks_made_also_where_none_fails(
    tmp_path: Path,
) -> None:
    url = warehouse(tmp_path, days=1)
    before = assessed(url).made
    clean = {"channel": "clean", "day": LAST, "record": "individual", "check_name": "valid.mobile", "branch": "",
             "dimension": "accuracy", "column_name": "mobile", "level": "warn", "checked": 70, "failed": 0}  # fmt: skip
    change = Change(quality.check_result, rows(quality.check_result, [clean]), {"channel": "clean"})
    open_store(url).replace([change])
    said = assessed(url)
    assert said.made == before + 70
    assert all(w.channel != "clean" for w in said.work)
