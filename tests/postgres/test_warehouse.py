"""The warehouse on a real PostgreSQL: roles that may little, views that are live, publications that are whole."""

import threading
from collections.abc import Iterator
from datetime import date

import psycopg
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.engine import make_url

from masking.rules import render
from masking.tiers import tiers
from pipelines.core.errors import ConfigError, DataError, OutageError
from tests.made_up import (
    ACCOUNT,
    CANARIES,
    CONSENT,
    CUSTOMER,
    DAY,
    HIDDEN,
    INTERACTION,
    KEY,
    masked_layer,
    others,
    token,
)
from tests.unit.masking.rules.written import IN_SQL, VALUES
from warehouse import open_store, read
from warehouse.ask import answer
from warehouse.customer_file import customer_file
from warehouse.guard import RefusalError
from warehouse.postgres_locks import alone
from warehouse.store import Access, Change
from warehouse.tables import quality

pytestmark = pytest.mark.postgres

TIER_ROLES = ("mingce_service", "mingce_analyst", "mingce_partner", "mingce_statistics")
LAYER = {
    "customer": [CUSTOMER, *others(12)],
    "account": [ACCOUNT],
    "interaction": [INTERACTION],
    "consent": [CONSENT],
}


def connected(url: str, **login: str) -> "psycopg.Connection[tuple]":  # type: ignore[type-arg]
    where = make_url(url)
    return psycopg.connect(
        host=where.host, port=where.port, dbname=where.database, **{"user": where.username, **login}
    )


@pytest.fixture(scope="module")
def published(postgres_url, tmp_path_factory) -> str:
    """A warehouse published once, which tests read."""
    layer = masked_layer(tmp_path_factory.mktemp("masked"), **LAYER)
    open_store(postgres_url).publish(DAY, layer, tiers())
    return postgres_url


@pytest.fixture
def fresh(postgres_url) -> Iterator[str]:
    """A database of its own on the same server, for tests that change it."""
    with connected(postgres_url) as session:
        session.autocommit = True
        session.execute("CREATE DATABASE fresh")
    yield postgres_url.rsplit("/", 1)[0] + "/fresh"
    with connected(postgres_url) as session:
        session.autocommit = True
        session.execute("DROP DATABASE fresh WITH (FORCE)")


@pytest.fixture
def analyst(published) -> Iterator[str]:
    """A login that belongs to the analysts, and to nobody else."""
    with connected(published) as session:
        session.execute("CREATE ROLE ann LOGIN IN ROLE mingce_analyst")
    yield published.replace("postgres@", "ann@")
    with connected(published) as session:
        session.execute("DROP ROLE ann")


def test_each_tier_sees_its_own_masks(published):
    sees = {
        tier: read(published, tier, "SELECT * FROM customer WHERE id_type = '居民身份证'").iloc[0]
        for tier in ("steward", "service", "analyst")
    }
    assert sees["steward"]["mobile"] == "13900000001"
    assert sees["service"]["mobile"] == "139****0001"
    assert sees["analyst"]["mobile"] == token("mobile", "13900000001")
    assert sees["analyst"]["home_address"] == "北京市东城区"
    assert read(published, "service", "SELECT remark FROM interaction").iloc[0, 0] == HIDDEN


def test_a_long_head_is_the_beginning_of_what_was_written(published):
    written = "sex IN (SELECT sex FROM customer WHERE sex IS NOT NULL AND city IS NOT NULL)"
    asked = answer(open_store(published), "analyst", f"SELECT {written}, {written} FROM customer")
    assert asked.column_names == [written[:63], f"{written[:63]}_2"]


def test_both_databases_show_the_same(published, tmp_path):
    url = f"duckdb:///{tmp_path}/warehouse.duckdb"
    open_store(url).publish(DAY, masked_layer(tmp_path / "masked", **LAYER), tiers())
    for tier, table in [
        ("service", "customer"), ("analyst", "customer"), ("analyst", "account"), ("service", "interaction"),
        ("partner", "customer"), ("statistics", "customer_count"), ("statistics", "record_count"),
    ]:  # fmt: skip
        rows = [
            sorted(map(repr, open_store(u).read(f"SELECT * FROM {table}", tier).to_pylist()))
            for u in (url, published)
        ]
        assert rows[0] == rows[1], (tier, table)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(value=VALUES)
