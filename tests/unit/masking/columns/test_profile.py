"""Columns: evidence, not averages. Every cell is looked at; no answer holds a value."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pytest

from masking.columns import profile
from masking.kinds import Kind
from pipelines.engine.protocol import Engine
from tests.corpus import values

R = random.Random(3)  # noqa: S311 - made-up values
IDS = [values.resident_id(R) for _ in range(300)]
MOBILES = [values.mobile(R) for _ in range(300)]
CARDS = [values.bank_card(R) for _ in range(300)]
NUMBERS = [str(R.randrange(2 * 10**10, 10**11)) for _ in range(10_000)]
NAMES = [
    R.choice("王李张刘陈杨") + R.choice("伟芳娜秀英敏静丽强磊") + R.choice("军洋勇艳杰娟涛明超霞")
    for _ in range(300)
]


def seen(engine: Engine, columns: Mapping[str, Sequence[Any]]) -> dict[str, list[dict[str, Any]]]:
    """The profile's rows by column."""
    table = pa.table({name: pa.array(cells) for name, cells in columns.items()})
    with engine.scope():
        rows = profile(engine, engine.arrow(table), table.column_names).to_pylist()
    return {name: [r for r in rows if r["column_name"] == name] for name in columns}


def one(engine: Engine, header: str, cells: Sequence[Any]) -> list[dict[str, Any]]:
    return seen(engine, {header: cells})[header]


