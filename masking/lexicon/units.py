"""Units: a text cut into words, names, numbers and single marks, for what is read by its grammar."""

import re
from dataclasses import dataclass
from functools import lru_cache

from masking.lexicon.lattice import pieces
from masking.lexicon.piece import Piece

OTHER = re.compile(r"[0-9]+(?:[.-][0-9]+)*|[A-Za-z]+|[^0-9A-Za-z\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, name, number or mark; letters as of a `Piece`, 0 number, a Latin; a word of no list is its characters."""

    start: int
    end: int
    letter: str
    text: str


@lru_cache(2)
def units(text: str) -> tuple[Unit, ...]:
    """The units of a normalised text, in order."""
    found: list[Unit] = []
    at = 0
    for piece in (*pieces(text), Piece(len(text), len(text), "")):
        found += _others(text, at, piece.start)
        if piece.letter == "?":
            found += [Unit(i, i + 1, "w", text[i]) for i in range(piece.start, piece.end)]
        elif piece.letter:
            word = text[piece.start : piece.end]
            found.append(Unit(piece.start, piece.end, piece.letter, word))
        at = piece.end
    return tuple(found)


def _others(text: str, start: int, end: int) -> list[Unit]:
    found = []
    for match in OTHER.finditer(text, start, end):
        first = match[0][0]
        letter = "0" if first.isdigit() else "a" if first.isalpha() else "."
        found.append(Unit(match.start(), match.end(), letter, match[0]))
    return found
