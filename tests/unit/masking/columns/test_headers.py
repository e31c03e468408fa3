"""Headers: what a column's name says, in Chinese and in English."""

import pytest

from masking.headers import hints
from masking.kinds import Kind

CASES = [
    ("客户姓名", {Kind.PERSON_NAME}),
    ("custName", {Kind.PERSON_NAME}),
    ("customer.mobile_no", {Kind.MOBILE}),
    ("MOBILE", {Kind.MOBILE}),
    ("cardNo", {Kind.BANK_CARD}),
    ("CVV2", {Kind.CARD_SECURITY}),
    ("birth_date", {Kind.BIRTH_DATE}),
    ("出生日期", {Kind.BIRTH_DATE}),
    ("marital_status", {Kind.MARITAL_STATUS}),
    ("单位", {Kind.EMPLOYER}),
    ("单位地址", {Kind.ADDRESS}),
    ("证件类型", set()),
    ("证件有效期", {Kind.EVENT_DATE}),
    ("product_name", set()),
    ("网点名称", set()),
    ("email_type", set()),
    ("created_at", {Kind.EVENT_DATE}),
    ("与投保人关系", set()),
    ("", set()),
    ("amounts_total_usd", set()),
    ("message_age", {Kind.OPINION, Kind.AGE}),
    ("storage", set()),
    ("合约金额", {Kind.ASSET}),
    ("companyName", {Kind.COMPANY_NAME}),
    ("身份证号码", {Kind.RESIDENT_ID}),
    ("联系电话", {Kind.MOBILE, Kind.LANDLINE, Kind.EMAIL}),
    ("投诉分类", set()),
    ("投诉日期", {Kind.OPINION, Kind.EVENT_DATE}),
    ("contact.qq", {Kind.QQ}),
]


@pytest.mark.parametrize(("header", "wanted"), CASES)
def test_a_header_says_what_its_words_say(header: str, wanted: set[Kind]) -> None:
    assert set(hints(header)) == wanted


def test_a_hint_is_a_word_of_ours_not_of_the_file() -> None:
    assert hints("张三的手机号码")[Kind.MOBILE] == "手机号码"
