"""Periods: how people write them, and what they cover."""

from datetime import date

import pytest

from expectations.kpi.period import period
from pipelines.core.errors import ConfigError

CASES = [
    ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度", "Q1 2026"),
    ("2026q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度", "Q4 2026"),
    ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年", "2026"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月", "2024-02"),
    ("2026-09-30", date(2026, 9, 30), date(2026, 9, 30), "2026年9月30日", "2026-09-30"),
]


@pytest.mark.parametrize(("text", "first", "last", "zh", "en"), CASES)
def test_a_period_is_read_as_people_write_it(
    text: str, first: date, last: date, zh: str, en: str
) -> None:
    found = period(text)
    assert (found.first, found.last, found.zh, found.en) == (first, last, zh, en)


@pytest.mark.parametrize("text", ["", "2026Q5", "Q3", "2026-13", "2026-02-30", "last week", "0000"])
def test_what_is_no_period_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(ConfigError, match="2026Q3"):
        period(text)
