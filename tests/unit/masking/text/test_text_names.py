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
    ("给乌恩其生活费", ["乌恩其"]),
    ("那日苏还款", ["那日苏"]),
    ("塔娜借款", ["塔娜"]),
    ("给阿依古丽生活费", ["阿依古丽"]),
    ("买买提江还款", ["买买提江"]),
    ("努尔兰借款", ["努尔兰"]),
    ("扎西顿珠还款", ["扎西顿珠"]),
    ("阿苏阿木还款", ["阿苏阿木"]),
    ("由司徒文晖代办", ["司徒文晖"]),
    ("李保和还款", ["李保和"]),
    ("家属王德明代办", ["王德明"]),
    ("联系人叶尔兰·哈力别克", ["叶尔兰·哈力别克"]),
    ("联系人：艾力・吐尔地", ["艾力・吐尔地"]),
    ("老张说明天来，王姐和小李也来", ["张", "王姐", "李"]),
    ("刘主任已审批，陈工到现场，李阿姨签字", ["刘", "陈", "李"]),
    ("user=谭家明", ["谭家明"]),
    ("owner=褚时建;status=1", ["褚时建"]),
    ("姓名：王 小 明", ["王 小 明"]),
    ("参会：卢沟晓、秦少游、邢道荣", ["卢沟晓", "秦少游", "邢道荣"]),
    ("旅客WANG/XIAOMING", ["WANG/XIAOMING"]),
    ("联系人 Xiaoming WANG", ["Xiaoming WANG"]),
    ("客户Chan Tai Man来电", ["Chan Tai Man"]),
    ("陈\u200b静\u200b怡女士来电", ["陈\u200b静\u200b怡"]),
]

NOT_NAMES = [
    "客户对服务非常高兴，表示感谢",
    "时间成功方便明白，于是向前",
    "单位金额高于余额时不能办理",
    "请于今天下午回复，服务评价为非常满意",
    "于是和平常一样，何时能到账",
    "已升级为金卡，高峰期请稍候",
    "那日客户未到，明代家具一套，塔吊保险费",
    "所以才让客户等到高兴为止",
    "联系人-无，经办:柜台，name:未知",
    "白糖、红枣、金桔各一箱",
    "施工总是拖延，员工哥们都知道",
    "给老人生活费，给孩子学费",
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


@pytest.mark.parametrize("word", ["续保", "红冲", "安抚", "水损", "安保", "趸交", "催单"])
def test_a_word_of_a_trade_is_nobodys_name(word: str) -> None:
    texts = [f"客户{word}", f"来电咨询{word}事宜", f"已{word}，请回访"]
    found = [s for spans in detect_batch(texts) for s in spans if s.kind is Kind.PERSON_NAME]
    assert found == []
