"""Answers: the rows of one question, drawn for a person at a terminal, or plain for a program behind a pipe."""

import json as json_text
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.core.errors import say
from pipelines.core.files import aside, require_ending

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

WRITTEN = (".csv", ".xlsx", ".parquet")
"""The files an answer is written to, by their endings."""
NOTHING = "NULL"
"""What a terminal is shown where there is no value; an empty text is shown as nothing."""
WIDE = 1_000_000
"""How wide a page is behind a pipe, where no value is broken."""
BESIDE = 3
"""What a column takes beside its own width: a rule and two blanks."""


def require_written(out: Path | None) -> None:
    """Raise ConfigError before anything is asked, if the answer could not be written there."""
    if out is not None:
        require_ending(out, *WRITTEN)


def give(rows: "pa.Table", tier: str, out: Path | None, json: bool) -> None:
    """Write, print or draw what a tier is shown. A file is its owner's alone: the tier may be the steward."""
    if out is not None:
        _written(out, flat(rows), tier)
    elif json:
        sys.stdout.write(as_json(rows.to_pylist()) + "\n")
        return
    elif sys.stdout.isatty():
        draw(rows, console())
    else:
        from masking.files import csv_lines

        sys.stdout.write(csv_lines(flat(rows)))
    sys.stderr.write(counted(rows.num_rows) + "\n")


def counted(rows: int) -> str:
    """How many rows there are, in the reader's language."""
    return say("1 row" if rows == 1 else f"{rows:,} rows", f"{rows:,} 行")


def _written(out: Path, rows: "pa.Table", tier: str) -> None:
    """The file. A CSV says that it is UTF-8, for Excel reads it as the system's own encoding otherwise."""
    from masking.files import csv_lines, writer

    write = writer(out, f"{tier} answer")
    if out.suffix.lower() != ".csv":
        write(rows)
        return
    with aside(out) as whole:
        whole.write_text(csv_lines(rows), encoding="utf-8-sig", newline="")


def flat(rows: "pa.Table") -> "pa.Table":
    """Lists and structs as JSON, for files that hold one value a cell."""
    import pyarrow as pa

    for place, field in enumerate(rows.schema):
        if pa.types.is_nested(field.type):
            said = [None if v is None else as_json(v) for v in rows.column(place).to_pylist()]
            rows = rows.set_column(place, field.name, pa.array(said, pa.string()))
    return rows


def as_json(said: Any) -> str:
    """As JSON that a person can read too."""
    return json_text.dumps(said, ensure_ascii=False, indent=1, default=text)


def text(value: Any) -> str:
    """One value as it is read."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def plain(said: str) -> "Text":
    """Text as it stands: what customers wrote is no markup, and no control code for a terminal."""
    from rich.text import Text

    return Text("".join(c if c.isprintable() else " " for c in said))


def console() -> "Console":
    """Standard output: a terminal as wide as it is, else as wide as what is written."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)


def whole(drawn: "Table") -> "Table":
    """The table so drawn that what is too long for its column goes on in the next line, and nothing is cut."""
    for column in drawn.columns:
        column.overflow = "fold"
    return drawn


def draw(rows: "pa.Table", console: "Console") -> None:
    """A table if it fits into the terminal, else a row a block, an attribute a line."""
    from rich.cells import cell_len

    cells = [[_cell(v) for v in column.to_pylist()] for column in rows.columns]
    widths = [
        max([cell_len(name), *(cell_len(c.plain) for c in column)])
        for name, column in zip(rows.column_names, cells, strict=True)
    ]
    fits = sum(widths) + BESIDE * len(widths) + 1 <= console.width
    (_draw_table if fits else _draw_blocks)(rows, cells, console)


def _cell(value: Any) -> "Text":
    return plain(NOTHING if value is None else text(value))


def _is_number(type_: "pa.DataType") -> bool:
    import pyarrow as pa

    return bool(
        pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_)
    )


def _draw_table(rows: "pa.Table", cells: list[list["Text"]], console: "Console") -> None:
    from rich.table import Table

    drawn = Table()
    for field in rows.schema:
        side = "right" if _is_number(field.type) else "left"
        drawn.add_column(plain(field.name), justify=side, no_wrap=True)  # type: ignore[arg-type]
    for row in zip(*cells, strict=True):
        drawn.add_row(*row)
    console.print(drawn)


def _draw_blocks(rows: "pa.Table", cells: list[list["Text"]], console: "Console") -> None:
    from rich.rule import Rule
    from rich.table import Table

    for number, row in enumerate(zip(*cells, strict=True), 1):
        console.print(Rule(f"{number} / {rows.num_rows}", align="left"))
        drawn = Table.grid(padding=(0, 2))
        for name, cell in zip(rows.column_names, row, strict=True):
            drawn.add_row(plain(name), cell)
        console.print(whole(drawn))
