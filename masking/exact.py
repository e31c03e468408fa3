"""What a text says too exactly for a tier whose columns are coarser: days, sums, numbers of papers, and traits.

No recogniser of these tells what a column holds; they are looked for where a text is shown, and hidden there.
"""

import re
from collections.abc import Iterable, Iterator

from masking.kinds import Kind
from masking.recognisers import Span
from masking.recognisers.trait import PEOPLES
from masking.rules.free_text import Found, FreeText, merged

_HAN = "一二三四五六七八九十"
_MONTHS = "(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec)[a-z]*[.]?"
_WHOLE_DAY = "(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
_DAY_OF = (
    "(?:19|20)[0-9]{2}[ ]?[-/.年][ ]?[0-9]{1,2}[ ]?[-/.月][ ]?[0-9]{1,2}(?![0-9])[日号]?"
    "|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
    "|[0-9]{1,2}[-/][0-9]{1,2}[-/](?:19|20)[0-9]{2}(?![0-9])"
    "|[0-9]{1,2}月[ ]?[0-9]{1,2}(?![0-9])[日号]?"
    f"|(?:[{_HAN}〇零○]{{4}}年)?[{_HAN}]{{1,2}}月[{_HAN}]{{1,3}}[日号]"
    f"|[0-9]{{1,2}} {_MONTHS},? ?(?:(?:19|20)[0-9]{{2}})?|{_MONTHS} [0-9]{{1,2}}(?![0-9])(?:,? (?:19|20)[0-9]{{2}})?"
)
_HALF = "上午|下午|早上|晚上|凌晨|中午|傍晚|清晨"
_CLOCK = "[0-9]{1,2}[:：点时](?:[0-9]{1,2}(?:[:：分][0-9]{0,2}秒?)?|半)?"
_TIME = f"(?:[ T，,]{{0,2}}(?:{_HALF})?[ ]?{_CLOCK}|[ ]?(?:{_HALF}))?"
_NEAR = "今天|昨天|前天|明天|后天|今日|昨日|当日|当天|(?:星期|周|礼拜)[一二三四五六日天1-7]"
_DAY_AND_TIME = (
    f"(?:{_HALF})[ ]?{_CLOCK}|(?:{_NEAR})(?:{_HALF})?[ ]?{_CLOCK}"
    f"|[0-9]{{1,2}}/[0-9]{{1,2}}[ ]?(?:{_HALF}|{_CLOCK})|[0-9]{{1,2}}[号日](?:{_HALF})(?:[ ]?{_CLOCK})?"
    f"|农历[正冬腊一二三四五六七八九十]{{1,2}}月(?:初|廿)?[{_HAN}]{{1,3}}"
)
"""A time of some day, and a day that a calendar names otherwise."""
_SUM = "(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.][0-9]+)?"
_PAID = (
    "月供|合计|共计|总计|总额|总价|本息|利息|手续费|年费|首付|押金|定金|罚息|滞纳金|违约金|额度|保额|定额|赔付|返还|应缴|实缴|"
    "欠费"
)
_UNIT = "(?:[百千]?万|亿)?(?:元|圆|块钱?|万|亿)整?"
_IN_WORDS = (
    "[壹贰叁肆伍陆柒捌玖拾佰仟万亿零〇]{2,20}(?:[元圆](?:整|[零壹贰叁肆伍陆柒捌玖角分]{1,5})?|整)"
    "|[一二两三四五六七八九十百千万]{2,12}(?:元|块)"
)
_TESTED = "(?:[A-Za-z][A-Za-z0-9-]{1,7}|[\u4e00-\u9fff]{0,4})[ ]?(?:抗体|抗原)?[ ]?(?:弱?阳性|阴性)"
_FOUND_ILL = "(?:诊断(?:编码|结果)?|确诊|主诉|病史|过敏史|现病史|既往史)[为是:：][ ]?"
_KEYS = "(?i:bearer|basic)[ ]+|(?i:token|session_?id|jsessionid|api[_-]?key|secret|ticket)[\"']?[ ]?[=:][ ]?[\"']?"
_PAPER = (
    "流水|合同|协议|保单|工单|订单|运单|快递|发票|票据|凭证|序列|设备|交易|批次|受理|案件|业务|档案|申请|回单|借据|会员|客户|"
    "户|表|单|编|文|批|证"
)
_ILL = (
    "聋哑|残疾|乙肝|甲肝|丙肝|肝炎|艾滋病?|[Hh][Ii][Vv]|梅毒|性病|癌|肿瘤|白血病|尿毒症|透析|血透|糖尿病|高血压|心脏病|冠心病|抑郁|精神病|精神分裂|"
    "癫痫|怀孕|孕妇|孕期|流产|化疗|手术|住院|病危|瘫痪|中风|失明|失聪|盲人|自闭症|痴呆|传染病|肺结核"
)
LOOKED_FOR: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.EVENT_DATE, re.compile(f"(?<![0-9./])((?:{_DAY_OF}){_TIME}|{_DAY_AND_TIME})")),
    (
        Kind.TRANSACTION,
        re.compile(
            f"(?<![A-Za-z])((?:USD|RMB|CNY|HKD|EUR|GBP|JPY)[ ]?{_SUM})|(?<![0-9A-Za-z.,])({_SUM}[ ]?{_UNIT})"
            f"|({_IN_WORDS})|(?:{_PAID})[了为是:： ]{{0,2}}([¥￥]?{_SUM}[ ]?(?:{_UNIT})?)"
            "|(?<![0-9A-Za-z.,])((?:[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]+)?|[0-9]+[.][0-9]{2})(?![0-9%,.]))"
        ),
    ),
    (
        Kind.KEY,
        re.compile(
            f"(?:(?:{_PAPER})(?:编号|号码?|代码)?|编码|尾号|流水)[ :：#为是]{{0,3}}"
            "((?=[A-Za-z_/-]{0,12}[0-9])[A-Za-z0-9][A-Za-z0-9_/-]{3,40})"
            "|([甲乙丙丁沪京粤]?字第[ ]?[0-9]{1,12}号|[(（](?:19|20)[0-9]{2}[)）][\u4e00-\u9fff]{1,2}[0-9]{0,4}"
            "(?:民|刑|行|执|商|仲|财|破)[\u4e00-\u9fff]{0,3}[ ]?第?[0-9]{1,8}号)"
            "|(?<![A-Za-z0-9_-])(?<![0-9][.])((?=[A-Za-z_-]{0,12}[0-9_-]*[0-9]{5})[A-Za-z0-9_-]{6,40})(?![A-Za-z0-9])"
        ),
    ),
    (
        Kind.HEALTH,
        re.compile(
            f"((?:{_ILL})(?:患者|携带者|病人|人士?)?)(?!.{{0,2}}险)|({_TESTED})|{_FOUND_ILL}([^，,。；;|\\s]{{2,20}})"
        ),
    ),
    (Kind.PASSWORD, re.compile(f"(?:{_KEYS})([A-Za-z0-9._~+/=%-]{{6,}})")),
    (
        Kind.RELIGION,
        re.compile("((?:信|拜)(?:佛|道?教|道|耶稣|基督|真主)|(?:佛|基督|天主|伊斯兰)教徒?|基督徒|穆斯林|清真)"),
    ),
    (Kind.ETHNICITY, re.compile(f"((?:{PEOPLES})族)(?![自乡])")),
    (
        Kind.OPINION,
        re.compile("(低保|五保|特困|贫困户|刑满|服刑|劳改|劳教|坐过?牢|前科|吸毒|戒毒|取保候审|同性恋|变性)"),
    ),
)  # fmt: skip
"""By kind, what is looked for; the span is the group that matched."""
_OF_DAY = re.compile(
    f"({_WHOLE_DAY}[ T，,]{{0,2}}(?:{_HALF})?[ ]?{_CLOCK})|(?:(?:{_DAY_OF})|{_NEAR})"
    f"([ T，,]{{0,2}}(?:{_HALF})?[ ]?{_CLOCK})|(?<![0-9])((?:{_HALF})[ ]?{_CLOCK})"
)
"""A day with its time, of which the day is left; else the time alone."""
EXACT_ENOUGH = ("clear", "shaped", "to_day")
"""Rules under which a text says no more than a column does; of `to_day`, but for the time."""


def hidden_in(text: str, found: Iterable[Found], rule: FreeText) -> list[Span]:
    """The spans to hide of a text, apart and in order: those found in it, and what the rule's tier is shown coarser."""
    coarser = [
        (kind, pattern)
        for kind, pattern in LOOKED_FOR
        if kind not in rule.shown or rule.shown[kind].name not in EXACT_ENOUGH
    ]
    if (when := rule.shown.get(Kind.EVENT_DATE)) and when.name == "to_day":
        coarser.append((Kind.EVENT_DATE, _OF_DAY))
    known = list(found)
    more = (s for s in _looked_for(text, coarser) if not any(_within(s, k) for k in known))
    spans = [*known, *more]
    return [Span(kind, start, end, 1.0) for start, end, kind in merged(spans)]


def _within(span: Found, other: Found) -> bool:
    return other.start <= span.start and span.end <= other.end


def _looked_for(text: str, wanted: Iterable[tuple[Kind, re.Pattern[str]]]) -> Iterator[Span]:
    for kind, pattern in wanted:
        for match in pattern.finditer(text):
            group = match.lastindex or 0
            yield Span(kind, *match.span(group), 1.0)
