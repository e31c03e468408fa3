"""Checks that several records share: contact, documents, amounts, order of dates. Each is given its columns."""

from collections.abc import Iterator

from sqlalchemy import Table

from expectations import predicates as p
from expectations.model import Check, Dimension, Level
from warehouse.model import codes_of

COUNTED_UP = ("12345678", "87654321", "01234567")
BORROWED = ("13800138000", "13900139000", "13912345678", "13812345678")
"""Mobiles of advertisements, typed in when the customer gives none."""
CURRENCIES = (
    "AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JPY",
    "KRW", "KZT", "MNT", "MOP", "MXN", "MYR", "NOK", "NZD", "PHP", "PKR", "PLN", "RUB", "SAR", "SEK", "SGD", "THB",
    "TRY", "TWD", "USD", "VND", "ZAR",
)  # fmt: skip
"""Of ISO 4217, those our banks deal in."""
GB_11643 = "GB 11643-1999, citizen identification number."


def _label(record: Table, column: str) -> str:
    label: str = record.columns[column].info["zh"]
    return label


def contact(record: Table) -> tuple[Check, ...]:
    """Mobile, landline, e-mail and postcode, as far as the record has them."""
    shapes = {
        "mobile": ("^1[3-9][0-9]{9}$|^[+][0-9]{8,15}$", "a mainland mobile, or + and a country code", "手机号码"),
        "landline": (
            "^(0[0-9]{2,3}-?)?[2-9][0-9]{2,3}-?[0-9]{4}((-|转|x|ext)[0-9]{1,6})?$"
            "|^[48]00-?[0-9]{3,4}-?[0-9]{3,4}$|^[+][0-9]{1,4}(-?[0-9]+)+$",
            "a landline, with area code and extension if any", "固定电话",
        ),
        "email": (
            "^[a-z0-9_%+'&~-]+([.][a-z0-9_%+'&~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?[.])+[a-z]{2,24}$",
            "an e-mail address", "电子邮箱",
        ),
        "postcode": ("^[0-9]{6}$", "six digits", "邮政编码"),
    }  # fmt: skip
    shaped = [
        Check(
            f"valid.{column}", record.name, column, Dimension.ACCURACY, p.matches(column, pattern),
            f"{column} is {en}.", f"{_label(record, column)}符合{zh}的规则。",
            "Numbering plan of the ministry of industry and information technology; RFC 5321; GB/T 2260 postcodes.",
        )
        for column, (pattern, en, zh) in shapes.items()
        if column in record.columns
    ]  # fmt: skip
    return (*shaped, *_invented(record))


def _invented(record: Table) -> Iterator[Check]:
    """What is typed to get past a field: numbers and addresses that are nobody's."""
    rest = "substr(mobile, 4)"
    bare = "replace(landline, '-', '')"
    empty = {
        "mobile": (
            f"CASE WHEN length(mobile) = 11 THEN NOT ({p.all_same(rest)} OR {rest} IN {p.listed(COUNTED_UP)} "
            f"OR mobile IN {p.listed(BORROWED)}) END",
            "no made-up number: its last eight digits are not all one, nor counted up",
            "不是编造的号码（全相同、连号、广告号）",
        ),
        "landline": (
            f"NOT ({p.all_same(bare)})", "not one digit again and again", "不是同一数字的重复",
        ),
        "email": (
            "NOT (regexp_matches(email, '^(test|none|no|null|abc|aaa|xxx|123|1234|123456)@') "
            "OR regexp_matches(email, '^a+@a+[.]'))",
            "no made-up address such as test@…", "不是编造的地址（test@ 等）",
        ),
        "postcode": (f"NOT ({p.all_same('postcode')})", "not one digit again and again", "不是同一数字的重复"),
    }  # fmt: skip
    for column, (holds, en, zh) in empty.items():
        if column in record.columns:
            yield Check(
                f"real.{column}", record.name, column, Dimension.ACCURACY, holds,
                f"{column} is {en}.", f"{_label(record, column)}{zh}。",
                "What is typed when a field must not stay empty (REQUIREMENTS A5, false entries).",
            )  # fmt: skip


