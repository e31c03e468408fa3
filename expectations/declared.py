"""Checks that follow from a record's declaration: its key, its required elements, what could be read."""

from collections.abc import Iterable

from sqlalchemy import Date, DateTime, Table

from expectations.flags import FIRST
from expectations.model import Check, Dimension, Level
from expectations.predicates import in_past, is_filled, is_named

READ_AS_WRITTEN = ("", "text", "name", "company", "address")
"""Cleaners that read whatever is written."""

AHEAD = ("expires_on", "starts_on", "ends_on")
"""Endings of columns that may lie in the future."""


def declared(record: Table) -> tuple[Check, ...]:
    """What the declaration alone asks of the record's rows."""
    return (*_key(record), *_complete(record), *_readable(record), *_not_ahead(record))


def _key(record: Table) -> Iterable[Check]:
    yield Check(
        "key.present", record.name, "source_id", Dimension.COMPLETENESS, is_named("source_id"),
        "The row has a key.", "来源键不为空。",
        "A row without a key can be neither corrected nor found again. More than one in a hundred: the "
        "channel names the wrong key column.",
        Level.STOP, 0.99,
    )  # fmt: skip
    yield Check(
        "key.unique", record.name, "source_id", Dimension.UNIQUENESS,
        f"CASE WHEN source_id IS NOT NULL THEN {FIRST} END",
        "The key stands once; of several rows the one last changed is kept.",
        "来源键在批次内唯一；重复时保留最近更新的一行。",
        "More than one in twenty: the key is not a key.",
        Level.STOP, 0.95,
    )  # fmt: skip


def _complete(record: Table) -> Iterable[Check]:
    for element in record.info["required"]:
        labels = [record.columns[c] for c in element]
        yield Check(
            f"complete.{element[0]}", record.name, element[0], Dimension.COMPLETENESS,
            " OR ".join(is_filled(c) for c in labels),
            f"There is a value in {' or '.join(element)}; a placeholder (无, N/A) is none.",
            f"{'或'.join(c.info['zh'] for c in labels)}已填写（占位内容不算）。",
            "REQUIREMENTS C1: the elements the anti-money-laundering rules ask for.",
        )  # fmt: skip


def _readable(record: Table) -> Iterable[Check]:
    for column in record.columns:
        if column.info["clean"] in READ_AS_WRITTEN:
            continue
        yield Check(
            f"readable.{column.name}", record.name, column.name, Dimension.CONFORMITY,
            f"CASE WHEN unreadable LIKE '%,{column.name},%' THEN FALSE WHEN {column.name} IS NOT NULL THEN TRUE END",
            f"What is written in {column.name} can be read as what it is.",
            f"{column.info['zh']}的写法可以识别。",
            "What cannot be read was left out: it counts as missing until it is corrected.",
        )  # fmt: skip


def _not_ahead(record: Table) -> Iterable[Check]:
    for column in record.columns:
        if column.name == "day" or not isinstance(column.type, Date | DateTime):
            continue
        if column.name.endswith(AHEAD):
            continue
        yield Check(
            f"past.{column.name}", record.name, column.name, Dimension.ACCURACY, in_past(column.name),
            f"{column.name} does not lie in the future.", f"{column.info['zh']}不晚于批次日。",
            "What is recorded has happened.",
        )  # fmt: skip
