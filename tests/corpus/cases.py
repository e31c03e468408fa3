"""The adversarial corpus: texts with what must be found in them, and look-alikes in which nothing must be.

Every value is made up by a seeded generator; texts glue values to Chinese characters, write them full-width,
with blanks, hyphens, invisible marks, or read aloud.
"""

# ruff: noqa: E501, C901, N817, SIM905, S311 - a corpus is a list of cases, one a line

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from masking.kinds import Kind as K
from tests.corpus import values as v

MARK = "\x00"
FULL = str.maketrans(
    {chr(c): chr(c + 0xFEE0) for c in [*range(48, 58), *range(65, 91), *range(97, 123)]}
)
SPOKEN = str.maketrans("0123456789", "零一二三四五六七八九")
TELEPHONED = str.maketrans("0123456789", "洞幺两三四五六拐八勾")


@dataclass(frozen=True)
class Case:
    """A text, and what stands in it: kind, start, end. `suspect` if its checksum is wrong."""

    text: str
    spans: tuple[tuple[K, int, int], ...] = ()
    suspect: bool = False


def one(template: str, kind: K, value: str, suspect: bool = False) -> Case:
    start = template.index("{}")
    return Case(template.replace("{}", value), ((kind, start, start + len(value)),), suspect)


def invisible(r: random.Random, value: str) -> str:
    place = r.randint(1, len(value) - 1)
    return (
        value[:place] + r.choice(["\u200b", "\u200d", "\u200e", "\ufeff", "\u2060"]) + value[place:]
    )


def grouped(value: str, *sizes: int, by: str = " ") -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(value[at : at + size])
        at += size
    return by.join([p for p in [*parts, value[at:]] if p])


def writings(r: random.Random, value: str, *sizes: int) -> Iterator[str]:
    """A value as people write it."""
    yield value
    yield value.translate(FULL)
    yield invisible(r, value)
    if sizes:
        yield grouped(value, *sizes)
        yield grouped(value, *sizes, by="-")
        yield grouped(value, *sizes, by="\u3000")


ID_TEXTS = (
    "身份证{}请核对", "客户证件号码：{}，已留存", "{}", "本人{}办理挂失", "身份证号{}", "ID card: {}.", "（{}）", "id={};name=",
    "CUST_{}_01", "{\"sfz\":\"{}\"}", "证件号码是{}手机已变更", "公民身份号码为{}的客户",
)  # fmt: skip
SAID_TEXTS = (
    "{label}{}请核对",
    "{label}：{}，已登记",
    "客户的{label}是{}。",
    "{label}:{}",
    "请提供{label}{}办理",
    "【{label}】{}",
)


def said(r: random.Random, kind: K, label: str, value: str, suspect: bool = False) -> Case:
    return one(r.choice(SAID_TEXTS).replace("{label}", label), kind, value, suspect)


def numbers_of_documents(r: random.Random) -> Iterator[Case]:
    for _ in range(14):
        for text in ID_TEXTS:
            yield one(text, K.RESIDENT_ID, v.resident_id(r))
        for sizes in ((6, 8), (4, 4, 4, 4), (3, 3, 4, 4), (6, 4, 4)):
            for written in writings(r, v.resident_id(r), *sizes):
                yield one(r.choice(ID_TEXTS), K.RESIDENT_ID, written)
        yield said(r, K.RESIDENT_ID, "身份证", v.resident_id(r).lower())
        yield said(r, K.RESIDENT_ID, "身份证号码", v.resident_id(r).replace("X", "x"))
        body = v.resident_id(r)[:17]
        if v.mod_11_2(body) != "X":
            yield said(
                r,
                K.RESIDENT_ID,
                "身份证号",
                body.translate(SPOKEN) + v.mod_11_2(body).translate(SPOKEN),
            )
        wrong = "0123456789"[(int(v.mod_11_2(body).replace("X", "0")) + 3) % 10]
        yield said(r, K.RESIDENT_ID, "身份证号", body + wrong, suspect=True)
        yield said(r, K.RESIDENT_ID, "身份证", body[:6] + "19991331" + number(r, 4), suspect=True)
        yield said(r, K.RESIDENT_ID, "身份证", v.resident_id(r, v.NOWHERE), suspect=True)
        for label in ("身份证", "证件号码", "老身份证号"):
            yield said(r, K.RESIDENT_ID, label, v.resident_id_15(r))
        for start, kind in (("81", K.HKMO_PERMIT), ("82", K.HKMO_PERMIT), ("83", K.TW_PERMIT)):
            yield said(
                r, kind, r.choice(["居住证", "港澳台居民居住证", "证件号码"]), v.residence(r, start)
            )
            for written in writings(r, v.residence(r, start), 6, 8):
                yield one(r.choice(["{}", "持{}开户", "证件{}有效"]), kind, written)
        for label in ("永久居留身份证", "永居证号", "PR card"):
            yield said(r, K.FOREIGN_PR_CARD, label, v.foreign_pr(r))
            yield said(r, K.FOREIGN_PR_CARD, label, v.foreign_pr_old(r))
        yield one("外籍客户{}办理", K.FOREIGN_PR_CARD, v.foreign_pr(r))


