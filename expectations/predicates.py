"""Predicates several suites share, in DuckDB's dialect: true, false, or null where there is nothing to judge."""

import re
from typing import Any

from sqlalchemy import Column, Text

from masking.recognisers import checksum
from masking.recognisers.shapes import PROVINCE

PLACEHOLDERS = (
    "无", "没有", "暂无", "空", "空白", "未知", "不详", "不明", "不知道", "不清楚", "暂缺", "缺失", "缺", "略",
    "待补", "待补充", "待录", "待录入", "待定", "待完善", "待核实", "待确认", "待提供", "未填", "未填写", "未录入",
    "未提供", "未登记", "暂未提供", "无数据", "同上", "同前", "测试", "测试员", "测试用户", "测试客户", "测试公司",
    "测试数据", "客户", "顾客", "先生", "女士", "小姐", "无名", "无名氏", "某某", "张三", "李四",
    "n/a", "n.a.", "n.a", "na", "nil", "nan", "null", "none", "undefined", "test", "demo", "unknown", "tbd", "tba",
    "xx", "xxx", "abc", "asdf",
)  # fmt: skip
"""What people type when a field must not stay empty, and means that it is. Compared in lower case.

Their one home: what is one of them, or one character again and again, is missing wherever a value is asked for.
"""
SAYS_LITTLE = ("其他", "其它", "other")
"""Codes that are filled, and yet tell nothing."""
MARKS = "*?.,_/-\\|#=+~—–－…。、·～×"
"""What stands alone where nothing is said."""

POSTCODES = {
    "北京": "10", "上海": "20", "天津": "30", "重庆": "40", "河北": "05 06 07", "山西": "03 04", "内蒙古": "01 02",
    "辽宁": "11 12", "吉林": "13", "黑龙江": "15 16", "江苏": "21 22", "安徽": "23 24", "山东": "25 26 27",
    "浙江": "31 32", "江西": "33 34", "福建": "35 36", "湖南": "41 42", "湖北": "43 44", "河南": "45 46 47",
    "广东": "51 52", "广西": "53 54", "贵州": "55 56", "海南": "57", "四川": "61 62 63 64", "云南": "65 66 67",
    "陕西": "71 72", "甘肃": "73 74", "宁夏": "75", "青海": "81", "新疆": "83 84", "西藏": "85",
}  # fmt: skip
"""First two digits of the postcodes of each province."""

RESIDENT_TYPES = (
    "居民身份证", "身份证", "临时居民身份证", "临时身份证", "户口簿", "港澳台居民居住证", "港澳居民居住证",
    "台湾居民居住证", "居住证",
)  # fmt: skip
"""Documents whose number is a citizen identification number (GB 11643)."""

FOREIGN_CARD = f"^9{PROVINCE}[0-9]{{14}}[0-9X]$"
"""A foreigner's permanent residence card since December 2023: 18 digits with a citizen's check character."""
PERMIT = "^8[123]0000[0-9]{11}[0-9X]$"
"""A residence permit of Hong Kong, Macao and Taiwan residents, built like a citizen's number (GB 11643)."""
ID_18 = "^[1-9][0-9]{16}[0-9X]$"
LOOKS_LIKE_ONE = "^[0-9]{14,19}[0-9X]?$"
"""Where the type is not said: no other document has so many digits, nor has one with some missing."""
ID_15 = "^[1-9][0-9]{14}$"
USCC = "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"
"""GB 32100-2015: no I, O, S, V, Z; six digits of a region."""


def listed(words: tuple[str, ...]) -> str:
    """The words as a SQL list."""
    return f"({', '.join(quoted(w) for w in words)})"


def matches(column: str, pattern: str) -> str:
    """The column is of the shape; null if it is empty."""
    return f"regexp_matches({column}, {quoted(pattern)})"


def quoted(text: str) -> str:
    """`text` as a SQL string."""
    return "'" + text.replace("'", "''") + "'"


def where(speaks: str, holds: str) -> str:
    """`holds` where `speaks` is true, else null.

    Not as CASE: DuckDB works out what expressions share only once, but not inside a CASE (measured: 3 s of
    processor time instead of 1 s for the check digits of a million cards).
    """
    return f"CAST({holds} AS INTEGER) = nullif(CAST({speaks} AS INTEGER), 0)"


def all_same(text: str) -> str:
    """Every character is the first one; the first two are compared before all are."""
    return (
        f"CASE WHEN left({text}, 1) = substr({text}, 2, 1) THEN length(replace({text}, left({text}, 1), '')) = 0 "
        "ELSE FALSE END"
    )


