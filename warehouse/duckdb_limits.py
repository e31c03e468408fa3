"""One question to DuckDB, within its limits: of time, of what it may answer; memory and disk are the session's own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Timer
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.duckdb_failure import wrong_name
from warehouse.guard import TOO_MUCH, FailureError, StoppedError
from warehouse.store import Value

NAMES_FAIL = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)
"""What DuckDB says of these speaks of names only; what it says of others may quote a value."""
AT_ONCE = 100_000
"""Rows fetched at a time."""
LARGEST = 2 * 1024**3
"""Bytes of an answer: it is held in memory whole."""


def answered(
    made: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, Value] | None, seconds: float
) -> pa.Table:
    """The rows of a statement that was looked at. Raises FailureError if it fails, StoppedError past a limit."""
    try:
        with _interrupted(made, seconds) as is_over:
            answer: Any = made.sql(sql, params=dict(params) if params else None)
            return _fetched(answer.to_arrow_reader(AT_ONCE))
    except NAMES_FAIL as error:
        raise FailureError(*wrong_name(error)) from None
    except (duckdb.Error, OSError, pa.ArrowException, MemoryError) as error:
        raise _past(seconds) if is_over else _failure(error) from None


def _fetched(reader: pa.RecordBatchReader) -> pa.Table:
    batches, size = [], 0
    for batch in reader:
        size += batch.nbytes
        if size > LARGEST:
            raise StoppedError(
                "the answer is larger than one answer may be: count, group, or ask for fewer rows and columns",
                "结果超出单次查询的上限：请汇总统计，或减少行数与列数",
            )
        batches.append(batch)
    return pa.Table.from_batches(batches, reader.schema)


@contextmanager
def _interrupted(made: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[list[bool]]:
    """Interrupt the session after so long; what is yielded is filled then."""
    over: list[bool] = []

    def end() -> None:
        over.append(True)
        made.interrupt()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()
        timer.join()  # it holds the session, which is given back before the program ends


def _past(seconds: float) -> StoppedError:
    return StoppedError(
        f"the statement took more than {seconds:g} seconds and was stopped: ask for less, or give --timeout",
        f"语句执行超过 {seconds:g} 秒，已停止：请缩小查询范围，或以 --timeout 放宽时限",
    )


def _failure(error: Exception) -> FailureError:
    if isinstance(error, (duckdb.OutOfMemoryException, MemoryError)):
        return StoppedError(*TOO_MUCH)
    return FailureError(
        f"the statement fails while running ({type(error).__name__}): look at its casts and sizes",
        f"语句执行失败（{type(error).__name__}）：请检查类型转换与数据量",
    )
