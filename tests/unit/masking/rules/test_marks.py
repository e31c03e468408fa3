"""What a rule leaves of a value is known again when it comes back, and a value that nobody hid is not taken for one."""

import re

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masking.kinds import Kind
from masking.marks import is_masked, is_masked_sql
from masking.rules import RULES, FreeText, Key, Listed, Token
from masking.rules.step import Step
from masking.tiers import tiers
from tests.unit.masking.rules.written import VALUES

KEY = Key.read("a key made up for the tests")
LEAVES_VALUES = {"clear", "shaped", "withhold", "city", "district", "to_day", "labelled", "spans"}
"""What these leave cannot be told from a value: the value, nothing, a shorter address, a day; texts are searched."""
VALID = {
    Kind.PERSON_NAME: "欧阳试试", Kind.RESIDENT_ID: "110101199001030022", Kind.PASSPORT: "E12345678",
    Kind.HKMO_PERMIT: "H12345678", Kind.TW_PERMIT: "T12345678", Kind.FOREIGN_PR_CARD: "911124198108030024",
    Kind.MILITARY_ID: "军字第1234567号", Kind.DRIVER_LICENCE: "110101199001030022", Kind.USCC: "91350211M000100Y43",
    Kind.COMPANY_NAME: "杭州样例科技有限公司", Kind.MOBILE: "13900000001", Kind.LANDLINE: "0755-82345678",
    Kind.EMAIL: "shiyan@example.com", Kind.ADDRESS: "广东省深圳市南山区科技路88号2栋301", Kind.POSTCODE: "518057",
    Kind.BANK_CARD: "6222020000000001234", Kind.BANK_ACCOUNT: "6222020000000001234", Kind.PLATE: "沪A12345",
    Kind.VIN: "LSVAA4182E2184847", Kind.WECHAT: "wx_shiyan", Kind.QQ: "12345678", Kind.IMEI: "490154203237518",
    Kind.BIRTH_DATE: "1990-01-03", Kind.AGE: "37", Kind.SEX: "女", Kind.NATIONALITY: "中国", Kind.OCCUPATION: "教师",
    Kind.EDUCATION: "本科", Kind.MARITAL_STATUS: "已婚", Kind.EMPLOYER: "杭州样例科技有限公司", Kind.INCOME: "36500.00",
    Kind.ASSET: "36500.00", Kind.BALANCE: "-3.50", Kind.TRANSACTION: "12.00", Kind.CREDIT: "优秀",
    Kind.EVENT_DATE: "2024-07-31", Kind.IP: "10.0.0.1", Kind.MAC: "00:1b:44:11:3a:b7",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(RULES) - LEAVES_VALUES))
@settings(suppress_health_check=list(HealthCheck), max_examples=60)
@given(value=VALUES)
def test_whatever_a_rule_leaves_is_of_the_pattern_it_says(name, value):
    rule = RULES[name]
    rule = rule.of(Kind.MOBILE).bound(KEY) if isinstance(rule, Token) else rule
    shown = rule.mask(value)
    if shown and shown != value:
        assert re.fullmatch(rule.left(), shown, re.DOTALL), name


def test_every_rule_says_what_it_leaves_but_those_that_leave_what_a_value_looks_like():
    silent = {name for name, rule in RULES.items() if not rule.left()}
    assert silent == {"clear", "shaped", "withhold", "city", "district", "to_day"}


@pytest.mark.parametrize("of", sorted(VALID))
def test_what_a_tier_sees_of_a_value_is_masked_and_the_value_is_not(of):
    value = VALID[of]
    assert not is_masked(of, value)
    for tier in tiers().values():
        rule = tier.rules[of]
        rule = rule.bound(KEY) if isinstance(rule, Token) else rule
        if isinstance(rule, FreeText | Listed | Step) or rule.name in LEAVES_VALUES:
            continue
        shown = rule.mask(value)
        assert shown is None or is_masked(of, shown), (tier.name, rule.name)