def test_every_rule_shows_the_same_in_postgresql(postgres_url, value):
    rules = {n: r for n, r in IN_SQL.items() if not r.prepared}
    query = render(f"SELECT {', '.join(r.sql('x') for r in rules.values())}", "postgres")
    with connected(postgres_url) as session:
        (found,) = session.execute(
            f"{query} FROM (SELECT CAST(%(x)s AS TEXT) AS x) AS t".replace("%", "%%").replace(
                "%%(x)s", "%(x)s"
            ),
            {"x": value},
        ).fetchall()
    assert dict(zip(rules, found, strict=True)) == {n: r.mask(value) for n, r in rules.items()}


def test_a_tiers_role_may_read_its_views_and_leave_its_line_and_nothing_else(published):
    with connected(published) as session:
        for role in TIER_ROLES:
            schema = role.removeprefix("mingce_")
            tables = session.execute(
                "SELECT n.nspname, c.relname, p.what FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,"
                " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p(what)"
                " WHERE c.relkind IN ('r', 'v', 'm', 'p') AND has_table_privilege(%s, c.oid, p.what)"
                " AND n.nspname NOT IN ('pg_catalog', 'information_schema')",
                (role,),
            ).fetchall()
            assert tables, role
            assert {(s, what) for s, _, what in tables} == {(schema, "SELECT")}
            schemas = session.execute(
                "SELECT nspname, has_schema_privilege(%s, oid, 'CREATE') FROM pg_namespace"
                " WHERE has_schema_privilege(%s, oid, 'USAGE')"
                " AND nspname NOT IN ('pg_catalog', 'information_schema', 'public')",
                (role, role),
            ).fetchall()
            assert schemas == [(schema, False)]
            functions = session.execute(
                "SELECT n.nspname, p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')"
                " AND has_function_privilege(%s, p.oid, 'EXECUTE')",
                (role,),
            ).fetchall()
            assert functions == [(schema, "note_access")]


def test_nobody_logs_in_as_a_role_and_none_is_powerful(published):
    with connected(published) as session:
        found = session.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'mingce%'"
            " AND (rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)"
        ).fetchall()
    assert found == []


def test_a_login_without_a_tier_reaches_no_schema_of_ours(published):
    with connected(published) as session:
        session.execute("CREATE ROLE nobody_in_particular LOGIN")
    with connected(published, user="nobody_in_particular") as session:
        for table in ("core.customer", "analyst.customer", "statistics.customer_count"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), session.transaction():
                session.execute(f"SELECT * FROM {table}")
    with pytest.raises(ConfigError, match="does not belong to tier 'analyst'"):
        read(published.replace("postgres@", "nobody_in_particular@"), "analyst", "SELECT 1 AS one")


def test_views_are_barriers_and_hold_no_key(published):
    with connected(published) as session:
        rows = session.execute(
            "SELECT c.relname, c.reloptions, pg_get_viewdef(c.oid), pg_get_userbyid(c.relowner) FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind = 'v' AND n.nspname IN ('service', 'analyst', 'partner', 'statistics')"
        ).fetchall()
    assert len(rows) > 20
    for name, options, text, owner in rows:
        assert options == ["security_barrier=true"], name
        assert owner == "mingce_owner"
        assert KEY.material.decode() not in text
        assert "sha256" not in text
        assert "hmac" not in text


def test_a_leaky_predicate_sees_masked_values_only(published, analyst):
    """A view without a barrier would hand clear rows to whoever's function is cheap enough."""
    with connected(published) as session:
        session.execute(
            "CREATE OR REPLACE FUNCTION public.tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS"
            " $$BEGIN RAISE NOTICE 'saw %', $1; RETURN true; END$$"
        )
    with connected(analyst) as session:
        told: list[str] = []
        session.add_notice_handler(lambda notice: told.append(notice.message_primary))
        session.execute("SELECT * FROM analyst.customer WHERE public.tell(full_name)")
    with connected(published) as session:
        session.execute("DROP FUNCTION public.tell")
    assert told
    assert not [said for said in told for value in CANARIES if value in said]


