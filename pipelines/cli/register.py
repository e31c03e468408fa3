"""`mingce register` and `mingce labels`: what is held, under which plans, and what the standards call it."""

import json as as_json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli import app, stopping
from pipelines.core.errors import ConfigError, say

if TYPE_CHECKING:
    from masking.rulepacks import RulePack

WAREHOUSE = "duckdb:///var/warehouse.duckdb"


@app.command()
def register(
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write: .csv, .json or .md.")],
    warehouse: Annotated[str, typer.Option(help="The warehouse whose register it is.")] = WAREHOUSE,
) -> None:
    """Write the asset register as a filing: subject, rules, purpose, manner, scope, types; never the data."""
    with stopping():
        from pipelines.core.files import SHARED, aside, require_ending
        from warehouse.filing import FORMATS, filing
        from warehouse.store import open_store

        require_ending(out, *FORMATS)
        said = filing(open_store(warehouse))
        with aside(out, SHARED) as path:
            path.write_text(FORMATS[out.suffix.lower()](said), encoding="utf-8", newline="")
        typer.echo(say(f"{len(said.columns)} columns", f"{len(said.columns)} 列"), err=True)


@app.command()
def labels(
    pack: Annotated[
        str, typer.Argument(help="A rule pack, by name or file; all of them if left out.")
    ] = "",
    before: Annotated[
        str,
        typer.Option(help="An older version, or another pack: which columns change their label."),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """What a standard calls each kind, line by line, with its source; and what another version changes."""
    with stopping():
        from masking.rulepacks import rule_pack, rule_packs

        if before and not pack:
            raise ConfigError(
                "--before needs the rule pack it is compared with",
                "--before 需同时指定要比较的规则包",
            )
        if before:
            rows = _changes(rule_pack(before), rule_pack(pack))
        elif pack:
            rows = _lines(rule_pack(pack))
        else:
            rows = [
                {
                    "pack": p.name,
                    "version": p.version,
                    "title": say(p.title_en, p.title_zh),
                    "standard": p.standard,
                }
                for p in rule_packs().values()
            ]
        _told(rows, json)


def _lines(pack: "RulePack") -> list[dict[str, Any]]:
    """Every line: what is called what, where it says so, and whether these are its words or our reading."""
    lines = [
        {"label": line.label, "name": pack.named(line.label), "kinds": " ".join(line.kinds),
         "basis": line.basis, "source": line.source}
        for line in pack.lines
    ]  # fmt: skip
    lifts = [
        {"label": lift.to, "name": pack.named(lift.to),
         "kinds": f"{' '.join([*lift.labels, *lift.kinds])} + {' '.join([*lift.when_labels, *lift.when_kinds])}",
         "basis": lift.basis, "source": lift.source}
        for lift in pack.lifts
    ]  # fmt: skip
    return lines + lifts


def _changes(before: "RulePack", after: "RulePack") -> list[dict[str, Any]]:
    """The columns of the model that change their label, table by table."""
    from masking.rulepacks import difference
    from warehouse.model import kind
    from warehouse.tables import CORE

    tables = {table.name: {c.name: kind(c) for c in table.columns} for table in CORE.values()}
    return [
        {
            "table": change.table,
            "column": change.column,
            "kind": change.kind.value,
            "before": change.before,
            "after": change.after,
            "source": change.source,
        }
        for change in difference(before, after, tables)
    ]


def _told(rows: list[dict[str, Any]], json: bool) -> None:
    if json:
        typer.echo(as_json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not rows:
        typer.echo(say("no column changes its label", "没有列的标签发生变化"))
        return
    from rich.table import Table

    from pipelines.cli.answers import console, whole

    table = Table(box=None)
    for name in rows[0]:
        table.add_column(name)
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    console().print(whole(table))