def says_nothing(column: str) -> str:
    """The column holds a placeholder, or one character again and again; null if it is empty.

    The words stand in one pattern: DuckDB plans a list of them anew, word by word, in each of dozens of checks.
    """
    longest = max(len(word) for word in PLACEHOLDERS)
    words = quoted(f"^({'|'.join(map(re.escape, PLACEHOLDERS))})$")
    return (
        f"CASE WHEN length({column}) <= {longest} AND regexp_matches(lower({column}), {words}) THEN TRUE "
        f"WHEN contains({quoted(MARKS)}, left({column}, 1)) THEN translate({column}, {quoted(MARKS)}, '') = '' "
        f"WHEN length({column}) > 2 THEN {all_same(column)} WHEN {column} IS NOT NULL THEN FALSE END"
    )


def meaningful(column: str) -> str:
    """The column holds more than a placeholder, or a code for anything else."""
    return f"NOT ({says_nothing(column)} OR lower({column}) IN {listed(SAYS_LITTLE)})"


def is_filled(column: Column[Any]) -> str:
    """The column holds something: a placeholder is nothing."""
    name = column.name
    if not isinstance(column.type, Text):
        return f"{name} IS NOT NULL"
    return f"NOT coalesce({says_nothing(name)}, TRUE)"


def is_named(key: str) -> str:
    """The key names something: no word for nothing. One digit again and again is a key like any other."""
    return f"({key} IS NOT NULL AND lower({key}) NOT IN {listed(PLACEHOLDERS)})"


def is_resident_id(type_column: str, number: str) -> str:
    """Whether the document is one whose number is a citizen identification number (GB 11643)."""
    return (
        f"({number} IS NOT NULL AND NOT regexp_matches({number}, '{FOREIGN_CARD}') AND "
        f"coalesce({type_column} IN {listed(RESIDENT_TYPES)}, regexp_matches({number}, '{LOOKS_LIKE_ONE}')))"
    )


def is_citizens(number: str) -> str:
    """The number is a citizen's: of no foreigner's card, and of no permit, which are built alike."""
    return f"NOT regexp_matches({number}, '{FOREIGN_CARD}|{PERMIT}')"


def id_birth_date(number: str) -> str:
    """The day of birth an identification number says, as a date; null if it says none."""
    long = f"concat(substr({number}, 7, 4), '-', substr({number}, 11, 2), '-', substr({number}, 13, 2))"
    short = f"concat('19', substr({number}, 7, 2), '-', substr({number}, 9, 2), '-', substr({number}, 11, 2))"
    return (
        f"CASE WHEN regexp_matches({number}, '{ID_18}') THEN try_cast({long} AS DATE) "
        f"WHEN regexp_matches({number}, '{ID_15}') THEN try_cast({short} AS DATE) END"
    )


def id_sex(number: str) -> str:
    """The sex an identification number says, 男 or 女."""
    digit = (
        f"CASE WHEN regexp_matches({number}, '{ID_18}') THEN substr({number}, 17, 1) "
        f"WHEN regexp_matches({number}, '{ID_15}') THEN substr({number}, 15, 1) END"
    )
    return f"CASE WHEN {digit} IN ('1', '3', '5', '7', '9') THEN '男' WHEN {digit} IS NOT NULL THEN '女' END"


def id_is_proven(number: str) -> str:
    """It holds a date and its check character is right; null for the 15 digits of before 1999, which have none."""
    return where(matches(number, ID_18), checksum.RESIDENT.over(number))


def id_of_division(number: str) -> str:
    """It begins with a code of GB/T 2260 that a division has or had; 81 to 83 are those of residence permits."""
    return checksum.divided_sql(number)


def in_past(column: str) -> str:
    """The day, or instant, is not after the day as of which is asked."""
    return f"CAST({column} AS DATE) <= {{as_of}}"


def in_order(earlier: str, later: str) -> str:
    """The one is not after the other; null unless both are there."""
    return f"{later} >= {earlier}"


def not_older(column: str, days: int) -> str:
    """The day is at most so many days before the day as of which is asked; one after it is no fresh day."""
    return f"CAST({column} AS DATE) BETWEEN {{as_of}} - INTERVAL {days} DAY AND {{as_of}}"


def luhn(number: str) -> str:
    """The check digit of a card number is right; null unless it has 13 to 19 digits."""
    return where(matches(number, "^[0-9]{13,19}$"), checksum.LUHN.over(number))


def uscc_is_proven(code: str) -> str:
    """The code's check characters are right; null unless it is of its shape."""
    return where(matches(code, USCC), checksum.CREDIT_CODE.over(code))


def agrees_with_postcode(address: str, postcode: str) -> str:
    """The postcode is of the province the address begins with; null if it begins with none."""
    provinces = " ".join(
        f"WHEN left({postcode}, 2) IN {listed(tuple(digits.split()))} THEN '{province}'"
        for province, digits in POSTCODES.items()
    )
    return where(
        matches(address, f"^({'|'.join(POSTCODES)})"),
        f"starts_with({address}, CASE {provinces} END)",
    )
