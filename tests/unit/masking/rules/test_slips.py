"""A cell is hidden for what it is, not for what its column is called; one value has one token however it is spelt."""

import pandas as pd
import pyarrow as pa
import pytest

import masking
from masking.cleaners import CLEANERS, OF_KIND
from masking.files import hidden_text
from masking.kinds import Kind
from masking.rules import Key, Token
from masking.somebody import is_somebody
from masking.tiers import tiers

KEY = "a key made up for the tests"
MOBILE, ID = "13900000001", "110101199003071237"


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("MINGCE_TOKEN_KEY", KEY)


def shown(cells, tier="analyst", header="字段3"):
    """What is left of a column of these cells beside one of numbers."""
    frame = pd.DataFrame({header: cells, "n": range(len(cells))})
    return [None if pd.isna(v) else str(v) for v in masking.mask(frame, tier)[header]]


STATES = ["正常", "待核", "关闭", "处理中"] * 50
WIDE = MOBILE.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
PERSONAL = [  # what somebody typed where a state belongs
    "王金雀", "王 金 雀", "阿迪力·买买提", "阿迪力.买买提", "扎西多吉", "欧阳试试", "李阿姨", "王先生", "张总",
    "李金雀女士", "王金雀(本人)", "WANG JINQUE", "Wang Jinque", "John Smith", "张金*", MOBILE, f"{MOBILE}.0",
    "1.3900000001E+10", f'="{MOBILE}"', f"'{MOBILE}", "139-0000-0001", "139 0000 0001", WIDE, "+86 13900000001",
    "86-13900000001", "13,900,000,001", "139\u200b00000001", "\u00a013900000001\u00a0", "139.0000.0001", ID, f"{ID}.0",
    f"'{ID}", "110101 19900307 1237", "canary@example.com", "浙江省杭州市西湖区文三路3号1幢101室",
    "金雀小区3幢101室", f"请联系王金雀{MOBILE}",
]  # fmt: skip


@pytest.mark.parametrize("tier", ["analyst", "service"])
@pytest.mark.parametrize("cell", PERSONAL)
def test_one_cell_in_two_hundred_that_speaks_of_somebody_is_hidden(cell, tier):
    left = shown([*STATES, cell], tier)
    assert left[:-1] == STATES
    assert left[-1] is None or cell.strip("\u00a0") not in left[-1]
    assert left[-1] is None or not any(
        s in left[-1] for s in (MOBILE, ID[:14], "金雀", "Jinque", "路3号")
    )


NAMES = [
    "王金雀",
    "李国栋",
    "张雪梅",
    "欧阳建国",
    "陈晓东",
    "刘桂英",
    "赵志强",
    "周海燕",
    "吴晨曦",
    "孙丽华",
]
ROWS = [  # columns of people under a header that says nothing
    [f"{n}先生" for n in NAMES * 6],
    ["阿迪力·买买提", "古丽娜尔·吐尔逊", "扎西·多吉"] * 20,
    ["WANG JINQUE", "Li Guodong", "ZHANG XUEMEI"] * 20,
    NAMES * 2 + STATES[:30],
    ["李阿姨", "张总", "王先生", "陈老师"] * 5,
]


@pytest.mark.parametrize("cells", ROWS)
@pytest.mark.parametrize("header", ["备注1", "status", "col_a", "负责"])
def test_a_column_of_people_shows_none_whatever_its_header(cells, header):
    people = {c for c in cells if c not in STATES}
    assert not people & set(shown(cells, header=header))


PLAIN = [  # what analysts count by
    STATES,
    ["G4", "2-1-301", "A1234", "VIP"] * 20,
    [f"{i * 37}.5" for i in range(60)],
    ["重疾险", "医疗险", "意外险", "年金险"] * 20,
    ["朋友介绍", "户外广告", "网络", "老客户推荐"] * 20,
    ["帕萨特", "朗逸", "途观"] * 20,
    ["工商银行南京分行", "建设银行杭州分行"] * 30,
    ["杭州市", "宁波市", "温州市"] * 20,
    ["Private", "Self-emp", "Federal"] * 20,
]


@pytest.mark.parametrize("cells", PLAIN)
def test_what_is_plain_is_shown(cells):
    assert shown(cells) == cells


def test_days_are_told_by_quarters_only_where_the_header_says_that_they_are_not_of_birth():
    days = [f"2024-0{i % 9 + 1}-1{i % 10}" for i in range(60)]
    quarters = [f"2024Q{i % 9 // 3 + 1}" for i in range(60)]
    assert shown(days, header="交易日期") == quarters
    assert shown(days) == [None] * 60


def test_a_word_of_a_kind_that_is_shown_hides_no_other_kind():
    left = shown(["男", "女"] * 40 + ["王金雀", MOBILE], header="性别")
    assert left[:80] == ["男", "女"] * 40
    assert not any("金雀" in (cell or "") or MOBILE in (cell or "") for cell in left[80:])


def test_a_name_before_an_address_is_no_district_and_a_name_for_a_postcode_no_first_digits():
    addresses = [f"浙江省杭州市西湖区文三路{i}号" for i in range(30)]
    left = shown([*addresses, "王金雀浙江省杭州市西湖区文三路3号"], header="住址")
    assert left[0] == "浙江省杭州市西湖区"
    assert left[-1] is None
    assert "王金" not in str(shown(["310012"] * 30 + ["王金雀"], header="邮编")[-1])


