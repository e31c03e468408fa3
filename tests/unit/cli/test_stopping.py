"""How a command ends when something fails: a sentence and an exit code, never a traceback or a value."""

import errno
import os
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from pipelines.cli import app, stopping
from tests.factories import ROW, pack_folder


def ended(error: Exception) -> tuple[int, str]:
    program = typer.Typer()

    @program.command()
    def fail() -> None:
        with stopping():
            raise error

    done = CliRunner().invoke(program, [])
    assert isinstance(done.exception, SystemExit)
    return done.exit_code, done.stderr


def test_a_fault_of_ours_is_told_by_its_place_without_its_message():
    code, said = ended(ValueError("Could not convert string '13900000001' to INT32"))
    assert code == 1
    assert "ValueError at test_stopping.py" in said
    assert "139" not in said


def test_a_full_disk_is_an_outage():
    code, said = ended(OSError(errno.ENOSPC, "No space left on device", "out.csv"))
    assert (code, "out.csv: the disk is full" in said) == (3, True)


def test_a_path_that_may_not_be_used_is_named():
    code, said = ended(PermissionError(errno.EACCES, "Permission denied", "out.csv"))
    assert code == 2
    assert said.startswith("out.csv: Permission denied; give another path")


@pytest.mark.parametrize(
    "words",
    [
        ["detect", "{here}", "-o", "{here}/out.jsonl"],
        ["scan", "{here}/a.csv", "--json", "{here}/gone/out.json"],
        ["schema", "-o", "{here}/a.csv"],
        ["report", "--period", "2026Q3", "-o", "{here}", "--warehouse", "duckdb:///{here}/a.csv"],
    ],
)
def test_a_folder_or_a_file_in_the_wrong_place_is_told_in_a_sentence(tmp_path, words):
    (tmp_path / "a.csv").write_text("号,名\n1,欧阳试\n2,张试\n", encoding="utf-8")
    done = CliRunner().invoke(app, [w.format(here=tmp_path) for w in words])
    assert done.exit_code in (1, 2, 3)
    assert isinstance(done.exception, SystemExit)
    assert str(tmp_path) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_that_is_too_short_stops_the_run_before_anything_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("MINGCE_TOKEN_KEY", "short")
    pack, lake = pack_folder(tmp_path / "pack"), tmp_path / "lake"
    places = ["--lake", str(lake), "--warehouse", f"duckdb:///{tmp_path}/warehouse.duckdb"]
    words = ["run", "--pack", str(pack), "--source", str(tmp_path), *places]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert "shorter than 16 characters" in done.stderr
    assert not lake.exists()


def test_to_train_where_there_is_no_lake_is_told_so_and_makes_none(tmp_path):
    pack, lake = pack_folder(tmp_path / "pack"), tmp_path / "gone"
    words = ["train", "--pack", str(pack), "--record", "individual", "--lake", str(lake)]
    done = CliRunner().invoke(app, [*words, "-o", str(tmp_path / "x.json")])
    assert done.exit_code == 2
    assert f"{lake}: there is no lake; name another with --lake" in done.stderr
    assert not lake.exists()


def test_nothing_is_said_after_the_sentence_a_run_ends_with(tmp_path):
    survivorship = {"rules": {"recency": ["recency"]}, "default": "nobody declared it"}
    pack = pack_folder(tmp_path / "pack", matching={"survivorship": survivorship})
    (tmp_path / "counter").mkdir()
    rows = ",".join(ROW) + "\n" + ",".join(ROW.values()) + "\n"
    (tmp_path / "counter" / "2026-09-01.csv").write_text(rows, encoding="utf-8")
    places = ["--lake", f"{tmp_path}/lake", "--warehouse", f"duckdb:///{tmp_path}/warehouse.duckdb"]
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pipelines.cli", "run", "--pack", str(pack), "--source", str(tmp_path), *places],
        capture_output=True, text=True, check=False, env=os.environ | {"MINGCE_TOKEN_KEY": "made-up-key-of-this-test"},
    )  # fmt: skip
    assert done.returncode == 2
    assert "there is no rule nobody declared it" in done.stdout + done.stderr
    assert "leaked" not in done.stdout + done.stderr
