"""Free text: the spans that reveal something are hidden, the rest is shown. Rendered by the `mask` step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from masking.kinds import Kind
from masking.rules.rule import Rule
from pipelines.core.errors import ConfigError

LABELS: Mapping[Kind, str] = {
    Kind.PERSON_NAME: "姓名", Kind.RESIDENT_ID: "身份证号", Kind.PASSPORT: "护照号",
    Kind.HKMO_PERMIT: "港澳通行证号", Kind.TW_PERMIT: "台胞证号",
    Kind.FOREIGN_PR_CARD: "外国人永久居留证号", Kind.MILITARY_ID: "军官证号",
    Kind.DRIVER_LICENCE: "驾驶证号", Kind.USCC: "统一社会信用代码", Kind.COMPANY_NAME: "企业名称",
    Kind.MOBILE: "手机号", Kind.LANDLINE: "固定电话", Kind.EMAIL: "邮箱", Kind.ADDRESS: "地址",
    Kind.POSTCODE: "邮编", Kind.BANK_CARD: "银行卡号", Kind.BANK_ACCOUNT: "银行账号",
    Kind.PLATE: "车牌号", Kind.VIN: "车架号", Kind.WECHAT: "微信号", Kind.QQ: "QQ号",
    Kind.IP: "IP地址", Kind.MAC: "MAC地址", Kind.IMEI: "设备号", Kind.BIRTH_DATE: "出生日期",
    Kind.AGE: "年龄", Kind.SEX: "性别", Kind.NATIONALITY: "国籍", Kind.ETHNICITY: "民族",
    Kind.RELIGION: "宗教信仰", Kind.MARITAL_STATUS: "婚姻状况", Kind.OCCUPATION: "职业",
    Kind.EDUCATION: "学历", Kind.EMPLOYER: "工作单位", Kind.INCOME: "收入", Kind.ASSET: "资产",
    Kind.BALANCE: "余额", Kind.TRANSACTION: "交易", Kind.CREDIT: "信用", Kind.HEALTH: "健康",
    Kind.BIOMETRIC: "生物特征", Kind.PHOTO: "照片", Kind.PASSWORD: "密码", Kind.OTP: "验证码",
    Kind.CARD_SECURITY: "卡安全码", Kind.LOCATION: "位置", Kind.OPINION: "内容",
    Kind.EVENT_DATE: "日期", Kind.CODE: "分类", Kind.KEY: "编号", Kind.PLAIN: "内容",
}  # fmt: skip
"""What stands in a text where a span was."""


class Found(Protocol):
    """A span of a text: characters from `start` to before `end`, and what they reveal."""

    @property
    def kind(self) -> Kind: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class FreeText(Rule):
    """Show a text with each span hidden: by the rule of the span's kind, or behind the kind's label.

    A text nobody has searched is withheld, for what is in it is not known.
    """

    shown: Mapping[Kind, Rule] = field(default_factory=dict, hash=False, compare=False, repr=False)
    prepared: ClassVar[bool] = True

    def spans_hidden(self, text: str, spans: Iterable[Found]) -> str | None:
        """The text with its spans hidden; None if a span lies outside it, so is not of this text.

        Of spans that overlap, the whole stretch is hidden, as what its longest span is.
        """
        parts: list[str] = []
        at = 0
        for start, end, kind in merged(spans):
            if start < at or end > len(text):
                return None
            parts += [text[at:start], self.span_hidden(text[start:end], kind)]
            at = end
        return "".join([*parts, text[at:]])

    def left(self) -> str:
        return f".*<(?:{'|'.join(sorted(set(LABELS.values())))})>.*"

    def hidden(self, text: str) -> None:
        return None

    def hidden_sql(self, text: str) -> str:
        raise ConfigError(
            f"{self.name} cannot be said in SQL, as it needs the spans found in {text}: read the prepared column",
            f"{self.name} 需要文本中的识别结果，无法以 SQL 表达：请读取已准备的列",
        )

    def span_hidden(self, text: str, kind: Kind) -> str:
        """One span, hidden by the rule of its kind; behind the label of its kind if nothing may be shown."""
        rule = self.shown.get(kind)
        hidden = rule.mask(text) if rule else None
        return f"<{LABELS[kind]}>" if hidden is None else hidden


def merged(spans: Iterable[Found]) -> list[tuple[int, int, Kind]]:
    """Overlapping spans as one, of the kind of the longest; in order."""
    whole: list[tuple[int, int, Kind, int]] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end, s.kind)):
        length = span.end - span.start
        if length <= 0:
            continue
        if whole and span.start < whole[-1][1]:
            start, end, kind, longest = whole.pop()
            kind, longest = (span.kind, length) if length > longest else (kind, longest)
            whole.append((start, max(end, span.end), kind, longest))
        else:
            whole.append((span.start, span.end, span.kind, length))
    return [(start, end, kind) for start, end, kind, _ in whole]
