"""Whoever stands in a column where nobody looks for him is shown to no tier that would hide him."""

import pytest
from sqlalchemy import Text

from masking.kinds import Kind
from masking.rules import Token
from masking.tiers import STEWARD, tiers
from warehouse.model import kind
from warehouse.tables import RECORDS

PLANTED = {  # what is typed into any field, and what of it no tier may read there
    "隗鹮翯": "鹮翯",
    "张金丝": "金丝",
    "王芳的公司": "王芳",
    "13900000001": "390000000",
    "11010119900307851X": "19900307",
    "望京街6号院3号楼1502室": "1502",
    "隗鹮翯的司机来电13900000001": "鹮翯",
}
OURS = frozenset({"customer_id", "channel", "unreadable"})
"""Columns of a record that no source fills."""


@pytest.mark.parametrize("name", sorted(set(tiers()) - {STEWARD}))
@pytest.mark.parametrize("typed", PLANTED)
def test_a_rare_value_in_a_wrong_column_is_not_read_there(name, typed):
    tier = tiers()[name]
    read = []
    for record in RECORDS.values():
        for column in record.columns:
            of = kind(column)
            rule = tier.rule_for(of, column.name)
            if column.name in OURS or not isinstance(column.type, Text) or isinstance(rule, Token):
                continue
            if PLANTED[typed] in (rule.mask(typed) or ""):
                read.append((record.name, column.name, rule.name))
    assert read == []


@pytest.mark.parametrize(
    ("of", "value"),
    [
        (Kind.EMPLOYER, "杭州样例科技有限公司"),
        (Kind.EMPLOYER, "样例市第101中学"),
        (Kind.EMPLOYER, "Example Trading Co., Ltd."),
        (Kind.COMPANY_NAME, "样例银行深圳分行"),
        (Kind.COMPANY_NAME, "美的样例集团"),
        (Kind.USCC, "91350211M000100Y43"),
        (Kind.POSTCODE, "518057"),
        (Kind.MILITARY_ID, "军字第1234567号"),
        (Kind.PLATE, "沪A12345"),
    ],
)
def test_what_is_in_its_place_is_read_at_the_counter_as_before(of, value):
    shown = tiers()["service"].rules[of].mask(value)
    assert shown is not None
    assert set(shown) != {"*"}


@pytest.mark.parametrize("rule", ["grade"])
@pytest.mark.parametrize("name", ["analyst", "statistics", "service"])
def test_a_grade_is_no_long_number(name, rule):
    credit = tiers()[name].rules[Kind.CREDIT]
    assert credit.name == rule
    assert credit.mask("712") == "[700,750)"
    assert credit.mask("13900000001") is None
