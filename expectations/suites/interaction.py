"""Interaction: what must hold of an inquiry, complaint or visit."""

from expectations import predicates as p
from expectations.declared import declared
from expectations.model import Check, Dimension
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["interaction"]


def suite(_fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    return (
        *declared(RECORD),
        topics.known(RECORD),
        topics.filled(RECORD, "interaction_type"),
        topics.filled(RECORD, "occurred_at"),
        topics.one_of(RECORD, "interaction_type", "inquiry", "complaint", "visit"),
        topics.one_of(RECORD, "complaint_class", "business", "attitude", "product"),
        Check(
            "complete.complaint_class", "interaction", "complaint_class", Dimension.COMPLETENESS,
            f"CASE WHEN interaction_type = 'complaint' THEN {p.is_filled(RECORD.columns['complaint_class'])} END",
            "A complaint has a class.", "投诉已分类。", "REQUIREMENTS F3.",
        ),
        topics.ordered(RECORD, "occurred_at", "answered_at"),
        topics.ordered(RECORD, "occurred_at", "resolved_at"),
        Check(
            "code.satisfaction", "interaction", "satisfaction", Dimension.CONFORMITY, "satisfaction BETWEEN 1 AND 5",
            "satisfaction is 1 to 5.", "满意度为1至5。", "The codes of the column's declaration.",
        ),
    )  # fmt: skip
