"""What is written opens in a spreadsheet without running anything."""

import csv

import openpyxl
import pyarrow as pa
import pytest

from masking.files import csv_lines, writer

ROWS = pa.table(
    {
        "=cmd|' /C calc'!A0": ["=1+1", "+8613900000001", "-2+3", None],
        "备注": ["＝HYPERLINK(1)", "平常", "@SUM(A1)", "\tx"],
        "金额": [-5.3, 2.0, None, 1.5],
        "笔数": [-1, 2, 3, None],
    }
)
TEXTS = [["'=1+1", "+8613900000001", "'-2+3", ""], ["'＝HYPERLINK(1)", "平常", "'@SUM(A1)", "'\tx"]]


def test_no_cell_and_no_header_of_a_csv_runs(tmp_path):
    writer(tmp_path / "a.csv")(ROWS)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["'=cmd|' /C calc'!A0", "备注", "金额", "笔数"]
    assert [list(column) for column in zip(*rows, strict=True)][:2] == TEXTS
    assert [row[2:] for row in rows] == [["-5.3", "-1"], ["2", "2"], ["", "3"], ["1.5", ""]]
    assert csv_lines(ROWS) == (tmp_path / "a.csv").read_text(encoding="utf-8")


def test_no_cell_and_no_header_of_a_workbook_runs(tmp_path):
    writer(tmp_path / "a.xlsx")(ROWS)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert [c.value for c in sheet["A"]] == [*ROWS.column_names[:1], *ROWS.column(0).to_pylist()]
    assert [c.quotePrefix for c in sheet["A"]] == [True, True, False, True, False]
    assert [c.value for c in sheet["C"]][1:] == [-5.3, 2, None, 1.5]


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet"])
def test_what_no_spreadsheet_opens_stays_as_it_is(tmp_path, name):
    from pipelines.channels.readers import open_source

    writer(tmp_path / name)(ROWS)
    read = open_source(str(tmp_path / name)).rows
    assert read.column("备注").to_pylist() == ROWS.column("备注").to_pylist()
