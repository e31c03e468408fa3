"""Where something is, as a message may say it: without user, password, query string or key.

A path, an fsspec URI (chained or not) and a SQLAlchemy URL are all shown by `shown`; in a sentence that may
hold one, such as a library's log line, `without_secrets` shows each.
"""

import re

URL = re.compile(r"((?:jdbc:)?[A-Za-z][\w+.\-]+):(/{1,4})(.*)", re.DOTALL)
"""A scheme, its slashes, the rest. A scheme of one letter is a drive of Windows."""
WITHIN = re.compile(r"[A-Za-z][\w+.\-]+(?:::[A-Za-z][\w+.\-]+)*:/{1,4}[^\s'\"<>，；。：、（）]+")
"""An address within a sentence, up to the blank or the quote that ends it."""
ENDS = ".,;:!?)]}>"
BARE_LOGIN = re.compile(r"(?<![\w/\\])[^\s:/\\@'\"(]+:(?![/\\])[^\s@'\"]+@(?=[^\s@'\"])")
"""`user:password@` without a scheme; `C:/` is a drive of Windows."""
DATA = re.compile(r"\bdata:[\w/+.;=\-]*,[^\s'\"]+")
"""An address that is the content itself."""
SAID = re.compile(
    r"(?i)\b([\w\-]*(?:pass(?:word|wd|phrase)?|pwd|secret|token|credential|signature|sig|api[_\-]?key|access[_\-]?key))"
    r"(\s*=\s*)(?:'[^']*'|\"[^\"]*\"|[^\s'\"&;,)]+)"
)
"""`password=…`, as in a connection string."""
QUERY = re.compile(r"\?[\w\-.%\[\]]+=[^\s'\"]*")
"""A query string, where the address before it is not whole, as in the lines of HTTP libraries."""
HIDDEN = "…"
EXAMPLES = ("USER@HOST", "用户@主机", "user:${PASSWORD}@host")
"""What our own messages write, to say how an address looks."""


def shown(location: str) -> str:
    """The location without what opens it. What is in doubt is left out."""
    return "::".join(_one(part) for part in location.split("::"))


def without_secrets(text: str) -> str:
    """A sentence, every address in it shown as `shown` does, and no password named in it."""
    text = WITHIN.sub(_within, DATA.sub(f"data:{HIDDEN}", text))
    if "@" in text and not any(example in text for example in EXAMPLES):
        text = BARE_LOGIN.sub("", text)
    return SAID.sub(rf"\1\2{HIDDEN}", QUERY.sub("", text))


def _within(found: re.Match[str]) -> str:
    said = found[0]
    if any(example in said for example in EXAMPLES):
        return said
    bare = said.rstrip(ENDS)
    return shown(bare) + said[len(bare) :]


def _one(location: str) -> str:
    if location.startswith("data:"):
        return f"data:{HIDDEN}"
    url = URL.fullmatch(location)
    if url is None:
        return SAID.sub(rf"\1\2{HIDDEN}", BARE_LOGIN.sub("", location))
    scheme, slashes, rest = url.groups()
    return f"{scheme}:{slashes}{_without_login(rest)}"


def _without_login(rest: str) -> str:
    """What follows the slashes. A password may hold any sign, so where a login may end in two places, none is shown."""
    host = re.split(r"[/?#;]", rest, maxsplit=1)[0]
    if "@" not in host and ":" in host and "@" in rest and not host.endswith(":"):
        return HIDDEN
    rest = rest[host.rfind("@") + 1 :]
    return re.split(r"[?#;]", rest, maxsplit=1)[0]
