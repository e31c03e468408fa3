"""A masked list that comes back as a delivery, and values that cannot be right: neither takes a good value's place."""

import datetime as dt

import pytest

from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding
from pipelines.core.errors import SourceError
from pipelines.steps.standardise import standardise
from tests.checked import DAY, NUMBER, World, person, together
from tests.factories import channel, landed

COUNTER = channel()
MASKED = {
    "姓名": "孟**",
    "出生日期": "1960-1964",
    "证件号码": "110101********0022",
    "手机": "185****4541",
}
TOKEN = "t1_" + "0a" * 13


@pytest.fixture
def run(duckdb_engine):
    with duckdb_engine.scope():
        yield Run(None, duckdb_engine, None, "")


def standardised(run, *rows):
    batch = Batch("counter", DAY, {"rows": run.engine.arrow(landed(*rows))})
    after = standardise(batch, COUNTER, run)
    found = run.engine.fetch(after.tables["individual"]).to_pylist()
    return after.findings, {r["source_id"]: r for r in found}


@pytest.mark.parametrize(("column", "written"), MASKED.items())
def test_a_value_that_came_masked_is_missing_and_told(run, column, written):
    findings, rows = standardised(run, {"客户号": "K1", column: written}, {"客户号": "K2"})
    name = COUNTER.columns[column].is_
    assert rows["K1"][name] is None
    assert rows["K2"][name] is not None
    assert rows["K1"]["unreadable"] == f",masked:{name},"
    assert findings == (Finding("masked", "individual", name, 1),)


def test_a_masked_list_is_refused_with_its_columns_and_no_value(run):
    with pytest.raises(SourceError, match="a masked list: 6 of 6 rows") as stopped:
        standardised(run, *({"客户号": f"K{n}"} | MASKED for n in range(6)))
    assert all(f"'{column}'" in stopped.value.en for column in MASKED)
    assert "脱敏" in stopped.value.zh
    assert not [v for v in MASKED.values() if v in stopped.value.en + stopped.value.zh]


def test_a_list_of_whose_rows_most_hide_something_is_refused(run):
    columns = list(MASKED)
    rows = [{"客户号": f"K{n}", columns[n % 4]: MASKED[columns[n % 4]]} for n in range(12)]
    with pytest.raises(SourceError, match="a masked list: 12 of 12 rows"):
        standardised(run, *rows)


def test_masked_cells_here_and_there_are_told_and_stop_nobody(run):
    findings, rows = standardised(
        run, *({"客户号": f"K{n}"} | (MASKED if n < 6 else {}) for n in range(20))
    )
    assert {(f.what, f.rows) for f in findings} == {("masked", 6)}
    assert len(rows) == 20


def test_a_row_whose_key_is_a_token_of_ours_has_no_key(run):
    findings, rows = standardised(run, {"客户号": TOKEN}, {"客户号": "K2"})
    assert set(rows) == {None, "K2"}
    assert findings == (Finding("masked", "individual", "source_id", 1),)


@pytest.fixture
def world(tmp_path, duckdb_engine):
    return World(tmp_path, duckdb_engine)


def hidden(*names):
    return "".join(f",masked:{n}" for n in names) + ","


def test_what_came_masked_replaces_nothing_that_was_held_before(world):
    first, later, last = DAY, DAY + dt.timedelta(1), DAY + dt.timedelta(2)
    world.checked("counter", person("a", occupation="教师", employer="样例公司"), day=first)
    came = person(
        "a",
        full_name=None,
        mobile=None,
        occupation="医生",
        unreadable=hidden("full_name", "mobile"),
    )
    world.checked("counter", came, day=later)
    world.checked("counter", came | {"occupation": "律师"}, day=last)
    [customer] = world.resolved(last)["customer"]
    assert (customer["full_name"], customer["mobile"]) == ("欧阳试", "13900000001")
    assert customer["occupation"] == "律师"
    assert customer["employer"] is None  # emptied by its owner, not masked


def test_what_nobody_can_read_replaces_nothing_either(world):
    world.checked("counter", person("a", annual_income=98_000))
    came = person("a", annual_income=None, unreadable=",annual_income,")
    world.checked("counter", came, day=DAY + dt.timedelta(1))
    [customer] = world.resolved(DAY + dt.timedelta(1))["customer"]
    assert customer["annual_income"] == 98_000


def test_a_masked_name_or_telephone_is_no_evidence_that_two_rows_are_one(tmp_path, duckdb_engine):
    proofs = [{"name": "telephone", "equal": ["full_name", "mobile"]}]
    world = World(tmp_path, duckdb_engine, records={"individual": {"proofs": proofs}})
    came = {"full_name": None, "mobile": None, "unreadable": hidden("full_name", "mobile")}
    world.checked("counter", person("a", **came), person("b", **came))
    assert len(together(world.resolved())) == 2


