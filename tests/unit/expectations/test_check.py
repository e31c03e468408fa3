"""The door to Great Expectations: it counts what SQL counts, sees no value, and a broken check is no finding."""

import json
import logging
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.check import check, suite
from expectations.flags import flag, violations
from expectations.model import Check, Dimension, Level
from expectations.suites import suite as declared
from pipelines.core.errors import ConfigError
from pipelines.engine.protocol import Engine
from tests.unit.expectations.made import rows, verdicts

CANARY = "Canary Ann 13900000001"
FIRST, SECOND = (
    Check(
        f"made.check_{n}",
        "individual",
        "mobile",
        Dimension.ACCURACY,
        "mobile IS NOT NULL",
        "en",
        "zh",
        "a test",
    )
    for n in range(2)
)


@settings(max_examples=25, deadline=None)
@given(
    said=st.lists(
        st.tuples(st.sampled_from([True, False, None]), st.sampled_from([True, False, None])),
        max_size=9,
    )
)
def test_the_expectation_the_keys_and_the_sql_count_the_same(
    duckdb_engine: Engine, said: list[tuple[bool | None, bool | None]]
) -> None:
    one, other = ([row[n] for row in said] for n in range(2))
    flags = pa.table({flag(0): pa.array(one, pa.bool_()), flag(1): pa.array(other, pa.bool_())})
    found = check("made", [FIRST, SECOND], flags)
    with duckdb_engine.scope():
        keys = pa.array([f"K{n}" for n in range(len(said))], pa.string())
        flagged = duckdb_engine.arrow(flags.append_column("source_id", keys))
        wrong = duckdb_engine.fetch(
            violations(duckdb_engine, flagged, [FIRST, SECOND], [FIRST, SECOND])
        )
    for result, column in zip(found, (one, other), strict=True):
        failing = [f"K{n}" for n, verdict in enumerate(column) if verdict is False]
        listed = [
            row["source_id"] for row in wrong.to_pylist() if row["check_name"] == result.check.name
        ]
        assert (result.failed, sorted(listed)) == (len(failing), failing)
        assert result.checked == sum(verdict is not None for verdict in column)
        assert result.is_good == (not failing)


@pytest.mark.parametrize(
    ("mostly", "is_good"), [(1.0, False), (0.85, False), (0.76, True), (0.75, True)]
)
def test_mostly_is_the_share_of_the_rows_spoken_of(mostly: float, is_good: bool) -> None:
    flags = pa.table({flag(0): [*[True] * 300, *[False] * 100, None, None]})
    [result] = check("made", [replace(FIRST, mostly=mostly)], flags)
    assert (result.checked, result.failed, result.is_good) == (400, 100, is_good)


def test_no_value_reaches_the_library_its_results_or_a_log(
    duckdb_engine: Engine, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    checks = [c for c in declared("individual") if "customer_id" not in c.columns]
    with duckdb_engine.scope():
        given_rows = rows(
            duckdb_engine, "individual", {"full_name": CANARY, "mobile": CANARY, "email": CANARY}
        )
        said = verdicts(duckdb_engine, checks, given_rows)
    flags = pa.table({flag(i): [v] for i, v in enumerate(said[0])})
    found = check("individual.counter", checks, flags)
    assert sum(r.failed for r in found) > 2
    seen = caplog.text + repr(found) + "".join(capfd.readouterr())
    assert "Canary" not in seen
    assert "13900000001" not in seen


def test_no_progress_bar_is_drawn(capfd: pytest.CaptureFixture[str]) -> None:
    check("made", [FIRST], pa.table({flag(0): [True, False]}))
    assert capfd.readouterr().err == ""


def test_an_expectation_that_breaks_is_a_fault_of_the_rules_and_its_message_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks(*_: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(pd.Series, "fillna", breaks)
    with pytest.raises(
        ConfigError, match=r"suite made: made\.check_0 could not be evaluated"
    ) as caught:
        check("made", [FIRST], pa.table({flag(0): [True, False]}))
    assert "Canary" not in caught.value.en + caught.value.zh
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_only_verdicts_are_let_through_to_the_library() -> None:
    with pytest.raises(TypeError, match="boolean"):
        check("made", [FIRST], pa.table({flag(0): [CANARY]}))


def test_a_suite_carries_what_a_reader_of_it_needs() -> None:
    stop = next(c for c in declared("individual") if c.level is Level.STOP)
    [expectation] = suite("individual.counter", [stop]).expectations
    assert expectation.severity.value == "critical"
    assert expectation.notes == stop.notes
    assert expectation.mostly == stop.mostly
    assert expectation.meta["dimension"] == stop.dimension.value
    assert json.dumps(expectation.meta)


def test_no_rows_are_no_failures() -> None:
    [result] = check("made", [FIRST], pa.table({flag(0): pa.array([], pa.bool_())}))
    assert (result.checked, result.failed, result.is_good) == (0, 0, True)


def test_no_checks_are_no_results() -> None:
    assert check("made", [], pa.table({})) == ()
