"""Suites: what must hold of each record. A new record is a file here and a line in the list."""

from collections.abc import Callable

from expectations.model import Check, require_distinct
from expectations.suites import (
    account,
    consent,
    contract,
    enterprise,
    individual,
    institution,
    interaction,
    judgement,
    relation,
    transaction,
)

SUITES: dict[str, Callable[[int], tuple[Check, ...]]] = {
    module.RECORD.name: module.suite
    for module in (
        individual, enterprise, institution, account, contract, transaction, interaction,
        consent, relation, judgement,
    )
}  # fmt: skip
"""By record; each is given after how many days a row counts as stale."""


def suite(record: str, fresh_days: int = 730) -> tuple[Check, ...]:
    """The checks of a record, as this platform declares them."""
    return require_distinct(SUITES[record](fresh_days))
