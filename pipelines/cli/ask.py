"""`mingce query`, `mingce show`, `mingce links`: ask the warehouse, as one tier. Every question is kept."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli import app, stopping
from pipelines.cli.answers import as_json, console, counted, plain, text, whole
from pipelines.core.errors import ConfigError, say

if TYPE_CHECKING:
    from rich.console import Console

    from warehouse.customer_file import CustomerFile, Held

WAREHOUSE = "duckdb:///var/warehouse.duckdb"
SHOWN_ROWS = 20
"""Rows of one table that a terminal is given; JSON has all."""

SIDE_BY_SIDE, RULED = 4, 80
"""Rows of one customer's table that stand beside one another; how far a title is ruled where nothing is as wide."""

Warehouse = Annotated[str, typer.Option(help="The warehouse's URL.")]
AsTier = Annotated[
    str, typer.Option(help="As whom: steward, service, analyst, partner or statistics.")
]
Purpose = Annotated[str, typer.Option(help="What for; kept in the access log.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def query(  # noqa: PLR0913 - the command's options
    sql: Annotated[
        str, typer.Argument(help="One SELECT over the tier's tables, in DuckDB's dialect.")
    ],
    tier: AsTier = "analyst",
    warehouse: Warehouse = WAREHOUSE,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write it: .csv, .xlsx or .parquet.")
    ] = None,
    json: AsJson = False,
    purpose: Purpose = "",
    timeout: Annotated[float, typer.Option(help="Seconds the answer may take.", min=0.1)] = 300.0,
) -> None:
    """Ask what a tier sees. SHOW TABLES and DESCRIBE say what there is. Behind a pipe the answer is CSV."""
    with stopping():
        from pipelines.cli.answers import give, require_written
        from pipelines.cli.within import within
        from warehouse.ask import answer
        from warehouse.guard import logged
        from warehouse.store import Access, open_store

        require_written(out)
        store = open_store(warehouse, timeout)

        def ended() -> None:
            store.note_access(Access(tier, logged(sql), None, "stopped", purpose))

        with within(timeout, ended):
            rows = answer(store, tier, sql, purpose=purpose)
        give(rows, tier, out, json)


@app.command()
def show(  # noqa: PLR0913 - the command's options
    customer_id: Annotated[str, typer.Argument(help="The customer's id, as the tier shows it.")],
    tier: AsTier = "service",
    as_of: Annotated[str, typer.Option(help="As it was known on this day, as 2026-09-01.")] = "",
    warehouse: Warehouse = WAREHOUSE,
    json: AsJson = False,
    purpose: Purpose = "",
) -> None:
    """One customer's file, in nine sections."""
    with stopping():
        from warehouse.customer_file import customer_file
        from warehouse.store import open_store

        found = customer_file(open_store(warehouse), customer_id, tier, _day(as_of), purpose)
        if json:
            typer.echo(as_json(_as_data(found)))
        else:
            _draw(found)


@app.command()
def links(
    out: Annotated[Path, typer.Option("--out", "-o", help="The CSV to write.")],
    warehouse: Warehouse = WAREHOUSE,
) -> None:
    """Which row of which channel is which customer, as CSV: channel, source_id, customer_id."""
    with stopping():
        import csv

        from pipelines.core.cells import defused_table
        from pipelines.core.files import aside, require_ending
        from warehouse.ask import answer
        from warehouse.store import open_store
        from warehouse.views import STEWARD

        require_ending(out, ".csv")
        rows = answer(open_store(warehouse), STEWARD, LINKS)
        with aside(out) as whole, whole.open("w", encoding="utf-8", newline="") as file:
            to = csv.writer(file, lineterminator="\n")
            to.writerow(rows.column_names)
            texts = defused_table(rows)
            to.writerows(zip(*(c.to_pylist() for c in texts.columns), strict=True))
        typer.echo(counted(rows.num_rows), err=True)


LINKS = (
    "SELECT channel, source_id, customer_id FROM core.customer_source WHERE until IS NULL"
    " ORDER BY channel, source_id"
)
"""The ledger's rows that stand."""


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise ConfigError(
            f"--as-of {text!r} is no day: write it as 2026-09-01",
            f"--as-of {text!r} 不是日期：请写作 2026-09-01",
        ) from None


def _as_data(found: "CustomerFile") -> dict[str, Any]:
    return {
        "customer_id": found.customer_id,
        "was_superseded": found.was_superseded,
        "as_of": found.as_of,
        "sections": {
            str(section): {
                held.table.name: [
                    {c.name: row.get(c.name) for c in held.columns} for row in held.rows
                ]
                for held in parts
            }
            for section, parts in found.sections.items()
        },
        "changes": [{"on": c.on, "attributes": list(c.attributes)} for c in found.changes],
        "left_out": dict(found.later),
    }


def _draw(found: "CustomerFile") -> None:
    from rich.rule import Rule

    from warehouse.customer_file import SECTION_ZH

    page = console()
    page.print(plain(say(f"Customer {found.customer_id}", f"客户 {found.customer_id}")))
    if found.was_superseded:
        page.print(say("The id asked for gave way to this one.", "所查客户号已由本客户号承继。"))
    if found.as_of:
        page.print(say(f"As known on {found.as_of}.", f"截至 {found.as_of} 所知。"))
    for section, parts in found.sections.items():
        title = Rule(f"{SECTION_ZH[section]} {str(section).capitalize()}", align="left")
        page.print(title, width=min(RULED, page.width))
        for held in parts:
            _draw_one(page, held) if held.table.name == "customer" else _draw_rows(page, held)
        if not parts:
            page.print(say("not held", "无"))
    for change in found.changes:
        page.print(plain(f"{change.on}: {', '.join(change.attributes)}"))
    for table, rows in found.later.items():
        page.print(say(
            f"{table}: left out as delivered later: {counted(rows)}", f"{table}：其后交付的 {rows} 行未列出"
        ))  # fmt: skip


def _draw_one(page: "Console", held: "Held") -> None:
    """One row, an attribute a line."""
    from rich.table import Table

    from warehouse.customer_file import label

    drawn = Table.grid(padding=(0, 2))
    for c in held.columns:
        if (value := held.rows[0].get(c.name)) is not None:
            drawn.add_row(*(plain(part) for part in (*label(c), text(value))))
    page.print(whole(drawn))


def _draw_rows(page: "Console", held: "Held") -> None:
    """Some rows side by side, an attribute a line; attributes that none of them has are left out."""
    from rich.table import Table

    from warehouse.customer_file import label

    page.print(held.table.info["zh"], held.table.name)
    for start in range(0, min(len(held.rows), SHOWN_ROWS), SIDE_BY_SIDE):
        rows = held.rows[start : start + SIDE_BY_SIDE]
        drawn = Table(show_header=False)
        for c in held.columns:
            values = [text(row[c.name]) for row in rows]
            if any(values):
                drawn.add_row(*(plain(text) for text in (*label(c), *values)))
        page.print(whole(drawn))
    if (more := len(held.rows) - SHOWN_ROWS) > 0:
        page.print(say(f"not shown: {counted(more)}", f"另有 {more} 行"))
