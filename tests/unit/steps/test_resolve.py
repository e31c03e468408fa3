"""Resolve: rows of all channels become customers; what stewards judge counts, and can be undone."""

import datetime as dt
import hashlib
import random
from pathlib import Path

import pytest

from pipelines.core.batch import CUSTOMERS, Batch
from pipelines.core.errors import ConfigError, DataError
from pipelines.steps.resolve import resolve
from tests.checked import DAY, NUMBER, OTHER_NUMBER, World, ids, person, together
from warehouse.tables import CUSTOMER_TABLES, RECORDS


@pytest.fixture
def world(tmp_path, duckdb_engine):
    return World(tmp_path, duckdb_engine)


def test_tables_have_the_declared_columns_in_order_and_of_their_types(world):
    world.checked("counter", person("a", birth_date=dt.date(1990, 1, 3)))
    with world.engine.scope():
        batch = resolve(Batch(CUSTOMERS, DAY), world.run)
        assert set(batch.tables) == {"individual", *CUSTOMER_TABLES}
        for name, table in {**CUSTOMER_TABLES, "individual": RECORDS["individual"]}.items():
            assert batch.tables[name].columns == tuple(c.name for c in table.columns)
        held = world.engine.fetch(batch.tables["customer"]).schema
    assert str(held.field("birth_date").type) == "date32[day]"
    assert str(held.field("annual_income").type) == "decimal128(18, 2)"
    assert str(held.field("source_count").type) == "int64"


def test_a_valid_number_makes_rows_of_two_channels_one_customer_and_a_wrong_one_proves_nothing(
    world,
):
    world.checked(
        "counter", person("a", id_number=NUMBER), person("b", id_number="110105194912310021")
    )
    world.checked(
        "mobile",
        person("m", id_number="110105491231002"),
        person("n", id_number="110105194912310021"),
    )
    assert together(world.resolved()) == {
        frozenset({"counter a", "mobile m"}),
        frozenset({"counter b"}),
        frozenset({"mobile n"}),
    }


def test_a_number_under_two_names_that_contradict_proves_nothing(world):
    world.checked("counter", person("a", id_number=NUMBER))
    world.checked("mobile", person("m", id_number=NUMBER, full_name="司马样"))
    assert len(together(world.resolved())) == 2


def test_two_valid_numbers_are_never_one_customer_not_even_through_a_third_row(world):
    world.checked(
        "counter",
        person("a", id_number=NUMBER, email="t@example.com"),
        person("b", email="t@example.com"),
        person("c", id_number=OTHER_NUMBER, email="t@example.com"),
    )
    found = together(world.resolved())
    assert not any({"counter a", "counter c"} <= group for group in found)
    assert len(found) == 2


def test_judged_the_same_is_the_same_and_judged_different_splits_it_again_with_the_ids_of_before(
    world,
):
    world.checked("counter", person("a"))
    world.checked("mobile", person("m"))
    first = world.resolved()
    assert len(together(first)) == 2
    pair = (("counter", "a"), ("mobile", "m"))
    merged_on, split_on = DAY + dt.timedelta(1), DAY + dt.timedelta(2)
    world.judged("j1", *pair, verdict="same", day=merged_on)
    merged = world.resolved(merged_on)
    assert together(merged) == {frozenset({"counter a", "mobile m"})}
    assert [s["since"] for s in merged["customer_successor"]] == [merged_on]
    assert [p["because"] for p in merged["pair"]] == ["judged same"]
    world.judged("j2", *reversed(pair), verdict="different", day=split_on)
    apart = world.resolved(split_on)
    assert ids(apart) == ids(first)
    assert apart["customer_successor"] == []
    assert [p["because"] for p in apart["pair"]] == ["judged different"]


def test_judged_different_outranks_a_proof_and_undecided_lets_it_count_again(world):
    world.checked("counter", person("a", id_number=NUMBER))
    world.checked("mobile", person("m", id_number=NUMBER))
    world.judged("j1", ("counter", "a"), ("mobile", "m"), verdict="different")
    assert len(together(world.resolved())) == 2
    later = DAY + dt.timedelta(1)
    world.judged("j2", ("counter", "a"), ("mobile", "m"), verdict="undecided", day=later)
    assert len(together(world.resolved(later))) == 1


