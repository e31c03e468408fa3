"""Figures hold nobody: what a customer's cell says stands in no table of figures, no report, no filing.

Names and numbers are put where nobody expects them: into branches, codes, holders, heads of columns.
"""

import csv
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines import flow
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.cli import app
from pipelines.core.batch import CUSTOMERS
from pipelines.core.errors import PlatformError
from pipelines.engine.lake import Lake
from pipelines.engine.protocol import Engine
from tests.attacks.test_canaries import found
from tests.factories import pack_folder
from warehouse.ddl import KEPT
from warehouse.store import open_store
from warehouse.views import OF_QUALITY

DAY = date(2026, 9, 1)
NAMED = {
    "王金雀 13912340987",
    "赵金雀",
    "隗鹮翯",
    "13912340986",
    "canary@example.com",
    "110101199003078511",
}
"""One cell each: detection takes them for slips."""
SHARED = {"李金雀 13912340985", "13912340984"}
"""Of many rows: a manager's own name and mobile in the place of the branch."""
HEADS = {"孙金雀", "周金雀"}
"""Heads of columns, as where a file without heads begins with a customer."""
PLAN = {"owner": "信息管理部", "purpose": ["service"], "key": "key"}


def rows(record: str) -> list[dict[str, str]]:
    cells = [*islice(cycle(["城东支行", "城西支行"]), 400), *sorted(SHARED) * 6, *sorted(NAMED)]
    if record == "individual":
        same = {"full_name": "", "sex": "女", "occupation": "教师", "home_address": "样例路1号"}
        return [{"key": f"K{n}", "branch": cell} | same for n, cell in enumerate(cells)]
    same = {"interaction_type": "visit", "satisfaction": "9"}
    return [
        {"key": f"V{n}", "holder_source_id": f"K{n}", "branch": cell, "medium": "电话"} | same
        for n, cell in enumerate(cells)
    ]


def written(path: Path, said: list[dict[str, str]], *heads: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow([*said[0], *heads, *heads])
        out.writerows([*row.values(), *(["x"] * 2 * len(heads))] for row in said)


@pytest.fixture(scope="module", params=["detection withholds it", "a steward dismissed it"])
def house(
    request: pytest.FixtureRequest, duckdb_engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """A run over such a source, and everything that left the vault of it, by where it stands."""
    folder = tmp_path_factory.mktemp("figures")
    word = {"column": "branch", "by": "S1", "reason": "a test", "share": 1}
    kinds = ("mobile", "email", "resident_id", "person_name")
    dismissed = [word | {"kind": k} for k in kinds] if "dismissed" in request.param else []
    channels = []
    for record in ("individual", "interaction"):
        said = rows(record)
        written(folder / "source" / record / f"{DAY}.csv", said)
        channels.append(PLAN | {
            "name": record, "title": record, "record": record, "lands_at": f"{record}/{{day}}.csv",
            "dismissed": dismissed,
            "columns": {n: {"is": n} for n in said[0] if n != "key"},
            **({"constants": {"holder_channel": "individual"}} if record == "interaction" else {}),
        })  # fmt: skip
    written(folder / "source" / "headless" / f"{DAY}.csv", rows("individual"), *sorted(HEADS))
    channels.append(channels[0] | {"name": "headless", "lands_at": "headless/{day}.csv"})
    pack = pack_folder(folder / "pack", *channels, matching={}, quality={})
    url = f"duckdb:///{folder / 'warehouse.duckdb'}"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MINGCE_TOKEN_KEY", "made-up-key-of-this-test")
        engine = duckdb_engine
        run = Run(
            Pack(pack), engine, Lake(str(folder / "lake"), engine), url, str(folder / "source")
        )
        for name in (*run.pack.names, CUSTOMERS):
            try:
                flow.run_day(run, name, DAY)
            except PlatformError:
                assert name == "headless"
        return {"run": run, "left": left(run, folder)}


def left(run: Run, folder: Path) -> dict[str, bytes]:
    store, found_at = open_store(run.warehouse), {}
    for name in KEPT:
        found_at[name] = str(store.read(f"SELECT * FROM {name}", "steward").to_pylist()).encode()
    for name in ("customer_count", "record_count", *(t.name for t in OF_QUALITY)):
        found_at[f"statistics.{name}"] = str(
            store.read(f"SELECT * FROM {name}", "statistics").to_pylist()
        ).encode()
    for command in (["report", "--period", "2026Q3"], ["register"]):
        for ending in ("html",) if command[0] == "report" else ("csv", "json", "md"):
            for lang in ("zh", "en"):
                out = folder / f"{command[0]}-{lang}.{ending}"
                said = CliRunner().invoke(
                    app, ["--lang", lang, *command, "-o", str(out), "--warehouse", run.warehouse]
                )
                assert said.exit_code == 0, said.output
                found_at[out.name] = out.read_bytes() + said.output.encode()
    for path in sorted((folder / "lake" / "runs").rglob("*.json")):
        found_at[str(path)] = path.read_bytes()
    return found_at


def test_no_cell_and_no_head_stands_in_figures_reports_filings_or_notes(
    house: dict[str, Any],
) -> None:
    canaries = NAMED | SHARED | HEADS
    leaks = {where: found(canaries, text) for where, text in house["left"].items()}
    assert {where: marks for where, marks in leaks.items() if marks} == {}


def test_what_is_not_told_still_counts(house: dict[str, Any]) -> None:
    store = open_store(house["run"].warehouse)
    sql = (
        "SELECT sum(checked) AS n FROM quality.check_result "
        "WHERE check_name = 'key.present' AND channel = 'individual'"
    )
    assert store.read(sql, "steward").to_pylist() == [{"n": len(rows("individual"))}]
