"""`mingce schema`: the JSON Schemas of a pack's files, for editors."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import app, stopping
from pipelines.core.errors import ConfigError

if TYPE_CHECKING:
    from pydantic import BaseModel


@app.command()
def schema(
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write to.")],
) -> None:
    """Write the JSON Schema of every file of a pack, so that an editor completes and checks it."""
    with stopping():
        import json

        if out.suffix[1:].isalpha():
            raise ConfigError(
                f"{out}: the schemas are files of a folder; name a folder, without an ending",
                f"{out}：结构文件写入目录，请指定不带扩展名的目录",
            )
        out.mkdir(parents=True, exist_ok=True)
        for name, model in _models().items():
            text = json.dumps(model.model_json_schema(), ensure_ascii=False, indent=1)
            (out / f"{name}.schema.json").write_text(text + "\n", encoding="utf-8")
            typer.echo(str(out / f"{name}.schema.json"))


def _models() -> dict[str, type["BaseModel"]]:
    from expectations.kpi.quality import Quality
    from masking.tiers import TiersFile
    from pipelines.channels.channel import Channel
    from pipelines.channels.pack import PackFile
    from pipelines.matching.declared import Matching

    return {
        "pack": PackFile,
        "channel": Channel,
        "matching": Matching,
        "quality": Quality,
        "tiers": TiersFile,
    }
