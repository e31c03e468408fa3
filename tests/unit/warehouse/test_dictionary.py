"""What there is to ask, and what it means: told by the warehouse itself, to each tier what it has."""

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from masking.rules import OTHER, RULES
from masking.rules.words import in_words
from masking.tiers import TIERS
from pipelines.cli import app
from pipelines.core.errors import LANGUAGE
from warehouse import open_store
from warehouse.about import about
from warehouse.ask import answer
from warehouse.dictionary_page import page
from warehouse.guard import RefusalError


def asked(url, sql, tier="analyst"):
    return answer(open_store(url), tier, sql).to_pylist()


def tables(url, tier):
    return [row["table"] for row in asked(url, "SHOW TABLES", tier)]


@pytest.mark.parametrize("tier", TIERS)
def test_every_table_and_column_a_tier_may_ask_is_told_in_its_order(published, tier):
    with pytest.raises(RefusalError) as refused:
        asked(published, "SELECT * FROM nobody_has_this", tier)
    told = tables(published, tier)
    assert {t for t in told if f".{t}" not in str(refused.value)} <= {"access_log"}
    assert str(refused.value).count(".") == len(told)
    for table in told:
        if table != "access_log":
            columns = answer(
                open_store(published), tier, f"SELECT * FROM {table} LIMIT 0"
            ).column_names
            shown = [c for c in columns if "__" not in c]
            assert [row["column"] for row in asked(published, f"DESCRIBE {table}", tier)] == shown


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("SHOW TABLES", ""),
        ("show all tables;", ""),
        (" Describe customer ", "customer"),
        ("DESC analyst.customer;", "customer"),
        ('DESCRIBE "analyst"."customer"', "customer"),
        ("SHOW COLUMNS FROM customer", "customer"),
    ],
)
def test_statements_that_ask_what_there_is_are_known(statement, table):
    found = about(statement)
    assert found is not None
    assert found.table == table


@pytest.mark.parametrize(
    "statement",
    [
        "DESCRIBE SELECT 1",
        "DESCRIBE customer; DROP TABLE customer",
        "SHOW TABLES FROM other.main",
        "DESCRIBE read_csv('/etc/passwd')",
        "DESCRIBE vault.core.customer",
        "SHOW DATABASES; SELECT 1",
        "DESCRIBE pair",
        "SHOW columns",
    ],
)
def test_the_guard_stays_closed_to_everything_else(published, statement):
    with pytest.raises(RefusalError):
        asked(published, statement)


def test_a_column_says_what_it_means_how_it_is_hidden_and_who_fills_it(published):
    told = {row["column"]: row for row in asked(published, "DESCRIBE account")}
    assert told["account_number"]["kind"] == "bank_account"
    assert told["account_number"]["shown"] == "a keyed token: equal where the values are"
    assert told["account_number"]["filled by"] == "account"
    assert told["card_number"]["filled by"] == ""
    assert told["balance_from"]["type"] == "numeric(18, 0)"
    assert "not shown" not in {row["shown"] for row in told.values()}


def test_a_coded_column_lists_its_codes_in_the_readers_language(published):
    asking = ["describe", "interaction", "--warehouse", published, "--json"]
    en, zh = (
        {row[column]: row[codes] for row in json.loads(CliRunner().invoke(app, words).stdout)}
        for words, column, codes in (
            (asking, "column", "codes"),
            (["--lang", "zh", *asking], "列", "代码"),
        )
    )
    LANGUAGE.set("en")
    assert "complaint Complaint" in en["interaction_type"]
    assert "complaint 投诉" in zh["interaction_type"]
    assert not en["remark"]


def test_it_is_told_as_of_the_day_it_was_published(published):
    assert {row["as of"] for row in asked(published, "SHOW TABLES")} == {"2026-11-21"}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_put_into_words_of_both_languages(rule):
    en, zh = in_words(RULES[rule])
    assert en.replace(OTHER, "").isascii()
    assert any("\u4e00" <= c <= "\u9fff" for c in zh)


def test_the_commands_speak_the_readers_language(published):
    done = CliRunner().invoke(
        app, ["--lang", "zh", "describe", "account", "--warehouse", published, "--json"]
    )
    LANGUAGE.set("en")
    first = json.loads(done.stdout)[0]
    assert (first["列"], first["名称"], first["显示方式"]) == (
        "customer_id",
        "客户号",
        "带密钥的令牌：原值相同则令牌相同",
    )
    done = CliRunner().invoke(app, ["tables", "--warehouse", published, "--json"])
    assert "customer_value" in {row["table"] for row in json.loads(done.stdout)}


def test_the_page_of_the_docs_is_what_the_declarations_say():
    written = (Path(__file__).parents[3] / "docs" / "dictionary.md").read_text(encoding="utf-8")
    assert written == page(), "python -m warehouse.dictionary_page > docs/dictionary.md"


@pytest.mark.parametrize("tier", ["analyst", "service", "statistics"])
def test_a_tiers_file_tells_any_tool_what_its_columns_mean_and_how_they_are_hidden(published, tier):
    path = Path(published.removeprefix("duckdb:///")).with_name(f"{tier}.duckdb")
    with duckdb.connect(str(path), read_only=True) as session:
        silent = session.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
        ).fetchall()
        said = session.execute(
            "SELECT comment FROM duckdb_columns() WHERE column_name = 'mobile' LIMIT 1"
        ).fetchall()
    assert silent == []
    if tier == "analyst":
        assert "Shown: a keyed token" in said[0][0]