def number(r: random.Random, n: int, first: str = "0123456789") -> str:
    return v.number(r, n, first)


def travel_documents(r: random.Random) -> Iterator[Case]:
    for _ in range(12):
        yield said(r, K.HKMO_PERMIT, "回乡证", r.choice("HM") + number(r, 8))
        yield said(r, K.HKMO_PERMIT, "港澳居民来往内地通行证", r.choice("HM") + number(r, 10))
        yield said(r, K.HKMO_PERMIT, "通行证号", (r.choice("HM") + number(r, 8)).translate(FULL))
        yield said(r, K.TW_PERMIT, "台胞证", number(r, 8))
        yield said(r, K.TW_PERMIT, "台湾居民来往大陆通行证", number(r, 10, "0") + "(B)")
        for label in ("护照", "护照号码", "passport no", "因私护照"):
            yield said(r, K.PASSPORT, label, r.choice("EG") + number(r, 8))
            yield said(r, K.PASSPORT, label, "E" + r.choice("ABCDFGH") + number(r, 7))
        yield one("持{}出境", K.PASSPORT, "E" + r.choice("ABCDFGHJK") + number(r, 7))
        yield one("旅客{}已登机", K.PASSPORT, r.choice("EG") + number(r, 8))
        yield said(r, K.PASSPORT, "公务护照", r.choice(["SE", "PE", "DE"]) + number(r, 7))
        yield said(r, K.PASSPORT, "香港护照", r.choice(["K0", "H0", "KJ0"]) + number(r, 7))
        yield said(
            r,
            K.PASSPORT,
            "护照",
            r.choice([number(r, 9, "123456789"), "C" + number(r, 8), "AB" + number(r, 7)]),
        )
        service = r.choice(["军", "南", "北", "沈", "济", "空", "海", "政", "后", "武"])
        yield one("军官证{}", K.MILITARY_ID, f"{service}字第{number(r, 7)}号")
        yield one("证件为{}，有效", K.MILITARY_ID, f"{service}字第{number(r, 8)}号")
        yield said(r, K.MILITARY_ID, "警官证号", number(r, 6))
        yield said(
            r,
            K.DRIVER_LICENCE,
            r.choice(["驾驶证档案编号", "驾照档案号"]),
            r.choice(v.PROVINCES) + number(r, 10),
        )


def organisations(r: random.Random) -> Iterator[Case]:
    for _ in range(14):
        for text in (
            "信用代码{}",
            "{}",
            "统一社会信用代码：{}（有效）",
            "该企业{}已注销",
            "税号{}开票",
            "USCC: {}",
        ):
            yield one(text, K.USCC, v.uscc(r))
        for written in writings(r, v.uscc(r), 4, 4, 4, 4):
            yield one(r.choice(["统一社会信用代码{}", "营业执照{}", "{}"]), K.USCC, written)
        good = v.uscc(r)
        yield one(
            "统一社会信用代码{}",
            K.USCC,
            good[:17] + ("0" if good[17] != "0" else "1"),
            suspect=True,
        )
        code = v.organisation(r)
        yield said(r, K.USCC, "组织机构代码", code[:8] + "-" + code[8])
        yield said(r, K.USCC, "组织机构代码证号", code)
        yield said(
            r, K.USCC, "税务登记号", r.choice(v.PROVINCES) + number(r, 4) + v.organisation(r)
        )
        yield said(r, K.USCC, "工商注册号", r.choice(v.PROVINCES) + number(r, 13))


