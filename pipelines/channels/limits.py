"""Ceilings: how much of one delivery is read, so that a hostile file stops its channel and nothing else."""

import time
from typing import IO

from pydantic import Field

from pipelines.core.errors import SourceError
from pipelines.core.yaml import Declared

MB = 1 << 20
UNSUSPECTED = 64 * MB
"""So little may be packed as tightly as it likes: a small list of equal rows is."""


class Limits(Declared):
    """The ceilings of one channel; what a delivery may be that nobody said anything of."""

    unpacked_mb: int = Field(
        8_192,
        gt=0,
        description="Megabytes that a file may unpack to, and that its rows may take.",
    )
    packed_times: int = Field(
        200,
        gt=0,
        description="How many times its packed size a file of more than 64 MB may unpack to.",
    )
    rows: int = Field(20_000_000, gt=0, description="Rows of one delivery.")
    columns: int = Field(4_096, gt=0, description="Columns of one delivery.")
    cell_characters: int = Field(
        1_048_576, gt=0, description="Characters of one cell; a row with a longer one is refused."
    )
    document_mb: int = Field(
        16, gt=0, description="Megabytes of one line of text, or of one JSON document."
    )
    answer_seconds: int = Field(
        60,
        gt=0,
        description="Seconds of computing until a workbook, a Parquet file or a database gives its next rows; ten "
        "times as many by the clock.",
    )
    read_seconds: int = Field(
        900, gt=0, description="Seconds of computing that all rows of one delivery may take."
    )
    memory_mb: int = Field(
        4_096,
        gt=0,
        description="Megabytes of memory in which a workbook, a Parquet file or a database is read.",
    )


USUAL = Limits.model_validate({})


def too_much(shown: str, key: str, en: str, zh: str) -> SourceError:
    """A delivery goes beyond the ceiling of that name."""
    return SourceError(
        f"{shown}: {en}; it was not read. If that is right, raise {key} under limits: in the channel's file, "
        "else ask the channel's owner for the right file",
        f"{shown}：{zh}，未读取。若确属正常，请在渠道文件的 limits: 中调高 {key}，"
        "否则请向渠道负责部门索取正确文件",
    )


class Bounded:
    """A file that is written to as long as it stays below the ceilings of what may be unpacked."""

    def __init__(self, out: IO[bytes], packed: int, limits: Limits, shown: str) -> None:
        self._out = out
        self._shown = shown
        self._limits = limits
        self._packed = packed
        self._written = 0

    def write(self, piece: bytes) -> int:
        """Write on. Raises SourceError at a ceiling."""
        self._written += len(piece)
        require_packed(self._packed, self._written, self._limits, self._shown)
        return self._out.write(piece)


def require_packed(packed: int, size: int, limits: Limits, shown: str) -> None:
    """Raise SourceError if what was packed takes too much, or unpacks to more than data do."""
    require_unpacked(size, limits, shown)
    if size > max(UNSUSPECTED, packed * limits.packed_times):
        raise too_much(
            shown,
            "packed_times",
            f"unpacks to more than {limits.packed_times:,} times its size",
            f"解压后超过其大小的 {limits.packed_times:,} 倍",
        )


def require_unpacked(size: int, limits: Limits, shown: str) -> None:
    """Raise SourceError if so many bytes are more than a delivery may take."""
    if size > limits.unpacked_mb * MB:
        raise too_much(
            shown,
            "unpacked_mb",
            f"takes more than {limits.unpacked_mb:,} MB unpacked",
            f"解压后超过 {limits.unpacked_mb:,} MB",
        )


def require_columns(count: int, limits: Limits, shown: str) -> None:
    """Raise SourceError if a delivery has more columns than it may."""
    if count > limits.columns:
        raise too_much(
            shown,
            "columns",
            f"has more than {limits.columns:,} columns",
            f"超过 {limits.columns:,} 列",
        )


def require_time(since: float, limits: Limits, shown: str) -> None:
    """Raise SourceError if a delivery has been read for longer than it may, since this `time.process_time`."""
    if time.process_time() - since > limits.read_seconds:
        raise too_much(
            shown,
            "read_seconds",
            f"takes more than {limits.read_seconds:,} seconds to read",
            f"读取时间超过 {limits.read_seconds:,} 秒",
        )


def require_rows(count: int, limits: Limits, shown: str) -> None:
    """Raise SourceError if a delivery has more rows than it may."""
    if count > limits.rows:
        raise too_much(
            shown,
            "rows",
            f"has more than {limits.rows:,} rows",
            f"超过 {limits.rows:,} 行",
        )


def require_document(size: int, limits: Limits, shown: str) -> None:
    """Raise SourceError if one line or document is larger than it may be."""
    if size > limits.document_mb * MB:
        raise too_much(
            shown,
            "document_mb",
            f"has a line or document of more than {limits.document_mb:,} MB",
            f"有一行或一个文档超过 {limits.document_mb:,} MB",
        )
