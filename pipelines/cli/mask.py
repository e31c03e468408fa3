"""`mingce mask`: one table file, or one text file, as a tier may see it."""

import json as as_json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli import app, is_terminal, stopping
from pipelines.core.errors import ConfigError, say
from pipelines.core.files import require_ending

if TYPE_CHECKING:
    from masking.kinds import Kind
    from masking.tiers import Tier

TEXTS = (".txt", ".md", ".log")
"""Files with these endings are free text; every other is a table."""
KEY = "env:MINGCE_TOKEN_KEY"


@app.command()
def mask(  # noqa: PLR0913 - one parameter for each option
    file: Annotated[
        str, typer.Argument(help="A table file (CSV, JSON Lines, XLSX, Parquet), or a text file.")
    ],
    tier: Annotated[
        str, typer.Option(help="For whom: steward, service, analyst, partner or statistics.")
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help="Where to write: .csv, .jsonl, .xlsx, .parquet; .txt."),
    ],
    kind: Annotated[
        list[str] | None,
        typer.Option(help="What a column reveals, as COLUMN=KIND; may be given again."),
    ] = None,
    key: Annotated[
        str, typer.Option(help="Reference to the key of the tokens: env:NAME or file:PATH.")
    ] = KEY,
    tiers: Annotated[
        Path | None, typer.Option(help="A pack's tiers.yaml; else the usual tiers.")
    ] = None,
    password: Annotated[
        str, typer.Option(help="Reference to the file's password: env:NAME or file:PATH.")
    ] = "",
    encoding: Annotated[str, typer.Option(help="The file's encoding; else it is found.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Say what was done as JSON.")] = False,
) -> None:
    """Mask one file. A column whose kind is not certain is withheld; --kind says what it is."""
    from masking.frames import tier_named

    with stopping():
        whom = tier_named(tier, tiers)
        if Path(file).suffix.lower() in TEXTS:
            said = _text(file, whom, out, encoding)
        else:
            said = _table(file, whom, out, _kinds(kind or []), _Read(key, password, encoding))
    _tell(said, json)


class _Read:
    """How the file is to be read, and where the key is."""

    def __init__(self, key: str, password: str, encoding: str) -> None:
        self.key, self.password, self.encoding = key, password, encoding


def _kinds(said: list[str]) -> "dict[str, Kind]":
    from masking.kinds import Kind

    found: dict[str, Kind] = {}
    for one in said:
        column, _, kind = one.rpartition("=")
        if not column or kind not in set(Kind):
            raise ConfigError(
                f"--kind {one}: say COLUMN=KIND, the kind being one of {', '.join(Kind)}",
                f"--kind {one}：请写作 列名=类型，类型为 {'、'.join(Kind)} 之一",
            )
        found[column] = Kind(kind)
    return found


def _table(
    file: str, tier: "Tier", out: Path, kinds: "Mapping[str, Kind]", how: _Read
) -> dict[str, Any]:
    from masking.files import writer
    from masking.frames import planned
    from pipelines.channels.readers import open_source
    from pipelines.channels.readers.reading import LINE
    from pipelines.engine.duckdb import DuckDBEngine

    write = writer(out)
    engine = DuckDBEngine()
    try:
        with _progress(say("Reading", "读取")):
            reading = open_source(file, encoding=how.encoding, password=how.password)
            rows = engine.arrow(reading.rows)
            columns = [c for c in rows.columns if c != LINE]
        with _progress(say("Masking", "脱敏")):
            plan = planned(rows, columns, kinds, tier, how.key, engine)
            table = plan.hidden(rows, LINE, engine)
            write(table)
    finally:
        engine.close()
    said = [
        {"name": c, "kinds": [str(k) for k in plan.kinds[c]], "rule": rule.name}
        for c, rule in plan.rules.items()
    ]
    return {"rows": table.num_rows, "rejected": reading.refused.num_rows, "columns": said}


def _text(file: str, tier: "Tier", out: Path, encoding: str) -> dict[str, Any]:
    from masking.files import hidden_text, write_text
    from pipelines.channels.readers.encoding import found_encoding
    from pipelines.channels.readers.files import plain

    require_ending(out, *TEXTS)
    with plain(file) as here:
        how = found_encoding(here.path, encoding, here.shown)
        text = here.path.read_bytes().decode(how, errors="replace").removeprefix("\ufeff")
    hidden, spans = hidden_text(text, tier)
    write_text(hidden, out)
    return {"characters": len(text), "spans": {str(kind): n for kind, n in sorted(spans.items())}}


@contextmanager
def _progress(what: str) -> Iterator[None]:
    from rich.console import Console

    if not is_terminal():
        yield
        return
    with Console(stderr=True).status(what):
        yield


def _tell(said: dict[str, Any], json: bool) -> None:
    if json:
        typer.echo(as_json.dumps(said, ensure_ascii=False))
        return
    for column in said.get("columns", []):
        typer.echo(f"{column['name']}\t{', '.join(column['kinds']) or '?'}\t{column['rule']}")
    for kind, count in said.get("spans", {}).items():
        typer.echo(f"{kind}\t{count}")