def cards(r: random.Random) -> Iterator[Case]:
    for _ in range(16):
        for text in (
            "卡号{}请核对",
            "{}",
            "银行卡：{}，尾号正确",
            "尾号不符的卡{}已冻结",
            "card no {}",
            "向{}转账",
        ):
            yield one(text, K.BANK_CARD, v.bank_card(r))
        for written in writings(r, v.bank_card(r), 4, 4, 4, 4):
            yield one(
                r.choice(["卡号{}", "{}", "信用卡{}逾期", "工资卡是{}吗"]), K.BANK_CARD, written
            )
        good = v.bank_card(r)
        yield said(
            r,
            K.BANK_CARD,
            r.choice(["银行卡号", "储蓄卡", "信用卡"]),
            good[:-1] + str((int(good[-1]) + 4) % 10),
            suspect=True,
        )
        yield said(r, K.BANK_CARD, "银行卡号", good.translate(SPOKEN))
        for label in ("对公账号", "收款账户", "银行账号", "开户账号"):
            yield said(r, K.BANK_ACCOUNT, label, number(r, r.choice([10, 12, 15, 20, 21]), "1357"))
        yield said(r, K.BANK_ACCOUNT, "account no", number(r, 12, "123"))


def phones(r: random.Random) -> Iterator[Case]:
    texts = (
        "手机{}请回电",
        "{}",
        "联系电话：{}，张先生",
        "客户{}来电投诉",
        "tel:{}",
        "phone={}&x=1",
        "CUST_{}_A",
        "打{}没人接",
    )
    for _ in range(14):
        for text in texts:
            yield one(text, K.MOBILE, v.mobile(r))
        for sizes in ((3, 4), (4, 4), (3, 3)):
            for written in writings(r, v.mobile(r), *sizes):
                yield one(r.choice(texts), K.MOBILE, written)
        for prefix in ("+86", "+86 ", "0086", "+86-", "86-", "(+86)", "86 "):
            yield one(r.choice(("手机{}", "{}", "请拨打{}联系")), K.MOBILE, prefix + v.mobile(r))
        yield said(r, K.MOBILE, "手机号", v.mobile(r).translate(SPOKEN))
        yield said(r, K.MOBILE, "电话", v.mobile(r).translate(TELEPHONED))
        yield one("他说是{}对吧", K.MOBILE, grouped(v.mobile(r), 3, 4).translate(SPOKEN))
        for number_abroad in (
            f"+852 {number(r, 4, '569')} {number(r, 4)}", f"+853 6{number(r, 3)} {number(r, 4)}", f"+852{number(r, 8, '569')}",
            f"+886 9{number(r, 2)} {number(r, 3)} {number(r, 3)}", f"00852-{number(r, 4, '69')}-{number(r, 4)}",
            f"09{number(r, 2)}-{number(r, 3)}-{number(r, 3)}", f"+886-9{number(r, 8)}",
        ):  # fmt: skip
            yield one(
                r.choice(("电话{}", "{}", "香港客户{}来电", "请致电{}。")), K.MOBILE, number_abroad
            )
        area, local = v.landline(r)
        for written in (
            f"{area}-{local}", f"({area}){local}", f"{area} {local}", f"{area}{local}", f"（{area}）{local}",
            f"{area}-{local}-{number(r, 3)}", f"{area}-{local}转{number(r, 4)}", f"+86-{area[1:]}-{local}",
            f"+86 {area[1:]} {local[:4]} {local[4:]}", f"{area}-{local[:4]}-{local[4:]}", f"{area}-{local} 转 {number(r, 3)}",
        ):  # fmt: skip
            yield one(
                r.choice(("电话{}", "{}", "座机：{}，工作日可接", "请拨打{}联系")),
                K.LANDLINE,
                written,
            )
        yield said(r, K.LANDLINE, "固定电话", local)
        for written in (
            f"400-{number(r, 3)}-{number(r, 4)}",
            f"400{number(r, 7)}",
            f"800-{number(r, 3)}-{number(r, 4)}",
            f"400 {number(r, 3)} {number(r, 4)}",
        ):
            yield one(r.choice(("客服{}", "热线：{}", "请拨打{}咨询")), K.LANDLINE, written)
        yield one("香港办公室{}", K.LANDLINE, f"+852 2{number(r, 3)} {number(r, 4)}")
        yield one("澳门分行{}", K.LANDLINE, f"+853 28{number(r, 2)} {number(r, 4)}")
        yield one("台北{}", K.LANDLINE, f"+886 2 {number(r, 4, '2')} {number(r, 4)}")


