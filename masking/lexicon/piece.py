"""A piece of a text that was read: a word or a name."""

from typing import NamedTuple

NAMES = frozenset("cgfk")
"""The letters of names."""


class Piece(NamedTuple):
    """A word or name of a reading.

    `letter` is what the word list says of it (`tables.Words`), `c` for a Chinese name by shape, `?` for a word
    that no list has.
    """

    start: int
    end: int
    letter: str
