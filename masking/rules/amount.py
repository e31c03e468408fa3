"""Amount: the band a number lies in, written [low,high). 36500.00 is [30000,40000) or [10000,100000)."""

from dataclasses import dataclass

from masking.rules.rule import Rule, all_digits

DIGITS = 15
"""A whole part longer than this is no amount of money."""


def whole(text: str) -> str:
    """SQL: the part before the decimal point, without leading zeros and sign."""
    unsigned = f"ltrim({text}, '-')"
    point = f"strpos({unsigned}, '.')"
    return (
        f"ltrim(CASE WHEN {point} > 0 THEN left({unsigned}, {point} - 1) ELSE {unsigned} END, '0')"
    )


def is_number(text: str) -> str:
    """SQL condition: a decimal number with a plain whole part, at most one sign and one point."""
    digits = f"replace({text}, '.', '')"
    unsigned = f"CASE WHEN left({digits}, 1) = '-' THEN right({digits}, length({digits}) - 1) ELSE {digits} END"
    return (
        f"{all_digits(unsigned)} AND length({unsigned}) > 0"
        f" AND length({text}) - length({digits}) <= 1 AND left({text}, 2) <> '.-'"
        f" AND length({whole(text)}) <= {DIGITS}"
    )


def read(text: str) -> tuple[bool, str] | None:
    """Whether the number is negative, and its whole part without leading zeros; None if it is none."""
    digits = text.replace(".", "", 1)
    unsigned = digits.removeprefix("-")
    if not (unsigned.isascii() and unsigned.isdigit()) or text.startswith(".-"):
        return None
    part = text.removeprefix("-").partition(".")[0].lstrip("0")
    return (text.startswith("-"), part) if len(part) <= DIGITS else None


@dataclass(frozen=True)
class Amount(Rule):
    """Show a band that grows with the amount: one significant digit, or the order of magnitude.

    What is owed shares one band, as does what is below one. A text that is no number is withheld.
    """

    digit: bool = True

    def hidden(self, text: str) -> str | None:
        number = read(text)
        if number is None:
            return None
        negative, part = number
        if negative:
            return "(,0)"
        if not part:
            return "[0,1)"
        zeros = "0" * (len(part) - 1)
        if not self.digit:
            return f"[1{zeros},10{zeros})"
        return f"[{part[0]}{zeros},{int(part[0]) + 1}{zeros})"

    def hidden_sql(self, text: str) -> str:
        part = whole(text)
        zeros = f"repeat('0', length({part}) - 1)"
        low, high = "'[1'", "',10'"
        if self.digit:
            low = f"'[' || left({part}, 1)"
            next_digit = f"translate(left({part}, 1), '12345678', '23456789')"
            high = f"',' || CASE WHEN left({part}, 1) = '9' THEN '10' ELSE {next_digit} END"
        return (
            f"CASE WHEN NOT ({is_number(text)}) THEN NULL WHEN left({text}, 1) = '-' THEN '(,0)'"
            f" WHEN {part} = '' THEN '[0,1)' ELSE {low} || {zeros} || {high} || {zeros} || ')' END"
        )
