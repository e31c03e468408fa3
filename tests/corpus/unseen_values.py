"""Values for the unseen corpus: made up, right or wrong on purpose, and written as people write them.

Nothing of `masking` is imported, so that a mistake there cannot be repeated here.
"""

import random
import string
from collections.abc import Callable

from tests.corpus.unseen_checks import (
    USCC_LETTERS,
    gb_11714,
    gb_32100,
    luhn,
    mod_11_2,
    mod_11_10,
    vin_check,
)

Maker = Callable[[random.Random], str]


def listed(text: str) -> list[str]:
    return text.split()


REGIONS = listed(
    "110101 110105 120102 130102 140105 150102 210102 220104 230103 310104 310115 320106 330106"
    " 330382 340104 350203 360102 370102 410105 420106 430102 440305 440106 450103 460105 500103"
    " 510104 520102 530102 540102 610113 620102 630104 640104 650102"
)
# Abolished since: Chongwen, Xuanwu, Luwan, Nanhui, Tanggu, Xiacheng, Jianggan, Zunyi, Fuling, Yiyang.
ABOLISHED = listed("110103 110104 310103 310119 120107 330103 330104 522101 512301 432301")
NATIONS = listed("840 826 124 392 410 276 250 036 702 643")
NATION_LETTERS = listed("USA GBR CAN JPN KOR DEU FRA AUS SGP RUS")
MOBILE_PREFIXES = listed(
    "130 131 132 133 134 135 136 137 138 139 145 147 149 150 151 152 153 155 156 157 158 159 162"
    " 165 166 167 170 171 172 173 175 176 177 178 180 181 182 183 184 185 186 187 188 189 190 191"
    " 192 193 195 196 197 198 199"
)
AREA8 = listed("010 021 022 023 024 025 027 028 029 0571 0755 0512 0532 0411 0574 0591 0592 0769")
AREA7 = listed("0991 0870 0938 0971 0951 0895 0570 0856")
# Issuers' prefixes as the cards themselves show them; 19 digits for UnionPay debit cards.
CARDS = {
    19: listed("622202 621226 621700 622848 621661 622580 621483 622188 623058 620522"),
    16: listed("622588 622150 625912 439188 518710 356895 404119 622688 621462 552801"),
    17: ["622909", "622148"],
    18: ["623091", "621268"],
}
FULL = str.maketrans(string.digits + "X" + "x", "０１２３４５６７８９Ｘｘ")
SPOKEN = str.maketrans("0123456789X", "零一二三四五六七八九叉")
PHONE_SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")


def digits(r: random.Random, n: int) -> str:
    return "".join(r.choice(string.digits) for _ in range(n))


def wrong(value: str, r: random.Random) -> str:
    """The value with another last digit, so that the check fails."""
    return value[:-1] + r.choice([d for d in string.digits if d != value[-1]])


# -- papers of persons ----------------------------------------------------------------------------


def day(r: random.Random, first: int = 1945, last: int = 2008) -> tuple[int, int, int]:
    return r.randint(first, last), r.randint(1, 12), r.randint(1, 28)


def born(r: random.Random) -> str:
    return "{:04}{:02}{:02}".format(*day(r))


def identity(r: random.Random, region: str) -> str:
    body = region + born(r) + digits(r, 3)
    return body + mod_11_2(body)


def resident(r: random.Random) -> str:
    return identity(r, r.choice(REGIONS))


def resident_x(r: random.Random) -> str:
    while not (value := resident(r)).endswith("X"):
        pass
    return value


def spaced(value: str, sizes: tuple[int, ...], by: str = " ") -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(value[at : at + size])
        at += size
    return by.join(p for p in (*parts, value[at:]) if p)


def zero_width(value: str) -> str:
    return "\u200b".join((value[:6], value[6:]))


def old_resident(r: random.Random) -> str:
    return r.choice(REGIONS) + "{:02}{:02}{:02}".format(*(day(r, 30, 85))) + digits(r, 3)


def foreign_card(r: random.Random) -> str:
    body = "9" + r.choice(REGIONS)[:2] + r.choice(NATIONS) + born(r) + digits(r, 3)
    return body + mod_11_2(body)


