"""A question leaves no thread running: one that outlives the program keeps DuckDB from being given back."""

import threading

import pytest

from masking.tiers import tiers
from pipelines.cli.within import within
from tests.made_up import CUSTOMER, DAY, masked_layer
from warehouse import open_store
from warehouse.guard import FailureError


class Slow(threading.Timer):
    """A timer whose thread takes its time to end once it is told to."""

    def run(self) -> None:
        self.finished.wait()
        threading.Event().wait(0.3)


@pytest.fixture
def slow(monkeypatch):
    made = []

    def timer(*said):
        made.append(Slow(*said))
        return made[-1]

    monkeypatch.setattr("warehouse.duckdb_limits.Timer", timer)
    monkeypatch.setattr("pipelines.cli.within.Timer", timer)
    return made


def test_no_thread_outlives_a_question_that_fails(slow, tmp_path):
    store = open_store(f"duckdb:///{tmp_path}/warehouse.duckdb")
    store.publish(DAY, masked_layer(tmp_path / "m", customer=[CUSTOMER]), tiers())
    with pytest.raises(FailureError):
        store.read("SELECT nobody FROM customer", "analyst")
    assert [timer.is_alive() for timer in slow] == [False]


def test_no_thread_outlives_the_limit_of_a_command(slow):
    with within(60, lambda: None):
        pass
    assert [timer.is_alive() for timer in slow] == [False]
