"""Part: only one end is left of the value. A postcode's first three digits."""

from dataclasses import dataclass

from masking.rules.rule import Rule, all_digits


@dataclass(frozen=True)
class Part(Rule):
    """Leave `count` characters, and nothing of a value that is no longer than that."""

    count: int
    from_end: bool = False
    numbers: bool = False
    """Of what is no number, nothing is left: a name among postcodes."""

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("at least one character is left")

    def left(self) -> str:
        return f".{{{self.count}}}"

    def hidden(self, text: str) -> str | None:
        if len(text) <= self.count or (self.numbers and text.strip("0123456789")):
            return None
        return text[-self.count :] if self.from_end else text[: self.count]

    def hidden_sql(self, text: str) -> str:
        cut = "right" if self.from_end else "left"
        digits = f" AND {all_digits(text)}" if self.numbers else ""
        return (
            f"CASE WHEN length({text}) > {self.count}{digits} THEN {cut}({text}, {self.count}) END"
        )
