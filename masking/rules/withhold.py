"""Withhold: nothing is shown, not even whether there was something."""

from dataclasses import dataclass

from masking.rules.rule import Rule


@dataclass(frozen=True)
class Withhold(Rule):
    """Show nothing: null, whatever the value."""

    def mask(self, text: str | None) -> None:
        return None

    def hidden(self, text: str) -> None:
        return None

    def sql(self, column: str) -> str:
        return "CAST(NULL AS TEXT)"

    def hidden_sql(self, text: str) -> str:
        return "CAST(NULL AS TEXT)"
