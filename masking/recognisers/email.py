"""E-mail addresses: RFC 5321 and 5322, without quoted local parts."""

from masking.kinds import Kind
from masking.recognisers.recogniser import Edges, Recogniser, Scores

EMAIL = Recogniser(
    kind=Kind.EMAIL,
    name="email",
    pattern=(
        r"[0-9A-Za-z_](?:[0-9A-Za-z_+%'&~-]|[.][0-9A-Za-z_+%'&~-]){0,63}"
        r"@(?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?[.]){1,5}(?:[Xx][Nn]--[0-9A-Za-z-]{2,30}|[A-Za-z]{2,24})"
    ),
    context=("邮箱", "邮件", "电邮", "email", "e-mail", "mail"),
    scores=Scores(shape=0.9, context=0.95),
    edges=Edges(before="0-9A-Za-z_.+%-", after="0-9A-Za-z@", decimal=True),
    against=(),
    separators="",
    gate="@",
)
