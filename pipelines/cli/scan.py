"""`mingce scan`: what any file or database holds, with no configuration: format, kinds, labels, quality."""

import json as as_json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from pipelines.cli import app, is_terminal, stopping
from pipelines.core.errors import ConfigError, PlatformError, say
from pipelines.core.files import require_ending

if TYPE_CHECKING:
    from masking.issuers import Cards
    from pipelines.engine.protocol import Engine

SHOWN = ("six_categories", "general_sensitive", "jrt_0171_2020", "jrt_0197_2020")
"""The rule packs whose labels a terminal is given; JSON has all."""
COUNTED = ("kind", "score", "matches", "proven", "suspect")
HEADS = ("duplicate_headers", "missing_headers")
FACTS = (
    "format",
    "encoding",
    "delimiter",
    "header_line",
    *HEADS,
    "titles",
)


@app.command()
def scan(
    files: Annotated[
        list[str], typer.Argument(help="Files, or database URLs, whose tables are all scanned.")
    ],
    json: Annotated[
        str, typer.Option("--json", help="Write the findings here as JSON; - for standard output.")
    ] = "",
    table: Annotated[
        list[str] | None, typer.Option(help="Only this table of a database; may be given again.")
    ] = None,
    password: Annotated[
        str, typer.Option(help="Reference (env:NAME, file:PATH) to a file's password.")
    ] = "",
) -> None:
    """Look at every cell of files or databases: what they hold, what it reveals, how it is classified."""
    with stopping():
        if json not in ("", "-"):
            require_ending(Path(json), ".json")
        sources = list(_sources(files, table or [], password))
        from pipelines.engine.duckdb import DuckDBEngine

        works, stopped = DuckDBEngine(), list[PlatformError]()
        try:
            found = [_found(works, source, password, stopped) for source in _progress(sources)]
        finally:
            works.close()
        if len(sources) == 1 and stopped:
            raise stopped[0]
        if json:
            _write(found, json)
        if json != "-":
            for one in found:
                _show(one)
        if stopped:
            raise typer.Exit(max(error.exit_code for error in stopped))


class _Source(NamedTuple):
    """What is scanned: a file, or a table or a sheet of it; a sheet is called by its place among those that are."""

    location: str
    table: str = ""
    sheet: str = ""
    place: int = 0


def _sources(files: Sequence[str], only: Sequence[str], password: str) -> Iterator[_Source]:
    """What to read: each file, each table of each database, each sheet of a workbook that holds anything."""
    from pipelines.channels.readers.tables import tables_in

    for file in files:
        if sheets := _sheets(file, password):
            yield from (_Source(file, "", name, i) for i, name in enumerate(sheets, 1))
            continue
        there = tables_in(file, password)
        if there and (unknown := sorted(set(only) - set(there))):
            raise ConfigError(
                f"there is no table {', '.join(unknown)} among the {len(there)}; without --table all are shown",
                f"共 {len(there)} 个表，没有 {'、'.join(unknown)}；不加 --table 则全部显示",
            )
        yield from [_Source(file, name) for name in only or there] if there else [_Source(file)]


def _sheets(file: str, password: str) -> list[str]:
    """The sheets of a workbook of several; why one cannot be opened is told where it is read."""
    from pipelines.channels.readers.tables import sheets_in

    try:
        sheets = sheets_in(file, password)
    except PlatformError:
        return []
    return sheets if sheets[1:] else []


def _progress(sources: list[_Source]) -> Iterator[_Source]:
    """The sources one by one, under a progress bar where there is a terminal."""
    from rich.console import Console
    from rich.progress import track

    yield from track(
        sources,
        description=say("Scanning", "扫描"),
        console=Console(stderr=True),
        disable=not is_terminal() or len(sources) < 2,
        transient=True,
    )


def _found(
    works: "Engine", source: _Source, password: str, stopped: list[PlatformError]
) -> dict[str, Any]:
    """What a source holds, or why it cannot be read: one broken view does not hide the other tables."""
    try:
        return _scanned(works, source, password)
    except PlatformError as error:
        stopped.append(error.alone())
        return _titled(source) | {"error": str(error), "columns": []}


def _titled(source: _Source) -> dict[str, Any]:
    table = source.table or (f"{say('sheet', '工作表')} {source.place}" if source.place else "")
    return {"source": _name(source.location), **({"table": table} if table else {})}


def _scanned(works: "Engine", source: _Source, password: str) -> dict[str, Any]:
    from masking.columns import profile
    from masking.issuers import cards as found
    from masking.kinds import Kind
    from pipelines.channels.readers import LINE, open_source
    from pipelines.channels.readers.labels import told

    reading = open_source(
        source.location, table=source.table, sheet=source.sheet, password=password
    )
    names = [name for name in reading.rows.schema.names if name != LINE]
    with works.scope():
        rows = works.arrow(reading.rows)
        evidence = profile(works, rows, names).to_pylist()
        cards = {
            e["column_name"]: found(works, rows, e["column_name"])
            for e in evidence
            if e["kind"] == Kind.BANK_CARD and e["verdict"]
        }
    said = dict(zip(names, told(names), strict=True))
    columns = [
        {"name": shown}
        | _column([e for e in evidence if e["column_name"] == name], cards.get(name, []))
        for name, shown in said.items()
    ]
    lifts = _lift(columns)
    return {
        **_titled(source),
        **{fact: reading.facts[fact] for fact in FACTS if reading.facts.get(fact)},
        **{fact: [said[n] for n in reading.facts[fact]] for fact in HEADS if fact in reading.facts},
        "rows": reading.kept,
        "rejected": reading.refused.num_rows,
        "columns": columns,
        "lifted": lifts,
    }


