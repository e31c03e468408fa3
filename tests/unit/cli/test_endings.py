"""Endings: a command writes no file whose name promises another kind of file than stands in it."""

from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from pipelines.cli import app

GIVEN = {
    "report": ["--period", "2026Q3"],
    "register": [],
    "links": [],
    "read": ["in.csv"],
    "detect": ["in.jsonl"],
    "mask": ["in.txt", "--tier", "service"],
    "train": ["--pack", "pack", "--record", "individual"],
    "schema": [],
    "query": ["SELECT 1", "--tier", "analyst"],
    "describe": ["customer"],
    "tables": [],
}
"""What each command that writes with -o is given beside it."""


def writing() -> set[str]:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    return {name for name, c in commands.items() if any("-o" in p.opts for p in c.params)}


def test_every_command_that_writes_is_tried_here() -> None:
    assert writing() <= set(GIVEN)


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".exe", ".HTML.zip"])
@pytest.mark.parametrize("command", sorted(writing() & set(GIVEN)))
def test_a_command_refuses_an_ending_it_cannot_write(
    tmp_path: Path, command: str, ending: str
) -> None:
    (tmp_path / "in.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "in.txt").write_text("a\n", encoding="utf-8")
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "a"}\n', encoding="utf-8")
    out = tmp_path / f"out{ending}"
    given = [str(tmp_path / g) if g.startswith("in.") else g for g in GIVEN[command]]
    said = CliRunner().invoke(app, [command, *given, "-o", str(out)])
    assert said.exit_code == 2, said.output
    assert out.name in said.output
    assert not out.exists()


@pytest.mark.parametrize("ending", [".pdf", ".xlsx", ".csv", ".json", ""])
def test_a_report_is_written_as_a_page_only(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"report{ending}"
    said = CliRunner().invoke(app, ["report", "--period", "2026Q3", "-o", str(out)])
    assert said.exit_code == 2
    assert ".html" in said.output
    assert not out.exists()


def test_every_command_that_writes_a_file_names_it_with_one_option() -> None:
    commands = get_command(app).commands
    named = {tuple(sorted(p.opts)) for c in commands.values() for p in c.params if "-o" in p.opts}
    assert named == {("--out", "-o")}
