"""Part: only one end is left of the value. A postcode's first three digits."""

from dataclasses import dataclass

from masking.rules.rule import Rule


@dataclass(frozen=True)
class Part(Rule):
    """Leave `count` characters, and nothing of a value that is no longer than that."""

    count: int
    from_end: bool = False

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("at least one character is left")

    def left(self) -> str:
        return f".{{{self.count}}}"

    def hidden(self, text: str) -> str | None:
        if len(text) <= self.count:
            return None
        return text[-self.count :] if self.from_end else text[: self.count]

    def hidden_sql(self, text: str) -> str:
        cut = "right" if self.from_end else "left"
        return f"CASE WHEN length({text}) > {self.count} THEN {cut}({text}, {self.count}) END"
