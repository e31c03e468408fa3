"""A column of cards tells whose they are, in counts."""

import pyarrow as pa

from masking.issuers import Cards, cards, sentences
from pipelines.engine.protocol import Engine

WRITTEN = [
    "6222020000000000000", "6222 0200 0000 0000 000", "卡号：6222020000000000001", "6225880000000000",
    "1030000000000000000", "6222029", "", None, "4111111111111111", "不详",
]  # fmt: skip
HELD = [
    Cards("ICBC", "中国工商银行", "Industrial and Commercial Bank of China", "debit", 3),
    Cards("ABC", "中国农业银行", "Agricultural Bank of China", "debit", 1),
    Cards("CMB", "招商银行", "China Merchants Bank", "debit", 1),
    Cards("", "", "", "", 1),
]


def asked(engine: Engine, written: list[str | None]) -> list[Cards]:
    with engine.scope():
        rows = engine.arrow(pa.table({"卡 号": pa.array(written, pa.string())}))
        return cards(engine, rows, "卡 号")


def test_cards_are_counted_by_bank_and_type_however_they_are_written(
    duckdb_engine: Engine,
) -> None:
    assert asked(duckdb_engine, WRITTEN) == HELD


def test_a_column_without_cards_has_no_banks(duckdb_engine: Engine) -> None:
    assert asked(duckdb_engine, ["王试", None]) == []
    assert sentences([]) == ("", "")


def test_the_sentence_names_the_most_frequent_banks_and_sums_up_the_others() -> None:
    many = [Cards(f"B{i}", f"银行{i}", f"Bank {i}", "credit", 90 - i) for i in range(5)]
    en, zh = sentences([*many, Cards("", "", "", "", 7)])
    assert (
        en
        == "; cards of Bank 0 credit 90, Bank 1 credit 89, Bank 2 credit 88, other banks 173, unlisted prefixes 7"
    )
    assert (
        zh
        == "；发卡行：银行0贷记卡 90、银行1贷记卡 89、银行2贷记卡 88、其他银行 173、未收录的卡号前缀 7"
    )
