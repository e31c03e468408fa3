"""Attacks through `mingce query`: a clever analyst gets what the tier shows, and nothing else."""

import json

import duckdb
import pytest
from typer.testing import CliRunner

from masking.tiers import tiers
from pipelines.cli import app
from tests.made_up import CANARIES, CUSTOMER, DAY, masked_layer, others
from warehouse import open_store, read
from warehouse.guard import RefusalError, question

OTHER_SCHEMAS = [
    "SELECT full_name FROM core.customer",
    "SELECT full_name FROM vault.core.customer",
    "SELECT full_name FROM db.service.customer",
    "SELECT full_name FROM service.customer",
    'SELECT full_name FROM "service"."customer"',
    "SELECT full_name FROM SERVICE.CUSTOMER",
    "FROM service.customer",
    "TABLE service.customer",
    "SELECT (SELECT max(full_name) FROM service.customer)",
    "SELECT * FROM customer WHERE full_name IN (SELECT full_name FROM service.customer)",
    "SELECT * FROM customer c, LATERAL (SELECT * FROM service.customer) s",
    "SELECT 1 UNION ALL SELECT full_name FROM service.customer",
    "WITH c AS (SELECT * FROM service.customer) SELECT * FROM c",
    "WITH RECURSIVE c AS (SELECT full_name FROM service.customer UNION SELECT full_name FROM c) SELECT * FROM c",
    "SELECT * FROM customer ORDER BY (SELECT full_name FROM service.customer LIMIT 1)",
    "SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM service.customer)) FROM customer",
    "SELECT * FROM customer QUALIFY row_number() OVER (ORDER BY (SELECT full_name FROM service.customer)) = 1",
    "SELECT list_transform([1], x -> (SELECT max(full_name) FROM service.customer))",
    "SELECT * FROM governance.access_log",
    "SELECT * FROM quality.violation",
]
TRICKS_WITH_NAMES = [
    "WITH customer AS (SELECT * FROM service.customer) SELECT * FROM customer",
    "SELECT * FROM (WITH duckdb_settings AS (SELECT 1) SELECT 1) t, duckdb_settings",
    "WITH duckdb_tables AS (SELECT * FROM duckdb_tables) SELECT * FROM duckdb_tables",
    'WITH "service.customer" AS (SELECT 1) SELECT * FROM service.customer',
    "SELECT * FROM named_customer",
]
CATALOGUE = [
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM pg_catalog.pg_class",
    "SELECT * FROM pg_tables",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM duckdb_columns",
    "SELECT * FROM duckdb_columns()",
    "SELECT * FROM pragma_table_info('service.customer')",
    "SELECT current_setting('temp_directory')",
    "SHOW TABLES",
    "DESCRIBE service.customer",
    "SUMMARIZE service.customer",
    "EXPLAIN SELECT * FROM service.customer",
    "PRAGMA table_info('service.customer')",
    "PRAGMA database_list",
]
FILES_AND_FUNCTIONS = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('vault.duckdb')",
    "SELECT * FROM read_parquet('lake/*.parquet')",
    "SELECT * FROM parquet_scan('lake/*.parquet')",
    "SELECT * FROM glob('*')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM 'lake/masked.parquet'",
    'SELECT * FROM "lake/masked.parquet"',
    "SELECT * FROM query('SELECT * FROM db.service.customer')",
    "SELECT * FROM query_table('db.service.customer')",
    "SELECT * FROM query_table(['db.service.customer'])",
    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "SELECT json_serialize_sql('SELECT 1')",
    "SELECT * FROM seq_scan('service.customer')",
    "SELECT * FROM arrow_scan(1, 2, 3)",
    "SELECT 'SELECT * FROM db.service.customer'.query()",
    'SELECT "query"(1)',
    "SELECT getvariable('x')",
    "SELECT getenv('HOME')",
    "SELECT write_log('x')",
    "SELECT pg_sleep(1000)",
    "SELECT sleep_ms(1000)",
    "SELECT nextval('s')",
    "SELECT main.getvariable('x')",
    "SELECT system.main.getvariable('x')",
]
NOT_A_SELECT = [
    "ATTACH 'vault.duckdb' AS v",
    "DETACH db",
    "COPY customer TO 'out.csv'",
    "COPY (SELECT * FROM customer) TO 'out.csv'",
    "EXPORT DATABASE 'out'",
    "CREATE TABLE x AS SELECT * FROM customer",
    "CREATE VIEW analyst.x AS SELECT * FROM service.customer",
    "CREATE MACRO m() AS TABLE SELECT * FROM service.customer",
    "INSERT INTO customer SELECT * FROM customer",
    "UPDATE customer SET sex = 'x'",
    "DELETE FROM customer",
    "DROP TABLE customer",
    "ALTER TABLE customer ADD COLUMN x INT",
    "SET enable_external_access = true",
    "RESET ALL",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CALL pragma_version()",
    "USE service",
    "CHECKPOINT",
    "VACUUM",
    "BEGIN",
    "SELECT 1; SELECT 2",
    "SELECT * FROM customer; ATTACH 'vault.duckdb' AS v",
    "SELECT * INTO x FROM customer",
    "SELECT * FROM customer FOR UPDATE",
    "WITH x AS (DELETE FROM customer RETURNING *) SELECT * FROM x",
    "WITH x AS (INSERT INTO customer VALUES (1) RETURNING *) SELECT * FROM x",
    "PREPARE p AS SELECT * FROM service.customer",
    "EXECUTE p",
    "VALUES (1)",
    "",
    "SELECT",
    "not sql at all (",
]
ATTACKS = OTHER_SCHEMAS + TRICKS_WITH_NAMES + CATALOGUE + FILES_AND_FUNCTIONS + NOT_A_SELECT


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("attacked")
    url = f"duckdb:///{folder}/warehouse.duckdb"
    layer = masked_layer(folder / "masked", customer=[CUSTOMER, *others(3)])
    open_store(url).publish(DAY, layer, tiers())
    return url


