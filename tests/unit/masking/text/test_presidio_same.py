"""Presidio with our recognisers, and the fast path: the same answers, no network."""

import json
import socket
from contextlib import suppress
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
from typer.testing import CliRunner

from masking.encoded import read_out
from masking.presidio import analyzer
from masking.text import FINDERS, detect_batch, detector
from pipelines.cli import app
from pipelines.core.errors import ConfigError, SourceError

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
    texts = [t for t in texts if read_out(t) is None]  # what is encoded, only the fast path reads
    found = BatchAnalyzerEngine(engine).analyze_iterator(texts, language)
    for text, results in zip(texts, found, strict=True):
        assert [(r.entity_type, r.start, r.end, r.score) for r in results] == fast(text)


def test_every_finder_is_registered_for_both_languages(engine: AnalyzerEngine) -> None:
    for language in ("zh", "en"):
        registered = {r.name for r in engine.get_recognizers(language)}
        assert registered == {finder.name for finder in FINDERS}


def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the network was asked for something")

    for asked in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, asked, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    text = "邮箱wang.xm@example.com，网站https://www.example.com.cn，客户王小明"
    for language in ("zh", "en"):
        assert analyzer().analyze(text, language)[0].entity_type == "EMAIL"
    assert detect_batch([text, "John Smith, john@example.co.uk"])[1]
    for models in ({"zh": "zh_core_web_nowhere"}, {"zh": made_up_model(tmp_path)}):
        with suppress(ConfigError):
            assert detector(models)([text])[0]


def test_a_model_that_is_not_installed_stops_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"zh_core_web_nowhere.* not installed"):
        analyzer({"zh": "zh_core_web_nowhere"})
    with pytest.raises(ConfigError, match="cannot be loaded"):
        analyzer({"zh": str(tmp_path)})
    with pytest.raises(ConfigError, match="no language fr"):
        analyzer({"fr": "fr_core_news_sm"})


def test_what_a_named_model_finds_is_added(tmp_path: Path) -> None:
    detect = detector({"zh": made_up_model(tmp_path)})
    texts = ["\ud800昨天丙在桃源，手机13812345678", "丙 wrote to john@example.com", None, ""]
    found = detect(texts)
    assert [(s.kind.value, s.start, s.end) for s in found[0]] == [
        ("person_name", 3, 4),
        ("address", 5, 7),
        ("mobile", 10, 21),
    ]
    assert [s.kind.value for s in found[1]] == ["person_name", "email"]
    assert found[2:] == [[], []]


def test_a_text_too_long_for_a_model_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="1,000,001 characters"):
        detector({"zh": made_up_model(tmp_path)})(["丙" * 1_000_001])


def test_the_command_and_a_pack_name_a_model(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    made_up_model(tmp_path / "pack" / "zh_made_up")
    pack = "organisation: x\ntoken_key: env:NONE\nmodels: {zh: zh_made_up}\n"
    (tmp_path / "pack" / "pack.yaml").write_text(pack)
    texts, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    texts.write_text('{"id": 1, "text": "昨天丙来过"}\n')
    asked = ["detect", str(texts), "-o", str(out), "--pack", str(tmp_path / "pack")]
    assert CliRunner().invoke(app, asked).exit_code == 0
    assert json.loads(out.read_text())["entities"][0]["kind"] == "person_name"
    (tmp_path / "pack" / "pack.yaml").write_text(pack.replace("zh_made_up", "zh_nowhere"))
    said = CliRunner().invoke(app, asked)
    assert said.exit_code == 2
    assert "zh_nowhere" in said.output


def made_up_model(folder: Path) -> str:
    """A model in a folder that knows three words, one of no kind of ours."""
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    words = {"丙": "PERSON", "桃源": "GPE", "昨天": "DATE"}
    ruler.add_patterns(
        [{"label": label, "pattern": [{"ORTH": c} for c in word]} for word, label in words.items()]
    )
    nlp.to_disk(folder)
    return str(folder)
