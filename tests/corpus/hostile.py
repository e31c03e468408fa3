"""What is left of people in the masked versions of hostile files: `python -m tests.corpus files`."""

import re
import unicodedata
from pathlib import Path

import openpyxl
from typer.testing import CliRunner

from pipelines.cli import app
from tests.corpus.hostile_files import canaries, made

TEXTS = (".txt", ".md", ".log")


def written(path: Path) -> str:
    """All that stands in a file, sheets' names and properties too."""
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    book = openpyxl.load_workbook(path)
    cells = (str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row)
    return " ".join([*cells, *book.sheetnames, str(book.properties.creator)])


def bare(text: str) -> str:
    """A text without blanks, marks and width, by which a spelling hides what is there."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s\u200b\u00ad.'\"()/-]+", "", folded)


def survivors(folder: Path, tier: str) -> dict[str, list[str]]:
    """By file, the canaries that are left in what was written or said; a refused file leaves none."""
    found = {}
    for name, content in made():
        source = folder / name
        source.write_bytes(content)
        ending = (
            ".txt"
            if source.suffix in TEXTS
            else source.suffix
            if source.suffix == ".xlsx"
            else ".csv"
        )
        out = folder / f"{source.stem}.out{ending}"
        done = CliRunner().invoke(app, ["mask", str(source), "--tier", tier, "-o", str(out)])
        said = done.output
        if name.startswith(("headerless", "name", "one", "two")):
            said += CliRunner().invoke(app, ["scan", str(source)]).output
        left = bare(said + (written(out) if out.exists() else ""))
        found[name] = [canary for canary in canaries() if bare(canary) in left]
    return found
