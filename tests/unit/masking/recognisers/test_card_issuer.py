"""Who issued a card: exact length, longest prefix."""

import pytest

from masking.recognisers.bank_card import BANK_CARD, BANK_CARD_OWN
from masking.recognisers.card_issuer import TYPES, issuer, issuers

CASES = [
    ("6222020000000000000", "ICBC", "debit", "UnionPay"),
    ("622202 0000 0000 0000-0", "ICBC", "debit", "UnionPay"),
    ("6225880000000000", "CMB", "debit", "UnionPay"),
    ("1030000000000000000", "ABC", "debit", ""),
    ("5187100000000000", "CMB", "credit", "Mastercard"),
    ("4392250000000000", "CMB", "credit", "Visa"),
    ("3568900000000000", "CMB", "credit", "JCB"),
    ("6229756115000000000", "BJRCB", "debit", "UnionPay"),
]


@pytest.mark.parametrize(("number", "bank", "kind", "network"), CASES)
def test_a_card_tells_its_bank_type_and_network(number, bank, kind, network):
    found = issuer(number)
    assert found
    assert (found.bank, found.type, found.network) == (bank, kind, network)


@pytest.mark.parametrize(
    "number",
    ["622202000000000000", "62220200000000000000", "4111111111111111", "62220A0000000000000", ""],
)
def test_another_length_or_an_unlisted_prefix_tells_nothing(number):
    assert issuer(number) is None


def test_the_longest_prefix_of_the_length_counts():
    longer = [
        k for k in issuers() if any((k[0][:n], k[1]) in issuers() for n in range(3, len(k[0])))
    ]
    assert len(longer) > 20
    for prefix, length in longer:
        found = issuer(prefix.ljust(length, "0"))
        assert found
        assert found.prefix.startswith(prefix)


def test_every_issuer_has_names_a_type_and_a_length_cards_have():
    for (prefix, length), one in issuers().items():
        assert one.type in TYPES
        assert one.zh
        assert one.en
        assert 15 <= length <= 20
        assert 3 <= len(prefix) <= 10


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("向6222021234567890128转账", 0.92),
        ("向6222021234567890123转账", 0.7),
        ("向6200001234567890123转账", None),
        ("流水号6222021234567890123", None),
        ("卡号6200001234567890123", 0.7),
    ],
)
def test_a_listed_prefix_speaks_for_a_card_whose_check_digit_does_not(text, score):
    assert [span.score for span in BANK_CARD.find(text)] == ([score] if score else [])


def test_every_listed_prefix_but_those_of_twenty_digits_has_a_card_s_shape():
    shapes = (BANK_CARD.compiled, BANK_CARD_OWN.compiled)
    unseen = {
        length
        for prefix, length in issuers()
        if not any(shape.fullmatch(prefix.ljust(length, "0")) for shape in shapes)
    }
    assert unseen == {20}
