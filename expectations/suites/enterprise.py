"""Enterprise: what must hold of a company's row: the elements of legal persons, and their documents."""

from expectations import predicates as p
from expectations.declared import declared
from expectations.model import Check, Dimension
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["enterprise"]


def suite(fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    return (
        *declared(RECORD),
        topics.names_somebody(RECORD, "company_name", "uscc"),
        *topics.registration(RECORD),
        *topics.unexpired(RECORD, "uscc_expires_on", "legal_id_expires_on"),
        *topics.identity(RECORD, "legal_id_number", "legal_id_type"),
        *topics.identity(RECORD, "controller_id_number"),
        *topics.identity(RECORD, "contact_id_number"),
        *topics.contact(RECORD),
        *topics.meaningful(
            RECORD, "company_name", "address", "business_scope", "legal_representative", "controller", "contact_name"
        ),
        topics.one_of(RECORD, "size", "大型", "中型", "小型", "微型"),
        topics.not_negative(RECORD, "registered_capital"),
        *topics.located(RECORD, "address"),
        topics.ordered(RECORD, "registered_on", "updated_on"),
        *topics.fresh(RECORD, fresh_days),
        Check(
            "unique.uscc", "enterprise", "uscc", Dimension.UNIQUENESS,
            f"CASE WHEN {p.is_filled(RECORD.columns['uscc'])} THEN count(*) OVER (PARTITION BY channel, uscc) = 1 END",
            "The channel knows the code under one key only.", "同一渠道内统一社会信用代码不重复。",
            "Two keys for one code are one company entered twice (REQUIREMENTS A5).",
        ),
    )  # fmt: skip
