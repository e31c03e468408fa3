"""Hostile files: each stops its own channel with a sentence, in bounded memory; an honest channel finishes."""

import json
import os
import subprocess

import pytest

from tests.factories import COUNTER, pack_folder
from tests.flow.conftest import House, environment
from tests.hostile import CANARY, FILES, HEAD, LIMITS, ROW

MOST_KB = 1_572_864
"""Of memory, for the whole run and the processes it starts: 1.5 GiB."""
DAY = "2026-09-01"
SOME = (
    "nul.csv", "wide.jsonl", "deep.json", "bomb.csv.gz", "zip.zip", "bzip2.zip", "cells.xlsx", "spoilt.parquet",
    "endless.sqlite", "count.sqlite", "repeat.duckdb", "pipe.csv", "folder.csv", "link.csv", "loop.csv", "device.csv",
)  # fmt: skip
"""Of each sort; all of them are read in the readers' own tests."""


def run(command):
    """The command's exit code, what it printed and said, and the memory of the largest of its processes."""
    with subprocess.Popen(  # noqa: S603 - our own command
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, said, used.ru_maxrss


@pytest.fixture
def landing(tmp_path):
    """A landing folder with hostile files, and one that is as it should be."""
    folder = tmp_path / "landing"
    folder.mkdir()
    for name in SOME:
        FILES[name](folder / name)
    (folder / "honest.csv").write_text(HEAD + ROW, encoding="utf-8")
    return folder


def test_hostile_files_stop_their_channels_and_nothing_else(landing, tmp_path):
    named = {f"c{i}": name for i, name in enumerate([*SOME, "honest.csv"])}
    channels = [
        COUNTER | {"name": c, "lands_at": name, "limits": LIMITS} for c, name in named.items()
    ]
    house = House(tmp_path, landing, pack_folder(tmp_path / "pack", *channels))
    code, said, used = run(house.command("--json", "--day", DAY))
    outcomes = json.loads(said[said.index("[\n") : said.rindex("\n]") + 2])
    found = {named[o["channel"]]: o for o in outcomes if o["channel"] in named}
    assert code == 1, said
    assert used < MOST_KB
    assert {name for name, o in found.items() if o["exit_code"] == 0} == {"honest.csv"}
    assert {o["exit_code"] for o in found.values()} == {0, 1}, found
    assert all(name in o["message"] for name, o in found.items() if name != "honest.csv")
    assert not any(word in said for word in (CANARY, "Traceback", "fault in Mingce"))
