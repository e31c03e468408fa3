"""`mingce mask`: one table file, or one text file, as a tier may see it."""

import json as as_json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli import app, is_terminal, stopping
from pipelines.core.errors import ConfigError, say

if TYPE_CHECKING:
    import pyarrow as pa

    from masking.kinds import Kind
    from masking.tiers import Tier

TEXTS = (".txt", ".md", ".log")
"""Files with these endings are free text, unless a table is to be written; every other is a table."""
DIVIDED = {"\t": 1, "|": 1, ",": 2, ";": 2}
"""What stands between the columns of a table, and how often at least in each of its lines."""
FEWEST = 3
"""Fewer lines are no table."""
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
    table: Annotated[str, typer.Option(help="The table of a database.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Say what was done as JSON.")] = False,
) -> None:
    """Mask one file. A column whose kind is not certain is withheld; --kind says what it is."""
    from masking.frames import tier_named

    with stopping():
        whom = tier_named(tier, tiers)
        _require_another(file, out)
        if Path(file).suffix.lower() in TEXTS and out.suffix.lower() in TEXTS:
            said = _text(file, whom, out, encoding)
        else:
            said = _table(
                file, whom, out, _kinds(kind or []), _Read(key, password, encoding, table)
            )
        if whom.name == "steward":
            from warehouse.access_log import append_beside
            from warehouse.store import Access

            append_beside(
                out, Access(whom.name, "mask a file: its values are clear", said.get("rows"))
            )
    _tell(said, json)


def _require_another(file: str, out: Path) -> None:
    """Raise ConfigError if what is masked would be written over."""
    if out.exists() and Path(file).exists() and out.samefile(file):
        raise ConfigError(
            f"{out}: is the file itself; write what is masked to another",
            f"{out}：这是原文件，请将脱敏结果写到其他文件",
        )


class _Read:
    """How the file is to be read, and where the key is."""

    def __init__(self, key: str, password: str, encoding: str, table: str) -> None:
        self.key, self.password, self.encoding, self.table = key, password, encoding, table


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
    """Mask a table; of a workbook that is written as one, every sheet that can be seen and holds anything."""
    from masking.files import writer
    from pipelines.channels.readers.tables import sheets_in

    _require_rows(tier)
    write = writer(out)
    with _progress(say("Reading", "读取")):
        sheets = sheets_in(file, how.password) if out.suffix.lower() == ".xlsx" else []
    done = [_masked(file, sheet, tier, kinds, how) for sheet in (sheets if sheets[1:] else [""])]
    if unknown := sorted(set(kinds) - {c["name"] for _, said in done for c in said["columns"]}):
        raise ConfigError(
            f"--kind: there is no column {', '.join(unknown)}",
            f"--kind：没有列 {'、'.join(unknown)}",
        )
    write(*(table for table, _ in done))
    if len(done) == 1:
        return done[0][1]
    counts = {what: sum(said[what] for _, said in done) for what in ("rows", "rejected")}
    return {**counts, "tables": [said for _, said in done]}


def _require_rows(tier: "Tier") -> None:
    """Raise ConfigError if the tier is shown no rows of which nobody knows who agreed to it."""
    if tier.name in ("partner", "statistics"):
        raise ConfigError(
            f"the tier {tier.name} is shown no file row by row: whose consent, and how many alike there are, only a "
            f"warehouse knows; publish it with mingce run and ask with mingce query --tier {tier.name}",
            f"层级 {tier.name} 不逐行查看文件：是否同意、同类人数多少只有仓库知道；请用 mingce run 发布后以 "
            f"mingce query --tier {tier.name} 查询",
        )