def test_judgements_that_cannot_all_stand_are_counted(world):
    world.checked("counter", person("a"), person("b"), person("c"))
    days = [DAY + dt.timedelta(n) for n in range(3)]
    world.judged("j1", ("counter", "a"), ("counter", "b"), verdict="same", day=days[0])
    world.judged("j2", ("counter", "b"), ("counter", "c"), verdict="same", day=days[1])
    world.judged("j3", ("counter", "a"), ("counter", "c"), verdict="different", day=days[2])
    assert together(world.resolved(days[2])) == {
        frozenset({"counter a"}),
        frozenset({"counter b", "counter c"}),
    }
    assert world.findings["judgements_contradict", "judgement"] == 1


def test_the_newest_row_of_a_key_counts_and_the_customer_is_since_the_first(world):
    later = DAY + dt.timedelta(1)
    world.checked("counter", person("a", occupation="教师"))
    world.checked("counter", person("a", occupation="医生"), day=later)
    [customer] = world.resolved(later)["customer"]
    assert customer["occupation"] == "医生"
    assert customer["since_on"] == DAY
    assert customer["source_count"] == 1


def test_each_attribute_survives_by_its_rule_and_says_whence_it_comes(world):
    same = {"email": "t@example.com"}
    world.checked(
        "counter",
        person(
            "a",
            **same,
            occupation="教师",
            mobile="13900000001",
            updated_on=dt.date(2026, 1, 1),
            id_number="X1",
        ),
    )
    world.checked(
        "mobile",
        person(
            "m",
            **same,
            occupation="医生",
            mobile="13900000002",
            updated_on=dt.date(2026, 8, 1),
            id_number=NUMBER,
        ),
        person("n", **same, occupation="教师", mobile=None, updated_on=dt.date(2026, 7, 1)),
    )
    tables = world.resolved()
    [customer] = tables["customer"]
    assert (customer["occupation"], customer["mobile"], customer["id_number"]) == (
        "医生",
        "13900000001",
        NUMBER,
    )
    assert customer["channel_count"] == 2
    whence = {v["attribute"]: v for v in tables["customer_value"]}
    assert whence["occupation"]["source_id"] == "m"
    assert whence["occupation"]["rule"] == "recency"
    assert whence["occupation"]["known_on"] == dt.date(2026, 8, 1)
    assert float(whence["occupation"]["confidence"]) == pytest.approx(1 / 3, abs=1e-4)
    assert whence["mobile"]["channel"] == "counter"
    assert "qq" not in whence


def test_history_says_what_was_known_on_each_day(world):
    later, last = DAY + dt.timedelta(1), DAY + dt.timedelta(2)
    world.checked("counter", person("a", occupation="教师"), person("b"))
    world.resolved()
    world.checked("counter", person("a", occupation="医生"), day=later)
    world.resolved(later)
    world.checked("counter", person("b"), day=last)
    known = world.resolved(last)["customer_history"]
    customer = ids(world.resolved(last))
    told = sorted(
        (h["valid_from"], h["valid_to"], h["occupation"])
        for h in known
        if h["customer_id"] == customer["a"]
    )
    assert told == [(DAY, later, "教师"), (later, None, "医生")]
    assert [h["valid_to"] for h in known if h["customer_id"] == customer["b"]] == [None]


def test_history_says_where_a_customer_lived_by_province_city_and_district(world):
    later = DAY + dt.timedelta(1)
    world.checked("counter", person("a", home_address="浙江省杭州市西湖区文三路3号"))
    world.resolved()
    world.checked("counter", person("a", home_address="江苏省南京市鼓楼区中山路1号"), day=later)
    lived = [
        (h["valid_to"], h["province"], h["city"], h["district"])
        for h in world.resolved(later)["customer_history"]
    ]
    assert set(lived) == {
        (later, "浙江省", "杭州市", "西湖区"),
        (None, "江苏省", "南京市", "鼓楼区"),
    }


