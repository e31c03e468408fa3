"""What a way of hiding is: one meaning, rendered for a text held here and for a column in an engine."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from masking.kinds import Kind


@dataclass(frozen=True)
class Rule(ABC):
    """A way to hide a value. `mask` and `sql` give the same text for the same value, on every engine.

    None stays None and empty stays empty. `sql` takes a quoted column reference of any type, in
    DuckDB's dialect (`render` turns it into another), and gives TEXT; only `Clear` keeps the type.
    """

    name: str
    prepared: ClassVar[bool] = False
    """Needs a key, or Python: the `mask` step computes it into `prepared_column`."""
    shows: ClassVar[bool] = False
    """Values are shown as they are, all of them or some."""

    def mask(self, text: str | None) -> str | None:
        """The text as it may be shown; None if nothing of it may."""
        return self.hidden(text) if text else text

    def sql(self, column: str) -> str:
        """The same as an expression over a quoted column."""
        text = f"CAST({column} AS TEXT)"
        return (
            f"CASE WHEN {text} IS NULL OR {text} = '' THEN {text} ELSE {self.hidden_sql(text)} END"
        )

    def bounds(self, shown: str) -> dict[str, str]:
        """By a column's ending (`_from`, `_to`), SQL for the ends of the band that the SQL `shown` gives.

        Empty where nothing is shown in bands. They tell no more than the band: they sort, sum and compare.
        """
        return {}

    def left(self) -> str:
        """A pattern of whatever it shows instead of a value, so that it is known again where it comes back.

        Empty where nothing tells: what is shown looks like a value nobody hid.
        """
        return ""

    def of(self, kind: Kind) -> "Rule":
        """The rule as it is for values of that kind."""
        return self

    @abstractmethod
    def hidden(self, text: str) -> str | None:
        """`mask`, for a text that is not empty."""

    @abstractmethod
    def hidden_sql(self, text: str) -> str:
        """`sql`, for a TEXT expression that is neither null nor empty."""


def prepared_column(column: str, rule: Rule) -> str:
    """The column in which the `mask` step leaves what this rule makes of `column`."""
    return f"{column}__{rule.name}"


def all_digits(text: str) -> str:
    """A SQL condition: `text` consists of ASCII digits only.

    Said without a regular expression, because `$` means something else in each engine.
    """
    return f"translate({text}, '0123456789', '') = ''"
