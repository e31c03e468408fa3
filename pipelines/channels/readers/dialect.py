"""How a delimited text is divided: found by trying, the most regular table wins."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from math import log2

from pipelines.channels.readers.rows import Dialect, Row, rows

SEPARATORS = (",", "\t", ";", "|", "\x01", "\x02", "\x1e", "\x1f", "^", "~", "¦", "§")
LONG_SEPARATOR = re.compile(r"[|^~@#$!+&%*§¦\x01-\x08\x1e\x1f]{2,5}")
"""Banks' interfaces divide by such as |@| or ^|^, which no text contains."""

QUOTES = ("'", '"')
ROWS_TRIED = 300
WITHOUT_QUOTES = 0.7
"""A reading that takes quotes for text has to be that much better: some rows' quotes are mistakes."""
UNLIKE_A_CELL = re.compile(r"[,;|\t^~]|^['\"]|['\"]$")
NUMBER = re.compile(r"[-+(]?[¥$€£]?\d[\d,.' ]*(e[-+]?\d+)?[%)]?", re.IGNORECASE)


def sniffed(sample: str) -> Dialect:
    """The dialect in which the sample is the most regular table; one column if none divides it."""
    one_column = Dialect("")
    best, reached = one_column, _regularity(sample, one_column)
    for dialect in _candidates(sample):
        score = _regularity(sample, dialect)
        if score > reached + 1e-9:
            best, reached = dialect, score
    return best


def _candidates(sample: str) -> Iterator[Dialect]:
    for separator in _separators(sample):
        for quote in _quotes(sample, separator):
            yield Dialect(separator, quote)
            if quote and "\\" + quote in sample:
                yield Dialect(separator, quote, "\\")
            if quote and separator + " " + quote in sample:
                yield Dialect(separator, quote, spaces=True)


def _separators(sample: str) -> list[str]:
    """The separators to try; not the parts of a longer one that divides the sample wholly."""
    counts = Counter(LONG_SEPARATOR.findall(sample))
    long = [token for token, count in counts.most_common(3) if count > 1]
    parts = {part for token in long if _divides(sample, token) for part in token}
    return [*long, *(s for s in SEPARATORS if s in sample and s not in parts)]


def _divides(sample: str, token: str) -> bool:
    """Whether nothing of the token is left in any cell, as it would be of two separators side by side."""
    left = [part for part in token if part in SEPARATORS]
    seen = [row for row in islice(rows(sample, 1, Dialect(token)), ROWS_TRIED) if not row.reason]
    divided = sum(len(row.cells) > 1 for row in seen)
    whole = not any(part in (cell or "") for row in seen for cell in row.cells for part in left)
    return whole and divided * 10 > len(seen) * 9


def _quotes(sample: str, separator: str) -> Iterator[str]:
    if '"' not in sample:
        yield '"'
    else:
        yield from ('"', "")
    edge = re.escape(separator)
    if "'" in sample and re.search(rf"(^|{edge})'[^']*'({edge}|$)", sample, re.MULTILINE):
        yield "'"


def _regularity(sample: str, dialect: Dialect) -> float:
    """How much like a table this reading is: rows of one width, many columns, cells like cells."""
    seen = [_width(row, dialect) for row in islice(rows(sample, 1, dialect), ROWS_TRIED)]
    if not seen:
        return 0.0
    widths = Counter(width for width, _ in seen)
    widths.pop(0, None)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda found: (found[1], found[0]))
    clean = sum(share for w, share in seen if w == width) / count
    return (
        (count / len(seen)) * clean * (1 + log2(width)) * (1 if dialect.quote else WITHOUT_QUOTES)
    )


def _width(row: Row, dialect: Dialect) -> tuple[int, float]:
    if row.reason:
        return 0, 0.0
    if not dialect.quote and _is_torn(row.cells):
        return len(row.cells), 0.0
    like = sum(
        1
        for cell in row.cells
        if not cell or not UNLIKE_A_CELL.search(cell) or NUMBER.fullmatch(cell)
    )
    return len(row.cells), like / len(row.cells)


def _is_torn(cells: Sequence[str | None]) -> bool:
    """Whether a quote opens in one cell and closes in a later one: it was divided within its quotes."""
    torn = [_open_edge(cell or "") for cell in cells]
    return "start" in torn and "end" in torn[torn.index("start") :]


def _open_edge(cell: str) -> str:
    starts, ends = cell[:1] in QUOTES, len(cell) > 1 and cell[-1:] in QUOTES
    if starts == ends:
        return ""
    return "start" if starts else "end"