DOUBTFUL = [
    # attribute, what the newest and most trusted row says, what another says
    ("full_name", "测试", "欧阳试"),
    ("full_name", "欧?试", "欧阳试"),
    ("mobile", "13800000000", "13912340987"),
    ("mobile", "13812345678", "13912340987"),
    ("birth_date", dt.date(1880, 1, 1), dt.date(1990, 1, 3)),
    ("birth_date", DAY + dt.timedelta(400), dt.date(1990, 1, 3)),
    ("annual_income", 9_999_999_999, 120_000),
    ("annual_income", -1, 120_000),
    ("id_number", "110105194912310021", NUMBER),
    ("id_number", "111111111111111111", NUMBER),
    ("email", "test@example.com", "shiyan@example.com"),
    ("postcode", "000000", "518057"),
    ("home_address", "广东省", "广东省深圳市南山区科技路88号"),
    ("bank_card", "6222020000000001235", "6222021234567890128"),
    ("occupation", "无", "教师"),
    ("education", "不详", "本科"),
    ("nationality", "未知", "中国"),
    ("wechat", "无", "wx_shiyan"),
    ("former_name", "无", "司马样"),
    ("sex", "未说明", "女"),
    ("registered_on", DAY + dt.timedelta(400), dt.date(2020, 1, 3)),
]


RULES = {
    "recency": ["recency"],
    "trust": ["channel"],
    "agreement": ["agreement"],
    "proof": ["proof", "channel"],
}


@pytest.mark.parametrize(
    ("attribute", "wrong", "right", "rule"),
    [(*case, list(RULES)[n % 4]) for n, case in enumerate(DOUBTFUL)],
)
def test_what_fails_a_check_of_its_own_survives_over_nothing_that_does_not(
    tmp_path, duckdb_engine, attribute, wrong, right, rule
):
    survivorship = {
        "channels": ["counter", "mobile"],
        "rules": {
            "recency": ["recency"],
            "trust": ["channel"],
            "agreement": ["agreement"],
            "proof": ["proof", "channel"],
        },
        "default": rule,
    }
    proofs = [{"name": "qq", "equal": ["qq"]}]
    world = World(
        tmp_path,
        duckdb_engine,
        records={"individual": {"proofs": proofs}},
        survivorship=survivorship,
    )
    newest, older = (
        {"qq": "7654321", "updated_on": DAY},
        {"qq": "7654321", "updated_on": dt.date(2026, 1, 1)},
    )
    world.checked(
        "counter",
        person("a", **newest | {attribute: wrong}),
        person("b", **newest | {attribute: wrong}),
    )
    world.checked("mobile", person("m", **older | {attribute: right}))
    tables = world.resolved()
    [customer] = tables["customer"]
    assert customer[attribute] == right
    [value] = [v for v in tables["customer_value"] if v["attribute"] == attribute]
    assert value["rule"].endswith(", over doubtful")
    assert world.findings["value_passed_over", "customer"] == 1


@pytest.mark.parametrize(("attribute", "wrong", "right"), DOUBTFUL)
def test_a_keys_newest_value_that_fails_a_check_survives_not_over_what_it_was_before(
    world, attribute, wrong, right
):
    world.checked("counter", person("a", **{attribute: right}))
    later = DAY + dt.timedelta(1)
    world.checked("counter", person("a", **{attribute: wrong}), day=later)
    tables = world.resolved(later)
    [customer] = tables["customer"]
    assert customer[attribute] == right
    [row] = tables["individual"]
    assert row[attribute] == wrong  # what the source says is not ours to change
    assert world.findings["value_passed_over", "customer"] == 1


def test_a_new_sound_value_takes_the_place_of_the_one_before(world):
    world.checked("counter", person("a", mobile="13912340987"))
    later = DAY + dt.timedelta(1)
    world.checked("counter", person("a", mobile="13712340986"), day=later)
    [customer] = world.resolved(later)["customer"]
    assert customer["mobile"] == "13712340986"


@pytest.mark.parametrize(
    ("attribute", "wrong"),
    [
        ("full_name", "欧?试"),
        ("mobile", "13812345678"),
        ("id_number", "110105194912310021"),
        ("occupation", "其他"),
        ("sex", "未说明"),
    ],
)
def test_a_doubtful_text_stands_where_there_is_no_better_and_says_so(world, attribute, wrong):
    world.checked("counter", person("a", **{attribute: wrong}))
    tables = world.resolved()
    assert tables["customer"][0][attribute] == wrong
    [value] = [v for v in tables["customer_value"] if v["attribute"] == attribute]
    assert value["rule"].endswith(", doubtful")
    assert world.findings["value_doubtful", "customer"] == 1


IMPOSSIBLE = [
    ("registered_on", DAY + dt.timedelta(600)),
    ("birth_date", DAY + dt.timedelta(1)),
    ("birth_date", dt.date(1880, 1, 1)),
    ("birth_date", dt.date(1896, 1, 1)),
    ("annual_income", 9_999_999_999),
    ("annual_income", -1),
    ("occupation", "不详"),
    ("home_address", "无"),
    ("full_name", "测试"),
]


@pytest.mark.parametrize(("attribute", "wrong"), IMPOSSIBLE)
def test_what_cannot_be_right_is_left_out_of_the_one_view_and_told(world, attribute, wrong):
    world.checked("counter", person("a", **{attribute: wrong}))
    tables = world.resolved()
    assert [c[attribute] for c in tables["customer"]] == [None]
    assert [h[attribute] for h in tables["customer_history"]] == [None]
    assert tables["individual"][0][attribute] == wrong  # to be put right by its channel
    [value] = [v for v in tables["customer_value"] if v["attribute"] == attribute]
    assert value["rule"].endswith(", left out")
    assert world.findings["value_left_out", "customer"] == 1


def test_an_unusual_amount_or_date_that_can_be_right_stands(world):
    unusual = {"annual_income": 100_000_000, "birth_date": dt.date(1910, 1, 1)}
    world.checked("counter", person("a", **unusual))
    [customer] = world.resolved()["customer"]
    assert {name: customer[name] for name in unusual} == unusual
