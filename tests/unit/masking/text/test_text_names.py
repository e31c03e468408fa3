"""Names in free text. All people are made up."""

import pytest

from masking.kinds import Kind
from masking.text import detect_batch

FOUND = [
    ("客户王小明来电反映", ["王小明"]),
    ("联系人：欧阳婉清，请回电", ["欧阳婉清"]),
    ("收款人买买提·吐尔逊已签收", ["买买提·吐尔逊"]),
    ("由赵磊代收资料", ["赵磊"]),
    ("本报记者周静怡北京报道", ["周静怡"]),
    ("户名:诸葛明轩 已核实", ["诸葛明轩"]),
    ("约翰·史密斯先生到店办理", ["约翰·史密斯"]),
    ("客户Michael先生咨询汇款", ["Michael"]),
    ("本人MARY THOMPSON到柜面办理", ["MARY THOMPSON"]),
    ("Please call Anna Kowalski tomorrow", ["Anna Kowalski"]),
    ("My name is Wei Zhang", ["Wei Zhang"]),
    ("蒲小苒学费", ["蒲小苒"]),
    ("詹姆斯说他认识莎士比亚", ["詹姆斯", "莎士比亚"]),
    ("陈\u200b静\u200b怡女士来电", ["陈\u200b静\u200b怡"]),
]

NOT_NAMES = [
    "客户对服务非常高兴，表示感谢",
    "时间成功方便明白，于是向前",
    "单位金额高于余额时不能办理",
    "请于今天下午回复，服务评价为非常满意",
    "于是和平常一样，何时能到账",
    "已升级为金卡，高峰期请稍候",
    "《王小明传》已经售完",
    "把钱打到这张卡上，持回乡证办理",
    "风控高企，银联授信放开，单子甩给后台",
    "Please check the balance of my account",
]


def names(text: str) -> list[str]:
    spans = detect_batch([text])[0]
    return [text[s.start : s.end] for s in spans if s.kind is Kind.PERSON_NAME]


@pytest.mark.parametrize(("text", "wanted"), FOUND)
def test_a_name_is_found_whole_where_it_stands(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


@pytest.mark.parametrize("text", NOT_NAMES)
def test_ordinary_words_are_no_names(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Passport No.: E00000000",
        "Wombat: 42",
        "INSERT INTO t VALUES (1)",
        "Mainland travel permit for Taiwan residents",
    ],
)
def test_a_capital_in_a_form_or_a_command_is_no_sign_of_a_name(text: str) -> None:
    assert [s for s in detect_batch([text])[0] if s.kind is Kind.PERSON_NAME] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("客戶陳志明先生來電", {"陳志明": Kind.PERSON_NAME}),
        ("臺北市大安區忠孝東路四段1號", {"臺北市大安區忠孝東路四段1號": Kind.ADDRESS}),
        ("職業：律師", {"律師": Kind.OCCUPATION}),
        ("《通知》任職單位：樣例銀行集團", {"樣例銀行集團": Kind.COMPANY_NAME}),
    ],
)
def test_traditional_characters_are_read_like_simplified_ones(
    text: str, kinds: dict[str, Kind]
) -> None:
    assert {text[s.start : s.end]: s.kind for s in detect_batch([text])[0]} == kinds
