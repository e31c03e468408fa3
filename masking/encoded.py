"""Encoded: pieces of a text that programs wrote in another way (`%E9%99%88`, `&#38472;`, base64, 1.38E+10), read out.

Nothing is decoded for show: the copy is only looked at, and what is found in it is hidden where it stands encoded. A
piece is at most as long when read out as it was written, and only a few layers are taken off.
"""

import base64
import binascii
import html
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from masking.recognisers import Span
from masking.signs import without_signs

LAYERS = 3
"""How often a piece is encoded at most; what lies deeper is written by nobody."""
ODD_DIGITS = "⓪①-⑨⑴-⑼⒈-⒐⓵-⓽⓿❶-❾➀-➈➊-➒⁰¹²³⁴-⁹₀-₉㈠-㈨㊀-㊈"
"""Digits in circles, raised and lowered: those of other scripts are digits to Python."""
SEPARATORS = r"[ |•·‧_~/\\,;:*.\t\n\r-]"
"""What may stand between the groups of a mobile number."""

_ODD = f"[{ODD_DIGITS}\\u20e3\\u0660-\\u0669\\u06f0-\\u06f9\\U0001d7ce-\\U0001d7ff]"
GATE = re.compile(
    r"%[0-9A-Fa-f]{2}|%u|&(?:#|amp;)|\\[ux]|U\+[0-9A-Fa-f]{4}|=[0-9A-F]{2}=|=\?|"
    r"[A-Za-z+/_-][0-9A-Za-z+/_-]{7}|[0-9]{22}|[0-9]{11}[Xx]?[.]0|(?:[0-9A-Fa-f]{2}[ :-]){5}|"
    rf"[0-9][Ee][+]?[0-9]{{2}}|1[0-9]{{2}}{SEPARATORS}[0-9]{{4}}{SEPARATORS}|,[0-9]{{3}},|{_ODD}"
)
"""What stands in every text that has such a piece, and in few others."""


def _text_of(held: bytes) -> str:
    """The text that these bytes are in UTF-8, or in GBK if they are common Chinese; empty if they are none."""
    for encoding in ("utf-8", "gb2312"):
        try:
            text = held.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if text.translate(_BREAKS).isprintable() else ""
    return ""


_BREAKS = dict.fromkeys(map(ord, "\t\r\n"), " ")


def _percent(piece: str) -> str:
    return _text_of(unquote_to_bytes(piece))


def _quoted(piece: str) -> str:
    return _text_of(binascii.a2b_qp(piece))


def _points(piece: str) -> str:
    codes = (int(code, 16) for code in re.findall("[0-9A-Fa-f]{4,6}", piece))
    read = "".join(chr(c) if c < 0x110000 else "" for c in codes)
    return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _bytes(piece: str) -> str:
    digits = re.sub("0x|\\\\x|[ :-]", "", piece)
    return _text_of(bytes.fromhex(digits)) if len(digits) % 2 == 0 else ""


def _base64(piece: str) -> str:
    bare = piece.rstrip("=").replace("-", "+").replace("_", "/")
    if len(bare) % 4 == 1:
        return ""
    return _text_of(base64.b64decode(bare + "=" * (-len(bare) % 4)))


def _base32(piece: str) -> str:
    bare = piece.rstrip("=")
    if len(bare) % 8 in (1, 3, 6):
        return ""
    return _text_of(base64.b32decode(bare + "=" * (-len(bare) % 8)))


def _word(piece: str) -> str:
    """A word of a mail's header: =?UTF-8?B?…?=."""
    _, encoding, how, held, _ = piece.split("?")
    try:
        raw = base64.b64decode(held) if how in "Bb" else binascii.a2b_qp(held.encode(), header=True)
        return raw.decode(encoding)
    except (LookupError, ValueError):
        return ""


def _digits(piece: str) -> str:
    if piece.isascii():
        return ""
    kept = (c for c in piece if c not in "\ufe0f\u20e3" and not c.isspace())
    return "".join(str(int(unicodedata.numeric(c))) for c in kept)


def _joined(piece: str) -> str:
    return re.sub("[^0-9]", "", piece)


