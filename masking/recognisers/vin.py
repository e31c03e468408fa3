"""Vehicle identification numbers: GB 16735-2019 (ISO 3779), 17 characters, the ninth is the check digit."""

from masking.kinds import Kind
from masking.recognisers import checksum
from masking.recognisers.recogniser import Recogniser, Scores
from masking.recognisers.shapes import either

_C = "[A-HJ-NPR-Za-hj-npr-z0-9]"
_L = "[A-HJ-NPR-Za-hj-npr-z]"

VIN = Recogniser(
    kind=Kind.VIN,
    name="vin",
    pattern=either(f"{_L}{_C}{{2}}", f"[1-9]{_L}{_C}", f"[1-9][0-9]{_L}")
    + f"{_C}{{5}}[0-9Xx]{_C}{{4}}[0-9]{{4}}",
    context=(
        "车架号",
        "车辆识别代号",
        "车辆识别代码",
        "车架",
        "大架号",
        "底盘号",
        "vin",
        "chassis",
        "frame number",
    ),
    proof=checksum.VIN,
    scores=Scores(proven=0.9, suspect=0.7),
    glued="[Vv][Ii][Nn]",
    separators="",
    shortest=17,
    chance=0.1,
)
