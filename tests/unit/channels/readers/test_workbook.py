"""Workbooks: what a clerk's spreadsheet holds, read as a person reads it."""

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.styles import Font

from pipelines.channels.readers import open_source
from pipelines.core.errors import SourceError


@pytest.fixture
def book(tmp_path):
    """A function that saves sheets (rows by name), merged as told, and says where."""

    def save(merged=(), name="made_up.xlsx", **sheets):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            sheet = made.create_sheet(title)
            for row in rows:
                sheet.append(row)
            for cells in merged:
                sheet.merge_cells(cells)
        made.save(tmp_path / name)
        return str(tmp_path / name)

    return save


def cells(reading):
    return [tuple(row.values())[1:] for row in reading.rows.to_pylist()]


VALUES = [  # what the cell holds, how it reads
    ("欧阳试", "欧阳试"),
    (" 007 ", " 007 "),
    ("one\ntwo", "one\ntwo"),
    (42, "42"),
    (13900000001, "13900000001"),
    (110101199001030, "110101199001030"),
    (0.1 + 0.2, "0.3"),
    (1234.5, "1234.5"),
    (1e-5, "0.00001"),
    (2.5e20, "250000000000000000000"),
    (True, "true"),
    (date(1990, 1, 3), "1990-01-03"),
    (datetime(2026, 9, 1, 8, 5, 30, tzinfo=UTC).replace(tzinfo=None), "2026-09-01 08:05:30"),
    (time(8, 5), "08:05:00"),
    (timedelta(hours=30, minutes=5), "30:05:00"),
    (None, None),
]


@pytest.mark.parametrize(("held", "read"), VALUES)
def test_a_cell_reads_as_a_person_reads_it(book, held, read):
    reading = open_source(book(客户=[["编号", "值"], ["K1", held], ["K2", "x"]]))
    assert cells(reading) == [("K1", read), ("K2", "x")]


