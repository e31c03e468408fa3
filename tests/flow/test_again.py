"""Running again changes nothing; a run killed at any moment is mended by running it again."""

import random
import signal
import subprocess
import time

from tests.flow.conftest import House, environment


def written(house: House) -> dict[str, int]:
    """Every file of the lake, notes included, and when it was written."""
    files = (p for p in (house.folder / "lake").rglob("*") if p.is_file())
    return {str(p): p.stat().st_mtime_ns for p in files}


def test_the_same_run_twice_gives_the_same_tables_and_writes_nothing_in_the_lake(finished):
    before, files = finished.tables(), written(finished)
    assert finished.run().returncode == 0
    assert finished.tables() == before
    assert written(finished) == files
    assert sum(len(rows) for rows in before.values()) > 1000


def test_a_run_killed_at_ten_random_moments_and_run_again_gives_the_same_tables(source, tmp_path):
    said = [
        "--day",
        "2026-09-01",
        *(f"--channel={c}" for c in ("account", "call_centre", "counter")),
    ]
    whole, house = House(tmp_path / "whole", source), House(tmp_path / "killed", source)
    whole.folder.mkdir()
    house.folder.mkdir()
    start = time.perf_counter()
    assert whole.run(*said).returncode == 0
    seconds = time.perf_counter() - start
    moments = random.Random(11)  # noqa: S311 - moments, not secrets
    killed = 0
    for _ in range(10):
        process = subprocess.Popen(  # noqa: S603 - our own command
            house.command(*said),
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(timeout=moments.uniform(0.1, 1.0) * seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
    assert killed >= 7
    assert house.run(*said).returncode == 0
    assert house.tables() == whole.tables()
