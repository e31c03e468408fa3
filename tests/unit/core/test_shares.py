"""Shares: few rows cannot say that one is broken, many can, and all rows always do."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.shares import CHANCE, FEWEST, is_broken

CASES = [
    # failed, spoken of, allowed, broken
    (0, 3, 0.01, False),
    (1, 3, 0.1, False),
    (1, 3, 0.001, False),
    (2, 3, 0.001, False),
    (3, 3, 0.1, True),
    (1, 1, 0.1, True),
    (1, 3, 0.0, True),  # a share of nothing is no share: not one may fail
    (3, 8, 0.1, False),
    (8, 20, 0.1, True),
    (11, 100, 0.1, False),
    (22, 100, 0.1, True),
    (104_000, 1_000_000, 0.1, True),
    (100_100, 1_000_000, 0.1, False),
    (99_000, 1_000_000, 0.1, False),
    (9, 9, 1.0, False),
    (900_000, 1_000_000, 0.001, True),
]


@pytest.mark.parametrize(("failed", "spoken_of", "allowed", "broken"), CASES)
def test_a_share_is_broken_beyond_chance(
    failed: int, spoken_of: int, allowed: float, broken: bool
) -> None:
    assert is_broken(failed, spoken_of, allowed) is broken


def test_the_only_row_a_check_speaks_of_does_not_stop_the_rows_beside_it() -> None:
    assert is_broken(1, 1, 0.1, rows=500) is False
    assert is_broken(FEWEST, FEWEST, 0.1, rows=500) is True


@given(st.integers(1, 60), st.integers(0, 60), st.sampled_from([0.001, 0.01, 0.05, 0.1, 0.3]))
def test_the_bound_is_the_binomial_one(of: int, failed: int, allowed: float) -> None:
    failed = min(failed, of)
    ways = (comb(of, n) * allowed**n * (1 - allowed) ** (of - n) for n in range(failed, of + 1))
    if FEWEST <= failed < of and abs((chance := sum(ways)) - CHANCE) > 1e-9:
        assert is_broken(failed, of, allowed) is (chance < CHANCE and failed > allowed * of)
