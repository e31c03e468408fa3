"""Individual: what must hold of a person's row. Nine elements, and that they agree with one another."""

from expectations import predicates as p
from expectations.declared import declared
from expectations.model import Check, Dimension
from expectations.suites import topics
from warehouse.tables import RECORDS

RECORD = RECORDS["individual"]
RESIDENT = p.is_resident_id("id_type", "id_number")


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
        topics.one_of(RECORD, "sex", "男", "女", "未说明"),
        topics.one_of(RECORD, "credit_grade", "优秀", "良好", "一般", "较差"),
        topics.card(RECORD, "bank_card"),
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
            "lived.birth_date", "individual", "birth_date", Dimension.ACCURACY,
            "date_part('year', {as_of}) - date_part('year', birth_date) <= 120",
            "The person would be no older than 120.", "年龄不超过120岁。",
            "The oldest person ever attested reached 122 (1997).",
        ),
        Check(
            "unique.id_number", "individual", "id_number", Dimension.UNIQUENESS,
            "CASE WHEN id_number IS NOT NULL THEN count(*) OVER (PARTITION BY channel, id_number) = 1 END",
            "The channel knows the document under one key only.", "同一渠道内证件号码不重复。",
            "Two keys for one document are one customer entered twice (REQUIREMENTS A5).",
        ),
    )  # fmt: skip