def old_foreign_card(r: random.Random) -> str:
    """Three letters of the nation, region, birth, a running digit and the check of ICAO 9303."""
    body = r.choice(NATION_LETTERS) + r.choice(REGIONS)[:4] + born(r)[2:] + digits(r, 1)
    return body + str(sum(int(c, 36) * (7, 3, 1)[i % 3] for i, c in enumerate(body)) % 10)


def passport(r: random.Random) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    return r.choice(
        (
            "E" + digits(r, 8),
            "E" + r.choice(letters) + digits(r, 7),
            "G" + digits(r, 8),
            r.choice("DSP") + digits(r, 8),
            r.choice(("DE", "SE", "PE")) + digits(r, 7),
        )
    )


def permit_hk(r: random.Random) -> str:
    return r.choice("HM") + digits(r, r.choice((8, 8, 10)))


def military(r: random.Random) -> str:
    head = r.choice("军兵士文职南广沈济空海")
    return f"{head}字第{digits(r, r.choice((6, 7, 8)))}号"


# -- bodies -----------------------------------------------------------------------------------------


def org_code(r: random.Random) -> str:
    body = r.choice("0123456789M") + digits(r, 7)
    return body + gb_11714(body)


def uscc(r: random.Random) -> str:
    """Registrar, class, region, then an organisation code with its own check (GB 11714)."""
    head = r.choice(listed("91 91 92 93 11 12 51 52 53 N1")) + r.choice(REGIONS)
    new = "MA2" + "".join(r.choice(USCC_LETTERS) for _ in range(5))
    body = head + (org_code(r) if r.random() < 0.8 else new + gb_11714(new))
    return body + gb_32100(body)


def old_tax(r: random.Random) -> str:
    return r.choice(REGIONS) + org_code(r)


def licence(r: random.Random) -> str:
    body = r.choice(REGIONS) + r.choice("0123456") + digits(r, 7)
    return body + mod_11_10(body)


# -- cards, accounts, things ------------------------------------------------------------------------


def card(r: random.Random, length: int = 0) -> str:
    length = length or r.choice((16, 19, 19, 16, 17, 18))
    head = r.choice(CARDS[length])
    body = head + digits(r, length - len(head) - 1)
    return body + luhn(body)


def by_four(value: str, by: str = " ") -> str:
    return by.join(value[i : i + 4] for i in range(0, len(value), 4))


def account(r: random.Random) -> str:
    return r.choice(
        (
            "12020" + digits(r, 14),
            "3300161" + digits(r, 13),
            "19" + digits(r, 15),
            "801" + digits(r, 12),
            "5719" + digits(r, 11),
        )
    )


def vin(r: random.Random) -> str:
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    head = r.choice(("LSV", "LFV", "LGB", "LVS", "LHG", "LBV", "LE4", "LRW", "LGX", "LSG"))
    tail = "".join(r.choice(letters) for _ in range(5)) + "0" + r.choice("ABCDEFGHJKLMNPRSTVWXY")
    value = head + tail + r.choice("ABCDEFGHJ") + digits(r, 6)
    value = value[:17]
    return value[:8] + vin_check(value[:8] + "0" + value[9:]) + value[9:]


def imei(r: random.Random) -> str:
    body = r.choice(("35", "86", "01", "99")) + digits(r, 12)
    return body + luhn(body)


def mac(r: random.Random) -> str:
    return f"{r.randrange(1 << 48):012X}"


def ipv4(r: random.Random) -> str:
    return r.choice(
        (
            f"192.168.{r.randint(0, 254)}.{r.randint(1, 254)}",
            f"10.{r.randint(0, 254)}.{r.randint(0, 254)}.{r.randint(1, 254)}",
            f"{r.randint(36, 223)}.{r.randint(0, 255)}.{r.randint(0, 255)}.{r.randint(1, 254)}",
            f"172.{r.randint(16, 31)}.{r.randint(0, 255)}.{r.randint(1, 254)}",
        )
    )


def ipv6(r: random.Random) -> str:
    def group() -> str:
        return f"{r.randrange(1 << 16):x}"

    return r.choice(
        (
            ":".join(group() for _ in range(8)),
            "2408:8" + digits(r, 3) + ":" + group() + "::" + group(),
            "fe80::" + ":".join(group() for _ in range(4)),
            "2001:db8:" + group() + "::1",
        )
    )


PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def plate(r: random.Random) -> str:
    tail = r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") + digits(r, 4)
    if r.random() < 0.6:
        tail = "".join(r.sample(list(tail), 5))
    return r.choice(PROVINCES) + r.choice("ABCDEFGHJK") + tail


