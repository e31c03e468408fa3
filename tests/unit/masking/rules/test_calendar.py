"""Dates of what somebody did are told down to what a tier needs, and sort as they did."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masking.kinds import Kind
from masking.rules import RULES
from masking.rules.calendar import first_day
from masking.tiers import tiers
from warehouse.model import kind
from warehouse.tables import CORE

CASES = [
    ("2024-07-31", "2024-07-31", "2024-07", "2024Q3", "2024"),
    ("2024-07-31 10:22:05", "2024-07-31", "2024-07", "2024Q3", "2024"),
    ("2024/1/5", "2024-01-05", "2024-01", "2024Q1", "2024"),
    ("2024年11月5日", "2024-11-05", "2024-11", "2024Q4", "2024"),
    ("20240731", "2024-07-31", "2024-07", "2024Q3", "2024"),
    ("9999-12-31", "9999-12-31", "9999-12", "9999Q4", "9999"),
    ("31/07/2024", None, None, None, None),
    ("2024-13-01", None, None, None, None),
    ("20240731123", None, None, None, None),
    ("张三2024-07-31", None, None, None, None),
]
PARTS = ("to_day", "to_month", "to_quarter", "to_year")
DATES = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize("case", CASES, ids=[c[0] for c in CASES])
def test_a_date_is_told_down_to_the_day_month_quarter_or_year(case):
    assert tuple(RULES[part].mask(case[0]) for part in PARTS) == case[1:]


@pytest.mark.parametrize("part", PARTS)
@given(one=DATES, other=DATES)
def test_what_is_shown_sorts_as_the_dates_do_and_begins_no_later(part, one, other):
    earlier, later = sorted((one, other))
    shown = [RULES[part].mask(str(day)) for day in (earlier, later)]
    assert shown == sorted(shown)
    assert first_day(shown[0]) <= earlier
    assert RULES[part].mask(str(first_day(shown[0]))) == shown[0]


def test_every_date_that_tells_of_a_customer_has_a_kind_that_is_coarsened():
    who = tiers()
    dates = [(t.name, c) for t in CORE.values() for c in t.columns if c.type.python_type in TIMES]
    assert dates
    for table, column in dates:
        assert kind(column) in (Kind.EVENT_DATE, Kind.BIRTH_DATE), (table, column.name)
        for tier in ("analyst", "partner", "statistics"):
            rule = who[tier].rule_for(kind(column), column.name)
            assert rule.name not in ("clear", "to_day"), (tier, table, column.name)
        assert who["service"].rule_for(kind(column), column.name).name != "clear"


TIMES = tuple(
    {
        c.type.python_type
        for t in CORE.values()
        for c in t.columns
        if "date" in c.type.python_type.__name__
    }
)
