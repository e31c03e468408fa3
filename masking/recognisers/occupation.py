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
FORM = "(?:职业|岗位|职务|职位|工种|(?i:occupation|job title|profession))"
NONE = "未|无|不|请|必|待定|其[他它]|空|信息|类型|代码|名称|说明|同上|略|保密"


@dataclass(frozen=True)
class Occupations:
    """Occupations after a label."""

    kind: Kind = Kind.OCCUPATION
    name: str = "occupation"
    gate: str = "职业|工作|岗位|职务|职位|从事|任职|担任|是一|是名|是个|身份|本人是|[做当为]"

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
            f"(?:{labels})(?:现)?[\"']?[为是:= ]{{0,2}}[\"']?(?:一名|一位|名|个)?({words})(?![一-龥])"
            f"|{FORM}[\"']?[ ]?[:=][ ]?[\"']?(?!{NONE})([一-龥]{{2,12}})(?![一-龥])"
            f"|(?:{labels})(?:现)?[为是: ]{{0,2}}(?:一名|一位|名|个)?({words})"
        )


OCCUPATION = Occupations()
