"""Calendar: a date down to its day, month, quarter or year. 2024-07-31 10:22 is 2024-07-31, 2024-07, 2024Q3 or 2024."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from masking.rules.rule import Rule
from pipelines.core.sql import literal

_YEAR = "^(?:(?:18|19|20|21)[0-9][0-9]|9999)"
_MONTH, _DAY = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
_BEFORE, _BETWEEN = "(?:[-/.]|年)", "(?:[-/.]|月)"
_APART = f"{_YEAR}{_BEFORE}{_MONTH}{_BETWEEN}{_DAY}(?:$|[^0-9])"
_TOGETHER = f"{_YEAR}(?:1[0-2]|0[1-9])(?:3[01]|[12][0-9]|0[1-9])(?:$|[^0-9])"
"""How a date is read: 2024-07-31, 2024/7/31, 2024年7月31日 or 20240731, with a time of day or without."""
_MONTH_OF, _DAY_OF = f"{_YEAR}{_BEFORE}({_MONTH})", f"{_YEAR}{_BEFORE}{_MONTH}{_BETWEEN}({_DAY})"

_READ = re.compile("(?:1[89]|2[01]|99)[0-9]{2}")
Part = Literal["day", "month", "quarter", "year"]


@dataclass(frozen=True)
class Calendar(Rule):
    """Show the day, the month, the quarter or the year of a date; of what is no date, nothing.

    What is shown sorts as the dates do. `For ever` (9999-12-31) stays so: 9999-12, 9999Q4, 9999.
    """

    part: Part = "month"

    def left(self) -> str:
        return {
            "day": "",
            "month": "[0-9]{4}-[0-9]{2}",
            "quarter": "[0-9]{4}Q[1-4]",
            "year": "[0-9]{4}",
        }[self.part]

    def hidden(self, text: str) -> str | None:
        read = _parts(text)
        if read is None:
            return None
        year, month, day = read
        return {
            "day": f"{year}-{month}-{day}",
            "month": f"{year}-{month}",
            "quarter": f"{year}Q{(int(month) + 2) // 3}",
            "year": year,
        }[self.part]

    def hidden_sql(self, text: str) -> str:
        year, apart = f"left({text}, 4)", f"regexp_matches({text}, {literal(_APART)})"
        together = f"regexp_matches({text}, {literal(_TOGETHER)})"
        shown = (self._said(year, *_apart(text)), self._said(year, *_together(text)))
        return f"CASE WHEN {apart} THEN {shown[0]} WHEN {together} THEN {shown[1]} END"

    def _said(self, year: str, month: str, day: str) -> str:
        """The SQL of what is shown, from the SQL of the date's parts."""
        if self.part == "quarter":
            quarters = " ".join(
                f"WHEN {month} IN ({', '.join(literal(f'{m:02}') for m in range(q * 3 - 2, q * 3 + 1))}) THEN 'Q{q}'"
                for q in range(1, 5)
            )
            return f"{year} || CASE {quarters} END"
        parts = {"day": [year, month, day], "month": [year, month], "year": [year]}[self.part]
        return " || '-' || ".join(parts)

    def bounds(self, shown: str) -> dict[str, str]:
        quarters = " ".join(f"WHEN '{q}' THEN '-{q * 3 - 2:02}-01'" for q in range(1, 5))
        first = {
            "day": shown,
            "month": f"{shown} || '-01'",
            "quarter": f"left({shown}, 4) || CASE right({shown}, 1) {quarters} END",
            "year": f"{shown} || '-01-01'",
        }[self.part]
        return {"_from": f"CAST({first} AS DATE)"}


def _parts(text: str) -> tuple[str, str, str] | None:
    """Year, month and day of a text that begins with a date."""
    if re.match(_APART, text):
        month, day = (re.match(p, text) for p in (_MONTH_OF, _DAY_OF))
        if month and day:
            return text[:4], month.group(1).zfill(2), day.group(1).zfill(2)
    return (text[:4], text[4:6], text[6:8]) if re.match(_TOGETHER, text) else None


def _apart(text: str) -> tuple[str, str]:
    """The SQL of month and day where something stands between them."""
    month, day = (
        f"lpad(regexp_extract({text}, {literal(p)}, 1), 2, '0')" for p in (_MONTH_OF, _DAY_OF)
    )
    return month, day


def _together(text: str) -> tuple[str, str]:
    return f"substr({text}, 5, 2)", f"substr({text}, 7, 2)"


def first_day(shown: date | str | None) -> date | None:
    """The first day of what is shown of a date: a day, a month, a quarter, a year, or the date itself."""
    if shown is None or isinstance(shown, date):
        return shown
    if not _READ.match(shown):
        return None
    if shown[4:5] == "Q":
        return date(int(shown[:4]), int(shown[5]) * 3 - 2, 1)
    year, month, day = (*shown.split("-"), "1", "1")[:3]
    return date(int(year), int(month), int(day))