def plate_green(r: random.Random) -> str:
    head = r.choice(PROVINCES) + r.choice("ABCDEFG")
    return r.choice(
        (
            head + r.choice("DF") + r.choice("ABCDE0123456789") + digits(r, 4),
            head + digits(r, 5) + r.choice("DF"),
        )
    )


def plate_special(r: random.Random) -> str:
    letter = r.choice(PROVINCES) + r.choice("ABCDE")
    return r.choice(
        (
            letter + digits(r, 4) + r.choice("学警挂"),
            "粤Z" + r.choice("ABCDEFGH0123456789") + digits(r, 3) + r.choice("港澳"),
            digits(r, 3) + "·" + digits(r, 3) + "使",
            "使" + digits(r, 6),
            r.choice("沪粤川") + "A" + digits(r, 4) + "领",
        )
    )


# -- telephones ---------------------------------------------------------------------------------------


def mobile(r: random.Random) -> str:
    return r.choice(MOBILE_PREFIXES) + digits(r, 8)


def mobile_typed(r: random.Random) -> str:
    m = mobile(r)
    split = spaced(m, (3, 4))
    return r.choice(
        (
            m,
            m,
            m,
            split,
            spaced(m, (3, 4), "-"),
            "+86" + m,
            "+86 " + m,
            "+86-" + m,
            "0086" + m,
            "+86 " + split,
            "0086-" + m,
            "(+86)" + m,
            "86-" + m,
            m.translate(FULL),
            spaced(m, (4, 3)),
            "（+86）" + m,
            "+86 " + spaced(m, (3, 4), "-"),
        )
    )


def mobile_spoken(r: random.Random) -> str:
    m = mobile(r)
    words = m.translate(r.choice((SPOKEN, PHONE_SPOKEN)))
    return r.choice((words, spaced(words, (3, 4)), spaced(words, (3, 4), "，")))


def mobile_abroad(r: random.Random) -> str:
    hk = r.choice("569") + digits(r, 3) + " " + digits(r, 4)
    tw = "9" + digits(r, 2) + "-" + digits(r, 3) + "-" + digits(r, 3)
    mo = "6" + digits(r, 3) + " " + digits(r, 4)
    return r.choice(
        (
            "+852 " + hk,
            "+852-" + hk.replace(" ", ""),
            "00852" + hk.replace(" ", ""),
            "(852) " + hk,
            "+853 " + mo,
            "+853-" + mo.replace(" ", "-"),
            "+886 " + tw,
            "+886" + tw.replace("-", ""),
            "+886-" + tw,
        )
    )


def local(r: random.Random, area: str) -> str:
    return r.choice("2345678") + digits(r, 7 if area in AREA8 else 6)


def landline(r: random.Random) -> str:
    area = r.choice(AREA8 + AREA7)
    number = local(r, area)
    return r.choice(
        (
            f"{area}-{number}",
            f"{area}-{number}",
            f"({area}){number}",
            f"（{area}）{number}",
            f"{area} {number}",
            area + number,
            f"+86 {area[1:]} {number}",
            f"+86-{area[1:]}-{number}",
            f"0086-{area[1:]}-{number}",
            f"{area}-{number[:-4]}-{number[-4:]}",
            f"({area}) {number[:-4]} {number[-4:]}",
            f"{area}－{number}",
            f"{area}-{number}".translate(FULL),
        )
    )


def extension(r: random.Random) -> str:
    area = r.choice(AREA8 + AREA7)
    number = local(r, area)
    ext = digits(r, r.choice((3, 4)))
    return r.choice(
        (
            f"{area}-{number}-{ext}",
            f"{area}-{number}转{ext}",
            f"{area}{number}转{ext}",
            f"{area}-{number} ext. {ext}",
            f"({area}){number}-{ext}",
            f"{area}-{number}分机{ext}",
            f"{area}-{number} 转 {ext}",
            f"{area}-{number}#{ext}",
            f"{area}-{number}x{ext}",
        )
    )


def landline_abroad(r: random.Random) -> str:
    return r.choice(
        (
            "+852 " + r.choice("23") + digits(r, 3) + " " + digits(r, 4),
            "+853 28" + digits(r, 2) + " " + digits(r, 4),
            "+886 2 2" + digits(r, 3) + " " + digits(r, 4),
            "+886-4-2" + digits(r, 3) + "-" + digits(r, 4),
        )
    )


