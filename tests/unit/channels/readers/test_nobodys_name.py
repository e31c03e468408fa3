"""No column is called after a person, and what stands around a table is told, not read as rows of it."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines.channels.readers import open_source
from pipelines.cli import app

PEOPLE = "欧阳试试,杭州市西湖区,会计\n张金雀,宁波市海曙区,司机\n"


def read(folder, text, name="made_up.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return open_source(str(path))


def names(reading):
    return [name for name in reading.rows.schema.names if name != "line"]


HEADERLESS = [  # first rows that are people
    PEOPLE,
    PEOPLE.replace(",", "\t"),
    PEOPLE.replace(",", "|"),
    PEOPLE.splitlines()[0],
    "张金雀\n欧阳试试\n",
    "会计,王 秀 兰\n司机,李国栋\n",
    "阿迪力·买买提,司机\n古丽娜尔·吐尔逊,会计\n",
    "李阿姨,已办\n张总,待办\n",
    "已办,WANG XIULAN\n待办,LI GUODONG\n",
    "巴特尔,司机\n苏日娜,会计\n乌兰图雅,护士\n斯琴高娃,教师\n",
]


@pytest.mark.parametrize("text", HEADERLESS)
def test_a_first_row_that_is_a_person_is_a_row(tmp_path, text):
    reading = read(tmp_path, text)
    assert names(reading) == [f"column_{i}" for i in range(1, len(names(reading)) + 1)]
    assert reading.kept == len(text.splitlines())


HEADERS = [  # real headers above people; what is left of them
    ("对接,电话\n张金雀,1\n欧阳试试,2\n", ["对接", "电话"]),
    ("成交状态,金额,高级\n关闭,1,2\n", ["成交状态", "金额", "高级"]),
    ("姓名,手机,王秀兰\n张金雀,1,2\n李国栋,1,2\n", ["姓名", "手机", "column_3"]),
    ("客户号,姓名,手机,,\n1,张金雀,2\n2,欧阳试试,3\n", ["客户号", "姓名", "手机"]),
    ("product,branch\nPassat,Mandarin\n", ["product", "branch"]),
]


@pytest.mark.parametrize(("text", "left"), HEADERS)
def test_a_header_is_kept_but_for_a_name_in_it(tmp_path, text, left):
    assert names(read(tmp_path, text)) == left


def test_a_key_of_a_json_object_that_is_a_person_names_no_column(tmp_path):
    text = json.dumps({"id": 1, "张金雀": {"手机": "1"}, "13900000001": "x"}, ensure_ascii=False)
    assert names(read(tmp_path, text, "made_up.json")) == ["id", "column_2", "column_3"]


def test_neither_read_nor_scan_prints_a_person_of_the_first_row(tmp_path):
    (tmp_path / "made_up.csv").write_text(PEOPLE, encoding="utf-8")
    for command in (["scan"], ["read", "-o", str(tmp_path / "out.parquet")]):
        done = CliRunner().invoke(app, [command[0], str(tmp_path / "made_up.csv"), *command[1:]])
        assert done.exit_code == 0
        assert "欧阳试试" not in done.output
        assert "column_1" in done.output


SOMEBODYS = [
    "司徒美堂",
    "김민수",
    "O'BrienSiobhán",
    "Nguyễn_Thị_Hạnh",
    "阿依古丽",
    "乌恩其",
    "山田太郎",
    "Иванов",
    "白云",
    "高峰",
    "李阿姨",
    "老张",
    "Wang_Xiaoming",
    "WANGXIAOMING",
    "li_na",
    "liu.yang",
    "maria",
    "wang_wei",
    "li_na",
    "liu.yang",
    "maria",
    "wangxiaoming",
    "13900000001",
    "联系人.欧阳试试",
]
HEADS = [
    "客户号",
    "姓名",
    "经营范围",
    "渠道经办",
    "客群标签",
    "是否VIP",
    "上次安检日期",
    "既往病史",
    "认购房号",
    "基本信息.姓名",
    "KHXM",
    "CUST_NM",
    "库龄(天)",
    "保費",
    "车主",
    "起付线",
    "birth_dt",
    "phoneNum",
    "五级分类",
    "电压等级",
    "饮食禁忌",
    "店名",
    "对接",
]


def test_a_key_is_told_by_its_place_unless_it_is_plainly_a_header(tmp_path):
    place = tmp_path / "made_up.json"
    place.write_text(
        json.dumps(dict.fromkeys([*HEADS, *SOMEBODYS], 1), ensure_ascii=False), "utf-8"
    )
    masked = tmp_path / "masked.csv"
    for command in (
        ["scan", str(place)],
        ["read", str(place), "-o", str(tmp_path / "out.parquet")],
        ["mask", str(place), "--tier", "analyst", "--key", f"file:{place}", "-o", str(masked)],
    ):
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, done.output
        said = done.output + (masked.read_text("utf-8") if masked.exists() else "")
        assert [name for name in SOMEBODYS if name in said] == []
        assert [name for name in HEADS if name not in said] == []


def test_a_header_that_comes_again_is_refused_and_told(tmp_path):
    rows = [f"{i},张金雀,1390000000{i}" for i in range(6)]
    header = "客户号,姓名,手机号"
    text = "\n".join([header, *rows[:3], "\ufeff" + header, *rows[3:], header])
    reading = read(tmp_path, text)
    assert reading.kept == 6
    assert [(r["line"], r["reason"]) for r in reading.refused.to_pylist()] == [
        (5, "the header again"),
        (9, "the header again"),
    ]


def test_many_lines_above_a_table_are_refused_and_few_are_its_titles(tmp_path):
    many = [f"{i},a,b,c" for i in range(30)]
    table = ["id,total", *(f"{i},{i}" for i in range(40))]
    reading = read(tmp_path, "\n".join([*many, *table]))
    assert (reading.kept, reading.refused.num_rows) == (40, 30)
    reading = read(tmp_path, "\n".join(["客户名册", "2026年", *table]))
    assert (reading.kept, reading.facts["titles"]) == (40, 2)


FEET = ["合计,,2", "制表人：张金雀,,", "审核：欧阳试试,,", "注：仅供内部使用,,"]


def test_sums_signatures_and_notes_under_a_table_are_refused_and_told(tmp_path):
    text = "\n".join(["客户号,姓名,笔数", "1,张金雀,3", "2,欧阳试试,4", *FEET])
    reading = read(tmp_path, text)
    assert reading.kept == 2
    assert {r["reason"] for r in reading.refused.to_pylist()} == {"below the table"}
    made = openpyxl.Workbook()
    for line in text.splitlines():
        made.active.append([cell or None for cell in line.split(",")])
    made.save(tmp_path / "made_up.xlsx")
    reading = open_source(str(tmp_path / "made_up.xlsx"))
    assert (reading.kept, reading.refused.num_rows) == (2, 4)


def test_a_row_of_few_cells_within_a_table_is_a_row(tmp_path):
    reading = read(tmp_path, "客户号,姓名,笔数\n合计,,3\n2,欧阳试试,4\n3,,\n")
    assert (reading.kept, reading.refused.num_rows) == (3, 0)


def test_sheets_that_are_not_read_are_told_by_their_place(tmp_path):
    made = openpyxl.Workbook()
    for number, title in enumerate(["张金雀", "欧阳试试", "藏", "空"]):
        sheet = made.active if not number else made.create_sheet(title)
        sheet.title = title
        if title != "空":
            sheet.append(["客户号", "笔数"])
            sheet.append(["1", number])
    made["藏"].sheet_state = "hidden"
    made.save(tmp_path / "made_up.xlsx")
    reading = open_source(str(tmp_path / "made_up.xlsx"))
    assert reading.facts["sheets"] == {"read": [1], "not_read": [2], "hidden": [3]}
