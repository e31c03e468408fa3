"""Words: what a rule leaves of a value, said to the people who see it."""

from collections.abc import Callable
from typing import Any

from masking.rules.address import Address
from masking.rules.age import Age
from masking.rules.amount import Amount
from masking.rules.calendar import Calendar
from masking.rules.clear import Clear
from masking.rules.email import Email
from masking.rules.free_text import FreeText
from masking.rules.hide import Hide
from masking.rules.keep import Keep
from masking.rules.listed import OTHER, Listed
from masking.rules.name import Name
from masking.rules.part import Part
from masking.rules.period import Period
from masking.rules.rule import Rule
from masking.rules.shaped import Shaped
from masking.rules.step import Step
from masking.rules.token import Token
from masking.rules.withhold import Withhold

Words = tuple[str, str]
"""In English and in Chinese."""

_LEVELS = {
    "city": ("down to the city", "显示到城市"),
    "district": ("down to the district", "显示到区县"),
    "road": ("down to the road", "显示到道路"),
}
_PARTS = {
    "day": ("the day", "显示到日"),
    "month": ("the month, as 2024-07", "显示到月，如 2024-07"),
    "quarter": ("the quarter, as 2024Q3", "显示到季度，如 2024Q3"),
    "year": ("the year", "显示到年"),
}
_OF_NUMBERS = {
    "_from": ("the lower end of the band, as a number", "所示区间的下限（数字）"),
    "_to": ("the upper end of the band, as a number", "所示区间的上限（数字）"),
}
_SAID: dict[type[Rule], Callable[[Any], Words]] = {
    Clear: lambda _: ("as it is", "原样显示"),
    Withhold: lambda _: ("not shown", "不显示"),
    Listed: lambda _: (
        f"a word that is listed or that many share; any other is {OTHER}",
        f"已列明或多人共用的用语原样显示，其余为{OTHER}",
    ),
    Shaped: lambda _: (
        "as it is if it looks like a value of its kind, else nothing",
        "符合该类型书写形式的原样显示，其余不显示",
    ),
    Name: lambda _: ("the surname and two stars", "显示姓氏，名字以星号代替"),
    Email: lambda _: ("the first character and the domain", "显示首字符与域名"),
    FreeText: lambda _: (
        "the text, what is personal in it hidden",
        "显示文本，其中的个人信息已隐藏",
    ),
    Token: lambda r: (
        (
            "a keyed token for this recipient: equal where values are",
            "仅限本接收方的令牌：原值相同则令牌相同",
        )
        if r.recipient
        else ("a keyed token: equal where the values are", "带密钥的令牌：原值相同则令牌相同")
    ),
    Keep: lambda r: (
        (f"its last {r.last} characters", f"显示后 {r.last} 位")
        if r.first == 0
        else (
            f"its first {r.first} and last {r.last} characters",
            f"显示前 {r.first} 位与后 {r.last} 位",
        )
    ),
    Hide: lambda r: (
        f"without its {'last' if r.from_end else 'first'} {r.count} characters",
        f"隐藏{'后' if r.from_end else '前'} {r.count} 位",
    ),
    Part: lambda r: (
        f"its {'last' if r.from_end else 'first'} {r.count} characters",
        f"显示{'后' if r.from_end else '前'} {r.count} 位",
    ),
    Address: lambda r: _LEVELS[r.level],
    Calendar: lambda r: _PARTS[r.part],
    Period: lambda r: (
        ("the year", "显示到年")
        if r.years == 1
        else (f"the {r.years} years it lies in", f"显示所在的 {r.years} 年区间")
    ),
    Age: lambda r: (f"the {r.years} years of age it lies in", f"显示所在的 {r.years} 岁年龄段"),
    Amount: lambda r: (
        ("the band of one digit it lies in", "显示所在区间（按首位数字）")
        if r.digit
        else ("its order of magnitude", "显示数量级")
    ),
    Step: lambda r: (
        ("a known grade as it is, nothing else", "已知等级原样显示，其他不显示")
        if r.words
        else (f"the band of {r.width} it lies in", f"显示所在区间（宽 {r.width}）")
    ),
}


_ENDS: dict[type[Rule], dict[str, Words]] = {
    Calendar: {"_from": ("the first day of what is shown, as a date", "所示期间的首日（日期）")},
    Period: {
        "_from": ("the first year of the band, as a number", "所示区间的首年（数字）"),
        "_to": ("the last year of the band, as a number", "所示区间的末年（数字）"),
    },
    Age: {
        "_from": ("the lowest age of the band, as a number", "所示年龄段的最低年龄（数字）"),
        "_to": ("the highest age of the band, as a number", "所示年龄段的最高年龄（数字）"),
    },
    Amount: _OF_NUMBERS,
    Step: _OF_NUMBERS,
}


def end_in_words(rule: Rule, end: str) -> Words:
    """What stands in the column `_from` or `_to` of a band that the rule shows."""
    return _ENDS[type(rule)][end]


def in_words(rule: Rule) -> Words:
    """What the rule leaves of a value."""
    return _SAID[type(rule)](rule)
