"""An organisation's own numbers join as tokens; whoever holds two lists does not join them by the number itself."""

import pandas as pd
import pytest

import masking


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "a key made up for the tests")


def shown(header, cells, tier="analyst"):
    frame = pd.DataFrame({header: cells, "状态": ["正常"] * len(cells)})
    return list(masking.mask(frame, tier)[header])


NUMBERS = {
    "客户编号": [f"C10{i:02}" for i in range(8)],
    "户号": [3300120 + i for i in range(8)],
    "保单号": [f"PICC2024{i * 37:05}" for i in range(8)],
    "member_id": [17 + i for i in range(8)],
    "memberNo": [f"{i:05}" for i in range(8)],
    "学号": ["20240001", "20240001", "20240002"],
    "运单号": [f"SF13{i * 7919:010}" for i in range(8)],
    "合同编号": [f"（2024）试字第{i}号" for i in range(8)],
    "column_3": [8800110 + i * 7 for i in range(8)],
    "kh": ["0000731882", "0000731883", "0000731882", "0000731884", "0000731882"],
    "备用1": [f"KH-{20240100 + i}" for i in range(8)],
}


@pytest.mark.parametrize("header", NUMBERS)
@pytest.mark.parametrize("tier", ["analyst", "service"])
def test_a_house_number_is_shown_as_a_token(header, tier):
    cells = NUMBERS[header]
    left = shown(header, cells, tier)
    assert all(str(cell).startswith("t1_") for cell in left)
    assert len(set(left)) == len(set(cells))


def test_the_same_number_has_the_same_token_in_another_file():
    assert shown("客户编号", ["C1001", "C1002"])[1] == shown("cust_no", ["C1002", "C1003"])[0]


CLEAR = {
    "序号": [1, 2, 3, 4, 5, 6],
    "产品编号": ["P001", "P002", "P003", "P004", "P005", "P006"],
    "网点号": ["0101", "0102", "0103", "0104", "0105", "0106"],
    "数量": [100001, 100002, 100003, 100004, 100005, 100006],
    "型号": ["HX-2001", "HX-2002", "HX-2003", "HX-2004", "HX-2005", "HX-2006"],
    "用电量": [231045, 231046, 231999, 232001, 240000, 250007],
    "币种代码": ["CNY", "USD", "CNY", "CNY", "EUR", "CNY"],
    "车款": [152800, 189900, 203500, 152801, 199800, 167000],
    "qty": [120001, 120002, 120003, 120004, 120005, 120006],
}


@pytest.mark.parametrize("header", CLEAR)
def test_what_counts_measures_or_speaks_of_goods_stays(header):
    assert shown(header, CLEAR[header]) == CLEAR[header]
