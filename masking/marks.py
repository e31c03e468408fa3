"""Marks: what shows that a value was hidden before it came here: stars, labels, tokens, bands. It is no value.

What our own rules leave is read from the rules; what others leave (138****1234, 张某, XX路) is written here. Where the
line is drawn: a company may have one star in its name (*ST, A*STAR) and an address in its number (2*301), a landline
one before its extension; two in a row are a mark. A name, an identity number, a mobile and an amount have none. A range
is a mark only where a date, an age or an amount is expected: 12-14号 in an address is none. Free text is left alone.
"""

import re
from collections.abc import Iterable
from functools import cache

from masking.kinds import Kind
from masking.rules import RULES, FreeText, Rule
from masking.rules.calendar import Calendar
from masking.rules.period import Period
from masking.tiers import tiers
from pipelines.core.sql import literal

STARS = "*＊﹡✱∗★☆◎■□█╳"
_STAR = f"(?:[{STARS}]|●●|^●|●$)"
"""A star of any width. One ● inside is how some write the dot of a name: 阿迪力●买买提."""
_HAN, _X = "[一-龥]", "[xXｘＸ×]"
_SAID = (
    "[\\[【(（<《{]*(?:已脱敏|脱敏|已屏蔽|屏蔽|已隐藏|隐藏|已隐去|已加密|已遮蔽|保密|不予显示|masked|MASKED|Masked|redacted|REDACTED"
    "|Redacted|hidden|HIDDEN)[\\]】)）>》}]*"
)
"""Words that stand for a value that somebody hid."""

END = "\\z"
"""The end of a text, as RE2 and Java write it; Python writes it large."""

DOCUMENTS = (
    Kind.RESIDENT_ID, Kind.PASSPORT, Kind.HKMO_PERMIT, Kind.TW_PERMIT, Kind.FOREIGN_PR_CARD, Kind.MILITARY_ID,
    Kind.DRIVER_LICENCE, Kind.USCC,
)  # fmt: skip
LONG_NUMBERS = (*DOCUMENTS, Kind.MOBILE, Kind.BANK_CARD, Kind.BANK_ACCOUNT, Kind.IMEI, Kind.QQ)
ORGANISATIONS = (Kind.COMPANY_NAME, Kind.EMPLOYER)
DATES = (Kind.BIRTH_DATE, Kind.EVENT_DATE)
AMOUNTS = (Kind.INCOME, Kind.ASSET, Kind.BALANCE, Kind.TRANSACTION)
NO_STAR = (
    Kind.PERSON_NAME, *LONG_NUMBERS, *DATES, *AMOUNTS, Kind.EMAIL, Kind.PLATE, Kind.VIN, Kind.POSTCODE, Kind.AGE,
    Kind.IP, Kind.MAC, Kind.WECHAT, Kind.SEX,
)  # fmt: skip
"""Kinds of which no value holds a star: one is a mark."""
MISTAKABLE = frozenset({
    Kind.CODE, Kind.OCCUPATION, Kind.EDUCATION, Kind.MARITAL_STATUS, Kind.NATIONALITY, Kind.ETHNICITY, Kind.SEX,
    Kind.CREDIT, Kind.RELIGION, Kind.OPINION, Kind.PLAIN,
})  # fmt: skip
"""Kinds of which a value may look hidden though nobody hid it: 其他 is what our rules leave, and what a form offers."""
LEFT_ALONE = (Kind.OPINION, Kind.PLAIN, Kind.KEY)
"""Free text may quote a mark, what is plain is ours, and keys are asked for tokens alone."""