def test_an_analyst_cannot_become_anybody_else(analyst):
    for sql in (
        "SET ROLE mingce_steward", "SET ROLE mingce_owner",
        "SELECT * FROM core.customer", "SELECT * FROM service.customer",
        "SELECT governance.note_access('x', 1)", "DELETE FROM governance.access_log", "CREATE TABLE analyst.x (y int)",
    ):  # fmt: skip
        with connected(analyst) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(sql)
    with pytest.raises(ConfigError, match="does not belong"):
        read(analyst, "steward", "SELECT 1 AS one")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM core.customer",
        "SELECT * FROM service.customer",
        "SELECT * FROM pg_catalog.pg_authid",
        "SELECT * FROM pg_user",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT set_config('role', 'mingce_steward', false)",
        "SELECT query_to_xml('SELECT * FROM core.customer', true, true, '')",
        "SELECT dblink('x', 'y')",
        "SELECT lo_import('/etc/passwd')",
        "COPY customer TO PROGRAM 'cat'",
        "SELECT * FROM customer; RESET ROLE",
        "SELECT current_setting('x')",
        "SELECT pg_sleep(100)",
    ],
)
def test_an_attack_is_refused(published, sql):
    with pytest.raises(RefusalError):
        open_store(published).read(sql, "analyst")


def test_what_was_asked_is_kept_with_who_it_really_was(published, analyst):
    read(analyst, "analyst", f"SELECT sex FROM customer WHERE full_name = '{CANARIES[0]}'")
    sql = "SELECT accessed_by, tier, statement, rows FROM governance.access_log ORDER BY access_id DESC LIMIT 1"
    (line,) = open_store(published).read(sql, "steward").to_pylist()
    assert line == {
        "accessed_by": "ann", "tier": "analyst", "statement": "SELECT sex FROM customer WHERE full_name = ?", "rows": 0,
    }  # fmt: skip


def test_a_query_that_fails_quotes_no_value(published):
    with pytest.raises(RefusalError) as caught:
        read(published, "service", "SELECT CAST(home_address AS INTEGER) FROM customer")
    assert "金丝雀路" not in caught.value.en + caught.value.zh


def test_a_customers_file_is_the_same_as_elsewhere(published):
    found = customer_file(open_store(published), token("key", "C1"), "analyst")
    assert {s.value for s, held in found.sections.items() if held} == {
        "basic", "account", "service", "relationship", "risk", "statistics",
    }  # fmt: skip


def test_publishing_again_replaces_all_and_keeps_others_views_on_ours(fresh, tmp_path):
    store = open_store(fresh)
    store.publish(DAY, masked_layer(tmp_path / "one", customer=[CUSTOMER]), tiers())
    with connected(fresh) as session:
        session.execute(
            "CREATE SCHEMA bi; CREATE VIEW bi.sexes AS SELECT DISTINCT sex FROM analyst.customer"
        )
    store.publish(DAY, masked_layer(tmp_path / "two", customer=others(2)), tiers())
    with connected(fresh) as session:
        assert session.execute("SELECT * FROM bi.sexes").fetchall() == [("男",)]
        assert session.execute(
            "SELECT count(*) FROM pg_namespace WHERE nspname = 'core_next'"
        ).fetchone() == (0,)
    assert len(read(fresh, "steward", "SELECT * FROM core.customer")) == 2


def test_readers_see_the_day_before_until_the_new_one_is_whole(fresh, tmp_path, monkeypatch):
    """Somebody reads while a publication has loaded its tables and not yet committed."""
    from warehouse import postgres

    store = open_store(fresh)
    store.publish(DAY, masked_layer(tmp_path / "one", customer=[CUSTOMER]), tiers())
    seen: list[int] = []
    load = postgres._load

    def loading(session, table, path, prepared):
        rows = load(session, table, path, prepared)
        if table.name == "customer":
            seen.append(len(open_store(fresh).read("SELECT * FROM customer", "analyst")))
        return rows

    monkeypatch.setattr(postgres, "_load", loading)
    store.publish(DAY, masked_layer(tmp_path / "two", customer=others(5)), tiers())
    assert seen == [1]
    assert len(read(fresh, "analyst", "SELECT * FROM customer")) == 5


