"""Landlines: area code, number and extension (MIIT numbering plan), 400 and 800 numbers, HK, MO, TW."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores
from masking.recognisers.shapes import DIALLED_ABROAD, NORTH_AMERICAN, SEP, either

CONTEXT = (
    "电话", "固话", "座机", "固定电话", "联系电话", "办公电话", "宅电", "家庭电话", "单位电话", "传真", "热线", "客服",
    "总机", "分机", "转", "区号", "tel", "telephone", "phone", "fax", "landline", "office", "hotline",
)  # fmt: skip

_EXTENSION = "(?:[ ]?(?:-|转|分机|[Ee]xt[.]?|[xX#*])[ :]?[0-9]{1,6})?"
_NUMBER8 = f"[2-8][0-9]{{3}}{SEP}[0-9]{{4}}"
_NUMBER7 = f"[2-8][0-9]{{2}}{SEP}[0-9]{{4}}"
_AREA3 = "(?:10|2[0-57-9])"
_AREA4 = "(?:3[1-9][0-9]|4[1-7][0-9]|5[1-9][0-9]|6[3-9][0-9]|7[0-9][0-9]|8[1-9][0-9]|9[0-9][0-9])"
_INLAND = either(
    f"{_AREA3}[)]?{SEP}[1-9][0-9]{{3}}{SEP}[0-9]{{4}}",
    f"{_AREA4}[)]?{SEP}[1-9][0-9]{{2,3}}{SEP}[0-9]{{3,4}}",
)


def _code(country: int) -> str:
    return f"(?:(?:[+]|00)[(]?{country}[)]?{SEP}|[(]?{country}[)]?[ -])"


LANDLINE = Recogniser(
    kind=Kind.LANDLINE,
    name="landline",
    pattern=either(
        f"[(]?0{_INLAND}{_EXTENSION}",
        f"(?:[+]|00)86{SEP}168[0-9]{SEP}[0-9]{{4}}",
        f"(?:(?:[+]|00)[(]?86[)]?|[(][+]86[)]|86-){SEP}[(]?0?[)]?{SEP}{_INLAND}{_EXTENSION}",
    ),
    context=CONTEXT,
    scores=Scores(shape=0.65, context=0.9),
    edges=Edges(before="0-9A-Za-z+-", after="0-9A-Za-z-"),
    separators=" -()",
    gate="[0-9]{2}",
    shortest=10,
    alike="[0-9]{10,12}",
    chance=0.1,
)

SERVICE_NUMBER = Recogniser(
    kind=Kind.LANDLINE,
    name="service_number",
    pattern=(
        f"(?:(?:[+]|00)86{SEP})?[48]00"
        "(?:-?[0-9]{3}-?[0-9]{4}|[ -][0-9]{4}[ -][0-9]{3}|[ ][0-9]{3}[ ][0-9]{4})"
    ),
    context=(*CONTEXT, "400", "800"),
    scores=Scores(shape=0.6, context=0.85),
    shortest=10,
    gate="[48]00",
    alike="[0-9]{10}",
    chance=0.01,
)

LANDLINE_ABROAD = Recogniser(
    kind=Kind.LANDLINE,
    name="landline_hkmotw",
    pattern=either(
        f"{_code(852)}(?:[237][0-9]{{3}}{SEP}[0-9]{{4}}|800{SEP}[0-9]{{3}}{SEP}[0-9]{{3}}"
        f"|900{SEP}[0-9]{{2}}{SEP}[0-9]{{3}}{SEP}[0-9]{{3}})",
        f"{_code(853)}(?:28[0-9]{{2}}{SEP}[0-9]{{4}}|0800{SEP}[0-9]{{3}})",
        f"{_code(886)}[(]?0?(?:2[)]?{SEP}[2-8][0-9]{{3}}|[3-8][)]?{SEP}[0-9]{{3,4}}){SEP}[0-9]{{4}}",
        f"{_code(886)}(?:0?(?:80|20|50){SEP}[0-9]{{3}}|0?70{SEP}[0-9]{{4}}){SEP}[0-9]{{4}}",
        "[(]0[2-8][)][ -]?[0-9]{3,4}-[0-9]{4}",
    ),
    context=CONTEXT,
    scores=Scores(shape=0.7, context=0.9),
    edges=Edges(before="0-9A-Za-z+"),
    shortest=11,
    gate="[0-9]{2}",
)

PHONE_ABROAD = Recogniser(
    kind=Kind.LANDLINE,
    name="phone_abroad",
    pattern=either(
        "(?:(?:[+]|00)?1[ .-]?)?[(][2-9][0-9]{2}[)][ .-]?[2-9][0-9]{2}[ .-]?[0-9]{4}",
        "(?:[+]|00)1[ .-]?[2-9][0-9]{2}[ .-]?[2-9][0-9]{2}[ .-]?[0-9]{4}",
        "[+](?:[2-79][0-9]{0,2}|8[124]|85[56]|880)(?:[ -]?[(]?[0-9]{1,4}[)]?){1,2}"
        "(?:(?:[ -]?[0-9]{3,4}){2,3}|(?:[ -]?[0-9]{2}){4,5})",
    ),
    context=CONTEXT,
    scores=Scores(shape=0.6, context=0.8),
    edges=Edges(before="0-9A-Za-z+"),
    separators=" .-()",
    shortest=9,
    gate="[0-9]{2}",
)
"""North America's (312) 555-0001, and with a plus sign any country's (E.164, E.123); those of China are said apart."""

PHONE_ABROAD_LOCAL = Recogniser(
    kind=Kind.LANDLINE,
    name="phone_abroad_local",
    pattern=NORTH_AMERICAN,
    context=CONTEXT,
    needs_context=True,
    scores=Scores(context=0.7),
    shortest=10,
    cell=DIALLED_ABROAD,
)

LANDLINE_LOCAL = Recogniser(
    kind=Kind.LANDLINE,
    name="landline_local",
    pattern=f"(?:{_NUMBER8}|{_NUMBER7}){_EXTENSION}",
    context=("固话", "座机", "固定电话", "办公电话", "宅电", "家庭电话", "单位电话", "联系电话", "电话", "传真",
             "tel", "telephone", "phone", "fax", "landline", "hotline"),
    needs_context=True,
    scores=Scores(context=0.7),
    shortest=7,
)  # fmt: skip