def online(r: random.Random) -> Iterator[Case]:
    for _ in range(16):
        for text in ("邮箱{}请查收", "{}", "发送至{}。", "E-mail:{}，谢谢", "<{}>", "联系{}或来电"):
            yield one(text, K.EMAIL, v.email(r))
        yield one(
            "邮箱{}", K.EMAIL, v.email(r).translate(FULL).replace("@", "＠").replace(".", "．")
        )
        for label in ("微信号", "微信", "微信号是", "wechat: ", "加微信", "VX:", "wx："):
            value = r.choice(["zhang_san88", "Lisi-2020", "wangwu1990", "a1234567", "chenxm_bj"])
            yield one(label + "{}，请加", K.WECHAT, value)
        yield one(
            "微信{}", K.WECHAT, "wxid_" + "".join(r.choice("abcdef0123456789") for _ in range(14))
        )
        for label in ("QQ", "QQ号", "qq：", "QQ:", "扣扣", "QQ号码是", "加QQ "):
            yield one(label + "{}联系", K.QQ, number(r, r.choice([6, 8, 9, 10]), "123456789"))
        for text in ("登录IP{}异常", "IP地址：{}", "ip={}"):
            yield one(text, K.IP, v.ip_v4(r))
        yield one("来自{}的请求", K.IP, v.ip_v4(r))
        yield one("IPv6地址{}", K.IP, v.ip_v6(r))
        yield one("MAC地址{}已绑定", K.MAC, v.mac(r))
        yield one("设备{}", K.MAC, v.mac(r))
        yield said(r, K.IMEI, r.choice(["IMEI", "手机串号", "设备号"]), v.imei(r))
        good = v.imei(r)
        yield said(r, K.IMEI, "IMEI", good[:-1] + str((int(good[-1]) + 4) % 10), suspect=True)


def vehicles(r: random.Random) -> Iterator[Case]:
    for _ in range(20):
        for text in ("车牌{}违章", "{}", "车牌号：{}，请挪车", "客户驾驶{}前来"):
            yield one(text, K.PLATE, v.plate(r))
        written = v.plate(r)
        for dot in ("·", " ", "-", "•"):
            yield one("车辆{}入场", K.PLATE, written[:2] + dot + written[2:])
        yield one("车牌{}", K.PLATE, v.plate(r).translate(FULL))
        yield one(r.choice(("车牌{}", "{}通行")), K.PLATE, v.plate_special(r))
        for text in ("车架号{}", "VIN:{}", "{}", "车辆识别代号：{}，已投保"):
            yield one(text, K.VIN, v.vin(r))
        good = v.vin(r)
        yield one(
            "车架号{}", K.VIN, good[:8] + ("3" if good[8] != "3" else "7") + good[9:], suspect=True
        )


def dates_and_places(r: random.Random) -> Iterator[Case]:
    for _ in range(16):
        y, m, d = v.born(r)
        forms = (
            f"{y}-{m:02}-{d:02}",
            f"{y}/{m}/{d}",
            f"{y}.{m:02}.{d:02}",
            f"{y}{m:02}{d:02}",
            f"{y}年{m}月{d}日",
            f"{y}年{m:02}月{d:02}日",
        )
        for form in forms:
            yield one(
                r.choice(("出生日期{}", "生日：{}，属龙", "生于{}", "DOB: {}", "出生年月是{}。")),
                K.BIRTH_DATE,
                form,
            )
        yield one(
            "出生日期{}", K.BIRTH_DATE, f"{y}-{m:02}-{d:02}".translate(FULL).replace("-", "－")
        )
        yield one(
            "客户生于{}",
            K.BIRTH_DATE,
            f"{''.join('〇一二三四五六七八九'[int(c)] for c in str(y))}年{'一二三四五六七八九'[r.randint(0, 8)]}月",
        )
        yield one(
            "date of birth: {}",
            K.BIRTH_DATE,
            f"{'January February March May June July'.split()[m % 6]} {d}, {y}",
        )
        yield one("年龄{}", K.AGE, str(r.randint(18, 99)))
        yield one("客户今年{}了", K.AGE, f"{r.randint(18, 99)}岁")
        for label in ("邮编", "邮政编码：", "邮编是", "postcode "):
            yield one(label + "{}", K.POSTCODE, number(r, 6, "1234567"))
        lon, lat = f"{r.uniform(75, 134):.6f}", f"{r.uniform(19, 53):.6f}"
        for form in (
            f"{lon},{lat}",
            f"{lat}, {lon}",
            f"东经{lon}北纬{lat}",
            f"北纬{lat}，东经{lon}",
        ):
            yield one(r.choice(("定位{}", "坐标：{}", "GPS {}")), K.LOCATION, form)


