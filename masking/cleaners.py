"""Cleaners: how a value is written here. What a cleaner cannot read becomes null, and is counted.

Each is two SQL expressions in DuckDB's dialect: `spelt` turns the source's text `{c}` into one spelling, null
if nothing was written; `value` turns that spelling `{c}` into the value, null if it cannot be read.
"""

from dataclasses import dataclass

from masking.kinds import Kind
from masking.signs import AROUND, number_sql
from pipelines.core.sql import literal

FULL_WIDTH = "".join(chr(c) for c in range(0xFF01, 0xFF5F)) + "\u3000"
HALF_WIDTH = "".join(chr(c) for c in range(0x21, 0x7F)) + " "


@dataclass(frozen=True)
class Cleaner:
    """One way of writing, by name."""

    name: str
    spelt: str
    value: str = "{c}"


_HALF = f"translate({{c}}, {literal(FULL_WIDTH)}, {literal(HALF_WIDTH)})"
_UNSEEN = b"[\\u200B-\\u200F\\u202A-\\u202E\\u2060\\uFEFF\\u00AD]".decode("unicode_escape")
_PLAIN = f"regexp_replace({_HALF}, '{_UNSEEN}', '', 'g')"
_TEXT = f"nullif(trim(regexp_replace(regexp_replace({{c}}, '{_UNSEEN}', '', 'g'), '[\\s\u3000\u00a0]+', ' ', 'g')), '')"
_BARE = f"regexp_replace(trim(regexp_replace({_PLAIN}, '[\\s\u00a0]+', ' ', 'g')), {literal(AROUND)}, '', 'g')"
_NUMBER = number_sql(_BARE)
"""Without what spreadsheets write around numbers; a number without what floats add to it."""
_HALF_TEXT = _TEXT.replace("{c}", _HALF)
_TIGHT = f"nullif(regexp_replace({_PLAIN}, '[\\s\u00a0]+', '', 'g'), '')"

_DOTS = "[•‧・∙⋅●･﹒．{more}]"
_NAME = (
    "CASE WHEN regexp_matches({c}, '[A-Za-zＡ-Ｚａ-ｚ]') THEN "
    f"regexp_replace({_HALF_TEXT}, '{_DOTS.replace('{more}', '')}', '·', 'g') ELSE "
    f"regexp_replace({_TIGHT}, '{_DOTS.replace('{more}', '.')}', '·', 'g') END"
)
_ADDRESSED = "[(](本人|先生|女士|小姐)[)]$|^(?:[\u4e00-\u9fff]{2,4})(先生|女士|小姐|太太)$"
_UNADDRESSED = (
    f"CASE WHEN regexp_matches({{n}}, {literal(_ADDRESSED)}) THEN "
    "regexp_replace({n}, '[(](本人|先生|女士|小姐)[)]$|(先生|女士|小姐|太太)$', '', 'g') ELSE {n} END"
)


def _when(pattern: str) -> str:
    return f"CASE WHEN regexp_matches({{c}}, {literal(pattern)}) THEN {{c}} END"


_YMD = "^([0-9]{4})(?:[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))(?:[T ].*)?$"


def _part(*groups: int) -> str:
    parts = ", ".join(f"regexp_extract({{c}}, {literal(_YMD)}, {g})" for g in groups)
    return f"lpad(concat({parts}), {4 if groups == (1,) else 2}, '0')"


_ISO = f"concat({_part(1)}, '-', {_part(2, 4)}, '-', {_part(3, 5)})"
_DAY = f"CASE WHEN regexp_matches({{c}}, {literal(_YMD)}) THEN {_ISO} END"
_DATE = f"try_cast({_DAY} AS DATE)"
_CLOCK = "regexp_extract({c}, '[T日 ]+([0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)', 1)"
_TIME = f"coalesce(nullif({_CLOCK}, ''), '00:00')"
_SEX = {
    "男": ("男", "男性", "男士", "先生", "m", "male", "1"),
    "女": ("女", "女性", "女士", "小姐", "f", "female", "2"),
    "未说明": ("未说明", "未知", "不详", "u", "unknown", "0", "9"),
}  # fmt: skip
_SEXES = " ".join(
    f"WHEN lower({{c}}) IN ({', '.join(literal(w) for w in words)}) THEN {literal(sex)}"
    for sex, words in _SEX.items()
)
_FOR_EVER = "'长期', '长期有效', '永久', '永久有效', '无固定期限'"

