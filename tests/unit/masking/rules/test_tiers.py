"""Tiers: every kind has a rule in every tier; a pack changes them kind by kind; doubt withholds."""

import pytest

from masking.kinds import Kind
from masking.rulepacks import lifted
from masking.rules import RULES, Key, Token
from masking.tiers import TIERS, tiers
from pipelines.core.errors import ConfigError
from warehouse.model import kind
from warehouse.seen import expression
from warehouse.tables import CORE

SECRETS = (Kind.PASSWORD, Kind.OTP, Kind.CARD_SECURITY)
DIRECT = (
    Kind.PERSON_NAME, Kind.RESIDENT_ID, Kind.PASSPORT, Kind.MOBILE, Kind.LANDLINE, Kind.EMAIL, Kind.BANK_CARD,
    Kind.BANK_ACCOUNT, Kind.PLATE, Kind.WECHAT, Kind.QQ, Kind.IP, Kind.MAC, Kind.IMEI, Kind.VIN, Kind.PHOTO,
    Kind.BIOMETRIC, Kind.DRIVER_LICENCE, Kind.MILITARY_ID, Kind.HKMO_PERMIT, Kind.TW_PERMIT,
)  # fmt: skip


def test_there_are_five_tiers_and_each_has_a_rule_for_every_kind():
    assert tuple(tiers()) == TIERS
    for tier in tiers().values():
        assert set(tier.rules) == set(Kind)


@pytest.mark.parametrize("tier", TIERS)
def test_nobody_sees_a_password(tier):
    assert {tiers()[tier].rule_for(kind).name for kind in SECRETS} == {"withhold"}


@pytest.mark.parametrize("tier", [t for t in TIERS if t != "steward"])
@pytest.mark.parametrize("of", DIRECT)
def test_only_the_steward_sees_in_clear_what_names_a_person(tier, of):
    assert tiers()[tier].rule_for(of).name != "clear"


@pytest.mark.parametrize("of", DIRECT)
def test_statistics_show_nothing_of_what_names_a_person(of):
    assert tiers()["statistics"].rule_for(of).name == "withhold"


def test_a_tier_selects_every_column_of_every_table_prepared_or_computed():
    for tier in tiers().values():
        for table in CORE.values():
            for column in table.columns:
                assert expression(column, tier)


@pytest.mark.parametrize(
    ("of", "value", "shown"),
    [
        (Kind.PERSON_NAME, "张三", "张**"),
        (Kind.PERSON_NAME, "欧阳试试", "欧阳**"),
        (Kind.PERSON_NAME, "欧阳", "欧**"),
        (Kind.PERSON_NAME, "買買提·試驗", "買**"),
        (Kind.PERSON_NAME, "艾力•试验", "艾**"),
        (Kind.PERSON_NAME, "张", "**"),
        (Kind.MOBILE, "13912341234", "139****1234"),
        (Kind.MOBILE, "12345", "*****"),
        (Kind.RESIDENT_ID, "110101199001030022", "110101********0022"),
        (Kind.RESIDENT_ID, "110101900103002", "110101*****3002"),
        (Kind.BANK_CARD, "6222020000000001234", "***************1234"),
        (Kind.EMAIL, "shiyan@example.com", "s***@example.com"),
        (Kind.EMAIL, "a@example.com", "***@example.com"),
        (Kind.EMAIL, "not an address", "***"),
        (Kind.ADDRESS, "广东省深圳市南山区科技路88号2栋301", "广东省深圳市南山区科技路***"),
        (Kind.ADDRESS, "河南省新乡市红旗区平原街道5号", "河南省新乡市红旗区平原街道***"),
        (Kind.ADDRESS, "8号楼302", "***"),
        (Kind.BIRTH_DATE, "1990-01-03", "1990"),
        (Kind.BIRTH_DATE, "900103", None),
        (Kind.RELIGION, "佛教", None),
    ],
)
def test_the_counter_recognises_a_customer_without_reading_everything(of, value, shown):
    assert tiers()["service"].rule_for(of).mask(value) == shown


