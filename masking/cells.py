"""Cells: kinds that have no pattern of their own, as predicates over a whole cell, for columns.

A share of a column's cells, and enough different ones, is the evidence; one cell proves nothing.
"""

from dataclasses import dataclass

from masking.kinds import Kind

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭"
    "廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎闫薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪"
    "庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈"
    "饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑"
    "郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉"
)

_COMPOUND = (
    "欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|东方|独孤|南宫|夏侯|呼延|端木|百里|"
    "东郭|轩辕|澹台|申屠|公冶|太史|闻人"
)


@dataclass(frozen=True)
class Cells:
    """What most cells of a column look like, if the column is of the kind."""

    kind: Kind
    name: str
    worth: str
    """Cheap predicate without which `sql` is not asked: over `l`, the cell's length, and `beyond` (`Near.query`)."""
    sql: str
    """Predicate over the normalised cell `v`."""
    share: float
    """The share of cells that must be so, where no header says so; a third of it where one does."""
    different: int
    """How many different values must be so: repeats of one word are no names."""
    en: str
    zh: str
    """What such cells look like, for the reason."""


MARKED = Cells(
    Kind.PERSON_NAME, "person_name_marked",
    "l BETWEEN 3 AND 24 AND beyond >= 32",
    f"regexp_matches(v, '^(?:(?:{_COMPOUND}|[{_SURNAMES}])[一-龥㐀-䶵]{{0,2}}(?:先生|女士|小姐|太太|阿姨|老师|师傅)"
    "|[一-龥]{2,8} ?[·•．.] ?[一-龥]{2,8}(?: ?[·•．.] ?[一-龥]{1,8})?)$')",
    0.8, 3, "a name with its dot, or with how one is addressed", "带间隔点或称呼的姓名",
)  # fmt: skip
"""Names that few words look like: so a few different ones are enough."""

CELLS: tuple[Cells, ...] = (
    MARKED,
    Cells(
        Kind.PERSON_NAME, "person_name_cell",
        "l BETWEEN 2 AND 16 AND beyond >= 32",
        f"regexp_matches(v, '^(?:(?:{_COMPOUND})[一-龥㐀-䶵]{{1,2}}|"
        f"[{_SURNAMES}][一-龥㐀-䶵]{{1,2}}"
        "|[一-龥]{2,7}[·•．.][一-龥]{1,7}(?:[·•．.][一-龥]{1,7})?)$')",
        0.8, 12, "a surname and a given name", "姓氏加名字",
    ),
    Cells(
        Kind.ADDRESS, "address_cell",
        "l BETWEEN 6 AND 120 AND beyond >= 32",
        "regexp_matches(v, "
        "'(?:省|市|区|县|州|旗|盟).{0,20}(?:镇|乡|村|路|街|道|巷|弄|号|苑|园|小区|大厦)|(?:路|街|巷|弄|大道).{0,6}[0-9]{1,5}号"
        "|(?:镇|乡|村).{0,8}(?:组|号|村|屯)') AND NOT regexp_matches(v, "
        "'(?:公司|支行|分行|银行|网点|营业部|营业厅|分理处|储蓄所|局|办事处|委员会|政府|医院|学校|中学|小学|大学|学院)$')",
        0.5, 5, "an address", "地址",
    ),
    Cells(
        Kind.COMPANY_NAME, "company_name_cell",
        "l BETWEEN 4 AND 60 AND beyond >= 16",
        "regexp_matches(v, "
        "'[一-龥)](?:公司|集团|厂|商行|商店|超市|合作社|事务所|工作室|经营部|"
        "门市部|研究院|研究所|银行|医院|学校|大学|学院|中学|小学|委员会|协会|基金会|管理局|政府|中心)(?:[(].{1,12}[)])?$')",
        0.5, 5, "the name of an organisation", "单位名称",
    ),
    Cells(
        Kind.EVENT_DATE, "event_date_cell",
        "l BETWEEN 2 AND 40",
        "regexp_matches(v, "
        "'^(?:(?:19|20|21)[0-9]{2}|9999)(?:[-/.年](?:1[0-2]|0?[1-9])[-/.月](?:3[01]|[12][0-9]|0?[1-9])日?"
        "|(?:1[0-2]|0[1-9])(?:3[01]|[12][0-9]|0[1-9]))(?:[T ].*)?$"
        "|^[0-3]?[0-9][-/.][0-3]?[0-9][-/.](?:19|20)[0-9]{2}(?:[T ].*)?$"
        "|^(?:长期|长期有效|永久|永久有效|无固定期限)$')",
        0.8, 2, "a date", "日期",
    ),
    Cells(
        Kind.OPINION, "free_text_cell",
        "l >= 15 AND (beyond >= 96 OR v LIKE '% % %')",
        "regexp_matches(v, '[，。；！？、,;!?:]|[a-z] [a-z]') AND regexp_matches(v, "
        "'(?:[一-龥][，。；！？、,;!?: ]?){6}|[a-z]+ [a-z]+ [a-z]+')",
        0.3, 5, "free text, which may hold anything", "自由文本，可能包含任何信息",
    ),
)  # fmt: skip
"""All of them, looked at in every column."""
