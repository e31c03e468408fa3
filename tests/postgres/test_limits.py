"""No login of a tier holds up a publication, fills the server or keeps what PostgreSQL gives everybody by default."""

import logging
from collections.abc import Iterator
from datetime import date

import psycopg
import pyarrow as pa
import pytest
from sqlalchemy.engine import make_url

from masking.tiers import tiers
from pipelines.core.errors import OutageError
from tests.made_up import CUSTOMER, DAY, masked_layer, others, token
from warehouse import open_store, postgres, read
from warehouse.access_log import LONGEST
from warehouse.guard import RefusalError
from warehouse.store import Access, Change
from warehouse.tables import quality
from warehouse.walls import CONNECTIONS, LIMITS, WALLS, close

pytestmark = pytest.mark.postgres

ENDLESS = (
    "SELECT pg_sleep(1000)",
    "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b",
    "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT count(*) FROM x",
    "SELECT count(*) FROM analyst.customer a, analyst.customer b, analyst.customer c, analyst.customer d,"
    " analyst.customer e, analyst.customer f, analyst.customer g WHERE a.sex || b.sex || c.sex <> g.sex",
)


def connected(url: str, user: str = "postgres") -> "psycopg.Connection[tuple]":  # type: ignore[type-arg]
    where = make_url(url)
    return psycopg.connect(host=where.host, port=where.port, dbname=where.database, user=user)


@pytest.fixture(scope="module")
def layer(tmp_path_factory) -> dict[str, str]:
    return masked_layer(tmp_path_factory.mktemp("masked"), customer=[CUSTOMER, *others(40)])


@pytest.fixture(scope="module")
def mould(postgres_url, layer) -> Iterator[str]:
    """A database published once, of which tests take copies."""
    run(postgres_url, "CREATE DATABASE mould")
    url = postgres_url.rsplit("/", 1)[0] + "/mould"
    open_store(url).publish(DAY, layer, tiers())
    yield url
    run(postgres_url, "DROP DATABASE mould WITH (FORCE)")


@pytest.fixture
def held(mould, postgres_url) -> Iterator[str]:
    """A published database of its own, and `ben`, who is an analyst."""
    run(
        postgres_url,
        "CREATE DATABASE held TEMPLATE mould",
        "CREATE ROLE ben LOGIN IN ROLE mingce_analyst",
    )
    url = mould.replace("/mould", "/held")
    with connected(url) as session:
        close(session)  # what a template does not hand on: the database's own settings
    yield url
    run(postgres_url, "DROP DATABASE held WITH (FORCE)", "DROP ROLE ben")


def run(url: str, *statements: str) -> None:
    with connected(url) as session:
        session.autocommit = True
        for statement in statements:
            session.execute(statement.encode())


def kinds(url: str) -> dict[str, str]:
    """Whether each thing that partner and statistics see is a table (r) or a view (v)."""
    with connected(url) as session:
        return dict(
            session.execute(
                "SELECT n.nspname || '.' || c.relname, c.relkind FROM pg_class c JOIN pg_namespace n"
                " ON n.oid = c.relnamespace WHERE n.nspname IN ('partner', 'statistics') AND c.relkind IN ('r', 'v')"
            ).fetchall()
        )


def test_what_hides_rows_is_a_table(held):
    assert set(kinds(held).values()) == {"r"}
    assert len(kinds(held)) == 9


def test_an_older_warehouse_is_brought_to_it_by_the_next_publication(held, layer):
    with connected(held) as session:
        session.execute("SET ROLE mingce_owner")
        for name in ("partner.customer", "statistics.batch"):
            session.execute(f"DROP TABLE {name}; CREATE VIEW {name} AS SELECT 1 AS one".encode())
        session.execute("RESET ROLE")
        session.execute(
            "GRANT TEMPORARY ON DATABASE held TO PUBLIC; GRANT CREATE ON SCHEMA public TO PUBLIC"
        )
        session.execute("GRANT SELECT ON pg_catalog.pg_class TO PUBLIC")
    open_store(held).publish(DAY, layer, tiers())
    assert set(kinds(held).values()) == {"r"}
    with connected(held) as session:
        assert [w.en for w in WALLS if session.execute(w.still.encode()).fetchall()] == []