def test_a_whole_number_keeps_the_digits_that_the_file_holds(book, tmp_path):
    with zipfile.ZipFile(book(客户=[["证件号码", "金额"], [12345, 1.5], [67890, 2.5]])) as plain:
        parts = {name: plain.read(name) for name in plain.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"12345", b"110101199001030022")
    with zipfile.ZipFile(tmp_path / "by_program.xlsx", "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    reading = open_source(str(tmp_path / "by_program.xlsx"))
    assert cells(reading) == [("110101199001030022", "1.5"), ("67890", "2.5")]


def test_titles_and_blank_rows_stand_above_the_header_and_lines_are_the_sheets_own(book):
    rows = [["某某银行客户清单"], ["制表日期：2026-09-01"], [], ["客户号", "姓名", "手机"]]
    body = [["K1", "欧阳试", 13900000001], [], ["K2", "陈试", 13900000002]]
    reading = open_source(book(merged=["A1:C1"], 客户=[*rows, *body]))
    assert reading.facts["header"] == ["客户号", "姓名", "手机"]
    assert reading.facts["header_line"] == 4
    assert reading.rows.column("line").to_pylist() == [5, 7]


def test_a_header_of_merged_cells_gives_dotted_names(book):
    rows = [
        ["客户信息一览"],
        ["客户号", "客户信息", None, "联系方式", None],
        [None, "姓名", "性别", "手机", "住址"],
        ["K1", "欧阳试", "女", "13900000001", "某市"],
        ["K2", "陈试", "男", "13900000002", "某市"],
    ]
    reading = open_source(book(merged=["A1:E1", "A2:A3", "B2:C2", "D2:E2"], 客户=rows))
    assert reading.facts["header"] == [
        *("客户号", "客户信息.姓名", "客户信息.性别", "联系方式.手机", "联系方式.住址")
    ]
    assert cells(reading)[0] == ("K1", "欧阳试", "女", "13900000001", "某市")
    assert reading.kept == 2


def test_a_header_merged_downwards_only_is_one_name(book):
    rows = [["客户号", "姓名"], [None, None], ["K1", "欧阳试"], ["K2", "陈试"]]
    reading = open_source(book(merged=["A1:A2", "B1:B2"], 客户=rows))
    assert reading.facts["header"] == ["客户号", "姓名"]
    assert reading.kept == 2


def test_merged_cells_among_the_rows_stay_as_they_are(book):
    rows = [["机构", "姓名"], ["甲支行", "欧阳试"], [None, "陈试"]]
    assert cells(open_source(book(merged=["A2:A3"], 客户=rows))) == [
        ("甲支行", "欧阳试"),
        (None, "陈试"),
    ]


def test_a_table_that_begins_in_the_third_column_has_only_its_own_columns(book):
    rows = [
        [None, None, "客户号", "姓名"],
        [None, None, "K1", "欧阳试"],
        [None, None, "K2", "陈试"],
    ]
    reading = open_source(book(客户=rows))
    assert reading.facts["header"] == ["客户号", "姓名"]


def test_the_first_sheet_that_holds_anything_is_read_unless_one_is_named(book):
    place = book(说明=[], 客户=[["a", "b"], ["1", "x"]], 其他=[["c", "d"], ["2", "y"]])
    assert open_source(place).facts["sheet"] == "客户"
    assert open_source(place, sheet="其他").facts["header"] == ["c", "d"]
    with pytest.raises(
        SourceError, match="none of its 3 sheets is called '没有'; correct --sheet, or sheet:"
    ):
        open_source(place, sheet="没有")


def test_a_hidden_sheet_is_not_taken_for_the_first(tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["secret"])
    made.active.sheet_state = "hidden"
    made.create_sheet("客户").append(["a", "b"])
    made.save(tmp_path / "made_up.xlsx")
    assert open_source(str(tmp_path / "made_up.xlsx")).facts["sheet"] == "客户"


def test_formats_without_values_are_no_rows(tmp_path):
    made = openpyxl.Workbook()
    for row in (["a", "b"], ["1", "x"]):
        made.active.append(row)
    made.active["D40"].font = Font(bold=True)
    made.save(tmp_path / "made_up.xlsx")
    reading = open_source(str(tmp_path / "made_up.xlsx"))
    assert (reading.kept, reading.facts["header"]) == (1, ["a", "b"])


def test_a_workbook_without_a_cell_is_empty(book):
    with pytest.raises(SourceError, match="is empty"):
        open_source(book(客户=[]))


def test_a_protected_workbook_opens_with_its_password_and_only_with_it(book, tmp_path, monkeypatch):
    clear = book(客户=[["a", "b"], ["1", "x"]])
    with Path(clear).open("rb") as stream:
        packed = io.BytesIO()
        OOXMLFile(stream).encrypt("made-up-password", packed)
    (tmp_path / "locked.xlsx").write_bytes(packed.getvalue())
    place = str(tmp_path / "locked.xlsx")
    with pytest.raises(SourceError, match="is protected; give its password by reference"):
        open_source(place)
    monkeypatch.setenv("BOOK_PASSWORD", "wrong")
    with pytest.raises(SourceError, match="the password does not open it") as told:
        open_source(place, password="env:BOOK_PASSWORD")
    assert "wrong" not in str(told.value)
    monkeypatch.setenv("BOOK_PASSWORD", "made-up-password")
    reading = open_source(place, password="env:BOOK_PASSWORD")
    assert reading.rows.equals(open_source(clear).rows)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_is_said_to_be_so(book, tmp_path, share):
    whole = Path(book(客户=[["a", "b"], *([f"{i}", "x"] for i in range(500))])).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(SourceError, match="truncated or damaged"):
        open_source(str(tmp_path / "cut.xlsx"))


def test_a_number_is_read_with_the_zeros_its_cell_shows(tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["客户号", "邮编", "笔数"])
    for number in range(1, 4):
        made.active.append([number, 10010 + number, number])
    for row in made.active.iter_rows(min_row=2, max_col=2):
        for cell in row:
            cell.number_format = "000000"
    made.save(tmp_path / "made_up.xlsx")
    assert cells(open_source(str(tmp_path / "made_up.xlsx"))) == [
        ("000001", "010011", "1"),
        ("000002", "010012", "2"),
        ("000003", "010013", "3"),
    ]
