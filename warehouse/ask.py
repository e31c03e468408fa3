"""Ask: one SELECT over what a tier sees, as a pandas frame; who asked what is kept (REQUIREMENTS E5)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.about import about, told
from warehouse.guard import RefusalError, logged
from warehouse.store import Access, Store, Value, open_store

if TYPE_CHECKING:
    import pandas as pd

UNREADABLE = "(not readable)"


def read(url: str, tier: str = "analyst", sql: str = "") -> "pd.DataFrame":
    """The rows of one SELECT (DuckDB's dialect) over the tier's tables."""
    return answer(open_store(url), tier, sql).to_pandas()


def answer(
    store: Store, tier: str, sql: str, params: Mapping[str, Value] | None = None
) -> pa.Table:
    """The rows, once it is kept who asked. What is refused is kept too, without rows.

    A statement that asks what there is (SHOW TABLES, DESCRIBE) is answered from the dictionary.
    """
    what = about(sql)
    if what is not None:
        rows = told(store, tier, what)
        store.note_access(Access(tier, f"describe {what.table}".strip(), rows.num_rows))
        return rows
    try:
        rows = store.read(sql, tier, params)
    except RefusalError:
        store.note_access(Access(tier, logged(sql) or UNREADABLE, None, "refused"))
        raise
    store.note_access(Access(tier, logged(sql), rows.num_rows))
    return rows
