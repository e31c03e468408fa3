"""Great Expectations, imported quietly: it draws in pyspark's tests, which warn and print at import."""

import contextlib
import io
import warnings

with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
    warnings.simplefilter("ignore")
    import great_expectations
    from great_expectations.core.expectation_suite import ExpectationSuite
    from great_expectations.execution_engine import PandasExecutionEngine
    from great_expectations.expectations.expectation import ColumnMapExpectation
    from great_expectations.expectations.metrics.map_metric_provider import (
        ColumnMapMetricProvider,
        column_condition_partial,
    )

__all__ = [
    "ColumnMapExpectation",
    "ColumnMapMetricProvider",
    "ExpectationSuite",
    "PandasExecutionEngine",
    "column_condition_partial",
    "great_expectations",
]