def hotline(r: random.Random) -> str:
    head = r.choice(("400", "400", "800"))
    second = r.choice("16789") if head == "400" else r.choice("8")
    tail = second + digits(r, 6)
    return r.choice(
        (
            head + tail,
            f"{head}-{tail[:3]}-{tail[3:]}",
            f"{head} {tail[:3]} {tail[3:]}",
            f"{head}-{tail[:4]}-{tail[4:]}",
            f"{head}-{tail}",
        )
    )


# -- letters, nets, secrets -------------------------------------------------------------------------

USERS = listed(
    "zhangwei lixiaomei wang.fang chenjie88 liu_yang zhao-min sunny2019 hr service.vip"
    " a.b.c xm1990 Lily.Chen"
)
DOMAINS = listed(
    "163.com qq.com 126.com sina.com.cn gmail.com outlook.com example.com.cn"
    " mail.zju.edu.cn yunfan-tech.cn hotmail.com foxmail.com"
)


def email(r: random.Random) -> str:
    user = r.choice(USERS) + r.choice(("", digits(r, 2), digits(r, 4), "+shop"))
    return user + "@" + r.choice(DOMAINS)


def wechat(r: random.Random) -> str:
    return r.choice(
        (
            "wxid_" + "".join(r.choice(string.ascii_lowercase + string.digits) for _ in range(14)),
            r.choice(("lele", "zw", "xiaomei", "hzchen", "Sunny"))
            + r.choice(("_", "-", ""))
            + digits(r, 4),
            r.choice(("happy", "tianya", "liuliu", "amy")) + digits(r, 6),
        )
    )


def qq(r: random.Random) -> str:
    return r.choice("123456789") + digits(r, r.randint(5, 9))


def secret(r: random.Random) -> str:
    return r.choice(
        (
            "Abc@" + digits(r, 4),
            "Hz!" + digits(r, 6),
            "P@ssw0rd" + digits(r, 2),
            "qwer" + digits(r, 4),
            "mima" + digits(r, 5),
            "Zw#" + digits(r, 3) + "kL",
            digits(r, 6),
            "Tr0ub4dor&" + digits(r, 1),
        )
    )


# -- soft kinds ---------------------------------------------------------------------------------------

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢"
    "蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟"
    "龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟芳娜敏静丽强磊洋艳勇军杰娟涛超霞平刚桂英玉兰建国志明秀珍雪梅晓燕海波鹏飞佳怡子轩浩"
    "然雨欣梓涵思远嘉琪俊熙诗宇航妍栋美玲红振华文博立新春"
)
COMPOUND = listed(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 司徒 端木 夏侯 轩辕 钟离 闻人"
)
MINORITY = listed(
    "买买提·吐尔逊 阿依古丽·艾合买提 古丽娜尔·买买提 阿卜杜拉·热合曼 扎西·多吉 巴图·孟和"
    " 艾力·肉孜 迪丽努尔·阿布都 吾买尔江·司马义 热依扎·阿里木 乌兰·图雅 木合塔尔·依明"
)
SYLLABLES = listed("Wei Fang Xiaoming Li Jianguo Yuhan Zixuan Min Jing Haoran Meiling Guodong")
ROMAN = listed("Zhang Wang Li Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Zhu Lin Guo Ouyang Zheng Xie")
FIRST = listed("James Mary Robert Linda Michael Susan David Karen Daniel Emily Peter Laura")
LAST = listed("Smith Johnson Brown Miller Davis Wilson Anderson Thompson Clarke Walker Hughes")


def given(r: random.Random) -> str:
    """One character or two; never one that makes a common word of most surnames (王国, 黄海)."""
    alone = r.choice([c for c in GIVEN if c not in "国海平红明文立新春英华建志"])
    return alone if r.random() < 0.33 else "".join(r.sample(GIVEN, 2))


def name(r: random.Random) -> str:
    return r.choice(SURNAMES) + given(r)


def name_any(r: random.Random) -> str:
    roll = r.random()
    if roll < 0.75:
        return name(r)
    return r.choice(COMPOUND) + given(r) if roll < 0.9 else r.choice(MINORITY)


