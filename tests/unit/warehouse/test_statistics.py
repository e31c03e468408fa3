"""Statistics: no small group is shown, and how many it holds cannot be worked out from what is shown."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masking.tiers import tiers
from tests.made_up import DAY, others
from warehouse.statistics import counts, step

STATISTICS = tiers()["statistics"]
K = STATISTICS.smallest_group
BY_SEX = "SELECT coalesce(value, ''), customer_count FROM customer_count WHERE attribute = 'sex' AND channel = ''"
BY_TYPE = "SELECT value, row_count FROM record_count WHERE record = 'account' AND attribute = 'account_type'"


def people(**by_sex: int) -> list[dict[str, Any]]:
    """So many customers of each sex."""
    found = []
    for sex, count in by_sex.items():
        found += [
            p | {"customer_id": f"{sex}{p['customer_id']}", "sex": sex} for p in others(count)
        ]
    return found


def accounts(name: str, customers: int, each: int) -> list[dict[str, Any]]:
    """Accounts of one type: so many customers, each with so many."""
    return [
        {"customer_id": f"D{i:03}", "channel": "account", "source_id": f"{name}{i}.{n}", "account_type": name}
        for i in range(customers)
        for n in range(each)
    ]  # fmt: skip


def shown(core, name, query, k=K, **tables):
    session = core(**tables)
    text = counts(replace(STATISTICS, smallest_group=k), '"core"')[name]
    return dict(session.execute(f"WITH {name} AS ({text}) {query}").fetchall())


def test_a_group_smaller_than_k_is_not_shown(core):
    assert shown(core, "customer_count", BY_SEX, customer=people(男=23, 女=9)) == {"男": 20}


def test_customers_are_counted_by_whether_they_hold_an_account(core):
    query = "SELECT value, customer_count FROM customer_count WHERE attribute = 'has_account'"
    customers = [c | {"has_account": n < 23} for n, c in enumerate(others(32))]
    assert shown(core, "customer_count", query, customer=customers) == {"true": 20}


def test_every_count_is_in_whole_steps_and_rounded_down(core):
    assert shown(core, "customer_count", BY_SEX, customer=people(男=29, 女=14)) == {
        "男": 20,
        "女": 10,
    }


def test_customers_are_counted_by_channel_too(core):
    rows = [
        {"customer_id": f"D{i:03}", "channel": "counter", "source_id": str(i), "day": DAY}
        for i in range(12)
    ]
    query = "SELECT channel, customer_count FROM customer_count WHERE attribute = ''"
    found = shown(core, "customer_count", query, customer=others(25), individual=rows)
    assert found == {"": 20, "counter": 10}


def test_a_total_does_not_tell_that_somebody_is_in_the_group_left_out(core):
    """26 and 7 are 33: a total of 30 beside 20 would say that at least one of the seven is there."""
    query = "SELECT attribute || coalesce(value, ''), customer_count FROM customer_count"
    found = shown(core, "customer_count", query, customer=people(男=26, 女=7))
    assert (found[""], found["sex男"]) == (20, 20)


def test_rows_are_told_in_steps_of_what_k_customers_may_have(core):
    rows = accounts("活期", 40, 3)
    assert shown(core, "record_count", BY_TYPE, customer=others(40), account=rows) == {"活期": 120}
    assert shown(core, "record_count", BY_TYPE, customer=others(40), account=rows[:-1]) == {
        "活期": 80
    }


def test_rows_of_few_customers_are_not_shown_however_many_they_are(core):
    rows = accounts("活期", 3, 60) + accounts("定期", 40, 1)
    assert shown(core, "record_count", BY_TYPE, customer=others(40), account=rows) == {"定期": None}


@pytest.mark.parametrize("name", ["customer_count", "record_count"])
def test_no_name_number_or_free_text_is_counted_by(core, name):
    text = counts(STATISTICS, '"core"')[name]
    for column in (
        "full_name",
        "mobile",
        "id_number",
        "remark",
        "counterparty_name",
        "customer_id",
    ):
        assert f"'{column}' AS \"attribute\"" not in text


@given(most=st.integers(1, 10_000), k=st.integers(2, 50))
def test_a_step_holds_k_customers_however_much_each_adds(most, k):
    assert k * most <= step(k, most) < 2 * k * most


Groups = tuple[int, ...]


def told(attributes: tuple[Groups, ...], k: int) -> tuple[Groups, ...]:
    """What is told of customers who are divided by several attributes: of all, then of each attribute's groups."""
    whole = [[c - c % k for c in groups] for groups in ((sum(attributes[0]),), *attributes)]
    sizes = [sum(1 for c in groups if c) for groups in ((1,), *attributes)]
    most = min(sum(w) + (n - 1) * (k - 1) for w, n in zip(whole, sizes, strict=True))
    most -= most % k
    for groups in whole:
        largest = groups.index(max(groups))
        groups[largest] -= max(sum(groups) - most, 0)
    return tuple(tuple(groups) for groups in whole)


def divided(total: int, into: int) -> Iterator[Groups]:
    if into == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in divided(total - first, into - 1))


def hidden(seen: tuple[Groups, ...]) -> list[tuple[int, int]]:
    """Attribute and place of the groups that are not shown."""
    return [
        (attribute, place)
        for attribute, groups in enumerate(seen[1:])
        for place, count in enumerate(groups)
        if count == 0
    ]


def test_of_a_hidden_group_every_number_below_k_stays_possible():
    """All bodies of up to 21 customers, divided in two ways; whoever knows the rule looks for those that fit."""
    k, fitting = 3, defaultdict(list)
    for total in range(1, 22):
        for both in product(divided(total, 2), divided(total, 3)):
            fitting[told(both, k)].append(both)
    small = [seen for seen in fitting if seen[0][0] <= 12]  # larger bodies would fit the others too
    for seen in small:
        for attribute, place in hidden(seen):
            possible = {world[attribute][place] for world in fitting[seen]}
            assert possible >= set(range(1, k)), (seen, attribute, place)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(joint=st.lists(st.integers(0, 5), min_size=6, max_size=6), k=st.integers(2, 5))
def test_the_tables_tell_what_the_rule_says(core, joint, k):
    sexes, degrees = ("男", "女"), ("本科", "高中", "小学")
    customers = []
    for n, count in enumerate(joint):
        customers += [
            p | {"customer_id": f"{n}.{i}", "sex": sexes[n % 2], "education": degrees[n % 3]}
            for i, p in enumerate(others(count, home_address="上海市浦东新区", since_on=DAY))
        ]
    query = "SELECT attribute || coalesce(value, ''), customer_count FROM customer_count WHERE channel = ''"
    found = shown(core, "customer_count", query, k, customer=customers)
    if not customers:
        assert found == {}
        return
    by_sex = tuple(sum(joint[n] for n in range(6) if n % 2 == i) for i in range(2))
    by_degree = tuple(sum(joint[n] for n in range(6) if n % 3 == i) for i in range(3))
    of_all, *groups = told((by_sex, by_degree), k)
    assert found.get("", 0) == of_all[0]
    for names, attribute, counted in zip(
        (sexes, degrees), ("sex", "education"), groups, strict=True
    ):
        assert sorted(c for c in counted if c) == sorted(
            found[attribute + n] for n in names if attribute + n in found
        )
