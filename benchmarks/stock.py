"""Presidio's own recogniser cases, read by its recognisers and by ours: `python -m benchmarks stock`.

Only the kinds that both know are compared. A case is lost if Presidio's recogniser passes it and we do not; `-v`
shows each. The data lie beside the checkout (`../shared/data`) and are only measured with.
"""

import json
import logging
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import tldextract
from presidio_analyzer import EntityRecognizer
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    EmailRecognizer,
    IbanRecognizer,
    IpRecognizer,
    MacAddressRecognizer,
    PhoneRecognizer,
)

from masking.kinds import Kind
from masking.text import detect_one

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
CASES = DATA / "pii_presidio_recognizer_tests" / "vectors.jsonl"

SHARED: dict[str, tuple[Callable[[], EntityRecognizer], frozenset[Kind]]] = {
    "credit_card_recognizer": (CreditCardRecognizer, frozenset({Kind.BANK_CARD})),
    "email_recognizer": (EmailRecognizer, frozenset({Kind.EMAIL})),
    "iban_recognizer": (IbanRecognizer, frozenset({Kind.BANK_ACCOUNT})),
    "ip_recognizer": (IpRecognizer, frozenset({Kind.IP})),
    "mac_recognizer": (MacAddressRecognizer, frozenset({Kind.MAC})),
    "phone_recognizer": (PhoneRecognizer, frozenset({Kind.MOBILE, Kind.LANDLINE})),
}
"""Their test file: their recogniser, and the kinds that mean the same here."""


def main(arguments: list[str]) -> None:
    """Print for each kind how many cases each passes, and how many are lost."""
    if not CASES.exists():
        sys.exit("no ../shared/data beside the checkout")
    logging.disable(logging.WARNING)
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())  # the bundled list: no network
    theirs = {name: make() for name, (make, _) in SHARED.items()}
    counts: dict[str, Counter[str]] = {name: Counter() for name in SHARED}
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        name = case["recognizer"]
        if name not in SHARED:
            continue
        stock = passes(case, _by_stock(theirs[name], case["text"]))
        ours = passes(case, _by_us(SHARED[name][1], case["text"]))
        counts[name] += Counter(cases=1, stock=stock, ours=ours, lost=stock and not ours)
        if "-v" in arguments and stock and not ours:
            print(name, repr(case["text"]), case["expected_positions"])
    for name, seen in counts.items():
        print(json.dumps({"recogniser": name, **seen}))


def passes(case: dict[str, Any], found: Sequence[tuple[int, int]]) -> bool:
    """Whether as many were found as expected and, where the case says, at those places."""
    places = case["expected_positions"]
    if places:
        return sorted(found) == sorted((start, end) for start, end in places)
    return len(found) == case["expected_count"]


def _by_stock(recogniser: EntityRecognizer, text: str) -> list[tuple[int, int]]:
    found = recogniser.analyze(text, recogniser.supported_entities, None)
    best = EntityRecognizer.remove_duplicates(found)
    return [(result.start, result.end) for result in best]


def _by_us(kinds: frozenset[Kind], text: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in detect_one(text) if span.kind in kinds]
