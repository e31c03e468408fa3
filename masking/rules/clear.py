"""Clear: shown as it is."""

from dataclasses import dataclass
from typing import ClassVar

from masking.rules.rule import Rule


@dataclass(frozen=True)
class Clear(Rule):
    """Show the value, in its own type."""

    shows: ClassVar[bool] = True

    def hidden(self, text: str) -> str:
        return text

    def sql(self, column: str) -> str:
        return column

    def hidden_sql(self, text: str) -> str:
        return text