def test_statistics_follow_what_is_measured_and_are_told_in_steps(held, layer, tmp_path):
    rows = {
        quality.grain: {"channel": "counter", "figure": "record:individual", "grain": 20},
        quality.check_result: {"channel": "counter", "day": DAY, "record": "individual", "branch": "东城",
                               "check_name": "complete.mobile", "checked": 139, "failed": 7},
    }  # fmt: skip
    seen = []
    for url in (f"duckdb:///{tmp_path}/warehouse.duckdb", held):
        store = open_store(url)
        store.publish(DAY, layer, tiers())
        for table, row in rows.items():
            store.replace([Change(table, pa.Table.from_pylist([row]))])
        store.publish(date(2026, 11, 22), layer, tiers())
        answer = store.read("SELECT * FROM check_result", "statistics")
        seen.append(answer.to_pylist())
        assert [(r["checked"], r["failed"]) for r in answer.to_pylist()] == [(120, None)]
    assert seen[0] == seen[1]


def test_every_session_has_limits_and_what_an_administrator_says_stands(held, layer):
    with connected(held, "ben") as session:
        shown = {n: session.execute(f"SHOW {n}".encode()).fetchone() for n in LIMITS}
        assert shown == {n: (value,) for n, value in LIMITS.items()}
    with connected(held) as session:
        session.execute("ALTER DATABASE held SET statement_timeout = '300ms'")
        session.execute("ALTER ROLE ben CONNECTION LIMIT 3")
    open_store(held).publish(DAY, layer, tiers())
    with connected(held, "ben") as session:
        assert session.execute("SHOW statement_timeout").fetchone() == ("300ms",)
        assert session.execute(
            "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'ben'"
        ).fetchone() == (3,)


@pytest.mark.parametrize("sql", ENDLESS)
def test_an_endless_statement_ends(held, sql):
    with connected(held) as session:
        session.execute("ALTER DATABASE held SET statement_timeout = '200ms'")
    with connected(held, "ben") as session, pytest.raises(psycopg.errors.QueryCanceled):
        session.execute(sql.encode())


def test_an_endless_question_is_refused_with_what_to_do(held):
    with connected(held) as session:
        session.execute("ALTER DATABASE held SET statement_timeout = 0")
    with pytest.raises(RefusalError, match="more time or disk than this database allows"):
        open_store(held.replace("postgres@", "ben@"), 0.2).read(
            ENDLESS[3].replace("analyst.", ""), "analyst"
        )


def test_the_logins_of_a_tier_may_have_so_many_sessions(held):
    with connected(held) as session:
        limit = "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'ben'"
        assert session.execute(limit).fetchone() == (CONNECTIONS,)


def test_a_reader_who_set_itself_no_limit_is_ended_when_it_holds_a_publication_up(
    held, layer, monkeypatch
):
    monkeypatch.setattr(postgres, "PATIENCE", 2)
    with connected(held, "ben") as reader:
        reader.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
        reader.execute("SELECT * FROM analyst.customer")
        open_store(held).publish(DAY, layer, tiers())
        with pytest.raises(psycopg.OperationalError, match="terminating connection"):
            reader.execute("SELECT 1")
        reader.close()


def test_a_reader_of_what_must_be_made_anew_is_ended_too(held, layer, monkeypatch):
    monkeypatch.setattr(postgres, "PATIENCE", 2)
    with connected(held) as session:
        session.execute("ALTER TABLE statistics.customer_count ADD COLUMN of_old int")
        session.execute("GRANT mingce_statistics TO ben")
    with connected(held, "ben") as reader:
        reader.execute("SELECT * FROM statistics.customer_count")
        open_store(held).publish(DAY, layer, tiers())
        reader.close()
    assert "of_old" not in read(held, "statistics", "SELECT * FROM customer_count").columns


