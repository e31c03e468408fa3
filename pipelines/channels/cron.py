"""Cron, as far as a channel's schedule needs it: whether it is one, and on which days it falls."""

import re
from datetime import date, datetime, timedelta

FIELDS = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of the month", 1, 31),
    ("month", 1, 12),
    ("day of the week", 0, 7),
)
PART = re.compile(r"(?:\*|(\d+)(?:-(\d+))?)(?:/(\d+))?")


def fields(cron: str) -> list[frozenset[int]]:
    """The values each of the five fields admits. Raises ValueError, saying which field is wrong."""
    said = cron.split()
    if len(said) != len(FIELDS):
        raise ValueError(f"{cron!r} is no schedule: write five fields, as 0 6 * * *")
    return [_values(text, *field) for text, field in zip(said, FIELDS, strict=True)]


def falls_on(cron: str, day: date) -> bool:
    """Whether the schedule falls on that day; like cron, either of two named kinds of day will do."""
    _, _, days, months, weekdays = fields(cron)
    _, _, of_month, _, of_week = cron.split()
    is_weekday = bool({day.isoweekday(), day.isoweekday() % 7} & weekdays)
    either = of_month != "*" and of_week != "*"
    by_day = day.day in days or is_weekday if either else day.day in days and is_weekday
    return day.month in months and by_day


def is_every_day(cron: str) -> bool:
    """Whether the schedule falls on every day."""
    return cron.split()[2:] == ["*", "*", "*"]


def last_day(cron: str, moment: datetime) -> date:
    """The day of its last tick up to a moment, both on the schedule's own clock; that day if it never falls."""
    minutes, hours, *_ = fields(cron)
    early = (moment.hour, moment.minute) < (min(hours), min(minutes))
    days = (moment.date() - timedelta(days=n) for n in range(int(early), 4 * 366))
    return next((day for day in days if falls_on(cron, day)), moment.date())


def _values(text: str, name: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        read = PART.fullmatch(part)
        start = int(read[1]) if read and read[1] else low
        end = (
            int(read[2])
            if read and read[2]
            else high
            if read and (not read[1] or read[3])
            else start
        )
        step = int(read[3]) if read and read[3] else 1
        if read is None or not low <= start <= end <= high or step < 1:
            raise ValueError(f"{text!r} is no {name} of a schedule: numbers from {low} to {high}")
        found |= set(range(start, end + 1, step))
    return frozenset(found)
