"""Great Expectations, imported quietly: it draws in pyspark's tests, which warn and print at import."""

import contextlib
import io
import logging
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

# This logger sets itself to INFO, below what the program asked for.
logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.NOTSET)

__all__ = [
    "ColumnMapExpectation",
    "ColumnMapMetricProvider",
    "ExpectationSuite",
    "PandasExecutionEngine",
    "column_condition_partial",
    "great_expectations",
]
