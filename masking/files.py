"""What was masked, on disk: a table or a text, each whole or not there."""

import json
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from masking.exact import hidden_in
from masking.kinds import Kind
from masking.rules import FreeText
from masking.somebody import everywhere
from masking.tiers import Tier
from pipelines.core.cells import defused, defused_table
from pipelines.core.errors import ConfigError
from pipelines.core.files import aside

AT_ONCE = 10_000
"""Rows turned into Python at once."""
SHEET_ROWS = 1_048_576
"""What a sheet of a workbook holds, its header included."""


def hidden_text(text: str, tier: Tier) -> tuple[str, dict[Kind, int]]:
    """A text as the tier may read it, by Presidio's anonymizer with our operator; the spans hidden, by kind.

    It is read line by line, so that a long one costs what its lines cost.
    """
    from masking.rules.operator import anonymized, anonymizer

    rule = tier.rule_for(Kind.OPINION)
    if rule.name == "clear":
        return text, {}
    if not isinstance(rule, FreeText):
        raise ConfigError(
            f"the tier {tier.name} is shown no free text ({rule.name}): choose another tier",
            f"层级 {tier.name} 不显示自由文本（{rule.name}）：请选择其他层级",
        )
    lines = text.splitlines(keepends=True)
    found = [everywhere(line) for line in lines]
    engine = anonymizer()
    hidden = [
        anonymized(engine, line, hidden_in(line, spans, rule), rule)
        for line, spans in zip(lines, found, strict=True)
    ]
    return "".join(hidden), dict(Counter(span.kind for spans in found for span in spans))


def write_text(text: str, target: Path) -> None:
    """The text as UTF-8, its line ends as they are."""
    _require_folder(target)
    with aside(target) as path:
        path.write_text(text, encoding="utf-8", newline="")


def writer(target: Path, sheet: str = "masked") -> Callable[..., None]:
    """What writes a table to `target`, or several, each a sheet, which is called so and numbered.

    Raises ConfigError if its ending says nothing we write.
    """
    write = WRITERS.get(target.suffix.lower())
    if write is _xlsx:
        write = partial(_xlsx, sheet=sheet)
    if write is None:
        raise ConfigError(
            f"{target}: a table is written as one of {', '.join(WRITERS)}",
            f"{target}：表格只能写为 {'、'.join(WRITERS)}",
        )

    _require_folder(target)

    def whole(*tables: pa.Table) -> None:
        with aside(target) as path:
            write(path, *tables)

    return whole


def _require_folder(target: Path) -> None:
    if not target.absolute().parent.is_dir():
        raise ConfigError(
            f"{target}: there is no such folder; make it first", f"{target}：目录不存在，请先创建"
        )


def csv_lines(table: pa.Table) -> str:
    """The table as CSV: a text is quoted, what is not there is nothing, no cell runs as a formula."""
    from pyarrow import csv

    sink = pa.BufferOutputStream()
    csv.write_csv(defused_table(table), sink)
    return sink.getvalue().to_pybytes().decode("utf-8")


def _csv(path: Path, table: pa.Table) -> None:
    path.write_text(csv_lines(table), encoding="utf-8", newline="")


def _jsonl(path: Path, table: pa.Table) -> None:
    with path.open("w", encoding="utf-8") as sink:
        for batch in table.to_batches(max_chunksize=AT_ONCE):
            for row in batch.to_pylist():
                sink.write(json.dumps(row, ensure_ascii=False) + "\n")


def _parquet(path: Path, table: pa.Table) -> None:
    from pyarrow import parquet

    parquet.write_table(table, path, compression="zstd")


def _xlsx(path: Path, *tables: pa.Table, sheet: str) -> None:
    """Each table as a sheet, by its number: whom a sheet was called after is not repeated."""
    from openpyxl import Workbook

    if (most := max(table.num_rows for table in tables)) >= SHEET_ROWS:
        raise ConfigError(
            f"a sheet holds {SHEET_ROWS - 1:,} rows, these are {most:,}: write .parquet or .csv",
            f"工作表最多 {SHEET_ROWS - 1:,} 行，现有 {most:,} 行：请写为 .parquet 或 .csv",
        )
    book = Workbook(write_only=True)
    for number, table in enumerate(tables, 1):
        page = book.create_sheet(sheet if number == 1 else f"{sheet} {number}")
        page.append([_cell(page, name) for name in table.column_names])
        for batch in table.to_batches(max_chunksize=AT_ONCE):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                page.append([_cell(page, value) for value in row])
    book.save(path)


def _cell(sheet: Any, value: Any) -> Any:
    """A text that Excel would run as a formula stays a text; what no sheet can hold is left out."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    cell.quotePrefix = defused(value) != value  # a text still when somebody edits it
    return cell


WRITERS: dict[str, Callable[..., None]] = {
    ".csv": _csv,
    ".jsonl": _jsonl,
    ".parquet": _parquet,
    ".xlsx": _xlsx,
}
