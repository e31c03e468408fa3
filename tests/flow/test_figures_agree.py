"""The report's figures, worked out a second time: plain Python over the files that landed, none of our code."""

import csv
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.flow.conftest import House
from warehouse.store import open_store

Row = Mapping[str, str]
DAYS = ("2026-09-01", "2026-09-02")
AS_OF = date(2026, 9, 2)
NOTHING = {
    "",
    "无",
    "不详",
    "测试",
    "同上",
    "暂无",
    "未知",
    "待补充",
    "未填",
    "其他无",
    "/",
    "-",
    "N/A",
    "n/a",
    "null",
}


def texts(path: Path, encoding: str, delimiter: str) -> list[Row]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def sheet(path: Path) -> list[Row]:
    lines = list(openpyxl.load_workbook(path)["工单"].iter_rows(values_only=True))
    head = next(n for n, line in enumerate(lines) if line[0] == "工单号")
    names = [str(n) for n in lines[head]]
    return [
        {n: "" if v is None else str(v) for n, v in zip(names, line, strict=True)}
        for line in lines[head + 1 :]
        if line[0]
    ]


def referrals(path: Path) -> list[Row]:
    with sqlite3.connect(path) as file:
        found = file.execute("SELECT * FROM referral")
        names = [d[0] for d in found.description]
        return [
            {n: "" if v is None else str(v) for n, v in zip(names, r, strict=True)} for r in found
        ]


FILES: dict[str, tuple[str, str, Callable[[Path], list[Row]]]] = {
    "counter": ("csv", "客户编号", lambda p: texts(p, "gb18030", ",")),
    "institution": ("tsv", "机构编号", lambda p: texts(p, "utf-16", "\t")),
    "staff_visit": ("txt", "走访编号", lambda p: texts(p, "utf-8-sig", "|")),
    "third_party": ("sqlite", "lead_no", referrals),
    "call_centre": ("xlsx", "工单号", sheet),
}


def delivered(source: Path, channel: str, day: str) -> list[Row]:
    ending, _, read = FILES[channel]
    return read(source / channel / f"{day}.{ending}")


def current(source: Path, channel: str) -> list[Row]:
    """Of every key the row of the latest day, and of one day the row last changed."""
    rows: dict[str, Row] = {}
    for day in DAYS:
        today: dict[str, Row] = {}
        for row in delivered(source, channel, day):
            key = row[FILES[channel][1]]
            changed = row.get("更新日期", "")
            if key and (key not in today or changed > today[key].get("更新日期", "")):
                today[key] = row
        rows |= today
    return list(rows.values())


def said(cell: str) -> bool:
    """Whether something stands there."""
    bare = cell.strip()
    return bare not in NOTHING and not (len(bare) > 2 and len(set(bare)) == 1)


