"""What a check is: one fact about rows, said once and rendered as SQL, as an expectation, as a count."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import sqlglot
from sqlglot import exp


class Level(StrEnum):
    """What happens to a row that fails."""

    STOP = "stop"
    """It is set aside; if too many fail, the whole batch stops."""
    WARN = "warn"
    """It goes on, and its channel has to correct it."""


class Dimension(StrEnum):
    """The dimensions of GB/T 36344-2018, uniqueness, and two more that REQUIREMENTS F1 asks for."""

    CONFORMITY = "conformity"
    COMPLETENESS = "completeness"
    ACCURACY = "accuracy"
    CONSISTENCY = "consistency"
    TIMELINESS = "timeliness"
    ACCESSIBILITY = "accessibility"
    UNIQUENESS = "uniqueness"
    SECURITY = "security"
    SERVICE = "service"


@dataclass(frozen=True)
class Check:
    """One fact that must hold of a record's rows."""

    name: str
    """Unique in its record: what is asked, a dot, of which column."""
    record: str
    column: str
    """The column it is about; empty if about the row."""
    dimension: Dimension
    holds: str
    """Predicate in DuckDB's dialect over the record's columns and `{as_of}`, the day as of which it
    is asked; null where the check does not speak of the row."""
    en: str
    zh: str
    notes: str
    """Where the rule, or its number, comes from."""
    level: Level = Level.WARN
    mostly: float = 1.0
    """The share of the rows spoken of that must hold; `pipelines.core.shares` says when it is broken."""
    weight: float = 1.0

    @property
    def columns(self) -> frozenset[str]:
        """The columns its predicate reads."""
        return _columns(self.holds)


@cache
def _columns(holds: str) -> frozenset[str]:
    tree = sqlglot.parse_one(holds.replace("{as_of}", "DATE '2000-01-01'"), read="duckdb")
    return frozenset(column.name for column in tree.find_all(exp.Column))


@dataclass(frozen=True)
class Result:
    """How a check came out: counts only."""

    check: Check
    checked: int
    """Rows the check speaks of."""
    failed: int
    is_good: bool
    """Whether no more failed than `mostly` allows, beyond what so few rows do by chance."""


def require_distinct(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks. Raises ValueError if two of a record bear one name."""
    seen: dict[tuple[str, str], Check] = {}
    for check in checks:
        if seen.setdefault((check.record, check.name), check) is not check:
            raise ValueError(f"{check.record}: two checks are named {check.name}")
    return tuple(seen.values())