def money(r: random.Random) -> Iterator[Case]:
    amounts = ("35万元", "12000元", "8,500.00元", "¥9,800", "20万", "3.5万元", "6500", "RMB 12000")
    for amount in amounts:
        for label in ("年收入", "月薪", "工资", "月收入约", "年薪："):
            yield one(label + "{}，已核实", K.INCOME, amount)
        for label in ("账户余额", "余额", "可用余额："):
            yield one(label + "{}。", K.BALANCE, amount)
        for label in ("转账", "消费", "汇款", "取现", "还款："):
            yield one("昨日" + label + "{}未到账", K.TRANSACTION, amount)
        for label in ("存款", "总资产", "公积金"):
            yield one("客户" + label + "{}左右", K.ASSET, amount)


def secrets(r: random.Random) -> Iterator[Case]:
    for _ in range(16):
        secret = r.choice(["abc123!", "Passw0rd", "qwe@2024", "123456", "Zx9#kk21", "888999"])
        for label in (
            "密码是",
            "密码：",
            "登录密码",
            "password: ",
            "pwd=",
            "支付密码为",
            "密码改成",
        ):
            yield one(label + "{}，请保密", K.PASSWORD, secret)
        for label in (
            "验证码",
            "短信验证码：",
            "验证码是",
            "动态码 ",
            "verification code is ",
            "OTP: ",
        ):
            yield one("【银行】" + label + "{}，5分钟内有效", K.OTP, number(r, r.choice([4, 6])))
        for label in ("CVV", "cvv2：", "安全码", "CVN2 ", "卡背面三位数字"):
            yield one("卡的" + label + "{}", K.CARD_SECURITY, number(r, 3))


def traits(r: random.Random) -> Iterator[Case]:
    for kind, label, words in (
        (K.SEX, "性别", "男 女"), (K.ETHNICITY, "民族", "汉族 满族 维吾尔族 土家族 回族"),
        (K.MARITAL_STATUS, "婚姻状况", "未婚 已婚 离异 丧偶"), (K.EDUCATION, "学历", "本科 大专 硕士 高中 博士"),
        (K.NATIONALITY, "国籍", "中国 美国 日本 中国香港"),
    ):  # fmt: skip
        for word in words.split():
            for text in (label + "{}", label + "：{}，已核实", "客户" + label + "为{}。"):
                yield one(text, kind, word)


def several(r: random.Random) -> Iterator[Case]:
    """Values side by side: none swallows another."""
    for _ in range(60):
        parts = [("客户，手机", None), (v.mobile(r), K.MOBILE), ("，身份证", None), (v.resident_id(r), K.RESIDENT_ID),
                 ("，卡号", None), (v.bank_card(r), K.BANK_CARD), ("，邮箱", None), (v.email(r), K.EMAIL),
                 (r.choice(["。", "，余额"]), None)]  # fmt: skip
        yield joined(parts)
        yield joined([("2024-01-05 ", None), (v.mobile(r), K.MOBILE), (" 已联系", None)])
        yield joined(
            [("手机", None), (v.mobile(r), K.MOBILE), ("/", None), (v.mobile(r), K.MOBILE)]
        )
        yield joined(
            [
                ('{"phone":"', None),
                (v.mobile(r), K.MOBILE),
                ('","id":"', None),
                (v.resident_id(r), K.RESIDENT_ID),
                ('"}', None),
            ]
        )


def joined(parts: list[tuple[str, K | None]]) -> Case:
    text, spans = "", []
    for part, kind in parts:
        if kind:
            spans.append((kind, len(text), len(text) + len(part)))
        text += part
    return Case(text, tuple(spans))


