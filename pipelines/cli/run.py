"""`mingce run`: the whole flow, for the days the source holds."""

import datetime
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli import app, is_terminal, stopping
from pipelines.core.errors import ConfigError, PlatformError, say
from pipelines.core.location import shown

if TYPE_CHECKING:
    from pipelines.channels.run import Run

LAKE = "var/lake"
WAREHOUSE = "duckdb:///var/warehouse.duckdb"
LOOKED_AT = ("ingest", "detect")
"""Steps that notice what is wrong with a delivery; what the others notice is of rows."""


@app.command()
def run(  # noqa: PLR0913 - the command's options
    pack: Annotated[Path, typer.Option(help="The pack's folder.")],
    source: Annotated[str, typer.Option(help="Where the channels' files land: a folder or URI.")],
    day: Annotated[
        str, typer.Option(help="The day, as 2026-09-01; all days the source holds if left out.")
    ] = "",
    channel: Annotated[
        list[str] | None, typer.Option(help="Only this channel; may be given again.")
    ] = None,
    lake: Annotated[str, typer.Option(help="Where the steps leave their batches.")] = LAKE,
    warehouse: Annotated[str, typer.Option(help="Where the views are published.")] = WAREHOUSE,
    engine: Annotated[str, typer.Option(help="duckdb or spark; the pack's if left out.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Run the flow: ingest, standardise, detect, validate per channel; resolve, mask, publish, measure."""
    with stopping():
        from masking.rules import Key
        from pipelines.channels.pack import Pack
        from pipelines.channels.run import Run
        from pipelines.core import scratch
        from pipelines.core.secrets import secret
        from pipelines.engine import engine as engine_named
        from pipelines.engine.lake import Lake
        from warehouse.store import open_store

        open_store(warehouse)  # what is no warehouse is refused before anything is made
        the_pack = Pack(pack)
        Key.read(
            secret(the_pack.file.token_key).get_secret_value()
        )  # without it nothing is published
        scratch.live_beneath(lake)
        works = engine_named(engine or the_pack.file.engine)
        try:
            the_run = Run(the_pack, works, Lake(lake, works), warehouse, source)
            outcomes = _days(the_run, _planned(the_run, _day(day), channel or []))
            outcomes += _missing(the_run, {o["day"] for o in outcomes}, channel or [])
        finally:
            works.close()
        _told(outcomes, json)
        worst = max((o["exit_code"] for o in outcomes), default=0)
        if worst:
            raise typer.Exit(worst)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise ConfigError(
            f"--day {text!r} is no day: write it as 2026-09-01",
            f"--day {text!r} 不是日期：请写作 2026-09-01",
        ) from None


def _planned(
    run: "Run", day: datetime.date | None, only: list[str]
) -> list[tuple[datetime.date, list[str]]]:
    """The days to run, oldest first, each with its channels."""
    from pipelines.days import planned

    plan = planned(run, day, only)
    if not plan:
        raise ConfigError(
            f"{shown(run.source)} holds no file of any channel; see lands_at in {run.pack.folder}/channels",
            f"{shown(run.source)} 中没有任何渠道的文件；请核对 {run.pack.folder}/channels 中的 lands_at",
        )
    return plan


def _days(run: "Run", plan: list[tuple[datetime.date, list[str]]]) -> list[dict[str, Any]]:
    """Run every channel's day, then all customers' of that day and of every day it bears on; and say what became."""
    from pipelines.core.batch import CUSTOMERS
    from pipelines.days import in_turn
    from pipelines.flow import steps_of

    total = sum(len(steps_of(of)) for _, channels in plan for of in (*channels, CUSTOMERS))
    with _Bar(total) as bar:
        outcomes = []
        for day, channels in plan:
            outcomes += [_ran(run, channel, day, bar) for channel in channels]
            outcomes += [_ran(run, CUSTOMERS, due, bar) for due in in_turn(run, until=day)]
            if not any(o["channel"] == CUSTOMERS and o["day"] == str(day) for o in outcomes):
                outcomes.append(_ran(run, CUSTOMERS, day, bar))
        outcomes += [_ran(run, CUSTOMERS, due, bar) for due in in_turn(run)]
    return outcomes


def _ran(run: "Run", channel: str, day: datetime.date, bar: "_Bar") -> dict[str, Any]:
    """Run a channel's day, or all customers', and say what became of it."""
    from pipelines.flow import run_day

    said: dict[str, Any] = {"channel": channel, "day": str(day), "exit_code": 0, "message": ""}
    try:
        run_day(run, channel, day, partial(bar.step, day, channel))
    except PlatformError as error:
        said |= {"exit_code": error.exit_code, "message": str(error)}
    said |= _rows(run, channel, day)
    warnings = list(_warnings(run, channel, day, said))
    return said | ({"warnings": warnings} if warnings else {})


def _warnings(
    run: "Run", channel: str, day: datetime.date, said: Mapping[str, Any]
) -> Iterator[str]:
    """What somebody should look at, though the day went on; what checks of rows found is the report's."""
    from expectations.kpi.happened import fewer, happened

    was = happened(run.lake, channel, day)
    if less := fewer(was.replaced() | {"rows_read": said.get("read")}):
        yield say(*less)
    if lost := said.get("refused"):
        yield say(
            f"rows that could not be read: {lost:,}; they lie, with the reasons, under quarantine/ingest in the lake",
            f"有 {lost:,} 行无法读取，已连同原因存放在数据湖的 quarantine/ingest 下",
        )
    noticed = [
        f"{f['what']} {f['column_name'] or ''}".strip() + f" ({f['rows']:,})"
        for f in was.findings()
        if f["step"] in LOOKED_AT
    ]
    if noticed:
        yield say(
            f"noticed: {', '.join(noticed)}; quality.finding has them, docs/channels.md says what they mean",
            f"发现：{'，'.join(noticed)}；详见 quality.finding，含义见 docs/channels.md",
        )


def _missing(run: "Run", days: set[str], only: list[str]) -> list[dict[str, Any]]:
    """What was expected of these days and has not come: nobody's fault here, so no failure."""
    from pipelines.channels.missing import missing

    return [
        {
            "channel": row["channel"],
            "day": str(row["day"]),
            "exit_code": 0,
            "message": say(row["message_en"], row["message_zh"]),
            "outcome": row["outcome"],
        }
        for row in missing(run, run.pack.sound())
        if str(row["day"]) in days and row["channel"] in (only or run.pack.names)
    ]


class _Bar:
    """A progress bar on a terminal; silence in a log."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn(),
                   TextColumn("{task.description}"))  # fmt: skip
        self._progress = Progress(*columns, console=Console(stderr=True), disable=not is_terminal())
        self._task = self._progress.add_task("", total=total)

    def step(self, day: datetime.date, channel: str, step: str) -> None:
        self._progress.update(self._task, advance=1, description=f"{day} {channel} {step}")

    def __enter__(self) -> "_Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()


def _rows(run: "Run", channel: str, day: datetime.date) -> dict[str, int]:
    """Rows of the batch: read, accepted, set aside by a check, refused by the reader; those that are known."""
    notes = run.lake.notes(channel, day)
    ingested = notes.get("ingest", {}).get("rows", {})
    validated = notes.get("validate", {}).get("rows", {})
    found: dict[str, int] = {}
    if "rows" in ingested:
        found = {
            "read": ingested["rows"] + ingested.get("refused", 0),
            "refused": ingested.get("refused", 0),
        }
    if validated:
        record = run.pack.channel(channel).record
        found |= {
            "accepted": validated[record],
            "set aside": validated.get(f"set_aside_{record}", 0),
        }
    return found


def _told(outcomes: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        import json

        typer.echo(json.dumps(outcomes, ensure_ascii=False, indent=1))
        return
    from rich.table import Table

    from pipelines.cli.answers import console, whole

    table = Table(box=None)
    heads = {
        "day": "日期",
        "channel": "渠道",
        "read": "读取",
        "accepted": "接收",
        "set aside": "隔离",
        "refused": "拒读",
    }
    for en, zh in heads.items():
        table.add_column(say(en, zh), justify="left" if en in ("day", "channel") else "right")
    for o in outcomes:
        cells = [f"{o[h]:,}" if isinstance(o.get(h), int) else str(o.get(h, "")) for h in heads]
        table.add_row(*cells, style="red" if o["exit_code"] else None)
    console().print(whole(table))
    for o in outcomes:
        if o["message"]:
            mark = "✗" if o["exit_code"] else "!"
            typer.echo(f"{mark} {o['day']} {o['channel']}: {o['message']}", err=True)
        for warning in o.get("warnings", ()):
            typer.echo(f"! {o['day']} {o['channel']}: {warning}", err=True)
    done = sum(not o["message"] for o in outcomes)
    typer.echo(say(f"{done} of {len(outcomes)} done", f"共 {len(outcomes)} 项，完成 {done} 项"))
