"""What a reader gives back: rows kept, rows refused with their reason, and what was learnt."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.channels.limits import (
    USUAL,
    Limits,
    require_rows,
    require_time,
    require_unpacked,
)
from pipelines.channels.readers import watch
from pipelines.channels.readers.labels import is_somebody
from pipelines.core import scratch
from pipelines.core.errors import SourceError

LINE = "line"
"""The column every reader adds: the row's line, or number, in its source."""

NUMBER: Any = pa.int64()
TEXT: Any = pa.string()
REFUSED = pa.schema({LINE: NUMBER, "reason": TEXT, "raw": TEXT})

TAIL = 12
"""So many rows at the end may be a table's sums, signatures and notes."""
TOO_LONG = "a cell that is too long"
REFUSED_BYTES = 256 << 20
"""Refused rows are few: a file of which so much is refused is not what it was taken for."""
HELD_BYTES = 512 << 20
"""Rows beyond this wait in a file: a machine with 4 GiB must read what is larger than it."""


@dataclass(frozen=True)
class Reading:
    """A source, read: rows in the source = rows kept + rows refused."""

    rows: pa.Table | pa.RecordBatchReader
    refused: pa.Table
    facts: Mapping[str, Any]
    kept: int


def batch(
    lines: Sequence[int], cells: Sequence[Sequence[str | None]], names: Sequence[str]
) -> pa.RecordBatch:
    """Rows, given as their cells, as columns after `line`."""
    columns = zip(*cells, strict=True) if cells else ([] for _ in names)
    arrays: list[Any] = [
        pa.array(lines, pa.int64()),
        *(pa.array(list(c), pa.string()) for c in columns),
    ]
    return pa.RecordBatch.from_arrays(arrays, [LINE, *names])


@dataclass
class Refusals:
    """Rows that could not be kept, as they came."""

    shown: str = ""
    limits: Limits = USUAL
    lines: list[int] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, line: int, reason: str, raw: str) -> None:
        """Refuse one row; what cannot be written as UTF-8 is shown as an escape.

        Raises SourceError if there are more than can be held.
        """
        self.size += len(raw) + OVERHEAD
        if self.size > REFUSED_BYTES:
            raise unreadable(self.shown, len(self.lines))
        self.lines.append(line)
        self.reasons.append(reason)
        self.raws.append(raw.encode("utf-8", "backslashreplace").decode())

    def table(self) -> pa.Table:
        """All of them, in the order of the source."""
        columns: list[Any] = [pa.array(self.lines, pa.int64()), pa.array(self.reasons, pa.string())]
        found = pa.Table.from_arrays(
            [*columns, pa.array(self.raws, pa.large_string())], REFUSED.names
        )
        return found.cast(REFUSED).sort_by(LINE) if found.num_rows else REFUSED.empty_table()


OVERHEAD = 200
"""What Python needs to keep a refused row, beside its text."""


def unreadable(shown: str, count: int) -> SourceError:
    """So much of a file is refused that it is not what it was taken for."""
    return SourceError(
        f"{shown}: {count:,} rows and more cannot be read, which is more than can be set aside; see that the file "
        "is what it is said to be (format:, encoding:), or ask the channel's owner for the right one",
        f"{shown}：无法读取的行超过 {count:,} 行，已无法隔离；请核对文件的格式与编码（format:、encoding:），"
        "或向渠道负责部门索取正确文件",
    )


