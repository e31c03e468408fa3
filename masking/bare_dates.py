"""Bare dates: cells that may be days of birth, in a column of which no header says what its dates are."""

import re
from collections.abc import Collection

from masking.normalise import normalise

_HAN = "[一二三四五六七八九十〇零○元]"
_YEAR, _MONTH, _DAY = "(?:18|19|20)[0-9]{2}", "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
_MM, _DD = "(?:1[0-2]|0[1-9])", "(?:3[01]|[12][0-9]|0[1-9])"
_MIDNIGHT = "(?:[ T]0{1,2}:00(?::00(?:[.]0+)?)?)?"
DATE = (
    f"(?:{_YEAR}[ ]?[-/.年][ ]?{_MONTH}[ ]?(?:[-/.月][ ]?{_DAY}[日号]?|月)?|{_YEAR}{_MM}{_DD}"
    f"|{_DAY}[-/.]{_MONTH}[-/.]{_YEAR}|{_MONTH}[-/.]{_DAY}[-/.]{_YEAR}"
    f"|{_HAN}{{4}}年{_HAN}{{1,2}}月(?:{_HAN}{{1,3}}[日号])?|[0-9]{{2}}[-/.年]{_MONTH}[-/.月]{_DAY}日?){_MIDNIGHT}"
)
"""A day, or a month, written so that it is little else."""
SHORT_DATE = f"[0-9]{{2}}{_MM}{_DD}"
"""Six digits that are a day: so are four in a hundred of any six."""
SERIAL = "(?:[5-9][0-9]{3}|[1-4][0-9]{4})(?:[.]0{1,2})?"
"""A day as Excel counts them, from 1913 to 2036: as much else is."""
LOOKED_AT = f"^ *(?:{DATE}|[0-9]{{6}}|[0-9]{{4,5}}(?:[.]0{{1,2}})?) *$"
"""Cells without which nothing here can be told."""
FEW_ALIKE = 0.9
"""The share of the numbers of that length that must be days, for those that are to count as such."""

SAYS_NOTHING = "(?:[a-z]|col|column|field|var|ext|unnamed|备用|预留|扩展|字段|列|栏)?[ _:.-]*[0-9]*"
"""A header that says nothing of what stands below it; below another, numbers are not taken for Excel's days."""

_SAYS_NOTHING = re.compile(SAYS_NOTHING, re.IGNORECASE)
_DATE, _SHORT_DATE, _SERIAL = (re.compile(p) for p in (DATE, SHORT_DATE, SERIAL))
_SIX, _FIVE = re.compile("[0-9]{6}"), re.compile("[0-9]{4,5}(?:[.]0{1,2})?")


def bare_dates(header: str, cells: Collection[str]) -> set[str]:
    """The cells of a column, each given once, that may be days of birth."""
    read = {cell: normalise(cell).text.strip() for cell in cells}
    found = {cell for cell, text in read.items() if _DATE.fullmatch(text)}
    asked = ((_SIX, _SHORT_DATE), (_FIVE, _SERIAL))
    for number, day in asked if _SAYS_NOTHING.fullmatch(header) else asked[:1]:
        numbers = [cell for cell, text in read.items() if number.fullmatch(text)]
        days = [cell for cell in numbers if day.fullmatch(read[cell])]
        if len(days) >= FEW_ALIKE * len(numbers) and not _counts_up({read[c] for c in days}):
            found.update(days)
    return found


def _counts_up(numbers: set[str]) -> bool:
    """Whether the numbers are those of rows, one after the other."""
    found = {int(n.split(".")[0]) for n in numbers}
    return len(found) > 1 and max(found) - min(found) < 2 * len(found)