def test_a_publication_that_dies_leaves_what_was_there(fresh, tmp_path, monkeypatch):
    from warehouse import postgres

    store = open_store(fresh)
    store.publish(DAY, masked_layer(tmp_path / "one", customer=[CUSTOMER]), tiers())

    def dies(session, wanted):
        session.execute("RESET ROLE")
        session.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patched:
        patched.setattr(postgres, "drop_others", dies)
        with pytest.raises(OutageError, match="nothing was replaced, run again"):
            store.publish(DAY, masked_layer(tmp_path / "two", customer=others(5)), tiers())
    assert len(read(fresh, "analyst", "SELECT * FROM customer")) == 1
    store.publish(DAY, masked_layer(tmp_path / "two", customer=others(5)), tiers())
    assert len(read(fresh, "analyst", "SELECT * FROM customer")) == 5


def test_two_publications_do_not_mix(fresh, tmp_path):
    store = open_store(fresh)
    store.publish(DAY, masked_layer(tmp_path / "one"), tiers())
    with connected(fresh) as session:
        alone(session)
        with pytest.raises(OutageError, match="another publication"):
            store.publish(DAY, masked_layer(tmp_path / "two"), tiers())


def test_a_reader_who_does_not_let_go_is_an_outage(fresh, tmp_path, monkeypatch):
    from warehouse import postgres

    store = open_store(fresh)
    store.publish(DAY, masked_layer(tmp_path / "one", customer=[CUSTOMER]), tiers())
    monkeypatch.setattr(postgres, "PATIENCE", 0.2)
    with connected(fresh) as session:
        session.execute("SELECT * FROM analyst.customer")
        with pytest.raises(OutageError, match="nothing was replaced"):
            store.publish(DAY, masked_layer(tmp_path / "two", customer=others(5)), tiers())
    assert len(read(fresh, "analyst", "SELECT * FROM customer")) == 1


def test_a_key_that_comes_twice_names_the_table_and_no_value(fresh, tmp_path):
    twice = [CUSTOMER, CUSTOMER | {"full_name": "李四"}]
    with pytest.raises(DataError, match="customer does not fit") as caught:
        open_store(fresh).publish(DAY, masked_layer(tmp_path / "one", customer=twice), tiers())
    assert "C1" not in caught.value.en


def test_odd_texts_arrive_as_they_are(fresh, tmp_path):
    odd = 'a "quoted", \\. \\N\nsecond line\t\r end'
    customer = CUSTOMER | {
        "employer": odd,
        "occupation": "",
        "ethnicity": None,
        "education": "NUL\0here",
    }
    open_store(fresh).publish(DAY, masked_layer(tmp_path / "one", customer=[customer]), tiers())
    row = read(
        fresh, "steward", "SELECT employer, occupation, ethnicity, education FROM core.customer"
    ).iloc[0]
    assert row["employer"] == odd
    assert row["occupation"] == ""
    assert row["ethnicity"] is None or row.isna()["ethnicity"]
    assert row["education"] == "NUL\ufffdhere"