class Gathered:
    """Rows kept so far: in memory while they are few, then in a file that has no name and ends with us.

    Batches may differ in their columns; the columns given at the end decide.
    """

    def __init__(self, refused: "Refusals") -> None:
        self.count = 0
        self._refused = refused
        self._limits, self._shown = refused.limits, refused.shown
        self._began = time.process_time()
        self._bytes = 0
        self._held: list[pa.RecordBatch] = []
        self._held_bytes = 0
        self._file: Any = None
        self._written: list[str] = []

    def add(self, rows: pa.RecordBatch | pa.Table) -> None:
        """Keep these rows, whose first column is `line`. Raises SourceError at a ceiling of the delivery's."""
        watch.came()
        require_time(self._began, self._limits, self._shown)
        for some in rows.to_batches() if isinstance(rows, pa.Table) else [rows]:
            batch = self._without_long(some)
            self.count += batch.num_rows
            self._bytes += batch.nbytes
            require_rows(self.count, self._limits, self._shown)
            require_unpacked(self._bytes, self._limits, self._shown)
            self._held.append(batch)
            self._held_bytes += batch.nbytes
        if self._held_bytes > HELD_BYTES:
            self._set_down()

    def cut(self, below: Callable[[list[tuple[str | None, ...]]], int]) -> list[dict[str, Any]]:
        """Take rows off the end: as many of the last `TAIL` as `below` says, given their cells."""
        last: list[pa.RecordBatch] = []
        while self._held and sum(b.num_rows for b in last) < TAIL:
            last.insert(0, self._held.pop())
        rows = [row for b in last for row in b.to_pylist()][-TAIL:]
        count = below([tuple(row.values())[1:] for row in rows])
        self.count -= count
        left = sum(b.num_rows for b in last) - count
        for some in last:
            self._held.append(some.slice(0, left))
            left -= self._held[-1].num_rows
        return rows[len(rows) - count :]

    def reading(
        self,
        names: Sequence[str],
        refused: Refusals,
        facts: Mapping[str, Any],
        written: Sequence[str] = (),
    ) -> Reading:
        """The rows under these names (without `line`), which they were gathered under as `written`."""
        schema = pa.schema({LINE: NUMBER, **dict.fromkeys(names, TEXT)})
        self._written = [LINE, *(written or names)]
        rows: pa.Table | pa.RecordBatchReader
        if self._file:
            self._set_down()
            rows = pa.RecordBatchReader.from_batches(schema, self._picked_up(self._file, schema))
        else:
            rows = pa.Table.from_batches([self._as(b, schema) for b in self._held], schema)
        return Reading(rows, refused.table(), dict(facts), self.count)

    def _without_long(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        """The rows but for those with a cell longer than may be, which are refused."""
        most = self._limits.cell_characters
        columns: list[Any] = list(rows.columns[1:])
        suspect = [c for c in columns if (pc.max(pc.binary_length(c)).as_py() or 0) > most]
        lengths: list[Any] = [pc.fill_null(pc.utf8_length(c), 0) for c in suspect]
        if not lengths or pc.max(pc.max_element_wise(*lengths)).as_py() <= most:
            return rows
        long: Any = pc.greater(pc.max_element_wise(*lengths), pa.scalar(most))
        for row in rows.filter(long).to_pylist():
            line, *cells = row.values()
            self._refused.add(line, TOO_LONG, json.dumps(cells, ensure_ascii=False))
        return rows.filter(pc.invert(long))

    def _set_down(self) -> None:
        self._file = self._file or tempfile.TemporaryFile(dir=scratch.base())  # noqa: SIM115 - `_picked_up` closes it
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        for batch in self._held:
            with pa.ipc.new_stream(self._file, batch.schema, options=options) as stream:
                stream.write_batch(batch)
        self._held, self._held_bytes = [], 0

    def _picked_up(self, file: Any, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        with file:
            end = file.tell()
            file.seek(0)
            while file.tell() < end:
                for batch in pa.ipc.open_stream(file):
                    yield self._as(batch, schema)

    def _as(self, batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
        """The batch under exactly these columns; one it lacks is empty."""
        places = {name: place for place, name in enumerate(batch.schema.names)}
        missing = pa.nulls(batch.num_rows, pa.string())
        columns = [
            batch.column(places[name]).cast(wanted.type) if name in places else missing
            for name, wanted in zip(self._written, schema, strict=True)
        ]
        return pa.RecordBatch.from_arrays(columns, schema=schema)


@dataclass(frozen=True)
class Names:
    """A header's names made unique: all of them, those that stood twice, those that stood nowhere."""

    names: tuple[str, ...]
    duplicates: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, Any]:
        """What a steward should hear of."""
        found: dict[str, Any] = {"header": list(self.names)}
        if self.duplicates:
            found["duplicate_headers"] = list(self.duplicates)
        if self.missing:
            found["missing_headers"] = list(self.missing)
        return found


def unique(written: Sequence[str | None]) -> Names:
    """Names as engines need them: none empty, none twice in any case, none ours; and none a person's.

    A name that stands alone keeps its spelling even if an earlier one had to be numbered.
    """
    names = ["" if is_somebody(n) else n for n in (_readable(n or "") for n in written)]
    taken = {LINE, *(n.lower() for n in names if n)}
    seen, found = {LINE}, []
    duplicates, missing = [], []
    numbers: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        if not name:
            name = _free(f"column_{place}", taken, numbers)
            missing.append(name)
        elif name.lower() in seen:
            name = _free(name, taken, numbers)
            duplicates.append(name)
        seen.add(name.lower())
        taken.add(name.lower())
        found.append(name)
    return Names(tuple(found), tuple(duplicates), tuple(missing))


def _readable(name: str) -> str:
    """A name on one line, without marks one cannot see; bytes that do not decode become escapes."""
    name = name.replace("\ufeff", "").replace("\0", "").encode("utf-8", "backslashreplace").decode()
    return " ".join(name.split())


def _free(name: str, taken: set[str], numbers: dict[str, int]) -> str:
    """The name, or the name with the next number that is free; `numbers` says from where on to look."""
    found, number = name, numbers.get(name.lower(), 1)
    while found.lower() in taken:
        number += 1
        found = f"{name}_{number}"
    numbers[name.lower()] = number
    return found


def numbered(width: int) -> Names:
    """The names of columns that have no header."""
    return Names(tuple(f"column_{i}" for i in range(1, width + 1)))
