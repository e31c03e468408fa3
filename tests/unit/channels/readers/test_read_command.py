"""`mingce read`: one file in, Parquet and JSON Lines out, and a line of JSON that says what was found."""

import json

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipelines.cli import app

TEXT = "编号,姓名\n1,欧阳试\n2\n3,陈试\n"


def call(*arguments):
    return CliRunner().invoke(app, ["--lang", "en", "read", *map(str, arguments)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "made_up.csv"
    path.write_bytes(TEXT.encode("gb18030"))
    return path


def test_it_writes_the_files_own_columns_and_says_what_it_found(file, tmp_path):
    done = call(file, "-o", tmp_path / "out.parquet", "--rejects", tmp_path / "rejects.jsonl")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "encoding": "gb18030",
        "delimiter": ",",
        "header": ["编号", "姓名"],
        "rows": 2,
        "rejected": 1,
    }
    assert pq.read_table(tmp_path / "out.parquet").to_pylist() == [
        {"编号": "1", "姓名": "欧阳试"},
        {"编号": "3", "姓名": "陈试"},
    ]
    rejects = [
        json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text("utf-8").splitlines()
    ]
    assert rejects == [{"line": 3, "reason": "too few cells: 1 of 2", "raw": "2"}]


def test_what_streams_from_disk_is_written_the_same(file, tmp_path, monkeypatch):
    call(file, "-o", tmp_path / "held.parquet")
    monkeypatch.setattr("pipelines.channels.readers.reading.HELD_BYTES", 0)
    call(file, "-o", tmp_path / "streamed.parquet")
    assert pq.read_table(tmp_path / "streamed.parquet").equals(
        pq.read_table(tmp_path / "held.parquet")
    )


def test_an_unusable_source_is_one_line_and_exit_code_1(tmp_path):
    done = call(tmp_path / "none.csv", "-o", tmp_path / "out.parquet")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out.parquet").exists()


def test_an_error_is_told_in_chinese_where_asked(tmp_path):
    done = CliRunner().invoke(
        app, ["--lang", "zh", "read", str(tmp_path / "x"), "-o", str(tmp_path / "y.parquet")]
    )
    assert "文件不存在" in done.stderr


@pytest.mark.parametrize("wrong", [["--encoding", "utf-9"], ["--nosuch", "x"]])
def test_wrong_use_is_exit_code_2(tmp_path, file, wrong):
    assert call(file, "-o", tmp_path / "out.parquet", *wrong).exit_code == 2


def test_a_folder_that_is_not_there_is_wrong_use(file, tmp_path):
    done = call(file, "-o", tmp_path / "none" / "out.parquet")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr
