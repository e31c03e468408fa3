"""The partner tier: one recipient, its consented customers, its agreed columns, no one alone."""

from datetime import date

import pytest

from masking.tiers import tiers
from tests.made_up import DAY, others
from warehouse.views import agreed

SHARING = """
partner:
  recipient: 样例保险
  purpose: sharing
  smallest_group: 3
  columns: {sex: clear, education: clear}
"""


@pytest.fixture
def partner(tmp_path):
    path = tmp_path / "tiers.yaml"
    path.write_text(SHARING, encoding="utf-8")
    return tiers(path)["partner"]


def consent(customer, granted, withdrawn=None, purpose="sharing", channel="counter"):
    return {"customer_id": customer, "channel": channel, "source_id": f"{customer}{granted}", "day": DAY,
            "purpose": purpose, "granted_on": granted, "withdrawn_on": withdrawn}  # fmt: skip


def shared(core, tier, customers, consents, day=DAY):
    session = core(
        customer=[
            c | {"customer_id__recipient_token": f"token of {c['customer_id']}"} for c in customers
        ],
        consent=consents,
    )
    rows = session.sql(agreed(tier, day, '"core"')).to_arrow_table().to_pylist()
    return {r["customer_id"].removeprefix("token of "): r for r in rows}


AGO = date(2026, 1, 1)


def test_only_customers_with_a_standing_consent_to_the_purpose_are_shown(core, partner):
    customers = others(8)
    consents = [consent(f"D{i:03}", AGO) for i in range(5)]
    consents += [
        consent("D005", AGO, purpose="marketing"),
        consent("D006", AGO, withdrawn=date(2026, 2, 1)),
        consent("D007", date(2027, 1, 1)),
    ]
    assert set(shared(core, partner, customers, consents)) == {f"D00{i}" for i in range(5)}


def test_a_withdrawal_through_one_channel_ends_the_consent_given_through_another(core, partner):
    consents = [consent(f"D{i:03}", AGO) for i in range(5)]
    consents.append(consent("D004", None, withdrawn=date(2026, 3, 1), channel="mobile"))
    assert "D004" not in shared(core, partner, others(5), consents)


def test_a_consent_given_again_after_its_withdrawal_stands(core, partner):
    consents = [consent(f"D{i:03}", AGO) for i in range(4)]
    consents += [
        consent("D004", AGO, withdrawn=date(2026, 3, 1)),
        consent("D004", date(2026, 4, 1)),
    ]
    assert "D004" in shared(core, partner, others(5), consents)


def test_a_consent_withdrawn_later_stands_until_then(core, partner):
    consents = [consent(f"D{i:03}", AGO, withdrawn=date(2026, 3, 1)) for i in range(4)]
    assert len(shared(core, partner, others(4), consents, day=date(2026, 2, 28))) == 4
    assert not shared(core, partner, others(4), consents, day=date(2026, 3, 1))


def test_customers_who_are_fewer_than_k_alike_are_withheld(core, partner):
    customers = others(5)
    customers[3] |= {"education": "博士"}
    customers[4] |= {"education": "博士"}
    consents = [consent(c["customer_id"], AGO) for c in customers]
    assert set(shared(core, partner, customers, consents)) == {"D000", "D001", "D002"}


def test_only_agreed_columns_hold_anything(core, partner):
    consents = [consent(f"D{i:03}", AGO) for i in range(4)]
    for row in shared(core, partner, others(4), consents).values():
        filled = {name for name, value in row.items() if value is not None}
        assert filled == {"customer_id", "customer_type", "sex", "education"}


def test_without_a_declared_purpose_nobody_is_shown(core):
    consents = [consent(f"D{i:03}", AGO, purpose="") for i in range(40)]
    assert shared(core, tiers()["partner"], others(40), consents) == {}
