"""Period: of a date, only the years around it. 1985-06-01 is 1985, 1985-1989 or 1980-1989."""

import re
from dataclasses import dataclass

from masking.rules.rule import Rule
from pipelines.core.sql import literal

YEAR = "(18|19|20|21)[0-9][0-9]"
"""How a date must begin: 850601 or 06/01/1985 does not, so nothing of it is shown."""

_READ = re.compile(YEAR)


@dataclass(frozen=True)
class Period(Rule):
    """Show the year, the half decade or the decade (`years` 1, 5 or 10) of a date that begins with its year.

    The bands are of the calendar, so they do not depend on today.
    """

    years: int = 1

    def __post_init__(self) -> None:
        if self.years not in (1, 5, 10):
            raise ValueError("a period is of 1, 5 or 10 years")

    def left(self) -> str:
        return "[0-9]{4}" if self.years == 1 else "[0-9]{4}-[0-9]{4}"

    def hidden(self, text: str) -> str | None:
        if not _READ.match(text):
            return None
        year = text[:4]
        if self.years == 1:
            return year
        if self.years == 10:
            return f"{year[:3]}0-{year[:3]}9"
        return f"{year[:3]}0-{year[:3]}4" if year[3] < "5" else f"{year[:3]}5-{year[:3]}9"

    def hidden_sql(self, text: str) -> str:
        tens = f"left({text}, 3)"
        band = {
            1: f"left({text}, 4)",
            10: f"{tens} || '0-' || {tens} || '9'",
            5: f"CASE WHEN substr({text}, 4, 1) IN ('0', '1', '2', '3', '4')"
            f" THEN {tens} || '0-' || {tens} || '4' ELSE {tens} || '5-' || {tens} || '9' END",
        }[self.years]
        return f"CASE WHEN regexp_matches({text}, {literal(f'^{YEAR}')}) THEN {band} END"

    def bounds(self, shown: str) -> dict[str, str]:
        first, last = f"left({shown}, 4)", f"right({shown}, 4)"
        years = {"_from": first, "_to": last} if self.years > 1 else {}
        return {end: f"CAST({year} AS BIGINT)" for end, year in years.items()}
