"""`mingce train`: learn what agreement weighs from what the lake holds, and freeze it in the pack."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import app, stopping
from pipelines.core.errors import ConfigError, say
from pipelines.core.location import shown


@app.command()
def train(
    pack: Annotated[Path, typer.Option(help="The pack's folder.")],
    record: Annotated[str, typer.Option(help="individual, enterprise or institution.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The model's file, best in the pack's folder.")
    ],
    lake: Annotated[str, typer.Option(help="Where the steps left their batches.")] = "var/lake",
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Until which day; else all.")
    ] = None,
) -> None:
    """Train the matching of one record; it holds shares, no value of anybody's."""
    with stopping():
        from pipelines.channels.pack import Pack
        from pipelines.channels.run import Run
        from pipelines.core import scratch
        from pipelines.core.files import require_ending
        from pipelines.engine import engine as engine_named
        from pipelines.engine.lake import Lake
        from pipelines.matching.model import frozen, written
        from pipelines.steps.resolve import taught

        require_ending(out, ".json")
        the_pack = Pack(pack)
        works = engine_named(the_pack.file.engine)
        try:
            the_lake = Lake(lake, works)
            if not the_lake.is_there:
                raise ConfigError(
                    f"{shown(lake)}: there is no lake; name another with --lake, or run the flow first (mingce run)",
                    f"{shown(lake)}：此处没有数据湖；请以 --lake 指定其他位置，或先运行流程（mingce run）",
                )
            scratch.live_beneath(lake)
            run = Run(the_pack, works, the_lake, "")
            with works.scope():
                model = taught(run, record, day.date() if day else date.max)
        finally:
            works.close()
        version = frozen(out).version + 1 if out.is_file() else 1
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(written(model.model_copy(update={"version": version})), encoding="utf-8")
        typer.echo(
            say(
                f"{out}: version {version}, learnt from {model.trained_on}; name it under model: in matching.yaml",
                f"{out}：第 {version} 版（{model.trained_on}）；请在 matching.yaml 的 model: 中指定",
            )
        )
