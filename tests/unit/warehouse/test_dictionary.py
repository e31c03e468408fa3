"""What there is to ask, and what it means: told by the warehouse itself, to each tier what it has."""

import json
import re
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from masking.rules import OTHER, RULES
from masking.rules.words import end_in_words, in_words
from masking.tiers import TIERS, tiers
from pipelines.cli import app
from pipelines.core.errors import LANGUAGE, speaking
from tests.made_up import ACCOUNT, CUSTOMER, DAY, masked_layer, others
from warehouse import open_store
from warehouse.about import about
from warehouse.ask import answer
from warehouse.ddl import KEPT
from warehouse.dictionary_page import page
from warehouse.guard import RefusalError
from warehouse.tables import CORE
from warehouse.tables.described import COUNTS, dictionary
from warehouse.tables.described import violation as violation_told


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
    assert "; complaint; " in en["interaction_type"]
    assert "；complaint：投诉；" in zh["interaction_type"]
    assert not en["remark"]


def test_an_end_of_a_band_is_called_what_stands_in_it(published):
    told = {row["column"]: row["meaning"] for row in asked(published, "DESCRIBE customer")}
    assert told["birth_date_from"] == "Day of birth: the first year of the band, as a number."
    assert told["since_on_from"].endswith(": the first day of what is shown, as a date.")
    assert told["annual_income_to"].endswith(": the upper end of the band, as a number.")


def test_a_code_that_says_itself_is_not_said_twice(published):
    told = {row["column"]: row["codes"] for row in asked(published, "DESCRIBE customer")}
    assert "; Divorced; divorced; " in told["marital_status"]
    assert "; PhD: Doctorate; " in told["education"]


def test_it_is_told_as_of_the_day_it_was_published(published):
    assert {row["as of"] for row in asked(published, "SHOW TABLES")} == {"2026-11-21"}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_put_into_words_of_both_languages(rule):
    en, zh = in_words(RULES[rule])
    for end in RULES[rule].bounds("shown"):
        more_en, more_zh = end_in_words(RULES[rule], end)
        en, zh = f"{en} {more_en}", f"{zh} {more_zh}"
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


DECLARED = [*CORE.values(), *KEPT.values(), *COUNTS.values(), dictionary, violation_told]


@pytest.mark.parametrize("table", DECLARED, ids=lambda t: t.fullname)
def test_every_table_and_column_says_what_it_means_in_both_languages(table):
    for info in (table.info, *(c.info for c in table.columns)):
        assert info["meaning"].endswith("."), info
        assert info["meaning_zh"].endswith("。"), info
        assert is_chinese(info["zh"]) or info["zh"] == "QQ", info
        assert is_chinese(info["meaning_zh"]), info


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


SENTENCE = re.compile(r"[A-Za-z]+(?:[ ,;]+[a-z]+){3,}")


@pytest.mark.parametrize("tier", TIERS)
def test_who_reads_chinese_is_told_nothing_in_english(published, tier):
    with speaking("zh"):
        told = asked(published, "SHOW TABLES", tier)
        for table in told:
            told = [*told, *asked(published, f"DESCRIBE {table['表']}", tier)]
    for row in told:
        for head, cell in row.items():
            assert is_chinese(head)
            assert head == "数据类型" or not SENTENCE.search(str(cell)), row  # SQL's own words
        assert is_chinese(row["含义"])


def test_the_catalogue_speaks_the_language_in_which_it_was_published(tmp_path):
    url = f"duckdb:///{tmp_path}/warehouse.duckdb"
    with speaking("zh"):
        open_store(url).publish(DAY, {}, tiers())
    for file in ("vault", "warehouse", "service", "analyst", "partner", "statistics"):
        with duckdb.connect(str(tmp_path / f"{file}.duckdb"), read_only=True) as session:
            said = session.execute(
                "SELECT comment FROM duckdb_columns() WHERE NOT internal AND NOT contains(column_name, '__')"
                " UNION ALL SELECT comment FROM duckdb_tables() WHERE NOT internal"
            ).fetchall()
        assert said
        for (comment,) in said:
            assert is_chinese(comment or ""), file
            assert not SENTENCE.search(comment), comment


def test_what_is_made_of_other_columns_is_filled_by_the_channels_that_fill_those(tmp_path):
    value = {
        "customer_id": "C1",
        "source_id": "S1",
        "rule": "newest",
        "known_on": DAY,
        "confidence": 1,
    }
    layer = masked_layer(
        tmp_path / "masked",
        customer=[CUSTOMER, *others(12)],
        account=[ACCOUNT],
        individual=[
            {
                "customer_id": "C1",
                "channel": c,
                "source_id": "S1",
                "day": DAY,
                "full_name": "张金雀",
            }
            for c in ("counter", "shop")
        ],
        customer_value=[
            value | {"attribute": "home_address", "channel": "counter"},
            value | {"attribute": "branch", "channel": "shop"},
            value | {"attribute": "annual_income", "channel": "shop"},
        ],
    )
    url = f"duckdb:///{tmp_path}/warehouse.duckdb"
    open_store(url).publish(DAY, layer, tiers())
    for tier in ("analyst", "service"):
        by = {row["column"]: row["filled by"] for row in asked(url, "DESCRIBE customer", tier)}
        assert by["province"] == by["city"] == by["district"] == "counter"
        assert by["has_account"] == "account"
        assert by["branch"] == by["annual_income"] == "shop"
        both = ("customer_id", "customer_type", "since_on", "since_on_from", "source_count")
        assert {by[c] for c in both} == {"counter, shop"}
        assert by["mobile"] == ""
    history = {row["column"]: row["filled by"] for row in asked(url, "DESCRIBE customer_history")}
    assert history["valid_from"] == "counter, shop"
    assert history["annual_income"] == history["annual_income_to"] == "shop"


def test_the_steward_is_told_of_core_as_the_vault_holds_it(published):
    told = asked(published, "DESCRIBE customer", "steward")
    assert {row["shown"] for row in told} == {"as it is"}
