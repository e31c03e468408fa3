"""Amounts of money that a word says are somebody's income, balance, assets or payment."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores

_AMOUNT = (
    "(?:[¥￥$][ ]?|(?:RMB|CNY|USD|HKD|人民币)[ ]?)?(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,14})(?:[.][0-9]{1,4})?"
    "[ ]?(?:百万|千万|[十百千万亿wWkK]){0,2}(?:元|块钱|块|美元|港元|港币|RMB|CNY|USD|HKD)?"
)
_SAYS = "[ :是为约达有共在了到计近:]{0,4}"


def _amount(kind: Kind, name: str, label: str) -> Recogniser:
    return Recogniser(
        kind=kind,
        name=name,
        pattern=f"(?:{label}){_SAYS}({_AMOUNT})",
        scores=Scores(shape=0.8, context=0.8),
        edges=Edges(before="", after="0-9A-Za-z%"),
        against=(),
        separators=" ,",
        gate="[0-9]",
        cell=_AMOUNT,
        shortest=1,
    )


INCOME = _amount(
    Kind.INCOME,
    "income",
    "年收入|月收入|家庭收入|税前收入|税后收入|总收入|收入|年薪|月薪|薪资|薪酬|薪水|工资|奖金|(?i:salary|income)",
)
BALANCE = _amount(Kind.BALANCE, "balance", "账户余额|可用余额|卡内余额|余额|结余|(?i:balance)")
ASSET = _amount(
    Kind.ASSET,
    "asset",
    "总资产|净资产|资产|存款|理财|房产价值|持仓|市值|公积金|(?i:assets?|deposits?)",
)
TRANSACTION = _amount(
    Kind.TRANSACTION,
    "transaction",
    "交易金额|转账|汇款|汇入|转入|转出|消费|支付|付款|扣款|还款|取现|取款|充值|退款|支出|存入|(?i:paid|payment|transfer(?:red)?)",
)
