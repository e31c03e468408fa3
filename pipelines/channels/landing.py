"""Where a channel's day lands, and which days have landed. Opens no file: whoever waits for one needs no reader."""

import re
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import PurePosixPath

import fsspec

DAY = re.compile(r"\{day(?::([^}]*))?\}")
"""`{day}` in a location, or `{day:%Y%m%d}` where a source writes its days another way."""
ISO = "%Y-%m-%d"
DIGITS = {"%Y": r"\d{4}", "%m": r"\d{2}", "%d": r"\d{2}", "%y": r"\d{2}", "%j": r"\d{3}"}
DIRECTIVE = re.compile(r"(%\w)")
EXAMPLES = (date(2026, 11, 23), date(2031, 2, 4))


def names_day(lands_at: str) -> bool:
    """Whether a location says the day, in whichever way."""
    return DAY.search(lands_at) is not None


def tells_year(lands_at: str) -> bool:
    """Whether what a location says of the day can be read back, and tells the year."""
    read = [_day(lands_at, location(lands_at, "", day)) for day in EXAMPLES]
    return [r and r.year for r in read] == [day.year for day in EXAMPLES]


def is_database(location: str) -> bool:
    """Whether this is a database's URL rather than a file's."""
    scheme, divider, _ = location.partition("://")
    plain = scheme.partition("+")[0]
    return bool(divider) and plain not in fsspec.available_protocols() and "::" not in scheme


def location(lands_at: str, source: str, day: date) -> str:
    """Where the delivery of a day is: a path or URI under the source, or a database's URL."""
    return _under(DAY.sub(lambda m: day.strftime(m[1] or ISO), lands_at), source)


def deliveries(lands_at: str, source: str) -> list[date]:
    """The days of which the source holds a file there; none if the location names no day, or no file."""
    if is_database(lands_at) or not names_day(lands_at):
        return []
    place = _under(lands_at, source)
    between = [place[a:b] for a, b in _literals(place)]
    files, pattern = fsspec.url_to_fs("*".join(re.sub(r"([*?\[])", r"[\1]", s) for s in between))
    found = set()
    for path in files.glob(pattern):
        if day := _day(lands_at, path):
            there = fsspec.url_to_fs(location(lands_at, source, day))[1]
            found |= {day} if there == path else set()
    return sorted(found)


def _literals(place: str) -> list[tuple[int, int]]:
    """The stretches of a location between the places of the day."""
    edges = [0, *(edge for m in DAY.finditer(place) for edge in m.span()), len(place)]
    return list(pairwise(edges))[::2]


def _day(lands_at: str, path: str) -> date | None:
    """The day that a path of such a location says; None if it says none."""
    parts = [re.escape(lands_at[a:b]) for a, b in _literals(lands_at)]
    written = [said or ISO for said in DAY.findall(lands_at)]
    pattern = "".join(p + _digits(w) for p, w in zip(parts, [*written, ""], strict=True))
    found = re.search(pattern + "$", path)
    said = dict(
        zip(DIRECTIVE.findall(" ".join(written)), found.groups() if found else (), strict=False)
    )
    try:
        return datetime.strptime(" ".join(said.values()), " ".join(said)).replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _digits(written: str) -> str:
    """What the day looks like in that writing, each part of it a group."""
    literal = [re.escape(text) for text in DIRECTIVE.split(written)[::2]]
    groups = ["(" + DIGITS.get(d, r"\w+") + ")" for d in DIRECTIVE.findall(written)]
    return "".join(text + group for text, group in zip(literal, [*groups, ""], strict=True))


def _under(place: str, source: str) -> str:
    if "://" in place or PurePosixPath(place).is_absolute() or not source:
        return place
    return f"{source.rstrip('/')}/{place}"
