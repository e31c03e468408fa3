"""Hide: some characters at one end are hidden, the rest is shown. What Presidio's mask operator does."""

import re
from dataclasses import dataclass

from masking.rules.rule import Rule
from pipelines.core.sql import literal


@dataclass(frozen=True)
class Hide(Rule):
    """Hide `count` characters from the front, or from the end, each behind one `mark`."""

    count: int
    from_end: bool = False
    mark: str = "*"

    def left(self) -> str:
        mark = f"(?:{re.escape(self.mark)})"
        some = f"{mark}{{{max(0, self.count)}}}"
        return f"{mark}+|.*{some}" if self.from_end else f"{mark}+|{some}.*"

    def hidden(self, text: str) -> str:
        count = max(0, min(self.count, len(text)))
        marks = self.mark * count
        return text[: len(text) - count] + marks if self.from_end else marks + text[count:]

    def hidden_sql(self, text: str) -> str:
        count = max(0, self.count)
        all_marks = f"repeat({literal(self.mark)}, length({text}))"
        marks = f"repeat({literal(self.mark)}, {count})"
        rest = f"length({text}) - {count}"
        some = (
            f"left({text}, {rest}) || {marks}"
            if self.from_end
            else f"{marks} || right({text}, {rest})"
        )
        return f"CASE WHEN length({text}) <= {count} THEN {all_marks} ELSE {some} END"