def pinyin(r: random.Random) -> str:
    sur, giv = r.choice(ROMAN), r.choice(SYLLABLES)
    return r.choice(
        (f"{sur} {giv}", f"{sur.upper()} {giv.upper()}", f"{sur.upper()} {giv}", f"{giv} {sur}")
    )


PLACES = (
    ("浙江省", "杭州市", "西湖区"),
    ("浙江省", "宁波市", "鄞州区"),
    ("江苏省", "南京市", "鼓楼区"),
    ("广东省", "深圳市", "南山区"),
    ("广东省", "广州市", "天河区"),
    ("四川省", "成都市", "武侯区"),
    ("湖北省", "武汉市", "洪山区"),
    ("山东省", "青岛市", "市南区"),
    ("陕西省", "西安市", "雁塔区"),
    ("", "北京市", "朝阳区"),
    ("", "上海市", "浦东新区"),
    ("", "重庆市", "渝中区"),
    ("", "天津市", "和平区"),
    ("福建省", "厦门市", "思明区"),
    ("河南省", "郑州市", "金水区"),
    ("湖南省", "长沙市", "岳麓区"),
    ("新疆维吾尔自治区", "乌鲁木齐市", "天山区"),
    ("广西壮族自治区", "南宁市", "青秀区"),
)
ROADS = listed(
    "文三路 中山路 解放大道 人民南路 建设街 学院路 科技园路 滨河东路 长江大道 翠苑路 和平里西街"
)
ESTATES = listed("翠苑小区 金色家园 万科城市花园 阳光花苑 锦绣江南 紫金府 春江花园")


def door(r: random.Random) -> str:
    number = r.randint(1, 999)
    return (
        r.choice(ROADS)
        + f"{number}号"
        + r.choice(
            (
                f"{r.choice(ESTATES)}{r.randint(1, 30)}幢{r.randint(1, 4)}单元{r.randint(1, 20)}0{r.randint(1, 4)}室",
                f"{r.randint(1, 30)}号楼{r.randint(101, 2904)}室",
                f"{r.choice('ABCD')}座{r.randint(101, 2904)}",
                f"{r.choice(ESTATES)}{r.randint(1, 30)}-{r.randint(1, 4)}-{r.randint(101, 1802)}",
                "",
            )
        )
    )


def address(r: random.Random) -> str:
    province, city, district = r.choice(PLACES)
    return r.choice((province, province, "")) + city + district + door(r)


def address_short(r: random.Random) -> str:
    return r.choice(PLACES)[2] + door(r)


RURAL = (
    ("河南省", "周口市", "扶沟县", "大李庄乡"),
    ("安徽省", "阜阳市", "临泉县", "老集镇"),
    ("四川省", "凉山彝族自治州", "西昌市", "安宁镇"),
    ("湖南省", "邵阳市", "隆回县", "六都寨镇"),
    ("甘肃省", "定西市", "陇西县", "首阳镇"),
    ("河北省", "保定市", "清苑区", "温仁镇"),
)


def address_rural(r: random.Random) -> str:
    village = r.choice(("王家村", "大河村", "石桥村", "新民村", "杨树湾村", "上坝村"))
    return (
        "".join(r.choice(RURAL))
        + village
        + r.choice(
            (
                f"{r.randint(1, 12)}组{r.randint(1, 99)}号",
                f"{r.randint(1, 300)}号",
                r.choice("一二三四五六七") + "组",
                "",
            )
        )
    )


BRANDS = listed("云帆 恒达 鑫源 启明星 天瑞 华盛 金利来宝 博雅 远航 瑞丰 中科智联 百川")
TRADES = listed("网络科技 信息技术 国际贸易 建筑工程 食品 物流 电子商务 文化传媒 医药 餐饮管理")
CITIES = listed("杭州 上海 深圳 北京 成都 武汉 广州市 苏州 宁波市 浙江 江苏省 青岛")


def company(r: random.Random) -> str:
    city, brand = r.choice(CITIES), r.choice(BRANDS)
    return r.choice(
        (
            f"{city}{brand}{r.choice(TRADES)}有限公司",
            f"{city}{brand}{r.choice(TRADES)}有限公司",
            f"{brand}（{city.rstrip('市省')}）{r.choice(TRADES)}有限公司",
            f"{city}{brand}集团有限公司",
            f"{city}{brand}{r.choice(TRADES)}股份有限公司",
            f"{city}{brand}律师事务所",
            f"{city}{brand}{r.choice(TRADES)}有限责任公司{r.choice(('', '分公司'))}",
        )
    )


