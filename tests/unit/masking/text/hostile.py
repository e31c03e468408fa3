"""Texts that begin like a match of a pattern and are none, made from the pattern itself."""

from re import _constants as op
from re import _parser as parser
from typing import Any

LONGEST = 24
"""Characters of the longest beginning."""


def beginnings(pattern: str) -> set[str]:
    """Beginnings, characters and pairs of what the pattern matches; with each repetition short and long."""
    found: set[str] = set()
    for times in (0, 1, 3):
        for text in (_match(parser.parse(pattern), times, branch) for branch in (0, -1)):
            found |= {text[:end] for end in range(1, min(len(text), LONGEST) + 1)}
            found |= {text[at : at + width] for at in range(len(text)) for width in (1, 2)}
    return found


def _match(parsed: Any, times: int, branch: int) -> str:
    return "".join(_part(code, value, times, branch) for code, value in parsed)


def _part(code: Any, value: Any, times: int, branch: int) -> str:
    if code is op.LITERAL:
        return chr(value)
    if code is op.IN:
        return _member(value)
    if code is op.BRANCH:
        return _match(value[1][branch], times, branch)
    if code is op.SUBPATTERN:
        return _match(value[-1], times, branch)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, of = value
        return _match(of, times, branch) * min(max(least, times), int(most))
    return "" if code in (op.AT, op.ASSERT, op.ASSERT_NOT) else "x"


def _member(items: list[tuple[Any, Any]]) -> str:
    code, value = items[0]
    if code is op.LITERAL:
        return chr(value)
    return chr(value[0]) if code is op.RANGE else "x"
