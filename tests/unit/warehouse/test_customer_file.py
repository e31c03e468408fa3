"""A customer's file: nine sections, as one tier sees them, now or on a past day."""

from datetime import date

import pytest

from masking.tiers import tiers
from pipelines.core.errors import ConfigError
from tests.made_up import ACCOUNT, CONSENT, CUSTOMER, INTERACTION, masked_layer, token
from warehouse import open_store
from warehouse.customer_file import SECTION_ZH, customer_file
from warehouse.model import Section

THEN, LATER = date(2026, 9, 1), date(2026, 9, 2)
VERSION = {k: CUSTOMER[k] for k in ("customer_id", "customer_type", "full_name", "mobile", "sex")}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("file")
    layer = masked_layer(
        folder / "masked",
        customer=[CUSTOMER],
        account=[ACCOUNT | {"day": THEN}, ACCOUNT | {"day": LATER, "source_id": "A2"}],
        interaction=[INTERACTION | {"day": THEN}],
        consent=[CONSENT | {"day": THEN}],
        customer_successor=[
            {"customer_id": "C7", "successor_id": "C8", "since": THEN},
            {"customer_id": "C8", "successor_id": "C1", "since": LATER},
        ],
        customer_history=[
            VERSION | {"valid_from": THEN, "valid_to": LATER, "mobile": "13900000009"},
            VERSION | {"valid_from": LATER},
            VERSION | {"customer_id": "C8", "valid_from": THEN, "valid_to": LATER},
        ],
    )  # fmt: skip
    found = open_store(f"duckdb:///{folder}/warehouse.duckdb")
    found.publish(LATER, layer, tiers())
    return found


def tables(found, section):
    return [held.table.name for held in found.sections[section]]


def attribute(found, name):
    (row,) = [h.rows[0] for h in found.sections[Section.BASIC] if h.table.name == "customer"]
    return row[name]


def test_all_nine_sections_are_there_and_empty_where_nothing_is_held(store):
    found = customer_file(store, "C1", "steward")
    assert set(found.sections) == set(Section) == set(SECTION_ZH)
    assert tables(found, Section.ACCOUNT) == ["account"]
    assert tables(found, Section.SERVICE) == ["interaction"]
    assert tables(found, Section.RELATIONSHIP) == ["consent"]
    assert tables(found, Section.RISK) == ["customer"]  # the credit grade
    assert tables(found, Section.CONTRACT) == tables(found, Section.BEHAVIOUR) == []


@pytest.mark.parametrize(
    ("tier", "shown_id", "mobile"),
    [
        ("steward", "C1", "13900000001"),
        ("service", "C1", "139****0001"),
        ("analyst", token("key", "C1"), token("mobile", "13900000001")),
    ],
)
def test_a_tier_asks_by_the_id_it_knows_and_sees_its_own_masks(store, tier, shown_id, mobile):
    found = customer_file(store, shown_id, tier)
    assert attribute(found, "mobile") == mobile
    assert tables(found, Section.ACCOUNT) == ["account"]


@pytest.mark.parametrize("tier", ["partner", "statistics"])
def test_a_tier_of_groups_sees_nobody_in_particular(store, tier):
    with pytest.raises(ConfigError, match="does not see single customers"):
        customer_file(store, "C1", tier)


def test_an_id_that_gave_way_leads_to_its_successors_successor(store):
    found = customer_file(store, "C7", "service")
    assert (found.customer_id, found.was_superseded) == ("C1", True)


def test_on_a_past_day_an_id_leads_to_who_stood_for_it_then(store):
    assert customer_file(store, "C7", "steward", THEN).customer_id == "C8"


def test_a_past_day_shows_what_was_known_then(store):
    found = customer_file(store, "C1", "steward", THEN)
    assert attribute(found, "mobile") == "13900000009"
    assert attribute(customer_file(store, "C1", "steward"), "mobile") == "13900000001"


def test_rows_delivered_later_are_left_out_of_a_past_day_and_counted(store):
    found = customer_file(store, "C1", "service", THEN)
    (held,) = found.sections[Section.ACCOUNT]
    assert len(held.rows) == 1
    assert found.later == {"account": 1}


def test_changes_name_what_changed_and_when(store):
    (change,) = customer_file(store, "C1", "service").changes
    assert (change.on, change.attributes) == (LATER, ("mobile",))
    assert customer_file(store, "C1", "service", THEN).changes == ()


@pytest.mark.parametrize("day", [None, date(2026, 8, 1)])
def test_an_id_nobody_has_is_not_repeated_in_the_message(store, day):
    with pytest.raises(ConfigError, match="no customer") as caught:
        customer_file(store, "13900000001", "service", day)
    assert "13900000001" not in caught.value.en + caught.value.zh


def test_who_looked_at_a_file_is_kept(store):
    customer_file(store, "C1", "service")
    sql = "SELECT tier, statement, rows FROM governance.access_log ORDER BY access_id DESC LIMIT 1"
    (line,) = store.read(sql, "steward").to_pylist()
    assert line == {"tier": "service", "statement": "show a customer", "rows": 5}
