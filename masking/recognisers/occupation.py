"""Occupations: a word of the classification (职业分类大典, 2022) that a label says is one.

经理 alone is how one addresses somebody; 职业:经理 or 从事会计工作 is what a person does. After a form's label and
colon any words are an occupation but those that say that there is none.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from masking.kinds import Kind
from masking.lexicon import tables
from masking.normalise import Normalised
from masking.recognisers.recogniser import Span

SCORE = 0.6
FORM = "(?:职[ ]*业|岗位|职务|职位|工种|TITLE|(?i:occupation|job title|profession))"
KIN = "(?:我|他|她|本人|丈夫|妻子|老公|老婆|爱人|配偶|父亲|母亲|爸爸|妈妈|儿子|女儿)"
RANK = (
    "(?:离退休|退休|小学|中学|高中|大学|高级|中级|初级|资深|实习|牙科|外科|内科|儿科|外卖|建筑|汽车|销售"
    "|行政|三甲医院)?"
)
"""What may stand before the word of an occupation."""
NONE = "未|无|不|请|必|待定|其[他它]|空|信息|类型|代码|名称|说明|同上|略|保密"


@dataclass(frozen=True)
class Occupations:
    """Occupations after a label."""

    kind: Kind = Kind.OCCUPATION
    name: str = "occupation"
    gate: str = "职[ ]*业|工作|岗位|职务|职位|从事|任|是|身份|[做当为干]|TITLE|(?i:occupation|profession|job title)"

    def spans(self, text: Normalised) -> list[Span]:
        """The occupations, in order of position."""
        return [
            Span(self.kind, *text.span(*match.span(match.lastindex or 0)), SCORE)
            for match in self.compiled.finditer(text.simplified)
        ]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """A label, and the occupation after it."""
        found = tables.groups("occupations.txt")
        labels = "|".join(sorted(map(re.escape, found["label"]), key=len, reverse=True))
        words = "|".join(sorted(map(re.escape, found["occupation"]), key=len, reverse=True))
        return re.compile(
            f"(?:{labels})(?:现|变更)?[\"']?[为是:= ]{{0,2}}[\"']?(?:一名|一位|名|个)?({RANK}(?:{words}))(?![一-龥])"
            f"|(?:{KIN}(?:现在|目前|以前)?[是为做当干]|[,，、。]任)(?:一名|一位|名|个)?({RANK}(?:{words}))"
            f"|{FORM}[\"']?[ ]?[:=][ ]?[\"']?(?!{NONE})"
            "([一-龥]{2,12}|[a-z]{3,20}(?:[ ][a-z]{3,20}){0,2})(?![一-龥a-z])"
            f"|(?:{labels})(?:现)?[为是: ]{{0,2}}(?:一名|一位|名|个)?({words})"
        )


OCCUPATION = Occupations()
