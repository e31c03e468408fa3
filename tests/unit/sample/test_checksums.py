"""Numbers made by column prove themselves to the recognisers, which were written apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masking.recognisers import checksum
from pipelines.sample.checksums import (
    card,
    credit_code,
    fifteen_digits,
    resident_id,
    resident_id_with_wrong_check,
)
from pipelines.sample.spelling import (
    neighbouring_digits_swapped,
    other_check_digit,
    swapped_given_name,
)
from pipelines.sample.vector import from_letters, letters, money, spread, text

DAYS = st.dates().filter(lambda d: d.year > 1800).map(lambda d: int(f"{d:%Y%m%d}"))
SERIALS = st.integers(0, 999)
REGIONS = st.integers(110_000, 999_999)


@given(st.lists(st.tuples(REGIONS, DAYS, SERIALS), min_size=1, max_size=20))
def test_a_resident_id_proves_itself_and_with_another_check_digit_does_not(
    parts: list[tuple[int, int, int]],
) -> None:
    region, born, serial = (np.array(column, dtype=np.int64) for column in zip(*parts, strict=True))
    made = resident_id(region, born, serial)
    assert all(checksum.RESIDENT.holds(n) for n in made.to_pylist())
    assert not any(
        checksum.RESIDENT.holds(n) for n in resident_id_with_wrong_check(made).to_pylist()
    )
    assert [n[:6] + n[8:17] for n in made.to_pylist()] == fifteen_digits(made).to_pylist()


@given(st.lists(st.integers(0, 10**12 - 1), min_size=1, max_size=20), st.sampled_from([16, 19]))
def test_a_card_proves_itself_and_with_another_check_digit_does_not(
    serials: list[int], width: int
) -> None:
    rows = len(serials)
    made = card(np.full(rows, 621_700), np.full(rows, width), np.array(serials, dtype=np.int64))
    assert {len(n) for n in made.to_pylist()} == {width}
    assert all(checksum.LUHN.holds(n) for n in made.to_pylist())
    wrong = other_check_digit(np.random.default_rng(0), made)
    assert not any(checksum.LUHN.holds(n) for n in wrong.to_pylist())


@given(st.lists(st.integers(0, 31**8 - 1), min_size=1, max_size=20), REGIONS)
def test_a_credit_code_proves_itself(serials: list[int], region: int) -> None:
    rows = len(serials)
    made = credit_code(
        text(["91"] * rows), np.full(rows, region), np.array(serials, dtype=np.int64)
    )
    assert all(checksum.CREDIT_CODE.holds(n) for n in made.to_pylist())


@given(
    st.integers(1, 5000), st.sampled_from([899_999_999, 4_700_000_000, 31**8]), st.integers(0, 99)
)
def test_numbers_that_are_spread_are_all_different(rows: int, size: int, seed: int) -> None:
    found = spread(0, rows, size, seed)
    assert len(set(found.tolist())) == rows
    assert found.min() >= 0
    assert found.max() < size
    assert spread(rows, 1, size, seed)[0] not in found[:100]


@given(st.lists(st.text(min_size=1, max_size=9).filter(lambda t: "\0" not in t), max_size=9))
def test_characters_survive_the_way_to_a_matrix_and_back(words: list[str]) -> None:
    assert from_letters(letters(text(words), 9)).to_pylist() == words


@pytest.mark.parametrize(
    ("cents", "said"), [(0, "0.00"), (5, "0.05"), (-1250, "-12.50"), (10**12, "10000000000.00")]
)
def test_money_is_written_with_two_decimals(cents: int, said: str) -> None:
    assert money(np.array([cents])).to_pylist() == [said]


def test_slips_change_what_people_mistype() -> None:
    rng = np.random.default_rng(1)
    assert swapped_given_name(rng, text(["王小明"])).to_pylist() == ["王明小"]
    [mobile] = neighbouring_digits_swapped(rng, text(["13812345678"])).to_pylist()
    assert mobile != "13812345678"
    assert mobile[:3] == "138"
    assert sorted(mobile) == sorted("13812345678")
