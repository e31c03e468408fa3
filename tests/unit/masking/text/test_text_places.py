"""Addresses, companies and occupations in free text. All are made up."""

import pytest

from masking.kinds import Kind
from masking.text import detect_batch

ADDRESSES = [
    (
        "家住北京市朝阳区晨光路88号院3号楼2单元502室，请上门",
        "北京市朝阳区晨光路88号院3号楼2单元502室",
    ),
    ("地址:广东省深圳市南山区科技园南路12号", "广东省深圳市南山区科技园南路12号"),
    (
        "寄送地址厦门市湖里区人民路122号东方明珠26号楼4单元301室。",
        "厦门市湖里区人民路122号东方明珠26号楼4单元301室",
    ),
    ("搬到河南省南阳市邓州市中山路295号", "河南省南阳市邓州市中山路295号"),
    ("在安徽省阜阳市颍上县江店孜镇王庄村李庄组见面", "安徽省阜阳市颍上县江店孜镇王庄村李庄组"),
    ("乡下老家：岐山县大柳树乡小营村8组68号", "岐山县大柳树乡小营村8组68号"),
    ("住浦东新区世纪大道100弄5号1202室", "浦东新区世纪大道100弄5号1202室"),
    ("送到3号楼502室即可", "3号楼502室"),
    ("老家在河北廊坊三河市燕郊镇", "河北廊坊三河市燕郊镇"),
    ("工地在内蒙古赤峰市敖汉旗", "内蒙古赤峰市敖汉旗"),
    ("店开在南京市鼓楼区湖南路上", "南京市鼓楼区湖南路"),
    ("约在云澜中心见面", "云澜中心"),
    ("人在新加坡，月底回来", "新加坡"),
    ("住广西壮族自治区南宁市青秀区公园路171号", "广西壮族自治区南宁市青秀区公园路171号"),
    ("住上海市静安区南京西路1266号SOHO塔1 1201", "上海市静安区南京西路1266号SOHO塔1 1201"),
    ("广州市天河区体育东路138号金利来大厦T2 15F", "广州市天河区体育东路138号金利来大厦T2 15F"),
    ("深圳市南山区科技园南路8号Tower A 2208", "深圳市南山区科技园南路8号Tower A 2208"),
    ("雁塔区人民南路246号万科城市花园7-4-508", "雁塔区人民南路246号万科城市花园7-4-508"),
    ("在人民路88号WeChat付款", "人民路88号"),
    ("人民路88号 500元", "人民路88号"),
    ("Send it to 14 Crown Street, Apt. 12, Springfield", "14 Crown Street, Apt. 12, Springfield"),
    ("My address is P.O. Box 104", "P.O. Box 104"),
]

COMPANIES = [
    ("在深圳市腾飞科技有限公司任职", "深圳市腾飞科技有限公司"),
    ("工作单位变更为大连长达装饰有限公司。", "大连长达装饰有限公司"),
    ("单位名称临沂华丰医药有限公司", "临沂华丰医药有限公司"),
    ("客户在柳州盛翔咨询有限公司上班", "柳州盛翔咨询有限公司"),
    ("代发工资在招商银行深圳分行", "招商银行深圳分行"),
]

NEITHER = [
    "教客户使用手机银行，已绑定",
    "咨询公司账户年检所需资料",
    "北京市消防局已发布通知",
    "小区的街道和马路都很干净",
    "客服中心的市场部门在城市中心",
    "路上遇到堵车，线路和思路都不清楚",
    "名下二十套公寓和两间商场",
    "房价一路上涨，积分商城无法兑换",
    "制卡中心已寄出，催收中心另有回复",
]


def found(text: str, kind: Kind) -> list[str]:
    return [text[s.start : s.end] for s in detect_batch([text])[0] if s.kind is kind]


@pytest.mark.parametrize(("text", "wanted"), ADDRESSES)
def test_an_address_is_one_span_from_its_largest_part_to_its_smallest(
    text: str, wanted: str
) -> None:
    assert found(text, Kind.ADDRESS) == [wanted]


@pytest.mark.parametrize(("text", "wanted"), COMPANIES)
def test_a_company_is_found_from_its_town_to_its_form(text: str, wanted: str) -> None:
    assert found(text, Kind.COMPANY_NAME) == [wanted]


@pytest.mark.parametrize("text", NEITHER)
def test_ordinary_places_and_services_are_nobodys_address_or_company(text: str) -> None:
    assert not found(text, Kind.ADDRESS) + found(text, Kind.COMPANY_NAME)


def test_a_full_address_is_surer_than_a_town_alone() -> None:
    full, town = detect_batch(["住在武汉市武昌区天山路280号", "住在武汉"])
    assert full[0].score > town[0].score


def test_an_occupation_needs_a_word_that_says_it_is_one() -> None:
    assert found("职业：软件工程师，月薪两万", Kind.OCCUPATION) == ["软件工程师"]
    assert found("李经理回电说会计已经下班", Kind.OCCUPATION) == []