MASKED = [
    (Kind.PERSON_NAME, "孟**"), (Kind.PERSON_NAME, "*芳"), (Kind.PERSON_NAME, "张＊＊"), (Kind.PERSON_NAME, "欧阳●●"),
    (Kind.PERSON_NAME, "张●"),
    (Kind.PERSON_NAME, "李X"), (Kind.PERSON_NAME, "王××"), (Kind.PERSON_NAME, "张某"), (Kind.PERSON_NAME, "赵某某"),
    (Kind.PERSON_NAME, "<姓名>"), (Kind.PERSON_NAME, "t1_" + "0a" * 13), (Kind.PERSON_NAME, "[已脱敏]"),
    (Kind.PERSON_NAME, "【脱敏】"), (Kind.PERSON_NAME, "***"), (Kind.PERSON_NAME, " 孟** "),
    (Kind.MOBILE, "185****4541"), (Kind.MOBILE, "185●●●●4541"), (Kind.MOBILE, "185XXXX4541"), (Kind.MOBILE, "<手机号>"),
    (Kind.MOBILE, "***********"), (Kind.LANDLINE, "010-****5678"), (Kind.RESIDENT_ID, "110101********0022"),
    (Kind.RESIDENT_ID, "110101xxxxxxxx0022"), (Kind.BANK_CARD, "***************1234"),
    (Kind.EMAIL, "s***@example.com"), (Kind.ADDRESS, "广东省深圳市南山区科技路***"), (Kind.ADDRESS, "XX市XX路12号"),
    (Kind.COMPANY_NAME, "深圳市****有限公司"), (Kind.COMPANY_NAME, "某某科技有限公司"), (Kind.EMPLOYER, "XX银行"),
    (Kind.BIRTH_DATE, "1960-1964"), (Kind.BIRTH_DATE, "1990"), (Kind.BIRTH_DATE, "1990-**-**"),
    (Kind.EVENT_DATE, "2024Q3"), (Kind.EVENT_DATE, "2024-07"), (Kind.INCOME, "[30000,40000)"), (Kind.INCOME, "***"),
    (Kind.BALANCE, "(,0)"), (Kind.AGE, "35-39"), (Kind.AGE, "90+"), (Kind.POSTCODE, "518"), (Kind.OCCUPATION, "其他"),
    (Kind.CODE, "其他"), (Kind.CREDIT, "[700,750)"), (Kind.KEY, "t1_" + "0a" * 13),
    *((Kind.PERSON_NAME, "王" + sign * 2) for sign in "#_〇○.?-~□…—·"), (Kind.PERSON_NAME, "欧阳##"),
    (Kind.PERSON_NAME, "#芳"),
    *((Kind.MOBILE, f"138{sign * 4}1234") for sign in "#_.?-~·"), (Kind.BANK_CARD, "6222 #### #### 1234"),
    (Kind.PERSON_NAME, "[NAME]"), (Kind.MOBILE, "<PHONE_NUMBER>"), (Kind.MOBILE, "1380000****"),
    (Kind.EMAIL, "0a" * 16), (Kind.RESIDENT_ID, "0a" * 20), (Kind.PERSON_NAME, "0A" * 32),
]  # fmt: skip
NOT_MASKED = [
    (Kind.COMPANY_NAME, "*ST样例股份有限公司"), (Kind.COMPANY_NAME, "A*STAR研究所"), (Kind.COMPANY_NAME, "MAXX公司"),
    (Kind.ADDRESS, "人民路12-14号"), (Kind.ADDRESS, "3栋2*301"), (Kind.ADDRESS, "XXL广场3楼"),
    (Kind.LANDLINE, "010-62345678*801"), (Kind.PERSON_NAME, "买买提·艾力"),
    (Kind.PERSON_NAME, "阿迪力 ● 买买提"), (Kind.PERSON_NAME, "MAX LI"),
    (Kind.RESIDENT_ID, "11010519491231002X"), (Kind.USCC, "91350211XXX0100Y43"), (Kind.WECHAT, "xxx_love"),
    (Kind.EVENT_DATE, "2024-07-31"), (Kind.EVENT_DATE, "长期"), (Kind.INCOME, "9999999999"), (Kind.POSTCODE, "010010"),
    (Kind.OPINION, "客户说卡号尾号****1234，<手机号>不变"), (Kind.OCCUPATION, "其他服务人员"), (Kind.KEY, "t1_5"),
    (Kind.PERSON_NAME, ""), (Kind.PERSON_NAME, "王○"), (Kind.PERSON_NAME, "王丫丫"), (Kind.PERSON_NAME, "艾力·买买提"),
    (Kind.PERSON_NAME, "欧阳-试试"), (Kind.MOBILE, "139-0000-0001"), (Kind.MOBILE, "139.0000.0001"),
    (Kind.LANDLINE, "010--62345678"), (Kind.EVENT_DATE, "二〇二〇年"), (Kind.ADDRESS, "人民路一〇〇号"),
    (Kind.COMPANY_NAME, "C#工作室"), (Kind.EMAIL, "a__b@example.com"),
]  # fmt: skip


@pytest.mark.parametrize(("of", "text"), MASKED)
def test_a_hidden_value_is_known_however_it_was_hidden(of, text):
    assert is_masked(of, text)


@pytest.mark.parametrize(("of", "text"), NOT_MASKED)
def test_a_value_that_only_looks_hidden_is_a_value(of, text):
    assert not is_masked(of, text)


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    values=st.lists(
        VALUES | st.sampled_from([t for _, t in MASKED + NOT_MASKED]), min_size=40, max_size=60
    )
)
def test_python_and_sql_agree_on_what_is_masked(duckdb_engine, values):
    with duckdb_engine.scope():
        rows = duckdb_engine.arrow(pa.table({"v": pa.array(values, pa.string())}))
        said = ", ".join(f'{is_masked_sql(k, "v")} AS "{k}"' for k in Kind)
        found = duckdb_engine.fetch(duckdb_engine.sql(f"SELECT {said} FROM r", r=rows))
    for kind in Kind:
        mine = [v is not None and is_masked(kind, v) for v in values]
        assert found[kind.value].to_pylist() == mine, kind