@pytest.mark.parametrize("sql", ATTACKS)
def test_an_attack_is_refused(url, sql):
    with pytest.raises(RefusalError):
        open_store(url).read(sql, "analyst")


HONEST = [
    "SELECT count(*) AS n FROM customer",
    "SELECT customer_id, full_name FROM analyst.customer WHERE sex = '女' ORDER BY 1 LIMIT 3",
    "WITH c AS (SELECT sex, count(*) AS n FROM customer GROUP BY sex) SELECT c.sex, sum(c.n) FROM c GROUP BY ALL",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT max(n) FROM t",
    "SELECT sex, round(avg(source_count), 2) AS 平均 FROM customer GROUP BY sex HAVING count(*) > 1",
    "SELECT *, row_number() OVER (PARTITION BY sex ORDER BY customer_id) AS r FROM customer QUALIFY r = 1",
    "SELECT since_on AS m, count(DISTINCT customer_id) FROM customer GROUP BY 1",
    "SELECT c.sex FROM customer c LEFT JOIN account a USING (customer_id) WHERE a.customer_id IS NULL",
    "SELECT substr(home_address, 1, 3), CASE WHEN sex IN ('男') THEN 1 ELSE 0 END FROM customer",
    "SELECT CAST(source_count AS DECIMAL(18, 2)) FROM customer UNION SELECT 1",
    "SELECT string_agg(sex, ',' ORDER BY sex), median(source_count), quantile_cont(source_count, 0.9) FROM customer",
    "SELECT * EXCLUDE (full_name) FROM customer WHERE regexp_matches(postcode, '^1')",
    "FROM customer SELECT sex WHERE sex IS NOT NULL",
    "SELECT sex, count(*) FROM customer GROUP BY GROUPING SETS ((sex), ())",
    "SELECT unnest(generate_series(1, 3)) AS i",
]


@pytest.mark.parametrize("sql", HONEST)
def test_honest_questions_are_answered(url, sql):
    assert open_store(url).read(sql, "analyst").num_rows


