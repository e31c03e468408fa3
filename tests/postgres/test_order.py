"""In what order rows come tells nothing: tokens do not come in the order of what they stand for."""

from collections.abc import Iterator
from itertools import pairwise

import psycopg
import pytest
from sqlalchemy.engine import make_url

from masking.tiers import tiers
from tests.made_up import DAY, masked_layer, others, token
from warehouse import open_store

pytestmark = pytest.mark.postgres

PEOPLE = 60
PERSUADED = (
    "enable_seqscan", "enable_bitmapscan", "enable_sort", "enable_hashjoin", "enable_nestloop", "enable_material",
)  # fmt: skip
"""What a reader may switch off, to be given rows as an index holds them."""
ASKED = (
    "SELECT source_id FROM analyst.individual",
    "SELECT source_id FROM analyst.individual WHERE channel = 'counter'",
    "SELECT source_id FROM analyst.individual ORDER BY channel",
    "SELECT source_id FROM analyst.individual WHERE channel >= ''",
    "SELECT customer_id FROM analyst.customer",
    "SELECT customer_id FROM analyst.individual WHERE channel = 'counter'",
)


@pytest.fixture(scope="module")
def session(postgres_url, tmp_path_factory) -> Iterator["psycopg.Connection[tuple]"]:  # type: ignore[type-arg]
    where = make_url(postgres_url)
    login = {"host": where.host, "port": where.port, "user": "postgres", "autocommit": True}
    with psycopg.connect(dbname="postgres", **login) as made:
        made.execute("CREATE DATABASE ordered")
    rows = [
        {"customer_id": f"D{i:03}", "channel": "counter", "source_id": f"K{i:03}", "day": DAY, "unreadable": ""}
        for i in range(PEOPLE)
    ]  # fmt: skip
    layer = masked_layer(
        tmp_path_factory.mktemp("masked"), customer=others(PEOPLE), individual=rows
    )
    open_store(postgres_url.rsplit("/", 1)[0] + "/ordered").publish(DAY, layer, tiers())
    with psycopg.connect(dbname="ordered", **login) as opened:
        opened.execute("SET ROLE mingce_analyst")
        yield opened
    with psycopg.connect(dbname="postgres", **login) as made:
        made.execute("DROP DATABASE ordered WITH (FORCE)")


@pytest.mark.parametrize("persuaded", [(), PERSUADED], ids=["as it comes", "by an index"])
@pytest.mark.parametrize("sql", ASKED)
def test_rows_do_not_come_in_the_order_of_clear_keys(session, sql, persuaded):
    for name in PERSUADED:
        session.execute(f"SET {name} = {'off' if name in persuaded else 'on'}".encode())
    shown = [t for (t,) in session.execute(sql.encode()).fetchall()]
    letter = "D" if "customer_id" in sql else "K"
    clear = {token("key", f"{letter}{i:03}"): i for i in range(PEOPLE)}
    order = [clear[t] for t in shown]
    assert len(order) == PEOPLE
    rising = sum(a < b for a, b in pairwise(order))
    assert PEOPLE * 0.2 < rising < PEOPLE * 0.8


def test_no_index_of_core_holds_two_columns(session):
    found = session.execute(
        "SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'core' AND i.indnatts > 1"
    ).fetchall()
    assert found == []
