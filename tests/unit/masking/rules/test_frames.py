"""A frame in, the same frame out, hidden: rows, columns and index as they were; doubt is withheld."""

import pandas as pd
import pytest

import masking
from pipelines.core.errors import ConfigError

FRAME = pd.DataFrame(
    {
        "姓名": ["欧阳试试", "张三", None],
        "手机": ["13900000001", "13900000002", "13900000003"],
        "出生日期": pd.to_datetime(["1990-01-03", None, "1985-06-01"]),
        "年收入": [36500.0, 1200.0, None],
        "备注": ["请回13900000001", "没事", None],
        "笔数": [1, 2, 3],
    },
    index=[7, 5, 9],
)
KINDS = {
    "姓名": "person_name", "手机": "mobile", "出生日期": "birth_date", "年收入": "income", "备注": "opinion",
    "笔数": "plain",
}  # fmt: skip


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv("MINGCE_TEST_KEY", "a key made up for the tests")
    return "env:MINGCE_TEST_KEY"


def shown(frame, column):
    return [None if pd.isna(v) else v for v in frame[column]]


def test_the_counter_sees_what_it_may_in_rows_that_stay_where_they_were():
    seen = masking.mask(FRAME, tier="service", kinds=KINDS, key="")
    assert list(seen.index) == [7, 5, 9]
    assert list(seen.columns) == list(FRAME.columns)
    assert shown(seen, "姓名") == ["欧阳**", "张**", None]
    assert shown(seen, "手机") == ["139****0001", "139****0002", "139****0003"]
    assert shown(seen, "出生日期") == ["1990", None, "1985"]
    assert shown(seen, "年收入") == [None, None, None]
    assert shown(seen, "备注") == ["请回139****0001", "没事", None]
    assert seen["笔数"].dtype == FRAME["笔数"].dtype


def test_an_analysts_tokens_join_two_frames(key):
    seen = masking.mask(FRAME, tier="analyst", kinds=KINDS, key=key)
    other = masking.mask(
        pd.DataFrame({"phone": [13900000002]}), "analyst", {"phone": "mobile"}, key
    )
    assert shown(seen, "手机")[1] == shown(other, "phone")[0]
    assert shown(seen, "出生日期") == ["1990-1994", None, "1985-1989"]
    assert shown(seen, "年收入") == ["[30000,40000)", "[1000,2000)", None]
    assert shown(seen, "备注")[0] == "请回<手机号>"


def test_columns_nobody_declared_are_looked_at():
    seen = masking.mask(FRAME[["姓名", "手机", "笔数"]], tier="service")
    assert shown(seen, "手机") == ["139****0001", "139****0002", "139****0003"]
    assert shown(seen, "笔数") == [1, 2, 3]


def test_a_column_whose_header_speaks_of_a_person_is_withheld_if_its_cells_say_nothing():
    seen = masking.mask(pd.DataFrame({"手机": ["?", "-", "n/a"]}), tier="service")
    assert shown(seen, "手机") == [None, None, None]


def test_floats_that_are_whole_numbers_are_masked_as_written():
    seen = masking.mask(pd.DataFrame({"m": [13900000001.0, None]}), "service", {"m": "mobile"})
    assert shown(seen, "m") == ["139****0001", None]


def test_an_empty_frame_stays_empty():
    assert masking.mask(FRAME.iloc[:0], "service", KINDS).shape == (0, 6)
    assert masking.mask(pd.DataFrame(index=[1, 2]), "service").shape == (2, 0)


def test_the_key_is_taken_from_its_usual_place(key, monkeypatch):
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "a key made up for the tests")
    seen = masking.mask(FRAME, "analyst", KINDS)
    assert seen.equals(masking.mask(FRAME, "analyst", KINDS, key))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"tier": "analyst", "kinds": KINDS, "key": ""}, "need a key"),
        ({"tier": "analyst", "kinds": KINDS}, "the secret env:MINGCE_TOKEN_KEY is not there"),
        ({"tier": "boss"}, "no tier 'boss'"),
        ({"tier": "service", "kinds": {"mobil": "mobile"}}, "no column mobil"),
    ],
)
def test_a_wrong_call_says_what_to_do(wrong, says, monkeypatch):
    monkeypatch.delenv("MINGCE_TOKEN_KEY", raising=False)
    with pytest.raises(ConfigError, match=says):
        masking.mask(FRAME, **wrong)


def test_columns_of_one_name_are_refused():
    twice = pd.concat([FRAME["手机"], FRAME["手机"]], axis=1)
    with pytest.raises(ConfigError, match="one name"):
        masking.mask(twice, tier="service")
    with pytest.raises(ConfigError, match="one name"):
        masking.mask(pd.DataFrame({"a": [1], "A": [2]}), tier="service")


def test_detect_is_a_public_name_too():
    assert list(masking.detect(["请回13900000001"])["kind"]) == ["mobile"]


def test_every_one_of_many_rows_stays_beside_its_index():
    many = pd.DataFrame(
        {"m": [f"139{i:08d}" for i in range(400_000)], "a": "广东省深圳市南山区科技路1号"}
    )
    seen = masking.mask(many, "service", {"m": "mobile", "a": "address"})
    assert (seen["m"] == "139****" + many["m"].str.slice(-4)).all()


def test_a_few_names_under_a_header_that_says_nothing_are_nobodys_but_the_stewards():
    few = pd.DataFrame({"c": ["张伟", "李娜", "欧阳建国"]})
    assert shown(masking.mask(few, tier="service"), "c") == [None, None, None]
    assert shown(masking.mask(few, tier="steward"), "c") == ["张伟", "李娜", "欧阳建国"]


def test_bytes_and_broken_text_are_looked_at_like_text():
    cells = [b"\xff13900000001", b"13900000002", "\ud80013900000003"]
    frame = pd.DataFrame({"c": pd.Series(cells, dtype=object), "n": [1, 2, 3]})
    seen = masking.mask(frame, tier="service")
    assert all("0000" not in cell[5:-4] and "*" in cell for cell in seen["c"])
    assert list(seen["n"]) == [1, 2, 3]
    assert list(masking.mask(frame, tier="steward")["c"]) == cells
