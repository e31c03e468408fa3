"""What is shown in bands also has the bands' ends, as numbers and days: they sort, sum and compare."""

from datetime import date
from decimal import Decimal

import pytest

from masking.rules import RULES
from masking.rules.said import rule_said

BANDS = [
    ("one_digit", "36500.00", {"_from": Decimal(30000), "_to": Decimal(40000)}),
    ("one_digit", "0.50", {"_from": Decimal(0), "_to": Decimal(1)}),
    ("one_digit", "-36500.00", {"_from": None, "_to": Decimal(0)}),
    ("one_digit", "999999999999999.99", {"_from": Decimal(9 * 10**14), "_to": Decimal(10**15)}),
    ("one_digit", "no number", {"_from": None, "_to": None}),
    ("magnitude", "36500.00", {"_from": Decimal(10000), "_to": Decimal(100000)}),
    ("five_years", "1987-06-01", {"_from": 1985, "_to": 1989}),
    ("decade", "1987-06-01", {"_from": 1980, "_to": 1989}),
    ("age_5", "37", {"_from": 35, "_to": 39}),
    ("age_5", "95", {"_from": 90, "_to": None}),
    ("to_quarter", "2024-05-31", {"_from": date(2024, 4, 1)}),
    ("to_quarter", "9999-12-31", {"_from": date(9999, 10, 1)}),
    ("to_month", "2024-05-31", {"_from": date(2024, 5, 1)}),
    ("to_year", "2024-05-31", {"_from": date(2024, 1, 1)}),
    ("to_quarter", "unknown", {"_from": None}),
]


def select(name: str) -> str:
    rule = RULES[name]
    ends = rule.bounds(rule.sql('"value"'))
    return ", ".join(f'{sql} AS "{end}"' for end, sql in ends.items())


@pytest.mark.parametrize(("name", "value", "ends"), BANDS)
def test_a_band_has_its_ends(duckdb_engine, name, value, ends):
    with duckdb_engine.scope():
        rows = duckdb_engine.sql(
            f"SELECT {select(name)} FROM (SELECT $value AS value)", {"value": value}
        )
        assert duckdb_engine.fetch(rows).to_pylist() == [ends]


def test_a_band_of_a_packs_own_has_its_ends_and_grades_have_none():
    assert set(rule_said({"step": {"width": 50}}).bounds("x")) == {"_from", "_to"}
    assert not RULES["grade"].bounds("x")
    assert not RULES["token"].bounds("x")
