"""Who issued a bank card: bank, type and network, from the first digits and the length of its number.

ISO/IEC 7812-1 gives an issuer the first six to eight digits; some Chinese banks' own prefixes are shorter or
longer. Prefixes are told apart by the length of the whole number, and of those that fit the longest counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from masking.lexicon.tables import lines

TYPES = {"debit": "借记卡", "credit": "贷记卡", "semi-credit": "准贷记卡", "prepaid": "预付卡"}
"""Each type of card, with its name in Chinese."""

NETWORKS = {
    "UnionPay": "62|81",
    "Visa": "4",
    "Mastercard": "5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)",
    "JCB": "35(?:2[89]|[3-8])",
    "American Express": "3[47]",
    "Diners Club": "3(?:0[0-5]|[689])",
}
"""The first digits of each network's numbers; what is of none is a bank's own, and goes through UnionPay."""


@dataclass(frozen=True)
class Issuer:
    """What the first digits of a card's number say."""

    prefix: str
    length: int
    """Of the whole number."""
    bank: str
    """The bank's code, as banks' interfaces use it: ICBC, CMB …"""
    zh: str
    en: str
    """Its name in Chinese; in English the code where we know no name."""
    type: str
    """debit, credit, semi-credit or prepaid."""

    @property
    def network(self) -> str:
        """Whose network the card belongs to; empty for a bank's own prefix."""
        return next((n for n, first in NETWORKS.items() if re.match(first, self.prefix)), "")


@cache
def issuers() -> dict[tuple[str, int], Issuer]:
    """Every listed issuer, by prefix and length of the number."""
    return {(i.prefix, i.length): i for i in _listed()}


def issuer(number: str) -> Issuer | None:
    """The issuer of a card's number, written with or without separators; none if it is not listed."""
    digits = re.sub("[ -]", "", number)
    if not re.fullmatch("[0-9]+", digits):
        return None
    known = issuers()
    found = (known.get((digits[:n], len(digits))) for n in prefix_lengths())
    return next((one for one in found if one), None)


@cache
def prefix_lengths() -> tuple[int, ...]:
    """How many digits a prefix may have, the longest first."""
    return tuple(sorted({len(prefix) for prefix, _ in issuers()}, reverse=True))


def _listed() -> Iterator[Issuer]:
    english = dict(line.split(" ", 1) for line in lines("banks.txt"))
    written = lines("card_prefixes.txt")
    divider = written.index("[prefixes]")
    chinese = dict(line.split(" ", 1) for line in written[1:divider])
    for line in written[divider + 1 :]:
        bank, kind, length, *prefixes = line.split()
        for prefix in prefixes:
            yield Issuer(prefix, int(length), bank, chinese[bank], english.get(bank, bank), kind)
