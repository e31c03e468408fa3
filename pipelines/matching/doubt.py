"""Doubt: a value that fails a check of its own does not stand in the one view over one that does not.

Which checks those are follows from the suites: what must be true of one column's value by itself, whatever the row
says beside it and whoever else has it. A placeholder is doubtful in every text.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Column, Table, Text

from expectations.flags import verdict
from expectations.model import Check, Dimension
from expectations.predicates import meaningful
from masking.kinds import Kind
from pipelines.core.sql import literal
from warehouse.model import kind
from warehouse.tables.customer import NOT_OF_THE_CUSTOMER

OF_A_VALUE = (Dimension.ACCURACY, Dimension.CONFORMITY)
"""Dimensions of checks that ask whether a value can be right. Others ask whether it is there, recent, alone, alike."""
NOT_STATED = "未说明"
"""What the cleaner of a sex makes of 未知: it says nothing."""


def doubts(record: Table, checks: Iterable[Check], as_of: date) -> dict[str, str]:
    """By attribute of the record, SQL over its rows that is true where the value fails a check of its own."""
    found: dict[str, list[str]] = {}
    for check in checks:
        if _asks_the_value(check, record):
            said = f"NOT coalesce(CAST({verdict(check, as_of)} AS BOOLEAN), TRUE)"
            found.setdefault(check.column, []).append(said)
    for column in record.columns:
        if column.name not in NOT_OF_THE_CUSTOMER:
            found.setdefault(column.name, []).extend(_says_nothing(column))
    return {name: " OR ".join(said) for name, said in found.items() if said}


def _asks_the_value(check: Check, record: Table) -> bool:
    is_of_rows = "over (" in check.holds.lower() or "unreadable" in check.columns
    return (
        check.dimension in OF_A_VALUE
        and check.column in record.columns
        and check.column not in NOT_OF_THE_CUSTOMER
        and check.columns <= set(record.columns.keys())
        and not is_of_rows
    )


def _says_nothing(column: Column[Any]) -> list[str]:
    """SQL: a text is a placeholder."""
    if not isinstance(column.type, Text):
        return []
    nothing = [f"NOT coalesce({meaningful(column.name)}, TRUE)"]
    if kind(column) == Kind.SEX:
        nothing.append(f"coalesce({column.name} = {literal(NOT_STATED)}, FALSE)")
    return nothing
