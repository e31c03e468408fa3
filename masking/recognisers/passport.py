"""Passports: of China (ICAO 9303; E, EA…, G, 14, 15, D, S, P), Hong Kong, Macao, and foreign ones.

No passport number carries a check digit outside the machine-readable zone. The ordinary Chinese ones
are recognised by their shape; a single letter of the other series asks for a context word.
"""

from masking.kinds import Kind
from masking.recognisers.recogniser import Recogniser, Scores
from masking.recognisers.shapes import NUMBERED

CONTEXT = (
    "护照", "护照号", "护照号码", "因私护照", "因公护照", "公务护照", "外交护照", "passport", "passport no",
    "passport number",
)  # fmt: skip

PASSPORT_CN = Recogniser(
    kind=Kind.PASSPORT,
    name="passport_cn",
    pattern="[EeGg][ ]?[0-9]{8}|[Ee][A-HJ-NP-Za-hj-np-z][0-9]{7}",
    context=(*CONTEXT, "证件", "证件号"),
    scores=Scores(shape=0.5, context=0.9),
    glued=NUMBERED,
    shortest=9,
)

PASSPORT = Recogniser(
    kind=Kind.PASSPORT,
    name="passport",
    pattern=(
        "(?:1[45][0-9]{7}|[DSPdsp][Ee]?[0-9]{7,8}|(?:[HKhk]|K[Jj]|H[ABJabj])[0-9]{7,8}|M[ABab]?[0-9]{7,8}"
        "|[A-Za-z]{1,2}[ ]?[0-9]{6,8}|[0-9]{8,9}|[A-Za-z][0-9]{2}[A-Za-z0-9]{2}[0-9]{4}|[0-9]{2}[A-Za-z]{2}[0-9]{5})"
    ),
    context=CONTEXT,
    needs_context=True,
    scores=Scores(context=0.8),
    glued=NUMBERED,
    shortest=7,
)
