"""Clauses: what repeats in texts is read once, however the numbers in it differ.

No value and no name reaches over a comma of Chinese text or a full stop, and no reading of words depends on which
digits stand between them. So a clause with every digit written as 0 says what names and addresses it holds and of
which other kinds there might be something; only those are then asked about the digits themselves.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from masking.lexicon.lattice import HAN_GATE, MARKS
from masking.normalise import Normalised
from masking.prefilter import DIGITS, Asked, Gated, Prefilter, asked_of, runs_of, says, wanted
from masking.recognisers.iban import IBAN
from masking.recognisers.labelled_name import LABELLED_NAME
from masking.recognisers.person_name import LATIN_PERSON_NAME
from masking.recognisers.recogniser import Recogniser, Span, close
from masking.widened import reaches, widened

CLAUSE = re.compile(f"[^{MARKS}]+")
DIGIT = re.compile("[1-9]")
CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
"""Whoever looks at Chinese text looks at a text with one of these; Western finders do not."""
HAN = re.compile(HAN_GATE)
LONGEST, MOST = 200, 50_000
"""Characters of a clause that may come again; clauses kept."""


class ByShape(NamedTuple):
    """A finder that has to look at a clause, and the words one of which the text must have for it."""

    finder: Recogniser
    said: tuple[str, ...]


class Clause(NamedTuple):
    """What a clause holds: spans that digits do not change, and who has to look at its digits."""

    spans: tuple[Span, ...]
    asked: tuple[ByShape, ...]


class Said(dict[tuple[str, ...], bool]):
    """Whether one of some words stands in a text, looked for once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._both = ""

    def __missing__(self, words: tuple[str, ...]) -> bool:
        self._both = self._both or f"{self._text}\n{close(self._text).lower()}"
        found = self[words] = says(self._both, words)
        return found


class Clauses:
    """All finders, over clauses that are kept; Western finders look at whole texts and are not among them."""

    def __init__(self, finders: Sequence[Gated]) -> None:
        patterns = [finder for finder in finders if isinstance(finder, Recogniser)]
        wide = [finder for finder in patterns if reaches(finder.labelled, MARKS)]
        # the proof of an IBAN is of letters and digits: none would be left with 0 for every digit
        self._readers = [f for f in finders if not isinstance(f, Recogniser) and f is not IBAN]
        whole: list[Gated] = [*wide, *(finder for finder in finders if finder is IBAN)]
        self._across = [(re.compile(finder.gate), finder) for finder in whole]
        self._some_across = re.compile("|".join(finder.gate for finder in whole))
        within = [finder for finder in patterns if finder not in wide]
        self._shapes = Prefilter.of([_by_shape(finder) for finder in within])
        self._asked = {finder.name: ByShape(finder, _said(finder)) for finder in within}
        self._known: dict[str, Clause] = {}

    def spans(self, text: Normalised) -> list[Span] | None:
        """What all finders find in a text; nothing is said of a text that has to be looked at as a whole."""
        written = text.text
        if "《" in written or not CHINESE.search(written):
            return None
        found = self._over_marks(text) if self._some_across.search(written) else []
        said = Said(written)
        for match in CLAUSE.finditer(DIGIT.sub("0", written)):
            start, end = match.span()
            if end - start > LONGEST:
                return None
            clause = self._known.get(match[0]) or self._read(match[0])
            for kind, begin, stop, score, _ in clause.spans:
                found.append(Span(kind, *text.span(start + begin, start + stop), score))
            for asked in clause.asked:
                if not asked.said or said[asked.said]:
                    found += asked.finder.spans(text, start, end + 1)
        return found

    def _over_marks(self, text: Normalised) -> list[Span]:
        """What the finders find whose values reach over the marks between clauses."""
        found: list[Span] = []
        for gate, finder in self._across:
            found += finder.spans(text) if gate.search(text.text) else ()
        return found

    def _read(self, clause: str) -> Clause:
        text = Normalised(clause, clause)
        if HAN.search(clause):
            read = [span for finder in self._readers for span in finder.spans(text)]
        else:
            read = [*LATIN_PERSON_NAME.inside(text), *LABELLED_NAME.spans(text)]
        shapes = self._shapes.let_through(clause, runs_of(clause))
        found = Clause(tuple(read), tuple(self._asked[asked.finder.name] for asked in shapes))
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[clause] = found
        return found


def _said(finder: Recogniser) -> tuple[str, ...]:
    return asked_of(finder).said if finder.needs_context else ()


def _by_shape(finder: Recogniser) -> Asked:
    """A finder, and what a clause with 0 for every digit must have for it."""
    sets = (s | {"0"} if not s.isdisjoint(DIGITS) else s for s in wanted(finder.pattern))
    gate = widened(finder.edges.around(finder.labelled))
    return Asked(finder, asked_of(finder).asks, tuple(sets), gate, ())
