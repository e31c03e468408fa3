"""The ways of hiding, by the names a pack's tiers use. One file each, both renderings in it."""

from masking.rules.address import Address
from masking.rules.age import Age
from masking.rules.amount import Amount
from masking.rules.calendar import Calendar
from masking.rules.clear import Clear
from masking.rules.email import Email
from masking.rules.free_text import FreeText
from masking.rules.hide import Hide
from masking.rules.keep import Keep
from masking.rules.listed import OTHER, Listed
from masking.rules.name import Name
from masking.rules.part import Part
from masking.rules.period import Period
from masking.rules.render import render
from masking.rules.rule import Rule, prepared_column
from masking.rules.shaped import Shaped
from masking.rules.step import Step
from masking.rules.token import Key, Token
from masking.rules.withhold import Withhold

_GRADES = """
    优秀 良好 一般 较差 优 良 中 差 正常 关注 次级 可疑 损失 低 中低 中高 高
    AAA AA A BBB BB B CCC CC C D E R1 R2 R3 R4 R5 C1 C2 C3 C4 C5
"""
"""Grades that many customers share, so that one tells little: of credit, of loans, of risk and of tolerance."""

RULES: dict[str, Rule] = {
    r.name: r
    for r in (
        Clear("clear"), Withhold("withhold"), Listed("listed"), Shaped("shaped"),
        Name("name"), Email("email"),
        Keep("keep_6_4", 6, 4), Keep("keep_3_4", 3, 4), Keep("keep_2_2", 2, 2), Keep("keep_2_1", 2, 1),
        Keep("keep_1_3", 1, 3), Keep("keep_0_4", 0, 4), Hide("hide_last_6", 6, from_end=True),
        Address("road", "road"), Address("district", "district"), Address("city", "city"),
        Period("year", 1), Period("five_years", 5), Period("decade", 10), Age("age_5", 5), Age("age_10", 10),
        Calendar("to_day", "day"), Calendar("to_month", "month"),
        Calendar("to_quarter", "quarter"), Calendar("to_year", "year"),
        Part("first_3", 3, numbers=True), Part("first_2", 2, numbers=True),
        Amount("one_digit"), Amount("magnitude", digit=False),
        Step("grade", 50, tuple(_GRADES.split()), digits=4),
        Token("token"), Token("recipient_token", recipient="partner"),
        FreeText("labelled"), FreeText("spans"),
    )
}  # fmt: skip
"""Every way of hiding a tier may name."""

__all__ = [
    "OTHER",
    "RULES",
    "FreeText",
    "Key",
    "Listed",
    "Rule",
    "Token",
    "prepared_column",
    "quoted",
    "render",
]
