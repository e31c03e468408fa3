"""Residence permits of Hong Kong, Macao and Taiwan residents (State Council, 2018), 18 characters.

Built like a resident identity number (GB 11643), on 810000, 820000 and 830000.
"""

from masking.kinds import Kind
from masking.recognisers import checksum
from masking.recognisers.recogniser import Recogniser, Scores
from masking.recognisers.shapes import DAY, MONTH, SEP, YEAR

_TAIL = (
    f"0{SEP}0{SEP}0{SEP}0{SEP}{YEAR}{SEP}{MONTH}{SEP}{DAY}"
    f"{SEP}[0-9]{SEP}[0-9]{SEP}[0-9]{SEP}[0-9Xx]"
)
_SCORES = Scores(proven=0.99, suspect=0.85, stray=0.7)

HKMO_RESIDENCE = Recogniser(
    kind=Kind.HKMO_PERMIT,
    name="hkmo_residence_permit",
    pattern=f"8[12]{_TAIL}",
    context=("居住证", "港澳居民", "港澳台", "residence permit"),
    proof=checksum.RESIDENT,
    scores=_SCORES,
    gate="[0-9]{2}",
    shortest=18,
)

TW_RESIDENCE = Recogniser(
    kind=Kind.TW_PERMIT,
    name="tw_residence_permit",
    pattern=f"83{_TAIL}",
    context=("居住证", "台湾居民", "台胞", "港澳台", "residence permit"),
    proof=checksum.RESIDENT,
    scores=_SCORES,
    gate="[0-9]{2}",
    shortest=18,
)
