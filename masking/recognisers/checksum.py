"""Checksums, each with both renderings: of a value in Python, and of a column in DuckDB's dialect.

The value comes without separators and in upper case, and has the shape of its pattern. In SQL it is
`{v}`; `{a}` and `{b}` are two runs of its digits as numbers (`Proof.halves`), because arithmetic on
numbers is twenty times faster than taking a text apart digit by digit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from masking.lexicon import divisions

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""ISO 7064 MOD 11-2 over 17 digits: 2 to the power of 17 … 1, modulo 11."""
RESIDENT_CHECKS = "10X98765432"

ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100-2015: no I, O, S, V, Z."""
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
VIN_DIGITS = "12345678123457923456789"
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True)
class Proof:
    """Whether a value carries its own proof, in Python and as a SQL predicate."""

    holds: Callable[[str], bool]
    sql: str
    """Predicate over `{v}`, and `{a}` and `{b}` if there are `halves`."""
    halves: tuple[str, str] | None = None
    """Two expressions over `{v}`: texts of at most nine digits, which become the numbers `{a}` and `{b}`."""

    def over(self, value: str) -> str:
        """The predicate over a compact value, in one expression."""
        a, b = self.numbers(value)
        return self.sql.replace("{a}", a).replace("{b}", b).replace("{v}", value)

    def numbers(self, value: str) -> tuple[str, str]:
        """The numbers `{a}` and `{b}` of a compact value; both empty if the proof needs none."""
        if not self.halves:
            return "", ""
        a, b = (f"TRY_CAST({half.replace('{v}', value)} AS BIGINT)" for half in self.halves)
        return a, b


def _sum(value: str, weights: Sequence[int], alphabet: str, start: int = 0) -> int:
    return sum(w * alphabet.find(c) for w, c in zip(weights, value[start:], strict=False))


def _sum_sql(weights: Sequence[int], alphabet: str, start: int = 0) -> str:
    """The weighted sum of characters, each worth its place in `alphabet`."""
    terms = (
        f"(strpos('{alphabet}', substr({{v}}, {start + i}, 1)) - 1) * {w}"
        for i, w in enumerate(weights, 1)
    )
    return f"({' + '.join(terms)})"


def _digit_sum_sql(number: str, weights: Sequence[int]) -> str:
    """The weighted sum of a number's last digits, the first weight being that of the leftmost."""
    places = range(len(weights) - 1, -1, -1)
    terms = (
        f"({number} // {10**place}) % 10 * {w}" if place else f"{number} % 10 * {w}"
        for place, w in zip(places, weights, strict=True)
    )
    return " + ".join(terms)


def _is_date(eight: str) -> bool:
    try:
        date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return False
    return True


def _resident(value: str) -> bool:
    return (
        _is_date(value[6:14])
        and value[17] == RESIDENT_CHECKS[_sum(value[:17], RESIDENT_WEIGHTS, CREDIT) % 11]
    )


_BORN = (
    "TRY_CAST(concat(substr({v}, 7, 4), '-', substr({v}, 11, 2), '-', substr({v}, 13, 2)) AS DATE)"
)
_RESIDENT_SUM = (
    f"{_digit_sum_sql('{a}', RESIDENT_WEIGHTS[:9])} + {_digit_sum_sql('{b}', RESIDENT_WEIGHTS[9:])}"
)

RESIDENT = Proof(
    _resident,
    f"(substr({{v}}, 18, 1) = substr('{RESIDENT_CHECKS}', CAST(({_RESIDENT_SUM}) % 11 AS INTEGER) + 1, 1) "
    f"AND {_BORN} IS NOT NULL)",
    ("substr({v}, 1, 9)", "substr({v}, 10, 8)"),
)
"""GB 11643: a date of birth at 7 to 14, and the check character of ISO 7064 MOD 11-2."""


def lengthened(short: str) -> str:
    """A number of 15 digits (GB 11643-1989) as the 18 characters that its bearer has had since 1999."""
    long = f"{short[:6]}19{short[6:]}"
    return long + RESIDENT_CHECKS[_sum(long, RESIDENT_WEIGHTS, CREDIT) % 11]


def lengthened_sql(short: str) -> str:
    """The same as SQL."""
    long = f"concat(substr({short}, 1, 6), '19', substr({short}, 7, 9))"
    total = " + ".join(
        f"(ascii(substr({long}, {i}, 1)) - 48) * {w}" for i, w in enumerate(RESIDENT_WEIGHTS, 1)
    )
    return f"concat({long}, substr('{RESIDENT_CHECKS}', ({total}) % 11 + 1, 1))"


def divided_sql(value: str) -> str:
    """Predicate: the first six digits are a division's code, of today or of the past."""
    return f"regexp_matches(substr({value}, 1, 6), '^(?:{divisions.pattern()})$')"


RESIDENT_OF_DIVISION = Proof(
    lambda value: value[:6] in divisions.codes() and RESIDENT.holds(value),
    f"({RESIDENT.sql} AND {divided_sql('{v}')})",
    RESIDENT.halves,
)
"""The same, under a code of GB/T 2260 that a division had at some time; a birth before that is as good."""

NEVER = Proof(lambda _: False, "FALSE")
"""Of a shape that no proof could agree with: whatever has it is suspect."""


def organisation(value: str) -> bool:
    """GB 11714: eight characters and a check character, 0 to 9 or X."""
    check = (11 - _sum(value[:8], ORGANISATION_WEIGHTS, ORGANISATION) % 11) % 11
    return value[8] == "0123456789X"[check]


def _organisation_sql(start: int) -> str:
    total = _sum_sql(ORGANISATION_WEIGHTS, ORGANISATION, start)
    return (
        f"(substr({{v}}, {start + 9}, 1) = substr('0123456789X', (11 - {total} % 11) % 11 + 1, 1))"
    )