SPELLINGS = {
    "mobile": PERSONAL[15:29],
    "resident_id": [ID, f"{ID}.0", f"'{ID}", f'="{ID}"', "110101 19900307 1237", "\t110101199003071237 "],
    "person_name": ["王金雀", "王 金雀", " 王金雀", "王\u200b金雀", "王金雀女士", "王金雀（本人）"],
    "email": ["a@example.com", "A@Example.COM ", "a＠example.com", "mailto:a@example.com", "<a@example.com>;"],
    "bank_card": ["6222020000000000003", "6222 0200 0000 0000 003", "'6222020000000000003"],
    "landline": ["020-38271946", "(020)38271946", "020 3827 1946", "+86 20 38271946", "0086-20-38271946"],
    "company_name": ["样例（上海）有限公司", "样例(上海)", " 樣例（上海） 有限責任公司"],
    "plate": ["辽AR10K6", "辽A R10K6", "辽A·R10K6", "辽ar10k6"],
    "hkmo_permit": ["A123456(3)", "a123456（3）", "A1234563"],
}  # fmt: skip


@pytest.mark.parametrize("kind", SPELLINGS)
def test_one_value_has_one_token_which_is_the_flows(kind, duckdb_engine):
    frame = pd.DataFrame({"c": SPELLINGS[kind]})
    tokens = set(masking.mask(frame, "analyst", {"c": kind})["c"])
    of = CLEANERS[OF_KIND[Kind(kind)]]
    spelt = of.spelt.replace("{c}", "c")
    rows = duckdb_engine.arrow(pa.table({"c": SPELLINGS[kind][:1]}))
    query = f"SELECT {of.value.replace('{c}', spelt)} AS v FROM rows"
    value = duckdb_engine.fetch(duckdb_engine.sql(query, rows=rows)).column("v")[0].as_py()
    assert tokens == {Token("token").of(Kind(kind)).bound(Key.read(KEY)).mask(value)}


TOGETHER = {
    ("mobile", "landline"): ["13900000001", "+86 139 0000 0001", "020-38271946", "+852 9271 4683", "+44 7700 900413"],
    ("resident_id", "passport", "tw_permit", "uscc"): [ID, "E12345678", "A123456(3)", "91350100M000100Y43"],
    ("bank_card", "bank_account"): ["6222 0200 0000 0000 003", "44050158000000000123"],
    ("person_name", "company_name", "employer"): ["王金雀", "阿依古丽·买买提", "Wang Jinque", "样例（上海）有限公司"],
}  # fmt: skip


@pytest.mark.parametrize("kinds", TOGETHER)
def test_a_value_has_one_token_whatever_else_stands_in_its_column(kinds):
    tokens = [
        list(masking.mask(pd.DataFrame({"c": TOGETHER[kinds]}), "analyst", {"c": kind})["c"])
        for kind in kinds
    ]
    assert all(left == tokens[0] for left in tokens)
    assert len(set(tokens[0])) == len(TOGETHER[kinds]) - ("mobile" in kinds)


def test_a_number_of_15_digits_has_the_token_of_the_same_persons_18():
    frame = pd.DataFrame({"c": ["110105491231002", "11010519491231002x", "110105491231003"]})
    left = list(masking.mask(frame, "analyst", {"c": "resident_id"})["c"])
    assert left[0] == left[1] != left[2]


def test_the_word_of_whoever_names_a_kind_stands():
    frame = pd.DataFrame({"店名": ["王金雀", "李国栋"] * 20})
    assert (
        list(masking.mask(frame, "analyst", {"店名": "plain"})["店名"]) == ["王金雀", "李国栋"] * 20
    )


IN_TEXT = [
    ("王金雀\t13900000001\t会计", ["王金雀", "13900000001"]),
    ("电话13900000001.0，身份证110101199003071237.0", ["13900000001", "110101199003071237"]),
    ("phone=1.3900000001E+10;", ["3900000001"]),
    ("客户阿迪力.买买提明来电", ["阿迪力", "买买提明"]),
    ("姓名：玛依拉∙乌斯曼", ["玛依拉", "乌斯曼"]),
    ("姓名：阿迪力 · 买买提明", ["阿迪力", "买买提明"]),
    ("姓名：阿迪力●买买提明", ["阿迪力", "买买提明"]),
    ("已联系李阿姨，张总同意。", ["李阿姨", "张总"]),
    ("王 金 雀: 139 0000 0001", ["金", "0000"]),
    ("user=WANG JINQUE id=110101199003071237", ["JINQUE", "19900307"]),
]


@pytest.mark.parametrize(("text", "gone"), IN_TEXT)
def test_a_text_shows_nobody_for_how_he_is_written(text, gone):
    hidden, _ = hidden_text(text, tiers()["analyst"])
    assert not [part for part in gone if part in hidden]
    left = masking.mask(pd.DataFrame({"备注": [text] * 3, "n": [1, 2, 3]}), "analyst")["备注"]
    assert not [part for part in gone if part in str(list(left))]


def test_a_sentence_about_nobody_is_shown_as_it_is():
    text = "今天天气很好，表已发，方案：标准，黄金会员。"
    assert hidden_text(text, tiers()["analyst"])[0] == text


@pytest.mark.parametrize(
    "word",
    [
        "高级",
        "黄金",
        "成交",
        "关闭",
        "方便",
        "单价",
        "小时",
        "项目经理",
        "党委书记",
        "杭州",
        "金卡",
        "Passat",
        "total",
    ],
)
def test_a_word_is_nobody(word):
    assert not is_somebody(word)
