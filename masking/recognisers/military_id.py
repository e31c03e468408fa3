"""Cards of officers and soldiers (军字第…号, by service and region), and of police officers.

The form is that printed on the cards; numbers carry no check digit.
"""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores

MILITARY_ID = Recogniser(
    kind=Kind.MILITARY_ID,
    name="military_id",
    pattern=(
        "(?:[军兵士文职广海空南北沈兰成济参政后装武火联战东西中]|军官|士兵|文职|火箭)字[ ]?(?:第[ ]?)?"
        "[0-9]{6,8}[ ]?号?"
    ),
    context=("军官证", "士兵证", "文职证", "军人", "警官证", "武警"),
    scores=Scores(shape=0.9, context=0.97),
    edges=Edges(before="", decimal=True),
    against=(),
    separators=" ",
    shortest=8,
    gate="字",
)

POLICE_ID = Recogniser(
    kind=Kind.MILITARY_ID,
    name="police_id",
    pattern="(?:警官证|警员证|人民警察证|警号|军官证|士兵证|军人证)[ ]?(?:号码|编号|号)?[ :是为】)]{0,3}([0-9]{6,8})",
    scores=Scores(shape=0.85, context=0.85),
    edges=Edges(before=""),
    cell="[0-9]{6,8}",
    needs_context=True,
    context=("警官证", "警员证", "警号", "军官证", "士兵证", "军人证", "人民警察证"),
    shortest=6,
)