@pytest.mark.parametrize(
    ("of", "value", "shown"),
    [
        (Kind.BIRTH_DATE, "1990-01-03", "1990-1994"),
        (Kind.BIRTH_DATE, "2009-12-31", "2005-2009"),
        (Kind.AGE, "37", "35-39"),
        (Kind.AGE, "7", "5-9"),
        (Kind.AGE, "94", "90+"),
        (Kind.AGE, "105", "90+"),
        (Kind.ADDRESS, "内蒙古自治区呼和浩特市新城区某某街9号", "内蒙古自治区呼和浩特市新城区"),
        (Kind.ADDRESS, "浙江省义乌市江滨小区3号", "浙江省义乌市"),
        (Kind.ADDRESS, "石家庄市路北区建设路1号", "石家庄市路北区"),
        (Kind.ADDRESS, "科技园88号", None),
        (Kind.POSTCODE, "518057", "518"),
        (Kind.INCOME, "36500.00", "[30000,40000)"),
        (Kind.INCOME, "99999", "[90000,100000)"),
        (Kind.BALANCE, "-0.01", "(,0)"),
        (Kind.BALANCE, "0.50", "[0,1)"),
        (Kind.INCOME, "about 5000", None),
        (Kind.CREDIT, "712", "[700,750)"),
        (Kind.CREDIT, "良好", "良好"),
        (Kind.CREDIT, "张三说很好", None),
        (Kind.HEALTH, "高血压", None),
        (Kind.PLAIN, "counter", "counter"),
    ],
)
def test_an_analyst_sees_groups_and_never_a_person(of, value, shown):
    assert tiers()["analyst"].rule_for(of).mask(value) == shown


def test_a_token_joins_within_a_kind_and_tells_nothing_between_kinds_recipients_keys():
    key, other = Key.read("a key made up for the tests"), Key.read("v2:another key for the tests")
    phone = RULES["token"].of(Kind.MOBILE)
    assert isinstance(phone, Token)
    recipient = RULES["recipient_token"].of(Kind.MOBILE)
    assert isinstance(recipient, Token)
    tokens = [
        phone.bound(key).mask("13900000001"),
        phone.bound(other).mask("13900000001"),
        phone.of(Kind.QQ).bound(key).mask("13900000001"),
        recipient.bound(key).mask("13900000001"),
    ]
    assert len(set(tokens)) == 4
    assert phone.bound(key).mask("13900000001") == tokens[0]
    assert [t[:3] for t in tokens if t] == ["t1_", "t2_", "t1_", "t1_"]


@pytest.mark.parametrize(
    "written",
    ["样例银行", "样例银行股份有限公司", "样例銀行有限公司", " 样例 银行（公司", "樣例銀行公司"],
)
def test_an_employer_and_a_customer_that_are_one_company_have_one_token(written):
    key = Key.read("a key made up for the tests")
    employer, company = (
        rule.bound(key)
        for k in (Kind.EMPLOYER, Kind.COMPANY_NAME)
        if isinstance(rule := tiers()["analyst"].rule_for(k), Token)
    )
    same = employer.mask(written) == company.mask("样例银行有限责任公司")
    assert same == ("（" not in written)
    assert employer.mask("公司") != employer.mask("有限公司")


def test_a_key_is_never_printed_and_a_short_one_is_refused():
    key = Key.read("a key made up for the tests")
    assert "made up" not in repr(key) + repr(RULES["token"].of(Kind.MOBILE).bound(key))
    with pytest.raises(ConfigError, match="shorter than 16"):
        Key.read("short")
    with pytest.raises(ConfigError, match="needs a key"):
        RULES["token"].of(Kind.MOBILE).mask("13900000001")


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("clear", {"province", "city", "district"}),
        ("road", {"province", "city", "district"}),
        ("district", {"province", "city", "district"}),
        ("city", {"province", "city"}),
        ("withhold", set()),
        ("token", set()),
    ],
)
def test_province_city_and_district_apart_are_seen_as_far_as_whole_addresses_are(
    tmp_path, rule, shown
):
    path = tmp_path / "tiers.yaml"
    path.write_text(f"analyst:\n  kinds: {{address: {rule}}}\n", encoding="utf-8")
    tier = tiers(path)["analyst"]
    levels = ("province", "city", "district")
    rules = {level: tier.rule_for(Kind.ADDRESS, level).name for level in levels}
    assert {level for level, name in rules.items() if name == "clear"} == shown
    assert {name for level, name in rules.items() if level not in shown} <= {"withhold"}
    # it sees addresses as they stand only if it sees them whole
    assert {level for level in levels if tier.shows(Kind.ADDRESS, level)} == (
        set(levels) if rule == "clear" else set()
    )


