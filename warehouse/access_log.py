"""The access log of a DuckDB warehouse: a file of its own, one line of JSON an access, only ever appended to.

No database: DuckDB lets one process write a file, and a reader of it keep every writer out. A line is written in
one call to a file opened for appending, so lines of several processes never mix, and nobody waits.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.core.errors import ConfigError
from pipelines.core.sql import quoted
from warehouse.ddl import columns_of, full_name
from warehouse.store import Access
from warehouse.tables import governance
from warehouse.user import login_name

ACCESS_LOG = "access_log.jsonl"
MODE = 0o620
"""Its owner, the steward, reads it; the group may add a line and read none."""
LONGEST = 4_000
"""Characters of a statement that are kept."""
SHORT = 200
"""Characters of anything else."""


def append(path: Path, access: Access) -> None:
    """Add one line. Raises ConfigError if it cannot be kept: what is not kept is not shown."""
    line = json.dumps(_said(access), ensure_ascii=False, separators=(",", ":")) + "\n"
    try:
        with _opened(path) as file:
            os.write(file, line.encode("utf-8", errors="replace"))
    except OSError as error:
        raise ConfigError(
            f"{path}: the access cannot be kept ({error.strerror}), so nothing is shown: let the group append to it",
            f"{path}：无法写入访问日志（{error.strerror}），因此不予显示：请授予用户组追加权限",
        ) from None


def begin(path: Path) -> None:
    """Have the log there, the publisher's, before anybody else would make it theirs."""
    with _opened(path):
        pass


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if os.fstat(file).st_uid == os.geteuid():
            os.fchmod(file, MODE)
        yield file
    finally:
        os.close(file)


def append_beside(written: Path, access: Access) -> None:
    """Add a line to the log beside a file that shows what no warehouse showed. If it cannot be, the file goes."""
    try:
        append(written.absolute().with_name(ACCESS_LOG), access)
    except ConfigError:
        written.unlink(missing_ok=True)
        raise


def logged_accesses(
    made: duckdb.DuckDBPyConnection, before: str, tokens: str, log: Path | None
) -> None:
    """Make `governance.access_log` in a steward's session: what was kept before, then the log's lines.

    A customer is told by the token that analysts see (`tokens`: SQL of customer and token): whoever reads who
    was looked at need not learn who it is.
    """
    table = governance.access_log
    schema, columns = quoted(str(table.schema)), columns_of(table)
    made.execute(f"CREATE SCHEMA IF NOT EXISTS memory.{schema}")
    made.execute(f"CREATE TABLE memory.{full_name(table)} AS {before}")
    if log is None or not log.exists():
        return
    made.register("line", _arrow(_lines(log), columns))
    shown = ", ".join(quoted(c) for c in columns if c not in ("access_id", "customer"))
    made.execute(
        f"INSERT INTO memory.{full_name(table)} (access_id, {shown}, customer) "
        f"SELECT access_id + (SELECT coalesce(max(access_id), 0) FROM memory.{full_name(table)}), {shown}, "
        f"CASE WHEN tier = 'analyst' OR customer = '' THEN customer ELSE coalesce(token, '(not known)') END "
        f"FROM line LEFT JOIN ({tokens}) USING (customer) ORDER BY access_id"
    )
    made.unregister("line")


def _arrow(found: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pa.Table:
    types = {"BIGINT": pa.int64(), "TIMESTAMP WITHOUT TIME ZONE": pa.timestamp("us")}
    schema = pa.schema([(c, types.get(type_, pa.string())) for c, type_ in columns.items()])
    return pa.Table.from_pylist([{"access_id": n, **f} for n, f in enumerate(found, 1)], schema)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Every access kept, in order. A line that is none says so: nothing is left out."""
    with path.open("rb") as file:
        for line in file:
            yield _read(line)


def _said(access: Access) -> dict[str, Any]:
    return {
        "accessed_at": datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="microseconds"),
        "accessed_by": login_name()[:SHORT],
        "tier": access.tier[:SHORT],
        "statement": bounded(access.statement, LONGEST),
        "rows": access.rows,
        "outcome": access.outcome,
        "purpose": bounded(access.purpose, SHORT),
        "customer": access.customer[:SHORT],
    }


def bounded(text: str, longest: int) -> str:
    """The text, or its beginning and how much was left out."""
    more = len(text) - longest
    return text if more <= 0 else f"{text[:longest]} … (and {more} characters more)"


def _read(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
        at = datetime.fromisoformat(found["accessed_at"])
        rows = found["rows"]
        texts = {name: str(found[name]) for name in found if name not in ("accessed_at", "rows")}
    except (ValueError, TypeError, KeyError, RecursionError):
        return {"statement": "(this line of the log is damaged)", "customer": ""}
    return {"accessed_at": at, "rows": rows if isinstance(rows, int) else None, **texts}
