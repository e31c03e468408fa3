"""`mingce sample`: made-up channel files with their truth, for any pack."""

import json
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import app, is_terminal, stopping
from pipelines.core.errors import ConfigError, say

if TYPE_CHECKING:
    from pipelines.sample.sample import Made


@app.command("sample")
def sample_command(  # noqa: PLR0913 - one parameter for each option
    pack: Annotated[Path, typer.Option(help="The pack's folder.")],
    out: Annotated[Path, typer.Option(help="Where the files land; their truth is in OUT/truth.")],
    customers: Annotated[int, typer.Option(min=1, help="How many customers there are.")] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = 1,
    days: Annotated[int, typer.Option(min=1, help="A first load, then a delta a day.")] = 2,
    day: Annotated[str, typer.Option(help="The first day.")] = "2026-09-01",
    as_json: Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")] = False,
) -> None:
    """Make the files a pack's channels would deliver, about people who do not exist."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from pipelines.channels.pack import Pack
    from pipelines.sample.sample import Wanted, sample

    began = time.perf_counter()
    columns = (
        TextColumn("{task.description:<16}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with stopping():
        found, wanted = Pack(pack), Wanted(customers, seed, _day(day), days)
        with Progress(*columns, console=Console(stderr=True), disable=not is_terminal()) as bar:
            task = bar.add_task(say("people", "人员"), total=len(found.names))
            made = sample(
                found,
                wanted,
                out,
                lambda name, _rows: bar.update(task, advance=1, description=name),
            )
    if as_json:
        files = [
            {"channel": d.channel, "day": str(d.day), "path": str(d.path), "rows": d.rows}
            for d in made.files
        ]
        typer.echo(json.dumps({"files": files, "truth": dict(made.truth)}, ensure_ascii=False))
    else:
        _tell(made, pack, out, time.perf_counter() - began)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            "--day is a day such as 2026-09-01", "--day 应为日期，例如 2026-09-01"
        ) from None


def _tell(made: "Made", pack: Path, out: Path, seconds: float) -> None:
    from rich.table import Table

    from pipelines.cli.answers import console, whole

    table = Table()
    for title in (say("channel", "渠道"), say("day", "日期"), say("file", "文件")):
        table.add_column(title)
    table.add_column(say("rows", "行数"), justify="right")
    for one in made.files:
        table.add_row(one.channel, str(one.day), str(one.path.relative_to(out)), f"{one.rows:,}")
    console().print(whole(table))
    of = {name: f"{rows:,}" for name, rows in made.truth.items()}
    typer.echo(
        say(
            f"truth in {out}/truth: {of['links']} rows linked to their customers, {of['defects']} defects, "
            f"{of['noise']} values written otherwise, {of['texts']} texts with personal data ({seconds:.1f} s)",
            f"标准答案在 {out}/truth：{of['links']} 行对应到客户，{of['defects']} 处缺陷，{of['noise']} 处写法差异，"
            f"{of['texts']} 段含个人信息的文本（{seconds:.1f} 秒）",
        )
    )
    typer.echo(say("next:", "下一步：") + f" mingce run --pack {pack} --source {out}")
