"""Institution: what must hold of a public body's or association's row."""

from expectations.declared import declared
from expectations.model import Check
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["institution"]


def suite(fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    return (
        *declared(RECORD),
        topics.names_somebody(RECORD, "company_name", "uscc"),
        *topics.registration(RECORD),
        *topics.contact(RECORD),
        *topics.meaningful(RECORD, "company_name", "address", "contact_name"),
        *topics.located(RECORD, "address"),
        topics.ordered(RECORD, "registered_on", "updated_on"),
        *topics.fresh(RECORD, fresh_days),
    )
