"""Bank accounts: no common form in China (9 to 30 digits), so a label must say so."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Recogniser, Scores
from masking.recognisers.shapes import NUMBERED, SEP

BANK_ACCOUNT = Recogniser(
    kind=Kind.BANK_ACCOUNT,
    name="bank_account",
    pattern=f"[0-9]{{9,30}}|[0-9]{{4}}{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}(?:{SEP}[0-9]{{1,4}}){{0,5}}",
    context=(
        "账号", "帐号", "银行账号", "银行账户", "账户", "帐户", "对公账户", "收款账号", "收款账户", "开户账号",
        "结算账户", "基本户", "一般户", "专用账户", "折号", "存折", "活期", "a/c",
        "account", "account no", "account number", "acct", "bank account",
    ),
    needs_context=True,
    scores=Scores(context=0.7),
    glued=NUMBERED,
    shortest=9,
)  # fmt: skip
