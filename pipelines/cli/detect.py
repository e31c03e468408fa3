"""`mingce detect`: what personal data stands in each text of a JSON Lines file."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import app, is_terminal, stopping


@app.command()
def detect(
    source: Annotated[Path, typer.Argument(help="JSON Lines, one {id, text} a line; may be gzip.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Where {id, entities} is written: .jsonl.")
    ],
    pack: Annotated[
        Path | None, typer.Option(help="A pack, whose spaCy models read the texts as well.")
    ] = None,
) -> None:
    """Find personal data in free text; entities are {kind, start, end, score}, end exclusive."""
    from rich.progress import Progress

    from masking import jsonl
    from masking.text import detector
    from pipelines.channels.pack import Pack
    from pipelines.core.files import require_ending

    with stopping(), Progress(disable=not is_terminal()) as progress:
        require_ending(out, ".jsonl")
        total = source.stat().st_size if source.is_file() else None
        task = progress.add_task("detect", total=total)
        find = detector(Pack(pack).models if pack else {})
        for done in jsonl.detected(source, out, find):
            progress.update(task, completed=done)
