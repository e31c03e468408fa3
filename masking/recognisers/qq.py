"""QQ numbers: 5 to 11 digits, not beginning with 0 (Tencent's own rule). Only a label tells them."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores

_NUMBER = "[1-9][0-9]{4,10}"

QQ = Recogniser(
    kind=Kind.QQ,
    name="qq",
    pattern=f'(?:[Qq][Qq]|扣扣|企鹅号?)(?:号码|群号|号|群|账号)?(?:[ ]is[ ]|[ :=是为"]{{0,4}})({_NUMBER})',
    scores=Scores(shape=0.9, context=0.9),
    edges=Edges(before="A-Za-z", after="0-9A-Za-z@"),
    against=(),
    gate="[Qq扣企]",
    cell=_NUMBER,
    shortest=5,
)
