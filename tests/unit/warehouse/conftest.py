"""A warehouse of a made-up bank, published once; and a bare `core` to try single views on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import duckdb
import pytest
from sqlalchemy import Column

from masking.rules import OTHER
from masking.tiers import tiers
from pipelines.core.sql import quoted
from tests.made_up import ACCOUNT, CONSENT, CUSTOMER, DAY, INTERACTION, masked_layer, others
from warehouse import open_store
from warehouse.ddl import columns_of, create, full_name
from warehouse.model import codes_of
from warehouse.tables import CORE

Core = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a warehouse with a canary and a few others. Tests read it and do not change it."""
    folder = tmp_path_factory.mktemp("published")
    url = f"duckdb:///{folder}/warehouse.duckdb"
    layer = masked_layer(
        folder / "masked",
        customer=[CUSTOMER, *others(12)],
        account=[ACCOUNT],
        interaction=[INTERACTION],
        consent=[CONSENT],
        customer_source=[
            {"channel": "counter", "source_id": "S1", "customer_id": "C1", "since": DAY, "cause": "new"},
        ],
    )  # fmt: skip
    open_store(url).publish(DAY, layer, tiers())
    return url


@pytest.fixture
def core() -> Iterator[Core]:
    """Makes a database of the core tables, holding these rows, to run one view's SELECT on."""
    with ExitStack() as made:

        def holding(**tables: Sequence[Mapping[str, Any]]) -> duckdb.DuckDBPyConnection:
            session = made.enter_context(duckdb.connect())
            session.execute("CREATE SCHEMA core")
            for name, table in CORE.items():
                listed = {f"{c.name}__listed": c for c in table.columns}
                columns = columns_of(table) | {"customer_id__recipient_token": "TEXT"}
                columns |= dict.fromkeys(listed, "TEXT")
                session.execute(create(full_name(table), columns))
                for given in tables.get(name, ()):
                    row = {**{n: _listed(c, given) for n, c in listed.items()}, **given}
                    names, marks = ", ".join(map(quoted, row)), ", ".join("?" * len(row))
                    into = f"INSERT INTO {full_name(table)} ({names}) VALUES ({marks})"
                    session.execute(into, list(row.values()))
            return session

        yield holding


def _listed(column: Column[Any], row: Mapping[str, Any]) -> Any:
    """What the mask step would leave of the row's value in a coded column."""
    value = row.get(column.name)
    return value if value is None or value in codes_of(column) else OTHER
