"""What the statistics tier is told of quality: counts in whole steps, and no text that may quote one."""

from collections.abc import Mapping
from datetime import date
from itertools import combinations
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Date, DateTime, Table, Text

from pipelines.core.sql import quoted
from tests.made_up import DAY
from warehouse.ddl import columns_of, create, full_name
from warehouse.quality_told import OF_QUALITY, TEXTS, told
from warehouse.statistics import step
from warehouse.tables import quality

K = 10
CHECKED = {"day": DAY, "record": "individual", "check_name": "complete.mobile", "level": "warn"}
GRAINS = [
    {"channel": "counter", "figure": "rows", "grain": step(K, 2)},
    {"channel": "counter", "figure": "record:individual", "grain": step(K, 1)},
    {"channel": "counter", "figure": "indicator:completeness", "grain": step(K, 4)},
    {"channel": "mobile", "figure": "indicator:completeness", "grain": step(K, 1)},
    {"channel": "customers", "figure": "indicator:completeness", "grain": step(K, 5)},
    {"channel": "counter", "figure": "indicator:security", "grain": 0},
    {"channel": "customers", "figure": "indicator:security", "grain": 0},
]


def seen(table: Table, *rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the tier sees of these rows."""
    with duckdb.connect() as session:
        session.execute("CREATE SCHEMA quality")
        for of, held in ((table, rows), (quality.grain, GRAINS)):
            session.execute(create(full_name(of), columns_of(of)))
            for row in held:
                into = f"{full_name(of)} ({', '.join(map(quoted, row))})"
                session.execute(
                    f"INSERT INTO {into} VALUES ({', '.join('?' * len(row))})", list(row.values())
                )
        return session.sql(told(table)).to_arrow_table().to_pylist()


def checked(branch: str, checked: int, failed: int, **more: Any) -> dict[str, Any]:
    return CHECKED | {"channel": "counter", "branch": branch, "checked": checked, "failed": failed} | more  # fmt: skip


def indicated(channel: str, good: int, of: int, **more: Any) -> dict[str, Any]:
    row = {"indicator": "completeness", "channel": channel, "day": DAY}
    return row | {"numerator": good, "denominator": of} | more


def test_a_branch_of_few_rows_is_not_told_and_few_failures_are_empty():
    found = seen(
        quality.check_result, checked("东城", 29, 19), checked("西城", 1, 1), checked("海淀", 25, 9)
    )
    assert {r["branch"]: (r["checked"], r["failed"]) for r in found} == {
        "东城": (20, 10),
        "海淀": (20, None),
    }


branches = st.lists(
    st.tuples(st.integers(0, 45), st.integers(0, 45)).map(lambda two: (max(two), min(two))),
    min_size=1,
    max_size=8,
)


@settings(max_examples=30, deadline=None)
@given(before=branches, after=branches)
def test_no_difference_between_branches_checks_days_or_sums_is_smaller_than_k(before, after):
    rows = [
        checked(f"b{i}", *counts, day=day)
        for day, of_day in ((DAY, before), (date(2026, 11, 22), after))
        for i, counts in enumerate(of_day)
    ]
    found = seen(quality.check_result, *rows)
    numbers = [n for r in found for n in (r["checked"], r["failed"]) if n is not None]
    numbers += [sum(r["checked"] for r in found), sum(r["failed"] or 0 for r in found)]
    assert all(not 0 < abs(a - b) < K for a, b in combinations([0, *numbers], 2))


@settings(max_examples=30, deadline=None)
@given(checked_=st.integers(K, 60), failed=st.integers(0, 60), more=st.integers(0, K - 1))
def test_within_a_step_nobody_can_be_told_from_nobody(checked_, failed, more):
    """As many rows more as the step has room for: nothing changes."""
    failed = min(failed, checked_)
    grown = checked_ - checked_ % K + more
    if failed > grown:
        return
    assert seen(quality.check_result, checked("b", checked_, failed)) == seen(
        quality.check_result, checked("b", grown, failed)
    )


def test_a_ratio_is_made_of_the_told_counts_and_of_a_hundred_steps_or_more():
    few, many = (
        seen(quality.indicator, indicated("mobile", n - 9, n, ratio=0.123456, target=0.9))[0]
        for n in (999, 1009)
    )
    assert (few["numerator"], few["denominator"], few["ratio"]) == (990, 990, None)
    assert (many["numerator"], many["denominator"], many["ratio"]) == (1000, 1000, 1)


def test_the_figure_of_all_channels_is_the_sum_of_what_is_told_of_each():
    found = seen(
        quality.indicator,
        indicated("counter", 95, 99), indicated("mobile", 9, 19), indicated("customers", 104, 118),
    )  # fmt: skip
    assert {r["channel"]: (r["numerator"], r["denominator"]) for r in found} == {
        "counter": (80, 80),
        "mobile": (None, 10),
        "customers": (80, 90),
    }


def test_what_tells_of_no_customer_is_exact():
    rows = [indicated(c, 9, 11, indicator="security") for c in ("counter", "customers")]
    assert [(r["numerator"], r["denominator"]) for r in seen(quality.indicator, *rows)] == [
        (9, 11)
    ] * 2


def test_rows_of_a_batch_are_the_sum_of_their_told_parts():
    row = {"channel": "counter", "day": DAY, "outcome": "done", "rows_read": 71, "rows_accepted": 50,
           "rows_quarantined": 19, "rows_refused": 2, "message_en": "2 of 71 rows: Canary Ann"}  # fmt: skip
    (found,) = seen(quality.batch, row)
    assert [found[c] for c in row if c.startswith("rows")] == [40, 40, None, None]
    assert found["message_en"] is None


def test_a_finding_in_few_rows_is_not_told():
    said = {
        "channel": "counter",
        "day": DAY,
        "step": "validate",
        "table_name": "",
        "column_name": "",
    }
    rows = [said | {"what": str(n), "rows": n} for n in (1, 19, 20, None)]
    assert {r["what"]: r["rows"] for r in seen(quality.finding, *rows)} == {"20": 20, "None": None}


def filled(table: Table, count: int, **more: Any) -> dict[str, Any]:
    """A row with something in every column: the count in every number, a text of its own in every text."""
    row: dict[str, Any] = {}
    for c in table.columns:
        if isinstance(c.type, Text):
            row[c.name] = f"said {c.name}"
        elif isinstance(c.type, (Date, DateTime)):
            row[c.name] = DAY
        else:
            row[c.name] = count if isinstance(c.type, BigInteger) else 0.123456
    return row | {name: value for name, value in more.items() if name in row}


@pytest.mark.parametrize("table", OF_QUALITY, ids=lambda t: t.name)
def test_without_a_known_step_no_count_is_told(table):
    found = seen(table, filled(table, 77, channel="nobody_measured"))
    assert not [n for row in found for n, value in row.items() if value == 77]


@pytest.mark.parametrize("table", OF_QUALITY, ids=lambda t: t.name)
def test_no_text_or_share_that_nobody_listed_is_told(table):
    known = {"channel": "counter", "record": "individual", "indicator": "completeness"}
    (found,) = seen(table, filled(table, 1000, **known))
    texts = {n for n, value in found.items() if str(value).startswith("said")}
    shares = {n for n, value in found.items() if str(value) == "0.123456"}
    assert texts <= TEXTS
    assert shares <= {"target", "weight"}
