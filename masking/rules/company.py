"""A company's name in one spelling, so that an employer and a customer that are one company have one token."""

import re
from functools import cache

from masking.lexicon.tables import traditional
from pipelines.core.sql import literal

_WIDE = "".join(chr(c) for c in range(0xFF01, 0xFF5F))
_NARROW = "".join(chr(c) for c in range(0x21, 0x7F))
_SMALL, _CAPITAL = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BLANK = " \t\n\v\f\r\x1c\x1d\x1e\x85\xa0\u2028\u2029\u3000\u200b\ufeff"
"""What separates nothing in a company's name, and every character that some engine takes for a line's end."""

FORMS = ("股份有限公司", "有限责任公司", "有限公司", "股份公司", "公司")
"""Legal forms: left out in speech, so left out here. What stands before them names the company."""

_FORM = f"({'|'.join(FORMS)})$"
_LEGAL_FORM = re.compile(_FORM)


@cache
def _alike() -> tuple[str, str]:
    """Characters that are written otherwise, and as what: one for one, width first, then capitals."""
    wide = _NARROW.translate(str.maketrans(_SMALL, _CAPITAL))
    pairs = dict(zip(_WIDE + _SMALL, wide + _CAPITAL, strict=True)) | traditional()
    return "".join(pairs), "".join(pairs.values())


@cache
def _table() -> dict[int, int | None]:
    return {**str.maketrans(*_alike()), **dict.fromkeys(map(ord, _BLANK))}


def one_spelling(text: str) -> str:
    """The name without blanks, width, traditional characters and legal form; the name itself if nothing is left."""
    spelt = text.translate(_table())
    return _LEGAL_FORM.sub("", spelt) or spelt or text


def one_spelling_sql(text: str) -> str:
    """The same as SQL over an expression that is neither null nor empty."""
    written, meant = _alike()
    # Translating costs as much as its table is long, so it is asked first whether there is anything to change.
    seen = f"[{re.escape(written)}{_escaped(_BLANK)}]"
    spelt = (
        f"CASE WHEN regexp_matches({text}, {literal(seen)})"
        f" THEN translate({text}, {literal(written + _BLANK)}, {literal(meant)}) ELSE {text} END"
    )
    bare = f"regexp_replace({spelt}, {literal(_FORM)}, '')"
    return f"coalesce(nullif({bare}, ''), nullif({spelt}, ''), {text})"


def simplified_sql(text: str) -> str:
    """SQL: a name with its traditional characters as they are written on the mainland."""
    pairs = traditional()
    written, meant = "".join(pairs), "".join(pairs.values())
    return (
        f"CASE WHEN regexp_matches({text}, {literal(f'[{written}]')})"
        f" THEN translate({text}, {literal(written)}, {literal(meant)}) ELSE {text} END"
    )


def _escaped(characters: str) -> str:
    """Characters for the inside of a bracket expression, as every engine reads them."""
    return "".join(f"\\x{{{ord(c):x}}}" for c in characters)
