"""Bank cards: ISO/IEC 7812 numbers of 13 to 19 digits, proven by Luhn's check digit.

Not every card's agrees. Such a number is suspect if a card word stands beside it, or if its prefix is listed
with its length: by accident one in two hundred numbers of the shape are, and one in ten pass Luhn's check.

UnionPay's 62 has 16 to 19 digits; banks' own older prefixes (95599, 955880, 6013…, 9558…, 103, 185…)
and the international schemes stand beside it. Which bank issued a card, and of which type: `card_issuer`.
"""

from masking.kinds import Kind
from masking.recognisers import checksum
from masking.recognisers.card_issuer import issuer
from masking.recognisers.recogniser import LABELLED_OTHERWISE, Recogniser, Scores
from masking.recognisers.shapes import NUMBERED, SEP, either

CONTEXT = (
    "银行卡", "卡号", "银行卡号", "信用卡", "借记卡", "储蓄卡", "贷记卡", "工资卡", "社保卡", "银联", "尾号", "刷卡",
    "绑定", "办卡", "卡片", "账号", "帐号", "账户", "bank card", "card", "card no", "card number", "credit card",
    "debit card",
    "unionpay", "visa", "mastercard", "amex", "jcb",
)  # fmt: skip

DOCUMENTS = (
    "身份证",
    "身份证号",
    "身份证号码",
    "证件号",
    "证件号码",
    "公民身份号码",
    "信用代码",
    "税号",
)
"""Labels of numbers that a card number is not."""

_UNIONPAY = (
    f"(?:62|81)[0-9]{{2}}{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}(?:{SEP}[0-9]{{1,3}})?"
)
_UNIONPAY_6 = f"62[0-9]{{4}}{SEP}[0-9]{{10,13}}"
_SIXTEEN = (
    "(?:[456][0-9]{3}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)|35(?:2[89]|[3-8][0-9]))"
    f"{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}"
)
"""Visa, Mastercard, Maestro, Discover, JCB, and the banks' own sixteen digits."""
_OWN = (
    "(?:[459][0-9]{3}|8[478][0-9]{2}|6[0689][0-9]{2}|303[0-9]|3776)"
    f"{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}(?:{SEP}[0-9]{{1,3}})?"
)
_AMEX = f"3[47][0-9]{{2}}{SEP}[0-9]{{6}}{SEP}[0-9]{{5}}"
_DINERS = f"3(?:0[0-5]|[689][0-9])[0-9]{SEP}[0-9]{{6}}{SEP}[0-9]{{4}}"

BANK_CARD = Recogniser(
    kind=Kind.BANK_CARD,
    name="bank_card",
    pattern=either(_UNIONPAY_6, _UNIONPAY, _SIXTEEN, _AMEX, _DINERS),
    context=CONTEXT,
    proof=checksum.LUHN,
    issued=lambda number: issuer(number) is not None,
    scores=Scores(proven=0.92, suspect=0.7),
    gate="[0-9]{3}",
    glued=NUMBERED,
    against=(*LABELLED_OTHERWISE, *DOCUMENTS),
    shortest=14,
    chance=0.1,
)

BANK_CARD_OWN = Recogniser(
    kind=Kind.BANK_CARD,
    name="bank_card_own_prefix",
    pattern=either(
        _OWN,
        f"(?:1[0-9]{{3}}|6282|6907|9555){SEP}[0-9]{{4}}{SEP}[0-9]{{4}}{SEP}[0-9]{{3}}",
        f"(?:103|185)[0-9]{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}{SEP}[0-9]{{2,3}}",
    ),
    context=CONTEXT,
    needs_context=True,
    proof=checksum.LUHN,
    scores=Scores(proven=0.9, suspect=0.65),
    gate="[0-9]{3}",
    glued=NUMBERED,
    against=(*LABELLED_OTHERWISE, *DOCUMENTS),
    shortest=15,
    chance=0.1,
)
