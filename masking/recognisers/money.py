"""Amounts of money that a word says are somebody's income, balance, assets or payment."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores
from masking.recognisers.shapes import either

_SIGN = "(?:(?:US|HK|CN)?[¥￥$€£][ ]?|(?:RMB|CNY|USD|HKD|EUR|人民币|美元|港币)[ ]?)?"
_UNIT = "(?:元|圆|块钱|块|美元|港元|港币|欧元|RMB|CNY|USD|HKD)"
_HAN = (
    "[一二三四五六七八九十百千万亿两零〇壹贰叁肆伍陆柒捌玖拾佰仟]{1,20}"
    "(?:[元圆](?:整|[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖角分]{1,5})?|块钱?)"
)
_AMOUNT = either(
    f"{_SIGN}(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,5}}|[0-9]{{1,14}})(?:[.][0-9]{{1,4}})?"
    f"[ ]?(?:百万|千万|[十百千万亿wWkK]){{0,2}}(?:[0-9]{{1,4}}[百千万])?{_UNIT}?整?",
    f"{_SIGN}{_HAN}",
)
_SAYS = (
    "(?:[ :=是为约达有共在了到计近给被\"'>]|金额|本金|改为|[(](?:税前|税后|大写|小写|元)[)]){0,4}"
)
_NUMBER = "(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,14})(?:[.][0-9]{1,4})?[ ]?"
_MONEY = either(
    "(?:(?:US|HK|CN)?[¥￥$€£][ ]?|(?:RMB|CNY|USD|HKD|EUR|人民币|美元|港币)[ ]?)"
    f"{_NUMBER}(?:[十百千万亿]){{0,2}}(?:[0-9]{{1,4}}[百千万])?{_UNIT}?整?",
    f"{_NUMBER}(?:[百千]?万|[百千亿十]){{0,2}}(?:[0-9]{{1,4}}[百千万])?{_UNIT}整?",
    f"{_NUMBER}(?:[百千]?万|亿)",
    f"{_SIGN}{_HAN}",
)
"""An amount that shows by itself that it is one of money, or of tens of thousands."""


def _amount(kind: Kind, name: str, label: str) -> Recogniser:
    return Recogniser(
        kind=kind,
        name=name,
        pattern=f"(?:{label}){_SAYS}({_AMOUNT})",
        scores=Scores(shape=0.8, context=0.8),
        edges=Edges(before="", after="0-9A-Za-z%"),
        against=(),
        separators=" ,",
        gate="[0-9元圆块]",
        cell=_AMOUNT,
        shortest=1,
    )


INCOME = _amount(
    Kind.INCOME,
    "income",
    "年收入|月收入|家庭收入|税前收入|税后收入|总收入|收入|年薪|月薪|薪资|薪酬|薪水|工资|奖金|退休金|养老金|实发|应发|到手|绩效|(?i:salary|income)",
)
BALANCE = _amount(Kind.BALANCE, "balance", "账户余额|可用余额|卡内余额|余额|结余|(?i:balance)|bal")
ASSET = _amount(
    Kind.ASSET,
    "asset",
    "总资产|净资产|资产|注册资本|存款|存了|理财赎回|理财|定期|活期|估值|房产价值|持仓|市值|公积金|(?i:assets?|deposits?)",
)
TRANSACTION = _amount(
    Kind.TRANSACTION,
    "transaction",
    "交易金额|金额|转账|汇款|汇入|转入|转出|消费|支付|付款|扣款|还款|取现|取款|取了|充值|充|往来款|货款|缴费|退款|支出|存入|贷款|借款|欠款|保费|赔款"
    "|(?i:paid|payment|transfer(?:red)?|amount|wire)",
)

MONEY = Recogniser(
    kind=Kind.TRANSACTION,
    name="money",
    pattern=_MONEY,
    context=(
        "工资", "薪", "收入", "存了", "存入", "存款", "取", "转", "汇", "付", "扣", "还款", "还了", "还有",
        "欠", "借", "贷",
        "余额", "账", "帐", "打款", "领", "发放", "已发", "退款", "退休", "赔", "保费", "保额", "房产",
        "资产", "理财", "基金",
        "定期", "活期", "消费", "支付宝", "微信零钱", "充值", "缴", "交了", "花了", "损失", "骗", "盗", "金额",
        "paid", "amount",
        "amt", "salary", "balance", "transfer", "deposit", "owe", "debt", "wire",
    ),
    needs_context=True,
    scores=Scores(context=0.7),
    edges=Edges(after="0-9A-Za-z%米克吨人次条笔度股份户名位年月日天号分里公"),
    against=(),
    separators=" ,",
    gate="[0-9元圆块]",
    cell=_AMOUNT,
    shortest=2,
)  # fmt: skip
"""In a sentence that speaks of paying, owning or owing."""
