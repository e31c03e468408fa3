"""Values as people write them, and as nobody should: what every rendering of a rule must agree on."""

from datetime import date

import pyarrow as pa
from hypothesis import strategies as st

from masking.kinds import Kind
from masking.rules import RULES, FreeText, Key, Listed, Rule, Token
from masking.rules.spelling import ONE_SPELLING

KEY = Key.read("a key made up for the tests")

ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=24)
"""Any Unicode but lone surrogates, which no engine stores, and NUL, which PostgreSQL refuses."""

DIGITS = st.text("0123456789", max_size=20)
LIKE_NUMBERS = st.text("0123456789.-+ 9０", max_size=20)
LIKE_DATES = st.dates().map(str) | st.datetimes().map(str) | st.text("0129-/年 ", max_size=10)
LIKE_NAMES = st.text("张欧阳司马买提·•‧・･阿 A", max_size=6)
LIKE_EMAILS = st.text("ab.@＠", max_size=12)
_PARTS = """
    广东省 内蒙古自治区 新疆维吾尔自治区 深圳市 石家庄市 市北区 新乡市 镇江市 道县 自治州 地区 路北区 南山区 朝阳 望京
    小区 街道 大道 路 胡同 社区 村 大厦 88号 B座 3 区 县 市 省 旗 新 津 镇 x ñ
"""
LIKE_ADDRESSES = st.lists(st.sampled_from([*_PARTS.split(), " ", "　", "\n"]), max_size=9).map(
    "".join
)
WORDS = st.sampled_from(
    [
        "优秀",
        "R3",
        "AAA",
        "差",
        "本科",
        "其他",
        "13812345678",
        "310104198506012345",
        "沪A12345",
        "👩‍👩‍👧 família",
    ]
)

LIKE_COMPANIES = st.lists(
    st.sampled_from([*"样例银行華聯ABcd（()） \n\u2028　公司", "有限公司", "股份有限公司", "Ｃｏ"]),
    max_size=7,
).map("".join)
LIKE_LANDLINES = st.from_regex(r"0{0,2}(10|755|21)[ -]?[0-9]{7,8}(-[0-9]{1,3})?", fullmatch=True)
LIKE_RESIDENTS = st.from_regex(
    r"(11|44|81|99)[0-9]{4}(19)?[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]{4}[0-9X]?", fullmatch=True
)

VALUES = st.none() | st.one_of(
    ANY,
    DIGITS,
    LIKE_NUMBERS,
    LIKE_DATES,
    LIKE_NAMES,
    LIKE_EMAILS,
    LIKE_ADDRESSES,
    LIKE_COMPANIES,
    LIKE_LANDLINES,
    LIKE_RESIDENTS,
    WORDS,
)

TYPED = {
    "day": (pa.date32(), st.none() | st.dates(date(1800, 1, 1), date(2199, 12, 31))),
    "money": (
        pa.decimal128(18, 2),
        st.none() | st.decimals(-(10**14), 10**14, places=2, allow_nan=False),
    ),
    "number": (pa.int64(), st.none() | st.integers(-(10**17), 10**17)),
}
"""Columns that are not text: a rule hides what the engine writes for them."""


def as_text(value: object) -> str | None:
    """A typed value as every engine writes it."""
    return (
        None
        if value is None
        else str(value).removeprefix("-")
        if str(value) == "-0.00"
        else str(value)
    )


OF: dict[type[Rule], Kind] = {Token: Kind.MOBILE, Listed: Kind.EDUCATION}
"""The kind of whose values a rule is asked that hides each kind in its own way."""

IN_SQL: dict[str, Rule] = {
    name: rule.of(OF[Token]).bound(KEY)
    if isinstance(rule, Token)
    else rule.of(OF.get(type(rule), Kind.PLAIN))
    for name, rule in RULES.items()
    if not isinstance(rule, FreeText)
}
"""Every rule that can be said in SQL, with its key where it needs one."""

IN_SQL |= {n: Token(n, k, key=KEY) for k in ONE_SPELLING if (n := f"{k}_token")}


def one_select(column: str) -> tuple[str, dict[str, bytes | str]]:
    """All rules over one column, and what is to be bound."""
    parts = [f'{rule.sql(column)} AS "{name}"' for name, rule in IN_SQL.items()]
    bound: dict[str, bytes | str] = {}
    for rule in IN_SQL.values():
        if isinstance(rule, Token):
            bound |= rule.parameters()
    return ", ".join(parts), bound
