"""Ask: one SELECT over what a tier sees, as a pandas frame; who asked what is kept (REQUIREMENTS E5)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.about import about, told
from warehouse.guard import NOT_KEPT, RefusalError, logged
from warehouse.store import Access, Store, Value, open_store

if TYPE_CHECKING:
    import pandas as pd


def read(url: str, tier: str = "analyst", sql: str = "", purpose: str = "") -> "pd.DataFrame":
    """The rows of one SELECT (DuckDB's dialect) over the tier's tables; `purpose`, if given, is kept."""
    return answer(open_store(url), tier, sql, purpose=purpose).to_pandas()


def answer(
    store: Store,
    tier: str,
    sql: str,
    params: Mapping[str, Value] | None = None,
    purpose: str = "",
) -> pa.Table:
    """The rows, once it is kept who asked. What was refused, failed or was broken off is kept too, without rows.

    A statement that asks what there is (SHOW TABLES, DESCRIBE) is answered from the dictionary.
    Columns that share a name are numbered: what knows a column by its name alone would lose one.
    """
    what = about(sql)
    with kept(store, tier, purpose) as said:
        said.statement = (
            f"describe {NOT_KEPT if what.table else ''}".strip() if what else logged(sql)
        )
        rows = told(store, tier, what) if what else store.read(sql, tier, params)
        if what:
            said.statement = f"describe {what.table}".strip()
        said.rows = rows.num_rows
    return rows.rename_columns(_numbered(rows.column_names))


def _numbered(names: Sequence[str]) -> list[str]:
    """The names, each once: `a`, `a_2`."""
    found: list[str] = []
    for name in names:
        others = (f"{name}_{n}" for n in count(2))
        is_taken = name in found
        found.append(next(o for o in others if o not in {*names, *found}) if is_taken else name)
    return found


@dataclass
class Said:
    """What is to be kept of an access, as far as it is known."""

    statement: str = ""
    rows: int | None = None
    customer: str = ""


@contextmanager
def kept(store: Store, tier: str, purpose: str = "") -> Iterator[Said]:
    """Keep what is asked inside, whatever becomes of it. Nothing is shown that could not be kept."""
    said = Said()
    try:
        yield said
    except BaseException as error:
        _note(store, tier, said, purpose, _outcome(error))
        raise
    _note(store, tier, said, purpose, "answered")


def _note(store: Store, tier: str, said: Said, purpose: str, outcome: str) -> None:
    rows = said.rows if outcome == "answered" else None
    hidden = _of_nobody(purpose)
    store.note_access(Access(tier, said.statement, rows, outcome, hidden, said.customer))


def _of_nobody(purpose: str) -> str:
    """The purpose with whomever it names hidden: the log tells of work, not of customers."""
    if not purpose:
        return ""
    from masking.recognisers import Span
    from masking.rules import FreeText
    from masking.somebody import everywhere

    spans: list[Span] = everywhere(purpose)
    return FreeText("spans").spans_hidden(purpose, spans) or ""


def _outcome(error: BaseException) -> str:
    if isinstance(error, RefusalError):
        return error.outcome
    return "failed" if isinstance(error, Exception) else "stopped"
