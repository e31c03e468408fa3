"""Which rows are one customer follows from scores and judgements, whatever order they came in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.matching.cluster import JUDGED, Edges, clusters

SCORE, PROOF = 0, 1


def edges(*found: tuple[int, int, float, int]) -> Edges:
    left, right, strength, rank = zip(*found, strict=True) if found else ((), (), (), ())
    return Edges(
        np.array(left, dtype=np.int64),
        np.array(right, dtype=np.int64),
        np.array(strength, dtype=np.float64),
        np.array(rank, dtype=np.int64),
    )


def groups(*found: tuple[int, int, float, int], **rules: object) -> set[frozenset[int]]:
    rows, first = clusters(edges(*found), **rules)  # type: ignore[arg-type]
    together: dict[int, set[int]] = {}
    for row, of in zip(rows.tolist(), first.tolist(), strict=True):
        together.setdefault(of, set()).add(row)
    return {frozenset(rows) for rows in together.values()}


def test_rows_that_agree_are_one_customer_through_others():
    assert groups((1, 2, 0.99, SCORE), (2, 3, 0.98, SCORE), (7, 8, 1, PROOF)) == {
        frozenset({1, 2, 3}),
        frozenset({7, 8}),
    }


def test_rows_judged_different_are_apart_and_the_weakest_edge_between_them_is_cut():
    chain = [(1, 2, 0.99, SCORE), (2, 3, 0.96, SCORE), (3, 4, 0.98, SCORE)]
    assert groups(*chain, different=[(1, 4)]) == {frozenset({1, 2}), frozenset({3, 4})}


def test_a_proof_outlasts_a_score_when_one_of_them_must_be_cut():
    chain = [(1, 2, 0.999999, SCORE), (2, 3, 1.0, PROOF)]
    assert groups(*chain, different=[(1, 3)]) == {frozenset({2, 3})}


def test_a_judgement_outlasts_a_proof():
    chain = [(1, 2, 20.0, JUDGED), (2, 3, 1.0, PROOF)]
    assert groups(*chain, different=[(1, 3)]) == {frozenset({1, 2})}


def test_of_two_judgements_that_cannot_both_stand_the_newer_stands():
    chain = [(1, 2, 20260901.0, JUDGED), (2, 3, 20260902.0, JUDGED)]
    assert groups(*chain, different=[(1, 3)]) == {frozenset({2, 3})}


def test_two_proven_numbers_never_meet_in_one_customer_through_a_third_row():
    chain = [(1, 2, 0.97, SCORE), (2, 3, 0.99, SCORE)]
    assert groups(*chain, marks=[{1: 11, 3: 33}]) == {frozenset({2, 3})}


def test_a_judgement_may_join_what_two_numbers_keep_apart_and_then_a_third_number_stays_out():
    found = [(1, 2, 5.0, JUDGED), (2, 3, 0.99, SCORE), (2, 4, 0.98, SCORE)]
    assert groups(*found, marks=[{1: 11, 2: 22, 3: 33, 4: 11}]) == {frozenset({1, 2, 4})}


def test_a_chain_of_look_alikes_needs_support_from_the_other_pairs():
    chain = [(1, 2, 0.99, SCORE), (2, 3, 0.96, SCORE), (3, 4, 0.98, SCORE)]
    assert groups(*chain, support=0.5) == {frozenset({1, 2}), frozenset({3, 4})}
    assert groups(*chain, (1, 3, 0.96, SCORE), (2, 4, 0.96, SCORE), support=0.4) == {
        frozenset({1, 2, 3, 4})
    }


def test_nothing_agrees_so_nobody_is_together():
    assert groups() == set()


PAIRS = st.tuples(
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from([0.951, 0.96, 0.97, 0.98, 0.99]),
    st.sampled_from([SCORE, PROOF]),
).filter(lambda p: p[0] < p[1])
APART = st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1])


@given(
    st.lists(PAIRS, max_size=25),
    st.lists(APART, max_size=4),
    st.dictionaries(st.integers(0, 9), st.integers(0, 2)),
    st.sampled_from([0.0, 0.5]),
    st.randoms(),
)
def test_the_order_of_pairs_changes_nothing_and_no_rule_is_broken(
    pairs, different, marks, support, random
):
    shuffled = list(pairs)
    random.shuffle(shuffled)
    found = groups(*pairs, different=different, marks=[marks], support=support)
    assert found == groups(*shuffled, different=different, marks=[marks], support=support)
    for together in found:
        assert not any({a, b} <= together for a, b in different)
        assert len({marks[row] for row in together if row in marks}) <= 1


@pytest.mark.parametrize("rows", [30_000])
def test_one_long_chain_is_one_customer(rows):
    chain = Edges(
        np.arange(rows, dtype=np.int64),
        np.arange(1, rows + 1, dtype=np.int64),
        np.full(rows, 0.99),
        np.zeros(rows, dtype=np.int64),
    )
    found, first = clusters(chain)
    assert len(found) == rows + 1
    assert set(first.tolist()) == {0}
