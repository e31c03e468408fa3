"""Where somebody is: coordinates (ISO 6709) and postcodes (GB/T 10114 asks six digits; a label tells)."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores
from masking.recognisers.shapes import either

_LATITUDE = "[-+]?(?:[0-8]?[0-9])[.][0-9]{4,12}"
_LONGITUDE = "[-+]?(?:1[0-7][0-9]|[0-9]{1,2})[.][0-9]{4,12}"
_DEGREES = "[0-9]{1,3}°[ ]?(?:[0-9]{1,2}[′'][ ]?)?(?:[0-9]{1,2}(?:[.][0-9]{1,6})?[″\"][ ]?)?"

COORDINATES = Recogniser(
    kind=Kind.LOCATION,
    name="coordinates",
    pattern=either(
        f"{_LONGITUDE}[°]?[EWew]?[ ]?[,，/ ][ ]?{_LATITUDE}[°]?[NSns]?",
        f"{_LATITUDE}[°]?[NSns]?[ ]?[,，/ ][ ]?{_LONGITUDE}[°]?[EWew]?",
        f"[NSns]{_LATITUDE}[°]?[ ]?[,，/ ]?[ ]?[EWew]{_LONGITUDE}[°]?",
        f"{_DEGREES}[NSns][ ]?[,，/ ]?[ ]?{_DEGREES}[EWew]",
        "[东西]经[ ]?[0-9]{1,3}(?:[.][0-9]{1,10}|°[0-9.′″'\"]{0,12})[度°]?[,， ]{0,2}[北南]纬[ ]?"
        "[0-9]{1,2}(?:[.][0-9]{1,10}|°[0-9.′″'\"]{0,12})[度°]?",
        "[北南]纬[ ]?[0-9]{1,2}(?:[.][0-9]{1,10}|°[0-9.′″'\"]{0,12})[度°]?[,， ]{0,2}[东西]经[ ]?"
        "[0-9]{1,3}(?:[.][0-9]{1,10}|°[0-9.′″'\"]{0,12})[度°]?",
    ),
    context=(
        "经纬度",
        "坐标",
        "定位",
        "位置",
        "经度",
        "纬度",
        "gps",
        "location",
        "coordinates",
        "lat",
        "lng",
        "lon",
    ),
    scores=Scores(shape=0.7, context=0.95),
    against=(),
    separators="",
    gate="[.°]",
    shortest=10,
)

POSTCODE = Recogniser(
    kind=Kind.POSTCODE,
    name="postcode",
    pattern="[0-9]{6}",
    cell="(?:0[1-7]|[1-7][0-9]|8[1-5])[0-9]{4}",
    context=("邮编", "邮政编码", "邮码", "邮政", "zip", "zip code", "postcode", "postal code"),
    needs_context=True,
    scores=Scores(context=0.85),
    edges=Edges(),
    shortest=6,
)

POSTCODE_AFTER = Recogniser(
    kind=Kind.POSTCODE,
    name="postcode_after_address",
    pattern="(?:[室号楼幢座栋][0-9]{0,4}|[0-9]-[0-9]{3,4})[ ]?[ (]([0-9]{6})",
    context=POSTCODE.context,
    scores=Scores(shape=0.7, context=0.8),
    edges=Edges(before=""),
    gate="[0-9]{6}",
    cell=POSTCODE.cell,
    shortest=6,
)
"""Behind an address: …805室 310012, …805室(310012)."""
