"""What a delivery says, whatever carries it: packed again, encoded again or in another order it is the same."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.channels.readers import LINE

AT_ONCE = 20_000
BETWEEN = "\x1f"
"""What stands between two cells: a sign that no cell holds."""


class Content:
    """A digest of rows as they pass: of their cells by column, in whatever order rows and columns come."""

    def __init__(self) -> None:
        self._sum = 0
        self._names: list[str] = []

    def passing(self, rows: pa.Table | pa.RecordBatchReader) -> pa.RecordBatchReader:
        """The same rows. When all have passed, the digest is theirs."""
        self._names = sorted(name for name in rows.schema.names if name != LINE)
        batches = rows.to_batches(AT_ONCE) if isinstance(rows, pa.Table) else rows
        return pa.RecordBatchReader.from_batches(rows.schema, self._taken(batches))

    def _taken(self, batches: Any) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for start in range(0, batch.num_rows, AT_ONCE):
                self._take(batch.slice(start, AT_ONCE))
            yield batch

    def _take(self, rows: pa.RecordBatch) -> None:
        if not self._names:
            return
        cells = [_bare(rows.column(name)) for name in self._names]
        said: Any = cells[0] if len(cells) == 1 else pc.binary_join_element_wise(*cells, BETWEEN)
        for row in said.cast(pa.binary()).to_pylist():
            self._sum += int.from_bytes(hashlib.sha256(row).digest())

    def digest(self) -> str:
        """The digest of the rows that passed."""
        found = hashlib.sha256(BETWEEN.join(self._names).encode())
        found.update((self._sum % (1 << 256)).to_bytes(32))
        return found.hexdigest()


def _bare(cells: Any) -> Any:
    """Cells without what programs put around them: blanks, and the ="…" that keeps a spreadsheet from counting."""
    return pc.replace_substring_regex(
        pc.utf8_trim_whitespace(cells.fill_null("")), '^="(.*)"$|^\'(.+)$', r"\1\2"
    )
