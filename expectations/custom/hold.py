"""The one expectation we need: that the rows a check speaks of hold.

A check's predicate was evaluated in the engine; Great Expectations is given its verdicts, a column
of true, false and null, and never the values behind them.
"""

from typing import Any, ClassVar

from expectations.gx import (
    ColumnMapExpectation,
    ColumnMapMetricProvider,
    PandasExecutionEngine,
    column_condition_partial,
)


class ColumnValuesHold(ColumnMapMetricProvider):  # type: ignore[misc] # not typed
    """Whether a verdict is true. Null verdicts, rows the check does not speak of, are left out."""

    condition_metric_name = "column_values.hold"
    filter_column_isnull = False  # we do it below: Great Expectations would copy the whole frame

    @column_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column: Any, **_: Any) -> Any:  # noqa: N805 - Great Expectations makes it a class method
        return column.fillna(True).astype(bool)


class ExpectRowsToHold(ColumnMapExpectation):  # type: ignore[misc] # not typed
    """Expect the rows a check speaks of to hold, at least `mostly` of them."""

    map_metric: ClassVar[str] = "column_values.hold"
