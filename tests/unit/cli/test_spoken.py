"""Help, and what is said of wrong use, in the reader's language."""

import re
from collections import Counter
from importlib.metadata import version

import pytest
import typer
from rich.cells import cell_len
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.cli.spoken import asked, in_chinese, wrong_in_chinese
from pipelines.core.errors import LANGUAGE

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def afterwards_in_english():
    yield
    CliRunner().invoke(app, ["--lang", "en", "--help"])
    LANGUAGE.set("en")


def commands():
    root = typer.main.get_command(app)
    return {"": root, **root.commands}


@pytest.mark.parametrize("name", commands())
def test_every_help_text_is_there_in_chinese(name):
    command = commands()[name]
    texts = [command.help, *(p.help for p in command.params if getattr(p, "help", None))]
    assert [t for t in texts if not HAN.search(in_chinese(t)) or in_chinese(t) == t] == []


@pytest.mark.parametrize(
    "words", [["--lang", "zh", "query", "--help"], ["--lang=zh", "query", "-h"]]
)
def test_help_in_chinese_has_no_english_sentence(words):
    said = CliRunner().invoke(app, words, env={"COLUMNS": "120"}).stdout
    for english in ("Usage", "Options", "Arguments", "Show this message", "[default", "[required"):
        assert english not in said
    for chinese in ("用法：", "选项", "参数", "显示本说明后退出", "[默认", "[必填]"):
        assert chinese in said


def test_the_environments_language_counts_where_none_is_asked_for():
    said = CliRunner().invoke(app, ["query", "--help"], env={"LANG": "zh_CN.UTF-8"}).stdout
    assert "用法：" in said
    said = CliRunner().invoke(app, ["query", "--help"], env={"LANG": "C.UTF-8"}).stdout
    assert "Usage" in said
    assert not HAN.search(said)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", commands())
def test_help_is_whole_at_80_columns(name, lang):
    words = ["--lang", lang, *name.split(), "--help"]
    narrow, wide = (
        CliRunner().invoke(app, words, env={"COLUMNS": str(n)}).stdout for n in (80, 250)
    )
    assert max(map(cell_len, narrow.splitlines())) <= 80
    assert Counter(re.sub(r"[\s─]", "", narrow)) == Counter(re.sub(r"[\s─]", "", wide)) | Counter(
        "│" * narrow.count("│")
    )


@pytest.mark.parametrize("name", commands())
def test_help_in_english_holds_no_chinese(name):
    said = CliRunner().invoke(app, ["--lang", "en", *name.split(), "--help"]).stdout
    assert not HAN.search(said)


def test_the_version_is_told_without_a_command():
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"mingce {version('mingce')}\n")


WRONG = [
    (["query"], "缺少参数"),
    (["links"], "缺少选项"),
    (["qury"], "没有命令 'qury'"),
    (["qury"], "是否应为 'query'"),
    (["query", "--nope", "x"], "没有选项 --nope"),
    (["query", "--tier"], "需要一个取值"),
    (["query", "a", "b"], "多余的参数"),
    (
        ["sample", "--pack", "p", "--out", "o", "--customers", "many"],
        "'--customers' 的取值无效：应为整数",
    ),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_wrong_use_is_told_in_chinese_and_stays_wrong_use(words, said):
    done = CliRunner().invoke(app, ["--lang", "zh", *words], env={"COLUMNS": "120"})
    assert done.exit_code == 2
    assert said in done.stderr
    assert "错误" in done.stderr
    for english in ("Error", "Try", "Usage", "Missing", "No such", "Invalid"):
        assert english not in done.stderr


@pytest.mark.parametrize("before", ["fr", "zh_TW", "english"])
@pytest.mark.parametrize(
    "words", [["query", "SELECT 1"], ["report", "--period", "2026", "-o", "x.html"]]
)
def test_a_language_nobody_speaks_is_refused_with_those_that_are(before, words):
    done = CliRunner().invoke(app, ["--lang", before, *words])
    assert done.exit_code == 2
    assert before in done.stderr
    assert "zh" in done.stderr
    assert "en" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["tables", "--lang", "zh", "--tier", "nobody"],
        ["tables", "--tier", "nobody", "--lang=zh"],
        ["--lang", "en", "tables", "--tier", "nobody", "--lang", "zh"],
    ],
)
def test_the_language_is_asked_for_anywhere_on_the_line(words):
    done = CliRunner().invoke(app, words, env={"LANG": "C.UTF-8"})
    assert done.exit_code == 2
    assert HAN.search(done.stderr)


def test_a_language_nobody_speaks_is_refused_wherever_it_stands():
    for words in (["tables", "--lang", "fr"], ["query", "SELECT 1", "--lang=fr"]):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 2
        assert "the languages are zh and en" in done.stderr
    done = CliRunner().invoke(app, ["tables", "--lang"])
    assert done.exit_code == 2
    assert "requires an argument" in done.stderr


def test_what_follows_two_dashes_is_no_option():
    assert asked(["query", "--lang", "en", "--", "--lang", "zh"]) == (
        "en",
        ["query", "--", "--lang", "zh"],
    )


def test_help_tells_the_language_once_before_the_commands():
    every = [p.name for command in commands().values() for p in command.params]
    assert every.count("lang") == 1
    assert "--lang" in CliRunner().invoke(app, ["--help"]).stdout


def test_a_report_in_a_language_nobody_speaks_is_refused(tmp_path):
    out = tmp_path / "x.html"
    done = CliRunner().invoke(app, ["report", "--period", "2026", "-o", str(out), "--lang", "fr"])
    assert done.exit_code == 2
    assert "zh and en" in done.stderr
    assert not out.exists()


def test_a_reason_without_translation_is_told_in_chinese_all_the_same():
    said = wrong_in_chinese("Invalid value for '--start': Input should be a moon, not a sun")
    assert said == "'--start' 的取值无效：不符合该选项的类型"
