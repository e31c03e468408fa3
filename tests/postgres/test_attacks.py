"""A login of each tier, and one of none, tries everything in `tests/attacks/statements.py` on a real PostgreSQL."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import psycopg
import pyarrow as pa
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy.engine import make_url

from masking.tiers import tiers
from tests.attacks.statements import BARE, REFUSED, TIERS, Attack, attacks, own_table
from tests.made_up import (
    ACCOUNT,
    CANARIES,
    CONSENT,
    CUSTOMER,
    DAY,
    INTERACTION,
    KEY,
    masked_layer,
    others,
)
from warehouse import open_store
from warehouse.store import Change
from warehouse.tables import quality

pytestmark = pytest.mark.postgres

LOGINS = {**{tier: f"{tier}_login" for tier in TIERS}, BARE: "bare_login"}
CUSTOMERS, PAIRS, JUDGEMENTS, CONSENTS, VIOLATIONS = 1613, 3139, 3127, 17, 3151
"""How many rows `core` and `quality` hold: numbers to be found where they must not be."""
SEEN_BY = {"service": {CUSTOMERS, CONSENTS}, "analyst": {CUSTOMERS, CONSENTS}}
"""The tiers that see every customer also see how many they are."""
NOT_ALLOWED, NOT_THERE = "42501", {"42883", "0A000", "58P01", "42704", "42809", "55000"}
"""SQLSTATE of a missing privilege; of what is not installed, is no table, or is a view that takes no rows."""


@dataclass(frozen=True)
class Place:
    """A published warehouse, and who may see what of it."""

    url: str
    columns: dict[str, list[str]]
    hidden: dict[str, re.Pattern[str]]


def connected(url: str, user: str) -> "psycopg.Connection[tuple]":  # type: ignore[type-arg]
    where = make_url(url)
    return psycopg.connect(
        host=where.host, port=where.port, dbname=where.database, user=user, autocommit=True
    )


@pytest.fixture(scope="module")
def place(postgres_url, tmp_path_factory) -> Iterator[Place]:
    """A database of its own, published with planted values and planted numbers of rows."""
    url = postgres_url.rsplit("/", 1)[0] + "/attacked"
    with connected(postgres_url, "postgres") as session:
        session.execute("CREATE DATABASE attacked")
    layer = masked_layer(
        tmp_path_factory.mktemp("masked"),
        customer=[CUSTOMER, *others(CUSTOMERS - 1)],
        account=[ACCOUNT],
        interaction=[INTERACTION],
        consent=[CONSENT, *(CONSENT | {"customer_id": f"D{i:03}", "source_id": f"T{i}"} for i in range(CONSENTS - 1))],
        pair=[{"channel": "counter", "source_id": f"S{i}", "other_channel": "mobile", "other_source_id": f"M{i}"}
              for i in range(PAIRS)],
        judgement=[{"channel": "judgement", "source_id": f"J{i}", "day": DAY, "unreadable": ""}
                   for i in range(JUDGEMENTS)],
    )  # fmt: skip
    store = open_store(url)
    store.publish(DAY, layer, tiers())
    wrong = {
        "channel": "counter",
        "record": "individual",
        "check_name": "complete.mobile",
        "day": DAY,
    }
    rows = [wrong | {"source_id": f"S{i}", "branch": CANARIES[3]} for i in range(VIOLATIONS)]
    counted = [
        wrong
        | {"branch": f"b{i}", "checked": 7 * i + 1, "failed": i, "check_name": f"complete.{i % 3}"}
        for i in range(20)
    ]
    grains = [
        {"channel": "counter", "figure": f, "grain": 20} for f in ("rows", "record:individual")
    ]
    batch = {
        "channel": "counter",
        "day": DAY,
        "rows_accepted": 47,
        "rows_quarantined": 33,
        "rows_refused": 1,
    }
    store.replace(
        [
            Change(quality.violation, pa.Table.from_pylist(rows)),
            Change(quality.grain, pa.Table.from_pylist(grains)),
            Change(quality.check_result, pa.Table.from_pylist(counted)),
            Change(quality.batch, pa.Table.from_pylist([batch | {"rows_read": 81, "message_en": "81 rows"}])),
        ]
    )  # fmt: skip
    with connected(url, "postgres") as session:
        for tier, login in LOGINS.items():
            into = f" IN ROLE mingce_{tier}" if tier in TIERS else ""
            session.execute(f"CREATE ROLE {login} LOGIN{into}".encode())
        session.execute("ANALYZE")
        columns = {tier: _columns(session, tier) for tier in TIERS}
        yield Place(url, columns, {tier: _hidden(session, tier) for tier in LOGINS})
    with connected(postgres_url, "postgres") as session:
        session.execute("DROP DATABASE attacked WITH (FORCE)")
        for login in LOGINS.values():
            session.execute(f"DROP ROLE {login}".encode())


def _columns(session, tier: str) -> list[str]:
    found = session.execute(
        "SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_schema = %s"
        " AND table_name = %s AND data_type = 'text' ORDER BY ordinal_position",
        (tier, own_table(tier)),
    )
    return [name for (name,) in found]


def _hidden(session, tier: str) -> re.Pattern[str]:
    """What the tier's login must never read: planted values and counts that its own tables do not show."""
    shown = "".join(
        str(session.execute(f"SELECT t::text FROM {tier}.{name} t".encode()).fetchall())
        for (name,) in session.execute("SELECT c.relname FROM pg_class c WHERE c.relnamespace = to_regnamespace(%s)"
                                       " AND c.relkind IN ('r', 'v')", (tier,)).fetchall()
    )  # fmt: skip
    values = [value for value in (*CANARIES, KEY.material.decode()) if value not in shown]
    assert len(values) >= 4
    numbers = {CUSTOMERS, PAIRS, JUDGEMENTS, VIOLATIONS} - SEEN_BY.get(tier, set())
    counted = "|".join(str(n) for n in sorted(numbers))
    return re.compile("|".join([*map(re.escape, values), rf"(?<![\d.])(?:{counted})(?![\d.])"]))


