"""What names an organisation: the unified social credit code, and the numbers it replaced in 2015.

GB 32100-2015 (18 characters, MOD 31, the organisation code inside), GB 11714-1997 (organisation code),
the tax number (division code and organisation code, 15), GS 15-2006 (business licence, 15 digits).
"""

from masking.kinds import Kind
from masking.recognisers import checksum
from masking.recognisers.recogniser import Recogniser, Scores
from masking.recognisers.shapes import DAY, MONTH, NUMBERED, PROVINCE, SEP, YEAR

_CHARACTER = "[0-9A-HJ-NP-RT-UW-Ya-hj-np-rt-uw-y]"

USCC = Recogniser(
    kind=Kind.USCC,
    name="uscc",
    pattern=(
        f"[1-9ANYany]{SEP}[1-59]{SEP}(?:{PROVINCE}|10){SEP}[0-9]{SEP}[0-9]{SEP}[0-9]{SEP}[0-9]{SEP}"
        f"{_CHARACTER}{{4}}{SEP}{_CHARACTER}{{4}}{SEP}{_CHARACTER}{SEP}{_CHARACTER}"
    ),
    context=(
        "信用代码", "统一社会信用代码", "统一代码", "社会信用代码", "信用代码证", "税号", "纳税人识别号", "营业执照",
        "注册号", "机构代码", "执照", "证件号", "uscc", "credit code", "tax id", "taxpayer", "business licence",
        "business license", "registration number",
    ),
    proof=checksum.CREDIT_CODE,
    scores=Scores(proven=0.98, suspect=0.75),
    gate="[0-9]{2}",
    glued=NUMBERED,
    shortest=18,
    chance=0.003,
)  # fmt: skip

ORGANISATION_CODE = Recogniser(
    kind=Kind.USCC,
    name="organisation_code",
    pattern="[0-9A-Z]{8}-?[0-9X]",
    context=(
        "组织机构代码",
        "机构代码",
        "代码证",
        "org code",
        "organisation code",
        "organization code",
    ),
    needs_context=True,
    proof=checksum.ORGANISATION_CODE,
    scores=Scores(proven=0.9, suspect=0.65),
    glued=NUMBERED,
    shortest=9,
    chance=0.1,
    gate="[0-9]",
)

TAX_NUMBER = Recogniser(
    kind=Kind.USCC,
    name="tax_number",
    pattern=f"{PROVINCE}[0-9]{{4}}[0-9A-Z]{{8}}-?[0-9X]",
    context=(
        "税号",
        "税务登记",
        "国税",
        "地税",
        "纳税人识别号",
        "纳税识别号",
        "tax number",
        "tax id",
        "taxpayer",
    ),
    needs_context=True,
    proof=checksum.TAX_NUMBER,
    scores=Scores(proven=0.9, suspect=0.65),
    glued=NUMBERED,
    shortest=15,
    chance=0.1,
)

TAX_NUMBER_OWN = Recogniser(
    kind=Kind.RESIDENT_ID,
    name="tax_number_own",
    pattern=f"{PROVINCE}[0-9]{{4}}{YEAR}{MONTH}{DAY}[0-9]{{3}}[0-9Xx][0-9]{{2}}",
    context=TAX_NUMBER.context,
    needs_context=True,
    proof=checksum.RESIDENT,
    scores=Scores(proven=0.95, suspect=0.75),
    glued=NUMBERED,
    shortest=20,
)
"""The tax number of somebody in business for himself: his identity number and two digits more."""

BUSINESS_LICENCE = Recogniser(
    kind=Kind.USCC,
    name="business_licence",
    pattern=f"{PROVINCE}[0-9]{{13}}|1000[0-9]{{11}}",
    context=(
        "执照", "工商注册号", "注册号", "工商登记号", "reg no", "business licence",
        "business license", "registration number",
    ),
    needs_context=True,
    proof=checksum.REGISTRATION,
    scores=Scores(proven=0.9, suspect=0.7),
    glued=NUMBERED,
    shortest=15,
    chance=0.1,
)  # fmt: skip

BUSINESS_LICENCE_13 = Recogniser(
    kind=Kind.USCC,
    name="business_licence_13",
    pattern="[1-9][0-9]{12}",
    context=BUSINESS_LICENCE.context,
    needs_context=True,
    scores=Scores(context=0.8),
    glued=NUMBERED,
    shortest=13,
)
"""Thirteen digits until 2007, without a check digit."""