def test_replacing_a_day_again_changes_nothing_and_concurrent_lines_are_all_kept(fresh):
    store = open_store(fresh)
    rows = pa.table({"channel": ["counter"], "day": [DAY], "rows_read": [7], "outcome": ["done"]})
    for day in (DAY, DAY, date(2026, 11, 20)):
        rows_of_day = rows.set_column(1, "day", pa.array([day]))
        store.replace([Change(quality.batch, rows_of_day, {"day": day})])
    assert len(store.read("SELECT * FROM quality.batch", "steward")) == 2
    store.publish(DAY, {}, tiers())
    writers = [
        threading.Thread(target=store.note_access, args=(Access("analyst", "x", n),))
        for n in range(6)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    kept = (
        store.read("SELECT access_id FROM governance.access_log ORDER BY 1", "steward")
        .column(0)
        .to_pylist()
    )
    assert kept == [1, 2, 3, 4, 5, 6]


def test_a_server_that_is_away_is_an_outage_and_the_password_is_not_told():
    with pytest.raises(OutageError, match="does not answer") as caught:
        read("postgresql+psycopg://ann:geheim@127.0.0.1:1/nowhere", "analyst", "SELECT 1 AS one")
    assert "geheim" not in str(caught.value)
    assert caught.value.exit_code == 3


def test_a_database_that_is_not_there_is_told(postgres_url):
    with pytest.raises(ConfigError, match="no such database"):
        read(postgres_url.rsplit("/", 1)[0] + "/nowhere", "analyst", "SELECT 1 AS one")


def test_whoever_may_not_publish_is_told_what_is_needed(published, tmp_path):
    with connected(published) as session:
        session.execute("CREATE ROLE small LOGIN")
    with pytest.raises(ConfigError, match="CREATEROLE"):
        open_store(published.replace("postgres@", "small@")).publish(DAY, {}, tiers())


def test_a_plain_login_with_createrole_may_publish(postgres_url, fresh, tmp_path):
    with connected(postgres_url) as session:
        session.execute("CREATE ROLE publisher LOGIN CREATEROLE IN ROLE mingce_owner")
        session.execute("GRANT CREATE ON DATABASE fresh TO publisher")
    store = open_store(fresh.replace("postgres@", "publisher@"))
    for _ in range(2):
        assert (
            store.publish(DAY, masked_layer(tmp_path / "one", **LAYER), tiers())["core.customer"]
            == 13
        )


def test_an_analyst_sees_which_rows_fail_by_their_tokens_and_what_there_is_to_ask(fresh, tmp_path):
    store = open_store(fresh)
    store.publish(DAY, masked_layer(tmp_path / "masked", **LAYER), tiers())
    failing = {
        "channel": "counter", "record": "individual", "source_id": "13900000001", "source_token": "t1_made_up",
        "check_name": "complete.id_number", "column_name": "id_number", "day": DAY, "branch": None, "owner": "O",
    }  # fmt: skip
    store.replace([Change(quality.violation, pa.Table.from_pylist([failing]))])
    [seen] = store.read("SELECT * FROM violation", "analyst").to_pylist()
    assert (seen["source_id"], seen["column_name"], seen["day"]) == (
        "t1_made_up",
        "id_number",
        f"{DAY:%Y-%m}",
    )
    [clear] = store.read("SELECT source_id FROM violation", "steward").to_pylist()
    assert clear["source_id"] == "13900000001"
    told = answer(store, "analyst", "DESCRIBE account").to_pylist()
    assert {c["column"]: c["filled by"] for c in told}["account_number"] == "account"
    assert {"violation", "check_result", "customer_value"} <= {
        t["table"] for t in answer(store, "analyst", "SHOW TABLES").to_pylist()
    }


SILENT = """
SELECT n.nspname, c.relname, a.attname FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname IN ('core', 'quality', 'governance', 'service', 'analyst', 'partner', 'statistics')
AND c.relkind IN ('r', 'v') AND strpos(a.attname, '__') = 0
AND (obj_description(n.oid, 'pg_namespace') IS NULL OR obj_description(c.oid, 'pg_class') IS NULL
     OR col_description(c.oid, a.attnum) IS NULL)
"""


def test_every_schema_table_view_and_column_says_in_the_catalogue_what_it_is(published):
    with connected(published) as session:
        assert session.execute(SILENT).fetchall() == []


def test_the_dictionary_says_the_same_of_columns_as_a_file_does(published, tmp_path):
    layer = masked_layer(tmp_path / "masked", **LAYER)
    beside = f"duckdb:///{tmp_path}/warehouse.duckdb"
    open_store(beside).publish(DAY, layer, tiers())
    asking = "SELECT * FROM dictionary ORDER BY table_name, place"
    for tier in ("service", "analyst", "statistics"):
        there, here = (
            open_store(url).read(asking, tier).to_pylist() for url in (published, beside)
        )
        assert there == here
