"""Standardise: how what people write is read, and that no row is lost."""

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from masking.cleaners import CLEANERS
from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding
from pipelines.core.errors import ConfigError, SourceError
from pipelines.steps.standardise import standardise
from tests.factories import channel, landed

DAY = date(2026, 9, 1)
CASES = [  # cleaner, as written, as kept
    ("text", "  a \u3000 b ", "a b"),
    ("text", " \u200b ", None),
    ("name", "欧阳 试", "欧阳试"),
    ("name", "阿布都•试", "阿布都·试"),
    ("name", "Ann  Canary", "Ann Canary"),
    ("sex", "Ｍ", "男"),
    ("sex", "女士", "女"),
    ("sex", "？", None),
    ("date", "1990年1月3日", date(1990, 1, 3)),
    ("date", "19900103", date(1990, 1, 3)),
    ("date", "１９９０/1/3", date(1990, 1, 3)),
    ("date", "1990-01-03T08:00:00Z", date(1990, 1, 3)),
    ("date", "1990-13-03", None),
    ("date", "2026-02-30", None),
    ("date", "03/01/1990", None),
    ("expiry", "长期", date(9999, 12, 31)),
    ("expiry", "2030.1.2", date(2030, 1, 2)),
    ("instant", "2026-09-01 8:05", datetime(2026, 9, 1, 8, 5)),
    ("instant", "2026-09-01T08:05:06Z", datetime(2026, 9, 1, 8, 5, 6)),
    ("instant", "2026年9月1日 8:05", datetime(2026, 9, 1, 8, 5)),
    ("instant", "2026-09-01 25:00", None),
    ("document", "110101 19900307 123x", "11010119900307123X"),
    ("document", "１１０１０１１９９００３０７１２３Ｘ", "11010119900307123X"),
    ("document", "无", None),
    ("mobile", "+86 139-0000-0001", "13900000001"),
    ("mobile", "0086 13900000001", "13900000001"),
    ("mobile", "86-139 0000 0001", "13900000001"),
    ("mobile", "+852 9123 4567", "+85291234567"),
    ("mobile", "12900000001", None),
    *(
        ("mobile", written, "13900000001")
        for written in (
            "13900000001.0",
            "1.3900000001E+10",
            '="13900000001"',
            "'13900000001",
            "13,900,000,001",
            "013900000001",
            "(+86)13900000001",
            "\t139\u200b00000001\u00a0",
        )
    ),
    ("mobile", "1.39E+10", "13900000000"),
    ("document", '="11010119900307123x"', "11010119900307123X"),
    ("document", "110101199003071230.0", "110101199003071230"),
    ("card", "6.222020000000000E+15", "6222020000000000"),
    ("landline", "'0755-26000000", "0755-26000000"),
    ("email", "mailto:a@b.com", "a@b.com"),
    ("email", "<a@b.com>;", "a@b.com"),
    ("name", "阿迪力 ● 买买提", "阿迪力·买买提"),
    ("name", "欧阳试（本人）", "欧阳试"),
    ("name", "欧阳试女士", "欧阳试"),
    ("name", "王先生", "王先生"),
    ("landline", "(0755)26000000", "0755-26000000"),
    ("landline", "010 8888 7777转123", "010-8888-7777转123"),
    ("landline", "号码", None),
    ("email", "Ａ@B.COM ", "a@b.com"),
    ("email", "a@b", None),
    ("card", "6222 0212-3456 7890 123", "6222021234567890123"),
    ("amount", "¥1,234.5元", Decimal("1234.50")),
    ("amount", "12.5万", Decimal("125000.00")),
    ("amount", "一百", None),
    ("amount", "1 000,50", None),
    ("amount", "1,5万", None),
    ("amount", "1,234,567", Decimal("1234567.00")),
    ("integer", "4.0", 4),
    ("integer", "四", None),
    ("company", "样例（北京）公司", "样例(北京)公司"),
    ("address", "  样例路  １号 ", "样例路 1号"),
]


@pytest.fixture
def run(duckdb_engine):
    return Run(pack=None, engine=duckdb_engine, lake=None, warehouse="")


@pytest.mark.parametrize(("cleaner", "written", "kept"), CASES)
def test_cleaners_keep_what_they_can_read(duckdb_engine, cleaner, written, kept):
    of = CLEANERS[cleaner]
    spelt = of.spelt.replace("{c}", "c")
    rows = duckdb_engine.arrow(pa.table({"c": [written]}))
    query = (
        f"SELECT {of.value.replace('{c}', 's')} AS v FROM (SELECT {spelt} AS s FROM rows) AS spelt"
    )
    assert duckdb_engine.fetch(duckdb_engine.sql(query, rows=rows)).to_pylist() == [{"v": kept}]


