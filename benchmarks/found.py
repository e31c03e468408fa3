"""How much of what stands in public texts is found, and how much else: `python -m benchmarks found`.

The data lie beside the checkout (`../shared/data`) and are only measured with. Each set is split by a hash into a
half that weights were chosen on and a half that was only reported; both are printed.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from masking.kinds import Kind
from masking.text import detect_batch

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
TOKEN = re.compile(r"\w+|[^\w\s]")
Found = set[tuple[int, int]]
ENGLISH = {
    "PERSON": {Kind.PERSON_NAME},
    "STREET_ADDRESS": {Kind.ADDRESS, Kind.POSTCODE},
    "GPE": {Kind.ADDRESS},
    "ORGANIZATION": {Kind.COMPANY_NAME},
    "CREDIT_CARD": {Kind.BANK_CARD},
    "DATE_TIME": {Kind.BIRTH_DATE},
    "TITLE": {Kind.PERSON_NAME, Kind.OCCUPATION},
    "PHONE_NUMBER": {Kind.MOBILE, Kind.LANDLINE},
    "AGE": {Kind.AGE},
    "NRP": {Kind.NATIONALITY, Kind.RELIGION, Kind.ETHNICITY},
    "EMAIL_ADDRESS": {Kind.EMAIL},
    "ZIP_CODE": {Kind.POSTCODE, Kind.ADDRESS},
    "IBAN_CODE": {Kind.BANK_ACCOUNT},
    "US_SSN": {Kind.RESIDENT_ID},
    "IP_ADDRESS": {Kind.IP},
    "US_DRIVER_LICENSE": {Kind.DRIVER_LICENCE},
}
"""What the set calls a thing, in our kinds; we have none for its DOMAIN_NAME."""


def main(arguments: list[str]) -> None:
    """Print one line of JSON for each set and half; say so where the data are absent."""
    if not DATA.is_dir():
        print(f"skipped: {DATA} is absent")
        return
    chinese = [
        json.loads(line)
        for line in (DATA / "ner_cluener_dev/dev.jsonl").read_text("utf-8").splitlines()
    ]
    for label, kind in (("name", Kind.PERSON_NAME), ("address", Kind.ADDRESS)):
        for half, rows in halves(chinese, lambda row: str(row["text"])):
            print(
                json.dumps(
                    {
                        "set": "cluener",
                        "label": label,
                        "half": half,
                        **spans_right(rows, label, kind),
                    }
                )
            )
    english = json.loads(
        (DATA / "pii_presidio_research_en/synth_dataset_v2.json").read_text("utf-8")
    )
    for half, rows in halves(english, lambda row: str(row["template_id"])):
        print(json.dumps({"set": "presidio research", "half": half, **tokens_right(rows)}))


def halves(rows: list[Any], key: Callable[[Any], str]) -> Iterable[tuple[str, list[Any]]]:
    """The half that was tuned on, the half that was not, and all."""
    tuned = [hashlib.sha256(key(row).encode()).digest()[0] % 2 == 0 for row in rows]
    yield "tuned", [row for row, here in zip(rows, tuned, strict=True) if here]
    yield "reported", [row for row, here in zip(rows, tuned, strict=True) if not here]
    yield "all", rows


def spans_right(rows: list[Any], label: str, kind: Kind) -> dict[str, float]:
    """Strict spans of one kind, and the share of its characters that no span of the kind covers."""
    right = wanted = got = missed = characters = 0
    for row, spans in zip(rows, detect_batch([row["text"] for row in rows]), strict=True):
        gold: Found = {(e["start"], e["end"]) for e in row["entities"] if e["label"] == label}
        found: Found = {(s.start, s.end) for s in spans if s.kind is kind}
        right, wanted, got = right + len(gold & found), wanted + len(gold), got + len(found)
        should = {i for a, b in gold for i in range(a, b)}
        missed += len(should - {i for a, b in found for i in range(a, b)})
        characters += len(should)
    return {
        "precision": round(right / got, 3), "recall": round(right / wanted, 3),
        "f1": round(2 * right / (got + wanted), 3), "missed": round(missed / characters, 3),
    }  # fmt: skip


def tokens_right(rows: list[Any]) -> dict[str, float]:
    """F2 over tokens: whether a token is personal at all, and whether it is of the right kind."""
    any_kind = right_kind = wanted = got = 0
    for row, spans in zip(rows, detect_batch([row["full_text"] for row in rows]), strict=True):
        gold: dict[int, str] = {}
        for entity in row["spans"]:
            gold |= dict.fromkeys(
                range(entity["start_position"], entity["end_position"]), entity["entity_type"]
            )
        found = {i: span.kind for span in spans for i in range(span.start, span.end)}
        for token in TOKEN.finditer(row["full_text"]):
            label, kind = gold.get(token.start()), found.get(token.start())
            wanted, got = wanted + (label is not None), got + (kind is not None)
            any_kind += label is not None and kind is not None
            right_kind += label is not None and kind in ENGLISH.get(label, set())
    return {"f2": _f2(any_kind, wanted, got), "f2_right_kind": _f2(right_kind, wanted, got)}


def _f2(right: int, wanted: int, got: int) -> float:
    return round(5 * right / (4 * wanted + got), 3)