def tried(session, attack: Attack) -> tuple[str, str]:
    """The SQLSTATE of what came of it ('' if it ran), and everything that was said."""
    said: list[str] = []
    heard = partial(lambda into, notice: into.append(str(notice.message_primary)), said)
    session.add_notice_handler(heard)
    try:
        cursor = session.execute(attack.sql.encode())
        while True:
            said += map(str, cursor.fetchall() if cursor.description else [])
            if not cursor.nextset():
                break
        state = ""
    except psycopg.Error as error:
        state = error.sqlstate or "lost"
        said.append(f"{error} {error.diag.message_detail} {error.diag.context}")
    finally:
        session.remove_notice_handler(heard)
        if session.info.transaction_status != TransactionStatus.IDLE:
            session.execute("ROLLBACK")
    return state, " ".join(said)


@pytest.mark.parametrize("tier", LOGINS)
def test_nothing_that_is_tried_shows_or_changes_what_the_login_may_not(place, tier):
    every = attacks(tier, place.columns.get(tier, []))
    assert len(every) >= 400
    wrong = []
    with connected(place.url, LOGINS[tier]) as session:
        session.execute("SET statement_timeout = '2s'")
        for attack in every:
            state, said = tried(session, attack)
            is_refused = state == NOT_ALLOWED or state in NOT_THERE
            if (attack.must == REFUSED and not is_refused) or place.hidden[tier].search(said):
                wrong.append((attack.kind, attack.sql, state, said[:200]))
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize("tier", TIERS)
def test_no_plan_tells_of_rows_that_the_tier_does_not_see(place, tier):
    with connected(place.url, LOGINS[tier]) as session:
        own = session.execute("SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(%s)"
                              " AND relkind IN ('r', 'v')", (tier,)).fetchall()  # fmt: skip
        plans = {
            name: str(session.execute(f"EXPLAIN ANALYZE SELECT * FROM {tier}.{name}".encode()).fetchall())
            for (name,) in own
        }  # fmt: skip
    assert len(plans) >= 2
    assert [name for name, plan in plans.items() if "Rows Removed" in plan] == []


@pytest.mark.parametrize("tier", ["partner", "statistics"])
def test_a_line_in_the_log_does_not_tell_who_is_a_customer(place, tier):
    """EXPLAIN counts the pages a function reads and the bytes it writes: they are the same for everybody."""
    plan = "EXPLAIN (ANALYZE, BUFFERS, WAL, COSTS OFF, TIMING OFF, SUMMARY OFF) "
    found: dict[str, set[str]] = {CUSTOMER["customer_id"]: set(), "nobody": set()}
    with connected(place.url, LOGINS[tier]) as session:
        for whose in [*found] * 4:
            asked = f"{plan} SELECT {tier}.note_access('x', 1, 'answered', '', '{whose}')"
            found[whose].add(str(session.execute(asked.encode()).fetchall()))
    assert set.intersection(*found.values())


def test_no_two_figures_of_the_statistics_tier_tell_of_fewer_than_k(place):
    """Whatever is taken from whatever: groups, totals, branches, checks, parts of a batch, and their sums."""
    figures = {
        "customer_count": ("customer_count",),
        "record_count": ("row_count", "customer_count"),
        "check_result": ("checked", "failed"),
        "batch": ("rows_read", "rows_accepted", "rows_quarantined", "rows_refused"),
    }
    k, numbers = tiers()["statistics"].smallest_group, {0}
    with connected(place.url, LOGINS["statistics"]) as session:
        for table, columns in figures.items():
            for column in columns:
                for what in (column, f"sum({column})"):
                    asked = f"SELECT DISTINCT {what} FROM statistics.{table}"
                    numbers |= {int(n) for (n,) in session.execute(asked.encode()) if n is not None}
    assert len(numbers) > 8
    assert all(a == b or abs(a - b) >= k for a in numbers for b in numbers)


def test_what_is_planted_would_be_found(place):
    """The same statements, run by a superuser, show it: the suite can fail."""
    every = attacks("partner", place.columns["partner"])
    kinds = {"another's table, read", "counts in the catalogue", "counts by function"}
    found = set()
    with connected(place.url, "postgres") as session:
        for attack in every:
            if attack.kind in kinds and "COPY" not in attack.sql:
                _, said = tried(session, attack)
                if place.hidden["partner"].search(said):
                    found.add(attack.kind)
    assert found == kinds
