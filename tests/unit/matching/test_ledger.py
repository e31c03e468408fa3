"""A customer id is for ever: growth keeps it, a merge gives way to the oldest, undoing restores what was."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.matching import ledger
from pipelines.matching.ledger import Ledger, continued, customer_id, empty

FIRST = date(2026, 9, 1)


def founded(key: str) -> str:
    return customer_id("counter", key)


class Book:
    """A ledger kept day by day: each day's customers as groups of row keys."""

    def __init__(self, engine):
        self.engine, self.held, self.day = engine, empty(engine), FIRST - timedelta(days=1)

    def on_next_day(self, *groups: str) -> dict[str, str]:
        """Who bears which id, after a day on which these groups of one-letter keys were customers."""
        self.day += timedelta(days=1)
        rows = [(key, n) for n, group in enumerate(groups) for key in group]
        clusters = pa.table(
            {
                "channel": pa.array(["counter"] * len(rows), pa.string()),
                "source_id": pa.array([key for key, _ in rows], pa.string()),
                "cluster": pa.array([n for _, n in rows], pa.int64()),
            }
        )
        self.held = continued(self.held, self.engine.arrow(clusters), self.day, self.engine)
        self.held = Ledger(
            self.engine.keep(self.held.sources), self.engine.keep(self.held.successors)
        )
        return {r["source_id"]: r["customer_id"] for r in self.rows() if r["until"] is None}

    def rows(self) -> list[dict]:
        return self.engine.fetch(self.held.sources).to_pylist()

    def causes(self, key: str) -> list[str]:
        mine = [r for r in self.rows() if r["source_id"] == key]
        return [r["cause"] for r in sorted(mine, key=lambda r: r["since"])]

    def successors(self) -> dict[str, str]:
        found = self.engine.fetch(self.held.successors).to_pylist()
        return {r["customer_id"]: r["successor_id"] for r in found}


@pytest.fixture
def book(duckdb_engine):
    with duckdb_engine.scope():
        yield Book(duckdb_engine)


def test_an_id_is_opaque_and_the_same_wherever_it_is_made():
    assert founded("a") == customer_id("counter", "a") != customer_id("mobile", "a")
    assert len(founded("a")) == 17
    assert founded("a").startswith("C")
    assert "a" not in founded("a")


def test_a_customer_that_grows_keeps_its_id(book):
    assert book.on_next_day("b") == {"b": founded("b")}
    assert book.on_next_day("ab") == {"a": founded("b"), "b": founded("b")}
    assert book.causes("a") == ["joined"]
    assert book.causes("b") == ["new"]


def test_a_merge_keeps_the_oldest_id_and_the_other_points_to_it(book):
    book.on_next_day("z")
    book.on_next_day("z", "a")
    assert book.on_next_day("az") == {"a": founded("z"), "z": founded("z")}
    assert book.successors() == {founded("a"): founded("z")}
    assert book.causes("a") == ["new", "merged"]


def test_of_two_ids_of_one_day_the_smallest_stays(book):
    book.on_next_day("a", "b")
    assert set(book.on_next_day("ab").values()) == {min(founded("a"), founded("b"))}


def test_undoing_a_merge_restores_what_was(book):
    book.on_next_day("ab")
    before = book.on_next_day("ab", "cd")
    book.on_next_day("abcd")
    assert book.on_next_day("ab", "cd") == before
    assert book.successors() == {}
    assert book.causes("c") == ["new", "merged", "split"]


def test_the_part_that_holds_the_founder_keeps_the_id(book):
    book.on_next_day("abc")
    assert book.on_next_day("a", "bc") == {"a": founded("a"), "b": founded("b"), "c": founded("b")}
    assert book.causes("b") == ["new", "split"]


def test_a_superseded_id_resolves_to_the_one_that_stands_now_however_many_merges_ago(book):
    book.on_next_day("a")
    book.on_next_day("a", "b", "c")
    book.on_next_day("a", "bc")
    book.on_next_day("abc")
    assert book.successors() == {founded("b"): founded("a"), founded("c"): founded("a")}
    book.on_next_day("abc")
    assert book.successors() == {founded("b"): founded("a"), founded("c"): founded("a")}


def test_a_row_that_is_no_longer_delivered_is_closed_and_nobody_gets_its_id(book):
    book.on_next_day("a", "b")
    assert book.on_next_day("b") == {"b": founded("b")}
    [closed] = [r for r in book.rows() if r["source_id"] == "a"]
    assert closed["until"] == book.day


def test_an_id_that_is_somebodys_is_not_given_again(book, monkeypatch):
    taken = founded("a")
    real = ledger.customer_id
    monkeypatch.setattr(
        ledger, "customer_id", lambda c, s, attempt=0: taken if not attempt else real(c, s, attempt)
    )
    found = book.on_next_day("a", "b")
    assert found["a"] == taken
    assert found["b"] == real("counter", "b", 1)
    assert book.on_next_day("a", "b", "c")["c"] == real("counter", "c", 1)


PARTITIONS = st.lists(st.integers(0, 3), min_size=6, max_size=6)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(PARTITIONS, min_size=2, max_size=4), st.randoms())
def test_ids_follow_the_partition_are_never_shared_and_always_lead_somewhere(
    duckdb_engine, days, random
):
    with duckdb_engine.scope():
        book, again = Book(duckdb_engine), Book(duckdb_engine)
        for labels in days:
            groups = [
                "".join(k for k, of in zip("abcdef", labels, strict=True) if of == n)
                for n in range(4)
            ]
            groups = [g for g in groups if g]
            found = book.on_next_day(*groups)
            mixed = ["".join(random.sample(g, len(g))) for g in groups]
            random.shuffle(mixed)
            assert again.on_next_day(*mixed) == found
            for group in groups:
                assert len({found[key] for key in group}) == 1
            assert len(set(found.values())) == len(groups)
            ever = {r["customer_id"] for r in book.rows()}
            leads = book.successors()
            assert set(leads) == ever - set(found.values())
            assert set(leads.values()) <= set(found.values())
