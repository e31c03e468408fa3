"""Personal names in running text: Chinese, foreign in Chinese characters, minority names with a dot.

No standard lists them: surnames and the characters of given names are counted (`masking/lexicon`),
and a name is what explains its characters better than ordinary words do.
"""

from dataclasses import dataclass

from masking.kinds import Kind
from masking.lexicon.lattice import pieces
from masking.normalise import Normalised
from masking.recognisers.recogniser import Span

NAMES = frozenset("cgf")


@dataclass(frozen=True)
class ChineseNames:
    """Names that the cheapest reading of a Chinese text contains."""

    kind: Kind = Kind.PERSON_NAME
    name: str = "person_name"
    gate: str = "[\u4e00-\u9fff]{2}"

    def spans(self, text: Normalised) -> list[Span]:
        """The names, in order of position."""
        return [
            Span(self.kind, *text.span(piece.start, piece.end), 0.7)
            for piece in pieces(text.text)
            if piece.letter in NAMES
        ]


PERSON_NAME = ChineseNames()
