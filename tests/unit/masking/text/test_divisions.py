"""The table of divisions: what stands, what stood, and what never was."""

import pytest

from masking.lexicon.divisions import SUMMARIES, Level, codes, divisions, names
from masking.recognisers.checksum import divided_sql
from masking.recognisers.resident_id import RESIDENT_ID, RESIDENT_ID_15
from pipelines.engine.protocol import Engine

EVERY_CODE = f"""SELECT v FROM (SELECT lpad(CAST(i AS VARCHAR), 6, '0') AS v FROM range(1000000) AS r(i))
WHERE {divided_sql("v")} ORDER BY v"""


@pytest.mark.parametrize(
    ("code", "name", "since", "until"),
    [
        ("110101", "东城区", None, None),
        ("110103", "崇文区", None, 2009),
        ("310119", "南汇区", 2001, 2008),
        ("330113", "临平区", 2021, None),
        ("540530", "错那县", 2016, 2022),
        ("540581", "错那市", 2023, None),
        ("653229", "和安县", 2024, None),
        ("710000", "台湾省", None, None),
    ],
)
def test_a_code_tells_what_it_stood_for_and_when(code, name, since, until):
    found = [(d.name, d.since, d.until) for d in divisions() if d.code == code]
    assert (name, since, until) in found


def test_codes_given_twice_keep_both_names():
    assert {d.name for d in divisions() if d.code == "419001"} == {"义马市", "济源市"}


@pytest.mark.parametrize("code", ["110199", "990101", "449999", "650199"])
def test_what_was_never_a_code_is_none(code):
    assert code not in codes()


def test_every_division_lies_in_a_province_that_has_a_code():
    assert {code[:2] + "0000" for code in codes()} <= codes()


def test_there_are_as_many_divisions_as_the_ministry_counts():
    assert len(names(Level.PROVINCE)) == 34
    assert sum(d.level is Level.PREFECTURE for d in _today()) == 333
    assert 2840 <= sum(d.level is Level.COUNTY for d in _today()) <= 2855


def _today():
    return [d for d in divisions() if d.until is None and d.name not in SUMMARIES]


def test_names_of_the_past_are_asked_for():
    assert "崇文区" not in names(Level.COUNTY)
    assert "崇文区" in names(Level.COUNTY, past=True)
    assert not SUMMARIES & names(Level.COUNTY, past=True)


def test_the_predicate_holds_for_these_codes_and_no_other_six_digits(duckdb_engine: Engine):
    with duckdb_engine.scope():
        said = duckdb_engine.fetch(duckdb_engine.sql(EVERY_CODE)).column("v").to_pylist()
    assert said == sorted(codes())


@pytest.mark.parametrize(
    ("number", "proven"),
    [("110101199001030024", True), ("110103199001030027", True), ("11019919900103002X", False)],
)
def test_a_number_of_no_division_is_suspect_whatever_its_check_character(number, proven):
    (span,) = RESIDENT_ID.find(f"客户{number}")
    assert span.proven is proven


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("备注110105491231002", True),
        ("备注110199491231002", False),
        ("身份证110199491231002", True),
    ],
)
def test_fifteen_digits_are_found_under_a_division_s_code_or_beside_a_word(text, found):
    assert bool(RESIDENT_ID_15.find(text)) is found
