"""Defects: what REQUIREMENTS C1 and C2 forbid, each kind of it, and how often it happens."""

import numpy as np

from pipelines.sample import spelling
from pipelines.sample.checksums import resident_id, resident_id_with_wrong_check
from pipelines.sample.faults import (
    DAY,
    MOBILE,
    PROVINCE,
    RESIDENT,
    Cells,
    Fault,
    as_days,
    before,
    cut,
    emptied,
    instead,
    moved,
    negative,
    one_for_many,
    respelt,
)
from pipelines.sample.vector import Ints, Text, iso, joined, number, pc, where
from pipelines.sample.words import regions

NOTHING = ("无", "不详", "同上", "测试", "/", "-", "暂无", "未知")
UNREADABLE = ("0000-00-00", "1990-13-01", "不详", "2001-02-30", "199O-01-01", "未填")
NO_REGION = (160101, 250102, 380101, 990101, 110199, 320199, 330188, 440199)
"""Codes that no region ever had, though some begin with a province."""
UNREAL = ("111111111111111111", "123456789012345678", "000000000000000000")
NOBODY = instead("X000000000")
"""The key of no row."""


def _in_no_region(cells: Cells) -> Text:
    """A region there never was, the check digit right."""
    of = cells.rng.choice(NO_REGION, len(cells))
    return resident_id(of, _digits(cells.said, 6, 14), _digits(cells.said, 14, 17))


def _born_never(cells: Cells) -> Text:
    """A birth date that no calendar has, the check digit right."""
    born = _digits(cells.said, 6, 10) * 10_000 + 1332
    return resident_id(_digits(cells.said, 0, 6), born, _digits(cells.said, 14, 17))


def _born_otherwise(cells: Cells) -> Text:
    return iso(as_days(cells.said) - cells.rng.integers(40, 4000, len(cells)))


def _other_sex(cells: Cells) -> Text:
    return where(pc.equal(cells.said, "男").to_numpy(zero_copy_only=False), "女", "男")


def _other_province(cells: Cells) -> Text:
    """Another province before the prefecture."""
    in_guangdong = pc.starts_with(cells.said, "广东省").to_numpy(zero_copy_only=False)
    return joined(
        where(in_guangdong, "江苏省", "广东省"),
        pc.replace_substring_regex(cells.said, PROVINCE, ""),
    )


def _other_postcode(cells: Cells) -> Text:
    return number(
        regions().postcode[cells.rng.integers(0, len(regions().code), len(cells))] * 100 + 1, 6
    )


def _digits(values: Text, start: int, end: int) -> Ints:
    return np.asarray(pc.cast(pc.utf8_slice_codeunits(values, start, end), "int64").to_numpy())


def _of_numbers(column: str, share: float) -> tuple[Fault, ...]:
    """Resident IDs that cannot be."""
    return (
        Fault(
            "wrong_check_digit",
            column,
            share,
            lambda c: resident_id_with_wrong_check(c.said),
            RESIDENT,
        ),
        Fault("wrong_length", column, share / 2, respelt(spelling.one_character_less), RESIDENT),
        Fault("placeholder", column, share / 3, instead(*UNREAL)),
    )


def _of_addresses(column: str) -> tuple[Fault, ...]:
    return (
        Fault("placeholder", column, 0.003, instead(*NOTHING, "同上")),
        Fault(
            "incomplete",
            column,
            0.003,
            cut("^(.{2,3}?省|.{2,8}?自治区|.{2}市).*$", r"\1"),
            f"{PROVINCE}|^..市",
        ),
        Fault("region_disagrees", column, 0.0015, _other_province, PROVINCE),
    )


def _of_days(column: str) -> tuple[Fault, ...]:
    return (
        Fault("future_date", column, 0.0015, moved(30, 700), DAY),
        Fault("unreadable_date", column, 0.001, instead(*UNREADABLE), needs_text=True),
    )


def _of_validity(column: str) -> tuple[Fault, ...]:
    return (
        Fault("expired", column, 0.008, moved(-2500, -5)),
        Fault("unreadable_date", column, 0.001, instead(*UNREADABLE), needs_text=True),
    )


