"""Amount: the band a number lies in, written [low,high). 36500.00 is [30000,40000) or [10000,100000)."""

import re
from dataclasses import dataclass

from masking.rules.rule import Rule
from pipelines.core.sql import literal

NUMBER = "-?(0|[1-9][0-9]{0,14})([.][0-9]+)?"
"""A number as every engine writes it. What is longer, or has leading zeros, is no amount of money."""

BAND = "\\[[0-9]+,[0-9]+[)]|[(],0[)]"
"""A pattern of a band, as it is written."""

_READ = re.compile(NUMBER)


def is_number(text: str) -> str:
    """SQL condition: `text` is a number. Its last character is asked for, as some engines' $ ignores a line end."""
    digits = ", ".join(f"'{n}'" for n in range(10))
    return f"regexp_matches({text}, {literal(f'^{NUMBER}$')}) AND right({text}, 1) IN ({digits})"


def whole(text: str) -> str:
    """SQL: the part of a number before the decimal point."""
    return f"split_part({text}, '.', 1)"


def read(text: str) -> str | None:
    """The part of a number before the decimal point; None if it is no number."""
    return text.partition(".")[0] if _READ.fullmatch(text) else None


def ends(band: str) -> dict[str, str]:
    """SQL for both ends of a band written [low,high), as numbers; an open end is null."""
    inside = f"translate({band}, '[()', '')"
    return {
        end: f"CAST(nullif(split_part({inside}, ',', {n}), '') AS DECIMAL(18, 0))"
        for n, end in enumerate(("_from", "_to"), 1)
    }


@dataclass(frozen=True)
class Amount(Rule):
    """Show a band that grows with the amount: one significant digit, or the order of magnitude.

    What is owed shares one band, as does what is below one. A text that is no number is withheld.
    """

    digit: bool = True

    def left(self) -> str:
        return BAND

    def hidden(self, text: str) -> str | None:
        part = read(text)
        if part is None:
            return None
        if part[0] == "-":
            return "(,0)"
        if part[0] == "0":
            return "[0,1)"
        zeros = "0" * (len(part) - 1)
        if not self.digit:
            return f"[1{zeros},10{zeros})"
        return f"[{part[0]}{zeros},{int(part[0]) + 1}{zeros})"

    def hidden_sql(self, text: str) -> str:
        first = f"left({text}, 1)"
        band = "'[1Z,10Z)'"
        if self.digit:
            following = f"CASE WHEN {first} = '9' THEN '10' ELSE translate({first}, '12345678', '23456789') END"
            band = f"'[' || {first} || 'Z,' || {following} || 'Z)'"
        zeros = f"repeat('0', length({whole(text)}) - 1)"
        return (
            f"CASE WHEN NOT ({is_number(text)}) THEN NULL WHEN {first} = '-' THEN '(,0)'"
            f" WHEN {first} = '0' THEN '[0,1)' ELSE replace({band}, 'Z', {zeros}) END"
        )

    def bounds(self, shown: str) -> dict[str, str]:
        return ends(shown)
