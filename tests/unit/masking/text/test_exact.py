"""A text says no more exactly when, how much and of which paper it is than the columns of its tier do."""

import pytest

from masking.files import hidden_text
from masking.tiers import tiers

TOO_EXACT = [  # text, what an analyst may not read of it
    ("2026-03-14 10:22 转账 183,402.55 元", ["2026-03-14", "10:22", "183"]),
    ("客户3月14日下午2点来电", ["3月14日", "2点"]),
    ("于二〇二六年三月十四日来访", ["二〇二六", "十四日"]),
    ("2026/3/14退款，20260315到账", ["2026/3/14", "20260315"]),
    ("visited on March 14, 2026", ["March 14"]),
    ("月供2350.5，合计1200元", ["2350", "1200"]),
    ("流水号 202603140012345678", ["2026031400"]),
    ("合同编号HT20230401-0089已签", ["HT2023"]),
    ("订单号：SO-2024-88812 已发货", ["SO-2024"]),
    ("工单88912345已处理，卡尾号1234", ["88912345", "1234"]),
    ("发票号码 033001900111", ["033001"]),
    ("合同NO.99593639货款，订单NO.59640105", ["99593639", "59640105"]),
    ("客户为聋哑人，乙肝携带者", ["聋哑", "乙肝"]),
    ("已怀孕，信佛，低保户", ["怀孕", "信佛", "低保"]),
    ("HIV抗体阳性，HBsAg 阳性", ["HIV", "HBsAg"]),
    ("诊断：急性阑尾炎；诊断编码：F32.1", ["阑尾炎", "F32"]),
    ("大写：叁仟元整，月薪一万二千元", ["叁仟", "一万二"]),
    ("Authorization: Bearer eyJhbGciOi.J9-x, JSESSIONID=A1B2C3D4E5", ["eyJ", "A1B2"]),
    ("上午10:22来电", ["10:22"]),
    ("昨天10:22来电", ["10:22"]),
    ("星期三10点22分来电", ["10点22"]),
    ("3/14 10:22来电", ["3/14", "10:22"]),
    ("约在14号下午", ["14号"]),
    ("农历八月十五来访", ["八月十五"]),
    ("汇入USD 5000", ["5000"]),
    ("汇入RMB 183,402.55", ["183", "<地址>"]),
    ("合同编号：甲字第88号", ["88"]),
    ("见(2024)京01民初1234号", ["1234", "2024"]),
    ("客户hiv阳性，血透", ["hiv", "血透"]),
    ("客户是基督徒，家人信教", ["基督徒", "信教"]),
    ("坐过牢，劳教一年", ["坐过牢", "劳教"]),
    ("客户是回族", ["回族"]),
]
PLAIN = (
    "昨天来电咨询利率3.85%",
    "身高175，体重80kg",
    "营业时间9:00-17:00，共3笔",
    "2025年12月到期，第3季度续签",
    "购买重疾险、防癌险各1份",
    "网点在3号线附近，排队约20分钟",
    "家族企业，民族团结",
)


@pytest.mark.parametrize(("text", "exact"), TOO_EXACT)
def test_what_is_too_exact_for_an_analyst_is_hidden(text, exact):
    hidden, _ = hidden_text(text, tiers()["analyst"])
    assert [part for part in exact if part in hidden] == []


@pytest.mark.parametrize("text", PLAIN)
def test_what_groups_people_stays_readable(text):
    assert hidden_text(text, tiers()["analyst"])[0] == text


def test_the_counter_reads_days_and_sums_as_its_columns_show_them():
    text = "3月14日 转账 500 元，工单号 88912345"
    assert hidden_text(text, tiers()["service"])[0] == "3月14日 转账 500 元，工单号 <编号>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-03-14 10:22 来电", "2026-03-14 来电"),
        ("3月14日下午2点来电", "3月14日<日期>来电"),
        ("上午10:22来电", "<日期>来电"),
        ("营业时间9:00-17:00", "营业时间9:00-17:00"),
    ],
)
def test_the_counter_reads_the_day_and_not_the_time(text, shown):
    assert hidden_text(text, tiers()["service"])[0] == shown
