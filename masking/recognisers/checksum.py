"""Checksums, each with both renderings: of a value in Python, and of a column in DuckDB's dialect.

The value comes without separators and in upper case, and has the shape of its pattern; `{v}` stands
for it in the SQL. Sums are written out: engines compute them at millions of values a second.
"""

from collections.abc import Sequence
from datetime import date

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


def _sum(value: str, weights: Sequence[int], alphabet: str, start: int = 0) -> int:
    return sum(w * alphabet.find(c) for w, c in zip(weights, value[start:], strict=False))


def _sum_sql(weights: Sequence[int], alphabet: str, start: int = 0, value: str = "{v}") -> str:
    if alphabet == "0123456789":
        terms = (
            f"(ascii(substr({value}, {start + i}, 1)) - 48) * {w}" for i, w in enumerate(weights, 1)
        )
    else:
        terms = (
            f"(strpos('{alphabet}', substr({value}, {start + i}, 1)) - 1) * {w}"
            for i, w in enumerate(weights, 1)
        )
    return f"({' + '.join(terms)})"


def _is_date(eight: str) -> bool:
    try:
        date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return False
    return True


def _is_date_sql(start: int) -> str:
    year, month, day = (f"substr({{v}}, {start + at}, {n})" for at, n in ((0, 4), (4, 2), (6, 2)))
    return f"(TRY_CAST({year} || '-' || {month} || '-' || {day} AS DATE) IS NOT NULL)"


def never(value: str) -> bool:
    """Of a shape that no proof could agree with: whatever has it is suspect."""
    return False


NEVER_SQL = "FALSE"


def resident(value: str) -> bool:
    """GB 11643: a date of birth at 7 to 14, and the check character of ISO 7064 MOD 11-2."""
    return _is_date(value[6:14]) and iso_11_2(value)


def iso_11_2(value: str) -> bool:
    """ISO 7064 MOD 11-2 over 18 characters."""
    return value[17] == RESIDENT_CHECKS[_sum(value[:17], RESIDENT_WEIGHTS, "0123456789") % 11]


ISO_11_2_SQL = (
    f"substr({{v}}, 18, 1) = substr('{RESIDENT_CHECKS}', "
    f"{_sum_sql(RESIDENT_WEIGHTS, '0123456789')} % 11 + 1, 1)"
)
RESIDENT_SQL = f"({_is_date_sql(7)} AND {ISO_11_2_SQL})"


def organisation(value: str) -> bool:
    """GB 11714: eight characters and a check character, 0 to 9 or X."""
    check = (11 - _sum(value[:8], ORGANISATION_WEIGHTS, ORGANISATION) % 11) % 11
    return value[8] == "0123456789X"[check]


def organisation_sql(start: int = 0) -> str:
    """`organisation` of the nine characters after the first `start`."""
    total = _sum_sql(ORGANISATION_WEIGHTS, ORGANISATION, start)
    return (
        f"(substr({{v}}, {start + 9}, 1) = substr('0123456789X', (11 - {total} % 11) % 11 + 1, 1))"
    )


def credit(value: str) -> bool:
    """GB 32100-2015: its own check character, and that of the organisation code inside."""
    check = CREDIT[(31 - _sum(value[:17], CREDIT_WEIGHTS, CREDIT) % 31) % 31]
    return value[17] == check and organisation(value[8:17])


CREDIT_SQL = (
    f"(substr({{v}}, 18, 1) = "
    f"substr('{CREDIT}', (31 - {_sum_sql(CREDIT_WEIGHTS, CREDIT)} % 31) % 31 + 1, 1) "
    f"AND {organisation_sql(8)})"
)


def luhn(value: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    digits = [ord(c) - 48 for c in reversed(value)]
    doubled = (d * 2 - 9 * (d > 4) for d in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def luhn_sql(longest: int) -> str:
    """`luhn` of up to `longest` digits, zeros put before the shorter."""
    padded = f"lpad({{v}}, {longest}, '0')"
    places = range(longest, 0, -1)
    plain = (f"ascii(substr({padded}, {p}, 1)) - 48" for p in list(places)[::2])
    twice = (
        f"ascii(substr('0246813579', ascii(substr({padded}, {p}, 1)) - 47, 1)) - 48"
        for p in list(places)[1::2]
    )
    return f"(({' + '.join([*plain, *twice])}) % 10 = 0)"


def vin(value: str) -> bool:
    """GB 16735: the ninth character is the weighted sum modulo 11, X for ten."""
    digits = value.translate(str.maketrans(VIN_LETTERS, VIN_DIGITS))
    return value[8] == "0123456789X"[_sum(digits, VIN_WEIGHTS, "0123456789") % 11]


def vin_sql() -> str:
    """`vin` as SQL: letters become digits first."""
    digits = f"translate({{v}}, '{VIN_LETTERS}', '{VIN_DIGITS}')"
    total = _sum_sql(VIN_WEIGHTS, "0123456789", 0, digits)
    return f"(substr({{v}}, 9, 1) = substr('0123456789X', {total} % 11 + 1, 1))"


def tax(value: str) -> bool:
    """The 15-character tax number: a division code and an organisation code."""
    return organisation(value[6:])