def _lift(columns: list[dict[str, Any]]) -> dict[str, Any]:
    """Call each column what it is called beside the others; why, by pack and kind."""
    from masking.kinds import Kind
    from masking.rulepacks import lifted

    together = {Kind(k) for column in columns for k in (column["kind"], *column["also"])}
    lifts = {
        pack: {kind.value: asdict(change) for kind, change in changes.items()}
        for pack, changes in lifted(together).items()
    }
    for column in columns:
        for pack, changes in lifts.items():
            if column["kind"] in changes:
                column["labels"][pack] = changes[column["kind"]]["label"]
    return lifts


def _column(evidence: list[dict[str, Any]], cards: "list[Cards]") -> dict[str, Any]:
    """A column as its likeliest kind; in `also` whatever else it reveals, in `kinds` each with its counts.

    Whose cards it holds is said where cards are what it holds.
    """
    from masking.issuers import sentences
    from masking.kinds import Kind
    from masking.rulepacks import labels

    best = evidence[0]
    whose = sentences(cards) if best["kind"] == Kind.BANK_CARD else ("", "")
    return {
        **{key: best[key] for key in (*COUNTED, "cells")},
        "labels": dict(labels(Kind(best["kind"]))),
        "reason": _why(best) + say(*whose),
        "distinct": best["distinct_values"],
        "also": [e["kind"] for e in evidence[1:] if e["verdict"]],
        "kinds": [
            {key: e[key] for key in COUNTED} | {"reason": _why(e)} for e in evidence if e["verdict"]
        ],
        **({"cards": [one._asdict() for one in cards]} if cards else {}),
    }


def _why(evidence: dict[str, Any]) -> str:
    return say(evidence["reason_en"], evidence["reason_zh"])


def _name(location: str) -> str:
    """The file's own name, or an address without what opens it."""
    from pipelines.core.location import shown

    return shown(location) if "://" in location else Path(location).name


def _write(found: list[dict[str, Any]], where: str) -> None:
    said = found[0] if len(found) == 1 else {"sources": found}
    text = as_json.dumps(said, ensure_ascii=False, indent=1)
    if where == "-":
        typer.echo(text)
    else:
        from pipelines.core.files import SHARED, aside

        with aside(Path(where), SHARED) as path:
            path.write_text(text + "\n", encoding="utf-8")


def _show(found: dict[str, Any]) -> None:
    from rich.table import Table

    from pipelines.cli.answers import console, whole

    facts = ", ".join(f"{fact} {found[fact]}" for fact in FACTS if found.get(fact))
    title = f"{found['source']} {found.get('table', '')}".strip()
    if "error" in found:
        typer.echo(f"{title}: {found['error']}", err=True)
        return
    table = Table(
        title=f"{title}: {found['rows']:,} {say('rows', '行')} "
        f"({found['rejected']:,} {say('refused', '拒收')}); {facts}",
        title_justify="left",
    )
    for heading in say(
        "column,kind,score,cells,labels,why", "列,类型,得分,单元格,分类分级,依据"
    ).split(","):
        table.add_column(
            heading,
            justify="right" if heading in ("score", "cells", "得分", "单元格") else "left",
        )
    for column in found["columns"]:
        kinds = "\n+ ".join(_held(column))
        labels = " ".join(_named(pack, column["labels"][pack]) for pack in SHOWN)
        cells = f"{column['cells']:,}"
        table.add_row(
            column["name"], kinds, f"{column['score']:.2f}", cells, labels, column["reason"]
        )
    page = console()
    page.print(whole(table))
    for sentence in _sentences(found["lifted"]):
        page.print(sentence, markup=False)


def _held(column: dict[str, Any]) -> Iterator[str]:
    """The kinds of a column; of several, how many cells speak for each."""
    from masking.kinds import ZH, Kind

    for kind in column["kinds"] or [column]:
        name = say(kind["kind"], ZH[Kind(kind["kind"])])
        yield f"{name} {kind['matches']:,}" if column["also"] else name


def _named(pack: str, label: str) -> str:
    """A label as it is read: codes such as C2 stand for themselves."""
    from masking.rulepacks import rule_packs

    return say(label, rule_packs()[pack].labels[label] if label.islower() else label)


def _sentences(lifted: dict[str, Any]) -> Iterator[str]:
    """What is called more because of what stands beside it, a sentence for each label."""
    from masking.kinds import ZH, Kind
    from masking.rulepacks import rule_packs

    for pack, changes in lifted.items():
        title = say(rule_packs()[pack].title_en, rule_packs()[pack].title_zh)
        for label in dict.fromkeys(change["label"] for change in changes.values()):
            what = [kind for kind, change in changes.items() if change["label"] == label]
            because = dict.fromkeys(k for kind in what for k in changes[kind]["because"])
            lifts, beside = (
                say(", ", "、").join(say(k, ZH[Kind(k)]) for k in kinds)
                for kinds in (what, because)
            )
            yield say(
                f"{title}: {lifts} counts as {label} here, beside {beside}",
                f"{title}：{lifts}与{beside}并存，按“{_named(pack, label)}”对待",
            )