_LIMIT = "(?<![0-9A-Za-z+/_=-])"
_PIECES: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("=[?]", r"=\?[\w-]{2,20}\?[BbQq]\?[^?\s]*\?=", _word),
    (r"%u|\\u|U[+]",
     r"(?:%u[0-9A-Fa-f]{4}|\\u[0-9A-Fa-f]{4}|\\u\{[0-9A-Fa-f]{4,6}\}|U\+[0-9A-Fa-f]{4,5}\b ?)+", _points),
    ("%", "(?:%[0-9A-Fa-f]{2})+", _percent),
    ("&", r"&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|amp|quot|lt|gt|nbsp|middot);", html.unescape),
    ("=[0-9A-F]{2}=", r"(?:=[0-9A-F]{2}(?:=\r?\n|= (?==))?){2,}", _quoted),
    (r"\\x|[0-9A-Fa-f]{2}[ :-][0-9A-Fa-f]{2}",
     r"(?:\\x[0-9A-Fa-f]{2})+|\b[0-9A-Fa-f]{2}(?:[ :-][0-9A-Fa-f]{2}){5,}\b", _bytes),
    ("[0-9A-Fa-f]{8}", rf"{_LIMIT}(?:0x)?(?:[0-9A-Fa-f]{{2}}){{4,}}(?![0-9A-Za-z+/=_-])", _bytes),
    (_ODD, rf"(?:[0-9{ODD_DIGITS}\u0660-\u0669\u06f0-\u06f9\U0001d7ce-\U0001d7ff][\ufe0f\u20e3 ]*){{7,}}", _digits),
    ("[0-9][Ee.,]", "(?<![0-9A-Za-z.,])(?:[0-9]{11,19}[Xx]?[.]00?|[1-9](?:[.][0-9]+)?[Ee][+]?[0-9]{2}"
     "|[1-9][0-9]{0,2}(?:,[0-9]{3}){3,}(?:[.]00?)?)(?![0-9A-Za-z])", without_signs),
    ("1[3-9][0-9][^0-9][0-9]{4}[^0-9]",
     rf"(?<![0-9.,])1[3-9][0-9]{SEPARATORS}[0-9]{{4}}{SEPARATORS}[0-9]{{4}}(?![0-9])", _joined),
    ("[A-Z2-7]{16}", rf"{_LIMIT}[A-Z2-7]{{16,}}={{0,6}}(?![0-9A-Za-z+/=_-])", _base32),
    ("[A-Za-z+/_-][0-9A-Za-z+/_-]{7}", rf"{_LIMIT}[0-9A-Za-z+/_-]{{8,}}={{0,2}}(?![0-9A-Za-z+/=_-])", _base64),
)  # fmt: skip
"""What a text with such a piece has in it, how the piece looks, how it is read; what is none is tried as the next."""
_READ = tuple((re.compile(needs), re.compile(pattern), read) for needs, pattern, read in _PIECES)


@dataclass(frozen=True)
class Copy:
    """A text with its pieces read out, and where in the text as written each character stands."""

    text: str
    starts: "array[int]"
    ends: "array[int]"

    def back(self, spans: Iterable[Span]) -> list[Span]:
        """Spans of the copy as spans of what was written: a piece that is touched, is hidden whole."""
        return [s._replace(start=self.starts[s.start], end=self.ends[s.end - 1]) for s in spans]


def read_out(text: str) -> Copy | None:
    """The text with what is encoded in it read; None if there is nothing."""
    if not GATE.search(text):
        return None
    places = array("q", range(len(text)))
    first = copy = Copy(text, places, array("q", range(1, len(text) + 1)))
    for _ in range(LAYERS):
        before = copy
        for needs, pattern, read in _READ:
            if needs.search(copy.text):
                copy = _replaced(copy, pattern, read)
        if copy is before:
            break
    return None if copy is first else copy


def _replaced(copy: Copy, pattern: re.Pattern[str], read: Callable[[str], str]) -> Copy:
    parts: list[str] = []
    starts, ends = array("q"), array("q")
    done = 0
    for found in pattern.finditer(copy.text):
        start, end = found.span()
        plain = read(found[0])
        if not plain or plain == found[0]:
            continue
        parts += copy.text[done:start], plain
        starts += copy.starts[done:start] + array("q", [copy.starts[start]]) * len(plain)
        ends += copy.ends[done:start] + array("q", [copy.ends[end - 1]]) * len(plain)
        done = end
    if not parts:
        return copy
    return Copy(
        "".join(parts) + copy.text[done:], starts + copy.starts[done:], ends + copy.ends[done:]
    )


def united(found: Iterable[Span], read: Iterable[Span]) -> list[Span]:
    """What was found as written, and what was found read out: of two that meet, the one that hides more."""
    kept = list(found)
    for span in read:
        met = [s for s in kept if s.start < span.end and span.start < s.end]
        if any(s.start <= span.start and span.end <= s.end for s in met):
            continue
        start = min([span.start, *(s.start for s in met)])
        end = max([span.end, *(s.end for s in met)])
        kept = [s for s in kept if s not in met] + [span._replace(start=start, end=end)]
    return sorted(kept, key=lambda s: s.start)