def test_a_sheets_signs_and_blanks_of_any_sort_are_taken_off_a_key(run):
    written = ('="0001"', "'0002", "0003\t", "\u3000\u00a00004 ")
    _, rows = standardised(run, landed(*({"客户号": key} for key in written)))
    assert sorted(r["source_id"] for r in rows) == ["0001", "0002", "0003", "0004"]


def test_every_case_of_a_cleaner_is_tried():
    assert {c for c, _, _ in CASES} == set(CLEANERS)


def standardised(run, rows, declared=None):
    declared = declared or channel()
    after = standardise(Batch("counter", DAY, {"rows": run.engine.arrow(rows)}), declared, run)
    return after, run.engine.fetch(after.tables["individual"]).to_pylist()


def test_a_row_becomes_a_record_with_its_channel_key_and_day(run):
    _, [row] = standardised(run, landed({}))
    assert row["channel"] == "counter"
    assert row["source_id"] == "K1"
    assert row["day"] == DAY
    assert row["full_name"] == "欧阳试"
    assert row["birth_date"] == date(1990, 1, 3)
    assert row["occupation"] is None
    assert row["unreadable"] == ""


def test_what_cannot_be_read_is_null_named_in_its_row_and_counted(run):
    after, rows = standardised(
        run, landed({"手机": "打不通", "出生日期": "1990-13-03"}, {"客户号": "K2"})
    )
    first = next(r for r in rows if r["source_id"] == "K1")
    assert first["mobile"] is None
    assert first["unreadable"] == ",birth_date,mobile,"
    assert after.findings == (
        Finding("unreadable", "individual", "birth_date", 1),
        Finding("unreadable", "individual", "mobile", 1),
    )


def test_no_row_is_lost_even_without_a_key(run):
    _, rows = standardised(run, landed({"客户号": None}, {"客户号": " "}, {"客户号": "K3"}))
    assert sorted(str(r["source_id"]) for r in rows) == ["K3", "None", "None"]


def test_a_sources_codes_are_read_as_declared(run):
    columns = {"姓名": {"is": "full_name"}, "性别": {"is": "sex", "values": {"F1": "女"}}}
    declared = channel(columns=columns, ignored=["出生日期", "证件号码", "手机", "备注"])
    _, [row] = standardised(run, landed({"性别": "F1"}), declared)
    assert row["sex"] == "女"


def test_one_row_may_feed_two_records(run):
    also = [
        {
            "record": "interaction",
            "key": "客户号",
            "columns": {"备注": {"is": "remark"}},
            "constants": {"interaction_type": "visit"},
        }
    ]
    after, _ = standardised(run, landed({"备注": "来访"}), channel(also=also))
    [visit] = run.engine.fetch(after.tables["interaction"]).to_pylist()
    assert (visit["interaction_type"], visit["remark"]) == ("visit", "来访")
    assert (visit["holder_channel"], visit["holder_source_id"]) == ("counter", "K1")


def test_a_row_feeds_a_further_record_only_if_it_says_something_of_it(run):
    also = [
        {
            "record": "consent",
            "key": "客户号",
            "columns": {"备注": {"is": "purpose"}},
            "constants": {"manner": "written"},
        }
    ]
    rows = landed({"备注": "service"}, {"客户号": "K2", "备注": " "})
    after, people = standardised(run, rows, channel(also=also))
    [consent] = run.engine.fetch(after.tables["consent"]).to_pylist()
    assert consent["source_id"] == "K1"
    assert len(people) == 2


def test_a_column_nobody_declared_stops_the_channel_and_names_who_to_ask(run):
    rows = landed({}).append_column("鞋码", pa.array(["44"]))
    with pytest.raises(SourceError, match=r"counter: unknown column 8 of 8\. Ask 个人金融部"):
        standardised(run, rows)


def test_a_missing_column_stops_the_channel(run):
    with pytest.raises(SourceError, match=r"missing \['手机'\]"):
        standardised(run, landed({}).drop_columns(["手机"]))


def test_an_unknown_cleaner_is_told_with_the_known_ones(run):
    with pytest.raises(ConfigError, match="no cleaner 'telefone': one of text, name"):
        standardised(
            run,
            landed({}),
            channel(
                columns={"姓名": {"is": "full_name", "clean": "telefone"}},
                ignored=list(landed({}).column_names),
            ),
        )


def test_a_column_whose_type_changed_stops_the_channel(run):
    rows = landed(*({"客户号": f"K{n}", "出生日期": "甲乙"} for n in range(30)))
    with pytest.raises(
        SourceError, match=r"individual can be read in \['birth_date'\]: the type has changed"
    ):
        standardised(run, rows)


def test_a_column_filled_with_words_for_nothing_has_not_changed_its_type(run):
    rows = landed(*({"客户号": f"K{n}", "出生日期": "不详"} for n in range(30)))
    after, _ = standardised(run, rows)
    assert after.findings == (Finding("unreadable", "individual", "birth_date", 30),)