def test_a_pack_changes_a_tier_kind_by_kind(tmp_path):
    path = tmp_path / "tiers.yaml"
    path.write_text(
        "service:\n  kinds: {mobile: withhold}\n  columns: {branch: token}\npartner: {recipient: acme}\n"
    )
    changed = tiers(path)
    assert changed["service"].rule_for(Kind.MOBILE).mask("13900000001") is None
    assert changed["service"].rule_for(Kind.PERSON_NAME).mask("张三") == "张**"
    assert expression(CORE["account"].columns["branch"], changed["service"]) == '"branch__token"'
    own = changed["partner"].rule_for(Kind.KEY)
    assert isinstance(own, Token)
    assert own.recipient == "acme"


def test_a_pack_may_choose_how_much_is_kept(tmp_path):
    path = tmp_path / "tiers.yaml"
    path.write_text(
        "service: {kinds: {qq: {keep: {first: 1, last: 2}}, income: {step: {width: 5000}}}}"
    )
    service = tiers(path)["service"]
    assert service.rule_for(Kind.QQ).mask("12345678") == "1*****78"
    assert service.rule_for(Kind.INCOME).mask("36500.00") == "[35000,40000)"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("service: {kinds: {mobile: keep_all}}", "there is no rule keep_all"),
        ("service: {kinds: {aura: clear}}", "aura"),
        ("servce: {}", "did you mean 'service'"),
        (
            "service: {kinds: {qq: {keep: {first: 1, lst: 2}}}}",
            "keep has no lst: it has first, last",
        ),
        (
            "service: {kinds: {qq: {keep: {first: two, last: 2}}}}",
            "first: Input should be a valid integer",
        ),
        ("service: {kinds: {age: {age: {years: 7}}}}", "an age band is of 5 or 10 years"),
        ("service: {kinds: {income: {step: {width: 0}}}}", "1 wide or more"),
        ("service: {kinds: {qq: {keep: {first: -1, last: 2}}}}", "0 or more"),
        ("service: {kinds: {qq: {part: {count: 0}}}}", "at least one character"),
        ("service: {kinds: {qq: {crypt: {}}}}", "say one way of hiding"),
    ],
)
def test_a_faulty_tiers_file_stops_with_its_line(tmp_path, written, says):
    path = tmp_path / "tiers.yaml"
    path.write_text(written)
    with pytest.raises(ConfigError, match=says) as stopped:
        tiers(path)
    assert "line 1" in stopped.value.en


def test_labels_exist_for_every_kind_so_that_no_span_stays_in_a_text():
    from masking.rules.free_text import LABELS

    assert set(LABELS) == set(Kind)


def test_what_counts_as_sensitive_beside_what_is_sensitive_is_hidden_or_somebody_says_why():
    """REQUIREMENTS B3: a table, file or view with a sensitive kind lifts its general kinds."""
    for name, tier in tiers().items():
        for table in CORE.values():
            lifted_here = {
                k for of in lifted({kind(c) for c in table.columns}).values() for k in of
            }
            for column in table.columns:
                of = kind(column)
                if name != "steward" and of in lifted_here and tier.rules[of].shows:
                    assert tier.because[of], (name, table.name, column.name)


def test_a_pack_that_shows_such_a_kind_without_a_word_is_refused(tmp_path):
    path = tmp_path / "tiers.yaml"
    path.write_text("analyst: {kinds: {ethnicity: clear}}\n")
    with pytest.raises(
        ConfigError, match=r"analyst shows ethnicity, .* say under because: why"
    ) as stopped:
        tiers(path)
    assert "理由" in stopped.value.zh
    path.write_text(
        "analyst: {kinds: {ethnicity: clear}, because: {ethnicity: 民族语言服务的统计}}\n"
    )
    assert tiers(path)["analyst"].rule_for(Kind.ETHNICITY).name == "clear"
