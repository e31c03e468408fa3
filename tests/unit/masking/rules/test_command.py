"""`mingce mask`: one file, as a tier may see it; nothing half written, no value in what is said."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from pipelines.cli import app

NAMES = "客户姓名,手机,备注,说明\n"
ROWS = "欧阳试试,13900000001,请回电13900000001,=1+1\n张三,13900000002,,没有\n"


@pytest.fixture
def mingce(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "a key made up for the tests")

    def run(*words: str):
        return CliRunner().invoke(app, ["mask", *words])

    return run


@pytest.fixture
def table(tmp_path):
    (tmp_path / "in.csv").write_text(NAMES + ROWS, encoding="gb18030")
    return "in.csv"


def test_a_table_is_masked_and_what_was_done_is_said(mingce, table, tmp_path):
    done = mingce(table, "--tier", "service", "-o", "out.jsonl", "--kind", "说明=plain", "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["rows"] == 2
    assert {c["name"]: c["rule"] for c in said["columns"]} == {
        "客户姓名": "name", "手机": "keep_3_4", "备注": "spans_service", "说明": "clear",
    }  # fmt: skip
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert rows[0] == {
        "客户姓名": "欧阳**",
        "手机": "139****0001",
        "备注": "请回电139****0001",
        "说明": "=1+1",
    }
    assert "13900000001" not in done.output


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_it_is_written_as_its_ending_says(mingce, table, tmp_path, ending):
    out = tmp_path / f"out.{ending}"
    assert mingce(table, "--tier", "service", "-o", str(out), "--kind", "说明=plain").exit_code == 0
    if ending == "parquet":
        assert pq.read_table(out)["手机"].to_pylist() == ["139****0001", "139****0002"]
    elif ending == "xlsx":
        cells = list(load_workbook(out).active.iter_rows(values_only=True))
        assert cells[1] == ("欧阳**", "139****0001", "请回电139****0001", "=1+1")
        assert load_workbook(out).active["D2"].data_type == "s"
    else:
        assert '"139****0002"' in out.read_text()


def test_a_text_file_is_masked_line_by_line(mingce, tmp_path):
    (tmp_path / "note.txt").write_text(
        "请回电13900000001\r\n好的\r\n", encoding="utf-8", newline=""
    )
    assert mingce("note.txt", "--tier", "analyst", "-o", "out.txt").exit_code == 0
    assert (tmp_path / "out.txt").read_bytes().decode() == "请回电<手机号>\r\n好的\r\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["in.csv", "--tier", "boss", "-o", "out.csv"], "no tier 'boss'"),
        (["in.csv", "--tier", "service", "-o", "out.doc"], "written as one of"),
        (["in.csv", "--tier", "service", "-o", "away/out.csv"], "no such folder"),
        (["in.csv", "--tier", "service", "-o", "out.csv", "--kind", "手机"], "say COLUMN=KIND"),
        (
            ["in.csv", "--tier", "analyst", "-o", "out.csv", "--key", "env:NOT_SET_ANYWHERE"],
            "is not there",
        ),
        (["note.txt", "--tier", "partner", "-o", "out.txt"], "no free text"),
    ],
)
def test_wrong_use_ends_with_2_and_writes_nothing(mingce, table, tmp_path, words, says):
    (tmp_path / "note.txt").write_text("13900000001")
    done = mingce(*words)
    assert done.exit_code == 2
    assert says in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv", "note.txt"]


def test_more_rows_than_a_sheet_holds_are_refused_before_anything_is_written(tmp_path, monkeypatch):
    from masking import files
    from pipelines.core.errors import ConfigError

    monkeypatch.setattr(files, "SHEET_ROWS", 2)
    with pytest.raises(ConfigError, match="a sheet holds"):
        files.writer(tmp_path / "out.xlsx")(pa.table({"a": ["1", "2"]}))
    assert list(tmp_path.iterdir()) == []
