"""Names of people, companies, places and nations in text without Chinese characters.

No list is complete; what is found and how is said in `masking/lexicon/western.py`.
"""

from dataclasses import dataclass

from masking.kinds import Kind
from masking.lexicon.western import NO_HAN, mentions
from masking.normalise import Normalised
from masking.recognisers.recogniser import Span


@dataclass(frozen=True)
class WesternNames:
    """The names of one kind."""

    kind: Kind
    name: str
    gate: str = NO_HAN

    def spans(self, text: Normalised) -> list[Span]:
        """The names, in order of position."""
        return [
            Span(m.kind, *text.span(m.start, m.end), m.score)
            for m in mentions(text.text)
            if m.kind is self.kind
        ]


WESTERN_NAMES = tuple(
    WesternNames(kind, f"western_{kind.value}")
    for kind in (Kind.PERSON_NAME, Kind.COMPANY_NAME, Kind.ADDRESS, Kind.NATIONALITY)
)
