"""What the recognisers read, said by single cases. All values are made up."""

import pytest

from masking.text import detect_one
from tests.corpus.unseen_checks import mod_11_10

LICENCE = "11010521234567"

FOUND = [
    ("iban", "转至IBAN GB29 NWBK 6016 1331 9268 19，加急", "bank_account", "GB29 NWBK 6016 1331 9268 19"),
    ("iban glued", "账号DE89370400440532013000收", "bank_account", "DE89370400440532013000"),
    ("joined to QQ", "电话13812345678QQ514173", "mobile", "13812345678"),
    ("apart", "手机1 3 8 1 2 3 4 5 6 7 8", "mobile", "1 3 8 1 2 3 4 5 6 7 8"),
    ("in threes", "陪诊13550 099 218", "mobile", "13550 099 218"),
    ("X aloud", "身份证一一零一零五一九四九一二三一零零二叉", "resident_id", "一一零一零五一九四九一二三一零零二叉"),
    ("traditional", "護照號碼：D12345678", "passport", "D12345678"),
    ("camel case", '"passportNo": "DE7443747"', "passport", "DE7443747"),
    ("label and colon", "MAC地址：b7:9e:d1:96:c5:75", "mac", "b7:9e:d1:96:c5:75"),
    ("label and colon", "登录IP：2408:8927:5e30::225b", "ip", "2408:8927:5e30::225b"),
    ("narrow address", "服务器1.2.3.4已停用", "ip", "1.2.3.4"),
    ("abroad", "美国电话(312) 555-0001", "landline", "(312) 555-0001"),
    ("abroad", "英国+44 20 7946 0018", "landline", "+44 20 7946 0018"),
    ("one word", '"password":"mima80958"', "password", "mima80958"),
    ("code first", "602693是您的验证码，请勿转发", "otp", "602693"),
    ("born", "张三，男，1981-3-3生，汉族", "birth_date", "1981-3-3"),
    ("in words", "欠款壹拾贰万元整未还", "transaction", "壹拾贰万元整"),
    ("degrees", "定位38°39′46″N 117°52′7″E", "location", "38°39′46″N 117°52′7″E"),
    ("embassy", "外事车辆 247·316使", "plate", "247·316使"),
    ("out", "往来港澳通行证C12345678", "hkmo_permit", "C12345678"),
    ("out", "往来台湾通行证号码：T12345678", "tw_permit", "T12345678"),
    ("employer", "工作单位：南京市财政局", "company_name", "南京市财政局"),
    ("Latin company", "抬头Hangzhou Boya Trading Co., Ltd.", "company_name", "Hangzhou Boya Trading Co., Ltd."),
    ("form", "职业：小学教师", "occupation", "小学教师"),
    ("set apart", "账    号:571925766737769", "bank_account", "571925766737769"),
    ("asked before", "坐席：您的出生年月日？客户：68年3月5号", "birth_date", "68年3月5号"),
    ("head of a column", "name,dob\nWU YUHAN,2000-05-04", "birth_date", "2000-05-04"),
    ("underscore", "WHERE org_code = '34823742-0'", "uscc", "34823742-0"),
    ("changed", "原密码Tr0ub4dor&8改成Abc@5227", "password", "Abc@5227"),
    ("behind an address", "收件地址：武汉路12号楼805室（430000）", "postcode", "430000"),
    ("spoken of", "他名下房产估值8,826,715元整", "asset", "8,826,715元整"),
    ("kin", "丈夫是牙科医生，妻子在家", "occupation", "牙科医生"),
    ("own tax number", "税务登记号11010519491231002X01", "resident_id", "11010519491231002X01"),
    ("Hong Kong", "客户持香港身份证A123456(3)", "hkmo_permit", "A123456(3)"),
    ("Hong Kong, two letters", "证件号ＡＢ987654（3）", "hkmo_permit", "ＡＢ987654（3）"),
    ("Hong Kong, mistyped", "香港身份证号A123456(7)", "hkmo_permit", "A123456(7)"),
    ("Hong Kong, without brackets", "香港居民A1234563来电", "hkmo_permit", "A1234563"),
    ("Macao", "澳門居民身份證 1234567(8)", "hkmo_permit", "1234567(8)"),
    ("Taiwan", "臺灣身分證A123456789", "tw_permit", "A123456789"),
    ("registration", f"注册号{LICENCE}{mod_11_10(LICENCE)}", "uscc", LICENCE + mod_11_10(LICENCE)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "text", "kind", "value"), FOUND)
def test_a_value_is_found_as_people_write_it(why: str, text: str, kind: str, value: str) -> None:
    assert (kind, value) in {(s.kind.value, text[s.start : s.end]) for s in detect_one(text)}


NOTHING = [
    "升级到1.0.0.3后重启", "Chrome/4.0.1.2 Safari", "条款编号3.2.1.4", "IBAN请填写完整", "2001::db8::1",
    "配件A123456(7)已到货", "台湾产品A123456788",
    "Password must be at least 8 characters", "1990年3月生效", "职业：未填写", "北京市消防局已发布通知",
    "order_id=720266051625604500", "燃气户号0680983323",
    "order_id,paid\n713225571938175045,是", "工本费共12元", "20260901到访，电话未接",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_a_look_alike_is_left_alone(text: str) -> None:
    assert [s for s in detect_one(text) if s.kind not in {"address", "person_name"}] == []


@pytest.mark.parametrize(
    "text",
    ["IBAN GB29NWBK60161331926818", f"营业执照注册号{LICENCE}{(int(mod_11_10(LICENCE)) + 1) % 10}"],
)
def test_a_wrong_check_after_a_label_is_suspect(text: str) -> None:
    assert [span.proven for span in detect_one(text)] == [False]
