"""Resident identity card numbers: GB 11643-1999 (18 characters) and GB 11643-1989 (15 digits).

Division codes of the past are as good as today's: a number is given once, for life. The province is
part of the shape; the proof is a code that some division had at some time, the date of birth and the
check character of ISO 7064 MOD 11-2. A number of no division is suspect.
"""

from masking.kinds import Kind
from masking.lexicon.divisions import codes
from masking.recognisers import checksum
from masking.recognisers.recogniser import Recogniser, Scores
from masking.recognisers.shapes import DAY, MONTH, NUMBERED, PROVINCE, SEP, YEAR

CONTEXT = (
    "身份证", "身份证号", "身份证号码", "证件号", "证件号码", "公民身份号码", "身份号码", "二代证", "证件", "身份",
    "id card", "id no", "id number", "identity card", "identity number", "citizen id", "resident id",
    "national id", "idcard", "id",
)  # fmt: skip

_LABEL = f"{NUMBERED}|[Ss][Ff][Zz][Hh]?"
"""What may touch the number: sfz is 身份证 as typed in haste."""
_REGION = f"{PROVINCE}{SEP}[0-9]{SEP}[0-9]{SEP}[0-9]{SEP}[0-9]"
_TAIL = f"[0-9]{SEP}[0-9]{SEP}[0-9]{SEP}[0-9Xx]"

RESIDENT_ID = Recogniser(
    kind=Kind.RESIDENT_ID,
    name="resident_id",
    pattern=f"{_REGION}[ .-]?{YEAR}{SEP}{MONTH}{SEP}{DAY}[ .-]?{_TAIL}",
    separators=" -.",
    context=CONTEXT,
    proof=checksum.RESIDENT_OF_DIVISION,
    scores=Scores(proven=0.99, suspect=0.8, stray=0.6),
    gate="[0-9]{2}",
    glued=_LABEL,
    shortest=18,
)

RESIDENT_ID_MISTYPED = Recogniser(
    kind=Kind.RESIDENT_ID,
    name="resident_id_mistyped",
    pattern=f"[1-9]{SEP}[0-9]{SEP}[0-9]{SEP}[0-9]{SEP}[0-9]{SEP}[0-9]{SEP}"
    f"[0-9]{{4}}{SEP}[0-9]{{2}}{SEP}[0-9]{{2}}{SEP}{_TAIL}",
    context=CONTEXT,
    needs_context=True,
    proof=checksum.NEVER,
    scores=Scores(suspect=0.65),
    gate="[0-9]{2}",
    glued=_LABEL,
    shortest=18,
)
"""Eighteen characters called an identity number, of no province or no date: mistyped or made up."""

RESIDENT_ID_15 = Recogniser(
    kind=Kind.RESIDENT_ID,
    name="resident_id_15",
    pattern=f"{PROVINCE}[0-9]{{4}}{SEP}[0-9]{{2}}{MONTH}{DAY}{SEP}[0-9]{{3}}",
    context=CONTEXT,
    issued=lambda number: number[:6] in codes(),
    scores=Scores(shape=0.5, context=0.85),
    gate="[0-9]{2}",
    glued=_LABEL,
    shortest=15,
    alike="[0-9]{15}",
    chance=0.015,
)