def institution(r: random.Random) -> str:
    city = r.choice(listed("杭州市 南京市 武汉市 成都市 青岛市 长沙市"))
    return r.choice(
        (
            f"{city}第{r.choice('一二三四')}人民医院",
            f"{city}实验小学",
            f"{city}财政局",
            f"{city}公安局",
            f"{city}第{r.choice('一二三七')}中学",
            f"{city}妇幼保健院",
            f"{city}疾病预防控制中心",
        )
    )


def company_en(r: random.Random) -> str:
    return (
        r.choice(("Hangzhou", "Shenzhen", "Shanghai"))
        + " "
        + r.choice(("Yunfan", "Hengda", "Ruifeng", "Boya"))
        + " "
        + r.choice(("Technology", "Trading", "Logistics"))
        + r.choice((" Co., Ltd.", " Co., Ltd", " Limited", " Inc."))
    )


def amount(r: random.Random) -> str:
    n = r.randint(100, 9_999_999)
    return r.choice(
        (
            f"{n}元",
            f"{n:,}.{digits(r, 2)}元",
            f"¥{n:,}",
            f"￥{n}.{digits(r, 2)}",
            f"{n / 10000:.2f}万元",
            f"{r.randint(2, 900)}万元",
            f"人民币{n:,}元",
            f"RMB {n:,}.00",
            f"{n:,}元整",
            f"{r.randint(2, 90)}万",
            f"CNY{n}.00",
            f"{n}块",
            "人民币伍万叁仟元整",
            "壹拾贰万元整",
            "三千五百元",
            f"US${n:,}",
            f"{r.randint(3, 99)}亿元",
            f"HK${n:,}.00",
            f"{n}.{digits(r, 2)}元",
            f"{r.randint(3, 99)}万{r.randint(1, 9)}千元",
        )
    )


JOBS = listed(
    "小学教师 软件工程师 出租车司机 护士 会计 公务员 个体工商户 律师 保险代理人 厨师"
    " 快递员 建筑工人 项目经理 医生 销售经理 退休教师 保安 电工"
)


def birth(r: random.Random) -> str:
    y, m, d = day(r)
    han = str.maketrans("0123456789", "〇一二三四五六七八九")
    months = listed("一 二 三 四 五 六 七 八 九 十 十一 十二")
    days = [
        *months[:10],
        *("十" + x for x in months[:9]),
        "二十",
        *("二十" + x for x in months[:8]),
    ]
    return r.choice(
        (
            f"{y}年{m}月{d}日",
            f"{y}-{m:02}-{d:02}",
            f"{y}/{m}/{d}",
            f"{y}.{m:02}.{d:02}",
            f"{y}{m:02}{d:02}",
            f"{y}年{m:02}月{d:02}日",
            f"{str(y).translate(han)}年{months[m - 1]}月{days[d - 1]}日",
            f"{y} 年 {m} 月 {d} 日",
            f"{y}-{m}-{d}",
            f"{y}年{m}月{d}号",
        )
    )


MONTHS = listed(
    "January February March April May June July August September October November December"
)


def birth_en(r: random.Random) -> str:
    y, m, d = day(r)
    return r.choice(
        (
            f"{d} {MONTHS[m - 1]} {y}",
            f"{MONTHS[m - 1]} {d}, {y}",
            f"{m:02}/{d:02}/{y}",
            f"{y}-{m:02}-{d:02}",
            f"{d}-{MONTHS[m - 1][:3]}-{y}",
            f"{MONTHS[m - 1][:3]} {d}, {y}",
            f"{d:02}/{m:02}/{y}",
        )
    )


def point(r: random.Random) -> str:
    lat, lon = r.uniform(20, 45), r.uniform(80, 125)
    return r.choice(
        (
            f"{lat:.6f},{lon:.6f}",
            f"{lon:.6f},{lat:.6f}",
            f"{lat:.4f}, {lon:.4f}",
            f"{lat:.5f}°N, {lon:.5f}°E",
            f"北纬{lat:.4f}°，东经{lon:.4f}°",
            f"N{lat:.5f} E{lon:.5f}",
            f"{int(lat)}°{r.randint(0, 59)}′{r.randint(0, 59)}″N {int(lon)}°{r.randint(0, 59)}′{r.randint(0, 59)}″E",
        )
    )