def kinds(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [r["kind"] for r in rows if r["verdict"]]


def test_one_proven_identity_number_among_ten_thousand_cells_makes_the_column_personal(
    duckdb_engine: Engine,
) -> None:
    rows = one(duckdb_engine, "c1", [*NUMBERS[:9_999], IDS[0]])
    assert kinds(rows) == ["resident_id"]
    assert (rows[0]["cells"], rows[0]["matches"], rows[0]["proven"]) == (10_000, 1, 1)


def test_five_thousand_repeats_of_one_word_are_not_names(duckdb_engine: Engine) -> None:
    for word in ("Safari", "高级", "王者荣耀", "安全"):
        assert kinds(one(duckdb_engine, "browser", [word] * 5_000)) == []


CASES = [  # header, cells, the kinds that are found
    ("c1", IDS, ["resident_id"]),
    ("c1", [i[:17] + ("0" if i[17] != "0" else "1") for i in IDS], ["resident_id"]),
    ("c1", MOBILES, ["mobile"]),
    ("c1", [f"+86 {m[:3]} {m[3:7]} {m[7:]}" for m in MOBILES], ["mobile"]),
    (
        "c1",
        [m.translate(str.maketrans("0123456789", "０１２３４５６７８９")) for m in MOBILES],
        ["mobile"],
    ),
    ("seq", NUMBERS, []),
    ("c1", CARDS, ["bank_card"]),
    ("c1", [values.uscc(R) for _ in range(50)], ["uscc"]),
    ("c1", [values.email(R) for _ in range(50)], ["email"]),
    ("c1", [values.plate(R) for _ in range(50)], ["plate"]),
    ("c1", [values.vin(R) for _ in range(50)], ["vin"]),
    ("c1", [values.imei(R) for _ in range(50)], ["imei"]),
    ("c1", [values.mac(R) for _ in range(50)], ["mac"]),
    ("c1", NAMES, ["person_name"]),
    ("c1", ["男", "女"] * 50, ["sex"]),
    ("c1", ["汉族", "回族", "满族", "汉"] * 9, ["ethnicity"]),
    ("c1", [f"杭州市西湖区文三路{i}号{i % 9 + 1}单元" for i in range(60)], ["address"]),
    ("c1", [f"杭州第{i}科技有限公司" for i in range(60)], ["company_name"]),
    ("c1", ["杭州市西湖区支行", "杭州市文三路支行"] * 30, []),
    ("工作单位", [f"杭州第{i}科技有限公司" for i in range(60)], ["employer"]),
    ("经营范围", [f"许可项目：食品销售；货物进出口，技术服务{i}。" for i in range(60)], []),
    ("客户反馈", ["好", "很好", "一般"], []),
    ("反馈", ["王芳", "很好", "一般"], ["opinion"]),
    ("Phone", [f"(312) 555-{i:04}" for i in range(60)], ["landline"]),
    ("phone_no", [f"312-555-{i:04}" for i in range(60)], ["landline", "mobile"]),
    ("Phone Number", [f"312555{i:04}" for i in range(60)], ["landline", "mobile"]),
    ("Mobile", [f"312.555.{i:04}" for i in range(60)], ["mobile"]),
    ("Home Phone", [f"1-312-555-{i:04}" for i in range(60)], ["landline"]),
    ("order_no", [f"312555{i:04}" for i in range(60)], []),
    ("邮编", ["310000", "310012", "100080"], ["postcode"]),
    ("c1", ["310000", "310012", "100080"], []),
    ("出生日期", ["1990-01-03", "19850612", "1970年3月1日"], ["birth_date"]),
    ("日期", ["2024-01-03", "2024-01-04", "2024-01-05"], ["event_date"]),
    ("登录密码", ["abc123", "qwerty", "888888"], ["password"]),
    ("病史", ["高血压", "无", "糖尿病"], ["health"]),
    ("账户余额", ["100.00", "2,000.50", "13"], ["balance"]),
    ("证件类型", ["身份证", "护照", "身份证"], []),
    ("customer_gender", ["1", "2", "1"], ["sex"]),
    ("c1", [f"2024-01-05 10:{i:02}:00" for i in range(60)], ["event_date"]),
    ("营业期限至", ["长期", "2030-01-05"] * 9, ["event_date"]),
    ("签约日期", ["2024年7月", "7/31", "Jul 31, 2024"], ["event_date"]),
    ("等待时间", ["15", "7", "40"], []),
    ("c1", [f"{i}.{i % 90 + 10}" for i in range(200)], []),
    ("c1", [None, None], []),
    ("c1", ["", "  ", None], []),
]


@pytest.fixture(scope="module")
def all_cases(duckdb_engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """The cases as the columns of one table, which is quicker; `c1` becomes another word that says nothing."""
    longest = max(len(cells) for _, cells, _ in CASES)
    columns = {
        name(i): [*cells, *[None] * (longest - len(cells))] for i, (_, cells, _) in enumerate(CASES)
    }
    return seen(duckdb_engine, columns)


def name(case: int) -> str:
    return f"c{case}" if CASES[case][0] == "c1" else CASES[case][0]


@pytest.mark.parametrize("case", range(len(CASES)))
def test_a_column_is_what_its_cells_show(
    all_cases: dict[str, list[dict[str, Any]]], case: int
) -> None:
    assert kinds(all_cases[name(case)]) == CASES[case][2]


def test_a_free_text_that_holds_identifiers_here_and_there_is_a_free_text_first(
    duckdb_engine: Engine,
) -> None:
    cells = [f"客户来电说明情况，已经答复{i}。" for i in range(60)] + [
        f"身份证{i}" for i in IDS[:9]
    ]
    assert kinds(one(duckdb_engine, "备注", cells)) == ["opinion", "resident_id"]
    assert kinds(one(duckdb_engine, "备注", IDS))[0] == "resident_id"


def test_a_company_beside_a_persons_data_is_an_employer(duckdb_engine: Engine) -> None:
    companies = [f"杭州第{i}科技有限公司" for i in range(60)]
    persons = seen(duckdb_engine, {"id_no": IDS[:60], "company": companies})
    assert kinds(persons["company"]) == ["employer"]
    codes = [values.uscc(R) for _ in range(60)]
    enterprises = seen(duckdb_engine, {"id_no": IDS[:60], "company": companies, "code": codes})
    assert kinds(enterprises["company"]) == ["company_name"]


def test_a_few_check_digits_that_are_right_by_accident_prove_nothing(duckdb_engine: Engine) -> None:
    permits = ["M59898265", "H88609457", "H53422102", "H41117236"]  # the first passes as a code
    assert "uscc" not in kinds(one(duckdb_engine, "证件号码", [*IDS, *permits]))


def test_a_mixed_column_reports_all_its_kinds(duckdb_engine: Engine) -> None:
    cells = [*MOBILES[:50], *[values.email(R) for _ in range(40)], *["010-62345678"] * 10]
    assert set(kinds(one(duckdb_engine, "联系方式", cells))) == {"mobile", "email", "landline"}


@pytest.mark.parametrize(
    "cell",
    [
        "客户{}来电",
        '{{"name": "x", "sfz": "{}"}}',
        "CUST_{}_01",
        "BJ-{}-01",
        "20240101-{}",
        "身份证:{}；已核",
        "{}/13900000001",
    ],
)
def test_an_identifier_hidden_in_a_text_or_a_key_is_found(duckdb_engine: Engine, cell: str) -> None:
    cells = ["无备注"] * 40 + [cell.format(IDS[0])]
    assert "resident_id" in kinds(one(duckdb_engine, "extra", cells))


def test_a_wrong_check_digit_is_suspect_and_counted_apart(duckdb_engine: Engine) -> None:
    wrong = [i[:17] + ("0" if i[17] != "0" else "1") for i in IDS[:10]]
    (row, *_) = one(duckdb_engine, "证件号码", [*IDS[10:100], *wrong])
    assert (row["matches"], row["proven"], row["suspect"]) == (100, 90, 10)


def test_every_cell_counts_however_often_it_is_repeated(duckdb_engine: Engine) -> None:
    (row, *_) = one(duckdb_engine, "手机", [MOBILES[0]] * 70 + [MOBILES[1]] * 30)
    assert (row["cells"], row["matches"], row["distinct_values"]) == (100, 100, 2)


def test_the_reason_is_a_sentence_and_no_row_holds_a_value(duckdb_engine: Engine) -> None:
    rows = seen(
        duckdb_engine,
        {"身份证号": IDS, "c2": NAMES, "remark": [f"手机{m}，请回电" for m in MOBILES]},
    )
    said = repr(rows)
    assert (
        "300 of 300 that have its shape carry a right check digit; the header says so (身份证号)"
        in said
    )
    assert not [v for v in (*IDS, *MOBILES, *NAMES) if v in said]


def test_a_header_alone_never_overrules_what_every_cell_shows(duckdb_engine: Engine) -> None:
    rows = one(duckdb_engine, "手机号", IDS)
    assert kinds(rows)[0] == "resident_id"


def test_a_few_words_over_and_over_are_classes_whatever_the_header_says(
    duckdb_engine: Engine,
) -> None:
    classes = ["业务类", "服务态度类", "产品类"] * 20
    assert kinds(one(duckdb_engine, "投诉分类", classes)) == []
    said = [f"第{i}次来电要求回复" for i in range(60)]
    assert kinds(one(duckdb_engine, "投诉内容", said)) == ["opinion"]
    repeated = ["客户对服务很满意，没有其他问题，谢谢。"] * 60
    assert kinds(one(duckdb_engine, "投诉内容", repeated)) == ["opinion"]


def test_hundreds_of_columns_are_answered(duckdb_engine: Engine) -> None:
    columns = {f"c{i}": [str(i), None] for i in range(299)} | {"手机": [MOBILES[0], MOBILES[1]]}
    found = seen(duckdb_engine, columns)
    assert kinds(found["手机"]) == ["mobile"]
    assert len(found) == 300


def test_other_types_than_text_are_looked_at_too(duckdb_engine: Engine) -> None:
    found = seen(
        duckdb_engine,
        {
            "n": [int(m) for m in MOBILES[:20]],
            "b": [b"\x00\xff"] * 20,
            "j": [{"tel": m, "x": [1]} for m in MOBILES[:20]],
            "f": [1.5] * 20,
        },
    )
    assert {name: kinds(rows) for name, rows in found.items()} == {
        "n": ["mobile"],
        "b": [],
        "j": ["mobile"],
        "f": [],
    }


def test_the_order_of_rows_changes_nothing(duckdb_engine: Engine) -> None:
    cells = [*IDS[:50], *MOBILES[:50], *NAMES[:50]]
    assert one(duckdb_engine, "c", cells) == one(duckdb_engine, "c", cells[::-1])


def test_every_kind_that_has_no_shape_has_a_header() -> None:
    from masking.headers import HINTS

    assert set(Kind) - set(HINTS) == {Kind.KEY, Kind.PLAIN, Kind.CODE}