def located(record: Table, address: str) -> tuple[Check, ...]:
    """An address says more than a province, and agrees with the postcode."""
    label = _label(record, address)
    return (
        Check(
            f"detailed.{address}", record.name, address, Dimension.CONFORMITY,
            f"NOT regexp_matches({address}, '^.{{2,8}}?(省|自治区|市|特别行政区)$')",
            f"{address} says more than a province or city.", f"{label}详细到省市以下。",
            "REQUIREMENTS A6: an address nobody can be reached at is none.",
        ),
        Check(
            "agrees.postcode", record.name, "postcode", Dimension.CONSISTENCY,
            p.agrees_with_postcode(address, "postcode"),
            f"postcode is of the province in {address}.", f"邮编与{label}所在省份一致。",
            "First two digits of China Post's postcodes.",
        ),
    )  # fmt: skip


def meaningful(record: Table, *columns: str) -> tuple[Check, ...]:
    """The columns hold more than a placeholder."""
    return tuple(
        Check(
            f"meaningful.{column}", record.name, column, Dimension.ACCURACY, p.meaningful(column),
            f"{column} holds more than a placeholder (无, 同上, 测试, one character again and again).",
            f"{_label(record, column)}不是占位内容（无、同上、测试、重复字符等）。",
            "What is typed when a field must not stay empty (REQUIREMENTS A5, false entries).",
        )
        for column in columns
    )  # fmt: skip


def identity(record: Table, number: str, type_column: str = "") -> tuple[Check, ...]:
    """A citizen identification number in that column: its shape, checksum, region and day of birth."""
    speaks = p.is_resident_id(type_column or "NULL", number)
    label, shape = _label(record, number), f"{p.ID_18}|{p.ID_15}"
    proven, born = p.id_is_proven(number), p.id_birth_date(number)
    rules = {
        "shaped": (
            Dimension.CONFORMITY, p.matches(number, shape),
            "has 18 characters, or the 15 of before 1999", "为18位或15位",
        ),
        "proven": (Dimension.ACCURACY, proven, "holds a date and the right check character", "出生日期与校验码有效"),
        "region": (
            Dimension.ACCURACY, p.id_of_division(number),
            "begins with the code of a division, of today or of the past", "前六位为现行或曾用的行政区划代码",
        ),
        "dated": (
            Dimension.ACCURACY, f"{p.matches(number, shape)} AND coalesce({born} <= {{as_of}}, FALSE)",
            "holds a day of birth that exists and is past", "所含出生日期有效",
        ),
    }  # fmt: skip
    return tuple(
        Check(
            f"{name}.{number}", record.name, number, dimension, p.where(speaks, holds),
            f"{number}, if a citizen identification number, {en}.", f"{label}为居民身份号码时，{zh}。", GB_11643,
        )
        for name, (dimension, holds, en, zh) in rules.items()
    )  # fmt: skip


def unexpired(record: Table, *columns: str) -> tuple[Check, ...]:
    """The documents are valid on the day."""
    return tuple(
        Check(
            f"unexpired.{column}", record.name, column, Dimension.TIMELINESS, f"{column} >= {{as_of}}",
            f"The document is valid on the day ({column}).", f"{_label(record, column)}未过期。",
            "Anti-money-laundering rules: an expired document is renewed within a reasonable time.",
        )
        for column in columns
    )  # fmt: skip


def registration(record: Table) -> tuple[Check, ...]:
    """A company's or institution's code."""
    return (
        Check(
            "shaped.uscc", record.name, "uscc", Dimension.CONFORMITY,
            p.matches("uscc", p.USCC),
            "uscc has the 18 characters of its pattern.", "统一社会信用代码为18位且字符有效。",
            "GB 32100-2015. Fifteen-digit licence numbers were replaced by the end of 2017.",
        ),
        Check(
            "proven.uscc", record.name, "uscc", Dimension.ACCURACY, p.uscc_is_proven("uscc"),
            "uscc agrees with its check characters.", "统一社会信用代码校验码正确。", "GB 32100-2015.",
        ),
    )  # fmt: skip


def fresh(record: Table, days: int) -> tuple[Check, ...]:
    """The row was looked at not too long ago. `days` is what the pack says."""
    return (
        Check(
            "fresh.updated_on", record.name, "updated_on", Dimension.TIMELINESS,
            p.not_older("coalesce(updated_on, registered_on)", days),
            "The row was updated recently enough: within the days that are set for it here.",
            "信息在本机构规定的天数内更新过。",
            f"REQUIREMENTS C3: records are refreshed on a schedule; here {days} days.",
        ),
    )  # fmt: skip


