"""Reading text in Latin, Greek or Cyrillic letters: which capitalised words are a name, and of what.

English writes names with a capital; so a capitalised word that is no everyday word is one. Whose it is,
a person's, a place's or a company's, is said by lists of well-known ones and by the words around it.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from masking.kinds import Kind
from masking.lexicon import tables

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
HAN = re.compile("[\u3400-\u9fff]")
NO_HAN = r"\A[^\u3400-\u9fff]*[0-9A-Za-z\u00c0-\u052f][^\u3400-\u9fff]*\Z"
"""The gate of what reads only text without Chinese characters."""
CONTRACTED = re.compile("['’](?:ll|re|ve|d|m|t)$")
POSSESSIVE = ("'s", "’s")
LABELS = (":", "=", "#")
MOST_WORDS = 5
LISTED_SCORE, SHAPE_SCORE, PLACE_SCORE = 0.75, 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text; characters of the normalised text, `end` exclusive."""

    kind: Kind
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word: where it stands, how it is written, and that in lower case."""

    start: int
    end: int
    text: str
    lower: str


@cache
def listed(group: str) -> frozenset[str]:
    """A group of `english.txt`."""
    return frozenset(tables.groups("english.txt")[group])


@lru_cache(2)
def mentions(text: str) -> tuple[Mention, ...]:
    """The names in a normalised text without Chinese characters, in order of position."""
    if HAN.search(text):
        return ()
    words = [_word(match) for match in WORD.finditer(text)]
    found: list[Mention] = []
    number = 0
    while number < len(words):
        size = _length(text, words, number)
        if size:
            found.append(_mention(text, words, number, number + size))
        number += size or 1
    return tuple(m for m in found if m.score)


def _word(match: re.Match[str]) -> Word:
    text, end = match[0], match.end()
    if text.endswith(POSSESSIVE):
        text, end = text[:-2], end - 2
    return Word(match.start(), end, text, text.lower())


def _is_name(word: Word) -> bool:
    """Whether a word by itself may be a name: a capital, and no everyday word."""
    return (
        word.text[0].isupper()
        and len(word.text) > 1
        and word.lower not in listed("common")
        and word.lower not in listed("title")
        and not CONTRACTED.search(word.lower)
    )


def _length(text: str, words: list[Word], number: int) -> int:
    """How many words, from this one on, are one name."""
    first = words[number]
    if not _is_name(first) and not _is_given_before(text, words, number):
        return 0
    size = 1
    at = number + 1
    while at < len(words) and at - number < MOST_WORDS and _joined(text, words[at - 1], words[at]):
        word = words[at]
        if _is_name(word) or (len(word.text) == 1 and word.text.isupper()):
            size = at - number + 1
        elif word.lower not in listed("particle"):
            break
        at += 1
    return size


def _is_given_before(text: str, words: list[Word], number: int) -> bool:
    """Will Smith, Mark Twain: an everyday word that is a given name, before a name."""
    word = words[number]
    if word.lower not in listed("given") or not word.text[0].isupper() or number + 1 >= len(words):
        return False
    following = words[number + 1]
    return _joined(text, word, following) and _is_name(following)


def _joined(text: str, left: Word, right: Word) -> bool:
    between = text[left.end : right.start]
    return between == " " or (between == ". " and len(left.text) <= 2)


def _mention(text: str, words: list[Word], first: int, last: int) -> Mention:
    start, end = words[first].start, words[last - 1].end
    inside = [word.lower for word in words[first:last]]
    before = words[first - 1].lower if first and start - words[first - 1].end <= 2 else ""
    after = words[last].lower if last < len(words) and words[last].start - end == 1 else ""
    kind, score = _judged(inside, before, after)
    if (
        kind is Kind.PERSON_NAME
        and score == SHAPE_SCORE
        and len(inside) == 1
        and _says_nothing(text, words[first])
    ):
        score = 0.0
    return Mention(kind, start, end, score)


def _says_nothing(text: str, word: Word) -> bool:
    """Whether the capital is no sign of a name: of a label, or of a word that is all capitals."""
    return word.text.isupper() or text[word.end : word.end + 1] in LABELS


def _judged(inside: list[str], before: str, after: str) -> tuple[Kind, float]:
    if len(inside) == 1 and inside[0] in listed("nationality"):
        return Kind.NATIONALITY, LISTED_SCORE
    if inside[-1] in listed("company_last") or after in listed("company_last"):
        return Kind.COMPANY_NAME, LISTED_SCORE
    if before in listed("title") or inside[0] in listed("given"):
        return Kind.PERSON_NAME, LISTED_SCORE
    if all(word in listed("country") or word in listed("city") for word in inside):
        return Kind.ADDRESS, LISTED_SCORE
    if inside[-1] in listed("surname") or (inside[0] in listed("pinyin") and len(inside) == 2):
        return Kind.PERSON_NAME, LISTED_SCORE
    if before in listed("place_before") and len(inside) <= 2:
        return Kind.ADDRESS, PLACE_SCORE
    return Kind.PERSON_NAME, SHAPE_SCORE
