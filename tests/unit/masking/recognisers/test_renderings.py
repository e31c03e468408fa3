"""One recogniser, three renderings: text, column, Presidio."""

import random

import pytest

from masking.normalise import normalise
from masking.recognisers import RECOGNISERS, Recogniser
from pipelines.engine.protocol import Engine
from tests.corpus.agreement import disagreements
from tests.corpus.sampled import is_plain, near_misses, sampled, texts_for

each = pytest.mark.parametrize("recogniser", RECOGNISERS, ids=lambda r: r.name)


@each
def test_a_pattern_keeps_to_what_all_engines_read_alike(recogniser: Recogniser) -> None:
    assert is_plain(recogniser.pattern + recogniser.cell + recogniser.gate)


@each
def test_a_column_and_a_text_see_the_same_shape_and_the_same_proof(
    recogniser: Recogniser, duckdb_engine: Engine
) -> None:
    assert disagreements(recogniser, duckdb_engine, 1_500) == []


@each
def test_no_value_is_shorter_than_said_and_none_passes_its_gate(recogniser: Recogniser) -> None:
    import re

    for text in texts_for(recogniser.labelled, 300, "gate"):
        match = recogniser.compiled.search(text)
        if match:
            assert len(match[recogniser.compiled.groups and 1]) >= recogniser.shortest
            assert re.search(recogniser.gate, text)


def test_presidio_finds_what_the_recogniser_finds() -> None:
    r = random.Random(7)  # noqa: S311 - made-up values
    for recogniser in RECOGNISERS[::4]:
        theirs = recogniser.presidio("zh")
        for text in near_misses(sampled(recogniser.labelled, r), r):
            text = f"{(recogniser.context or ('',))[0]}{text}"
            found = [
                (x.entity_type.lower(), x.start, x.end, x.score)
                for x in theirs.analyze(text, [], None)
            ]
            assert found == [(s.kind.value, s.start, s.end, s.score) for s in recogniser.find(text)]


def test_presidio_asked_for_another_entity_gets_nothing() -> None:
    assert RECOGNISERS[0].presidio().analyze("11010519491231002X", ["EMAIL"], None) == []


def test_a_span_stands_for_what_was_written_not_for_what_was_read() -> None:
    text = "手机１３８\u200b００１３８０００，谢谢"
    (span,) = next(r for r in RECOGNISERS if r.name == "mobile").find(text)
    assert text[span.start : span.end] == "１３８\u200b００１３８０００"
    assert normalise(text).text == "手机13800138000，谢谢"
