"""How many of the corpus's values are found, and how many finds are values: per kind, exact spans."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from masking.kinds import Kind
from masking.normalise import normalise
from masking.recognisers import RECOGNISERS
from masking.text import resolved
from tests.corpus.cases import Case

OURS = frozenset(r.kind for r in RECOGNISERS)


@dataclass(frozen=True)
class Measured:
    """One kind: how many were there, found rightly, and found at all."""

    there: int
    right: int
    found: int

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0


def found_in(text: str) -> set[tuple[Kind, int, int]]:
    normalised = normalise(text)
    spans = resolved(span for r in RECOGNISERS for span in r.spans(normalised))
    return {(s.kind, s.start, s.end) for s in spans}


def measured(cases: Iterable[Case]) -> tuple[dict[Kind, Measured], dict[Kind, list[str]]]:
    """Per kind the figures, and what went wrong."""
    there, right, found = Counter[Kind](), Counter[Kind](), Counter[Kind]()
    wrong: dict[Kind, list[str]] = defaultdict(list)
    for case in cases:
        got, wanted = found_in(case.text), set(case.spans)
        for kind, start, end in wanted | got:
            there[kind] += (kind, start, end) in wanted
            found[kind] += (kind, start, end) in got
            right[kind] += (kind, start, end) in wanted & got
            if (kind, start, end) not in wanted & got:
                sign = "-" if (kind, start, end) in wanted else "+"
                wrong[kind].append(f"{sign} {case.text[start:end]!r} in {case.text!r}")
    kinds = [k for k in Kind if there[k] or found[k]]
    return {k: Measured(there[k], right[k], found[k]) for k in kinds}, wrong
