"""Personal names in running text: Chinese, foreign in Chinese characters, minority names with a dot.

No standard lists them: surnames and the characters of given names are counted (`masking/lexicon`),
and a name is what explains its characters better than ordinary words do.
"""

import re
from dataclasses import dataclass
from functools import cache

from masking.kinds import Kind
from masking.lexicon import tables
from masking.lexicon.lattice import HAN, HAN_GATE, reading_at, readings
from masking.lexicon.western import listed
from masking.normalise import Normalised
from masking.recognisers.recogniser import Span

LONGEST_TITLE = 30
COUNTED = frozenset("这那哪一二两三四五六几每某此该本各")
NUMERALS = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟万亿元整")
NAME_SCORE, LATIN_SCORE = 0.7, 0.6
HAN_LETTER = re.compile(f"[{HAN}]")
LATIN = re.compile(
    r"(?<![A-Za-z0-9@._/-])[A-Za-z]{3,20}(?:[ .'-]{1,2}[A-Za-z]{1,20}){0,3}(?![A-Za-z0-9@/_])"
)
SYLLABLES = re.compile(
    "(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:i?an|i?ang|u?ang|[ieuo]ng?|i?ao|[ieuo]i|iu|ie|u[aoe]|ia|[aeiouv]|ou|er|uan|en|ai|ei)){1,3}"
)
"""One to three syllables of pinyin."""
GLUED, FEWEST_GLUED = 8, 4
"""A given name of so many letters at the start of so long a word: danielbraaten."""


def in_title(text: str, start: int) -> bool:
    """Whether a place stands between 《 and 》: the name of a book is nobody's."""
    opened = text.rfind("《", max(0, start - LONGEST_TITLE), start)
    return opened >= 0 and text.find("》", opened, start) < 0


@dataclass(frozen=True)
class ChineseNames:
    """Names that the cheapest reading of a Chinese text contains."""

    kind: Kind = Kind.PERSON_NAME
    name: str = "person_name"
    gate: str = HAN_GATE

    def spans(self, text: Normalised) -> list[Span]:
        """The names, in order of position."""
        return [
            Span(self.kind, *text.span(start + name.start, start + name.end), NAME_SCORE)
            for start, reading in readings(text.simplified)
            for name in reading.names
            if not in_title(text.simplified, start + name.start)
            and not _is_no_name(text.simplified, start + name.start, start + name.end)
        ]


@dataclass(frozen=True)
class LatinNames:
    """Names in Latin letters inside Chinese text: listed ones, or with a word that speaks for them."""

    kind: Kind = Kind.PERSON_NAME
    name: str = "latin_person_name"
    gate: str = "[A-Za-z]{3}"

    def spans(self, text: Normalised) -> list[Span]:
        """The names, in order of position."""
        return self.inside(text) if HAN_LETTER.search(text.simplified) else []

    def inside(self, text: Normalised) -> list[Span]:
        """The names in a text, or a clause of one, that is known to be Chinese."""
        return [
            Span(self.kind, *text.span(*match.span()), LATIN_SCORE)
            for match in LATIN.finditer(text.simplified)
            if _is_latin_name(text.simplified, match)
            and not in_title(text.simplified, match.start())
        ]


def _is_no_name(text: str, start: int, end: int) -> bool:
    """A role or a label (申请人), something counted (这张卡), numerals of an amount (伍万叁)."""
    word = text[start:end]
    return (
        word in _beside("label_before", "role_before")
        or (word[0] == "张" and len(word) == 2 and text[max(0, start - 1) : start] in COUNTED)
        or set(word) <= NUMERALS
    )


def _is_latin_name(text: str, match: re.Match[str]) -> bool:
    words = [word.lower() for word in re.split("[ .'-]+", match[0]) if word]
    if words[0] in listed("common") or words[-1] in listed("common"):
        return False
    if words[0] in listed("given") and (len(words) > 1 or len(words[0]) > 2):
        return True
    if len(words) == 2 and words[0] in listed("pinyin") and SYLLABLES.fullmatch(words[1]):
        return True
    if len(words) == 1 and len(words[0]) >= GLUED and words[0].startswith(_long_given()):
        return True
    if match[0].isupper():
        return len(words) > 1 and min(map(len, words)) > 2 and " " in match[0]
    return _spoken_for(text, match.start(), match.end())


def _spoken_for(text: str, start: int, end: int) -> bool:
    """Whether the Chinese around it says that it is somebody."""
    before, after = text[max(0, start - 3) : start], text[end : end + 3]
    said = any(before[-n:] in _beside("label_before", "role_before") for n in (2, 3))
    said |= any(
        after[:n] in _beside("verb_after", "title_after", "address_after") for n in (1, 2, 3)
    )
    return said or (before.endswith("(") and _ends_a_name(text, start - 1))


def _ends_a_name(text: str, end: int) -> bool:
    held = reading_at(text, end - 1)
    return held is not None and any(name.end + held[0] == end for name in held[1].names)


@cache
def _beside(*groups: str) -> frozenset[str]:
    found = tables.groups("name_context.txt")
    return frozenset(word for group in groups for word in found[group])


@cache
def _long_given() -> tuple[str, ...]:
    return tuple(sorted(name for name in listed("given") if len(name) >= FEWEST_GLUED))


PERSON_NAME = ChineseNames()
LATIN_PERSON_NAME = LatinNames()