def one_of(record: Table, column: str, *values: str) -> Check:
    """The column holds one of its declared codes."""
    names = codes_of(record.columns[column])
    called = [(v, *names.get(v, (v, v))) for v in values]
    zh = "、".join(v if v == name else f"{name}（{v}）" for v, name, _ in called)
    en = ", ".join(v if v == name.lower() else f"{v} ({name})" for v, _, name in called)
    return Check(
        f"code.{column}", record.name, column, Dimension.CONFORMITY, f"{column} IN {p.listed(values)}",
        f"{column} is one of {en}.", f"{_label(record, column)}取值为{zh}之一。",
        "The codes of the column's declaration.",
    )  # fmt: skip


def ordered(record: Table, earlier: str, later: str) -> Check:
    """The one is not after the other."""
    return Check(
        f"ordered.{later}", record.name, later, Dimension.CONSISTENCY, p.in_order(earlier, later),
        f"{later} is not before {earlier}.", f"{_label(record, later)}不早于{_label(record, earlier)}。",
        "Nothing ends before it began.",
    )  # fmt: skip


def not_negative(record: Table, column: str) -> Check:
    """An amount that cannot be below nought."""
    return Check(
        f"amount.{column}", record.name, column, Dimension.ACCURACY, f"{column} >= 0",
        f"{column} is not negative.", f"{_label(record, column)}不为负数。", "The column's declaration.",
    )  # fmt: skip


def currency(record: Table) -> Check:
    """A currency of ISO 4217."""
    return Check(
        "valid.currency", record.name, "currency", Dimension.CONFORMITY, f"currency IN {p.listed(CURRENCIES)}",
        "currency is a code of ISO 4217 that we deal in.", "币种为 ISO 4217 中本行使用的代码。", "ISO 4217.",
    )  # fmt: skip


def card(record: Table, column: str) -> tuple[Check, ...]:
    """A bank card's number: its length and its check digit."""
    return (
        Check(
            f"shaped.{column}", record.name, column, Dimension.CONFORMITY, p.matches(column, "^[0-9]{13,19}$"),
            f"{column} has 13 to 19 digits.", f"{_label(record, column)}为13至19位数字。", "ISO/IEC 7812-1.",
        ),
        Check(
            f"proven.{column}", record.name, column, Dimension.ACCURACY, p.luhn(column),
            f"{column} agrees with its check digit.", f"{_label(record, column)}校验位正确。", "ISO/IEC 7812-1.",
        ),
    )  # fmt: skip


def filled(record: Table, column: str, level: Level = Level.WARN, mostly: float = 1.0) -> Check:
    """The column is not empty."""
    return Check(
        f"complete.{column}", record.name, column, Dimension.COMPLETENESS, p.is_filled(record.columns[column]),
        f"There is a value in {column}.", f"{_label(record, column)}已填写。",
        "Without it the row says nothing.", level, mostly,
    )  # fmt: skip


def names_somebody(record: Table, *columns: str) -> Check:
    """The row says who it is about."""
    labels = "、".join(_label(record, c) for c in columns)
    return Check(
        "names.somebody", record.name, "", Dimension.COMPLETENESS,
        " OR ".join(p.is_filled(record.columns[c]) for c in columns),
        f"At least one of {', '.join(columns)} is there.", f"{labels}至少一项已填写。",
        "A row that names nobody cannot be anybody's. More than one in ten: a column is mapped wrongly.",
        Level.STOP, 0.9,
    )  # fmt: skip


def held(record: Table) -> Check:
    """The row says whose it is."""
    return Check(
        "complete.holder", record.name, "holder_source_id", Dimension.COMPLETENESS,
        f"holder_channel IS NOT NULL AND {p.is_named('holder_source_id')}",
        "The row names the customer row it belongs to.", "已注明所属客户。",
        "A row without a holder hangs on no customer.",
    )  # fmt: skip


def known(record: Table) -> Check:
    """Its holder is a customer: asked only of rows that have been resolved."""
    return Check(
        "known.holder", record.name, "holder_source_id", Dimension.CONSISTENCY,
        p.where("holder_source_id IS NOT NULL", "customer_id IS NOT NULL"),
        "The row it names as its holder is there.", "所属客户存在。",
        "The holder's channel never delivered it, or it was set aside.",
    )  # fmt: skip
