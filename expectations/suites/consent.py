"""Consent: what must hold of a customer's word on what may be done."""

from expectations import predicates as p
from expectations.declared import declared
from expectations.model import Check, Dimension
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["consent"]


def suite(_fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    return (
        *declared(RECORD),
        topics.held(RECORD),
        topics.known(RECORD),
        _said("purpose"),
        _said("granted_on"),
        topics.one_of(RECORD, "manner", "written", "electronic"),
        topics.ordered(RECORD, "granted_on", "withdrawn_on"),
    )


def _said(column: str) -> Check:
    """What a consent must say; a row in which nothing stands is no consent, and not asked."""
    something = "purpose IS NOT NULL OR scope IS NOT NULL OR granted_on IS NOT NULL OR withdrawn_on IS NOT NULL"
    return Check(
        f"complete.{column}", "consent", column, Dimension.COMPLETENESS,
        p.where(something, p.is_filled(RECORD.columns[column])),
        f"A consent says its {column}.", f"授权记录注明{RECORD.columns[column].info['zh']}。", "REQUIREMENTS A4.",
    )  # fmt: skip
