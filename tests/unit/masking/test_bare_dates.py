"""Days of birth under a header that does not say so are not shown, whatever way they are written."""

import pandas as pd
import pytest

from masking.frames import mask
from masking.kinds import Kind

WRITTEN = {
    "together": ["19600511", "19720830", "19881203", "19550117"],
    "dots": ["1960.5.11", "1972.8.30", "1988.12.3", "1955.1.17"],
    "six digits": ["600511", "720830", "881203", "550117"],
    "Chinese": ["1960年5月11日", "1972年8月30日", "1988年12月3日", "1955年1月17日"],
    "the day first": ["11/05/1960", "30/08/1972", "03/12/1988", "17/01/1955"],
    "Excel's": ["22047", "26541", "32480", "20106"],
    "wide": ["６００５１１", "７２０８３０", "８８１２０３", "５５０１１７"],
}
KEY = "env:KEY_OF_THIS_TEST"


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("KEY_OF_THIS_TEST", "a key that is long enough")


@pytest.mark.parametrize("header", ["d1", "col_3", "备用"])
@pytest.mark.parametrize("written", WRITTEN)
def test_days_under_a_plain_header_are_withheld(written, header):
    assert mask(pd.DataFrame({header: WRITTEN[written]}), "analyst", key=KEY)[header].isna().all()


def test_among_other_things_a_day_alone_is_withheld():
    cells = ["600511", *["已回访", "无"] * 10]
    shown = mask(pd.DataFrame({"备用": cells}), "analyst", key=KEY)["备用"]
    assert shown.isna().tolist() == [True] + [False] * 20


def test_a_header_that_speaks_of_another_day_gets_its_rule():
    rows = pd.DataFrame({"开户日期": ["2019-05-11", "2020-08-30", "2021-12-03"]})
    assert mask(rows, "analyst", key=KEY)["开户日期"].tolist() == ["2019Q2", "2020Q3", "2021Q4"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("积分", [12000, 15500, 31000, 45000]),
        ("d1", [10001, 10002, 10003]),
        ("面积", [128733, 990000, 345678]),
    ],
)
def test_other_numbers_are_shown(header, cells):
    assert mask(pd.DataFrame({header: cells}), "analyst", key=KEY)[header].tolist() == cells


def test_a_name_in_traditional_characters_has_the_token_of_the_same_name():
    rows = pd.DataFrame({"姓名": ["王秀兰", "王秀蘭", "王 秀 蘭", "陳玉芬", "陈玉芬"]})
    tokens = mask(rows, "analyst", {"姓名": Kind.PERSON_NAME}, KEY)["姓名"].tolist()
    assert len(set(tokens)) == 2


def test_a_landline_has_one_token_however_it_is_written():
    written = ["021-62345678", "(021)62345678", "02162345678", "021 6234 5678", "+86-21-62345678"]
    tokens = mask(pd.DataFrame({"电话": written}), "analyst", {"电话": Kind.LANDLINE}, KEY)["电话"]
    assert len(set(tokens.tolist())) == 1
