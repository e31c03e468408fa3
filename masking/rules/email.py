"""E-mail: the first character and the domain stay. a***@example.com."""

from dataclasses import dataclass

from masking.rules.rule import Rule


@dataclass(frozen=True)
class Email(Rule):
    """Show the first of several characters before the one @, and the domain; else nothing of it."""

    def left(self) -> str:
        return ".?[*]{3}@.*|[*]{3}"

    def hidden(self, text: str) -> str:
        local, _, domain = text.partition("@")
        if text.count("@") != 1 or not local:
            return "***"
        return f"{local[:1] if len(local) > 1 else ''}***@{domain}"

    def hidden_sql(self, text: str) -> str:
        at = f"strpos({text}, '@')"
        domain = f"right({text}, length({text}) - {at})"
        return (
            f"CASE WHEN {at} <= 1 OR length(replace({text}, '@', '')) <> length({text}) - 1 THEN '***'"
            f" WHEN {at} = 2 THEN '***@' || {domain}"
            f" ELSE left({text}, 1) || '***@' || {domain} END"
        )
