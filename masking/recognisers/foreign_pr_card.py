"""Foreign permanent residence cards, both generations.

Since December 2023: 18 digits, 9, where issued (2), nationality (ISO 3166 number, 3), date of birth
(8), sequence (3), check character of ISO 7064 MOD 11-2. Before (GA/T 704): nationality (3 letters),
where issued (4), date of birth (6), sequence and check (2), 15 characters.
"""

from masking.kinds import Kind
from masking.recognisers import checksum
from masking.recognisers.recogniser import Recogniser, Scores
from masking.recognisers.shapes import DAY, MONTH, NUMBERED, PROVINCE, SEP, YEAR

CONTEXT = (
    "永久居留", "永居", "外国人永久居留身份证", "五星卡", "外国人居留", "permanent residence", "pr card",
    "green card",
)  # fmt: skip

FOREIGN_PR_CARD = Recogniser(
    kind=Kind.FOREIGN_PR_CARD,
    name="foreign_pr_card",
    pattern=f"9{PROVINCE}{SEP}[0-9]{{3}}{SEP}{YEAR}{MONTH}{DAY}{SEP}[0-9]{{3}}{SEP}[0-9Xx]",
    context=CONTEXT,
    proof=checksum.RESIDENT,
    scores=Scores(proven=0.98, suspect=0.8),
    glued=NUMBERED,
    shortest=18,
)

FOREIGN_PR_CARD_OLD = Recogniser(
    kind=Kind.FOREIGN_PR_CARD,
    name="foreign_pr_card_old",
    pattern=f"[A-Z]{{3}}{SEP}{PROVINCE}[0-9]{{2}}{SEP}[0-9]{{2}}{MONTH}{DAY}{SEP}[0-9]{{2}}",
    context=CONTEXT,
    scores=Scores(shape=0.6, context=0.9),
    glued=NUMBERED,
    shortest=15,
)
