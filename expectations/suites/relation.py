"""Relation: what must hold of how one customer stands to another."""

from expectations.declared import declared
from expectations.model import Check, Dimension
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["relation"]


def suite(_fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    return (
        *declared(RECORD),
        topics.held(RECORD),
        topics.known(RECORD),
        topics.filled(RECORD, "other_source_id"),
        topics.filled(RECORD, "relation_type"),
        Check(
            "other.relation", "relation", "other_source_id", Dimension.CONSISTENCY,
            "NOT (holder_channel = other_channel AND holder_source_id = other_source_id)",
            "Nobody is related to themselves.", "关系双方不是同一行。", "The record's meaning.",
        ),
    )  # fmt: skip
