"""Traits written as one of a few words; in text a label must say so.

Sex (GB/T 2261.1), marital status (GB/T 2261.2), ethnic group (GB/T 3304), education (GB/T 4658),
nationality (GB/T 2659), religion.
"""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores

_SEX = "未说明的性别|未说明|男性|女性|男士|女士|先生|小姐|男|女|[Mm]ale|[Ff]emale|MALE|FEMALE"
PEOPLES = (
    "鄂伦春|鄂温克|柯尔克孜|达斡尔|俄罗斯|塔塔尔|乌孜别克|维吾尔|哈萨克|仡佬|仫佬|保安|傈僳|裕固|德昂|布朗|布依|撒拉|"
    "毛南|景颇|水|汉|满|蒙古|回|藏|苗|彝|壮|朝鲜|侗|瑶|白|土家|哈尼|傣|黎|佤|畲|高山|拉祜|东乡|纳西|土|羌|锡伯|阿昌|"
    "普米|塔吉克|怒|京|独龙|门巴|珞巴|基诺|赫哲"
)
"""The ethnic groups of GB/T 3304, without 族."""
_MARITAL = "未婚|已婚|离异|离婚|丧偶|再婚|初婚|复婚|[Ss]ingle|[Mm]arried|[Dd]ivorced|[Ww]idowed"
_EDUCATION = (
    "博士研究生|硕士研究生|研究生|博士后|博士|硕士|大学本科|本科|学士|大学专科|大专|专科|高职|中专|中职|中等专业学校|"
    "职业高中|职高|技工学校|技校|普通高中|高中|初中|小学|文盲|半文盲|[Pp]h[Dd]|[Mm]aster(?:'s)?|[Bb]achelor(?:'s)?|"
    "[Hh]igh [Ss]chool|[Dd]octorate|[Cc]ollege"
)
_NATION = (
    "中国香港|中国澳门|中国台湾|中华人民共和国|中国|美国|英国|日本|韩国|朝鲜|法国|德国|俄罗斯|加拿大|澳大利亚|新加坡|"
    "马来西亚|泰国|越南|印度尼西亚|印度|菲律宾|意大利|西班牙|荷兰|巴西|新西兰|瑞士|瑞典|缅甸|老挝|柬埔寨|蒙古|巴基斯坦|"
    "哈萨克斯坦|南非|埃及|土耳其|墨西哥|乌克兰|葡萄牙|比利时|奥地利|波兰|挪威|丹麦|芬兰|爱尔兰|希腊|以色列|"
    "[Cc]hina|[Cc]hinese|CHN|USA|GBR|JPN|KOR|HKG|MAC|TWN|SGP|MYS|CAN|AUS"
)
_RELIGION = "佛教|道教|伊斯兰教|天主教|基督教|东正教|犹太教|印度教|无宗教信仰|无神论"


def _trait(kind: Kind, label: str, written: str) -> Recogniser:
    return Recogniser(
        kind=kind,
        name=kind.value,
        pattern=f"(?:{label})[ ]?[:是为]?[ ]?({written})",
        scores=Scores(shape=0.8, context=0.8),
        edges=Edges(before="", after="", decimal=True),
        against=(),
        separators="",
        gate=f"(?:{label})",
        cell=written,
        telling=True,
    )


SEX = _trait(Kind.SEX, "性别|[Ss]ex|[Gg]ender", _SEX)
ETHNICITY = _trait(Kind.ETHNICITY, "民族|族别|[Ee]thnicity", f"(?:{PEOPLES})族?|[Hh]an")
MARITAL_STATUS = _trait(
    Kind.MARITAL_STATUS, "婚姻状况|婚姻|婚否|婚况|[Mm]arital [Ss]tatus", _MARITAL
)
EDUCATION = _trait(Kind.EDUCATION, "学历|文化程度|教育程度|学位|[Ee]ducation", _EDUCATION)
NATIONALITY = _trait(
    Kind.NATIONALITY, "国籍|[Nn]ationality|[Cc]itizenship", f"(?:{_NATION})(?:籍|国籍)?"
)
RELIGION = _trait(Kind.RELIGION, "宗教信仰|宗教|信仰|[Rr]eligion", _RELIGION)
