"""Travel permits between the mainland and Hong Kong, Macao, Taiwan, both ways.

Into the mainland: 港澳居民来往内地通行证 (回乡证), H or M and eight digits for life, then two for the issue on cards
before 2013; 台湾居民来往大陆通行证 (台胞证), eight digits since 2015, before that ten and a letter. Out of it:
往来港澳通行证, C or W and eight characters, and 往来台湾通行证, T or L and eight digits. None has a check digit that
is published.
"""

from masking.kinds import Kind
from masking.recognisers.recogniser import Recogniser, Scores
from masking.recognisers.shapes import SEP

HKMO_TRAVEL = Recogniser(
    kind=Kind.HKMO_PERMIT,
    name="hkmo_travel_permit",
    pattern=f"[HMhm][0-9]{{8}}(?:{SEP}[0-9]{{2}})?|[CWcw][0-9A-HJ-NP-Za-hj-np-z][0-9]{{7}}",
    context=(
        "回乡证", "回乡卡", "港澳通行证", "港澳居民来往内地通行证", "来往内地通行证", "通行证", "港澳居民", "证件",
        "home return permit", "mainland travel permit", "hrp",
    ),
    needs_context=True,
    scores=Scores(context=0.85),
    shortest=9,
)  # fmt: skip

TW_TRAVEL = Recogniser(
    kind=Kind.TW_PERMIT,
    name="tw_travel_permit",
    pattern=r"[0-9]{10}(?:[(][A-Za-z0-9][)]|[A-Za-z])|[TLtl]?[0-9]{8}",
    context=(
        "台胞证", "台湾通行证", "往来台湾", "台湾居民来往大陆通行证", "来往大陆通行证", "台湾居民", "大陆通行证",
        "taiwan compatriot", "taiwan permit", "taiwan resident", "taiwan residents", "mtp",
    ),
    needs_context=True,
    scores=Scores(context=0.8),
    shortest=8,
)  # fmt: skip
