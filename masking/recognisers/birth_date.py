"""Dates of birth: a date (GB/T 7408, Chinese, Western) that a word says is one; ages likewise."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores
from masking.recognisers.shapes import either

_YEAR = "(?:18|19|20)[0-9]{2}"
_M = "(?:0?[1-9]|1[0-2])"
_D = "(?:3[01]|[12][0-9]|0?[1-9])"
_HAN = "[一二三四五六七八九十〇零○]"
_NAMES = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|"
    "Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)

DATE = either(
    f"{_YEAR}[ ]?年[ ]?{_M}[ ]?月(?:[ ]?{_D}[ ]?[日号]?)?",
    f"{_YEAR}[-/.]{_M}[-/.]{_D}",
    f"{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])",
    f"{_D}[-/.]{_M}[-/.]{_YEAR}",
    f"{_M}/{_D}/{_YEAR}",
    f"{_HAN}{{4}}年{_HAN}{{1,3}}月(?:{_HAN}{{1,3}}[日号]?)?",
    f"[0-9]{{2}}年[ ]?{_M}月(?:{_D}[日号]?)?",
    f"{_NAMES}[.]?[ ]{_D}(?:st|nd|rd|th)?,?[ ]{_YEAR}",
    f"{_D}(?:st|nd|rd|th)?[ -]{_NAMES}[.,]?[ -]{_YEAR}",
    f"{_YEAR}[ ]?年(?:生|出生)?",
)

BIRTH_DATE = Recogniser(
    kind=Kind.BIRTH_DATE,
    name="birth_date",
    pattern=DATE,
    context=(
        "出生", "生日", "出生日期", "出生年月", "生于", "生辰", "诞辰", "birth", "birthday", "born",
        "dob", "date of birth", "birthdate",
    ),
    needs_context=True,
    scores=Scores(context=0.85),
    edges=Edges(before="0-9A-Za-z", after="0-9A-Za-z", decimal=True),
    against=(),
    separators="",
    gate="[0-9年]",
    shortest=5,
)  # fmt: skip

BIRTH_DATE_BORN = Recogniser(
    kind=Kind.BIRTH_DATE,
    name="birth_date_born",
    pattern=f"({DATE})[ ]?生",
    scores=Scores(shape=0.85, context=0.85),
    edges=Edges(after="产效成活意动态命存涯物理机化长育变发病鲜前字硬疏", decimal=True),
    against=(),
    separators="",
    gate="生",
    cell=DATE,
    shortest=5,
)
"""As in 1990-01-01生, where a word ends with 生; 生效 and 生产 are other words."""

_YEARS = "(?:1[01][0-9]|[1-9]?[0-9])"

AGE = Recogniser(
    kind=Kind.AGE,
    name="age",
    pattern=f"(?:年龄|年纪|[Aa]ged?)[ :是为]{{0,3}}({_YEARS})",
    scores=Scores(shape=0.8, context=0.8),
    edges=Edges(before="A-Za-z", after="0-9"),
    against=(),
    separators="",
    gate="[0-9]",
    cell=_YEARS,
)

AGE_SPOKEN = Recogniser(
    kind=Kind.AGE,
    name="age_spoken",
    pattern=f"{_YEARS}[ ]?(?:周岁|岁|years? old)",
    scores=Scores(shape=0.8, context=0.8),
    edges=Edges(before="0-9", after=""),
    against=(),
    separators="",
    gate="[0-9]",
    shortest=2,
)