def uuid(r: random.Random) -> str:
    digits = f"{r.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def look_alikes(r: random.Random) -> Iterator[Case]:
    """What looks like somebody's number and is none."""
    for _ in range(28):
        when = f"{r.randint(2015, 2026)}{r.randint(1, 12):02}{r.randint(1, 28):02}"
        clock = f"{r.randint(0, 23):02}{r.randint(0, 59):02}{r.randint(0, 59):02}"
        yield from map(Case, (
            f"订单号{number(r, 16, '12345')}已发货", f"订单号：{when}{clock}{number(r, 4)}", f"order no {number(r, 18, '123')}",
            f"流水号{when}{clock}", f"时间戳{number(r, 13, '1')}", f"timestamp={number(r, 10, '1')}", f"订单{v.mobile(r)}已取消",
            f"运单号SF{number(r, 13)}", f"快递单号{number(r, 12, '7')}", f"YT{number(r, 13)}", f"发票号{number(r, 8)}",
            f"合计{r.randint(1, 999):,},{number(r, 3)}.{number(r, 2)}元", f"共计¥{number(r, 6, '123')}.00", f"同比增长{r.randint(1, 99)}.{number(r, 2)}%",
            f"版本{r.randint(1, 9)}.{r.randint(0, 20)}.{r.randint(0, 30)}.{r.randint(0, 99)}", f"v{r.randint(1, 9)}.{r.randint(0, 9)}.{r.randint(0, 9)}.{r.randint(0, 9)}",
            f"GB/T {number(r, 5, '3')}-2020", f"JR/T 0{number(r, 3)}-2020", f"ISBN 978-7-{number(r, 3)}-{number(r, 5)}-{number(r, 1)}",
            f"{when[:4]}-{when[4:6]}-{when[6:]} {clock[:2]}:{clock[2:4]}:{clock[4:]}", f"{when}{clock}{number(r, 3)}", f"会议于{when[:4]}年{int(when[4:6])}月{int(when[6:])}日召开",
            f"编号A{number(r, 8)}B", f"合同编号HT{when}{number(r, 4)}", f"房间{number(r, 4, '123')}室", f"第{number(r, 3, '12')}页共{number(r, 3, '45')}页",
            f"股票代码{number(r, 6, '036')}", f"产品货号{number(r, 11, '2456789')}", f"批次号{number(r, 15, '2345')}", f"序列号{number(r, 17, '789')}",
            f"uuid {uuid(r)}", f"sha1 {''.join(r.choice('0123456789abcdef') for _ in range(40))}",
            f"比分{r.randint(0, 5)}:{r.randint(0, 5)}", f"温度{r.randint(-20, 40)}.{number(r, 1)}度", f"气压{number(r, 4, '1')}.{number(r, 2)}百帕",
            f"http://example.com/p/{number(r, 9)}?id={number(r, 5)}", f"@全体成员 {number(r, 3)}人", f"工单号GD{when}{number(r, 5)}",
            f"第{number(r, 12, '23456789')}条记录", f"产量{number(r, 11, '2345')}吨", f"3.14159{number(r, 12)}", f"0.{number(r, 15)}",
            f"{number(r, 22, '123456789')}", f"保单号P{number(r, 15)}", f"比率 {number(r, 1)}/{number(r, 2)}", f"尺寸{number(r, 3)}x{number(r, 3)}x{number(r, 2)}",
        ))  # fmt: skip
    for text in (
        "京东A座12层", "沪深300指数上涨", "苏州B区3栋", "京剧A1234", "新品A款12件", "川菜馆A12", "密码学导论", "密码错误三次", "忘记密码怎么办",
        "验证码错误", "收不到验证码", "请输入密码", "微信支付", "微信公众号关注", "QQ音乐会员", "微信转账成功", "性别平等", "民族团结", "已婚妇女联合会",
        "学历提升计划", "余额不足", "工资条", "转账失败", "三四十岁的样子", "一二三等奖", "年龄结构", "国籍法", "10:20:30", "12:34:56:78", "::",
        "早上8:00-12:00", "网址 a@b", "@客服", "user@localhost", "1.2.3.4.5.6", "2.0.0.1版", "99.9.9", "500-600元", "100-200-300",
        "2024-2025学年", "13-14页", "一九九八年的夏天", "二零二四年", "零零后", "五五开", "八八折", "六六大顺", "九九归一", "五四运动一二九",
        "A4纸500张", "B2B平台", "5G套餐", "iPhone15", "Windows11", "COVID19", "H1N1", "G20峰会", "M2增速8.7", "E10汽油", "CPI同比2.1",
        "11111111", "00000000000", "99999999999999999", "1234567890", "12345678901234567890", "400公里", "800米", "400元", "10086", "95588", "12306", "110",
    ):  # fmt: skip
        yield Case(text)


GENERATORS: tuple[Callable[[random.Random], Iterator[Case]], ...] = (
    numbers_of_documents, travel_documents, organisations, cards, phones, online, vehicles, dates_and_places, money,
    secrets, traits, several, look_alikes,
)  # fmt: skip


def cases(seed: int = 20261121) -> list[Case]:
    """The whole corpus, the same for the same seed."""
    return [case for make in GENERATORS for case in make(random.Random(f"{seed}-{make.__name__}"))]