def _masked(
    file: str, sheet: str, tier: "Tier", kinds: "Mapping[str, Kind]", how: _Read
) -> "tuple[pa.Table, dict[str, Any]]":
    """One table, masked, and what was done with it. Its name is not said: a sheet may be called after somebody."""
    from masking.frames import planned
    from pipelines.channels.readers import open_source
    from pipelines.channels.readers.labels import told as named
    from pipelines.channels.readers.reading import LINE
    from pipelines.engine.duckdb import DuckDBEngine

    engine = DuckDBEngine()
    try:
        with _progress(say("Reading", "读取")):
            reading = open_source(
                file, encoding=how.encoding, password=how.password, sheet=sheet, table=how.table
            )
            rows = engine.arrow(reading.rows)
            columns = [c for c in rows.columns if c != LINE]
        with _progress(say("Masking", "脱敏")):
            mine = {c: kind for c, kind in kinds.items() if c in columns}
            plan = planned(rows, columns, mine, tier, how.key, engine)
            table = plan.hidden(rows, LINE, engine)
            shown = columns if tier.name == "steward" else named(columns, mine)
            table = table.rename_columns(shown)
    finally:
        engine.close()
    said = [
        {
            "name": name,
            "kinds": [str(k) for k in plan.kinds[c]],
            "rule": rule.name,
            "slips": len(plan.slips[c].instead) if c in plan.slips else 0,
        }
        for name, (c, rule) in zip(shown, plan.rules.items(), strict=True)
    ]
    told = {fact: reading.facts[fact] for fact in ("titles", "sheets") if reading.facts.get(fact)}
    return table, {
        "rows": table.num_rows,
        "rejected": reading.refused.num_rows,
        **told,
        "columns": said,
    }


def _text(file: str, tier: "Tier", out: Path, encoding: str) -> dict[str, Any]:
    from masking.files import hidden_text, write_text
    from pipelines.channels.readers.door import require_text
    from pipelines.channels.readers.encoding import found_encoding
    from pipelines.channels.readers.files import plain

    with plain(file) as here:
        require_text(here)
        how = found_encoding(here.path, encoding, here.shown)
        text = here.path.read_bytes().decode(how, errors="replace").removeprefix("\ufeff")
    _require_no_table(text, here.shown)
    hidden, spans = hidden_text(text, tier)
    write_text(hidden, out)
    return {"characters": len(text), "spans": {str(kind): n for kind, n in sorted(spans.items())}}


def _require_no_table(text: str, shown: str) -> None:
    """Raise ConfigError if every line has as many columns: read as prose, a name in one would be nobody's."""
    lines = [line for line in text.splitlines() if line.strip()]
    for mark, least in DIVIDED.items():
        there = {line.count(mark) for line in lines}
        if len(lines) >= FEWEST and len(there) == 1 and min(there) >= least:
            columns = min(there) + 1
            raise ConfigError(
                f"{shown}: every line has {columns} columns, so it is a table, which is masked column by column; "
                "give -o a name that ends in .csv, .xlsx, .jsonl or .parquet",
                f"{shown}：每行都有 {columns} 列，应为表格，须按列脱敏；请将 -o 的文件名改为以 .csv、.xlsx、.jsonl 或 "
                ".parquet 结尾",
            )


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
    for number, table in enumerate(said.get("tables", [said]), 1):
        if "tables" in said:
            typer.echo(say(f"table {number}:", f"第 {number} 张表："))
        for column in table.get("columns", []):
            slips = say(
                f"\t{column['slips']} cells apart", f"\t另有 {column['slips']} 个单元格单独处理"
            )
            typer.echo(
                f"{column['name']}\t{', '.join(column['kinds']) or '?'}\t{column['rule']}"
                + (slips if column["slips"] else "")
            )
        for sentence in _left_out(table):
            typer.echo(sentence, err=True)
    for kind, count in said.get("spans", {}).items():
        typer.echo(f"{kind}\t{count}")


def _left_out(table: dict[str, Any]) -> Iterator[str]:
    """What of the file is not in what was written."""
    sheets = table.get("sheets", {})
    if unread := sheets.get("not_read"):
        yield say(
            f"sheet {sheets['read'][0]} was read; not read: {', '.join(map(str, unread))}. Write .xlsx to mask all",
            f"已读取第 {sheets['read'][0]} 张工作表；未读取第 {'、'.join(map(str, unread))} 张。写为 .xlsx 可全部脱敏",
        )
    if hidden := sheets.get("hidden"):
        yield say(
            f"hidden sheets, left out: {', '.join(map(str, hidden))}",
            f"隐藏的工作表未写出：第 {'、'.join(map(str, hidden))} 张",
        )
    if table.get("titles"):
        yield say(
            f"lines above the table, left out: {table['titles']}",
            f"表格上方未写出的行数：{table['titles']}",
        )
    if table.get("rejected"):
        yield say(
            f"rows left out: {table['rejected']}; mingce read --rejects FILE says why",
            f"未写出的行数：{table['rejected']}；原因见 mingce read --rejects FILE",
        )
