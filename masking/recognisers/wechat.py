"""WeChat ids: a letter, then 5 to 19 letters, digits, hyphens, underscores (Tencent's own rule)."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores

_ID = "[A-Za-z][A-Za-z0-9_-]{5,19}"

WECHAT = Recogniser(
    kind=Kind.WECHAT,
    name="wechat",
    pattern=(
        "(?:微信|微信号|薇信|威信|加[vV微]|[vV]信|[vV]x|VX|wx|WX|[Ww]e[Cc]hat|WECHAT|[Ww]eixin|绿泡泡)(?:加我[啊呀吧哦]?)?"
        f'(?:号码|号|账号|[ ]?[Ii][Dd])?[ :是为"]{{0,4}}({_ID})'
    ),
    scores=Scores(shape=0.85, context=0.85),
    edges=Edges(before="0-9A-Za-z_", after="0-9A-Za-z_@-", decimal=True),
    against=(),
    separators="",
    gate="[微薇威加泡vVwW]",
    cell=_ID,
    shortest=6,
    needs_context=False,
)

WXID = Recogniser(
    kind=Kind.WECHAT,
    name="wxid",
    pattern="wxid_[0-9a-z]{10,20}",
    scores=Scores(shape=0.95, context=0.95),
    edges=Edges(before="0-9A-Za-z", after="0-9A-Za-z_", decimal=True),
    against=(),
    separators="",
    gate="wxid_",
    shortest=15,
)