MOBILES = (
    Fault(
        "placeholder",
        "mobile",
        0.002,
        instead("11111111111", "13800000000", "13800138000", "00000000000"),
    ),
    Fault("wrong_length", "mobile", 0.002, respelt(spelling.one_character_less), MOBILE),
    Fault("impossible_number", "mobile", 0.001, cut(r"^..(\d{9})$", r"12\1"), MOBILE),
)
MAIL = (
    Fault("malformed", "email", 0.004, cut("@", "")),
    Fault("placeholder", "email", 0.002, instead("无", "test@test.com", "123@qq.com", "a@a.com")),
)
POSTCODES = (
    Fault("wrong_length", "postcode", 0.003, respelt(spelling.one_character_less)),
    Fault("placeholder", "postcode", 0.003, instead("000000", "111111")),
)
BOOKKEEPING = (
    *_of_days("registered_on"),
    Fault(
        "before_registration",
        "updated_on",
        0.002,
        moved(-900, -20, "registered_on"),
        beside=("registered_on",),
    ),
    *_of_days("updated_on"),
)
ORGANISATIONS = (
    Fault("wrong_check_digit", "uscc", 0.006, respelt(spelling.other_check_digit)),
    Fault("wrong_length", "uscc", 0.003, respelt(spelling.one_character_less)),
    Fault("placeholder", "uscc", 0.002, instead("无", *UNREAL)),
    Fault("placeholder", "company_name", 0.002, instead("测试", "测试公司", "同上", "无")),
)
PAPERS = (
    *_of_numbers("id_number", 0.004),
    Fault("letter_for_digit", "id_number", 0.001, respelt(spelling.letter_for_digit), RESIDENT),
    Fault("wrong_region", "id_number", 0.002, _in_no_region, RESIDENT),
    Fault("impossible_birth_in_id", "id_number", 0.001, _born_never, RESIDENT),
    Fault("birth_disagrees", "birth_date", 0.004, _born_otherwise, beside=("id_number",)),
    Fault("day_and_month_swapped", "birth_date", 0.002, cut("-(..)-(..)$", r"-\2-\1"),
          beside=("id_number",), needs_text=True),
    Fault("sex_disagrees", "sex", 0.003, _other_sex, beside=("id_number",)),
    Fault("id_type_disagrees", "id_type", 0.001, instead("护照"), beside=("id_number",)),
    Fault("nationality_disagrees", "nationality", 0.001, instead("美国", "韩国"), beside=("id_number",)),
    *_of_validity("id_expires_on"),
)  # fmt: skip
DEFECTS: dict[str, tuple[Fault, ...]] = {
    "individual": (
        *PAPERS,
        Fault("unreadable_date", "birth_date", 0.002, instead(*UNREADABLE), needs_text=True),
        Fault("future_date", "birth_date", 0.001, moved(30, 700)),
        Fault("too_old", "birth_date", 0.0005, instead("1880-01-01", "1800-01-01")),
        Fault(
            "placeholder",
            "full_name",
            0.0015,
            instead("测试", "同上", "客户", "无名氏", "111", "先生", "未知"),
        ),
        Fault("digit_in_name", "full_name", 0.001, respelt(spelling.with_digit)),
        Fault("one_character", "full_name", 0.0007, cut("^(.).*$", r"\1")),
        Fault("lost_character", "full_name", 0.0007, cut("^(.).*$", r"\1?")),
        Fault("unknown_code", "sex", 0.001, instead("X", "3", "中")),
        Fault("placeholder", "occupation", 0.006, instead(*NOTHING)),
        *MOBILES,
        Fault("one_for_many", "mobile", 0.002, one_for_many),
        Fault("placeholder", "landline", 0.002, instead("00000000", "11111111", "无")),
        *MAIL,
        *_of_addresses("home_address"),
        Fault("placeholder", "work_address", 0.002, instead(*NOTHING)),
        *POSTCODES,
        Fault("region_disagrees", "postcode", 0.002, _other_postcode, beside=("home_address",)),
        Fault("negative", "annual_income", 0.001, negative),
        Fault(
            "unreadable_amount",
            "annual_income",
            0.001,
            instead("面议", "不便透露", "3-5"),
            needs_text=True,
        ),
        Fault("implausible", "annual_income", 0.0005, instead("9999999999.00")),
        Fault("wrong_check_digit", "bank_card", 0.003, respelt(spelling.other_check_digit)),
        Fault("wrong_length", "bank_card", 0.001, respelt(spelling.one_character_more)),
        *BOOKKEEPING,
    ),
    "enterprise": (
        *ORGANISATIONS,
        *_of_validity("uscc_expires_on"),
        *_of_addresses("address"),
        Fault("placeholder", "business_scope", 0.003, instead(*NOTHING)),
        Fault("unknown_code", "size", 0.002, instead("X", "9")),
        Fault("negative", "registered_capital", 0.002, negative),
        Fault("placeholder", "legal_representative", 0.003, instead(*NOTHING)),
        *_of_numbers("legal_id_number", 0.004),
        *_of_validity("legal_id_expires_on"),
        *_of_numbers("controller_id_number", 0.004),
        *_of_numbers("contact_id_number", 0.004),
        *MOBILES,
        *MAIL,
        *POSTCODES,
        *BOOKKEEPING,
    ),
    "institution": (
        *ORGANISATIONS,
        *_of_addresses("address"),
        *MOBILES,
        *MAIL,
        *POSTCODES,
        *BOOKKEEPING,
    ),
    "account": (
        Fault(
            "closed_before_opened",
            "closed_on",
            0.03,
            moved(-900, -5, "opened_on"),
            beside=("opened_on",),
        ),
        Fault("closed_without_date", "closed_on", 0.02, emptied, beside=("status",)),
        Fault("negative", "balance", 0.001, negative, "^[1-9]"),
        Fault("unknown_code", "currency", 0.001, instead("RMB", "XXX")),
        Fault("future_date", "opened_on", 0.0005, moved(30, 400)),
        Fault("wrong_check_digit", "card_number", 0.002, respelt(spelling.other_check_digit)),
        Fault("unknown_holder", "holder_source_id", 0.0008, NOBODY),
    ),
    "transaction": (
        Fault("negative", "amount", 0.0005, negative),
        Fault("zero", "amount", 0.0003, instead("0.00")),
        Fault("future_date", "occurred_at", 0.0003, instead("2099-01-01 00:00:00")),
        Fault("unknown_code", "direction", 0.0005, instead("?")),
        Fault("unknown_holder", "holder_source_id", 0.0005, NOBODY),
    ),
    "contract": (
        Fault(
            "ends_before_start",
            "ends_on",
            0.003,
            moved(-400, -5, "starts_on"),
            beside=("starts_on",),
        ),
        Fault("negative", "amount", 0.002, negative),
        Fault("unknown_holder", "holder_source_id", 0.002, NOBODY),
    ),
    "interaction": (
        Fault(
            "answered_before_asked",
            "answered_at",
            0.004,
            before("occurred_at"),
            beside=("occurred_at",),
        ),
        Fault(
            "resolved_before_asked",
            "resolved_at",
            0.003,
            before("occurred_at"),
            beside=("occurred_at",),
        ),
        Fault("out_of_range", "satisfaction", 0.004, instead("9", "0")),
        Fault("missing", "complaint_class", 0.02, emptied),
        Fault("missing", "occurred_at", 0.002, emptied),
        Fault(
            "unreadable_date", "occurred_at", 0.002, instead("昨天下午", "不详"), needs_text=True
        ),
    ),
    "consent": (
        Fault(
            "withdrawn_before_granted",
            "withdrawn_on",
            0.03,
            moved(-900, -5, "granted_on"),
            beside=("granted_on",),
        ),
        Fault("future_date", "granted_on", 0.001, moved(30, 400)),
    ),
    "relation": (Fault("unknown_holder", "other_source_id", 0.003, NOBODY),),
}
"""By record, in the order in which it happens."""
