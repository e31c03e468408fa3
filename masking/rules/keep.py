"""Keep: both ends are shown, what lies between is hidden. 138****1234."""

import re
from dataclasses import dataclass

from masking.rules.rule import Rule
from pipelines.core.sql import literal

_WORD = b"[\\u3400-\\u9fff\\uf900-\\ufaff]{2}|[A-Za-z]{4}".decode("unicode_escape")
"""What no number begins or ends with: two Chinese characters, or four letters, are of a name or an address."""
_READ = re.compile(_WORD)


@dataclass(frozen=True)
class Keep(Rule):
    """Show the first and the last characters, unless that would hide fewer than `at_least`, or show a word.

    The middle is one star a character, or `padding` whatever its length.
    """

    first: int
    last: int
    at_least: int = 3
    padding: str = ""

    def __post_init__(self) -> None:
        if min(self.first, self.last) < 0 or self.at_least < 1:
            raise ValueError("first and last are 0 or more, and at least one character is hidden")

    def left(self) -> str:
        if self.padding:
            return f".*{re.escape(self.padding)}.*"
        return f"[*]+|.{{{self.first}}}[*]{{{self.at_least},}}.{{{self.last}}}"

    def hidden(self, text: str) -> str:
        middle = len(text) - self.first - self.last
        ends = (text[: self.first], text[len(text) - self.last :])
        if middle < self.at_least or any(map(_READ.search, ends)):
            return self.padding or "*" * len(text)
        return text[: self.first] + (self.padding or "*" * middle) + text[len(text) - self.last :]

    def hidden_sql(self, text: str) -> str:
        shown = self.first + self.last
        whole = literal(self.padding) if self.padding else f"repeat('*', length({text}))"
        middle = literal(self.padding) if self.padding else f"repeat('*', length({text}) - {shown})"
        ends = " || ".join(
            [f"left({text}, {self.first})"] * bool(self.first)
            + [middle]
            + [f"right({text}, {self.last})"] * bool(self.last)
        )
        worded = "".join(
            f" OR regexp_matches({side}({text}, {count}), {literal(_WORD)})"
            for side, count in (("left", self.first), ("right", self.last))
            if count > 1
        )
        return f"CASE WHEN length({text}) < {shown + self.at_least}{worded} THEN {whole} ELSE {ends} END"
