"""Shaped: a value that looks like one of its kind is shown, nothing of any other. 518000 is, 张金丝 is no postcode."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from masking.kinds import Kind
from masking.lexicon import tables
from masking.rules.rule import Rule
from pipelines.core.sql import literal

END = "|"
"""Put behind a value, so that a pattern is of all of it: what `$` means is another thing in each engine."""

_LATIN = (
    "[Ll][Tt][Dd][.]?|[Ll]imited|LIMITED|[Ii][Nn][Cc][.]?|[Cc]orp[.]?|CORP[.]?|LLC|[Gg]roup|[Bb]ank|[Uu]niversity|"
    "GmbH|PLC"
)
_WORDS = tables.groups("address_words.txt")
_UNIT = "|".join((*_WORDS["company"], *_WORDS["unit_end"], _LATIN))
_COMPANY = f"^[^|]{{1,80}}(?:{_UNIT})[)）]?[|]"
_NUMBER_OR_WHOSE = "[0-9０-９]{5}|(?:^|[^美])的|[0-9]号[^|]{0,8}[0-9]"
"""A long number, 隗鹮翯的公司, a house and its flat: more than the name of a unit."""

SHAPES: Mapping[Kind, tuple[str, str]] = {
    Kind.POSTCODE: ("^[0-9]{6}[|]", ""),
    Kind.USCC: (
        "^(?:[0-9A-HJ-NP-RTUWXY]{18}|[0-9]{15})[|]",
        "^[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X][|]",
    ),
    Kind.COMPANY_NAME: (_COMPANY, _NUMBER_OR_WHOSE),
    Kind.EMPLOYER: (_COMPANY, _NUMBER_OR_WHOSE),
}
"""By kind, the pattern that a value has, and the one it has not."""


@dataclass(frozen=True)
class Shaped(Rule):
    """Show what looks like a value of the kind; of what is in the wrong column, nothing."""

    shape: str = "^[|]"
    never: str = ""
    shows: ClassVar[bool] = True

    def of(self, kind: Kind) -> "Shaped":
        shape, never = SHAPES.get(kind, (Shaped.shape, ""))
        return replace(self, shape=shape, never=never)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
        return re.compile(self.shape), re.compile(self.never) if self.never else None

    def hidden(self, text: str) -> str | None:
        shape, never = self._patterns
        whole = text + END
        return text if shape.search(whole) and not (never and never.search(whole)) else None

    def hidden_sql(self, text: str) -> str:
        whole = f"({text} || {literal(END)})"
        never = f" AND NOT regexp_matches({whole}, {literal(self.never)})" if self.never else ""
        return f"CASE WHEN regexp_matches({whole}, {literal(self.shape)}){never} THEN {text} END"