def test_other_records_get_their_holders_customer_and_unknown_holders_are_counted(world):
    world.checked("counter", person("a"))
    accounts = [
        {"source_id": "1", "holder_channel": "counter", "holder_source_id": "a"},
        {"source_id": "2", "holder_channel": "counter", "holder_source_id": "nobody"},
    ]
    world.checked("mobile", *accounts, record="account")
    tables = world.resolved()
    held = {r["source_id"]: r["customer_id"] for r in tables["account"]}
    assert held == {"1": tables["customer"][0]["customer_id"], "2": None}
    assert world.findings["holder_unknown", "account"] == 1


def test_the_other_side_of_a_relation_has_its_customer_and_unknown_ones_are_counted(world):
    world.checked("counter", person("a"), person("b", full_name="司马样", mobile="13900000002"))
    sides = {"holder_channel": "counter", "holder_source_id": "a", "other_channel": "counter"}
    world.checked(
        "mobile",
        sides | {"source_id": "1", "other_source_id": "b"},
        sides | {"source_id": "2", "other_source_id": "nobody"},
        record="relation",
    )
    tables = world.resolved()
    customer = ids(tables)
    found = {r["source_id"]: (r["customer_id"], r["other_customer_id"]) for r in tables["relation"]}
    assert found == {"1": (customer["a"], customer["b"]), "2": (customer["a"], None)}
    assert world.findings["other_unknown", "relation"] == 1


def test_a_customer_holds_an_account_while_one_is_open(world):
    world.checked("counter", *(person(k, mobile=f"1390000000{k}") for k in "1234"))
    assert {c["has_account"] for c in world.resolved()["customer"]} == {None}
    held = {"holder_channel": "counter"}
    world.checked(
        "mobile",
        held | {"source_id": "x", "holder_source_id": "1"},
        held | {"source_id": "y", "holder_source_id": "2", "closed_on": DAY},
        held | {"source_id": "z", "holder_source_id": "3", "closed_on": DAY + dt.timedelta(1)},
        record="account",
    )
    tables = world.resolved()
    customer = ids(tables)
    holds = {c["customer_id"]: c["has_account"] for c in tables["customer"]}
    assert {k: holds[customer[k]] for k in "1234"} == {"1": True, "2": False, "3": True, "4": False}


def test_a_customer_is_registered_when_the_first_channel_registered_it_whatever_is_trusted_most(
    world,
):
    one = {"id_number": NUMBER, "updated_on": DAY}
    world.checked("counter", person("a", registered_on=dt.date(2020, 5, 1), **one))
    world.checked("mobile", person("m", registered_on=dt.date(2016, 3, 9), **one))
    tables = world.resolved()
    assert [c["registered_on"] for c in tables["customer"]] == [dt.date(2016, 3, 9)]
    [whence] = [v for v in tables["customer_value"] if v["attribute"] == "registered_on"]
    assert (whence["channel"], whence["rule"]) == ("mobile", "earliest")


FULL = "浙江省杭州市西湖区文三路1号3栋2单元1203室"
ONE_PLACE = [
    (FULL, "杭州市西湖区文三路1号3-2-1203", FULL),
    (FULL, "杭州市文三路1号3栋2单元1203室", FULL),
    (FULL, "浙江省杭州市西湖區文三路1號3棟2單元1203室", FULL),
    (FULL, "杭州市上城区文三路1号3栋2单元1203室", "杭州市上城区文三路1号3栋2单元1203室"),
    (FULL, "宁波市海曙区中山路2号", "宁波市海曙区中山路2号"),
]


@pytest.mark.parametrize(("before", "newer", "stands"), ONE_PLACE)
def test_of_one_place_the_full_form_stands_and_of_two_places_the_newer(
    world, before, newer, stands
):
    one = {"id_number": NUMBER}
    older = DAY - dt.timedelta(30)
    world.checked("counter", person("a", home_address=before, updated_on=older, **one))
    world.checked("mobile", person("m", home_address=newer, updated_on=DAY, **one))
    tables = world.resolved()
    [customer] = tables["customer"]
    assert (customer["home_address"], customer["province"]) == (stands, "浙江省")
    [whence] = [v for v in tables["customer_value"] if v["attribute"] == "home_address"]
    assert whence["channel"] == ("counter" if stands == before else "mobile")
    assert float(whence["confidence"]) == (1.0 if stands == before else 0.5)


