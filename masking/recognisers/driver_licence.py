"""Driver's licences (GA 36): the licence number is the holder's identity number.

The file number (档案编号) has twelve digits, of which the first four name the issuing authority.
"""

from masking.kinds import Kind
from masking.recognisers.recogniser import Recogniser, Scores
from masking.recognisers.shapes import PROVINCE

DRIVER_LICENCE = Recogniser(
    kind=Kind.DRIVER_LICENCE,
    name="driver_licence",
    pattern=f"{PROVINCE}[0-9]{{10}}",
    context=("驾驶证", "驾照", "驾驶证号", "档案编号", "档案号", "驾驶证档案", "driver licence", "driver license",
             "driving licence", "driving license"),
    needs_context=True,
    scores=Scores(context=0.85),
    shortest=12,
)  # fmt: skip
