"""`mingce tables`, `mingce describe`: what there is to ask, and what it means, as one tier sees it."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import app, stopping
from pipelines.cli.ask import WAREHOUSE, AsJson, AsTier, Warehouse

Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write it: .csv, .xlsx or .parquet.")]


@app.command()
def tables(
    tier: AsTier = "analyst",
    warehouse: Warehouse = WAREHOUSE,
    out: Out = None,
    json: AsJson = False,
) -> None:
    """The tables that a tier may ask, and what one row of each is."""
    _give("SHOW TABLES", tier, warehouse, out, json)


@app.command()
def describe(
    table: Annotated[str, typer.Argument(help="The table, as `mingce tables` lists it.")],
    tier: AsTier = "analyst",
    warehouse: Warehouse = WAREHOUSE,
    out: Out = None,
    json: AsJson = False,
) -> None:
    """A table's columns: what each means, what the tier is shown of it, its codes, and who fills it."""
    _give(f"DESCRIBE {table}", tier, warehouse, out, json)


def _give(statement: str, tier: str, warehouse: str, out: Path | None, json: bool) -> None:
    with stopping():
        from pipelines.cli.answers import give, require_written
        from warehouse.ask import answer
        from warehouse.store import open_store

        require_written(out)
        give(answer(open_store(warehouse), tier, statement), tier, out, json)
