"""Secrets that authenticate: passwords, one-time codes, card verification values. Only a label tells."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores
from masking.recognisers.shapes import either

_LABEL = (
    "(?:(?:登录|支付|交易|查询|取款|银行卡|网银|初始|手势)?(?:密码|口令)|[Pp]ass(?:word|wd)|PASSWORD"
    "|[Pp]wd|PWD|PIN码?)"
)
_SAYS = "(?:[\"']?[ ]?[:=][ ]?|[ ]?(?:是|为|改成|设为|设成|设的|设置为|改为|换成|叫|就是)[ :]?|[ ]is[ :]?[ ]?)[\"'“]?"
_MARK = "[!#-&(-+\\--:<-{}~]"
_LAST = "[!#-&+*\\-/-9=@-~]"
"""What a password may be made of, and what it may end with: no stop, no bracket."""
_NO_LETTER = "[!#-&+*\\-/-9@_]"

PASSWORD = Recogniser(
    kind=Kind.PASSWORD,
    name="password",
    pattern=f"{_LABEL}(?:[ ]?{_MARK}{{4,32}}(?:改成|改为|换成)|{_SAYS})({_MARK}{{3,31}}{_LAST})",
    scores=Scores(shape=0.85, context=0.85),
    edges=Edges(before="", after="0-9A-Za-z", decimal=True),
    against=(),
    separators="",
    gate="[码令dDN]",
    cell=".{4,128}",
    shortest=4,
)

PASSWORD_BARE = Recogniser(
    kind=Kind.PASSWORD,
    name="password_bare",
    pattern=f"{_LABEL}[ ]?("
    + either(
        f"[A-Za-z]{{0,30}}{_NO_LETTER}{_MARK}{{2,30}}{_LAST}",
        f"[A-Za-z]{{2,30}}{_NO_LETTER}{_MARK}{{0,30}}{_LAST}",
        f"[A-Za-z]{{3,30}}{_NO_LETTER}",
    )
    + ")",
    scores=Scores(shape=0.85, context=0.85),
    edges=Edges(before="", after="0-9A-Za-z位次个", decimal=True),
    against=(),
    separators="",
    gate="[码令dDN]",
    cell=".{4,128}",
    shortest=4,
)
"""With no more than a blank before it: never a word of letters only, as in `password must be`."""

OTP = Recogniser(
    kind=Kind.OTP,
    name="otp",
    pattern=(
        "(?:短信验证码|一次性密码|一次性口令|动态验证码|手机验证码|验证码|校验码|动态码|动态口令|动态密码|短信码|认证码|激活码|取件码|"
        "[Oo]ne-time (?:code|password|passcode)|[Vv]erification code|OTP|[Ss]ecurity code"
        "|[Ss]ms[Cc]ode|[Vv]erify[Cc]ode)(?:收到了?[,，]?|到了[,，]?)?"
        "(?:[\"']?[ ]?(?:[:=]|是|为|is)[ ]?[\"']?|[ ])?([0-9]{4,8})"
    ),
    scores=Scores(shape=0.9, context=0.9),
    edges=Edges(before="", after="0-9A-Za-z"),
    against=(),
    separators="",
    gate="码|令|ode|ne-time|OTP",
    cell="[0-9]{4,8}",
    shortest=4,
)

OTP_BEFORE = Recogniser(
    kind=Kind.OTP,
    name="otp_before_its_label",
    pattern=(
        "([0-9]{4,8})(?:完成(?:身份)?验证"
        "|(?:[ ]?[(（]|[ ]?[是为](?:您|你|本次|该)?|,[ ]?|[ ](?:is|as)[ ](?:your|the)[ ])"
        ".{0,12}(?:验证码|校验码|动态码|动态密码|[Oo]ne-time (?:code|password|passcode)|[Vv]erification code|OTP))"
    ),
    scores=Scores(shape=0.9, context=0.9),
    edges=Edges(after=""),
    against=(),
    separators="",
    gate="码|完成|ode|ne-time|OTP",
    cell="[0-9]{4,8}",
    shortest=4,
)
"""As in 482913是您的验证码."""

CARD_SECURITY = Recogniser(
    kind=Kind.CARD_SECURITY,
    name="card_security",
    pattern=(
        "(?:CVV2?|CVC2?|CVN2?|CAV2|[Cc]vv2?|[Cc]vc2?|[Cc]vn2?|安全码|卡[片]?背[面后]?(?:[后末]?(?:三位|3位))?(?:数字|码)?|"
        "签名栏(?:[后末])?(?:三位|3位)(?:数字)?)(?:数|码)?[\"']?[ ]?(?:[:=]|是|为|is)?[ ]?[\"']?([0-9]{3,4})"
    ),
    scores=Scores(shape=0.95, context=0.95),
    edges=Edges(before="", after="0-9A-Za-z"),
    against=(),
    separators="",
    gate="[码CcV数位背]",
    cell="[0-9]{3,4}",
    shortest=3,
)
