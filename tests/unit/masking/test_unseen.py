"""The unseen corpus's own check digits agree with the examples printed in the standards."""

import pytest

from tests.corpus import unseen_checks as made
from tests.corpus.shown import shown
from tests.corpus.unseen import FIRST, KEPT, NAMES, SECOND, cases
from tests.corpus.unseen_measure import GROUPS, measured

PRINTED = [
    (made.mod_11_2, "11010519491231002", "X"),  # GB 11643-1999
    (made.gb_11714, "D2143569", "X"),  # GB 11714-1997
    (made.mod_11_10, "11010800000001", "6"),  # GS 15-2006
    (made.gb_32100, "91350100M000100Y4", "3"),  # GB 32100-2015
    (made.luhn, "7992739871", "3"),
    (made.vin_check, "1M8GDM9A0KP042788", "X"),  # 49 CFR 565
]


@pytest.mark.parametrize(("check", "body", "digit"), PRINTED)
def test_check_digits_are_those_of_the_standards(check, body, digit):
    assert check(body) == digit


def test_the_unseen_corpus_is_the_same_everywhere_and_large():
    once = cases()
    assert once == cases()
    assert len(once) >= 3000
    assert len({case.carrier for case in once}) >= 400


@pytest.mark.parametrize("files", [FIRST, SECOND], ids=["first", "second"])
def test_both_looks_stay_as_good_as_they_are(files: tuple[str, ...]) -> None:
    figures, _, (told, mistyped) = measured(cases(files))
    wanted = dict(zip(GROUPS, (0.99, 0.97, 0.90), strict=True))
    assert {g: figures[g].recall for g in GROUPS if figures[g].recall < wanted[g]} == {}
    assert {g: figures[g].precision for g in GROUPS if figures[g].precision < wanted[g]} == {}
    assert told == mistyped


@pytest.mark.parametrize(("files", "hidden"), [(NAMES, 0.9), (KEPT, 0.75)], ids=["seen", "kept"])
def test_names_of_every_sort_are_hidden_in_remarks(files: tuple[str, ...], hidden: float) -> None:
    figures, _ = shown(cases(files))
    names = figures["person_name"]
    assert names.hidden >= hidden * names.there
    assert names.precision >= 0.96
