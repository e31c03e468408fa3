"""Seen: one column of a table as a tier sees it, as an expression over the table."""

from typing import Any

from sqlalchemy import Column, Text

from masking.rules import Listed, prepared_column
from masking.tiers import Tier
from pipelines.core.sql import quoted
from warehouse.model import codes_of, kind


def expression(column: Column[Any], tier: Tier, alias: str = "") -> str:
    """Prepared by `mask`, or computed where it stands; the table may go by an alias (`r.`)."""
    rule, named = tier.rule_for(kind(column), column.name), alias + quoted(column.name)
    if needs_preparing(column, tier):
        return alias + quoted(prepared_column(column.name, rule))
    if isinstance(rule, Listed):
        return f"CASE WHEN {named} IN ({', '.join(codes_of(column))}) THEN {named} END"
    return rule.sql(named)


def needs_preparing(column: Column[Any], tier: Tier) -> bool:
    """Whether `mask` makes what the tier sees: a token, a text with its spans hidden, a word that may be shown.

    Codes that are numbers need nobody to say which of them may be shown: they keep their type.
    """
    rule = tier.rule_for(kind(column), column.name)
    return rule.prepared and (isinstance(column.type, Text) or not isinstance(rule, Listed))
