"""Normalise: one way of writing before anything is looked for, and the way back.

Width, invisible marks, dashes, blanks and numerals read aloud (一三八…, 幺, 洞) differ between
keyboards, not between values. Separators between digits stay: where they may stand is the business
of each pattern.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from masking.lexicon.tables import traditional, transliteration

INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Zero-width, joiner and direction marks: nobody sees them, so they separate nothing."""

_FULL = "".join(chr(c) for c in range(0xFF01, 0xFF5F))
_HALF = "".join(chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F))
_KEPT = "，！？"
"""Full-width marks that stay: a comma of Chinese text separates clauses, never thousands."""
_BLANKS = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_TRADITIONAL = "護證號碼機電話銀車郵帳賬戶儲駕駛軍編稅識別納統會執業營組織構驗聯絡網貸還額鄉灣臺"
_SIMPLIFIED = "护证号码机电话银车邮帐账户储驾驶军编税识别纳统会执业营组织构验联络网贷还额乡湾台"
"""Characters of the labels that stand before values, as Hong Kong, Macao and Taiwan write them."""
_OTHER_DOTS = "∙⋅●･﹒・᛫⸱ꞏ"
"""Dots between the parts of a name that are not the one the standard says (U+00B7)."""
_PAIRS = [(a, b) for a, b in zip(_FULL, _HALF, strict=True) if a not in _KEPT]
WRITTEN = "".join(a for a, _ in _PAIRS) + _TRADITIONAL + _BLANKS + _DASHES + _OTHER_DOTS
"""Characters that have another way of being written …"""
MEANT = (
    "".join(b for _, b in _PAIRS)
    + _SIMPLIFIED
    + " " * len(_BLANKS)
    + "-" * len(_DASHES)
    + "·" * len(_OTHER_DOTS)
)
"""… and that other way, one for one, so that positions stay."""

SPOKEN = "零〇○一二三四五六七八九幺洞两拐勾壹贰叁肆伍陆柒捌玖叉"
DIGITS = "00012345678910279123456789X"
"""Numerals read aloud digit by digit; on the telephone 幺 is 1, 洞 0, 两 2, 拐 7, 勾 9, and 叉 is X."""
PAUSES = "、，,"
"""What is written where a reader pauses, beside a blank and a hyphen."""

_TABLE = {ord(a): b for a, b in zip(WRITTEN, MEANT, strict=True)}
_SPOKEN = {
    **{ord(a): b for a, b in zip(SPOKEN, DIGITS, strict=True)},
    **{ord(c): "-" for c in PAUSES},
}
_UNUSUAL = re.compile(f"[{re.escape(WRITTEN)}]")
_HIDDEN = re.compile(f"[{INVISIBLE}]+")
_READ_ALOUD = re.compile(f"[{SPOKEN}0-9](?:[ {PAUSES}-]?[{SPOKEN}0-9]){{6,24}}")
"""Seven numerals or more in a row are digits read aloud; fewer are words (三四十岁, 一二三等奖)."""
FEWEST_APART = 10
_APART = re.compile("(?<![0-9])(?<![0-9] )[0-9](?: [0-9]){9,24}(?: [Xx])?(?![0-9])")
"""Ten digits or more, each followed by a blank, are one number written so as to be read."""
_SPACED_DOT = re.compile("(?<=[\u4e00-\u9fff])(?: +· *|· +)(?=[\u4e00-\u9fff])")
_NUMERAL = re.compile(f"[{SPOKEN}]")


