"""Input nobody meant well: an answer in bounded time, and no crash."""

import time

import pytest

from masking.normalise import normalise
from masking.recognisers import RECOGNISERS

LONG = 10_000_000
"""Characters of the largest text; and how many times longer a text may take than its length says."""
SLACK = 6

HOSTILE = [
    "1" * 50_000,
    "1 " * 25_000,
    "1-" * 25_000,
    "a" * 50_000 + "@",
    "a." * 25_000,
    "a@" * 25_000,
    "@a." * 17_000,
    ":" * 50_000,
    "a:" * 25_000,
    "::1" * 17_000,
    "1.1." * 12_000,
    "密码" * 25_000,
    "京A" * 25_000,
    "62" * 25_000,
    "+86 " * 12_500,
    "一二三" * 17_000,
    "身份证1101051949" * 3_000,
    "\u200b" * 50_000,
    "1\u200b" * 25_000,
    "(0" * 25_000,
    "年1月" * 17_000,
    "0.1234," * 7_000,
    "微信" + "a-" * 25_000,
]


def seconds(recogniser, text: str) -> float:
    start = time.perf_counter()
    recogniser.find(text)
    return time.perf_counter() - start


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:8]))
def test_no_text_makes_a_pattern_run_away(text: str) -> None:
    """Twice the text costs about twice the time: a pattern that backtracks costs four times and more."""
    for recogniser in RECOGNISERS:
        half = min(seconds(recogniser, text[: len(text) // 4]) for _ in range(2))
        whole = min(seconds(recogniser, text) for _ in range(2))
        assert whole < max(0.5, 4 * SLACK * half), recogniser.name


def test_ten_megabytes_are_read() -> None:
    text = ("客户来电咨询理财产品，订单号20240101123456，已答复。" * (LONG // 32 + 1))[
        :LONG
    ] + "手机13800138000"
    read = normalise(text)
    asked = ("mobile", "resident_id", "bank_card", "email")
    found = {r.name: r.spans(read) for r in RECOGNISERS if r.name in asked}
    assert [(s.start, s.end) for s in found["mobile"]] == [(LONG + 2, LONG + 13)]
    assert not found["resident_id"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\ud800手机13800138000",
        "\u202e00083100831\u202c",
        "\U0001f468\u200d\U0001f469",
    ],
)
def test_odd_texts_get_an_answer(text: str) -> None:
    for recogniser in RECOGNISERS:
        for span in recogniser.find(text):
            assert 0 <= span.start < span.end <= len(text)


def test_a_lone_surrogate_hides_nothing() -> None:
    (mobile,) = [
        s for r in RECOGNISERS if r.name == "mobile" for s in r.find("\ud800手机13800138000\udfff")
    ]
    assert (mobile.start, mobile.end) == (3, 14)
