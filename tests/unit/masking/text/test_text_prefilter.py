"""The prefilter never keeps a recogniser from a text in which it would find something."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masking.normalise import normalise
from masking.prefilter import demand, wanted
from masking.recognisers import RECOGNISERS, Recogniser
from masking.text import FINDERS, detect_batch, resolved

DEMANDS = [
    (r"[0-9]{17}[0-9Xx]", 18, 17, True),
    (r"(?:1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7})", 11, 10, True),
    (r"[0-9]{4}年", 5, 4, False),
    (r"(?<![0-9])[A-Z]?[0-9]{6}", 6, 6, True),
    (r"\d{6}", 6, 0, False),
]


@pytest.mark.parametrize(("pattern", "width", "digits", "ascii_only"), DEMANDS)
def test_a_pattern_says_how_much_of_what_it_needs(
    pattern: str, width: int, digits: int, ascii_only: bool
) -> None:
    asked = demand(pattern)
    assert (asked.width, asked.digits, asked.ascii) == (width, digits, ascii_only)


def test_a_pattern_says_which_characters_it_cannot_do_without() -> None:
    assert frozenset("岁") in wanted("[0-9]{1,3}岁")
    assert wanted("(?:职业|工作)[:：]") == (frozenset(":："), frozenset("职工"))
    assert frozenset("kK") in wanted("(?i:k)[0-9]")
    assert wanted("[0-9]?a?") == ()


@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=lambda r: r.name)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_what_a_pattern_matches_has_what_the_pattern_needs(
    recogniser: Recogniser, data: st.DataObject
) -> None:
    match = data.draw(st.from_regex(re.compile(recogniser.pattern), fullmatch=True))
    asked = demand(recogniser.pattern)
    assert len(match) >= asked.width
    assert sum(c in "0123456789" for c in match) >= asked.digits
    assert match.isascii() or not asked.ascii
    assert all(set(match) & characters for characters in wanted(recogniser.pattern))


@settings(deadline=None)  # the first text reads the words
@given(st.text(alphabet="0123456789 -Xx证卡号手机电话，.EG·京A@", max_size=60))
def test_with_and_without_the_prefilter_the_same_is_found(text: str) -> None:
    asked_all = [span for finder in FINDERS for span in finder.spans(normalise(text))]
    assert detect_batch([text])[0] == resolved(asked_all)
