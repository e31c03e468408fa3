"""`mingce detect`, as a data engineer runs it."""

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app

CANARY = "金丝雀王小明"

BROKEN = [
    ('{"id": 2, "text": ', "line 2 is not JSON"),
    ('{"id": 2}', "line 2 has no"),
    ('["金丝雀"]', "line 2 has no"),
    ('{"id": 2, "text": 5}', "line 2 has a `text` that is no string"),
    ("[" * 100_000, "line 2"),
    ('{"id": NaN, "text": "x"}', "line 2 is not JSON"),
]


def run(source: Path, out: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["detect", str(source), "-o", str(out)])
    return result.exit_code, result.output


def test_every_line_gets_its_entities(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": 1, "text": "客户王小明来电，手机13812345678"},
        {"id": "b", "text": None},
        {"id": None, "text": ""},
        {"id": {"n": 3}, "text": "\ud800谢谢"},
    ]
    source.write_text("\ufeff" + "\n".join(map(json.dumps, lines)) + "\n\n", "utf-8")
    assert run(source, out) == (0, "")
    read = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [r["id"] for r in read] == [1, "b", None, {"n": 3}]
    assert [(e["kind"], e["start"], e["end"]) for e in read[0]["entities"]] == [
        ("person_name", 2, 5),
        ("mobile", 10, 21),
    ]
    assert set(read[0]["entities"][0]) == {"kind", "start", "end", "score"}
    assert [r["entities"] for r in read[1:]] == [[], [], []]


@pytest.mark.parametrize(("line", "said"), BROKEN)
def test_a_broken_line_is_named_by_its_number_and_nothing_is_written(
    tmp_path: Path, line: str, said: str
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "text": CANARY}) + "\n" + line + "\n", "utf-8")
    code, output = run(source, out)
    assert code == 1
    assert said in output
    assert "金丝雀" not in output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl"]


def test_bytes_that_are_no_text_are_named_by_their_line(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"id": 1, "text": "\xff\xfe"}\n')
    code, output = run(source, tmp_path / "out.jsonl")
    assert code == 1
    assert "line 1 is not JSON in UTF-8" in output


def test_a_file_that_is_not_there_stops_with_what_to_do(tmp_path: Path) -> None:
    code, output = run(tmp_path / "none.jsonl", tmp_path / "out.jsonl")
    assert code == 1
    assert "check the path" in output


def test_an_empty_file_gives_an_empty_file(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("")
    assert run(source, out) == (0, "")
    assert out.read_text() == ""


def test_a_packed_file_is_read_like_any_other(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl"
    packed = gzip.compress(json.dumps({"id": 1, "text": "手机13812345678"}).encode())
    source.write_bytes(packed)
    assert run(source, out) == (0, "")
    assert json.loads(out.read_text())["entities"][0]["kind"] == "mobile"
    source.write_bytes(packed[:-12])
    code, output = run(source, out)
    assert code == 1
    assert "truncated or damaged" in output


def test_the_texts_are_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "x"}\n')
    code, output = run(source, tmp_path / "." / "in.jsonl")
    assert code == 2
    assert "another file" in output
    assert source.read_text() == '{"id": 1, "text": "x"}\n'


@pytest.mark.parametrize("where", ["none/out.jsonl", ".", "/dev/null"])
def test_where_nothing_can_be_written_is_wrong_use(tmp_path: Path, where: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "x"}\n')
    code, output = run(source, tmp_path / where)
    assert code == 2
    assert where.rpartition("/")[0] in output
    assert Path("/dev/null").is_char_device()


def test_what_is_hidden_between_the_digits_counts_as_a_character(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    texts = [
        "电话1\u200b3\u200b8\u200b1\u200b2\u200b3\u200b4\u200b5\u200b6\u200b7\u200b8请回",
        "电话\u200f13812345678\u200f",
        "电话１３８１２３４５６７８",
        "\U0001f600\ud800电话13812345678\udfff",
    ]
    source.write_text("".join(json.dumps({"id": 1, "text": t}) + "\n" for t in texts))
    assert run(source, out) == (0, "")
    found = [json.loads(line)["entities"] for line in out.read_text().splitlines()]
    at = [(2, 23), (3, 14), (2, 13), (4, 15)]
    assert [(e["start"], e["end"]) for one in found for e in one] == at


@pytest.mark.parametrize("packed", [False, True])
def test_a_line_without_an_end_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr("masking.jsonl.LARGE", 1_000)
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    text = b'{"id": 1, "text": "a"}\n' + b" " * 5_000
    source.write_bytes(gzip.compress(text) if packed else text)
    code, said = run(source, out)
    assert code == 1
    assert "line 2 is longer than" in said
    assert not out.exists()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda p: p.symlink_to("/dev/zero")])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "in.jsonl")
    code, said = run(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert code == 1
    assert "is no file but a folder, a pipe or a device" in said
    assert not (tmp_path / "out.jsonl").exists()
