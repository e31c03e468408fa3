"""Names of companies and institutions: what stands before 有限公司, 银行, 医院, 大学 and their like.

The end is a grammar (企业名称登记管理规定: division, own name, trade, form of organisation); where the name begins
has to be decided: it goes back over words that may be part of a name, until one that may not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from masking.kinds import Kind
from masking.lexicon import tables
from masking.lexicon.units import Unit, units
from masking.normalise import Normalised
from masking.recognisers.recogniser import Span

LONGEST = 24
WEAK_SCORE, SCORE, FORM_SCORE = 0.5, 0.65, 0.9


@cache
def forms() -> frozenset[str]:
    """The words that such names end with."""
    return frozenset(tables.groups("address_words.txt")["company"])


@cache
def outside() -> frozenset[str]:
    """Words that are never part of such a name."""
    return frozenset(tables.groups("address_words.txt")["not_a_stem"])


@dataclass(frozen=True)
class Companies:
    """Companies and institutions in Chinese text."""

    kind: Kind = Kind.COMPANY_NAME
    name: str = "company"
    gate: str = (
        "公司|集团|行|社|所|室|部|厂|院|学|园|店|校|会|台|信|险|券|托|媒|业|产|空|赁|吧|超市|企业"
    )

    def spans(self, text: Normalised) -> list[Span]:
        """The names, in order of position."""
        seen = units(text.text)
        found: list[tuple[int, int, float]] = []
        for number, unit in enumerate(seen):
            form = _form(seen, number)
            if not form:
                continue
            start = _start(seen, number)
            if unit.end - start <= len(form):
                continue
            if found and start <= found[-1][1]:
                start = found.pop()[0]
            found.append((start, unit.end, FORM_SCORE if "公司" in form else SCORE))
        return [Span(self.kind, *text.span(a, b), score) for a, b, score in found]


def _form(seen: Sequence[Unit], number: int) -> str:
    """The form of organisation that ends with this unit, if one does."""
    word = seen[number].text
    for size in range(min(len(word), 6), 1, -1):
        if word[-size:] in forms():
            return word[-size:]
    return ""


def _start(seen: Sequence[Unit], number: int) -> int:
    end = start = seen[number].start
    for unit in reversed(seen[:number]):
        if unit.end != start or end - unit.start > LONGEST:
            break
        if unit.text in "()" and unit.letter == ".":
            start = unit.start
            continue
        if unit.letter in "0." or unit.text in outside():
            break
        start = unit.start
    first = next((u for u in seen if u.start == start), None)
    return start + 1 if first and first.text in ("(", ")") else start


COMPANY = Companies()
