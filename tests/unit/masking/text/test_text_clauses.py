"""Clauses that are kept say what the text itself says, whatever numbers it was first read with."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masking.lexicon.lattice import MARKS, Reader, Weights
from masking.normalise import normalise
from masking.recognisers import RECOGNISERS, Recogniser
from masking.text import detect_batch, prefilter, resolved
from masking.widened import reaches, widened

NOTES = st.lists(
    st.sampled_from(
        [
            "客户王小明来电", "手机13812345678", "手机23812345678", "，", "。", "\n", "住晨光路88号院3号楼",
            "朝阳区", "身份证11010519491231002X", "身份证110105194912310021", "Tom Smith", "北纬39.9度，东经116.4度",
            "39.90420,116.40740", "卡号6222021234567890128", "深圳市腾飞科技有限公司", "《", "》", "李·",
            "3号楼502室", "e1@example.com", "订单号", "邮编100020", "职业：教师", "；", "(", "-", " ", "12", "7",
        ]
    ),
    max_size=10,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(NOTES | st.text(alphabet="0123456789 -Xx证卡号手机电话，.;EG·京A@王路区", max_size=40))
def test_clause_by_clause_and_as_a_whole_the_same_is_found(text: str) -> None:
    whole = resolved(prefilter().spans(normalise(text)))
    assert [s[:4] for s in detect_batch([text])[0]] == [s[:4] for s in whole]


@pytest.mark.parametrize("after", ["", "，距地铁站不远"])
def test_an_address_ends_with_the_side_of_the_road_it_names(after: str) -> None:
    text = f"小区位于晨光路南侧{after}"
    assert [text[s.start : s.end] for s in detect_batch([text])[0]] == ["晨光路南侧"]


@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=lambda r: r.name)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_widened_pattern_matches_with_any_digits(
    recogniser: Recogniser, data: st.DataObject
) -> None:
    value = data.draw(st.from_regex(re.compile(recogniser.pattern), fullmatch=True))
    blank = re.sub("[0-9]", "0", value)
    assert widened(recogniser.pattern).fullmatch(blank)


def test_a_pattern_says_whether_it_reaches_over_a_mark() -> None:
    assert reaches("[0-9]+[，,][0-9]+", MARKS)
    assert reaches("a[^b]c", MARKS)
    assert not reaches("(?:ab|c[0-9]{2})(?!，)", MARKS)


@settings(deadline=None)
@given(
    st.lists(
        st.text(alphabet="王小明来电客户欧阳·高兴旺的先生买提", min_size=1, max_size=12), min_size=2
    )
)
def test_what_was_read_before_changes_no_reading(runs: list[str]) -> None:
    alone, together = Reader(Weights()), Reader(Weights())
    for run in runs:
        together.read(run, "", "，")
    assert together.read(runs[0], ":", "") == alone.read(runs[0], ":", "")
