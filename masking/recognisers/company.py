"""Names of companies and institutions: what stands before 有限公司, 银行, 医院, 大学 and their like.

The end is a grammar (企业名称登记管理规定: division, own name, trade, form of organisation); where the name begins
has to be decided: it goes back over words that may be part of a name, until one that may not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from masking.kinds import Kind
from masking.lexicon import tables
from masking.lexicon.units import Unit, units
from masking.normalise import Normalised
from masking.recognisers.recogniser import Span

LONGEST = 24
SCORE, FORM_SCORE = 0.65, 0.9


@cache
def forms() -> frozenset[str]:
    """The words that such names end with."""
    return frozenset(tables.groups("address_words.txt")["company"])


@cache
def outside() -> frozenset[str]:
    """Words that are never part of such a name."""
    return frozenset(tables.groups("address_words.txt")["not_a_stem"])


def _forms_pattern() -> str:
    return "|".join(sorted(forms(), key=lambda form: (-len(form), form)))


@dataclass(frozen=True)
class Companies:
    """Companies and institutions in Chinese text."""

    kind: Kind = Kind.COMPANY_NAME
    name: str = "company"
    gate: str = field(default_factory=_forms_pattern)

    def spans(self, text: Normalised) -> list[Span]:
        """The names, in order of position."""
        matches = [(match.end(), match[0]) for match in self.compiled.finditer(text.text)]
        if not matches:
            return []
        seen = units(text.text)
        by_end = {unit.end: number for number, unit in enumerate(seen)}
        found: list[tuple[int, int, float]] = []
        for end, form in matches:
            number = by_end.get(end)
            if number is None:
                continue
            start = _start(seen, number)
            if end - start <= len(form):
                continue
            if found and start <= found[-1][1]:
                start = found.pop()[0]
            found.append((start, end, FORM_SCORE if "公司" in form else SCORE))
        return [Span(self.kind, *text.span(a, b), score) for a, b, score in found]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The forms, the longest first."""
        return re.compile(self.gate)


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
