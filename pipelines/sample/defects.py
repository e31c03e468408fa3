"""Defects: what REQUIREMENTS C1 and C2 forbid, each kind of it, and how often it happens."""

import numpy as np

from pipelines.sample import spelling
from pipelines.sample.checksums import resident_id, resident_id_with_wrong_check
from pipelines.sample.faults import (
    DAY,
    PROVINCE,
    RESIDENT,
    Cells,
    Change,
    Changed,
    Fault,
    as_days,
    before_that,
    emptied,
    matching,
    moved,
    negative,
    respelt,
    said,
)
from pipelines.sample.vector import Ints, Text, constant, iso, joined, number, pc, where
from pipelines.sample.words import regions

NOTHING = ("无", "不详", "同上", "测试", "/", "-", "暂无", "未知")
UNREADABLE = ("0000-00-00", "1990-13-01", "不详", "2001-02-30", "199O-01-01", "未填")


def _id_region(cells: Cells) -> Changed:
    """A region there never was, the check digit right."""
    old = cells.columns["id_number"]
    born = _int(pc.utf8_slice_codeunits(old, 6, 14))
    return {"id_number": resident_id(cells.rng.choice([160101, 250102, 380101, 470103, 560101, 990101], len(cells)),
                                     born, _int(pc.utf8_slice_codeunits(old, 14, 17)))}  # fmt: skip


def _id_birth(cells: Cells) -> Changed:
    """A birth date that no calendar has, the check digit right."""
    old = cells.columns["id_number"]
    year = _int(pc.utf8_slice_codeunits(old, 6, 10))
    return {"id_number": resident_id(_int(pc.utf8_slice_codeunits(old, 0, 6)), year * 10_000 + 1332,
                                     _int(pc.utf8_slice_codeunits(old, 14, 17)))}  # fmt: skip


def _other_birth(cells: Cells) -> Changed:
    born = as_days(cells.columns["birth_date"])
    away = cells.rng.integers(40, 4000, len(cells))
    return {"birth_date": iso(born - away)}


def _swapped(cells: Cells) -> Changed:
    return {
        "birth_date": pc.replace_substring_regex(
            cells.columns["birth_date"], r"^(\d+)-(\d+)-(\d+)$", r"\1-\3-\2"
        )
    }


def _other_sex(cells: Cells) -> Changed:
    return {
        "sex": where(
            pc.equal(cells.columns["sex"], "男").to_numpy(zero_copy_only=False), "女", "男"
        )
    }


def _other_province(column: str) -> Change:
    """Another province before the prefecture."""

    def change(cells: Cells) -> Changed:
        address = cells.columns[column]
        is_guangdong = pc.starts_with(address, "广东省").to_numpy(zero_copy_only=False)
        rest = pc.replace_substring_regex(address, PROVINCE, "")
        return {column: joined(where(is_guangdong, "江苏省", "广东省"), rest)}

    return change


def _province_only(column: str) -> Change:
    return lambda cells: {
        column: pc.replace_substring_regex(
            cells.columns[column], "^(.{2,3}?省|.{2,8}?自治区|.{2}市).*$", r"\1"
        )
    }


def _one_for_many(cells: Cells) -> Changed:
    """A clerk's own number for everybody who did not want to give one."""
    return {
        "mobile": constant(cells.columns["mobile"][0].as_py(), len(cells))
        if len(cells)
        else cells.columns["mobile"]
    }


def _other_postcode(cells: Cells) -> Changed:
    drawn = regions().postcode[cells.rng.integers(0, len(regions().code), len(cells))]
    return {"postcode": number(drawn * 100 + 1, 6)}


def _int(values: Text) -> Ints:
    return np.asarray(pc.cast(values, "int64").to_numpy())


def _numbers(column: str, share: float) -> tuple[Fault, ...]:
    """Resident IDs that cannot be."""
    resident = matching(column, RESIDENT)
    return (
        Fault("wrong_check_digit", (column,), share, lambda c: {column: resident_id_with_wrong_check(c.columns[column])}, resident),
        Fault("wrong_length", (column,), share / 2, respelt(column, spelling.one_character_less), resident),
        Fault("placeholder", (column,), share / 3, said(column, "111111111111111111", "123456789012345678", "000000000000000000")),
    )  # fmt: skip


def _addresses(column: str) -> tuple[Fault, ...]:
    return (
        Fault("placeholder", (column,), 0.003, said(column, *NOTHING, "同上")),
        Fault(
            "incomplete",
            (column,),
            0.003,
            _province_only(column),
            matching(column, "省|自治区|^..市"),
        ),
        Fault(
            "region_disagrees",
            (column,),
            0.0015,
            _other_province(column),
            matching(column, "^..?.?省|自治区"),
        ),
    )