CLEANERS: dict[str, Cleaner] = {
    c.name: c
    for c in (
        Cleaner("text", _TEXT),
        # one dot between the parts of a name, no space between Chinese characters, and not how one is addressed
        Cleaner(
            "name",
            _UNADDRESSED.replace("{n}", _NAME),
        ),
        Cleaner("company", _HALF_TEXT),
        Cleaner("address", _HALF_TEXT),
        Cleaner("sex", _TIGHT, f"CASE {_SEXES} END"),
        Cleaner("date", _HALF_TEXT, _DATE),
        Cleaner("expiry", _HALF_TEXT, f"CASE WHEN {{c}} IN ({_FOR_EVER}) THEN DATE '9999-12-31' ELSE {_DATE} END"),
        Cleaner("instant", _HALF_TEXT, f"try_cast(concat({_DAY}, ' ', {_TIME}) AS TIMESTAMP)"),
        Cleaner(
            "document",
            f"upper(nullif(regexp_replace({_NUMBER}, '[\\s\u00a0-]+', '', 'g'), ''))",
            _when("^[0-9A-Z()\u4e00-\u9fff]{5,24}$"),
        ),
        Cleaner(
            "mobile",
            f"regexp_replace(nullif(regexp_replace({_NUMBER}, '[\\s\u00a0().-]+', '', 'g'), ''), '^(\\+|00)86', '')",
            "CASE WHEN regexp_matches({c}, '^(86|0)1[3-9][0-9]{9}$') THEN right({c}, 11) ELSE "
            + _when("^1[3-9][0-9]{9}$|^\\+[0-9]{8,15}$")
            + " END",
        ),
        Cleaner(
            "landline",
            f"regexp_replace(nullif(regexp_replace({_NUMBER}, '[\\s\u00a0()./_-]+', '-', 'g'), ''), "
            "'^-+|-+$|^(\\+|00)86-?', '', 'g')",
            _when("^\\+?[0-9][0-9-]{5,19}(转|EXT|ext|x)?[0-9]{0,6}$"),
        ),
        Cleaner(
            "email",
            f"regexp_replace(lower({_TIGHT}), '^.*<|>.*$|^mailto:|[;,]+$', '', 'g')",
            _when("^[^@\\s,;]+@[^@\\s,;.]+(\\.[^@\\s,;.]+)+$"),
        ),
        Cleaner(
            "card",
            f"nullif(regexp_replace({_NUMBER}, '[\\s\u00a0-]+', '', 'g'), '')",
            _when("^[0-9]{6,32}$"),
        ),
        Cleaner(
            "amount",
            f"nullif(regexp_replace(regexp_replace({_PLAIN}, '[,，][0-9]{{1,2}}[万元]*$', '#'), "
            "'[\\s\u00a0,，¥￥元$]', '', 'g'), '')",
            "CASE WHEN {c} LIKE '%万' THEN try_cast(try_cast(left({c}, length({c}) - 1) AS DECIMAL(18, 6)) * 10000 "
            "AS DECIMAL(18, 2)) ELSE try_cast({c} AS DECIMAL(18, 2)) END",
        ),
        Cleaner(
            "integer",
            _TIGHT,
            "CASE WHEN regexp_matches({c}, '^-?[0-9]{1,18}(\\.0+)?$') THEN "
            "try_cast(regexp_extract({c}, '^-?[0-9]+') AS BIGINT) END",
        ),
    )
}  # fmt: skip
"""The cleaners by name; a record's column names its usual one."""

OF_KIND: dict[Kind, str] = {
    Kind.PERSON_NAME: "name", Kind.COMPANY_NAME: "company", Kind.EMPLOYER: "company", Kind.MOBILE: "mobile",
    Kind.LANDLINE: "landline", Kind.EMAIL: "email", Kind.BANK_CARD: "card", Kind.BANK_ACCOUNT: "card",
    **dict.fromkeys((
        Kind.RESIDENT_ID, Kind.PASSPORT, Kind.HKMO_PERMIT, Kind.TW_PERMIT, Kind.FOREIGN_PR_CARD, Kind.MILITARY_ID,
        Kind.DRIVER_LICENCE, Kind.USCC, Kind.PLATE, Kind.VIN, Kind.IMEI,
    ), "document"),
}  # fmt: skip
"""The cleaner by which the records' columns of a kind are read; of every other kind, `text`."""


def canonical(kind: Kind, text: str) -> str:
    """SQL: a value of that kind in the one spelling that the flow would keep; what it cannot read, as it is spelt."""
    cleaner = CLEANERS[OF_KIND.get(kind, "text")]
    spelt = cleaner.spelt.replace("{c}", text)
    return f"coalesce({cleaner.value.replace('{c}', spelt)}, {spelt})"
