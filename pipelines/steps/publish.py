"""Publish: the masked layer becomes the warehouse's `core`, and every tier is refreshed from it."""

from collections.abc import Mapping

from sqlalchemy import Table

from masking.rules import prepared_column
from masking.tiers import Tier
from pipelines.channels.reveals import tiers
from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding, Relation
from pipelines.core.errors import ConfigError, PlatformError, speaking
from warehouse import open_store
from warehouse.model import kind
from warehouse.tables import CORE, CUSTOMER_TABLES
from warehouse.views import prepared_columns


def publish(batch: Batch, run: Run) -> Batch:
    """Replace what the warehouse shows by the batch's tables."""
    who = tiers(run, batch.day)
    _require_columns(batch.tables, _fed(run), who)
    paths = run.lake.paths("masked", batch.channel, batch.day)
    with speaking(run.pack.file.language):
        rows = open_store(run.warehouse).publish(batch.day, paths, who)
    absent = [Finding("not delivered", table=name) for name in CORE if name not in batch.tables]
    return batch.having(
        batch.tables, *(Finding("published", t, rows=n) for t, n in rows.items()), *absent
    )


def _fed(run: Run) -> set[str]:
    """The tables that must be whole: those `resolve` makes, and the records some channel feeds."""
    fed = set(CUSTOMER_TABLES)
    for name in run.pack.names:
        try:
            fed |= {rows.record for rows in run.pack.channel(name).feeds}
        except PlatformError:
            continue  # a faulty channel stops alone, in its own flow
    return fed


def _require_columns(
    tables: Mapping[str, Relation], fed: set[str], who: Mapping[str, Tier]
) -> None:
    """Raise ConfigError naming every table and column that is missing, or that nobody declared.

    A record that no channel feeds may lack columns, and one that was never delivered may be absent.
    """
    faults = [f"{name}: not declared" for name in sorted(set(tables) - set(CORE))]
    faults += [f"{name}: not there" for name in sorted(set(CUSTOMER_TABLES) - set(tables))]
    for name in sorted(set(tables) & set(CORE)):
        declared, found = {c.name for c in CORE[name].columns}, set(tables[name].columns)
        needed = declared | prepared_columns(CORE[name], who) if name in fed else set[str]()
        if missing := sorted(needed - found):
            faults.append(f"{name}: without {', '.join(missing)}")
        if unknown := sorted(found - declared - _preparable(CORE[name], who)):
            faults.append(f"{name}: with {', '.join(unknown)}, which nobody declared")
    if faults:
        said = "; ".join(faults)
        raise ConfigError(
            f"the masked tables do not match warehouse/tables ({said}): declare the columns there, "
            "then run mask again",
            f"脱敏层的表与 warehouse/tables 的声明不符（{said}）：请在声明中补全后重新运行 mask",
        )


def _preparable(table: Table, who: Mapping[str, Tier]) -> set[str]:
    """The columns that `mask` may have added for one tier or another."""
    return {
        prepared_column(c.name, tier.rule_for(kind(c), c.name))
        for tier in who.values()
        for c in table.columns
    }
