"""Codes: the words a coded value is one of, each with its name in Chinese and in English.

What is none of them may be anything that somebody typed into the field.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from masking.kinds import Kind
from masking.lexicon import tables

Codes = Mapping[str, tuple[str, str]]
"""By the value as it stands in a column, its Chinese and its English name."""


def said(words: str) -> Codes:
    """Codes that are Chinese words themselves, one a line: `本科 Bachelor`."""
    pairs = (line.split(maxsplit=1) for line in words.strip().splitlines())
    return {zh: (zh, en.strip()) for zh, en in pairs}


def named(words: str) -> Codes:
    """Codes that are other words, one a line: `on site | 现场 | On site`."""
    lines = (line.split("|") for line in words.strip().splitlines())
    return {code.strip(): (zh.strip(), en.strip()) for code, zh, en in lines}


def alike(words: Iterable[str], of: str, codes: Codes) -> Codes:
    """Other spellings of one of the codes."""
    return dict.fromkeys(words, codes[of])


_SEX = said("男 Male\n女 Female\n未说明 Not stated")
SEX: Codes = {
    **_SEX,
    **alike(("男性", "男士", "先生", "M", "m", "Male", "male", "MALE", "1"), "男", _SEX),
    **alike(("女性", "女士", "小姐", "F", "f", "Female", "female", "FEMALE", "2"), "女", _SEX),
    **alike(("未知", "未说明的性别", "U", "0", "9"), "未说明", _SEX),
}
_MARITAL = said("""
    未婚 Single
    已婚 Married
    初婚 Married for the first time
    再婚 Remarried
    复婚 Remarried to each other
    离异 Divorced
    丧偶 Widowed
""")
MARITAL_STATUS: Codes = {
    **_MARITAL,
    **alike(("离婚", "Divorced", "divorced"), "离异", _MARITAL),
    **alike(("Single", "single"), "未婚", _MARITAL),
    **alike(("Married", "married"), "已婚", _MARITAL),
    **alike(("Widowed", "widowed"), "丧偶", _MARITAL),
}
EDUCATION: Codes = said("""
    博士后 Postdoctoral
    博士研究生 Doctorate
    博士 Doctorate
    硕士研究生 Master
    硕士 Master
    研究生 Postgraduate
    大学本科 Bachelor
    本科 Bachelor
    学士 Bachelor
    大学专科 Junior college
    大专 Junior college
    专科 Junior college
    高职 Higher vocational
    中专 Secondary vocational
    中职 Secondary vocational
    中等专业学校 Secondary vocational
    职业高中 Vocational high school
    职高 Vocational high school
    技工学校 Technical school
    技校 Technical school
    普通高中 High school
    高中 High school
    初中 Middle school
    小学 Primary school
    半文盲 Semi-literate
    文盲 Illiterate
    Doctorate Doctorate
    PhD Doctorate
    Master Master
    Bachelor Bachelor
""")
NATIONALITY: Codes = said("""
    中国 China
    中华人民共和国 China
    CHN China
    中国香港 Hong Kong, China
    中国澳门 Macao, China
    中国台湾 Taiwan, China
    美国 United States
    英国 United Kingdom
    日本 Japan
    韩国 South Korea
    朝鲜 North Korea
    法国 France
    德国 Germany
    俄罗斯 Russia
    加拿大 Canada
    澳大利亚 Australia
    新西兰 New Zealand
    新加坡 Singapore
    马来西亚 Malaysia
    泰国 Thailand
    越南 Vietnam
    印度尼西亚 Indonesia
    印度 India
    菲律宾 Philippines
    意大利 Italy
    西班牙 Spain
    葡萄牙 Portugal
    荷兰 Netherlands
    比利时 Belgium
    瑞士 Switzerland
    瑞典 Sweden
    挪威 Norway
    丹麦 Denmark
    芬兰 Finland
    奥地利 Austria
    波兰 Poland
    希腊 Greece
    爱尔兰 Ireland
    乌克兰 Ukraine
    土耳其 Türkiye
    以色列 Israel
    埃及 Egypt
    南非 South Africa
    巴西 Brazil
    墨西哥 Mexico
    缅甸 Myanmar
    老挝 Laos
    柬埔寨 Cambodia
    蒙古 Mongolia
    巴基斯坦 Pakistan
    哈萨克斯坦 Kazakhstan
""")
_CLASSES = said("""
    国家机关党群组织企业事业单位负责人 Heads of state organs, organisations and enterprises
    专业技术人员 Professionals
    办事人员和有关人员 Clerks
    办事人员 Clerks
    商业服务业人员 Commerce and services
    商业服务人员 Commerce and services
    农林牧渔水利业生产人员 Agriculture, forestry, fishing, water
    农业生产人员 Agriculture
    生产运输设备操作人员 Production and transport
    生产制造工人 Production
    其他从业人员 Others at work
    不便分类的其他从业人员 Others at work
    企业负责人 Heads of enterprises
    工程技术人员 Engineers
    金融业务人员 Financial services
    销售人员 Sales
    养殖人员 Animal husbandry
    机械设备维修人员 Machine maintenance
    新闻采编人员 Journalists
    社会工作者 Social workers
    软件开发人员 Software developers
""")
"""Classes of GB/T 6565-2015 and of banks' forms."""


@cache
def occupations() -> Codes:
    """The classes, and the words of the lexicon; those have no name but themselves."""
    words = tables.groups("occupations.txt")["occupation"]
    return {**{word: (word, word) for word in words}, **_CLASSES}


def codes(kind: Kind) -> Codes:
    """The words a value of the kind is one of; none where the kind has no list."""
    if kind == Kind.OCCUPATION:
        return occupations()
    return _OF_KIND.get(kind, {})


_OF_KIND: Mapping[Kind, Codes] = {
    Kind.SEX: SEX,
    Kind.MARITAL_STATUS: MARITAL_STATUS,
    Kind.EDUCATION: EDUCATION,
    Kind.NATIONALITY: NATIONALITY,
}
