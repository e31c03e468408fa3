"""The tables: one file each, all of them listed here. The contract between the steps and their readers."""

from sqlalchemy import Table

from warehouse.tables import governance, quality
from warehouse.tables.account import account
from warehouse.tables.consent import consent
from warehouse.tables.contract import contract
from warehouse.tables.customer import (
    customer,
    customer_history,
    customer_source,
    customer_successor,
    customer_value,
    pair,
)
from warehouse.tables.enterprise import enterprise
from warehouse.tables.individual import individual
from warehouse.tables.institution import institution
from warehouse.tables.interaction import interaction
from warehouse.tables.judgement import judgement
from warehouse.tables.relation import relation
from warehouse.tables.transaction import transaction

RECORDS: dict[str, Table] = {
    t.name: t
    for t in (
        individual, enterprise, institution, account, contract, transaction, interaction,
        consent, relation, judgement,
    )
}  # fmt: skip
"""What a channel's row may be."""

CUSTOMER_TABLES: dict[str, Table] = {
    t.name: t
    for t in (customer, customer_value, customer_source, customer_successor, customer_history, pair)
}
"""What `resolve` makes."""

CORE: dict[str, Table] = RECORDS | CUSTOMER_TABLES
"""Everything of schema `core`: clear values, stewards only."""

__all__ = ["CORE", "CUSTOMER_TABLES", "RECORDS", "governance", "quality"]
