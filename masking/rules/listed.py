"""Listed: a word that many share is shown, whatever else somebody typed into the field is 其他."""

from dataclasses import dataclass, replace
from typing import ClassVar

from masking.codes import codes
from masking.kinds import Kind
from masking.rules.rule import Rule
from pipelines.core.sql import literal

OTHER = "其他"
"""What stands for every word that is not listed."""


@dataclass(frozen=True)
class Listed(Rule):
    """Show a word of the kind's list, and of every other that there is one.

    For a column of the warehouse the `mask` step knows more words: those its declaration lists, and those so
    many customers share that they tell of nobody.
    """

    words: tuple[str, ...] = ()
    prepared: ClassVar[bool] = True
    shows: ClassVar[bool] = True

    def of(self, kind: Kind) -> "Listed":
        return replace(self, words=tuple(codes(kind)))

    def left(self) -> str:
        return OTHER

    def hidden(self, text: str) -> str:
        return text if text in self.words else OTHER

    def hidden_sql(self, text: str) -> str:
        if not self.words:
            return literal(OTHER)
        words = ", ".join(map(literal, self.words))
        return f"CASE WHEN {text} IN ({words}) THEN {text} ELSE {literal(OTHER)} END"