def mobile(cell: str) -> str:
    """The number, if one can be read."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", cell))
    digits = re.sub(r"^(00)?86(?=1\d{10}$)", "", digits)
    return digits if len(digits) >= 7 and not re.search(r"[A-Za-z一-鿿]", cell) else ""


def day_of(cell: str) -> date | None:
    digits = re.sub(r"\D", "", cell.split(" ")[0])
    if cell.strip() in ("长期", "长期有效"):
        return date.max
    try:
        return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        return None


def number_of(cell: str) -> str:
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", cell)).upper()


def proven(number: str) -> bool | None:
    """GB 11643: the check character, and a day of birth that exists; nothing is said of another shape."""
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number):
        return None
    total = sum(int(d) * pow(2, 17 - n, 11) for n, d in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17] and day_of(number[6:14]) is not None


COMPLETE: dict[str, dict[str, Callable[[Row], bool]]] = {
    "counter": {
        "full_name": lambda r: said(r["姓名"]), "sex": lambda r: said(r["性别"]),
        "nationality": lambda r: said(r["国籍"]),
        "occupation": lambda r: said(r["职业"]), "home_address": lambda r: said(r["家庭住址"]) or said(r["单位地址"]),
        "mobile": lambda r: said(mobile(r["手机号码"])) or said(r["固定电话"]) or said(r["电子邮箱"]),
        "id_type": lambda r: said(r["证件类型"]), "id_number": lambda r: said(r["证件号码"]),
        "id_expires_on": lambda r: day_of(r["证件有效期"]) is not None,
    },
    "third_party": {
        "full_name": lambda r: said(r["name"]), "sex": lambda r: said(r["sex"]), "occupation": lambda r: said(r["job"]),
        "home_address": lambda r: said(r["addr"]), "mobile": lambda r: said(mobile(r["phone"])) or said(r["mail"]),
        "id_number": lambda r: said(r["id_no"]),
    },
    "institution": {
        "company_name": lambda r: said(r["机构名称"]), "address": lambda r: said(r["机构地址"]),
        "landline": lambda r: said(mobile(r["联系手机"])) or said(r["联系电话"]) or said(r["邮箱"]),
    },
}  # fmt: skip


def counted(verdicts: Iterable[bool | None]) -> tuple[int, int]:
    """How many were spoken of, and how many of those fail."""
    spoken = [v for v in verdicts if v is not None]
    return len(spoken), spoken.count(False)


class Report:
    """What the warehouse says, as the report reads it."""

    def __init__(self, house: House) -> None:
        self.store = open_store(house.warehouse)

    def check(self, channel: str, name: str) -> tuple[int, int]:
        sql = (
            "SELECT CAST(sum(checked) AS BIGINT) AS n, CAST(sum(failed) AS BIGINT) AS bad FROM quality.check_result "
            "WHERE channel = $channel AND check_name = $name AND day = $day"
        )
        [row] = self.store.read(
            sql, "steward", {"channel": channel, "name": name, "day": AS_OF}
        ).to_pylist()
        return row["n"], row["bad"]

    def indicator(self, channel: str, name: str) -> tuple[Any, int]:
        sql = (
            "SELECT numerator, denominator FROM quality.indicator "
            "WHERE channel = $channel AND indicator = $name AND day = $day"
        )
        [row] = self.store.read(
            sql, "steward", {"channel": channel, "name": name, "day": AS_OF}
        ).to_pylist()
        return row["numerator"], row["denominator"]


@pytest.fixture(scope="module")
def report(finished: House) -> Report:
    return Report(finished)


@pytest.mark.parametrize("channel", sorted(COMPLETE))
def test_completeness_is_what_the_files_hold(finished: House, report: Report, channel: str) -> None:
    rows = current(finished.source, channel)
    for element, is_there in COMPLETE[channel].items():
        here = counted(is_there(r) for r in rows)
        assert report.check(channel, f"complete.{element}") == here, element
    verdicts = [[f(r) for f in COMPLETE[channel].values()] for r in rows]
    filled = [v for row in verdicts for v in row]
    assert report.indicator(channel, "completeness") == (sum(filled), len(filled))
    assert report.indicator(channel, "complete_customers") == (sum(map(all, verdicts)), len(rows))


def test_timeliness_is_what_the_files_hold(finished: House, report: Report) -> None:
    rows = current(finished.source, "counter")
    changed = [day_of(r["更新日期"]) or day_of(r["登记日期"]) for r in rows]
    fresh = counted(d and d >= AS_OF - timedelta(days=730) for d in changed)
    expires = [day_of(r["证件有效期"]) for r in rows]
    valid = counted(d and d >= AS_OF for d in expires)
    assert report.check("counter", "fresh.updated_on") == fresh
    assert report.check("counter", "unexpired.id_expires_on") == valid
    of, bad = fresh[0] + valid[0], fresh[1] + valid[1]
    assert report.indicator("counter", "timeliness") == (of - bad, of)


def test_accuracy_of_identity_numbers_is_what_their_check_characters_say(
    finished: House, report: Report
) -> None:
    rows = current(finished.source, "counter")
    numbers = {r["客户编号"]: number_of(r["证件号码"]) for r in rows}
    citizens = [
        numbers[r["客户编号"]]
        for r in rows
        if r["证件类型"] in ("101", "106")
        or (not r["证件类型"] and re.fullmatch(r"\d{14,19}[\dX]?", numbers[r["客户编号"]]))
    ]
    assert report.check("counter", "proven.id_number") == counted(map(proven, citizens))


def test_service_is_what_the_tickets_say(finished: House, report: Report) -> None:
    def at(cell: str) -> datetime | None:
        return datetime.strptime(cell, "%Y/%m/%d %H:%M") if cell else None  # noqa: DTZ007 - as written

    def in_time(row: Row) -> bool | None:
        came, answer = at(row["受理时间"]), at(row["答复时间"]) or at(row["办结时间"])
        minutes = {"咨询": 30, "投诉": 1440}.get(row["工单类型"])
        if came is None or minutes is None:
            return None
        if answer is None:
            return False if came + timedelta(minutes=minutes) < datetime(2026, 9, 2) else None
        return None if answer < came else answer <= came + timedelta(minutes=minutes)

    of, late = counted(in_time(r) for r in current(finished.source, "call_centre"))
    assert of
    assert report.indicator("call_centre", "response") == (of - late, of)


def test_satisfaction_is_what_customers_said_on_the_scale(finished: House, report: Report) -> None:
    marks = {
        "call_centre": (
            "满意度",
            {"非常满意": 5, "满意": 4, "一般": 3, "不满意": 2, "非常不满意": 1},
        ),
        "staff_visit": ("客户反馈", {"很好": 5, "好": 4, "一般": 3, "差": 2, "很差": 1}),
    }
    for channel, (column, scale) in marks.items():
        given = [scale.get(r[column]) for r in current(finished.source, channel)]
        of, bad = counted(None if mark is None else mark >= 4 for mark in given)
        assert of
        assert report.indicator(channel, "satisfaction") == (of - bad, of)


@pytest.mark.parametrize("channel", sorted(FILES))
def test_every_row_of_every_file_is_accounted_for(
    finished: House, report: Report, channel: str
) -> None:
    sql = (
        "SELECT rows_read, rows_accepted + rows_quarantined + rows_refused AS kept FROM quality.batch "
        "WHERE channel = $channel ORDER BY day"
    )
    found = report.store.read(sql, "steward", {"channel": channel}).to_pylist()
    assert [(b["rows_read"], b["kept"]) for b in found] == [
        (n, n) for n in (len(delivered(finished.source, channel, day)) for day in DAYS)
    ]
