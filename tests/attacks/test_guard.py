"""The attacks that are tried on PostgreSQL, and some that only DuckDB knows, through `mingce query` on DuckDB."""

import pytest

from masking.tiers import tiers
from pipelines.core.errors import PlatformError
from tests.attacks.statements import REFUSED, TIERS, attacks, own_table
from tests.made_up import ACCOUNT, CANARIES, CONSENT, CUSTOMER, DAY, KEY, masked_layer, others
from warehouse import open_store
from warehouse.guard import RefusalError, question
from warehouse.views import views

COLUMNS = 6
"""So many of a table's columns are cast in every way: each that the guard lets through opens the file."""


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded")
    url = f"duckdb:///{folder}/warehouse.duckdb"
    layer = masked_layer(
        folder / "masked", customer=[CUSTOMER, *others(30)], account=[ACCOUNT], consent=[CONSENT]
    )
    open_store(url).publish(DAY, layer, tiers())
    return url


def schemas(tier: str) -> dict[str, list[str]]:
    return {tier: [v.name for v in views(tiers(), DAY) if v.tier == tier]}


def texts(store, tier: str) -> list[str]:
    """The text columns of the tier's table that is tried hardest."""
    answer = store.read(f"SELECT * FROM {own_table(tier)} LIMIT 0", tier)
    return [f.name for f in answer.schema if str(f.type) == "string"][:COLUMNS]


@pytest.mark.parametrize("tier", TIERS)
def test_nothing_that_is_tried_passes_the_guard_and_shows_what_the_tier_may_not_see(url, tier):
    store, own = open_store(url), schemas(tier)
    shown = "".join(
        str(store.read(f"SELECT * FROM {name}", tier).to_pylist()) for name in own[tier]
    )
    hidden = [v for v in (*CANARIES, KEY.material.decode()) if v not in shown]
    assert len(hidden) >= 4
    every = [a for a in attacks(tier, texts(store, tier)) if "repeat(" not in a.sql]
    assert len(every) >= 400
    wrong = []
    for attack in every:
        try:
            question(attack.sql, own)
        except RefusalError:
            continue
        if attack.must == REFUSED:
            wrong.append((attack.kind, attack.sql))
            continue
        try:
            said = str(store.read(attack.sql, tier).to_pylist())
        except PlatformError as error:
            said = error.en + error.zh
        if any(value in said for value in hidden):
            wrong.append((attack.kind, attack.sql))
    assert wrong == [], "\n".join(map(str, wrong))