ORGANISATION_CODE = Proof(organisation, _organisation_sql(0))
TAX_NUMBER = Proof(lambda value: organisation(value[6:]), _organisation_sql(6))
"""The 15-character tax number: a division code and an organisation code."""


def _product(product: int, digit: int) -> int:
    """ISO 7064 MOD 11,10: from one product, less one, to the next; a remainder of nought counts as ten."""
    return ((product + digit) % 10 + 1) * 2 % 11 - 1


PRODUCTS = "".join(str(_product(_product(0, both // 10), both % 10)) for both in range(190))
"""Two digits at once: the next product at ten times the last and the two digits. Ten by ten would nest too deep."""


def _registration(value: str) -> bool:
    product = 9
    for digit in value[:14]:
        product = _product(product, int(digit))
    return (product + 1 + int(value[14])) % 10 == 1


def _registration_sql() -> str:
    product = "9"
    for place in range(1, 15, 2):
        two = f"TRY_CAST(substr({{v}}, {place}, 2) AS INTEGER)"
        product = f"TRY_CAST(substr('{PRODUCTS}', {product} * 10 + {two} + 1, 1) AS INTEGER)"
    return f"(({product} + 1 + TRY_CAST(substr({{v}}, 15, 1) AS INTEGER)) % 10 = 1)"


REGISTRATION = Proof(_registration, _registration_sql())
"""GS 15-2006: ISO 7064 MOD 11,10 over fifteen digits."""


HK_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, 1)
"""Of two letters, six digits and the check character; a letter that is not there counts as 36."""
_NO_LETTER = 9 * 36


def _hk_identity(value: str) -> bool:
    short = len(value) < len(HK_WEIGHTS)
    total = _sum(value, HK_WEIGHTS[short:], ORGANISATION) + short * _NO_LETTER
    return total % 11 == 0


HK_IDENTITY = Proof(
    _hk_identity,
    f"(CASE WHEN length({{v}}) < {len(HK_WEIGHTS)} THEN {_sum_sql(HK_WEIGHTS[1:], ORGANISATION)} + {_NO_LETTER} "
    f"ELSE {_sum_sql(HK_WEIGHTS, ORGANISATION)} END % 11 = 0)",
)
"""Letters count from 10, as the check character A does; the weighted sum is a multiple of 11."""

TW_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""The letters in the order of their numbers, 10 to 35."""
_TW_OF_LETTER = "".join(str((n // 10 + n % 10 * 9) % 10) for n in range(10, 36))
TW_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 1, 1)


def _tw_identity(value: str) -> bool:
    letter = int(_TW_OF_LETTER[TW_LETTERS.find(value[0])])
    return (letter + _sum(value[1:], TW_WEIGHTS, CREDIT)) % 10 == 0


TW_IDENTITY = Proof(
    _tw_identity,
    f"((TRY_CAST(substr('{_TW_OF_LETTER}', strpos('{TW_LETTERS}', substr({{v}}, 1, 1)), 1) AS INTEGER) + "
    f"{_sum_sql(TW_WEIGHTS, CREDIT, 1)}) % 10 = 0)",
)
"""The letter's two digits, one and nine times, and the others by falling weights: a multiple of 10."""


def _credit(value: str) -> bool:
    check = CREDIT[(31 - _sum(value[:17], CREDIT_WEIGHTS, CREDIT) % 31) % 31]
    return value[17] == check and organisation(value[8:17])


CREDIT_CODE = Proof(
    _credit,
    f"(substr({{v}}, 18, 1) = "
    f"substr('{CREDIT}', (31 - {_sum_sql(CREDIT_WEIGHTS, CREDIT)} % 31) % 31 + 1, 1) AND {_organisation_sql(8)})",
)
"""GB 32100-2015: its own check character, and that of the organisation code inside."""


def _luhn(value: str) -> bool:
    digits = [ord(c) - 48 for c in reversed(value)]
    doubled = (d * 2 - 9 * (d > 4) for d in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _luhn_sql() -> str:
    """Digits from the right: every second counts double, less nine if it is five or more."""
    terms = []
    for place in range(19):
        number, at = ("{b}", 10**place) if place < 9 else ("{a}", 10 ** (place - 9))
        terms.append(
            f"({number} // {at}) % 10" if place % 2 == 0 else f"({number} // {at}) % 10 * 2"
        )
        if place % 2:
            terms.append(f"({number} // {5 * at}) % 2")
    return f"(({' + '.join(terms)}) % 10 = 0)"


LUHN = Proof(_luhn, _luhn_sql(), ("substr({v}, 1, length({v}) - 9)", "right({v}, 9)"))
"""ISO/IEC 7812-1, annex B: of ten to nineteen digits. Taking away nine is adding one, modulo ten."""


def _vin(value: str) -> bool:
    digits = value.translate(str.maketrans(VIN_LETTERS, VIN_DIGITS))
    return value[8] == "0123456789X"[_sum(digits, VIN_WEIGHTS, CREDIT) % 11]


_VIN_TEXT = f"translate({{v}}, '{VIN_LETTERS}', '{VIN_DIGITS}')"

VIN = Proof(
    _vin,
    f"(substr({{v}}, 9, 1) = substr('0123456789X', CAST(({_digit_sum_sql('{a}', VIN_WEIGHTS[:8])} + "
    f"{_digit_sum_sql('{b}', VIN_WEIGHTS[9:])}) % 11 AS INTEGER) + 1, 1))",
    (f"substr({_VIN_TEXT}, 1, 8)", f"substr({_VIN_TEXT}, 10, 8)"),
)
"""GB 16735: the ninth character is the weighted sum of the others modulo 11, X for ten."""
