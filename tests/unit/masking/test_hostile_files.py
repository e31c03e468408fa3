"""Forty hostile files, masked for an analyst: of the people in them nothing is left but what is known to be missed."""

import pytest

from tests.corpus.hostile import survivors

MISSED = {"chat.md": ["龙腾飞", "腾飞"]}
"""A name of which a word and a rest is made, in a sentence (找龙腾飞)."""


@pytest.mark.usefixtures("key")
def test_nobody_is_left_in_a_masked_file(tmp_path):
    left = survivors(tmp_path, "analyst")
    assert len(left) == 40
    assert {name: some for name, some in left.items() if some} == MISSED


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "a key made up for the tests")
