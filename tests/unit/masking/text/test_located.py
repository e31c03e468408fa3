"""Where an address lies, as far as it says so for certain."""

import pytest

from masking.lexicon.located import located

SAID = [
    ("浙江省杭州市西湖区文三路1号", "浙江省", "杭州市", "西湖区"),
    ("杭州市西湖区文三路1号", "浙江省", "杭州市", "西湖区"),
    ("浙江杭州西湖区文三路1号", "浙江省", "杭州市", "西湖区"),
    ("浙江省 杭州市 西湖区 文三路", "浙江省", "杭州市", "西湖区"),
    ("中国浙江省杭州市", "浙江省", "杭州市", None),
    ("310012 浙江省杭州市", "浙江省", "杭州市", None),
    ("浙江省西湖区文三路", "浙江省", "杭州市", "西湖区"),
    ("广西南宁市青秀区民族大道", "广西壮族自治区", "南宁市", "青秀区"),
    ("广西自治区南宁市", "广西壮族自治区", "南宁市", None),
    ("廣東省深圳市南山區科技路", "广东省", "深圳市", "南山区"),
    ("北京朝阳区望京街道", "北京市", "北京市", "朝阳区"),
    ("上海市上海市浦东新区", "上海市", "上海市", "浦东新区"),
    ("上海市市辖区浦东新区", "上海市", "上海市", "浦东新区"),
    ("上海市南京西路100号", "上海市", "上海市", None),
    ("恩施州利川市清江大道", "湖北省", "恩施土家族苗族自治州", "利川市"),
    ("锡林郭勒盟锡林浩特市", "内蒙古自治区", "锡林郭勒盟", "锡林浩特市"),
    ("潜江市园林路", "湖北省", "潜江市", None),
    ("义乌市稠州路", "浙江省", "金华市", "义乌市"),
    ("襄樊市樊城区", "湖北省", "襄阳市", "樊城区"),
    ("长沙市宁乡县", "湖南省", "长沙市", "宁乡县"),
    ("重庆市云阳县", "重庆市", "重庆市", "云阳县"),
]
NOT_SAID = [
    ("西湖区文三路1号", None, None, "西湖区"),
    ("朝阳区建国路", None, None, "朝阳区"),
    ("东城区光明路", None, None, "东城区"),
    ("河北省桥西区", "河北省", None, "桥西区"),
    ("万县市天城区", None, "万县市", "天城区"),
    ("东莞市东城区", "广东省", "东莞市", None),
    ("杭州市浦东新区", "浙江省", "杭州市", None),
    ("江苏省杭州市西湖区", None, None, None),
    ("南京路100号", None, None, None),
    ("河南中路1号", None, None, None),
    ("福州市场路1号", None, None, None),
    ("California Avenue 5", None, None, None),
    ("", None, None, None),
]


@pytest.mark.parametrize(("address", "province", "city", "district"), SAID)
def test_what_an_address_leaves_out_is_filled_where_the_divisions_are_certain(
    address, province, city, district
):
    found = located(address)
    assert (found.province, found.city, found.district) == (province, city, district)


@pytest.mark.parametrize(("address", "province", "city", "district"), NOT_SAID)
def test_where_two_places_are_possible_nothing_is_filled(address, province, city, district):
    found = located(address)
    assert (found.province, found.city, found.district) == (province, city, district)


def test_one_place_written_in_three_ways_has_one_rest():
    rests = {
        located(address).rest
        for address in (
            "浙江省杭州市西湖区文三路1号3栋2单元1203室",
            "杭州市西湖區文三路１号3-2-1203",
            "杭州文三路1号 3号楼2单元1203",
        )
    }
    assert len(rests) == 2  # the last is no place in Hangzhou for certain
    assert "文三路1号3-2-1203" in rests
