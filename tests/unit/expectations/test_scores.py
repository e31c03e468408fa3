"""Scores: one definition each of the whole, of being at target, of who is commended; and the page keeps to it."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.kpi import assets
from expectations.kpi.page import page
from expectations.kpi.page.numbers import percent, points
from expectations.kpi.quality import USUAL, Quality
from expectations.kpi.rows import rows
from expectations.kpi.scores import Commendation, Figure, Scored, overall, score, shares
from expectations.suites import SUITES, suite
from masking.tiers import tiers
from pipelines.core.batch import CUSTOMERS
from tests.unit.expectations.figures import CHANNELS, LAST, warehouse
from tests.unit.expectations.test_page import WORDS, Text, assessed
from warehouse.store import Change, open_store
from warehouse.tables import CORE, RECORDS, governance, quality

RULE = Commendation(("individual", "enterprise"), ("completeness", "accuracy"), 100)
GOOD = tuple(Figure(n, n, n, 1.0, 0.9, 1, 200, 200) for n in ("completeness", "accuracy"))


def figure(ratio: float | None, weight: float = 1, of: int = 100, target: float = 0.9) -> Figure:
    return Figure("made", "", "", ratio, target, weight, 0, of)


def channel(*figures: Figure, **differs: object) -> Scored:
    return replace(Scored("c", "C", "owner", figures, (), ("individual",)), **differs)  # type: ignore[arg-type]


def test_a_score_is_the_mean_of_what_was_measured_by_weight() -> None:
    assert score([figure(1.0, 3), figure(0.5, 1), figure(None, 96)]) == pytest.approx(0.875)
    assert score([figure(None, 1)]) is None
    assert figure(None, 1).gap == 0
    assert figure(0.8, 1).gap == pytest.approx(0.1)


ratios = st.none() | st.floats(0, 1)
figures = st.lists(st.builds(figure, ratios, st.floats(0.1, 9), st.integers(1, 10**6)), max_size=6)


@given(st.lists(figures, min_size=1, max_size=12))
def test_the_whole_lies_among_the_channels_it_is_made_of(channels: list[list[Figure]]) -> None:
    scores = [s for c in channels if (s := score(c)) is not None]
    whole = overall(channels)
    if not scores:
        assert whole is None
    else:
        assert whole is not None
        assert min(scores) - 1e-9 <= whole <= max(scores) + 1e-9


def test_what_few_channels_are_asked_does_not_pull_the_whole_below_nearly_all_of_them() -> None:
    most = [[figure(0.99, of=1000)]] * 10
    few = [[figure(0.99, of=1000), figure(0.5, of=100), figure(0.5, of=100)]] * 2
    whole = overall([*most, *few])
    assert whole is not None
    assert whole > 0.9  # pooled by indicator it would be 0.66, below ten of the twelve


def test_the_channels_shares_make_the_whole() -> None:
    channels = [
        channel(figure(0.9, of=300), name="a"),
        channel(figure(0.5, of=100), name="b"),
        channel(figure(None), name="c"),
    ]
    assert shares(channels) == {"a": 0.75, "b": 0.25}
    assert overall(c.figures for c in channels) == pytest.approx(0.75 * 0.9 + 0.25 * 0.5)


def test_a_channel_is_at_target_if_every_indicator_measured_of_it_is() -> None:
    assert channel(figure(0.9), figure(None)).is_met is True
    assert (
        channel(figure(1.0, 99), figure(0.89)).is_met is False
    )  # its score is far above every target
    assert channel(figure(None)).is_met is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_knows_one_definition_of_being_at_target(tmp_path: Path, language: str) -> None:
    said = assessed(warehouse(tmp_path, days=1))
    html = page(said, language)
    met = [c for c in said.channels if c.is_met]
    words = WORDS[language]
    assert html.count(f'<span class="badge good">{words["met"]}</span>') == len(met) + bool(
        said.overall.is_met
    )
    assert re.search(
        rf'{words["channels_met"]}</div>\s*<div class="value">{len(met)}<small> / {len(said.channels)}<',
        html,
    )
    short = {f.zh for c in said.channels for f in c.measured if not f.is_met}
    assert short
    assert html.count('class="short"') == sum(
        1 for c in [said.overall, *said.channels] for f in c.measured if not f.is_met
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_what_its_scores_are_and_shows_the_weights(
    tmp_path: Path, language: str
) -> None:
    said = assessed(warehouse(tmp_path, days=1))
    text = Text(page(said, language)).text
    assert WORDS[language]["defined"] in text
    for f in said.overall.figures:
        name = f.zh if language == "zh" else f.en
        assert (
            f"{name} {WORDS[language]['target']} {percent(f.target)} · {WORDS[language]['weight']} {f.weight:g}"
            in text
        )
    for share in shares(said.channels).values():
        assert percent(share) in text


@given(st.floats(0, 1), st.sampled_from([0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0]))
def test_what_a_number_reads_as_is_what_its_colour_says(value: float, target: float) -> None:
    value = round(value, 6)  # as the warehouse keeps it
    read = float(percent(value, target)[:-1])
    assert (read >= float(percent(target)[:-1])) is (figure(value, target=target).is_met)


def test_just_below_the_target_reads_below_it() -> None:
    assert percent(0.98996, 0.99) == "98.996%"
    assert percent(0.9896, 0.99) == "98.96%"
    assert percent(0.9901, 0.99) == "99.0%"
    assert points(0.0004) == "0.04"


def test_one_number_has_one_shade(tmp_path: Path) -> None:
    from expectations.kpi.assessment import Checked
    from expectations.kpi.page import _heat

    def cell(failed: int) -> Checked:
        return Checked("individual", "complete.sex", "sex", "completeness", 10_000, failed)

    assert percent(0.9904) == percent(0.9896) == "99.0%"
    assert _heat(cell(96)) == _heat(cell(104))


NOT_COMMENDED = {
    "core systems and stewards collect nothing of customers": {"records": ("account",)},
    "nobody owns it": {"owner": ""},
    "one indicator is short": {"figures": (*GOOD, figure(0.1))},
    "too little was counted": {"figures": tuple(replace(f, of=20) for f in GOOD)},
    "its completeness was not measured": {"figures": (GOOD[1], figure(1.0, of=900))},
    "nothing was measured": {"figures": ()},
}


@pytest.mark.parametrize("why", NOT_COMMENDED)
def test_a_channel_is_commended_by_the_declared_rule_only(why: str) -> None:
    assert RULE.holds(channel(*GOOD))
    assert not RULE.holds(replace(channel(*GOOD), **NOT_COMMENDED[why]))


def test_the_page_commends_by_the_rule_and_says_it(tmp_path: Path) -> None:
    url = warehouse(tmp_path, days=1)
    said = assessed(url)
    assert said.commendation is None
    assert "commend" not in Text(page(said, "en")).text
    store = open_store(url)
    rule = json.dumps({"records": ["individual"], "indicators": ["accuracy"], "at_least": 5})
    kept = {
        "day": LAST,
        "organisation": "样例银行",
        "rules": "",
        "code": "",
        "is_measured": 1,
        "commendation": rule,
    }
    store.replace([Change(quality.measurement, rows(quality.measurement, [kept]))])
    plans = [
        {"channel": c, "title": t, "owner": o, "records": r} for c, (t, o, r, _) in CHANNELS.items()
    ]
    store.replace([Change(governance.channel, rows(governance.channel, plans))])
    perfect = [
        {"indicator": "accuracy", "channel": c, "day": LAST, "numerator": 900, "denominator": 900, "ratio": 1,
         "target": 1, "weight": 1, "title_zh": "准确率", "title_en": "Accuracy", "dimension": "accuracy"}
        for c in (*CHANNELS, "customers")
    ]  # fmt: skip
    store.replace([Change(quality.indicator, rows(quality.indicator, perfect))])
    text = Text(page(assessed(url), "zh")).text
    named = {t for t, _, record, _ in CHANNELS.values() if record == "individual"}
    commended = re.search("拟表彰渠道：([^。]*)。", text)
    assert commended
    assert set(commended[1].split("、")) == named
    assert "采集个人客户信息、有责任部门、已度量准确率且计入检查不少于 5 次" in text


def test_the_coverage_names_the_columns_that_lower_it_and_who_sees_them(tmp_path: Path) -> None:
    url = warehouse(tmp_path, days=1)
    held = [
        {
            "table_name": f"core.{t}",
            "column_name": "postcode",
            "label_zh": "邮编",
            "channels": "counter",
            "shown_to": "service",
        }
        for t in ("individual", "customer")
    ]
    store = open_store(url)
    store.replace([Change(governance.asset_register, rows(governance.asset_register, held))])
    zh, en = (Text(page(assessed(url), language)).text for language in ("zh", "en"))
    own = "以明文显示的敏感列：个人客户·邮编（服务层）"
    assert f"网点柜面：{own}。" in zh
    assert "全部渠道：以明文显示的敏感列：统一视图·邮编（服务层）、个人客户·邮编（服务层）。" in zh
    assert "网点柜面: Sensitive columns shown clear: Individuals · postcode (service)." in en
    assert "One view · postcode (service)" in en


def one_channel(folder: Path) -> str:
    """A warehouse whose only channel masks all it has, while the one view made of it does not."""
    url = warehouse(folder, days=1)
    shown = [
        {"table_name": f"core.{table}", "column_name": column, "label_zh": label, "channels": by, "shown_to": "analyst"}
        for table, column, label, by in (
            ("customer", "province", "省份", "counter"), ("customer_history", "province", "省份", "counter"),
            ("customer", "postcode", "邮编", "corporate"),
        )
    ]  # fmt: skip
    figures = [
        {"indicator": "security", "channel": c, "day": LAST, "numerator": good, "denominator": of,
         "ratio": Decimal(good) / of if of else None, "target": 1, "weight": 2, "title_zh": "脱敏覆盖率",
         "title_en": "Masking coverage", "dimension": "security"}
        for c, good, of in (("counter", 6, 6), ("corporate", 0, 0), (CUSTOMERS, 8, 10))
    ]  # fmt: skip
    open_store(url).replace([
        Change(governance.asset_register, rows(governance.asset_register, shown)),
        Change(quality.indicator, rows(quality.indicator, figures)),
    ])  # fmt: skip
    return url


@pytest.mark.parametrize(
    ("language", "line", "columns"),
    [
        ("zh", "全部渠道的脱敏覆盖率为 80.0%",
         "统一视图·省份（分析层）、统一视图历史·省份（分析层）。"),
        ("en", "All channels: Masking coverage is 80.0%",
         "One view · province (analyst), History of the one view · province (analyst)."),
    ],
)  # fmt: skip
def test_columns_that_lower_the_coverage_and_are_no_channels_are_named_beside_it(
    tmp_path: Path, language: str, line: str, columns: str
) -> None:
    said = Text(page(assessed(one_channel(tmp_path)), language)).text
    assert line in said
    assert said.count(columns) == 2  # where it needs attention, and beside the figure
    assert (
        "统一视图·邮编" if language == "zh" else "One view · postcode"
    ) not in said  # of one not measured


def test_how_fresh_customers_are_is_asked_of_customers_only() -> None:
    timeliness = next(i for i in USUAL if i.name == "timeliness")
    for record in SUITES:
        counted = [c for c in suite(record) if timeliness.counts(c)]
        assert bool(counted) <= (record in ("individual", "enterprise", "institution"))


def test_a_rule_of_commendation_that_speaks_of_nothing_is_refused() -> None:
    for wrong in ({"indicators": ["beauty"]}, {"records": ["beauty"]}):
        with pytest.raises(ValueError, match="there is no beauty"):
            Quality.model_validate({"commended": wrong})
    assert Quality.model_validate({"commended": {"at_least": 7}}).commendation.at_least == 7


def test_scores_of_the_days_are_those_of_the_channels(tmp_path: Path) -> None:
    said = assessed(warehouse(tmp_path, days=3))
    on, whole = said.overall.days[-1]
    assert on == date(2026, 9, 30)
    assert whole == overall(c.figures for c in said.channels) == said.overall.score


def test_the_columns_named_are_those_that_the_coverage_lacks() -> None:
    filled = {(r, c.name): {"counter"} for r, t in RECORDS.items() for c in t.columns}
    who = tiers()
    named = [
        a
        for a in assets.register(
            filled, {"counter": dict.fromkeys(("owner", "purpose", "retention"), "")}, who
        )
        if a["shown_to"]
    ]
    count = assets.masked(who, assets.columns_of(CORE.values(), filled, "counter"))
    assert len(named) == count.of - count.good
