"""Clear bytes that a killed program left are gone when the next one starts, and nobody else's are touched."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.core import scratch

LEFT = """
import sys, time
from pipelines.core import scratch
scratch.live_beneath(sys.argv[1])
place = scratch.new_folder()
(place / "unzipped").write_text("Canary Ann")
print(place, flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def nowhere_yet(monkeypatch, tmp_path):
    monkeypatch.setattr(scratch, "_base", [])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def started(lake):
    command = [sys.executable, "-c", LEFT, str(lake)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    return program, Path(program.stdout.readline().strip())


def test_what_a_killed_program_left_is_removed_when_the_next_starts(tmp_path):
    program, left = started(tmp_path / "lake")
    scratch.live_beneath(str(tmp_path / "lake"))
    assert (left / "unzipped").exists(), "its owner still works"
    program.kill()
    program.communicate()
    assert (left / "unzipped").exists()
    scratch.live_beneath(str(tmp_path / "lake"))
    assert not left.exists()


def test_folders_lie_beneath_the_lake_for_their_user_alone(tmp_path):
    before = os.umask(0)
    try:
        scratch.live_beneath(str(tmp_path / "lake"))
        with scratch.folder() as made:
            assert made.is_relative_to(tmp_path / "lake" / ".scratch")
            modes = [p.stat().st_mode & 0o777 for p in (made, made.parent, tmp_path / "lake")]
            assert modes == [0o700] * 3
        assert not made.exists()
    finally:
        os.umask(before)


def test_without_a_lake_they_lie_in_a_folder_of_the_users_own(tmp_path):
    scratch.live_beneath("memory://lake")
    made = scratch.new_folder()
    assert made.parent == tmp_path / f"mingce-{os.getuid()}"
    assert made.parent.stat().st_mode & 0o777 == 0o700


def test_a_place_that_another_user_prepared_is_not_used(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / f"mingce-{os.getuid()}").symlink_to(elsewhere)
    scratch.new_folder()
    assert not list(elsewhere.iterdir())


def test_only_what_is_ours_is_tidied(tmp_path):
    place = tmp_path / f"mingce-{os.getuid()}"
    place.mkdir()
    (tmp_path / "kept").mkdir()
    host = scratch.socket.gethostname()
    theirs = [
        "notes",
        "elsewhere-1-1-0123abcd",
        f"{host}-{os.getpid()}-{scratch._began(os.getpid())}-0123abcd",
    ]
    for name in (*theirs, f"{host}-999999999-7-0123abcd", "long-ago-1-1-0123abcd"):
        (place / name).mkdir()
    (place / f"{host}-999999999-8-0123abcd").symlink_to(tmp_path / "kept")
    old = time.time() - scratch.FORGOTTEN_SECONDS - 60
    os.utime(place / "long-ago-1-1-0123abcd", (old, old))
    scratch.base()
    assert sorted(p.name for p in place.iterdir() if not p.is_symlink()) == sorted(theirs)
    assert (tmp_path / "kept").is_dir()
