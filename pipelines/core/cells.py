"""Cells as a spreadsheet may be given them: a text that it would run as a formula stays a text."""

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

STARTS = "=+-@＝＋－＠"
"""What begins a formula, in full width too: some spreadsheets take one for the other."""
FORMULA = re.compile(rf"[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[{re.escape(STARTS)}]|[\t\r\n]")
"""Also behind blanks and signs one cannot see, which are taken off first; a tab or line end moves to another cell."""
NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?([eE][+-]?\d+)?%?|-+")
"""A number, or a dash for nothing: no spreadsheet runs these."""


def defused(cell: str) -> str:
    """The cell, behind an apostrophe if a spreadsheet would run it."""
    if not FORMULA.match(cell) or NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"


def defused_table(table: pa.Table) -> pa.Table:
    """The table, its texts and its header defused."""
    columns = [_defused(table.column(i)) for i in range(table.num_columns)]
    return pa.Table.from_arrays(columns, [defused(name) for name in table.column_names])


def _defused(column: Any) -> Any:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return column
    texts = column.cast(kind)
    suspect = pc.match_substring_regex(texts, rf"^[^0-9A-Za-z]*[{re.escape(STARTS)}]|^[\t\r\n]")
    if not pc.any(suspect).as_py():
        return texts
    return pa.chunked_array([[c and defused(c) for c in texts.to_pylist()]], kind)
