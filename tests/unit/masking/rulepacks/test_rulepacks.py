"""Rule packs: every kind has a label in every standard, with its source, and co-occurrence lifts."""

from pathlib import Path

import pytest

from masking.kinds import Kind
from masking.rulepacks import RulePack, difference, labels, lifted, rule_pack, rule_packs
from masking.rulepacks.pack import FOLDER
from pipelines.core.errors import ConfigError
from pipelines.core.yaml import load

PACKS = rule_packs()


def test_the_standards_are_there() -> None:
    assert set(PACKS) == {
        "six_categories", "general_sensitive", "insurer_three", "jrt_0171_2020", "jrt_0197_2020",
        "gbt_35273_2020", "gbt_45574_2025",
    }  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_labelled_in_every_pack_with_a_source(kind: Kind) -> None:
    assert set(labels(kind)) == set(PACKS)
    assert all(pack.line(kind).source for pack in PACKS.values())


READINGS = [
    (Kind.RESIDENT_ID, "jrt_0171_2020", "C2"),
    (Kind.PASSWORD, "jrt_0171_2020", "C3"),
    (Kind.PASSWORD, "jrt_0197_2020", "4"),
    (Kind.RESIDENT_ID, "gbt_35273_2020", "identity"),
    (Kind.RESIDENT_ID, "gbt_45574_2025", "general"),
    (Kind.PHOTO, "gbt_45574_2025", "other"),
    (Kind.HEALTH, "insurer_three", "health"),
    (Kind.INCOME, "six_categories", "property"),
    (Kind.PLAIN, "general_sensitive", "none"),
]


@pytest.mark.parametrize(("kind", "pack", "label"), READINGS)
def test_a_kind_is_called_what_the_standard_calls_it(kind: Kind, pack: str, label: str) -> None:
    assert labels(kind)[pack] == label


def test_a_general_kind_beside_a_sensitive_one_is_sensitive_and_says_why() -> None:
    change = lifted([Kind.PERSON_NAME, Kind.MOBILE, Kind.PLAIN])["general_sensitive"][
        Kind.PERSON_NAME
    ]
    assert (change.before, change.label, change.because) == ("general", "sensitive", (Kind.MOBILE,))
    assert "同一介质" in change.source


def test_what_is_alone_is_not_lifted() -> None:
    assert lifted([Kind.PERSON_NAME, Kind.SEX, Kind.PLAIN]) == {}


def test_a_code_beside_an_account_authenticates() -> None:
    together = lifted([Kind.OTP, Kind.BANK_CARD])
    assert together["jrt_0171_2020"][Kind.OTP].label == "C3"
    assert together["jrt_0197_2020"][Kind.OTP].label == "4"
    assert "jrt_0171_2020" not in lifted([Kind.OTP, Kind.EMAIL])


def test_the_difference_of_two_packs_names_the_columns_that_change() -> None:
    held = {"client": {"id": Kind.RESIDENT_ID, "mail": Kind.EMAIL}, "note": {"said": Kind.PLAIN}}
    (change,) = difference(PACKS["gbt_35273_2020"], PACKS["gbt_45574_2025"], held)
    assert (change.table, change.column, change.kind) == ("client", "id", Kind.RESIDENT_ID)
    assert (change.before, change.after) == ("identity", "general")
    assert "不再列举" in change.source
    assert difference(PACKS["six_categories"], PACKS["six_categories"], held) == []


def test_another_version_changes_what_stands_beside_as_well() -> None:
    pack = PACKS["general_sensitive"]
    without = pack.model_copy(update={"version": "0", "lifts": []})
    alone = {"sexes": {"sex": Kind.SEX}}
    together = {"client": {"sex": Kind.SEX, "mobile": Kind.MOBILE}}
    (change,) = difference(without, pack, alone | together)
    assert (change.table, change.column, change.before, change.after) == (
        "client", "sex", "general", "sensitive",
    )  # fmt: skip
    assert "并存" in change.source


def test_a_pack_is_named_or_in_a_file(tmp_path: Path) -> None:
    assert rule_pack("six_categories") is PACKS["six_categories"]
    copy = tmp_path / "older.yaml"
    copy.write_bytes((FOLDER / "six_categories.yaml").read_bytes())
    assert rule_pack(str(copy)) == PACKS["six_categories"]
    with pytest.raises(ConfigError, match="no rule pack 'nine'"):
        rule_pack("nine")


FAULTS = [
    (
        "labels: {a: A}\nlines:\n- {label: a, kinds: [plain], source: s, basis: text}\n",
        "not labelled: address",
    ),
    (
        "labels: {a: A}\nlines:\n- {label: b, kinds: [plain, plain], source: s, basis: text}\n",
        "labelled more than once: plain",
    ),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_a_pack_that_forgets_a_kind_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        f"name: x\nversion: '1'\ntitle_en: x\ntitle_zh: x\nstandard: x\n{text}", encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=said):
        load(path, RulePack)
