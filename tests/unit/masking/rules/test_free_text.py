"""A text shows nothing of what was found in it; ours and Presidio's anonymizer give the same text."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from masking.kinds import Kind
from masking.rules.operator import anonymized, anonymizer
from masking.tiers import tiers


@dataclass(frozen=True)
class Here:
    kind: Kind
    start: int
    end: int


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
KINDS = st.sampled_from(
    [Kind.MOBILE, Kind.PERSON_NAME, Kind.EMAIL, Kind.BIRTH_DATE, Kind.HEALTH, Kind.PLATE]
)
PRESIDIO = anonymizer()


@st.composite
def texts_with_spans(draw, apart=False):
    text = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8, unique=apart)))
    pairs = (
        zip(cuts[::2], cuts[1::2], strict=False)
        if apart
        else zip(cuts, cuts[2:] or cuts[1:], strict=False)
    )
    return text, [Here(draw(KINDS), start, end) for start, end in pairs]


@given(texts_with_spans(apart=True))
def test_ours_and_presidios_anonymizer_hide_the_same(found):
    text, spans = found
    for tier in ("service", "analyst"):
        rule = tiers()[tier].rule_for(Kind.OPINION)
        assert rule.spans_hidden(text, spans) == anonymized(PRESIDIO, text, spans, rule)


@given(texts_with_spans())
def test_whatever_overlaps_no_character_of_a_span_is_left(found):
    text, spans = found
    marked = "".join(
        "█" if any(s.start <= i < s.end for s in spans) else c for i, c in enumerate(text)
    )
    rule = tiers()["analyst"].rule_for(Kind.OPINION)
    left = rule.spans_hidden(text, spans)
    outside = [part for part in marked.split("█") if part]
    at = 0
    for part in outside:
        at = left.index(part, at) + len(part)
    assert left.count("<") >= (1 if "█" in marked else 0)
    if not outside and "█" in marked:
        assert left.startswith("<")


def test_a_span_beyond_the_text_withholds_it():
    rule = tiers()["analyst"].rule_for(Kind.OPINION)
    assert rule.spans_hidden("13900000001", [Here(Kind.MOBILE, 0, 12)]) is None


def test_a_text_nobody_searched_is_withheld():
    assert tiers()["analyst"].rule_for(Kind.OPINION).mask("13900000001") is None
