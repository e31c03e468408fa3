"""Running again changes nothing; a run killed at any moment is mended by running it again."""

import random
import signal
import subprocess

from tests.flow.conftest import House, environment


def test_the_same_run_twice_gives_the_same_tables(finished):
    before = finished.tables()
    assert finished.run().returncode == 0
    assert finished.tables() == before
    assert sum(len(rows) for rows in before.values()) > 1000


def test_a_run_killed_at_ten_random_moments_and_run_again_gives_the_same_tables(finished, tmp_path):
    house = House(tmp_path, finished.source)
    moments = random.Random(11)  # noqa: S311 - moments, not secrets
    killed = 0
    for _ in range(10):
        process = subprocess.Popen(  # noqa: S603 - our own command
            house.command(), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=moments.uniform(0.1, 1.0) * finished.seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
    assert killed >= 7
    assert house.run().returncode == 0
    assert house.tables() == finished.tables()
