"""What is shown clear of the names and addresses in remarks, and what is hidden that is neither.

A value counts as hidden if spans, whatever their kind, cover all of it; as cut if they cover a part. A find of
its kind is right if it lies within such a value and what stands open beside it, and takes nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from masking.recognisers import Span as Found
from masking.text import detect_batch
from tests.corpus.unseen import Span, Unseen


@dataclass
class Shown:
    """How many were there, hidden whole, cut; how many finds were made of their kind, and were right."""

    there: int = 0
    hidden: int = 0
    cut: int = 0
    found: int = 0
    right: int = 0

    def says(self) -> str:
        return (
            f"{self.there:5} there  hidden {self.hidden}  cut {self.cut}  "
            f"found {self.found}  right {self.right}  precision {self.precision:.4f}"
        )

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0


def shown(cases: Iterable[Unseen]) -> tuple[dict[str, Shown], dict[str, list[str]]]:
    """The figures of names and of addresses, and the texts that went wrong."""
    cases = list(cases)
    figures = {"person_name": Shown(), "address": Shown()}
    wrong: dict[str, list[str]] = {kind: [] for kind in figures}
    for case, found in zip(cases, detect_batch([case.text for case in cases]), strict=True):
        for span in case.spans:
            _counted(figures[span.kind], wrong[span.kind], case, span, found)
        for one in found:
            if one.kind.value in figures:
                right = _is_right(case, one)
                figures[one.kind.value].found += 1
                figures[one.kind.value].right += right
                if not right:
                    wrong[one.kind.value].append(
                        f"+ {case.text[one.start : one.end]!r} in {case.text!r}"
                    )
    return figures, wrong


def _counted(
    figures: Shown, wrong: list[str], case: Unseen, span: Span, found: Sequence[Found]
) -> None:
    places = [place for place in range(span.start, span.end) if case.text[place] != " "]
    covered = sum(any(f.start <= place < f.end for f in found) for place in places)
    figures.there += 1
    figures.hidden += covered == len(places)
    figures.cut += 0 < covered < len(places)
    if covered < len(places):
        sign = "~" if covered else "-"
        wrong.append(f"{sign} {case.text[span.start : span.end]!r} in {case.text!r}")


def _is_right(case: Unseen, one: Found) -> bool:
    allowed = {place for span in case.spans for place in range(span.start, span.end)}
    meant = any(span.start < one.end and one.start < span.end for span in case.spans)
    allowed |= {place for start, end in case.open for place in range(start, end)}
    return meant and allowed.issuperset(range(one.start, one.end))
