"""Vehicle plates: GA 36-2018, new energy included; embassies, HK and Macao cars, police, coaches, army."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores
from masking.recognisers.shapes import either, placed

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_LETTER = "[A-HJ-NP-Za-hj-np-z]"
_DOT = "[ ·•・.-]?"
_NEW_ENERGY = either("[A-HJKa-hjk][A-HJ-NP-Za-hj-np-z0-9][0-9]{4}", "[0-9]{5}[A-HJKa-hjk]")
CONTEXT = (
    "车牌",
    "车牌号",
    "车牌号码",
    "牌照",
    "号牌",
    "车辆",
    "军车",
    "plate",
    "licence plate",
    "license plate",
)

PLATE = Recogniser(
    kind=Kind.PLATE,
    name="plate",
    pattern=either(
        f"{_PROVINCE}[A-Za-z]{_DOT}{_NEW_ENERGY}",
        f"{_PROVINCE}[A-Za-z]{_DOT}{placed(5, 2, _LETTER)}",
        f"{_PROVINCE}[A-Za-z]{_DOT}{placed(4, 1, _LETTER)}[挂学警港澳试超使领]",
        f"[使领]{_DOT}[0-9]{{3}}{_DOT}[0-9]{{3}}",
        f"[0-9]{{3}}{_DOT}[0-9]{{3}}[使领]",
        f"{_PROVINCE}{_DOT}[0-9]{{6}}[使领]?",
        f"[Ww][Jj]{_DOT}{_PROVINCE}{_DOT}[0-9]{{4}}[0-9XBTSHJDxbtshjd]",
    ),
    context=CONTEXT,
    scores=Scores(shape=0.85, context=0.95),
    edges=Edges(before="", after="0-9A-Za-z", decimal=True),
    against=(),
    separators=" ·•・.-",
    gate="[0-9]",
    shortest=7,
)

PLATE_MILITARY = Recogniser(
    kind=Kind.PLATE,
    name="plate_military",
    pattern=f"[A-Z]{{2}}{_DOT}[0-9]{{5}}|[军海空北沈兰济南广成][A-Z]{_DOT}[0-9]{{5}}",
    context=CONTEXT,
    needs_context=True,
    scores=Scores(context=0.85),
    separators=" ·•・.-",
    shortest=7,
)