def test_a_name_of_the_querys_own_may_be_a_tables(url):
    sql = "WITH account AS (SELECT 7 AS n) SELECT account.n FROM account"
    assert open_store(url).read(sql, "analyst").to_pylist() == [{"n": 7}]


@pytest.mark.parametrize("tier", ["service", "analyst", "partner", "statistics"])
def test_no_tier_reaches_anothers_tables(url, tier):
    for other in {"core", "service", "analyst", "partner"} - {tier}:
        with pytest.raises(RefusalError):
            open_store(url).read(f"SELECT * FROM {other}.customer", tier)


def test_even_past_the_guard_no_file_is_read_written_or_attached(url, tmp_path):
    """The second wall: the session itself can do nothing but read the warehouse."""
    with open_store(url)._reading("analyst") as session:
        for sql in (
            "SELECT * FROM read_text('/etc/passwd')",
            f"ATTACH '{tmp_path}/x.duckdb' AS x",
            f"COPY (SELECT 1) TO '{tmp_path}/x.csv'",
            "SET enable_external_access = true",
            "SET lock_configuration = false",
            "INSTALL httpfs",
            "CREATE TABLE file_analyst.x AS SELECT 1",
            "DELETE FROM file_analyst.customer",
        ):
            with pytest.raises(duckdb.Error):
                session.execute(sql)
    assert not list(tmp_path.iterdir())


def test_what_was_asked_is_kept_without_what_it_was_asked_about(url):
    store = open_store(url)
    read(
        url,
        "analyst",
        f"SELECT sex FROM customer WHERE full_name = '{CANARIES[0]}' -- {CANARIES[2]}",
    )
    with pytest.raises(RefusalError):
        read(url, "analyst", f"SELECT * FROM service.customer WHERE mobile = '{CANARIES[2]}'")
    with pytest.raises(RefusalError):
        read(url, "analyst", f"SELEC {CANARIES[2]}")
    log = store.read(
        "SELECT * FROM governance.access_log ORDER BY access_id DESC LIMIT 3", "steward"
    )
    unread, refused, answered = log.to_pylist()
    assert answered["statement"] == "SELECT sex FROM customer WHERE full_name = ?"
    assert (answered["tier"], answered["rows"]) == ("analyst", 0)
    assert refused["statement"] == "SELECT * FROM service.customer WHERE mobile = ?"
    assert refused["rows"] is None
    assert unread["statement"] == "(not readable)"
    assert not any(value in str(log.to_pylist()) for value in CANARIES)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT CAST(full_name AS INTEGER) FROM customer",
        "SELECT CAST(mobile AS INTEGER) FROM customer",
        "SELECT strptime(full_name, '%Y') FROM customer",
    ],
)
def test_a_query_that_fails_quotes_no_value(url, sql):
    clear = {
        str(v)
        for r in open_store(url).read("SELECT * FROM customer", "service").to_pylist()
        for v in r.values()
    }
    with pytest.raises(RefusalError) as caught:
        open_store(url).read(sql, "service")
    assert not [v for v in clear if len(v) > 1 and v in caught.value.en + caught.value.zh]


def test_a_refusal_names_the_tables_that_may_be_asked():
    with pytest.raises(RefusalError, match=r"it has analyst\.account, analyst\.customer"):
        question("SELECT * FROM service.customer", {"analyst": ["customer", "account"]})


def test_the_command_line_refuses_with_exit_code_2(url):
    done = CliRunner().invoke(app, ["query", "--warehouse", url, "SELECT * FROM core.customer"])
    assert done.exit_code == 2
    assert "refused" in done.output
    assert not any(value in done.output for value in CANARIES)


def test_the_command_line_answers_as_json(url):
    sql = "SELECT sex, count(*) AS n FROM customer WHERE sex = '女' GROUP BY sex"
    done = CliRunner().invoke(app, ["query", "--warehouse", url, "--json", sql])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == [{"sex": "女", "n": 1}]
