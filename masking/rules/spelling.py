"""Spelling: the one way of writing a value of which its token is made, in Python and as SQL.

What names one thing is written in many ways and stands in columns of many kinds: a telephone among mobiles or among
landlines, a passport under 证件号码, a company as an employer, a customer or a signatory. Kinds of one family share a
spelling and a key, so that one value has one token wherever it stands.
"""

import re
from collections.abc import Callable
from functools import cache

from masking.kinds import Kind
from masking.lexicon.tables import traditional
from masking.recognisers.checksum import lengthened, lengthened_sql
from masking.recognisers.shapes import DAY, MONTH, PROVINCE
from pipelines.core.sql import literal

FAMILY: dict[Kind, Kind] = {
    Kind.COMPANY_NAME: Kind.PERSON_NAME, Kind.EMPLOYER: Kind.PERSON_NAME, Kind.LANDLINE: Kind.MOBILE,
    Kind.BANK_ACCOUNT: Kind.BANK_CARD,
    **dict.fromkeys((
        Kind.PASSPORT, Kind.HKMO_PERMIT, Kind.TW_PERMIT, Kind.FOREIGN_PR_CARD, Kind.MILITARY_ID, Kind.DRIVER_LICENCE,
        Kind.USCC,
    ), Kind.RESIDENT_ID),
}  # fmt: skip
"""Kinds whose values stand in one column, or are the same, and the kind that stands for all of them."""

_WIDE = "".join(chr(c) for c in range(0xFF01, 0xFF5F))
_NARROW = "".join(chr(c) for c in range(0x21, 0x7F))
_SMALL, _CAPITAL = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BLANK = " \t\n\v\f\r\x1c\x1d\x1e\x85\xa0\u2028\u2029\u3000\u200b\ufeff"
"""What separates nothing in a name, and every character that some engine takes for a line's end …"""
_DOTS = "·•‧・∙⋅●･﹒．."
"""… and what stands between the parts of a foreign one, or not."""

FORMS = ("股份有限公司", "有限责任公司", "有限公司", "股份公司", "公司")
"""Legal forms: left out in speech, so left out here. What stands before them names the company."""

_FORM = f"({'|'.join(FORMS)})$"
_LEGAL_FORM = re.compile(_FORM)


@cache
def _alike() -> tuple[str, str]:
    """Characters that are written otherwise, and as what: one for one, width first, then capitals."""
    wide = _NARROW.translate(str.maketrans(_SMALL, _CAPITAL))
    pairs = dict(zip(_WIDE + _SMALL, wide + _CAPITAL, strict=True)) | traditional()
    pairs = {c: as_what for c, as_what in pairs.items() if c not in _DOTS}
    return "".join(pairs), "".join(pairs.values())


@cache
def _table() -> dict[int, int | None]:
    return {**str.maketrans(*_alike()), **dict.fromkeys(map(ord, _BLANK + _DOTS))}


def name(text: str) -> str:
    """A name without blanks, dots, width, traditional characters and legal form; itself if nothing is left."""
    spelt = text.translate(_table())
    return _LEGAL_FORM.sub("", spelt) or spelt or text


def name_sql(text: str) -> str:
    """The same as SQL over an expression that is neither null nor empty."""
    written, meant = _alike()
    # Translating costs as much as its table is long, so it is asked first whether there is anything to change.
    seen = f"[{re.escape(written)}{_escaped(_BLANK + _DOTS)}]"
    spelt = (
        f"CASE WHEN regexp_matches({text}, {literal(seen)})"
        f" THEN translate({text}, {literal(written + _BLANK + _DOTS)}, {literal(meant)}) ELSE {text} END"
    )
    bare = f"regexp_replace({spelt}, {literal(_FORM)}, '')"
    return f"coalesce(nullif({bare}, ''), nullif({spelt}, ''), {text})"


def _escaped(characters: str) -> str:
    """Characters for the inside of a bracket expression, as every engine reads them."""
    return "".join(f"\\x{{{ord(c):x}}}" for c in characters)


_HOME = re.compile("861[3-9][0-9]{9}")
"""A mobile of the mainland behind the country's code."""


def telephone(text: str) -> str:
    """A telephone's digits, without the zeros or the plus before them and what stands between the parts."""
    digits = text.replace("-", "").lstrip("+0")
    return digits[2:] if _HOME.fullmatch(digits) else digits


def telephone_sql(text: str) -> str:
    """The same as SQL."""
    digits = f"regexp_replace(replace({text}, '-', ''), '^[+0]+', '')"
    home = f"regexp_matches({digits}, {literal(f'^{_HOME.pattern}$')})"
    return f"CASE WHEN {home} THEN substr({digits}, 3) ELSE {digits} END"


_SHORT = re.compile(f"{PROVINCE}[0-9]{{6}}{MONTH}{DAY}[0-9]{{3}}")
"""A resident ID of 15 digits: the same person's as the one of 18 characters."""
_BRACKETS = "()"
"""Around the check character of a Hong Kong identity card, or not."""


def document(text: str) -> str:
    """A document's number without brackets; a resident ID of 15 digits as its 18 characters."""
    bare = text.translate(dict.fromkeys(map(ord, _BRACKETS)))
    return lengthened(bare) if _SHORT.fullmatch(bare) else bare


def document_sql(text: str) -> str:
    """The same as SQL."""
    bare = f"translate({text}, {literal(_BRACKETS)}, '')"
    short = f"regexp_matches({bare}, {literal(f'^{_SHORT.pattern}$')})"
    return f"CASE WHEN {short} THEN {lengthened_sql(bare)} ELSE {bare} END"


def plate(text: str) -> str:
    """A plate without the dot before its number."""
    return text.translate(dict.fromkeys(map(ord, _DOTS)))


def plate_sql(text: str) -> str:
    """The same as SQL."""
    return f"translate({text}, {literal(_DOTS)}, '')"


ONE_SPELLING: dict[Kind, tuple[Callable[[str], str], Callable[[str], str]]] = {
    Kind.PERSON_NAME: (name, name_sql),
    Kind.MOBILE: (telephone, telephone_sql),
    Kind.RESIDENT_ID: (document, document_sql),
    Kind.PLATE: (plate, plate_sql),
}
"""Families whose values are written in several ways: what brings a value to one of them, and the same as SQL."""
