"""`mingce scan`: any file, any database, no configuration."""

import json
import sqlite3
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines.cli import app

ID = "110101199001030024"
FIELDS = {"name", "kind", "score", "cells", "matches", "proven", "suspect", "labels", "reason"}


def scanned(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["scan", *arguments])
    return done.exit_code, done.output


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "客户.csv"
    path.write_text(f"姓名,证件号,数\n欧阳试,{ID},1\n张试,{ID},2\n", encoding="gb18030")
    return path


def test_a_file_is_answered_as_json(file: Path, tmp_path: Path) -> None:
    code, _ = scanned(str(file), "--json", str(tmp_path / "out.json"))
    said = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert code == 0
    assert (said["rows"], said["rejected"], said["encoding"]) == (2, 0, "gb18030")
    assert [c["kind"] for c in said["columns"]] == ["person_name", "resident_id", "plain"]
    assert all(set(c) >= FIELDS for c in said["columns"])
    assert said["columns"][1]["labels"]["jrt_0171_2020"] == "C2"
    assert said["lifted"]["general_sensitive"]["person_name"]["label"] == "sensitive"


def test_what_is_printed_can_be_read_and_holds_no_value(file: Path) -> None:
    code, printed = scanned(str(file))
    assert code == 0
    assert "resident_id" in printed
    assert ID not in printed
    assert "欧阳试" not in printed


def test_a_column_that_only_its_header_tells_says_so_once(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("诊断,职业\n甲,乙\n", encoding="utf-8")
    _, printed = scanned(str(tmp_path / "x.csv"), "--json", "-")
    told = [c["reason"] for c in json.loads(printed)["columns"]]
    assert told == ["only the header tells (诊断)", "only the header tells (职业)"]


def test_every_table_of_a_database_is_scanned(tmp_path: Path) -> None:
    path = tmp_path / "crm.sqlite"
    with sqlite3.connect(path) as crm:
        crm.execute("CREATE TABLE a (phone TEXT)")
        crm.execute("CREATE TABLE b (sex TEXT)")
        crm.execute("INSERT INTO a VALUES ('13900000001')")
        crm.execute("INSERT INTO b VALUES ('女')")
    for where in (str(path), f"sqlite:///{path}"):
        code, printed = scanned(where, "--json", "-")
        said = json.loads(printed)["sources"]
        assert code == 0
        assert {s["table"]: s["columns"][0]["kind"] for s in said} == {"a": "mobile", "b": "sex"}


def test_a_table_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    path = tmp_path / "crm.sqlite"
    with sqlite3.connect(path) as crm:
        crm.execute("CREATE TABLE a (phone TEXT)")
    code, printed = scanned(str(path), "--table", "z")
    assert code == 2
    assert "no table z among the 1" in printed


def test_a_missing_file_is_one_line_and_its_exit_code(tmp_path: Path) -> None:
    code, printed = scanned(str(tmp_path / "nothing.csv"))
    assert code in (1, 3)
    assert len(printed.strip().splitlines()) == 1


def test_a_column_of_cards_says_which_banks_they_are_of_and_no_number(tmp_path: Path) -> None:
    path, card = tmp_path / "cards.csv", "6222020000000000000"
    path.write_text(f"卡号,行\n{card},1\n{card},2\n6225880000000000,3\n", encoding="utf-8")
    code, printed = scanned(str(path), "--json", "-")
    said = json.loads(printed)["columns"][0]
    assert (code, said["kind"]) == (0, "bank_card")
    assert [(c["bank"], c["type"], c["cells"]) for c in said["cards"]] == [
        ("ICBC", "debit", 2),
        ("CMB", "debit", 1),
    ]
    assert "Industrial and Commercial Bank of China debit 2" in said["reason"]
    assert card not in printed


def test_what_stands_beside_something_sensitive_is_called_so_and_why(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f"证件号码,性别\n{ID},女\n", encoding="utf-8")
    said = json.loads(scanned(str(path), "--json", "-")[1])
    sex = next(c for c in said["columns"] if c["kind"] == "sex")
    assert sex["labels"]["general_sensitive"] == "sensitive"
    why = said["lifted"]["general_sensitive"]["sex"]
    assert (why["before"], why["because"]) == ("general", ["resident_id"])
    assert "beside resident_id" in scanned(str(path))[1]
    chinese = CliRunner().invoke(app, ["--lang", "zh", "scan", str(path)]).output
    assert "性别与居民身份证号码并存" in chinese
    assert "身份信息 敏感信息" in chinese


def test_a_table_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    path = tmp_path / "crm.sqlite"
    with sqlite3.connect(path) as crm:
        crm.execute("CREATE TABLE a (phone TEXT)")
        crm.execute("INSERT INTO a VALUES ('13900000001')")
        crm.execute("CREATE TABLE gone (x TEXT)")
        crm.execute("CREATE VIEW v AS SELECT * FROM gone")
        crm.execute("DROP TABLE gone")
    code, printed = scanned(str(path), "--json", "-")
    a, v = json.loads(printed)["sources"]
    assert (code, a["columns"][0]["kind"], v["columns"]) == (1, "mobile", [])
    assert "refuses" in v["error"]


def test_a_mixed_column_tells_all_its_kinds_with_their_counts(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_text(f"key\nBJ-{ID}-01\n{ID}/13900000001\nu1@example.com\n", encoding="utf-8")
    code, printed = scanned(str(path), "--json", "-")
    (column,) = json.loads(printed)["columns"]
    assert code == 0
    assert {k["kind"]: k["matches"] for k in column["kinds"]} == {
        "resident_id": 2, "mobile": 1, "email": 1,
    }  # fmt: skip
    assert (column["kind"], set(column["also"])) == ("resident_id", {"mobile", "email"})


def test_a_table_is_asked_of_databases_only(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "crm.sqlite"
    with sqlite3.connect(path) as crm:
        crm.execute("CREATE TABLE a (phone TEXT)")
    code, printed = scanned(str(path), str(file), "--table", "a", "--json", "-")
    assert (code, len(json.loads(printed)["sources"])) == (0, 2)


def test_every_sheet_of_a_workbook_is_scanned_and_called_by_its_place(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "张金雀"
    for sheet in (book.active, book.create_sheet("欧阳试试")):
        for row in (["编号", "电话"], ["1", "13900000001"], ["2", "13900000002"]):
            sheet.append(row)
    book.save(tmp_path / "two.xlsx")
    code, printed = scanned(str(tmp_path / "two.xlsx"), "--json", "-")
    said = json.loads(printed)["sources"]
    assert (code, [s["table"] for s in said]) == (0, ["sheet 1", "sheet 2"])
    assert [s["columns"][1]["kind"] for s in said] == ["mobile", "mobile"]
    assert "张金雀" not in printed
    assert "欧阳试试" not in printed


def test_names_with_a_dot_or_a_title_are_names_whatever_their_header(tmp_path: Path) -> None:
    names = ["阿迪力·买买提", "古丽娜尔·吐尔逊", "扎西 · 多吉", "王金雀先生", "李女士"] * 6
    text = "\n".join(["编号,对接", *(f"{i},{name}" for i, name in enumerate(names))])
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    said = json.loads(scanned(str(tmp_path / "a.csv"), "--json", "-")[1])
    assert said["columns"][1]["kind"] == "person_name"
