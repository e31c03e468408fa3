"""Widened patterns: any digit will do where a pattern asks for certain ones.

A text with every digit written as 0 repeats far oftener than the text itself. What a widened pattern does not find in
it, the pattern cannot find in the text; both are read from the parsed pattern, as in `masking/prefilter.py`.
"""

import re
from collections.abc import Iterable
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

DIGITS = range(0x30, 0x3A)
ANYTHING = (op.IN, [(op.RANGE, (0, 0x10FFFF))])
DIGIT = (op.RANGE, (0x30, 0x39))
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)


def widened(pattern: str) -> re.Pattern[str]:
    """A pattern that matches, with 0 for every digit, wherever `pattern` matches."""
    parsed = parser.parse(pattern)
    parsed.data = _wide(parsed.data)
    return compiler.compile(parsed)  # type: ignore[no-any-return]


def _wide(items: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return [wide for code, value in items for wide in _wide_one(code, value)]


def _wide_one(code: Any, value: Any) -> list[tuple[Any, Any]]:
    if code is op.LITERAL:
        return [(op.IN, [DIGIT])] if value in DIGITS else [(code, value)]
    if code is op.NOT_LITERAL:
        return [ANYTHING] if value in DIGITS else [(code, value)]
    if code is op.IN:
        return [_wide_set(value)]
    for inner in _inside(code, value):
        inner.data = _wide(inner.data)
    if code is op.ASSERT or (code is op.ASSERT_NOT and not _is_blind(value[1].data)):
        return []
    return [(code, value)]


def _inside(code: Any, value: Any) -> list[Any]:
    """The patterns that a part of a pattern is made of."""
    if code is op.BRANCH:
        return list(value[1])
    if code is op.SUBPATTERN:
        return [value[-1]]
    return [value[2]] if code in REPEATS else []


def _is_blind(items: Iterable[tuple[Any, Any]]) -> bool:
    """Whether a pattern of characters side by side takes no digit for another."""
    return all(
        (code is op.LITERAL and value not in DIGITS)
        or (code is op.IN and _wide_set(value) == (code, value))
        for code, value in items
    )


def _wide_set(items: list[tuple[Any, Any]]) -> tuple[Any, Any]:
    """A set of characters, with all digits in it if it has one."""
    ranges = [
        (v, v) if code is op.LITERAL else v for code, v in items if code in (op.LITERAL, op.RANGE)
    ]
    some = any(low <= DIGITS[-1] and high >= DIGITS[0] for low, high in ranges)
    if not some or any(low <= DIGITS[0] and high >= DIGITS[-1] for low, high in ranges):
        return op.IN, items
    return ANYTHING if (op.NEGATE, None) in items else (op.IN, [*items, DIGIT])


def reaches(pattern: str, marks: str) -> bool:
    """Whether a match of `pattern` may contain one of these characters."""
    return _reaches(parser.parse(pattern), marks)


def _reaches(items: Iterable[tuple[Any, Any]], marks: str) -> bool:
    return any(_reaches_one(code, value, marks) for code, value in items)


def _reaches_one(code: Any, value: Any, marks: str) -> bool:
    if code in (op.LITERAL, op.NOT_LITERAL):
        return any((ord(mark) == value) is (code is op.LITERAL) for mark in marks)
    if code is op.IN:
        one = parser.parse("[x]")
        one.data = [(code, value)]
        return any(compiler.compile(one).match(mark) for mark in marks)
    if code in (op.ASSERT, op.ASSERT_NOT, op.AT):
        return False
    inside = _inside(code, value)
    return not inside or any(_reaches(inner, marks) for inner in inside)
