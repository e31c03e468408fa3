"""Flowing: texts as one paragraph, of which nothing is cut. Chinese has no blanks, where Rich would break a line."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.measure import Measurement
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions

OPEN, CLOSE, HAN = r"（【“《(\[", r"，。；：、）】”》)\]", "\u3400-\u9fff"
PIECE = re.compile(rf"[{OPEN}]*(?:[{HAN}]|[^\s{OPEN}{CLOSE}{HAN}]+)?[{CLOSE}]*\s*")
"""What stays together: a word or a Chinese character, with the marks that open before it and close behind it."""
NARROWEST = 20


class Flowing:
    """A paragraph."""

    def __init__(self, parts: "Iterable[Text | Flowing]") -> None:
        self.text: Text = Text(" ").join(p.text if isinstance(p, Flowing) else p for p in parts)

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> Iterator[Text]:
        for line in self.text.divide(breaks(self.text.plain, options.max_width)):
            line.rstrip()
            yield line

    def __rich_measure__(self, console: "Console", options: "ConsoleOptions") -> Measurement:
        most = min(self.text.cell_len, options.max_width)
        return Measurement(min(most, NARROWEST), most)


def breaks(text: str, width: int) -> list[int]:
    """Where the lines after the first begin. A piece that no line can hold is broken anywhere."""
    found, used = list[int](), 0
    for piece in PIECE.finditer(text):
        if used and used + cell_len(piece[0].rstrip()) > width:
            found.append(piece.start())
            used = 0
        for place, character in enumerate(piece[0], piece.start()):
            if not character.isspace() and used + cell_len(character) > width:
                found.append(place)
                used = 0
            used += cell_len(character)
    return found
