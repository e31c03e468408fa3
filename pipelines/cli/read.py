"""`mingce read`: any supported file, as Parquet, and what could not be read, as JSON Lines."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import app, stopping


@app.command()
def read(  # noqa: PLR0913 - one parameter for each option
    file: Annotated[str, typer.Argument(help="A path, an fsspec URI, or a SQLAlchemy URL.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The Parquet file to write.")],
    rejects: Annotated[
        Path | None, typer.Option(help="Where refused rows go, as JSON Lines.")
    ] = None,
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook; else the first.")] = "",
    table: Annotated[str, typer.Option(help="The table of a database.")] = "",
    query: Annotated[str, typer.Option(help="One SELECT instead of a table.")] = "",
    password: Annotated[
        str, typer.Option(help="Reference to the password: env:NAME or file:PATH.")
    ] = "",
    encoding: Annotated[str, typer.Option(help="The file's encoding; else it is found.")] = "",
) -> None:
    """Read any supported file; print what was found as JSON."""
    from pipelines.channels.readers import open_source
    from pipelines.channels.readers.labels import told
    from pipelines.channels.readers.written import write_refused, write_rows
    from pipelines.core.files import require_ending

    with stopping():
        require_ending(out, ".parquet")
        if rejects:
            require_ending(rejects, ".jsonl")
        reading = open_source(
            file, encoding=encoding, sheet=sheet, password=password, table=table, query=query
        )
        write_rows(reading, out)
        if rejects:
            write_refused(reading, rejects)
    said = {name: reading.facts[name] for name in ("encoding", "delimiter")}
    said["header"] = told(reading.facts["header"])
    counts = {"rows": reading.kept, "rejected": reading.refused.num_rows}
    typer.echo(json.dumps({**said, **counts}, ensure_ascii=False))
