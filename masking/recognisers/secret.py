"""Secrets that authenticate: passwords, one-time codes, card verification values. Only a label tells."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores

_SAYS = "(?:[ ]?[:=][ ]?|[ ]?(?:是|为|改成|设为|改为|叫|就是)[ :]?|[ ])?"

PASSWORD = Recogniser(
    kind=Kind.PASSWORD,
    name="password",
    pattern=(
        "(?:(?:登录|支付|交易|查询|取款|银行卡|网银|初始|手势)?(?:密码|口令)|[Pp]ass(?:word|wd)|PASSWORD|[Pp]wd|PWD)"
        f"{_SAYS}[\"'“]?([!-&(-+\\--:<-~]{{4,32}})"
    ),
    scores=Scores(shape=0.85, context=0.85),
    edges=Edges(before="", after="0-9A-Za-z", decimal=True),
    against=(),
    separators="",
    gate="[码令dD]",
    cell=".{4,128}",
    shortest=4,
)

OTP = Recogniser(
    kind=Kind.OTP,
    name="otp",
    pattern=(
        "(?:短信验证码|动态验证码|手机验证码|验证码|校验码|动态码|动态口令|动态密码|激活码|取件码|"
        "[Oo]ne-time (?:code|password)|[Vv]erification code|OTP|[Ss]ecurity code)"
        "(?:[ ]?(?:[:=]|是|为|is)[ ]?|[ ])?([0-9]{4,8})"
    ),
    scores=Scores(shape=0.9, context=0.9),
    edges=Edges(before="", after="0-9A-Za-z"),
    against=(),
    separators="",
    gate="[码令dDeP]",
    cell="[0-9]{4,8}",
    shortest=4,
)

CARD_SECURITY = Recogniser(
    kind=Kind.CARD_SECURITY,
    name="card_security",
    pattern=(
        "(?:CVV2?|CVC2?|CVN2?|CAV2|[Cc]vv2?|[Cc]vc2?|[Cc]vn2?|安全码|卡背[面后]?(?:三位|3位)?(?:数字|码)?|"
        "签名栏(?:后)?(?:三位|3位)(?:数字)?)(?:码)?[ ]?(?:[:=]|是|为|is)?[ ]?([0-9]{3,4})"
    ),
    scores=Scores(shape=0.95, context=0.95),
    edges=Edges(before="", after="0-9A-Za-z"),
    against=(),
    separators="",
    gate="[码CcV数位]",
    cell="[0-9]{3,4}",
    shortest=3,
)
