"""The only place Great Expectations is run. It sees verdicts, never a value, and gives back counts."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

from expectations.custom.hold import ExpectRowsToHold
from expectations.gx import ExpectationSuite, great_expectations
from expectations.model import Check, Level, Result
from pipelines.core.errors import ConfigError
from pipelines.core.shares import is_broken

COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0}
SEVERITY = {Level.STOP: "critical", Level.WARN: "warning"}


def suite(name: str, checks: Sequence[Check]) -> ExpectationSuite:
    """One expectation a check, over a column of verdicts named like the check."""
    return ExpectationSuite(
        name=name,
        expectations=[
            ExpectRowsToHold(
                column=check.name,
                mostly=check.mostly,
                severity=SEVERITY[check.level],
                notes=check.notes,
                meta={
                    "check": check.name, "record": check.record, "column": check.column,
                    "dimension": check.dimension.value, "level": check.level.value,
                    "weight": check.weight, "en": check.en, "zh": check.zh,
                },
            )
            for check in checks
        ],
    )  # fmt: skip


def check(name: str, checks: Sequence[Check], verdicts: pa.Table) -> tuple[Result, ...]:
    """How each check came out over its verdicts, one column a check in the same order.

    Raises ConfigError if an expectation itself broke; its message is not repeated: it may quote a row.
    """
    if not checks:
        return ()
    named = verdicts.rename_columns([c.name for c in checks])
    frame = named.to_pandas(types_mapper=lambda _: pd.BooleanDtype())
    validated = _batch(frame).validate(suite(name, checks), result_format=COUNTS_ONLY)
    by_name = {r.expectation_config.kwargs["column"]: r for r in validated.results}
    broken = [c.name for c in checks if not _is_sound(by_name.get(c.name))]
    if broken:
        raise ConfigError(
            f"suite {name}: {', '.join(broken)} could not be evaluated. Mend these checks",
            f"规则集 {name}：{'、'.join(broken)} 无法执行。请修正这些检查",
        )
    return tuple(_result(c, by_name[c.name]) for c in checks)


def _batch(frame: pd.DataFrame) -> Any:
    context = great_expectations.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("verdicts").add_dataframe_asset("verdicts")
    whole = asset.add_batch_definition_whole_dataframe("whole")
    return whole.get_batch(batch_parameters={"dataframe": frame})


def _is_sound(outcome: Any) -> bool:
    return (
        outcome is not None
        and "unexpected_count" in outcome.result
        and not outcome.exception_info.get("raised_exception", True)
    )


def _result(check: Check, outcome: Any) -> Result:
    rows, failed = outcome.result["element_count"], outcome.result["unexpected_count"]
    checked = rows - outcome.result["missing_count"]
    return Result(
        check,
        checked=checked,
        failed=failed,
        is_good=not is_broken(failed, checked, 1 - check.mostly, rows),
    )