def test_a_lake_that_an_older_version_left_is_carried_on(world):
    world.checked("counter", person("a", branch="样例网点"))
    before = world.resolved()
    with world.engine.scope():
        left = world.lake.read("resolved", CUSTOMERS, DAY)
        known = [c for c in left.tables["customer_history"].columns if c != "branch"]
        older = world.engine.keep(
            world.engine.sql(f"SELECT {', '.join(known)} FROM h", h=left.tables["customer_history"])
        )
        tables = {t: world.engine.keep(r) for t, r in left.tables.items()}
        world.lake.write("resolved", Batch(CUSTOMERS, DAY, tables | {"customer_history": older}))
    after = world.resolved(DAY + dt.timedelta(1))
    assert ids(after) == ids(before)
    assert [h["branch"] for h in after["customer_history"]] == [None, "样例网点"]


def test_a_value_that_many_rows_share_proves_nothing_and_is_counted(tmp_path, duckdb_engine):
    shared = {"email": "none@example.com"}
    proofs = [{"name": "email", "equal": ["email"], "at_most": 3}]
    world = World(tmp_path, duckdb_engine, records={"individual": {"proofs": proofs}})
    world.checked("counter", *(person(f"k{n}", **shared) for n in range(4)))
    assert len(together(world.resolved())) == 4
    assert world.findings["proof_too_common", "individual"] == 4


def test_a_record_nobody_said_how_to_match_has_a_customer_a_row_and_says_so(
    tmp_path, duckdb_engine
):
    world = World(tmp_path, duckdb_engine, records={})
    world.checked("counter", person("a", id_number=NUMBER), person("b", id_number=NUMBER))
    assert len(together(world.resolved())) == 2
    assert ("not_matched", "individual") in world.findings


def test_a_key_that_is_a_person_and_a_company_stops_the_day_without_naming_the_key(world):
    world.checked("counter", person("canary-key"))
    world.checked(
        "counter", {"source_id": "canary-key", "company_name": "样例公司"}, record="enterprise"
    )
    with pytest.raises(DataError, match=r"counter \(1\)") as stopped:
        world.resolved()
    assert "canary" not in str(stopped.value)


def test_a_day_on_which_nobody_has_brought_a_customer_says_so(world):
    with pytest.raises(DataError, match="no channel has brought a customer yet"):
        world.resolved()


def test_a_model_that_is_not_in_the_pack_is_named(tmp_path, duckdb_engine):
    with pytest.raises(ConfigError, match=r"gone\.json, which is not in the pack"):
        World(tmp_path, duckdb_engine, records={"individual": {"model": "gone.json"}}).resolved()


def test_the_same_rows_in_any_order_give_the_same_bytes(tmp_path, duckdb_engine):
    numbers, channels = (NUMBER, OTHER_NUMBER, None), ("counter", "mobile")
    rows = [
        (channels[n % 2], person(f"k{n}", id_number=numbers[n % 3], email=f"t{n // 4}@example.com"))
        for n in range(24)
    ]
    seen = []
    for attempt in range(3):
        world = World(tmp_path / str(attempt), duckdb_engine)
        random.Random(attempt).shuffle(rows)  # noqa: S311 - an order, no secret
        for channel in channels:
            world.checked(channel, *(row for of, row in rows if of == channel))
        world.resolved()
        seen.append(_bytes(world))
    assert seen[0] == seen[1] == seen[2]


def test_running_a_day_again_gives_the_same_bytes(world):
    world.checked("counter", person("a", id_number=NUMBER), person("b"))
    world.checked("mobile", person("m", id_number=NUMBER))
    world.resolved()
    before = _bytes(world)
    world.resolved()
    assert _bytes(world) == before


def _bytes(world: World) -> dict[str, str]:
    paths = world.lake.paths("resolved", CUSTOMERS, DAY)
    return {t: hashlib.sha256(Path(p).read_bytes()).hexdigest() for t, p in paths.items()}
