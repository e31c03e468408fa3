"""What the statistics tier is told of quality: counts in whole steps, by the rule of `statistics.py`.

How large a step is stands in `quality.grain`, which `measure` writes: only it sees whose rows are counted.
A count that fills no step is empty, as is one whose step is not known, and a text nobody listed here: it may
quote a count.
"""

from collections.abc import Mapping

from sqlalchemy import BigInteger, Column, Date, DateTime, Table, Text

from masking.rules.calendar import Calendar
from pipelines.core.batch import CUSTOMERS
from pipelines.core.sql import quoted
from warehouse.statistics import whole
from warehouse.tables import quality

OF_QUALITY = (quality.batch, quality.finding, quality.check_result, quality.indicator)
"""Counts of the quality schema that reports and dashboards read. `violation` names rows, so it is not one."""

ANALYSTS = (quality.check_result, quality.indicator)
"""Of those, what analysts are told beside the rows they see: how good each channel's are."""

SOURCES = (*OF_QUALITY, quality.grain)
"""The tables from which they are made."""

TEXTS = {
    "channel", "outcome", "step", "what", "table_name", "column_name", "record", "check_name", "branch", "dimension",
    "level", "indicator", "title_zh", "title_en",
}  # fmt: skip
"""Texts that quote no count and no customer."""

ROWS = "'rows'"
STEPS_OF_A_RATIO = 100
"""A ratio is told of a hundred steps or more: so rounding moves it by less than one in a hundred."""

PARTS = ("rows_accepted", "rows_quarantined", "rows_refused")
"""What the rows of a batch that ran through came to, all told."""


def wrong_rows() -> str:
    """The SELECT of the rows that fail a check, for analysts: their keys are tokens, their day is its month."""
    month = Calendar("to_month", "month").sql('"day"')
    return (
        'SELECT "channel", "record", "source_token" AS "source_id", "check_name", "column_name",'
        f' {month} AS "day", "owner" FROM "quality"."violation"'
    )


def told(table: Table) -> str:
    """The SELECT over schema `quality` that the statistics tier sees under the table's name."""
    return {
        quality.batch.name: _batch,
        quality.finding.name: _finding,
        quality.check_result.name: _check_result,
        quality.indicator.name: _indicator,
    }[table.name]()


def _batch() -> str:
    known = " AND ".join(f"t.{quoted(c)} IS NOT NULL" for c in PARTS)
    parts = " + ".join(f"coalesce({_whole(c)}, 0)" for c in PARTS)
    read = f"CASE WHEN {known} THEN nullif({parts}, 0) ELSE {_whole('rows_read')} END"
    return _select(quality.batch, ROWS, {"rows_read": read})


def _finding() -> str:
    of_rows = _select(quality.finding, ROWS)
    return f'{of_rows} WHERE t."rows" IS NULL OR t."rows" >= g."grain"'


def _check_result() -> str:
    figure = "'record:' || t.\"record\""
    return f'{_select(quality.check_result, figure)} WHERE t."checked" >= g."grain"'


def _indicator() -> str:
    """Of all channels together the sum of what is told of each, so that none follows from the others."""
    of, figure = quality.indicator, "'indicator:' || t.\"indicator\""
    good, counted = _whole("numerator"), _whole("denominator")
    own = _select(of, figure, {"ratio": _ratio(good, counted, 'g."grain"')})
    sums = {"numerator": 's."numerator"', "denominator": 's."denominator"'}
    ratio = _ratio(sums["numerator"], sums["denominator"], 's."grain"')
    summed = _select(of, figure, {**sums, "ratio": ratio})
    all_channels = f't."channel" = \'{CUSTOMERS}\' AND g."grain" > 0'
    each = (
        f'SELECT t."indicator", t."day", sum({good}) AS "numerator", sum({counted}) AS "denominator",'
        f' sum(g."grain") AS "grain" FROM {_joined(of, figure)} WHERE t."channel" <> \'{CUSTOMERS}\' GROUP BY 1, 2'
    )
    return (
        f'{own} WHERE NOT ({all_channels}) AND t."denominator" > 0 AND t."denominator" >= g."grain" UNION ALL'
        f' {summed} JOIN ({each}) AS s ON s."indicator" = t."indicator" AND s."day" = t."day"'
        f' WHERE {all_channels} AND s."denominator" > 0'
    )


def _select(table: Table, figure: str, said: Mapping[str, str] | None = None) -> str:
    """The table's columns, as they are told or as `said`."""
    told_as = {c.name: _column(c) for c in table.columns} | dict(said or {})
    shown = ", ".join(
        f"CAST({told_as[c.name]} AS {c.type.compile()}) AS {quoted(c.name)}" for c in table.columns
    )
    return f"SELECT {shown} FROM {_joined(table, figure)}"


def _joined(table: Table, figure: str) -> str:
    return (
        f'"quality".{quoted(table.name)} AS t LEFT JOIN "quality"."grain" AS g'
        f' ON g."channel" = t."channel" AND g."figure" = {figure}'
    )


def _column(column: Column[object]) -> str:
    if isinstance(column.type, BigInteger):
        return _whole(column.name)
    is_said = isinstance(column.type, (Date, DateTime)) or column.name in {"target", "weight"}
    is_said |= isinstance(column.type, Text) and column.name in TEXTS
    return f"t.{quoted(column.name)}" if is_said else "NULL"


def _whole(column: str) -> str:
    return whole(f"t.{quoted(column)}", 'g."grain"')


def _ratio(numerator: str, denominator: str, grain: str) -> str:
    enough = f"({denominator}) >= {STEPS_OF_A_RATIO} * {grain}"
    of = f"CAST({numerator} AS DOUBLE) / nullif({denominator}, 0)"
    return f"CASE WHEN {enough} THEN {of} ELSE NULL END"
