"""Periods of assessment: a quarter, a year, a month or a day, as people write them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.core.errors import ConfigError


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends included."""

    name: str
    first: date
    last: date

    @property
    def zh(self) -> str:
        """Its Chinese name."""
        if match := re.fullmatch(r"([0-9]{4})Q([1-4])", self.name):
            return f"{match[1]}年第{'一二三四'[int(match[2]) - 1]}季度"
        parts = [int(p) for p in self.name.split("-")]
        return "".join(f"{n}{unit}" for n, unit in zip(parts, "年月日", strict=False))

    @property
    def en(self) -> str:
        """Its English name."""
        return f"{self.name[4:]} {self.name[:4]}" if "Q" in self.name else self.name


def period(text: str) -> Period:
    """The period `text` names: 2026Q3, 2026, 2026-09 or 2026-09-30. Raises ConfigError if it names none."""
    said = text.strip().upper()
    try:
        if match := re.fullmatch(r"([0-9]{4})-?Q([1-4])", said):
            year, month = int(match[1]), 3 * int(match[2]) - 2
            return Period(f"{match[1]}Q{match[2]}", date(year, month, 1), _end(year, month + 2))
        if re.fullmatch(r"[0-9]{4}", said):
            return Period(said, date(int(said), 1, 1), date(int(said), 12, 31))
        if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", said):
            year, month = int(match[1]), int(match[2])
            return Period(said, date(year, month, 1), _end(year, month))
        day = date.fromisoformat(said)
        return Period(day.isoformat(), day, day)
    except ValueError:
        raise ConfigError(
            f"--period {text!r} is no period: write it as 2026Q3, 2026, 2026-09 or 2026-09-30",
            f"--period {text!r} 不是有效的期间：请写作 2026Q3、2026、2026-09 或 2026-09-30",
        ) from None


def _end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