_SIGNS = ("#", "＃", "_", "○", "〇", "□", "[.]", "…", "[?]", "？", "-", "—", "~", "～", "·")
"""Other signs that stand in a row for what is hidden. By itself each has honest uses."""
_LABEL = "^[\\[<{【(][A-Z][A-Z_ ]{2,24}[\\]>}】)]$"
"""What tools for masking write: [NAME], <PHONE_NUMBER>."""
_HASHED = "^(?:[0-9a-f]{32}|[0-9A-F]{32}|[0-9a-f]{40}|[0-9A-F]{40}|[0-9a-f]{64}|[0-9A-F]{64})$"
"""MD5, SHA-1 and SHA-256 of a value, as hexadecimal digits."""
_NAME_HIDDEN = f"^{_HAN}{{1,2}}(?:{'|'.join(f'{s}{{2,}}' for s in _SIGNS)}|[#＃_□]+{_HAN}?)$|^[#＃_□?？]+{_HAN}{{1,2}}$"
"""A surname and one sign, repeated; of #, _ and □ one is enough, and it may stand before or inside."""
_RUN = f"(?:{'|'.join(f'{s}{{3,}}' for s in _SIGNS)})"
_NUMBER_HIDDEN = f"[0-9] ?{_RUN}|{_RUN} ?[0-9]"

_ORGANISATION = "公司|集团|银行|厂|店|学校|医院|单位"
_OTHERS: dict[Kind, tuple[str, ...]] = {
    Kind.PERSON_NAME: (
        f"^{_HAN}{{1,3}}(?:{_X}{{1,3}}|某{{1,2}})$",
        f"^{_X}{{2,}}$",
        _NAME_HIDDEN,
        _LABEL,
        _HASHED,
    ),
    Kind.ADDRESS: (
        f"(?:^|[^A-Za-z]){_X}{{2,}}(?:路|街|巷|弄|号|村|镇|乡|区|县|市|省|小区|栋|室)",
        "某{1,2}(?:路|街|小区|村|镇|乡)",
    ),
    **dict.fromkeys(
        ORGANISATIONS,
        (f"(?:^|[^A-Za-z]){_X}{{2,}}{_HAN}*(?:{_ORGANISATION})", f"^{_X}{{2,}}$", "某{2,}"),
    ),
    **dict.fromkeys(
        (*LONG_NUMBERS, Kind.LANDLINE), (f"{_X}{{3,}}", _NUMBER_HIDDEN, _LABEL, _HASHED)
    ),
    Kind.USCC: (f"{_X}{{5,}}", _NUMBER_HIDDEN, _LABEL, _HASHED),
    Kind.EMAIL: (_LABEL, _HASHED),
}
"""How others hide values of a kind, beside stars."""


@cache
def pattern(kind: Kind) -> str:
    """What finds a mark in a value of the kind; empty if nothing is asked of it."""
    if kind == Kind.KEY:
        return _alike_everywhere(_whole((RULES["token"],)))
    if kind in LEFT_ALONE:
        return ""
    whole = (rule for rule in RULES.values() if _may_hide(rule, kind))
    star = _STAR if kind in NO_STAR else f"[{STARS}●]{{2,}}|^{_STAR}+$"
    said = "|".join([_whole(whole), f"^{_SAID}$", star, *_OTHERS.get(kind, ())])
    return _alike_everywhere(said)


def _may_hide(rule: Rule, kind: Kind) -> bool:
    """Whether a tier hides the kind so, or may be told to: by another rule of the same way."""
    ways = {type(tier.rules[kind]) for tier in tiers().values()}
    own_dates = isinstance(rule, Calendar | Period) and kind in DATES
    return rule.name == "token" or isinstance(rule, FreeText) or own_dates or type(rule) in ways


def _whole(rules: Iterable[Rule]) -> str:
    left = sorted({rule.left() for rule in rules} - {""})
    return f"^(?:{'|'.join(left)})$"


def _alike_everywhere(said: str) -> str:
    """The pattern as every engine reads it: `.` is any character, and the end stands after a last line break."""
    return f"(?s){said.replace('$', END)}"


def is_masked(kind: Kind, text: str) -> bool:
    """Whether a value of that kind was hidden before it came here."""
    found = pattern(kind)
    return bool(found) and re.search(found.replace(END, "\\Z"), text.strip(" ")) is not None


def is_masked_sql(kind: Kind, text: str) -> str:
    """The same of a SQL expression, in DuckDB's dialect; false where there is nothing."""
    found = pattern(kind)
    if not found:
        return "FALSE"
    return f"coalesce(regexp_matches(trim({text}, ' '), {literal(found)}), FALSE)"
