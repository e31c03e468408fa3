"""How far dates single people out of the sample, to whoever sees a tier; and that nothing in it counts as masked."""

import pytest

from masking.tiers import tiers
from warehouse.seen import expression
from warehouse.tables import RECORDS

DATES = [RECORDS["individual"].columns[name] for name in ("registered_on", "id_expires_on")]


def alone(bank, *shown):
    """The share of the counter's customers of whom nobody else has what is shown."""
    names = ", ".join(f"c{n}" for n in range(len(shown)))
    columns = ", ".join(f"{sql} AS c{n}" for n, sql in enumerate(shown))
    counter = f"SELECT {columns} FROM individual WHERE channel = 'counter' AND day = '2026-09-01'"
    groups = f"SELECT count(*) AS n FROM ({counter}) AS t GROUP BY {names}"
    [(share,)] = bank.ask(
        f"SELECT sum(CASE WHEN n = 1 THEN 1 ELSE 0 END) / sum(n) FROM ({groups}) AS g"
    )
    return float(share)


def test_the_dates_themselves_single_most_people_out(bank):
    assert alone(bank, *(c.name for c in DATES)) > 0.85


@pytest.mark.parametrize(("tier", "at_most"), [("analyst", 0.12), ("statistics", 0.02)])
def test_what_a_tier_sees_of_the_dates_singles_few_out(bank, tier, at_most):
    assert alone(bank, *(expression(c, tiers()[tier]) for c in DATES)) <= at_most


def test_no_person_and_hardly_a_company_of_the_sample_counts_as_masked(bank):
    hidden = "count(*) FILTER (WHERE unreadable LIKE '%masked:%') / count(*)"
    assert bank.ask(f"SELECT {hidden} FROM individual") == [(0.0,)]
    [(companies,)] = bank.ask(f"SELECT {hidden} FROM enterprise")
    assert companies <= 0.01  # XXXXXX where the code should stand