def _days(column: str, name: str = "future_date") -> tuple[Fault, ...]:
    return (
        Fault(name, (column,), 0.0015, moved(column, 30, 700), matching(column, DAY)),
        Fault("unreadable_date", (column,), 0.001, said(column, *UNREADABLE), needs_text=True),
    )


PHONES = (
    Fault("placeholder", ("mobile",), 0.002, said("mobile", "11111111111", "13800000000", "13800138000", "00000000000")),
    Fault("wrong_length", ("mobile",), 0.002, respelt("mobile", spelling.one_character_less), matching("mobile", r"^\d{11}$")),
    Fault("impossible_number", ("mobile",), 0.001, lambda c: {"mobile": joined("12", pc.utf8_slice_codeunits(c.columns["mobile"], 2, 11))}, matching("mobile", r"^\d{11}$")),
)  # fmt: skip
MAIL = (
    Fault(
        "malformed",
        ("email",),
        0.004,
        lambda c: {"email": pc.replace_substring(c.columns["email"], "@", "")},
    ),
    Fault(
        "placeholder",
        ("email",),
        0.002,
        said("email", "无", "test@test.com", "123@qq.com", "a@a.com"),
    ),
)
POSTCODES = (
    Fault("wrong_length", ("postcode",), 0.003, respelt("postcode", spelling.one_character_less)),
    Fault("placeholder", ("postcode",), 0.003, said("postcode", "000000", "111111")),
)
KEPT = (
    *_days("registered_on"),
    Fault("before_registration", ("updated_on", "registered_on"), 0.002, moved("updated_on", -900, -20, "registered_on"), matching("registered_on", DAY)),
    *_days("updated_on"),
)  # fmt: skip
COMPANY_CODES = (
    Fault("wrong_check_digit", ("uscc",), 0.006, respelt("uscc", spelling.other_check_digit)),
    Fault("wrong_length", ("uscc",), 0.003, respelt("uscc", spelling.one_character_less)),
    Fault(
        "placeholder",
        ("uscc",),
        0.002,
        said("uscc", "111111111111111111", "无", "000000000000000000"),
    ),
    Fault(
        "placeholder",
        ("company_name",),
        0.002,
        said("company_name", "测试", "测试公司", "同上", "无"),
    ),
)


def _expired(column: str) -> tuple[Fault, ...]:
    return (
        Fault("expired", (column,), 0.008, moved(column, -2500, -5)),
        Fault("unreadable_date", (column,), 0.001, said(column, *UNREADABLE), needs_text=True),
    )


