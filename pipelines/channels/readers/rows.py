"""Rows of a delimited text, one by one and with care: what the fast path cannot read safely."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

LONGEST_FIELD = 16 << 20
"""A quoted field that does not end within this many characters was never meant to begin."""

EOL = re.compile(r"\r\n|\n|\r")
UNBALANCED = "unbalanced quote"
TEXT_AFTER_QUOTE = "text after a closing quote"


@dataclass(frozen=True)
class Dialect:
    """How a text is divided: the separator (one column if empty), the quote (none if empty), its escape."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    spaces: bool = False
    """Whether spaces before an opening quote are dropped."""

    @cached_property
    def quoted(self) -> re.Pattern[str]:
        """A quoted field from its opening to its closing quote."""
        q, e = re.escape(self.quote), re.escape(self.escape)
        if self.escape == self.quote:
            return re.compile(f"{q}((?:[^{q}]++|{q}{q})*+){q}")
        return re.compile(f"{q}((?:[^{q}{e}]++|{e}.|{q}{q})*+){q}", re.DOTALL)

    @cached_property
    def after(self) -> re.Pattern[str]:
        """What may follow a field: the separator, the end of the line, the end of the text."""
        separator = re.escape(self.delimiter) + "|" if self.delimiter else ""
        return re.compile(separator + r"\r\n|\n|\r|\Z")

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """Spaces that may stand before an opening quote."""
        return re.compile(
            rf" *(?={re.escape(self.quote)})" if self.spaces else rf"(?={re.escape(self.quote)})"
        )

    def unescaped(self, inside: str) -> str:
        """A quoted field's text without its escapes."""
        if self.escape != self.quote and self.escape in inside:
            inside = re.sub(re.escape(self.escape) + "(.)", r"\1", inside, flags=re.DOTALL)
        return inside.replace(self.quote * 2, self.quote)


class Row(NamedTuple):
    """One row: where it begins and ends in the text, its cells, or why it has none."""

    line: int
    start: int
    end: int
    cells: tuple[str | None, ...] = ()
    reason: str = ""


def rows(text: str, line: int, dialect: Dialect, final: bool = True) -> Iterator[Row]:
    """The rows of `text`, whose first line is number `line`; blank lines are none.

    If more text is to follow (not `final`), a row that may go on there is not given.
    """
    at = 0
    while at < len(text):
        end = EOL.search(text, at)
        stop, after = (end.start(), end.end()) if end else (len(text), len(text))
        if dialect.quote and text.find(dialect.quote, at, stop) >= 0:
            row = _quoted(text, at, after, line, dialect)
        else:
            row = Row(line, at, after, _split(text[at:stop], dialect))
        if not final and _may_go_on(text, at, row):
            return
        row = row or Row(line, at, after, reason=UNBALANCED)
        if stop > at:
            yield row
        line += lines_in(text, at, row.end)
        at = row.end


def _may_go_on(text: str, at: int, row: Row | None) -> bool:
    if row is None:
        return len(text) - at < LONGEST_FIELD
    return row.end == len(text) and not text.endswith("\n")


def _split(line: str, dialect: Dialect) -> tuple[str | None, ...]:
    cells = line.split(dialect.delimiter) if dialect.delimiter else [line]
    return tuple(c or None for c in cells)


def _quoted(text: str, at: int, after_line: int, line: int, dialect: Dialect) -> Row | None:
    """A row with quotes in it; None if a quoted field does not end."""
    cells: list[str | None] = []
    start, limit = at, at + LONGEST_FIELD
    while True:
        opened = dialect.opening.match(text, at)
        if opened:
            field = dialect.quoted.match(text, opened.end(), limit)
            if field is None:
                return None
            followed = dialect.after.match(text, field.end())
            if followed is None and dialect.delimiter.startswith(text[field.end() :]):
                return None  # the text ends within a separator
            if followed is None:
                spans = EOL.search(field.group())
                return Row(
                    line, start, after_line, reason=UNBALANCED if spans else TEXT_AFTER_QUOTE
                )
            cells.append(dialect.unescaped(field.group(1)))
        else:
            followed = dialect.after.search(text, at)
            assert followed is not None  # noqa: S101 - the end of the text always matches
            cells.append(text[at : followed.start()] or None)
        at = followed.end()
        if not dialect.delimiter or followed.group() != dialect.delimiter:
            return Row(line, start, at, tuple(cells))


def lines_in(text: str, start: int, end: int) -> int:
    """How many line ends stand between two places."""
    piece = text[start:end]
    return piece.count("\n") + piece.count("\r") - piece.count("\r\n")
