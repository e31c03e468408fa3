"""Texts that a pattern could have written, and near misses of them: for tests that two renderings agree."""

import random
import re
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ODD = "0123456789Xx -.@:·年号AZaz挂京,，(（_/"


def sampled(pattern: str, r: random.Random) -> str:
    """One text that the pattern matches."""
    return _written(parser.parse(pattern), r)


def near_misses(text: str, r: random.Random) -> list[str]:
    """The text as it is, with a character changed, dropped or put in, and with neighbours."""
    place = r.randrange(len(text) + 1)
    odd = r.choice(ODD)
    return [
        text,
        text[:place] + odd + text[place + 1 :],
        text[:place] + text[place + 1 :],
        text[:place] + odd + text[place:],
        r.choice(ODD) + text + r.choice(ODD),
        f"客户{text}请核对",
    ]


def _written(tree: Any, r: random.Random) -> str:
    return "".join(_part(op, argument, r) for op, argument in tree)


def _part(op: Any, argument: Any, r: random.Random) -> str:
    if op is c.LITERAL:
        return chr(argument)
    if op is c.ANY:
        return r.choice(ODD)
    if op is c.IN:
        return _one_of(argument, r)
    if op in (c.MAX_REPEAT, c.MIN_REPEAT):
        low, high, body = argument
        return "".join(_written(body, r) for _ in range(r.randint(low, min(int(high), low + 4))))
    if op is c.SUBPATTERN:
        return _written(argument[3], r)
    if op is c.BRANCH:
        return _written(r.choice(argument[1]), r)
    raise AssertionError(f"a pattern uses {op}, which engines read differently")


def _one_of(choices: Any, r: random.Random) -> str:
    op, argument = r.choice(choices)
    if op is c.LITERAL:
        return chr(argument)
    if op is c.RANGE:
        return chr(r.randint(*argument))
    raise AssertionError(f"a class uses {op}, which engines read differently")


def texts_for(pattern: str, count: int, seed: str) -> list[str]:
    """`count` texts around what the pattern matches, the same for the same seed."""
    r = random.Random(seed)  # noqa: S311 - made-up values
    found: list[str] = []
    while len(found) < count:
        found += near_misses(sampled(pattern, r), r)
    return found[:count]


def is_plain(pattern: str) -> bool:
    """Whether a pattern keeps to what Python, RE2 and Java read alike."""
    return not re.search(r"\\[bdswBDSW]|\(\?[=!<]|[*+]\+|\\[1-9]", pattern)
