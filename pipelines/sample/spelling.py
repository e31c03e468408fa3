"""How people write the same thing otherwise: homophones, traditional characters, slips, spaces, wide digits."""

from functools import cache

import numpy as np
import numpy.typing as npt
from pypinyin import Style, lazy_pinyin

from pipelines.sample.vector import Ints, Text, from_letters, joined, letters, number, pc
from pipelines.sample.words import given_names, surnames, traditional

Points = npt.NDArray[np.uint32]
HIGHEST = 0x30000
"""Above every character met here."""


def homophones(rng: np.random.Generator, values: Text) -> Text:
    """One character of each name replaced by one that sounds alike, where there is one."""
    return _one_mapped(rng, values, _sounding_alike())


def as_traditional(rng: np.random.Generator, values: Text) -> Text:
    """Every character in its traditional form."""
    del rng
    points = letters(values, _width(values))
    return from_letters(_traditional()[points])


def another_character(rng: np.random.Generator, values: Text) -> Text:
    """The last character replaced by another common one: a slip of the pen."""
    points = letters(values, _width(values))
    common = np.array([ord(c) for c in "明华丽英国文平红军玉海林"], dtype=np.uint32)
    last = _lengths(points) - 1
    drawn = common[rng.integers(0, len(common), len(points))]
    rows = np.arange(len(points))
    drawn = np.where(points[rows, last] == drawn, ord("春"), drawn).astype(np.uint32)
    points[rows, last] = drawn
    return from_letters(points)


def swapped_given_name(rng: np.random.Generator, values: Text) -> Text:
    """The last two characters in the other order."""
    del rng
    points = letters(values, _width(values))
    rows, last = np.arange(len(points)), _lengths(points) - 1
    points[rows, last], points[rows, last - 1] = points[rows, last - 1], points[rows, last].copy()
    return from_letters(points)


def neighbouring_digits_swapped(rng: np.random.Generator, values: Text) -> Text:
    """Two neighbouring digits in the other order, somewhere behind the third; another digit where they are the same."""
    points = letters(values, _width(values))
    rows = np.arange(len(points))
    at = rng.integers(3, np.maximum(_lengths(points) - 1, 4))
    one, two = points[rows, at].copy(), points[rows, at + 1].copy()
    same = one == two
    points[rows, at] = np.where(same, ord("0") + (two - ord("0") + 1) % 10, two)
    points[rows, at + 1] = one
    return from_letters(points)


def spaced_out(rng: np.random.Generator, values: Text) -> Text:
    """A space within, as forms have boxes: names of two characters, numbers in groups."""
    del rng
    return pc.replace_substring_regex(
        values, r"^(\p{Han})(\p{Han})$|^(.{6})(.{8})(.+)$", r"\1\3 \2\4 \5"
    )


def wide_digits(rng: np.random.Generator, values: Text) -> Text:
    """Digits and letters as wide as Chinese characters."""
    del rng
    points = letters(values, _width(values))
    narrow = (points > 0x20) & (points < 0x7F)
    points[narrow] += 0xFEE0
    return from_letters(points)


def without_province(rng: np.random.Generator, values: Text) -> Text:
    """An address that begins with the prefecture."""
    del rng
    return pc.replace_substring_regex(values, "^(.{2,3}?省|.{2,8}?自治区)", "")


def without_district(rng: np.random.Generator, values: Text) -> Text:
    """An address in which prefecture is followed by the street."""
    del rng
    return pc.replace_substring_regex(values, r"^(.*?市)(?:[^市区县]{1,5}[市区县])", r"\1")


def with_hyphens(rng: np.random.Generator, values: Text) -> Text:
    """House, entrance and flat as 5-2-1203."""
    del rng
    return pc.replace_substring_regex(values, r"(\d+)(?:栋|号楼)(\d+)单元(\d+)室$", r"\1-\2-\3")


def short_company(rng: np.random.Generator, values: Text) -> Text:
    """A company as people call it."""
    del rng
    return pc.replace_substring_regex(values, "(股份有限公司|有限责任公司|有限公司)$", "公司")


def upper(rng: np.random.Generator, values: Text) -> Text:
    """In capitals."""
    del rng
    return pc.utf8_upper(values)


def lower(rng: np.random.Generator, values: Text) -> Text:
    """In small letters."""
    del rng
    return pc.utf8_lower(values)


def other_dot(rng: np.random.Generator, values: Text) -> Text:
    """Another dot between the parts of a name."""
    del rng
    return pc.replace_substring(values, "·", "•")


def with_digit(rng: np.random.Generator, values: Text) -> Text:
    """The first characters and a digit, as made up to tell two of one name apart."""
    return joined(pc.utf8_slice_codeunits(values, 0, 3), number(rng.integers(1, 4, len(values))))


def one_character_more(rng: np.random.Generator, values: Text) -> Text:
    """One digit too many."""
    points = letters(values, _width(values) + 1)
    rows = np.arange(len(points))
    points[rows, _lengths(points)] = ord("0") + rng.integers(0, 10, len(points))
    return from_letters(points)


def one_character_less(rng: np.random.Generator, values: Text) -> Text:
    """The last character missing."""
    del rng
    points = letters(values, _width(values))
    points[np.arange(len(points)), np.maximum(_lengths(points) - 1, 0)] = 0
    return from_letters(points)


def other_check_digit(rng: np.random.Generator, values: Text) -> Text:
    """Another last digit than the right one."""
    points = letters(values, _width(values))
    rows, last = np.arange(len(points)), _lengths(points) - 1
    digit = (points[rows, last].astype(np.int64) - ord("0")) % 10
    points[rows, last] = ord("0") + (digit + rng.integers(1, 10, len(points))) % 10
    return from_letters(points)


def letter_for_digit(rng: np.random.Generator, values: Text) -> Text:
    """The letter O for every zero."""
    del rng
    return pc.replace_substring(values, "0", "O")


def _one_mapped(rng: np.random.Generator, values: Text, table: Points) -> Text:
    points = letters(values, _width(values))
    other = table[points]
    can = (other != points) & (points > 0)
    first = np.argmax(can * rng.random(points.shape), axis=1)
    rows = np.arange(len(points))
    points[rows, first] = other[rows, first]
    return from_letters(points)


def _lengths(points: Points) -> Ints:
    return np.asarray((points > 0).sum(axis=1))


def _width(values: Text) -> int:
    longest = pc.max(pc.utf8_length(values)).as_py() if len(values) else None
    return max(int(longest or 0), 2)


@cache
def _traditional() -> Points:
    table = np.arange(HIGHEST, dtype=np.uint32)
    for one, other in traditional().items():
        table[ord(one)] = ord(other)
    return table


@cache
def _sounding_alike() -> Points:
    """Each character of names, with the next that sounds alike."""
    said = {c for w in surnames().said.to_pylist() for c in w}
    for group in given_names():
        said |= {
            c for words in (group.first, group.second) for w in words.said.to_pylist() for c in w
        }
    by_sound: dict[str, list[str]] = {}
    for character in sorted(said):
        by_sound.setdefault(lazy_pinyin(character, style=Style.NORMAL)[0], []).append(character)
    table = np.arange(HIGHEST, dtype=np.uint32)
    for alike in by_sound.values():
        for one, other in zip(alike, [*alike[1:], alike[0]], strict=True):
            table[ord(one)] = ord(other)
    return table
