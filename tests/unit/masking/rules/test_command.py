"""`mingce mask`: one file, as a tier may see it; nothing half written, no value in what is said."""

import json
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
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


def test_every_sheet_of_a_workbook_is_masked_or_named_by_its_place(mingce, tmp_path):
    book = Workbook()
    book.active.title = "张金雀"
    for sheet in (book.active, book.create_sheet("欧阳试试"), book.create_sheet("藏")):
        for row in NAMES.splitlines() + ROWS.splitlines():
            sheet.append(row.split(","))
    book["藏"].sheet_state = "hidden"
    book.properties.creator, book.active["A2"].comment = "张金雀", Comment("张金雀", "张金雀")
    book.save(tmp_path / "in.xlsx")
    done = mingce("in.xlsx", "--tier", "analyst", "-o", "out.xlsx")
    assert done.exit_code == 0
    assert "hidden sheets, left out: 3" in done.stderr
    out = load_workbook(tmp_path / "out.xlsx")
    assert out.sheetnames == ["masked", "masked 2"]
    assert [sheet.max_row for sheet in out] == [3, 3]
    one = mingce("in.xlsx", "--tier", "analyst", "-o", "out.csv", "--json")
    assert json.loads(one.stdout)["sheets"] == {"read": [1], "not_read": [2], "hidden": [3]}
    assert "not read: 2" in mingce("in.xlsx", "--tier", "analyst", "-o", "out.csv").stderr
    with zipfile.ZipFile(tmp_path / "out.xlsx") as packed:
        written = b"".join(packed.read(name) for name in packed.namelist())
    for word in ("张金雀", "欧阳试试", "13900000001"):
        assert word.encode() not in written
        assert word not in done.output


@pytest.mark.parametrize("tier", ["partner", "statistics"])
def test_no_file_is_shown_row_by_row_to_those_who_see_groups(mingce, table, tmp_path, tier):
    done = mingce(table, "--tier", tier, "-o", "out.csv")
    assert (done.exit_code, (tmp_path / "out.csv").exists()) == (2, False)
    assert "mingce query" in done.stderr


CODED = [
    ("mail.eml", "From: 张金雀 <a@example.com>\nMIME-Version: 1.0\n\n5byg6YeR6ZuA\n"),
    ("mail.txt", "Received: from x\nContent-Transfer-Encoding: base64\n\n5byg6YeR6ZuA\n"),
    ("card.txt", "BEGIN:VCARD\nFN:张金雀\nEND:VCARD\n"),
    ("page.txt", "<!-- 客户 -->\n<p>&#24352;&#37329;&#38592;</p>\n"),
    ("page.csv", "<div>&#24352;,x</div>\n"),
    ("list.yaml", "- 姓名: 张金雀\n"),
    ("note.txt", "%PDF-1.7 张金雀"),
    ("note.log", "PK\x03\x04 张金雀"),
]


@pytest.mark.parametrize(("name", "text"), CODED)
def test_a_file_whose_writing_is_not_understood_is_refused(mingce, tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    out = "out.txt" if name.endswith((".txt", ".log")) else "out.csv"
    done = mingce(name, "--tier", "analyst", "-o", out)
    assert (done.exit_code, (tmp_path / out).exists()) == (1, False)
    assert "张金雀" not in done.output


@pytest.mark.parametrize("mark", ["|", "\t", ","])
def test_a_table_called_txt_is_masked_as_a_table(mingce, tmp_path, mark):
    rows = [["骑手编号", "骑手", "站点"], *(["QS3310", "白雪", "东站"], ["QS3311", "田野", "西站"])]
    (tmp_path / "in.txt").write_text("\n".join(map(mark.join, rows)) + "\n", encoding="gb18030")
    refused = mingce("in.txt", "--tier", "analyst", "-o", "out.txt")
    assert (refused.exit_code, (tmp_path / "out.txt").exists()) == (2, False)
    assert "every line has 3 columns" in refused.stderr
    assert mingce("in.txt", "--tier", "analyst", "-o", "out.csv").exit_code == 0
    written = (tmp_path / "out.csv").read_text()
    assert not any(word in written for word in ("QS33", "白雪", "田野"))


def test_a_file_is_not_written_over_itself(mingce, table, tmp_path):
    before = (tmp_path / table).read_bytes()
    done = mingce(table, "--tier", "service", "-o", table)
    assert (done.exit_code, (tmp_path / table).read_bytes()) == (2, before)
    assert "is the file itself" in done.stderr


def test_what_was_left_out_is_said(mingce, tmp_path):
    rows = "客户号,姓名,笔数\n1,张三,3\n客户号,姓名,笔数\n2,欧阳试试,4\n合计,,7\n制表人：张金雀,,\n"
    (tmp_path / "in.csv").write_text("名册\n" + rows, encoding="utf-8")
    done = mingce("in.csv", "--tier", "analyst", "-o", "out.csv")
    assert "rows left out: 3" in done.stderr
    assert "lines above the table, left out: 1" in done.stderr
    assert "张金雀" not in (tmp_path / "out.csv").read_text() + done.output


def test_what_parquet_says_of_itself_holds_no_value(mingce, tmp_path):
    rows = pa.table({"姓名": ["张金雀"] * 3, "n": [1, 2, 3]}).replace_schema_metadata(
        {"pandas": "张金雀"}
    )
    pq.write_table(rows, tmp_path / "in.parquet")
    assert mingce("in.parquet", "--tier", "analyst", "-o", "out.parquet").exit_code == 0
    assert "张金雀".encode() not in (tmp_path / "out.parquet").read_bytes()
