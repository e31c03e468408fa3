"""The fast path: the rule for overlaps, odd input, bounded time."""

import gc
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masking.kinds import Kind
from masking.normalise import normalise
from masking.prefilter import Gated
from masking.recognisers import Recogniser, Span
from masking.text import FINDERS, detect, detect_batch, resolved
from tests.unit.masking.text.hostile import beginnings

KINDS = st.sampled_from([Kind.PERSON_NAME, Kind.ADDRESS, Kind.MOBILE])
SPANS = st.builds(
    lambda kind, start, size, score: Span(kind, start, start + size, score),
    KINDS,
    st.integers(0, 30),
    st.integers(1, 12),
    st.sampled_from([0.4, 0.6, 0.9]),
)


def test_of_two_spans_that_overlap_the_surer_stays_then_the_longer() -> None:
    address = Span(Kind.ADDRESS, 0, 20, 0.8)
    name = Span(Kind.PERSON_NAME, 3, 6, 0.7)
    card = Span(Kind.BANK_CARD, 18, 36, 0.95)
    phone = Span(Kind.MOBILE, 18, 29, 0.95)
    assert resolved([name, address]) == [address]
    assert resolved([phone, card]) == [card]
    assert resolved([address, name, card]) == [name, card]


@given(st.lists(SPANS, max_size=12))
def test_the_rule_is_the_one_that_is_stated(spans: list[Span]) -> None:
    """docs/detection.md, word for word, at whatever cost."""
    kept: list[Span] = []
    fallen: list[Span] = []
    ranks = list(Kind)
    by_strength = sorted(
        spans, key=lambda s: (-s.score, s.start - s.end, s.start, ranks.index(s.kind))
    )
    for span in by_strength:
        if any(span.start < k.end and k.start < span.end for k in kept):
            fallen.append(span)
        elif not any(
            f.kind is span.kind and f.start <= span.start and span.end <= f.end for f in fallen
        ):
            kept.append(span)
    assert resolved(spans) == sorted(kept, key=lambda s: s.start)


@given(st.lists(SPANS, max_size=12))
def test_no_two_spans_overlap_and_none_stronger_was_lost_for_nothing(spans: list[Span]) -> None:
    kept = resolved(spans)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    for span in spans:
        assert any(k.start < span.end and span.start < k.end for k in kept) or any(
            other.kind is span.kind and other.score >= span.score and other != span
            for other in spans
        )


@given(st.lists(SPANS, max_size=12))
def test_the_order_in_which_spans_were_found_does_not_matter(spans: list[Span]) -> None:
    assert resolved(spans) == resolved(spans[::-1])


def test_missing_and_empty_texts_have_nothing_in_them() -> None:
    assert detect_batch([None, "", "无"]) == [[], [], []]


def test_positions_count_the_characters_of_the_text_as_written() -> None:
    text = "電話：１３８\u200b１２３４ ５６７８，\ud800谢谢"
    span = next(s for s in detect_batch([text])[0] if s.kind is Kind.MOBILE)
    assert text[span.start : span.end] == "１３８\u200b１２３４ ５６７８"


def test_a_notebook_gets_one_row_per_span() -> None:
    frame = detect(["客户王小明来电，手机13812345678", None, "无"])
    assert list(frame.columns) == ["id", "kind", "start", "end", "score"]
    assert frame["id"].tolist() == [0, 0]
    assert frame["kind"].tolist() == ["person_name", "mobile"]


def test_a_text_is_read_alike_alone_and_among_others() -> None:
    texts = ["客户王小明来电", "手机13812345678", "住在武汉市武昌区天山路280号", "客户王小明来电"]
    assert detect_batch(texts) == [detect_batch([text])[0] for text in texts]


REPEATED = [
    "Aa ", "1", "张", "客户王小明电话13812345678，", "a.", "张·", "1号", "Aa 1 ", "Aa, ", "1 1", "@",
    "公司", "路", "((", "北京", "1-", "+1 (", "AB CD ", "《", "\ud800", "\u200b1", "一", "的公司", "十栋",
    "\u202e1", "a@a.", "有限", "省市区", "John Smith lives in 12 Main Street New York, call 555-0100 ",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        started = time.process_time()
        detect_batch([text])
        return time.process_time() - started

    seconds(1_000)
    assert seconds(40_000) <= 12 * max(seconds(10_000), 0.02)


@pytest.mark.parametrize("finder", FINDERS, ids=lambda finder: finder.name)
def test_no_pattern_runs_away(finder: Gated) -> None:
    """Whatever begins like a match, over and over, is read in a time that grows with its length."""
    pattern = finder.pattern if isinstance(finder, Recogniser) else finder.gate
    for piece in sorted(beginnings(pattern)):
        seconds(finder, piece, 400)  # reads its tables and compiles its words
        long = seconds(finder, piece, 16_000)
        assert long < 0.05 or long <= 12 * max(seconds(finder, piece, 4_000), 0.01), piece


def seconds(finder: Gated, piece: str, size: int) -> float:
    text = normalise((piece * (size // len(piece) + 1))[:size])
    gc.disable()  # as detect_batch does: a collection may take longer than the finder
    started = time.process_time()
    finder.spans(text)
    taken = time.process_time() - started
    gc.enable()
    return taken


def test_ten_megabytes_are_one_text_like_any_other() -> None:
    filler = "本次服务评价为满意。\n"
    text = filler * 300_000 + "客户王小明，手机13812345678。"
    assert len(text.encode()) > 9_000_000
    spans = detect_batch([text])[0]
    assert [text[s.start : s.end] for s in spans] == ["王小明", "13812345678"]
