"""Identity cards of Hong Kong, Macao and Taiwan.

Hong Kong: one or two letters, six digits and, in brackets, a check character modulo 11 (Registration of Persons
Regulations, Cap. 177A). Taiwan: a letter for the place, 1 or 2 for the sex (8 or 9 for residents from abroad), seven
digits and a check digit modulo 10. Macao: seven digits and one in brackets; how it is made is not published.
"""

from masking.kinds import Kind
from masking.recognisers import checksum
from masking.recognisers.recogniser import Recogniser, Scores

HK_IDENTITY = Recogniser(
    kind=Kind.HKMO_PERMIT,
    name="hk_identity",
    pattern="[A-Za-z]{1,2}[0-9]{6} ?[(][0-9Aa][)]",
    context=("香港", "港澳", "身份证", "证件", "hkid", "hong kong", "identity card", "id"),
    proof=checksum.HK_IDENTITY,
    scores=Scores(proven=0.95, suspect=0.75),
    separators=" -()",
    shortest=10,
)

HK_IDENTITY_BARE = Recogniser(
    kind=Kind.HKMO_PERMIT,
    name="hk_identity_bare",
    pattern="[A-Za-z]{1,2}[0-9]{6}-?[0-9Aa]",
    context=("香港", "港澳居民", "hkid", "hong kong"),
    needs_context=True,
    proof=checksum.HK_IDENTITY,
    scores=Scores(proven=0.9),
    shortest=8,
)

MO_IDENTITY = Recogniser(
    kind=Kind.HKMO_PERMIT,
    name="mo_identity",
    pattern="[1578][0-9]{6} ?[(][0-9][)]|[1578]/?[0-9]{6}/[0-9]",
    context=("澳门", "港澳", "身份证", "macau", "macao", "bir"),
    needs_context=True,
    scores=Scores(context=0.8),
    shortest=9,
)

TW_IDENTITY = Recogniser(
    kind=Kind.TW_PERMIT,
    name="tw_identity",
    pattern="[A-Za-z][1289][0-9]{8}",
    context=("台湾居民", "身份证", "身分证", "证件", "taiwan id", "national id", "identity card"),
    needs_context=True,
    proof=checksum.TW_IDENTITY,
    scores=Scores(proven=0.9),
    shortest=10,
)
