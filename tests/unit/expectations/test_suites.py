"""Suites: what each check says of rows a steward can read, and what holds of all checks."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import sqlglot
from sqlalchemy import Text

from expectations.flags import BECAUSE, FIRST
from expectations.flags import verdicts as verdicts_sql
from expectations.kpi.service import Service
from expectations.model import Dimension, require_distinct
from expectations.suites import SUITES, suite
from pipelines.engine.protocol import Engine
from tests.unit.expectations.made import AS_OF, VALID, at, rows, verdicts
from warehouse.tables import RECORDS

CASES: list[tuple[str, str, Mapping[str, Any], bool | None]] = [
    # record, check, what differs from a valid row, verdict
    ("individual", "key.present", {"source_id": None}, False),
    ("individual", "complete.sex", {"sex": None}, False),
    ("individual", "complete.home_address", {"home_address": None}, False),
    ("individual", "complete.home_address", {"home_address": None, "work_address": "样例路3号"}, True),
    ("individual", "complete.mobile", {"mobile": None, "email": None}, True),
    ("individual", "complete.mobile", {"mobile": None, "email": None, "landline": None}, False),
    ("individual", "readable.mobile", {"mobile": None}, None),
    ("individual", "readable.mobile", {"mobile": None, "unreadable": ",sex,mobile,"}, False),
    ("individual", "names.somebody", dict.fromkeys(VALID["individual"]), False),
    ("individual", "names.somebody", {"full_name": None, "id_number": None}, True),
    ("individual", "shaped.id_number", {"id_number": "11010119900103002"}, False),
    ("individual", "shaped.id_number", {"id_number": "110101900103002"}, True),
    ("individual", "shaped.id_number", {"id_number": "E12345678", "id_type": "护照"}, None),
    ("individual", "proven.id_number", {}, True),
    ("individual", "proven.id_number", {"id_number": "110101199001030022"}, False),
    ("individual", "proven.id_number", {"id_number": "110101900103002"}, None),
    ("individual", "region.id_number", {"id_number": "990101199001030020"}, False),
    ("individual", "region.id_number", {"id_number": "110199199001030020"}, False),
    ("individual", "region.id_number", {"id_number": "110103199001030020"}, True),
    ("individual", "region.id_number", {"id_number": "110199900103002"}, False),
    ("individual", "region.id_number", {"id_number": "810000199001030020", "id_type": "港澳台居民居住证"}, True),
    ("individual", "dated.id_number", {"id_number": "110101199013320020"}, False),
    ("individual", "dated.id_number", {"id_number": "110101203001030020"}, False),
    ("individual", "unexpired.id_expires_on", {"id_expires_on": AS_OF}, True),
    ("individual", "unexpired.id_expires_on", {"id_expires_on": date(2026, 9, 29)}, False),
    ("individual", "unexpired.id_expires_on", {"id_expires_on": None}, None),
    ("individual", "agrees.birth_date", {}, True),
    ("individual", "agrees.birth_date", {"birth_date": date(1990, 3, 1)}, False),
    ("individual", "agrees.birth_date", {"id_number": "110101900103002"}, True),
    ("individual", "agrees.birth_date", {"id_number": "E12345678", "id_type": "护照"}, None),
    ("individual", "agrees.sex", {}, True),
    ("individual", "agrees.sex", {"sex": "男"}, False),
    ("individual", "agrees.sex", {"sex": "未说明"}, None),
    ("individual", "agrees.id_type", {"id_type": "护照"}, False),
    ("individual", "agrees.id_type", {}, True),
    ("individual", "agrees.id_type", {"id_type": "护照", "id_number": "E12345678"}, None),
    ("individual", "agrees.nationality", {"nationality": "美国"}, False),
    ("individual", "agrees.nationality", {"nationality": "美国", "id_type": "护照"}, None),
    ("individual", "agrees.postcode", {}, True),
    ("individual", "agrees.postcode", {"postcode": "510000"}, False),
    ("individual", "agrees.postcode", {"postcode": "510000", "home_address": "样例路1号"}, None),
    ("individual", "lived.birth_date", {"birth_date": date(1880, 1, 1)}, False),
    ("individual", "past.birth_date", {"birth_date": date(2026, 10, 1)}, False),
    ("individual", "past.birth_date", {"birth_date": AS_OF}, True),
    ("individual", "valid.mobile", {"mobile": "+85291234567"}, True),
    ("individual", "valid.mobile", {"mobile": "12912345678"}, False),
    ("individual", "real.mobile", {"mobile": "13800000000"}, False),
    ("individual", "real.mobile", {"mobile": "13912345678"}, False),
    ("individual", "real.mobile", {"mobile": "13800138000"}, False),
    ("individual", "valid.landline", {"landline": "010-8888-7777转123"}, True),
    ("individual", "valid.landline", {"landline": "0755-26000000"}, True),
    ("individual", "valid.landline", {"landline": "400-820-8820"}, True),
    ("individual", "valid.landline", {"landline": "0755-126000000000"}, False),
    ("individual", "real.landline", {"landline": "00000000"}, False),
    ("individual", "valid.email", {"email": "a.b@example.com.cn"}, True),
    ("individual", "valid.email", {"email": "a..b@example"}, False),
    ("individual", "real.email", {"email": "test@test.com"}, False),
    ("individual", "real.email", {"email": "testa@test.com"}, True),
    ("individual", "valid.postcode", {"postcode": "10002"}, False),
    ("individual", "real.postcode", {"postcode": "111111"}, False),
    ("individual", "meaningful.full_name", {"full_name": "测试"}, False),
    ("individual", "meaningful.full_name", {"full_name": "王王"}, True),
    ("individual", "meaningful.occupation", {"occupation": "/"}, False),
    ("individual", "meaningful.occupation", {"occupation": "N/A"}, False),
    ("individual", "meaningful.occupation", {"occupation": None}, None),
    ("individual", "meaningful.id_number", {"id_number": "111111111111111111"}, False),
    ("individual", "shaped.full_name", {"full_name": "王1"}, False),
    ("individual", "shaped.full_name", {"full_name": "王"}, False),
    ("individual", "shaped.full_name", {"full_name": "王?"}, False),
    ("individual", "shaped.full_name", {"full_name": "Ann Canary"}, True),
    ("individual", "detailed.home_address", {"home_address": "广西壮族自治区"}, False),
    ("individual", "detailed.home_address", {"home_address": "北京市朝阳区"}, True),
    ("individual", "proven.bank_card", {"bank_card": "4111111111111111"}, True),
    ("individual", "proven.bank_card", {"bank_card": "4111111111111112"}, False),
    ("individual", "proven.bank_card", {"bank_card": "411111"}, None),
    ("individual", "amount.annual_income", {"annual_income": -1}, False),
    ("individual", "plausible.annual_income", {"annual_income": 9999999999}, False),
    ("individual", "code.sex", {"sex": "中"}, False),
    ("individual", "ordered.updated_on", {"updated_on": date(2019, 1, 1)}, False),
    ("individual", "fresh.updated_on", {"updated_on": date(2023, 1, 1)}, False),
    ("individual", "fresh.updated_on", {"updated_on": date(2028, 1, 1)}, False),
    ("individual", "lived.birth_date", {"birth_date": date(2028, 1, 1)}, None),
    ("individual", "fresh.updated_on", {"updated_on": None, "registered_on": date(2026, 1, 1)}, True),
    ("enterprise", "proven.uscc", {"uscc": "9135010"}, None),
    ("enterprise", "proven.uscc", {"uscc": "91350100M000100Y43"}, True),
    ("enterprise", "proven.uscc", {"uscc": "91350100M000100Y44"}, False),
    ("enterprise", "shaped.uscc", {"uscc": "9135010"}, False),
    ("enterprise", "unexpired.uscc_expires_on", {}, True),
    ("enterprise", "code.size", {"size": "巨型"}, False),
    ("account", "complete.holder", {"holder_source_id": None}, False),
    ("account", "known.holder", {"customer_id": None}, False),
    ("account", "ordered.closed_on", {"closed_on": date(2019, 1, 1)}, False),
    ("account", "ordered.closed_on", {}, None),
    ("account", "complete.closed_on", {"status": "销户"}, False),
    ("account", "complete.closed_on", {}, None),
    ("account", "amount.balance", {"balance": -1}, False),
    ("account", "amount.balance", {"balance": -1, "account_type": "贷款户"}, None),
    ("account", "valid.currency", {"currency": "RMB"}, False),
    ("transaction", "amount.amount", {"amount": 0}, False),
    ("transaction", "code.direction", {"direction": "?"}, False),
    ("interaction", "ordered.answered_at", {"answered_at": at("2026-08-31 00:00")}, False),
    ("interaction", "complete.complaint_class", {"interaction_type": "complaint"}, False),
    ("interaction", "complete.complaint_class", {}, None),
    ("interaction", "code.satisfaction", {"satisfaction": 9}, False),
    ("interaction", "service.response", {}, True),
    ("interaction", "service.response", {"answered_at": at("2026-09-01 09:31")}, False),
    ("interaction", "service.response", {"answered_at": None}, False),
    ("interaction", "service.response", {"answered_at": None, "occurred_at": at("2026-09-30 08:00")}, None),
    ("interaction", "service.response", {"interaction_type": "visit"}, None),
    ("interaction", "service.satisfaction", {"satisfaction": 3}, False),
    ("interaction", "service.satisfaction", {"satisfaction": None}, None),
    ("consent", "complete.purpose", {"purpose": None}, False),
    ("consent", "complete.purpose", {"purpose": None, "granted_on": None}, None),
    ("individual", "shaped.bank_card", {"bank_card": "62220200000000000001"}, False),
    ("individual", "shaped.id_number", {"id_number": "11010119900103002", "id_type": None}, False),
    ("individual", "shaped.id_number", {"id_number": "E12345678", "id_type": None}, None),
    ("consent", "ordered.withdrawn_on", {"withdrawn_on": date(2023, 1, 1)}, False),
    # answered before it was asked, or after today: an error of its own, and neither in time nor late
    ("interaction", "service.response", {"answered_at": at("2026-08-31 00:00")}, None),
    ("interaction", "service.response", {"answered_at": None, "resolved_at": at("2026-08-31 00:00")}, None),
    ("interaction", "ordered.resolved_at", {"resolved_at": at("2026-08-31 00:00")}, False),
    ("interaction", "service.response", {"answered_at": at("2026-10-01 00:00")}, None),
    ("interaction", "past.answered_at", {"answered_at": at("2026-10-01 00:00")}, False),
    # no mark of the scale: an error of its own, and no answer
    ("interaction", "service.satisfaction", {"satisfaction": 9}, None),
    ("interaction", "service.satisfaction", {"satisfaction": 0}, None),
    ("interaction", "service.satisfaction", {"satisfaction": -1}, None),
    ("interaction", "service.satisfaction", {"satisfaction": 5}, True),
    ("interaction", "code.satisfaction", {"satisfaction": 0}, False),
    ("individual", "complete.id_type", {"id_type": "其他"}, True),
    ("individual", "meaningful.occupation", {"occupation": "其他"}, False),
    ("individual", "unique.id_number", {"id_number": "无"}, None),
    ("account", "complete.holder", {"holder_source_id": "无"}, False),
    ("individual", "key.present", {"source_id": "N/A"}, False),
    ("individual", "key.present", {"source_id": "0000"}, True),
]  # fmt: skip


@pytest.mark.parametrize(("record", "name", "differs", "verdict"), CASES)
def test_a_check_says_what_a_steward_would_say(
    duckdb_engine: Engine, record: str, name: str, differs: Mapping[str, Any], verdict: bool | None
) -> None:
    checks = (*suite(record), *Service.model_validate({}).checks(record))
    check = next(c for c in checks if c.name == name)
    with duckdb_engine.scope():
        given = rows(duckdb_engine, record, differs, resolved=True)
        assert verdicts(duckdb_engine, [check], given) == [[verdict]]


NOTHING = (
    "无",
    "测试",
    "不详",
    "同上",
    "-",
    "——",
    "N/A",
    "待补",
    "待补充",
    "111111",
    "*****",
    "......",
    "暂无",
    "Null",
    "/",
)


@pytest.mark.parametrize("said", NOTHING)
@pytest.mark.parametrize("record", ["individual", "enterprise", "institution"])
def test_a_placeholder_is_missing_wherever_a_value_is_asked_for(
    duckdb_engine: Engine, record: str, said: str
) -> None:
    table = RECORDS[record]
    texts = {c.name: said for c in table.columns if c.info["clean"] and c.name != "unreadable"}
    texts = {
        name: value for name, value in texts.items() if isinstance(table.columns[name].type, Text)
    }
    asked = [
        c for c in suite(record) if c.dimension == Dimension.COMPLETENESS and c.columns & set(texts)
    ]
    assert len(asked) > 3
    with duckdb_engine.scope():
        nobody = dict.fromkeys(VALID.get(record, {})) | texts
        [verdict] = verdicts(duckdb_engine, asked, rows(duckdb_engine, record, nobody))
    assert [c.name for c, filled in zip(asked, verdict, strict=True) if filled is not False] == []


OF_OTHERS = {
    "foreign permanent residence card of 2023": (
        "911124199001030021",
        "外国人永久居留身份证",
        "美国",
    ),
    "the same, its type not said": ("911124199001030021", None, "美国"),
    "the same, under another word": ("911124199001030021", "其他证件", "美国"),
    "residence permit of Hong Kong": ("810000199001030020", "港澳居民居住证", "中国香港"),
    "residence permit of Macao": ("820000199001030027", "居住证", "中国澳门"),
    "residence permit of Taiwan": ("830000199001030023", "台湾居民居住证", "中国台湾"),
    "permit, its type not said": ("810000199001030020", None, "中国香港"),
    "permit, under another word": ("830000199001030023", "台胞证", "中国台湾"),
    "permit, called an identity card": ("810000199001030020", "居民身份证", "中国香港"),
}


def with_check(first: str) -> str:
    """The number with the right check character (ISO 7064 MOD 11-2)."""
    total = sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(first[:17]))
    return first[:17] + "10X98765432"[total % 11]


@pytest.mark.parametrize("number", OF_OTHERS)
def test_a_document_that_is_no_citizens_is_blamed_by_no_check_of_citizens_numbers(
    duckdb_engine: Engine, number: str
) -> None:
    said, of_type, nationality = OF_OTHERS[number]
    row = {"id_number": with_check(said), "id_type": of_type, "nationality": nationality}
    with duckdb_engine.scope():
        checks = [c for c in suite("individual") if not c.name.startswith("complete.")]
        [found] = verdicts(duckdb_engine, checks, rows(duckdb_engine, "individual", row))
    assert [c.name for c, verdict in zip(checks, found, strict=True) if verdict is False] == []


def test_a_citizens_number_under_another_documents_name_is_still_told(
    duckdb_engine: Engine,
) -> None:
    check = next(c for c in suite("individual") if c.name == "agrees.id_type")
    given = rows(duckdb_engine, "individual", {"id_type": "外国人永久居留身份证"})
    assert verdicts(duckdb_engine, [check], given) == [[False]]


@pytest.mark.parametrize("record", sorted(VALID))
def test_a_valid_row_fails_no_check(duckdb_engine: Engine, record: str) -> None:
    checks = [
        c for c in suite(record) if not c.name.startswith("complete.")
    ]  # it need not have everything
    with duckdb_engine.scope():
        [said] = verdicts(duckdb_engine, checks, rows(duckdb_engine, record, {}, resolved=True))
    assert [c.name for c, verdict in zip(checks, said, strict=True) if verdict is False] == []


def test_of_rows_with_one_key_the_one_last_changed_is_kept_whatever_their_order(
    duckdb_engine: Engine,
) -> None:
    key = next(c for c in suite("individual") if c.name == "key.unique")
    older = {"updated_on": date(2025, 1, 1), "full_name": "旧"}
    newer = {"updated_on": date(2026, 1, 1), "full_name": "新"}
    name = next(c for c in suite("individual") if c.name == "shaped.full_name")
    for given in ([older, newer, {"source_id": "K2"}], [{"source_id": "K2"}, newer, older]):
        with duckdb_engine.scope():
            said = verdicts(duckdb_engine, [key, name], rows(duckdb_engine, "individual", *given))
        assert sorted(map(str, said)) == ["[False, False]", "[True, False]", "[True, True]"]


def test_of_rows_with_one_key_one_changed_in_the_future_is_not_the_one_last_changed(
    duckdb_engine: Engine,
) -> None:
    key = next(c for c in suite("individual") if c.name == "key.unique")
    name = next(c for c in suite("individual") if c.name == "shaped.full_name")
    given = [
        {"updated_on": date(2028, 1, 1), "full_name": "旧"},
        {"updated_on": date(2026, 1, 1)},
    ]
    with duckdb_engine.scope():
        said = verdicts(duckdb_engine, [key, name], rows(duckdb_engine, "individual", *given))
    assert sorted(map(str, said)) == ["[False, False]", "[True, True]"]


def test_one_document_under_two_keys_fails_for_both(duckdb_engine: Engine) -> None:
    once = next(c for c in suite("individual") if c.name == "unique.id_number")
    given = [{"source_id": "K1"}, {"source_id": "K2"}, {"source_id": "K3", "id_number": "E1"}]
    with duckdb_engine.scope():
        said = verdicts(duckdb_engine, [once], rows(duckdb_engine, "individual", *given))
    assert said == [[False], [False], [True]]


def test_a_mobile_that_stands_for_six_customers_is_nobodys(duckdb_engine: Engine) -> None:
    shared = next(c for c in suite("individual") if c.name == "shared.mobile")
    for customers, verdict in ((5, True), (6, False)):
        given = [{"source_id": f"K{n}"} for n in range(customers)]
        with duckdb_engine.scope():
            said = verdicts(duckdb_engine, [shared], rows(duckdb_engine, "individual", *given))
        assert said == [[verdict]] * customers


def test_every_record_has_a_suite() -> None:
    assert set(SUITES) == set(RECORDS)


@pytest.mark.parametrize("record", sorted(SUITES))
def test_every_check_is_named_once_explained_twice_and_says_where_it_comes_from(
    record: str,
) -> None:
    columns = {c.name for c in RECORDS[record].columns} | {"is_first_of_key"}
    for check in suite(record):
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", check.name)
        assert check.record == record
        assert check.column in columns | {""}
        assert check.columns <= columns
        assert check.dimension in set(Dimension) - {Dimension.SECURITY, Dimension.SERVICE}
        assert len(check.en) > 10
        assert re.search("[\u4e00-\u9fff]", check.zh)
        assert len(check.notes) > 5
        assert 0 < check.mostly <= 1


@pytest.mark.parametrize("record", sorted(SUITES))
def test_every_required_element_has_its_check(record: str) -> None:
    names = {c.name for c in suite(record)}
    assert {f"complete.{element[0]}" for element in RECORDS[record].info["required"]} <= names


@pytest.mark.parametrize("record", sorted(SUITES))
def test_every_check_can_be_said_to_spark(record: str) -> None:
    query = f"SELECT {verdicts_sql(suite(record), AS_OF)} FROM rows"
    [said] = sqlglot.transpile(
        query, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert "holds_0" in said


def test_no_record_has_a_column_that_would_be_taken_for_ours() -> None:
    for record in RECORDS.values():
        assert not {BECAUSE, FIRST} & set(record.columns.keys())


def test_two_checks_of_one_name_are_refused() -> None:
    check = suite("consent")[0]
    with pytest.raises(ValueError, match=r"two checks are named key\.present"):
        require_distinct([check, suite("consent")[0], check])


def test_a_check_on_codes_says_what_they_are_called_in_its_language() -> None:
    asked = {(c.record, c.name): c for r in ("individual", "interaction") for c in suite(r)}
    kinds = asked["interaction", "code.interaction_type"]
    assert kinds.zh == "类型取值为咨询（inquiry）、投诉（complaint）、走访（visit）之一。"
    assert "男 (Male)" in asked["individual", "code.sex"].en
    assert "取值为男、女、" in asked["individual", "code.sex"].zh
