"""Numbers that carry their own proof, made by column: resident IDs, credit codes, cards."""

import numpy as np
import numpy.typing as npt

from pipelines.sample.vector import Days, Ints, Text, from_letters, joined, number, taken, text

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = text(list("10X98765432"))
CODE_LETTERS = np.array([ord(c) for c in "0123456789ABCDEFGHJKLMNPQRTUWXY"], dtype=np.uint32)
CODE_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])


def compact(days: Days) -> Ints:
    """A day as the number 19900131."""
    months = days.astype("datetime64[M]")
    year = months.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (days.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64) + 1
    return np.asarray(year * 10_000 + month * 100 + day)


def resident_id(region: Ints, born: Ints, serial: Ints) -> Text:
    """Resident IDs (GB 11643) of a region's code, a birth date as a number, a serial number."""
    body = (region * 100_000_000 + born) * 1000 + serial
    return joined(number(body, 17), taken(ID_CHECKS, _id_check(body)))


def resident_id_with_wrong_check(number_: Text) -> Text:
    """The same with another check digit than the right one."""
    body = _leading(number_, 17)
    return joined(number(body, 17), taken(ID_CHECKS, (_id_check(body) + 1) % 11))


def fifteen_digits(number_: Text) -> Text:
    """A resident ID of the twentieth century as it was written before 1999."""
    body = _leading(number_, 17)
    region, rest = body // 10**11, body % 10**11
    return number(region * 10**9 + rest % 10**9, 15)


def card(start: Ints, width: npt.NDArray[np.int64], serial: Ints) -> Text:
    """Card numbers: six digits of the bank, a serial number, Luhn's check digit; 16 or 19 digits."""
    body = start * 10 ** (width - 7) + serial % 10 ** (width - 7)
    return joined(number(body), number((10 - _luhn(body)) % 10))


def credit_code(kind: Text, region: Ints, serial: Ints) -> Text:
    """Unified social credit codes (GB 32100): two signs of kind, a region, an organisation code, a check."""
    organisation = np.empty((len(serial), 8), dtype=np.int64)
    rest = serial.copy()
    for at in range(7, -1, -1):
        organisation[:, at] = rest % 31
        rest = rest // 31
    value = np.where(organisation < 10, organisation, 0)
    letter = CODE_LETTERS[organisation]
    value = np.where(organisation >= 10, letter.astype(np.int64) - 55, value)
    check = (11 - (value * ORGANISATION_WEIGHTS).sum(axis=1) % 11) % 11
    nine = np.where(check == 10, ord("X"), check + ord("0")).astype(np.uint32)
    head = joined(kind, number(region, 6), from_letters(np.column_stack([letter, nine])))
    points = _points(head, 17)
    of = np.zeros(128, dtype=np.int64)
    of[CODE_LETTERS] = np.arange(31)
    last = (31 - (of[points] * CODE_WEIGHTS).sum(axis=1) % 31) % 31
    return joined(head, from_letters(CODE_LETTERS[last].reshape(-1, 1)))


def _id_check(body: Ints) -> Ints:
    total = np.zeros(len(body), dtype=np.int64)
    rest = body.copy()
    for weight in reversed(ID_WEIGHTS):
        total += rest % 10 * weight
        rest //= 10
    return total % 11


def _luhn(body: Ints) -> Ints:
    """Luhn's sum of a number whose check digit is still to come."""
    total = np.zeros(len(body), dtype=np.int64)
    rest, twice = body.copy(), True
    while rest.any():
        digit = rest % 10 * (2 if twice else 1)
        total += digit // 10 + digit % 10
        rest, twice = rest // 10, not twice
    return total % 10


def _leading(values: Text, width: int) -> Ints:
    digits = _points(values, 18)[:, :width].astype(np.int64) - ord("0")
    return np.asarray(digits @ (10 ** np.arange(width - 1, -1, -1, dtype=np.int64)))


def _points(values: Text, width: int) -> npt.NDArray[np.uint32]:
    from pipelines.sample.vector import letters

    return letters(values, width)
