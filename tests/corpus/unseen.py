"""The unseen corpus: cases written by somebody who had not read the recognisers.

Every carrier line is filled several times with values made from the standards; the seed is fixed,
so the cases are the same everywhere. What stands in `<<…>>` or is written `{?kind}` may be found or
not: it is no case, because careful readers would differ. `{kind=one|other}` stands for one of the
words written there.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.unseen_kinds import MAKERS

# How a finding is judged. A span must have the very edges of the value, country code and extension
# included; brackets, `+` and `号` at its edges do not count. Of the kinds whose edges even experts
# would draw differently, overlapping by half is enough.
SOFT = frozenset({"address", "company_name", "occupation", "amount", "location"})
CHECKSUMMED = frozenset(
    {
        "resident_id",
        "foreign_pr_card",
        "driver_licence",
        "uscc",
        "org_code",
        "tax_code",
        "business_licence",
        "bank_card",
        "vin",
        "imei",
    }
)

FIRST = ("unseen_carriers.txt", "unseen_lookalikes.txt")
SECOND = ("unseen_second.txt",)
THIRD = ("unseen_third.txt",)
NAMES = ("fourth_names.txt",)
KEPT = ("fourth_kept.txt",)
BLIND = ("second_carriers.txt", "second_lookalikes.txt")
SEED = 20261121
TIMES = 7  # how often a carrier is filled; a carrier without a value stands once
MARK = re.compile(r"\{([~?]?)([a-z_]+[0-9]*)(?::([a-z0-9]+))?(?:=([^{}]+))?\}|<<|>>")


@dataclass(frozen=True)
class Span:
    """Where a kind stands. `wrong`: with a wrong check digit, to be told as suspect."""

    kind: str
    start: int
    end: int
    wrong: bool = False


@dataclass(frozen=True)
class Unseen:
    """A text, what must be found in it, and where something may be found without being wrong."""

    text: str
    spans: tuple[Span, ...]
    open: tuple[tuple[int, int], ...]
    carrier: str


def cases(files: Sequence[str] = FIRST) -> list[Unseen]:
    rng = random.Random(SEED)  # noqa: S311 - made-up cases, not keys
    here = Path(__file__).parent
    made: dict[str, Unseen] = {}
    for file in files:
        for carrier in carriers(here / file):
            for _ in range(TIMES if "{" in carrier else 1):
                case = filled(carrier, rng)
                made.setdefault(case.text, case)
    return list(made.values())


def carriers(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            yield line.replace("\\n", "\n").replace("\\t", "\t")


def filled(carrier: str, rng: random.Random) -> Unseen:
    text, at = "", 0
    spans: list[Span] = []
    free: list[tuple[int, int]] = []
    begun = 0
    for mark in MARK.finditer(carrier):
        text += carrier[at : mark.start()]
        at = mark.end()
        if mark.group() == "<<":
            begun = len(text)
        elif mark.group() == ">>":
            free.append((begun, len(text)))
        else:
            sign, kind, form, written = mark.groups()
            name = sign.replace("?", "") + kind + (f":{form}" if form else "")
            value = rng.choice(written.split("|")) if written else MAKERS[name](rng)
            end = len(text) + len(value)
            if sign == "?":
                free.append((len(text), end))
            elif not sign:
                spans.append(Span(kind, len(text), end, wrong=form == "wrong"))
            text += value
    return Unseen(text + carrier[at:], tuple(spans), tuple(free), carrier)
