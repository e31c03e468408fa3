"""`mingce report`: the assessment of a period, as one page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli import app, stopping
from pipelines.core.errors import LANGUAGE, say

WAREHOUSE = "duckdb:///var/warehouse.duckdb"


@app.command()
def report(
    period: Annotated[str, typer.Option(help="2026Q3, 2026, 2026-09 or 2026-09-30.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write: .html.")],
    warehouse: Annotated[
        str, typer.Option(help="The warehouse whose figures it shows.")
    ] = WAREHOUSE,
) -> None:
    """Write the assessment of a period: scores, trends, indicators, batches, what is to be corrected."""
    with stopping():
        from expectations.kpi.assessment import assessment
        from expectations.kpi.page import page
        from expectations.kpi.period import period as named
        from pipelines.core.files import SHARED, aside, require_ending
        from warehouse.store import open_store

        require_ending(out, ".html", ".htm")
        store = open_store(warehouse)

        def read(sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
            return store.read(sql, "steward", params).to_pylist()

        said = assessment(read, named(period))
        with aside(out, SHARED) as path:
            path.write_text(page(said, LANGUAGE.get()), encoding="utf-8", newline="\n")
        typer.echo(
            say(
                f"{out}: {said.period.en}, as of {said.day}",
                f"{out}：{said.period.zh}，数据截至 {said.day}",
            )
        )