@dataclass(frozen=True)
class Normalised:
    """A text as patterns see it, and where each of its characters stood in the text as written."""

    text: str
    written: str
    places: Sequence[int] | None = None
    """Position in `written` of every character; None if it is the same position."""

    @property
    def simplified(self) -> str:
        """The text as it is read: word lists know simplified characters only. Positions stay."""
        return simplified(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of `written` that these characters of `text` stand for."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


@lru_cache(4)
def simplified(text: str) -> str:
    """The text with its traditional characters as they are written on the mainland, one for one."""
    if text.isascii():
        return text
    pattern, table = _simpler()
    return text.translate(table) if pattern.search(text) else text


@cache
def _simpler() -> tuple[re.Pattern[str], dict[int, str]]:
    pairs = traditional()
    return re.compile(f"[{''.join(pairs)}]"), str.maketrans(pairs)


@cache
def _dot() -> re.Pattern[str]:
    """A full stop between two characters that write foreign names stands for their dot: no sentence ends so."""
    written = "".join(transliteration())
    return re.compile(f"(?<=[{written}])[.](?=[{written}])")


def normalise(text: str) -> Normalised:
    """The text in one way of writing. Costs a few searches where there is nothing to change."""
    if text.isascii():
        return _together(Normalised(text.replace("\t", " ") if "\t" in text else text, text))
    plain, places = text, None
    if _HIDDEN.search(text):
        places = [i for i, c in enumerate(text) if c not in INVISIBLE]
        plain = "".join(text[i] for i in places)
    if _UNUSUAL.search(plain):
        plain = plain.translate(_TABLE)
    if "." in plain:
        plain = _dot().sub("·", plain)
    if _NUMERAL.search(plain):
        plain = _READ_ALOUD.sub(_as_digits, plain)
    return _together(Normalised(plain, text, places))


def _together(read: Normalised) -> Normalised:
    """Without the blanks between digits that stand apart, and around the dot of a name."""
    apart = read.text.count(" ") >= FEWEST_APART - 1
    found = list(_APART.finditer(read.text)) if apart else []
    if "·" in read.text:
        found += _SPACED_DOT.finditer(read.text)
    if not found:
        return read
    blanks = {m.start() + i for m in found for i, c in enumerate(m[0]) if c == " "}
    kept = [i for i in range(len(read.text)) if i not in blanks]
    places = kept if read.places is None else [read.places[i] for i in kept]
    return Normalised("".join(read.text[i] for i in kept), read.written, places)


def _as_digits(found: re.Match[str]) -> str:
    if len(_NUMERAL.findall(found[0])) < sum(c.isdigit() and c.isascii() for c in found[0]):
        return found[0]
    return found[0].translate(_SPOKEN)


def normalised_sql(value: str) -> str:
    """The same for a whole column, as SQL over the expression `value`.

    A cell holds one value: only a cell of nothing but numerals is read aloud, and blanks around a name's dot stay.
    """
    visible = f"regexp_replace({value}, '[{INVISIBLE}]', '', 'g')"
    seen = f"translate({visible}, '{WRITTEN}', '{_quoted(MEANT)}')"
    numerals = f"^[{SPOKEN}]([ {PAUSES}-]?[{SPOKEN}X]){{6,24}}$"
    apart = "^[0-9]( [0-9]){9,24}( [Xx])?$"
    aloud = f"translate({value}, '{SPOKEN}{PAUSES}', '{DIGITS}{'-' * len(PAUSES)}')"
    return (
        f"CASE WHEN {value} LIKE '_ _ _ _ _ _ _ _ _ _%' AND regexp_matches({value}, '{apart}') "
        f"THEN replace({value}, ' ', '') "
        f"WHEN bit_length({value}) = 8 * length({value}) AND NOT contains({value}, '\t') THEN {value} "
        f"WHEN regexp_matches({value}, '[{_quoted(_class(WRITTEN))}{INVISIBLE}]') THEN {seen} "
        f"WHEN regexp_matches({value}, '{numerals}') THEN {aloud} ELSE {value} END"
    )


def _class(characters: str) -> str:
    """Characters as they stand between the brackets of a pattern; none of ours is special there but these."""
    return "".join(c for c in characters if c not in "\\]^-\t") + "\t"


def _quoted(text: str) -> str:
    return text.replace("'", "''")
