"""Statistics: no small group is shown, and none can be worked out from what is shown."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masking.tiers import tiers
from tests.made_up import DAY, others
from warehouse.statistics import counts

K = tiers()["statistics"].smallest_group
BY_SEX = "SELECT coalesce(value, ''), customer_count FROM customer_count WHERE attribute = 'sex' AND channel = ''"


def people(**by_sex: int) -> list[dict[str, Any]]:
    """So many customers of each sex."""
    found = []
    for sex, count in by_sex.items():
        found += [
            p | {"customer_id": f"{sex}{p['customer_id']}", "sex": sex} for p in others(count)
        ]
    return found


def shown(core, name, query, **tables):
    session = core(**tables)
    text = counts(tiers()["statistics"], '"core"')[name]
    return dict(session.execute(f"WITH {name} AS ({text}) {query}").fetchall())


def test_a_group_smaller_than_k_is_not_shown(core):
    assert shown(core, "customer_count", BY_SEX, customer=people(男=23, 女=9)) == {"男": 20}


def test_every_count_is_a_multiple_of_k(core):
    assert shown(core, "customer_count", BY_SEX, customer=people(男=26, 女=14)) == {
        "男": 30,
        "女": 10,
    }


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(hidden=st.integers(1, K - 1), visible=st.integers(K, 4 * K))
def test_a_total_less_the_shown_groups_does_not_tell_the_hidden_one(core, hidden, visible):
    query = "SELECT attribute || coalesce(value, ''), customer_count FROM customer_count WHERE attribute IN ('', 'sex')"
    worlds = {
        h: shown(core, "customer_count", query, customer=people(男=visible, 女=h))
        for h in (hidden - 1, hidden, hidden + 1)
        if h < K
    }
    same = [h for h, seen in worlds.items() if h != hidden and seen == worlds[hidden]]
    assert same, "each count of hidden customers gives figures of its own"


def test_customers_are_counted_by_channel_too(core):
    rows = [
        {"customer_id": f"D{i:03}", "channel": "counter", "source_id": str(i), "day": DAY}
        for i in range(12)
    ]
    query = "SELECT channel, customer_count FROM customer_count WHERE attribute = ''"
    found = shown(core, "customer_count", query, customer=others(25), individual=rows)
    assert found == {"": 30, "counter": 10}


def test_rows_of_few_customers_are_not_shown_however_many_they_are(core):
    few = [
        {
            "customer_id": f"D{i % 3:03}",
            "channel": "account",
            "source_id": str(i),
            "account_type": "活期",
        }
        for i in range(60)
    ]
    many = [
        {
            "customer_id": f"D{i % 20:03}",
            "channel": "account",
            "source_id": f"m{i}",
            "account_type": "定期",
        }
        for i in range(60)
    ]
    query = "SELECT value, row_count FROM record_count WHERE record = 'account' AND attribute = 'account_type'"
    assert shown(core, "record_count", query, customer=others(20), account=few + many) == {
        "定期": 60
    }


@pytest.mark.parametrize("name", ["customer_count", "record_count"])
def test_no_name_number_or_free_text_is_counted_by(core, name):
    text = counts(tiers()["statistics"], '"core"')[name]
    for column in (
        "full_name",
        "mobile",
        "id_number",
        "remark",
        "counterparty_name",
        "customer_id",
    ):
        assert f"'{column}' AS \"attribute\"" not in text
