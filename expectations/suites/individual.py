"""Individual: what must hold of a person's row. Nine elements, and that they agree with one another."""

from expectations import predicates as p
from expectations.declared import declared
from expectations.model import Check, Dimension
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["individual"]
RESIDENT = p.is_resident_id("id_type", "id_number")
CITIZENS = f"coalesce({p.is_citizens('id_number')}, TRUE)"
PROVEN = f"coalesce({p.id_is_proven('id_number')}, FALSE)"
CHINA = ("中国", "中华人民共和国", "CHN", "CN", "156")


def suite(fresh_days: int) -> tuple[Check, ...]:
    """The checks of the record."""
    return (
        *declared(RECORD),
        topics.names_somebody(
            RECORD,
            "full_name",
            "id_number",
            "mobile",
            "landline",
            "email",
            "wechat",
            "home_address",
        ),
        *topics.identity(RECORD, "id_number", "id_type"),
        *topics.unexpired(RECORD, "id_expires_on"),
        *topics.contact(RECORD),
        *topics.meaningful(
            RECORD,
            "full_name",
            "occupation",
            "employer",
            "home_address",
            "work_address",
            "id_number",
        ),
        *topics.located(RECORD, "home_address"),
        topics.one_of(RECORD, "sex", "男", "女", "未说明"),
        topics.one_of(RECORD, "credit_grade", "优秀", "良好", "一般", "较差"),
        *topics.card(RECORD, "bank_card"),
        topics.not_negative(RECORD, "annual_income"),
        topics.ordered(RECORD, "registered_on", "updated_on"),
        *topics.fresh(RECORD, fresh_days),
        *_agreements(),
    )


def _agreements() -> tuple[Check, ...]:
    born = p.id_birth_date("id_number")
    sex = p.id_sex("id_number")
    return (
        Check(
            "agrees.birth_date", "individual", "birth_date", Dimension.CONSISTENCY,
            p.where(RESIDENT, f"birth_date = {born}"),
            "birth_date is the one in the identification number.", "出生日期与身份证号码一致。", topics.GB_11643,
        ),
        Check(
            "agrees.sex", "individual", "sex", Dimension.CONSISTENCY,
            p.where(f"{RESIDENT} AND sex IN ('男', '女')", f"sex = {sex}"),
            "sex is the one in the identification number.", "性别与身份证号码一致。", topics.GB_11643,
        ),
        Check(
            "agrees.id_type", "individual", "id_type", Dimension.CONSISTENCY,
            p.where(f"id_type IS NOT NULL AND {PROVEN} AND {CITIZENS}", f"id_type IN {p.listed(p.RESIDENT_TYPES)}"),
            "A number that is a citizen identification number is said to be one.",
            "证件号码为居民身份号码时，证件类型与之一致。", topics.GB_11643,
        ),
        Check(
            "agrees.nationality", "individual", "nationality", Dimension.CONSISTENCY,
            p.where(
                f"id_type IN ('居民身份证', '临时居民身份证', '户口簿') AND {CITIZENS}",
                f"nationality IN {p.listed(CHINA)}",
            ),
            "Who has a resident identity card is a citizen.", "持居民身份证者国籍为中国。",
            "Resident Identity Card Law, article 2.",
        ),
        Check(
            "shaped.full_name", "individual", "full_name", Dimension.CONFORMITY,
            "length(full_name) >= 2 AND NOT regexp_matches(full_name, '[0-9?？*＊]')",
            "full_name has two characters or more, no digits and no lost ones.",
            "姓名至少两个字符，且不含数字、问号、星号。", "GB/T 2261 names; a ? is what a wrong encoding leaves.",
        ),
        Check(
            "plausible.annual_income", "individual", "annual_income", Dimension.ACCURACY,
            "annual_income <= 100000000",
            "annual_income is not above a hundred million.", "年收入不超过一亿元。",
            "Above it the field was most likely filled to its width; raise it where such customers are served.",
        ),
        Check(
            "shared.mobile", "individual", "mobile", Dimension.UNIQUENESS,
            "CASE WHEN mobile IS NOT NULL THEN count(*) OVER (PARTITION BY channel, mobile) <= 5 END",
            "No more than five customers of a channel have one mobile.", "同一渠道使用同一手机号的客户不超过5人。",
            "A family shares one; a clerk's own number stands for many.",
        ),
        Check(
            "lived.birth_date", "individual", "birth_date", Dimension.ACCURACY,
            p.where(p.in_past("birth_date"), "date_part('year', {as_of}) - date_part('year', birth_date) <= 120"),
            "The person would be no older than 120.", "年龄不超过120岁。",
            "The oldest person ever attested reached 122 (1997).",
        ),
        Check(
            "unique.id_number", "individual", "id_number", Dimension.UNIQUENESS,
            f"CASE WHEN {p.is_filled(RECORD.columns['id_number'])} "
            "THEN count(*) OVER (PARTITION BY channel, id_number) = 1 END",
            "The channel knows the document under one key only.", "同一渠道内证件号码不重复。",
            "Two keys for one document are one customer entered twice (REQUIREMENTS A5).",
        ),
    )  # fmt: skip
