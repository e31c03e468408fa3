"""The bank's sample: what its readers, its checks and its matching may rely on."""

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from masking.lexicon.divisions import codes, divisions
from masking.recognisers import checksum
from masking.recognisers.card_issuer import issuer
from pipelines.channels.pack import Pack
from pipelines.sample.remarks import KIND_NAMES, templates
from pipelines.sample.sample import Wanted, sample
from pipelines.sample.vector import joined
from pipelines.sample.words import former_regions, named, regions
from tests.unit.sample.conftest import BANK, FIRST, SECOND, Sample, spans

RESIDENTS = "id_type = '居民身份证'"


def contents(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_people(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        sample(Pack(BANK), Wanted(600, seed, FIRST), tmp_path / name)
    one, again, other = (contents(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    assert one.keys() == other.keys()
    same = {name for name in one if one[name] == other[name]}
    assert {name for name in same if "2026-09-01" in name} == {
        "judgement/2026-09-01.csv"
    }  # its header only
    assert not {name for name in same if name.startswith("truth/")}


def test_every_channel_delivers_on_both_days_and_the_second_day_is_a_delta(bank: Sample) -> None:
    for name in ("counter", "mobile", "corporate", "third_party", "account"):
        first, second = len(bank.rows(name)), len(bank.rows(name, SECOND))
        assert 0.01 <= second / first <= 0.06, name
    assert bank.rows("judgement") == []
    assert bank.rows("judgement", SECOND)


def test_everybody_has_an_id_that_proves_itself_and_agrees_with_birth_date_and_sex(
    bank: Sample,
) -> None:
    people = bank.ask(f"SELECT id_number, birth_date, sex FROM true_individual WHERE {RESIDENTS}")
    assert len(people) > 3500
    for number, born, sex in people:
        assert checksum.RESIDENT_OF_DIVISION.holds(number)
        assert number[6:14] == born.replace("-", "")
        assert (int(number[16]) % 2 == 1) == (sex == "男")
    assert len({p[0] for p in people}) == len(people)


def test_every_district_stands_today_under_its_code_in_its_prefecture_and_province() -> None:
    today = {d.code: d.name for d in divisions() if d.until is None}
    all_ = regions()
    for code, *names in zip(
        map(str, all_.code.tolist()),
        all_.district.to_pylist(), all_.prefecture.to_pylist(), all_.province.to_pylist(), strict=True,
    ):  # fmt: skip
        above = (code, f"{code[:4]}00", f"{code[:2]}0000")
        assert all(today[c] == name for c, name in zip(above, names, strict=True) if name)
    assert {str(c) for c in former_regions().values()} <= codes() - today.keys()
    assert {str(c) for c in former_regions()} <= today.keys()


@pytest.mark.parametrize(("name", "length"), [("bin_19", 19), ("bin_16", 16)])
def test_every_card_begins_as_a_bank_s_cards_of_its_length_do(name: str, length: int) -> None:
    assert all(issuer(start.ljust(length, "0")) for start in named(name).said.to_pylist())


def test_most_ids_were_issued_where_their_holder_lives(bank: Sample) -> None:
    all_ = regions()
    heads = joined(all_.province, all_.prefecture, all_.district).to_pylist()
    code = {head: str(c) for head, c in zip(heads, all_.code.tolist(), strict=True)}
    people = bank.ask(f"SELECT id_number, home_address FROM true_individual WHERE {RESIDENTS}")
    at_home = [
        number[:6] == next(c for h, c in code.items() if home.startswith(h))
        for number, home in people
    ]
    assert 0.75 < sum(at_home) / len(at_home) < 0.95


def test_a_landline_and_a_postcode_are_of_the_address(bank: Sample) -> None:
    [(other_area, other_postcode)] = bank.ask(
        """SELECT count(*) FILTER (landline NOT LIKE '020-%'), count(*) FILTER (postcode NOT LIKE '5100%')
        FROM true_individual WHERE home_address LIKE '广东省广州市%'"""
    )
    assert (other_area, other_postcode) == (0, 0)


def test_cards_and_credit_codes_prove_themselves(bank: Sample) -> None:
    cards = [c for (c,) in bank.ask("SELECT bank_card FROM true_individual")]
    assert all(checksum.LUHN.holds(c) for c in cards)
    assert {len(c) for c in cards} == {16, 19}
    codes = bank.ask("SELECT uscc FROM true_enterprise UNION ALL SELECT uscc FROM true_institution")
    assert all(checksum.CREDIT_CODE.holds(c) for (c,) in codes)
    assert len(set(codes)) == len(codes)


def test_names_are_those_people_have(bank: Sample) -> None:
    names = [n for (n,) in bank.ask("SELECT full_name FROM true_individual")]
    first = Counter(n[0] for n in names)
    assert {"王", "李", "张"} <= {n for n, _ in first.most_common(4)}
    assert 0.05 < first["王"] / len(names) < 0.1
    assert any("·" in n for n in names)
    assert any(n.startswith("欧阳") for n in names)
    assert any(set(n) & set("喆堃犇淼翀赟") for n in names)


def test_nobody_is_unknown_and_many_are_known_to_several_channels(bank: Sample) -> None:
    [(linked,)] = bank.ask("SELECT count(DISTINCT entity) FROM links")
    [(people,)] = bank.ask(
        "SELECT (SELECT count(*) FROM true_individual) + (SELECT count(*) FROM true_enterprise)"
        " + (SELECT count(*) FROM true_institution)"
    )
    assert linked == people == 4000
    [(several,)] = bank.ask(
        "SELECT count(*) FROM (SELECT entity FROM links GROUP BY entity HAVING count(DISTINCT channel) > 1)"
    )
    assert several > 1200


def test_every_row_about_a_customer_has_its_link(bank: Sample) -> None:
    missing = bank.ask(
        """SELECT channel, count(*) FROM (SELECT channel, source_id FROM individual UNION ALL
        SELECT channel, source_id FROM enterprise UNION ALL SELECT channel, source_id FROM institution)
        ANTI JOIN links USING (channel, source_id) GROUP BY ALL"""
    )
    assert missing == []


def test_accounts_and_movements_belong_to_rows_that_exist_but_for_those_the_truth_names(
    bank: Sample,
) -> None:
    for record in ("account", "transaction", "contract"):
        orphans = bank.ask(
            f"""SELECT source_id, day::VARCHAR FROM "{record}" r WHERE NOT EXISTS (FROM links l WHERE
            l.channel = r.holder_channel AND l.source_id = r.holder_source_id)"""
        )
        told = bank.ask(
            "SELECT source_id, day FROM defects WHERE record = $r AND defect = 'unknown_holder'",
            r=record,
        )
        assert orphans
        assert sorted(orphans) == sorted(told)


def test_a_movement_is_on_an_account_of_its_holder(bank: Sample) -> None:
    strays = bank.ask(
        """SELECT count(*) FROM "transaction" t WHERE holder_source_id <> 'X000000000' AND NOT EXISTS
        (FROM account a WHERE a.account_number = t.account_number AND
         (a.holder_source_id = t.holder_source_id OR a.holder_source_id = 'X000000000'))"""
    )
    assert strays == [(0,)]


WRONG = [
    ("wrong_check_digit", "id_number", lambda v: not checksum.RESIDENT.holds(v)),
    ("wrong_region", "id_number", lambda v: v[:6] not in codes()),
    ("wrong_length", "id_number", lambda v: len(v) == 17),
    ("impossible_birth_in_id", "id_number", lambda v: v[10:14] == "1332"),
    ("letter_for_digit", "id_number", lambda v: "O" in v),
    ("placeholder", "mobile", lambda v: v in {"11111111111", "13800000000", "13800138000", None}),
    ("wrong_length", "mobile", lambda v: v is None),
    ("malformed", "email", lambda v: v is None),
    ("wrong_check_digit", "bank_card", lambda v: not checksum.LUHN.holds(v)),
    ("incomplete", "home_address", lambda v: re.fullmatch(".{2,8}(省|自治区|市)", v) is not None),
    ("unreadable_date", "birth_date", lambda v: v is None),
    ("future_date", "birth_date", lambda v: v > FIRST),
    ("expired", "id_expires_on", lambda v: v < FIRST),
    ("negative", "annual_income", lambda v: v < 0),
    ("unknown_code", "sex", lambda v: v is None),
    ("missing_element", "full_name", lambda v: v is None),
]


@pytest.mark.parametrize(("defect", "column", "is_wrong"), WRONG)
def test_a_defect_the_truth_names_is_there(
    bank: Sample, defect: str, column: str, is_wrong
) -> None:  # type: ignore[no-untyped-def]
    found = bank.ask(
        f"""SELECT i.{column} FROM individual i JOIN defects d ON d.channel = i.channel AND d.source_id = i.source_id
        AND d.day = i.day::VARCHAR WHERE d.defect = $d AND d."column" = $c AND d.record = 'individual'""",
        d=defect, c=column,
    )  # fmt: skip
    assert found
    assert all(is_wrong(value) for (value,) in found)


def test_an_id_that_proves_nothing_is_a_defect_the_truth_names(bank: Sample) -> None:
    told = {
        row[:3]
        for row in bank.ask(
            "SELECT channel, source_id, day FROM defects WHERE \"column\" = 'id_number'"
        )
    }
    numbers = bank.ask(
        "SELECT channel, source_id, day::VARCHAR, id_number FROM individual"
        " WHERE regexp_matches(id_number, '^[0-9]{17}[0-9X]$')"
    )
    for channel, source_id, day, number in numbers:
        assert checksum.RESIDENT.holds(number) or (channel, source_id, day) in told


def test_what_could_not_be_read_is_a_defect_the_truth_names(bank: Sample) -> None:
    told = set(
        bank.ask(
            "SELECT channel, source_id, day, \"column\" FROM defects WHERE record = 'individual'"
        )
    )
    unread = bank.ask(
        "SELECT channel, source_id, day::VARCHAR, unreadable FROM individual WHERE unreadable <> ''"
    )
    assert unread
    for channel, source_id, day, names in unread:
        for column in names.strip(",").split(","):
            assert (channel, source_id, day, column) in told


def test_an_element_that_is_missing_is_told_to_the_row(bank: Sample) -> None:
    told = bank.ask(
        "SELECT source_id FROM defects WHERE channel = 'counter' AND defect = 'missing_element'"
        " AND \"column\" = 'occupation'"
    )
    found = [
        (r["客户编号"],)
        for day in (FIRST, SECOND)
        for r in bank.rows("counter", day)
        if not r["职业"]
    ]
    assert sorted(told) == sorted(found)


def test_a_row_that_is_corrected_comes_again_without_its_defects(bank: Sample) -> None:
    corrected = bank.ask(
        """SELECT new.id_number, t.id_number FROM defects d JOIN individual new ON new.channel = d.channel
        AND new.source_id = d.source_id AND new.day::VARCHAR = d.corrected_on
        JOIN links l ON l.channel = d.channel AND l.source_id = d.source_id
        JOIN true_individual t ON t.entity = l.entity
        WHERE d."column" = 'id_number' AND d.defect <> 'missing_element'"""
    )
    assert corrected
    assert all(now == true for now, true in corrected)
    [(again,)] = bank.ask(
        """SELECT count(*) FROM defects d JOIN defects e ON e.channel = d.channel AND e.source_id = d.source_id
        AND e.record = d.record AND e.day = d.corrected_on"""
    )
    assert again == 0


def test_a_key_that_stands_twice_in_a_file_is_told(bank: Sample) -> None:
    twice = bank.ask(
        "SELECT channel, source_id FROM individual GROUP BY channel, source_id, day HAVING count(*) > 1"
    )
    told = bank.ask(
        "SELECT channel, source_id FROM defects WHERE defect = 'duplicate_key' AND record = 'individual'"
    )
    assert twice
    assert set(told) >= set(twice)


def test_a_customer_whom_a_channel_holds_under_two_keys_is_told(bank: Sample) -> None:
    two = bank.ask(
        """SELECT channel, source_id FROM links WHERE (channel, entity) IN
        (SELECT (channel, entity) FROM links GROUP BY channel, entity HAVING count(*) > 1)"""
    )
    told = bank.ask("SELECT channel, source_id FROM defects WHERE defect = 'customer_twice'")
    assert two
    assert sorted(two) == sorted(told)


def test_no_noise_hides_who_somebody_is_from_a_careful_reader(bank: Sample) -> None:
    kinds = {k for (k,) in bank.ask("SELECT DISTINCT noise FROM noise")}
    assert kinds >= {
        "homophone", "traditional", "slip", "former_name", "former_mobile", "former_address", "fifteen_digits",
        "wide_digits", "spaces_in_number", "mobile_in_another_form", "other_dot", "without_province",
    }  # fmt: skip
    fifteen = bank.ask(
        """SELECT i.id_number, t.id_number FROM noise n JOIN individual i USING (channel, source_id)
        JOIN links l USING (channel, source_id) JOIN true_individual t USING (entity)
        WHERE n.noise = 'fifteen_digits' AND length(i.id_number) = 15"""
    )
    assert fifteen
    assert all(short == whole[:6] + whole[8:17] for short, whole in fifteen)


def test_twins_and_shared_and_recycled_mobiles_are_traps_the_truth_names(bank: Sample) -> None:
    pairs = bank.ask(
        """SELECT trap, a.birth_date = b.birth_date, a.home_address = b.home_address, a.mobile = b.mobile,
        a.full_name = b.full_name FROM traps t JOIN true_individual a ON a.entity = t.entity
        JOIN true_individual b ON b.entity = t.other"""
    )
    twins = [p for p in pairs if p[0] == "twin"]
    shared = [p for p in pairs if p[0] == "shared_mobile"]
    assert twins
    assert all(born and home and not name for _, born, home, _, name in twins)
    assert shared
    assert all(mobile for _, _, _, mobile, _ in shared)
    assert any(p[0] == "recycled_mobile" for p in pairs)


def test_spans_stand_where_the_truth_says_and_hold_after_cleaning(bank: Sample) -> None:
    said: dict[tuple[str, str], str] = {}
    cleaned = {
        (c, i): r
        for c, i, r in bank.ask(
            "SELECT channel, source_id, remark FROM interaction WHERE remark IS NOT NULL"
            " UNION ALL SELECT channel, source_id, remark FROM individual WHERE remark IS NOT NULL"
        )
    }
    for channel, key, column in (
        ("call_centre", "工单号", "通话摘要"),
        ("counter", "客户编号", "备注"),
    ):
        for day in (FIRST, SECOND):
            said |= {(channel, r[key]): r[column] for r in bank.rows(channel, day) if r[column]}
    shapes = {
        "mobile": r"1\d{2}[ -]?\d{4}[ -]?\d{4}", "resident_id": r"\d{17}[\dX]", "person_name": r"[^\d，。]{2,12}",
        "email": r"[^@，]+@[^@，]+", "bank_card": r"[\d -]{16,23}", "landline": r"0\d{2,3}-\d{7,8}",
        "birth_date": r"\d{4}年\d{1,2}月\d{1,2}日", "plate": r".[A-Z].{5}", "qq": r"\d{8,10}",
    }  # fmt: skip
    kinds = Counter()
    for line in spans(bank.out):
        where = (line["channel"], line["source_id"])
        if where not in said:
            continue
        for span in line["spans"]:
            text = said[where][span["start"] : span["end"]]
            assert cleaned[where][span["start"] : span["end"]] == text
            assert re.fullmatch(shapes.get(span["kind"], ".{2,}"), text), span["kind"]
            kinds[span["kind"]] += 1
    assert kinds.keys() >= {
        "person_name",
        "mobile",
        "resident_id",
        "bank_card",
        "email",
        "address",
        "landline",
    }
    assert set(kinds) <= set(KIND_NAMES)


@pytest.mark.parametrize("conversation", ["inquiry", "complaint", "visit"])
def test_no_conversation_follows_a_handful_of_templates(conversation: str) -> None:
    parts = templates(conversation)
    assert len(set(parts[""])) >= 60
    assert len(parts["+"]) * len(parts["-"]) >= 100


def test_texts_hold_numbers_that_only_look_personal(bank: Sample) -> None:
    texts = " ".join(r["通话摘要"] or "" for r in bank.rows("call_centre"))
    for alike in (r"DD20\d{14}", r"GD20\d{11}", r"\d+\.00元", r"V\d+\.\d+\.\d+", r"\d{2}:\d{2}"):
        assert re.search(alike, texts), alike


def test_sources_write_in_their_own_codes(bank: Sample) -> None:
    assert {r["证件类型"] for r in bank.rows("counter")} >= {"101", "102", "103", None}
    assert {r["customer.gender"] for r in bank.rows("mobile")} <= {"M", "F", None, "X", "3", "中"}
    assert {r["cust_class"] for r in bank.rows("account")} == {"P", "C"}
    assert {r["工单类型"] for r in bank.rows("call_centre")} == {"咨询", "投诉"}


def test_judgements_are_right(bank: Sample) -> None:
    judged = bank.ask(
        """SELECT j.verdict, a.entity = b.entity FROM judgement j
        JOIN links a ON a.channel = j.holder_channel AND a.source_id = j.holder_source_id
        JOIN links b ON b.channel = j.other_channel AND b.source_id = j.other_source_id"""
    )
    assert judged
    assert all(same == (verdict != "different") for verdict, same in judged)


def test_husbands_and_wives_live_together(bank: Sample) -> None:
    homes = bank.ask(
        """SELECT a.home_address = b.home_address FROM relation r
        JOIN links x ON x.channel = r.holder_channel AND x.source_id = r.holder_source_id
        JOIN links y ON y.channel = r.other_channel AND y.source_id = r.other_source_id
        JOIN true_individual a ON a.entity = x.entity JOIN true_individual b ON b.entity = y.entity
        WHERE r.relation_type = 'spouse'"""
    )
    assert len(homes) > 30
    assert all(same for (same,) in homes)