DEFECTS: dict[str, tuple[Fault, ...]] = {
    "individual": (
        *_numbers("id_number", 0.004),
        Fault("letter_for_digit", ("id_number",), 0.001, respelt("id_number", spelling.letter_for_digit), matching("id_number", RESIDENT)),
        Fault("wrong_region", ("id_number",), 0.002, _id_region, matching("id_number", RESIDENT)),
        Fault("impossible_birth_in_id", ("id_number",), 0.001, _id_birth, matching("id_number", RESIDENT)),
        Fault("birth_disagrees", ("birth_date", "id_number"), 0.004, _other_birth, matching("id_number", RESIDENT)),
        Fault("day_and_month_swapped", ("birth_date", "id_number"), 0.002, _swapped, matching("birth_date", DAY), needs_text=True),
        Fault("sex_disagrees", ("sex", "id_number"), 0.003, _other_sex, matching("id_number", RESIDENT)),
        Fault("id_type_disagrees", ("id_type", "id_number"), 0.001, said("id_type", "护照"), matching("id_number", RESIDENT)),
        Fault("nationality_disagrees", ("nationality", "id_number"), 0.001, said("nationality", "美国", "韩国"), matching("id_number", RESIDENT)),
        *_expired("id_expires_on"),
        Fault("unreadable_date", ("birth_date",), 0.002, said("birth_date", *UNREADABLE), needs_text=True),
        Fault("future_date", ("birth_date",), 0.001, moved("birth_date", 30, 700)),
        Fault("too_old", ("birth_date",), 0.0005, said("birth_date", "1880-01-01", "1800-01-01")),
        Fault("placeholder", ("full_name",), 0.0015, said("full_name", "测试", "同上", "客户", "无名氏", "111", "先生", "未知")),
        Fault("digit_in_name", ("full_name",), 0.001, lambda c: {"full_name": joined(pc.utf8_slice_codeunits(c.columns["full_name"], 0, 2), "1")}),
        Fault("one_character", ("full_name",), 0.0007, lambda c: {"full_name": pc.utf8_slice_codeunits(c.columns["full_name"], 0, 1)}),
        Fault("lost_character", ("full_name",), 0.0007, lambda c: {"full_name": joined(pc.utf8_slice_codeunits(c.columns["full_name"], 0, 1), "?")}),
        Fault("unknown_code", ("sex",), 0.001, said("sex", "X", "3", "中")),
        Fault("placeholder", ("occupation",), 0.006, said("occupation", *NOTHING)),
        *PHONES,
        Fault("one_for_many", ("mobile",), 0.002, _one_for_many),
        Fault("placeholder", ("landline",), 0.002, said("landline", "00000000", "11111111", "无")),
        *MAIL, *_addresses("home_address"),
        Fault("placeholder", ("work_address",), 0.002, said("work_address", *NOTHING)),
        *POSTCODES,
        Fault("region_disagrees", ("postcode", "home_address"), 0.002, _other_postcode),
        Fault("negative", ("annual_income",), 0.001, negative("annual_income")),
        Fault("unreadable_amount", ("annual_income",), 0.001, said("annual_income", "面议", "不便透露", "3-5"), needs_text=True),
        Fault("implausible", ("annual_income",), 0.0005, said("annual_income", "9999999999.00")),
        Fault("wrong_check_digit", ("bank_card",), 0.003, respelt("bank_card", spelling.other_check_digit)),
        Fault("wrong_length", ("bank_card",), 0.001, respelt("bank_card", spelling.one_character_more)),
        *KEPT,
    ),
    "enterprise": (
        *COMPANY_CODES, *_expired("uscc_expires_on"), *_addresses("address"),
        Fault("placeholder", ("business_scope",), 0.003, said("business_scope", *NOTHING)),
        Fault("unknown_code", ("size",), 0.002, said("size", "X", "9")),
        Fault("negative", ("registered_capital",), 0.002, negative("registered_capital")),
        Fault("placeholder", ("legal_representative",), 0.003, said("legal_representative", *NOTHING)),
        *_numbers("legal_id_number", 0.004), *_expired("legal_id_expires_on"),
        *_numbers("controller_id_number", 0.004), *_numbers("contact_id_number", 0.004),
        *PHONES, *MAIL, *POSTCODES, *KEPT,
    ),
    "institution": (*COMPANY_CODES, *_addresses("address"), *PHONES, *MAIL, *POSTCODES, *KEPT),
    "account": (
        Fault("closed_before_opened", ("closed_on", "opened_on"), 0.03, moved("closed_on", -900, -5, "opened_on")),
        Fault("closed_without_date", ("closed_on", "status"), 0.02, emptied("closed_on")),
        Fault("negative", ("balance",), 0.001, negative("balance"), matching("balance", "^[1-9]")),
        Fault("unknown_code", ("currency",), 0.001, said("currency", "RMB", "XXX")),
        Fault("future_date", ("opened_on",), 0.0005, moved("opened_on", 30, 400)),
        Fault("wrong_check_digit", ("card_number",), 0.002, respelt("card_number", spelling.other_check_digit)),
        Fault("unknown_holder", ("holder_source_id",), 0.0008, said("holder_source_id", "X000000000")),
    ),
    "transaction": (
        Fault("negative", ("amount",), 0.0005, negative("amount")),
        Fault("zero", ("amount",), 0.0003, said("amount", "0.00")),
        Fault("future_date", ("occurred_at",), 0.0003, said("occurred_at", "2099-01-01 00:00:00")),
        Fault("unknown_code", ("direction",), 0.0005, said("direction", "?")),
        Fault("unknown_holder", ("holder_source_id",), 0.0005, said("holder_source_id", "X000000000")),
    ),
    "contract": (
        Fault("ends_before_start", ("ends_on", "starts_on"), 0.003, moved("ends_on", -400, -5, "starts_on")),
        Fault("negative", ("amount",), 0.002, negative("amount")),
        Fault("unknown_holder", ("holder_source_id",), 0.002, said("holder_source_id", "X000000000")),
    ),
    "interaction": (
        Fault("answered_before_asked", ("answered_at", "occurred_at"), 0.004, before_that("answered_at", "occurred_at")),
        Fault("resolved_before_asked", ("resolved_at", "occurred_at"), 0.003, before_that("resolved_at", "occurred_at")),
        Fault("out_of_range", ("satisfaction",), 0.004, said("satisfaction", "9", "0")),
        Fault("missing", ("complaint_class",), 0.02, emptied("complaint_class")),
        Fault("missing", ("occurred_at",), 0.002, emptied("occurred_at")),
        Fault("unreadable_date", ("occurred_at",), 0.002, said("occurred_at", "昨天下午", "不详"), needs_text=True),
    ),
    "consent": (
        Fault("withdrawn_before_granted", ("withdrawn_on", "granted_on"), 0.03, moved("withdrawn_on", -900, -5, "granted_on")),
        Fault("future_date", ("granted_on",), 0.001, moved("granted_on", 30, 400)),
    ),
    "relation": (
        Fault("unknown_holder", ("other_source_id",), 0.003, said("other_source_id", "X000000000")),
    ),
}  # fmt: skip
"""By record, in the order in which it happens."""
