"""Shapes: the pieces patterns are made of, each a fact of a standard."""

from itertools import combinations

SEP = "[ -]?"
"""One blank or hyphen between two groups of digits, or none."""

PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71)"
"""First two digits of a division code (GB/T 2260), today's and those of people born before 1997."""

YEAR = "(?:1[89][ -]?[0-9]{2}|20[ -]?[0-3][0-9])"
MONTH = "(?:0[1-9]|1[0-2])"
DAY = "(?:0[1-9]|[12][0-9]|3[01])"


NUMBERED = "[Nn][Oo][.]?|NO|[Ii][Dd]|[Cc][Aa][Rr][Dd]"
"""What ends a Latin label of a number and may touch it: passport no, card, ID."""


def grouped(*lengths: int) -> str:
    """Digits in groups of these lengths, a separator or none between two groups."""
    return SEP.join(f"[0-9]{{{n}}}" for n in lengths)


def either(*patterns: str) -> str:
    """One of these patterns, tried in this order."""
    return f"(?:{'|'.join(patterns)})"


def placed(length: int, letters: int, letter: str, digit: str = "[0-9]") -> str:
    """`length` characters of which at most `letters` are letters, wherever they stand."""
    forms = [
        "".join(letter if i in chosen else digit for i in range(length))
        for count in range(letters + 1)
        for chosen in combinations(range(length), count)
    ]
    return either(*forms)


NORTH_AMERICAN = "(?:[+]?1[ .-])?[2-9][0-9]{2}[ .-][2-9][0-9]{2}[ .-][0-9]{4}"
"""Area code, exchange and number of the North American plan (NANPA), which tells no mobile from a landline."""
DIALLED_ABROAD = either(
    "(?:[+]?1[ .-]?)?[2-9][0-9]{2}[ .-]?[2-9][0-9]{2}[ .-]?[0-9]{4}",
    "0[1-9][0-9]{2,4}[ ][0-9]{3}[ ]?[0-9]{3,4}",
)
"""What a column of telephones may hold: the same without separators, and what is dialled within other countries."""
