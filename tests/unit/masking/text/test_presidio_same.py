"""Presidio with our recognisers, and the fast path: the same answers, no network."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine

from masking.presidio import analyzer
from masking.text import FINDERS, detect_batch
from pipelines.core.errors import ConfigError

PARTS = st.sampled_from(
    [
        "客户", "王小明", "欧阳婉清", "买买提·吐尔逊",
        "先生", "来电", "手机", "13812345678",
        "138 1234 5678", "+86-13912345678", "电话010-62345678转8001", "身份证",
        "11010519491231002X", "110105194912310021", "卡号", "6222021234567890128",
        "尾号6688", "邮箱", "wang.xm@example.com", "微信号wxm_2020",
        "QQ12345678", "住北京市朝阳区晨光路88号院3号楼", "2单元502室", "深圳市腾飞科技有限公司",
        "工资", "25,000元", "余额3000.50元", "出生日期1990年1月1日",
        "2026-09-01", "订单号20260901123456789", "护照E12345678", "车牌京A12345",
        "粤B·D12345", "91350100M000100Y43", "IP 192.168.0.1", "职业：教师",
        "Anna Kowalski", "14 Crown Street", "Apt. 12", "call me at +44 20 7946 0018",
        "密码:abc123!", "验证码123456", "一三八零零一三八零零零", "，",
        "。", " ", "\n", "(",
        ")", "：", "《", "》",
        "\u200b", "\ud800", "１３８１２３４５６７８", "邮编100020",
        "年龄35岁", "汉族", "男",
    ]
)  # fmt: skip
TEXTS = st.lists(PARTS | st.text(max_size=4), max_size=14).map("".join)


@pytest.fixture(scope="module")
def engine() -> AnalyzerEngine:
    return analyzer()


def fast(text: str) -> list[tuple[str, int, int, float]]:
    return [(s.kind.value.upper(), s.start, s.end, s.score) for s in detect_batch([text])[0]]


@pytest.mark.parametrize("language", ["zh", "en"])
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS.filter(bool), min_size=1, max_size=4))
def test_the_fast_path_and_presidios_batch_engine_find_the_same(
    engine: AnalyzerEngine, language: str, texts: list[str]
) -> None:
    found = BatchAnalyzerEngine(engine).analyze_iterator(texts, language)
    for text, results in zip(texts, found, strict=True):
        assert [(r.entity_type, r.start, r.end, r.score) for r in results] == fast(text)


def test_every_finder_is_registered_for_both_languages(engine: AnalyzerEngine) -> None:
    for language in ("zh", "en"):
        registered = {r.name for r in engine.get_recognizers(language)}
        assert registered == {finder.name for finder in FINDERS}


def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the network was asked for something")

    monkeypatch.setattr(socket.socket, "connect", refused)
    text = "邮箱wang.xm@example.com，网站https://www.example.com.cn"
    assert analyzer().analyze(text, "zh")[0].entity_type == "EMAIL"


def test_a_model_that_is_not_installed_stops_with_what_to_do() -> None:
    with pytest.raises(ConfigError, match="zh_core_web_nowhere"):
        analyzer({"zh": "zh_core_web_nowhere"})
