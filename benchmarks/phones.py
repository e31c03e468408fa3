"""Example numbers of the mainland, Hong Kong, Macao and Taiwan, by type: `python -m benchmarks phones`.

Each is read as E.164 and as written for abroad, alone: a valid one must be found whole and by its kind, an invalid
one not at all. The data lie beside the checkout (`../shared/data`) and are only measured with.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from masking.kinds import Kind
from masking.text import detect_one

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
EXAMPLES = DATA / "cn_phone" / "libphonenumber_examples.jsonl"
KINDS = {"MOBILE": (Kind.MOBILE,), "PAGER": (Kind.MOBILE, Kind.LANDLINE)}
"""Kinds by type; of all other types `landline`. A pager is neither."""
FORMS = ("e164", "international")


def main(_arguments: list[str]) -> None:
    """Print how many examples are judged right in each form."""
    if not EXAMPLES.exists():
        print(f"skipped: {EXAMPLES} is absent")
        return
    examples = [json.loads(line) for line in EXAMPLES.read_text("utf-8").splitlines()]
    right = Counter(form for one in examples for form in FORMS if _is_right(one, form))
    print(json.dumps({"examples": len(examples), **{form: right[form] for form in FORMS}}))


def _is_right(example: dict[str, Any], form: str) -> bool:
    text = example[form]
    found = detect_one(text)
    if example["type"] == "INVALID":
        return not found
    kinds = KINDS.get(example["type"], (Kind.LANDLINE,))
    return len(found) == 1 and found[0].kind in kinds and found[0][1:3] == (0, len(text))