def test_a_login_that_holds_its_own_role_locked_holds_up_no_publication(held, layer, caplog):
    with connected(held) as session:
        session.execute("ALTER ROLE ben CONNECTION LIMIT -1")
    with connected(held, "ben") as login:
        login.execute("ALTER ROLE ben PASSWORD 'made up'")
        with caplog.at_level(logging.WARNING, "warehouse.walls"):
            open_store(held).publish(DAY, layer, tiers())
        login.rollback()
    (said,) = [r.getMessage() for r in caplog.records if r.name == "warehouse.walls"]
    assert "any number of sessions for a tier's login" in said


def test_a_publisher_who_may_end_nobody_says_that_somebody_reads(held, layer, monkeypatch):
    monkeypatch.setattr(postgres, "PATIENCE", 0.3)
    with connected(held) as session:
        session.execute("CREATE ROLE carl LOGIN CREATEROLE IN ROLE mingce_owner")
        session.execute("GRANT CREATE ON DATABASE held TO carl")
        session.execute("GRANT mingce_steward, mingce_analyst TO carl")
    try:
        with connected(held, "ben") as reader:
            reader.execute("SELECT * FROM analyst.customer")
            with pytest.raises(OutageError, match="somebody read the old tables"):
                open_store(held.replace("postgres@", "carl@")).publish(DAY, layer, tiers())
            assert reader.execute("SELECT 1").fetchone() == (1,)
    finally:
        with connected(held) as session:
            session.execute("DROP OWNED BY carl; DROP ROLE carl")


def test_a_line_in_the_log_holds_up_nobody_elses(held):
    with connected(held, "ben") as session:
        session.execute("SELECT analyst.note_access(repeat('x', 1000000), 1)")
        read(held.replace("postgres@", "ben@"), "analyst", "SELECT 1 AS one")
    longest = "SELECT max(length(statement)) AS n FROM governance.access_log"
    assert read(held, "steward", longest).iloc[0, 0] == LONGEST


def test_whose_file_was_shown_is_kept_as_the_analysts_token(held):
    store = open_store(held)
    for tier, whose in (("service", "C1"), ("analyst", token("key", "C1")), ("service", "nobody")):
        store.note_access(Access(tier, "show", 1, purpose="complaint", customer=whose))
    log = "SELECT customer, purpose, outcome FROM governance.access_log ORDER BY access_id DESC LIMIT 3"
    known = {"customer": token("key", "C1"), "purpose": "complaint", "outcome": "answered"}
    assert store.read(log, "steward").to_pylist() == [
        known | {"customer": "(not known)"},
        known,
        known,
    ]


def test_what_an_extension_tells_of_others_or_connects_to_is_no_tiers(held, layer):
    """`pg_stat_statements` shows everybody how many rows each statement of the publisher had."""
    with connected(held) as session:
        session.execute(
            "CREATE EXTENSION dblink; CREATE EXTENSION pg_stat_statements; CREATE EXTENSION pg_trgm"
        )
    open_store(held).publish(DAY, layer, tiers())
    for sql in ("SELECT rows FROM pg_stat_statements", "SELECT dblink_connect('dbname=postgres')"):
        with connected(held, "ben") as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(sql.encode())
    with connected(held, "ben") as session:
        assert session.execute("SELECT similarity('ab', 'ab')").fetchone() == (1.0,)


def test_what_a_publisher_may_not_take_away_is_told(postgres_url, layer, caplog):
    run(
        postgres_url,
        "CREATE ROLE dora LOGIN CREATEROLE",
        "CREATE DATABASE hers OWNER dora",
        "GRANT mingce_owner, mingce_steward TO dora",
    )
    url = postgres_url.rsplit("/", 1)[0].replace("postgres@", "dora@") + "/hers"
    try:
        with caplog.at_level(logging.WARNING, "warehouse.walls"):
            open_store(url).publish(DAY, layer, tiers())
        (said,) = [r.getMessage() for r in caplog.records if r.name == "warehouse.walls"]
        assert "row counts in pg_class, row counts and sizes by function, large objects" in said
        assert "temporary tables" not in said
        assert "no statement_timeout" not in said
        with connected(url, "dora") as session:
            still = {w.en for w in WALLS if session.execute(w.still.encode()).fetchall()}
        assert "temporary tables, and functions in them" not in still
    finally:
        run(postgres_url, "DROP DATABASE hers WITH (FORCE)", "DROP ROLE dora")
