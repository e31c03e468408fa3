"""Mobile numbers: the mainland's (MIIT numbering plan, all prefixes in use), Hong Kong's, Macao's, Taiwan's.

With or without +86, 0086, blanks and hyphens; elsewhere with the country code, or in Taiwan's own form.
"""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores
from masking.recognisers.shapes import DIALLED_ABROAD, NORTH_AMERICAN, SEP, either

CONTEXT = (
    "手机", "手机号", "手机号码", "电话", "联系电话", "联系方式", "移动电话", "拨打", "致电", "来电", "号码", "短信",
    "预留", "联系", "微信", "支付宝", "phone", "mobile", "cell", "cellphone", "tel", "telephone", "call", "contact",
    "sms",
    "whatsapp", "wechat",
)  # fmt: skip

_PREFIX = "1(?:3[0-9]|4[0-9]|5[0-35-9]|6[25-7]|7[0-8]|8[0-9]|9[0-35-9])"
_LABEL = "(?:[Tt][Ee][Ll]|[Pp]hone|PHONE|[Mm]obile|MOBILE|[Mm]ob|MOB|[Cc]ell|CELL)?"
_COUNTRY = "(?:(?:[+]|00)?[(]?86[)]?[ -]?|[(][+]?86[)][ -]?)?"
_BODY = either(
    f"{_PREFIX}{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}",
    f"0{_PREFIX}[0-9]{{8}}",
    f"{_PREFIX}[0-9]{SEP}[0-9]{{4}}{SEP}[0-9]{{3}}",
    f"{_PREFIX}[0-9]{SEP}[0-9]{{3}}{SEP}[0-9]{{4}}",
    f"{_PREFIX}{SEP}[0-9]{{3}}{SEP}[0-9]{{5}}",
    f"{_PREFIX}{SEP}[0-9]{{5}}{SEP}[0-9]{{3}}",
    f"{_PREFIX}[0-9]{{2}}{SEP}[0-9]{{3}}{SEP}[0-9]{{3}}",
    f"{_PREFIX}[0-9]{{2}}{SEP}[0-9]{{2}}{SEP}[0-9]{{4}}",
    f"{_PREFIX}[.][0-9]{{4}}[.][0-9]{{4}}",
    f"{_PREFIX}{SEP}[0-9]{{2}}{SEP}[0-9]{{2}}{SEP}[0-9]{{2}}{SEP}[0-9]{{2}}",
)

MOBILE = Recogniser(
    kind=Kind.MOBILE,
    name="mobile",
    pattern=f"{_LABEL}({_COUNTRY}{_BODY})",
    context=CONTEXT,
    scores=Scores(shape=0.75, context=0.9),
    edges=Edges(after="0-9A-Za-z@", label="[Qq][Qq]|[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat|[Ee]-?mail"),
    gate="[0-9]{2}",
    shortest=11,
    alike="[0-9]{11}",
    chance=0.08,
)

MOBILE_ABROAD = Recogniser(
    kind=Kind.MOBILE,
    name="mobile_hkmotw",
    pattern=either(
        f"(?:[+]|00)[(]?852[)]?{SEP}[4-9][0-9]{{3}}{SEP}[0-9]{{4}}",
        f"(?:[+]|00)[(]?853[)]?{SEP}6[0-9]{{3}}{SEP}[0-9]{{4}}",
        f"(?:[+]|00)[(]?886[)]?{SEP}0?9[0-9]{{2}}{SEP}[0-9]{{3}}{SEP}[0-9]{{3}}",
        f"[(]?852[)]?[ -][4-9][0-9]{{3}}{SEP}[0-9]{{4}}",
        f"[(]?853[)]?[ -]6[0-9]{{3}}{SEP}[0-9]{{4}}",
        f"[(]?886[)]?[ -]0?9[0-9]{{2}}{SEP}[0-9]{{3}}{SEP}[0-9]{{3}}",
        "09[0-9]{2}[ -][0-9]{3}[ -][0-9]{3}",
        "09[0-9]{2}[ -][0-9]{6}",
    ),
    context=CONTEXT,
    scores=Scores(shape=0.8, context=0.9),
    edges=Edges(before="0-9A-Za-z+"),
    shortest=11,
    gate="[0-9]{2}",
)

MOBILE_LOCAL = Recogniser(
    kind=Kind.MOBILE,
    name="mobile_local",
    pattern=f"09[0-9]{{8}}|[5-9][0-9]{{3}}{SEP}[0-9]{{4}}|6[0-9]{{3}}{SEP}[0-9]{{4}}",
    context=(
        "手机",
        "手机号",
        "手机号码",
        "移动电话",
        "香港电话",
        "香港手机",
        "澳门手机",
        "台湾手机",
        "mobile",
        "cell",
        "cellphone",
    ),
    needs_context=True,
    scores=Scores(context=0.7),
    shortest=8,
)

MOBILE_ABROAD_LOCAL = Recogniser(
    kind=Kind.MOBILE,
    name="mobile_abroad_local",
    pattern=NORTH_AMERICAN,
    context=("手机", "移动电话", "mobile", "cell", "cellphone"),
    needs_context=True,
    scores=Scores(context=0.7),
    shortest=10,
    cell=DIALLED_ABROAD,
)
