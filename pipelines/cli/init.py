"""`mingce init`: a pack from files, channels proposed from what a scan sees."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli import app, stopping
from pipelines.core.errors import ConfigError, say

if TYPE_CHECKING:
    from pipelines.engine.protocol import Engine


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new pack's folder.")],
    files: Annotated[
        list[Path], typer.Option("--from", help="A file of a channel; may be given again.")
    ],
    more: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="Further files.")
    ] = None,
) -> None:
    """Write a pack that runs: one channel for each file, its columns mapped as a scan understands them."""
    with stopping():
        from pipelines.engine import engine

        if folder.exists() and any(folder.iterdir()):
            raise ConfigError(
                f"{folder} is not empty: name a new folder, nothing is overwritten",
                f"{folder} 不是空文件夹：请换一个新文件夹，现有内容不会被覆盖",
            )
        works = engine("duckdb")
        try:
            channels = _channels([*files, *(more or [])], works)
        finally:
            works.close()
        _write(folder, channels)
        _tell_renamed(channels)
        typer.echo(
            say("written: correct owner and purpose in", "已生成，请补充 owner 与 purpose：")
            + f" {folder}/channels"
        )
        key = 'export MINGCE_TOKEN_KEY="$(openssl rand -hex 32)"' + say(
            "    # once, and keep it: another key makes other tokens",
            "    # 只需一次，请妥善保存：更换密钥则令牌全变",
        )
        typer.echo(
            say("then run:", "然后运行：")
            + f"\n  {key}\n  mingce run --pack {folder} --source {files[0].parent}"
        )


def _channels(files: list[Path], works: "Engine") -> list[dict[str, Any]]:
    from masking.columns import profile
    from masking.kinds import Kind
    from pipelines.channels.propose import Seen, key_of, proposed
    from pipelines.channels.readers import LINE, open_source

    found: list[dict[str, Any]] = []
    for file in files:
        rows = works.arrow(open_source(str(file)).rows)
        names = [c for c in rows.columns if c != LINE]
        kinds: dict[str, list[Kind]] = {}
        for seen in profile(works, rows, names).to_pylist():
            if seen["verdict"]:
                kinds.setdefault(seen["column_name"], []).append(Kind(seen["kind"]))
        columns = [Seen(n, tuple(kinds.get(n, ()))) for n in names]
        name = _name(file, {c["name"] for c in found})
        found.append(proposed(name, file.name, columns, key_of(rows, columns, works)))
    return found


def _tell_renamed(channels: list[dict[str, Any]]) -> None:
    """Which channels are not named like their files."""
    for channel in channels:
        if channel["name"] != channel["title"].lower():
            typer.echo(
                say(
                    f"{channel['lands_at']}: its channel is called {channel['name']}",
                    f"{channel['lands_at']}：其渠道命名为 {channel['name']}",
                )
            )


def _name(file: Path, taken: set[str]) -> str:
    """A channel's name from a file's; numbered where it is taken or has nothing to make one of.

    `customers` is what the flow over all channels is called, so a file of that name gives another.
    """
    from pipelines.core.batch import CUSTOMERS

    bare = re.sub(r"[^a-z0-9]+", "_", file.name.split(".")[0].lower()).strip("_")
    name = bare if re.match("[a-z]", bare) else f"channel_{bare}".rstrip("_")
    name = f"{name}_list" if name == CUSTOMERS else name
    return next(n for n in (name, *(f"{name}_{i}" for i in range(2, 1000))) if n not in taken)


def _write(folder: Path, channels: list[dict[str, Any]]) -> None:
    import json

    import yaml

    from pipelines.channels.propose import pack_file

    said = {"pack": pack_file(folder.name)} | {f"channels/{c['name']}": c for c in channels}
    for name, content in said.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        plain = json.loads(
            json.dumps(content)
        )  # column names of SQLAlchemy's are a kind of str YAML does not know
        path.write_text(
            yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
