"""A batch: what one channel delivered for one day, with what has been found out about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType


@dataclass(frozen=True)
class Relation:
    """Rows that live in an engine, known there by name. Lazy unless the engine says otherwise."""

    name: str
    named: Callable[[], tuple[str, ...]] = field(repr=False, compare=False)
    """Asks the engine for its columns; to plan a query for them costs more than a small channel's rows do."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return self.named()


@dataclass(frozen=True, order=True)
class Finding:
    """Something noticed: which, in which table and column, in how many rows. Never a value."""

    what: str
    table: str = ""
    column: str = ""
    rows: int = 0


@dataclass(frozen=True)
class Batch:
    """One channel's tables for one day; for the flow over all customers the channel is `CUSTOMERS`."""

    channel: str
    day: date
    tables: Mapping[str, Relation] = field(default_factory=lambda: MappingProxyType({}))
    findings: tuple[Finding, ...] = ()
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the step learnt of the batch as a whole, such as a file's encoding. Never a value."""

    def having(self, tables: Mapping[str, Relation], *findings: Finding) -> "Batch":
        """The same batch with other tables, and what was found while making them."""
        return replace(self, tables=dict(tables), findings=tuple(findings), facts={})


CUSTOMERS = "customers"
"""The name under which the flow over all channels keeps its batches."""
