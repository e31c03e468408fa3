"""Doubt: a value that fails a check of its own does not stand in the one view over one that does not.

Which checks those are follows from the suites: what must be true of one column's value by itself, whatever the row
says beside it and whoever else has it. A date or an amount that fails one cannot be right, and a placeholder in a
text says nothing: neither stands in the one view at all. Any other text may still be of use.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Column, Table, Text

from expectations.flags import verdict
from expectations.model import Check, Dimension
from expectations.predicates import meaningful, says_nothing
from masking.kinds import Kind
from pipelines.core.sql import literal
from warehouse.model import kind
from warehouse.tables.customer import NOT_OF_THE_CUSTOMER

OF_A_VALUE = (Dimension.ACCURACY, Dimension.CONFORMITY)
"""Dimensions of checks that ask whether a value can be right. Others ask whether it is there, recent, alone, alike."""
NOT_STATED = "未说明"
"""What the cleaner of a sex makes of 未知: it says nothing."""
SOUND, DOUBTFUL, IMPOSSIBLE = 0, 1, 2
"""How much a value is to be doubted: the less, the sooner it survives."""


def doubts(record: Table, checks: Iterable[Check], as_of: date) -> dict[str, str]:
    """By attribute of the record, SQL over its rows: how much its value is to be doubted."""
    asked = [check for check in checks if _asks_the_value(check, record)]
    found = {}
    for column in record.columns:
        if column.name not in NOT_OF_THE_CUSTOMER:
            failed = [
                f"NOT coalesce(CAST({verdict(c, as_of)} AS BOOLEAN), TRUE)"
                for c in asked
                if c.column == column.name
            ]
            found[column.name] = _doubt(column, failed)
    return found


def _doubt(column: Column[Any], failed: list[str]) -> str:
    if isinstance(column.type, Text):
        cases = [
            (f"coalesce({says_nothing(column.name)}, FALSE)", IMPOSSIBLE),
            (_any([*failed, *_says_little(column)]), DOUBTFUL),
        ]
    else:
        cases = [(_any(failed), IMPOSSIBLE)]
    whens = " ".join(f"WHEN {is_so} THEN {doubt}" for is_so, doubt in cases)
    return f"CASE {whens} ELSE {SOUND} END"


def _any(said: list[str]) -> str:
    return " OR ".join(said) or "FALSE"


def _asks_the_value(check: Check, record: Table) -> bool:
    is_of_rows = "over (" in check.holds.lower() or "unreadable" in check.columns
    return (
        check.dimension in OF_A_VALUE
        and check.column in record.columns
        and check.column not in NOT_OF_THE_CUSTOMER
        and check.columns <= set(record.columns.keys())
        and not is_of_rows
    )


def _says_little(column: Column[Any]) -> list[str]:
    """SQL: a text is a placeholder, or a code for anything else or for nothing stated."""
    nothing = [f"NOT coalesce({meaningful(column.name)}, TRUE)"]
    if kind(column) == Kind.SEX:
        nothing.append(f"coalesce({column.name} = {literal(NOT_STATED)}, FALSE)")
    return nothing
