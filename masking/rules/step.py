"""Step: the band of fixed width a number lies in, or one of a few known grades. 712 is [700,750)."""

from dataclasses import dataclass

from masking.rules.amount import BAND, ends, is_number, read, whole
from masking.rules.rule import Rule
from pipelines.core.sql import literal


@dataclass(frozen=True)
class Step(Rule):
    """Show the band of `width` around a number, a word of `words` as it is, and nothing else."""

    width: int
    words: tuple[str, ...] = ()
    digits: int = 15
    """A longer number is none of these: a mobile among grades."""

    def __post_init__(self) -> None:
        if self.width < 1:
            raise ValueError("a band is 1 wide or more")

    def left(self) -> str:
        return BAND

    def hidden(self, text: str) -> str | None:
        if text in self.words:
            return text
        part = read(text)
        if part is None:
            return None
        if part[0] == "-":
            return "(,0)"
        if len(part) > self.digits:
            return None
        low = int(part) // self.width * self.width
        return f"[{low},{low + self.width})"

    def hidden_sql(self, text: str) -> str:
        words = ", ".join(literal(w) for w in self.words)
        known = f"WHEN {text} IN ({words}) THEN {text} " if words else ""
        value = f"CAST({whole(text)} AS BIGINT)"
        low = f"({value} - {value} % {self.width})"
        band = f"'[' || CAST({low} AS TEXT) || ',' || CAST({low} + {self.width} AS TEXT) || ')'"
        return (
            f"CASE {known}WHEN NOT ({is_number(text)}) THEN NULL"
            f" WHEN left({text}, 1) = '-' THEN '(,0)'"
            f" WHEN length({whole(text)}) <= {self.digits} THEN {band} END"
        )

    def bounds(self, shown: str) -> dict[str, str]:
        return {} if self.words else ends(shown)
