"""Free text: what personal data stands where. The fast path, and the one rule for overlaps.

Every finder is asked only about texts that the prefilter lets through to it.
Of two spans that overlap the stronger stays: the higher score, then the longer, then the one that
starts first, then the kind that stands first in `Kind`. What lies within a stronger span of its own
kind falls even if that one fell, as in Presidio.
"""

import gc
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from masking.clauses import Clauses
from masking.encoded import read_out, united
from masking.kinds import Kind
from masking.lexicon.western import NO_HAN
from masking.normalise import normalise
from masking.prefilter import Gated, Prefilter
from masking.recognisers import RECOGNISERS, Span
from masking.recognisers.address import ADDRESS
from masking.recognisers.company import COMPANY, COMPANY_LATIN
from masking.recognisers.iban import IBAN
from masking.recognisers.labelled_name import LABELLED_NAME
from masking.recognisers.occupation import OCCUPATION
from masking.recognisers.person_name import LATIN_PERSON_NAME, PERSON_NAME
from masking.recognisers.western_address import WESTERN_ADDRESS
from masking.recognisers.western_name import WESTERN_NAMES
from masking.recognisers.western_phone import WESTERN_PHONE

if TYPE_CHECKING:
    import pandas as pd

RANK = {kind: rank for rank, kind in enumerate(Kind)}

Detect = Callable[[Sequence[str | None]], list[list[Span]]]
"""Texts turned into the personal data in each."""


FINDERS: tuple[Gated, ...] = (
    *RECOGNISERS,
    PERSON_NAME,
    LABELLED_NAME,
    LATIN_PERSON_NAME,
    ADDRESS,
    IBAN,
    COMPANY,
    COMPANY_LATIN,
    OCCUPATION,
    WESTERN_ADDRESS,
    WESTERN_PHONE,
    *WESTERN_NAMES,
)


@cache
def prefilter() -> Prefilter:
    """All finders, behind the cheap questions that spare most of them most texts."""
    return Prefilter(FINDERS)


@cache
def clauses() -> Clauses:
    """The same for texts that are read clause by clause."""
    return Clauses([finder for finder in FINDERS if finder.gate != NO_HAN])


def resolved(spans: Iterable[Span]) -> list[Span]:
    """The spans that remain where several overlap, in order of position."""
    spans = list(spans)
    if len(spans) < 2 and all(span.score > 0 for span in spans):
        return spans
    kept: list[Span] = []
    for together in _chains(sorted(spans, key=_start)):
        kept += _strongest(together) if len(together) > 1 else together
    return kept


def _chains(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Spans of some weight, in order of their starts, cut where none reaches over."""
    chain: list[Span] = []
    reach = 0
    for span in spans:
        if span.score <= 0:
            continue
        if chain and span.start >= reach:
            yield chain
            chain = []
        chain.append(span)
        reach = max(reach, span.end)
    if chain:
        yield chain


def _strongest(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    fallen: dict[Kind, list[Span]] = {}
    for span in sorted(spans, key=_strength):
        place = bisect_left(kept, span.start, key=_start)
        stands_in = kept[max(0, place - 1) : place + 1]
        if any(span.start < other.end and other.start < span.end for other in stands_in):
            _falls(span, fallen.setdefault(span.kind, []))
        elif not _is_covered(span, fallen.get(span.kind, [])):
            kept.insert(place, span)
    return kept


def _strength(span: Span) -> tuple[float, int, int, int]:
    return -span.score, span.start - span.end, span.start, RANK[span.kind]


def _start(span: Span) -> int:
    return span.start


def _falls(span: Span, fallen: list[Span]) -> None:
    """Keep in `fallen` what no other of them covers: so both its starts and its ends rise."""
    if not _is_covered(span, fallen):
        first = last = bisect_left(fallen, span.start, key=_start)
        while last < len(fallen) and fallen[last].end <= span.end:
            last += 1
        fallen[first:last] = [span]


def _is_covered(span: Span, fallen: list[Span]) -> bool:
    place = bisect_right(fallen, span.start, key=_start)
    return place > 0 and span.end <= fallen[place - 1].end


def detect_one(text: str) -> list[Span]:
    """The personal data in one text, also where it is written as a program writes it (`encoded`)."""
    found, copy = as_written(text), read_out(text)
    return found if copy is None else united(found, copy.back(as_written(copy.text)))


def as_written(text: str) -> list[Span]:
    """The personal data in one text, read as it stands there."""
    normal = normalise(text)
    found = clauses().spans(normal)
    return resolved(prefilter().spans(normal) if found is None else found)


def detect_batch(texts: Sequence[str | None]) -> list[list[Span]]:
    """The personal data in each text; nothing in a text that is missing."""
    known: dict[str, list[Span]] = {}  # what is said of payments repeats: 工资, 消费
    found = []
    with _without_collector():
        for text in texts:
            if text and text not in known:
                known[text] = detect_one(text)
            found.append(list(known[text]) if text else [])
    return found


def detector(models: Mapping[str, str]) -> Detect:
    """`detect_batch`; or, where spaCy models are named for a language, Presidio's engine with them."""
    if not models:
        return detect_batch
    from masking.presidio import with_models

    return with_models(models)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python's search for cycles costs a fifth of the time and finds none: spans hold nothing.

    Frozen and thawed, what was made counts as old and is not searched at once when the collector wakes.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        if was_on:
            gc.enable()


def detect(texts: "str | Iterable[str | None]") -> "pd.DataFrame":
    """The same for a notebook: one row per span, `id` counting the texts from 0; one text is a list of one.

    What is no text, such as the NaN of a missing cell, holds nothing.
    """
    import pandas as pd

    held = [texts] if isinstance(texts, str) else [t if isinstance(t, str) else None for t in texts]
    rows = [
        (number, span.kind.value, span.start, span.end, span.score)
        for number, spans in enumerate(detect_batch(held))
        for span in spans
    ]
    return pd.DataFrame(rows, columns=["id", "kind", "start", "end", "score"])
