"""Somebody: what a short text by itself, a cell, a header or a sheet's name, says of a person.

A cell has no sentence around it. So beside what is found in running text, it is looked at without the signs and blanks
that are in it, and for the ways people are called (王先生, 李阿姨, 老张) and Latin names are written.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import zip_longest

from masking.encoded import read_out, united
from masking.kinds import Kind
from masking.lexicon import tables
from masking.lexicon.lattice import HAN, pieces
from masking.lexicon.piece import Piece
from masking.lexicon.tables import surname_shares, words
from masking.lexicon.western import SHAPE_SCORE, listed
from masking.normalise import normalise
from masking.recognisers import Span
from masking.recognisers.person_name import COUNTED, SYLLABLES
from masking.signs import without_signs
from masking.text import as_written, detect_one

SINGLES_OUT = frozenset({
    Kind.PERSON_NAME, Kind.RESIDENT_ID, Kind.PASSPORT, Kind.HKMO_PERMIT, Kind.TW_PERMIT, Kind.FOREIGN_PR_CARD,
    Kind.MILITARY_ID, Kind.DRIVER_LICENCE, Kind.USCC, Kind.MOBILE, Kind.LANDLINE, Kind.EMAIL, Kind.ADDRESS,
    Kind.BANK_CARD, Kind.BANK_ACCOUNT, Kind.PLATE, Kind.VIN, Kind.WECHAT, Kind.QQ, Kind.IP, Kind.MAC, Kind.IMEI,
    Kind.BIRTH_DATE, Kind.PASSWORD, Kind.OTP, Kind.CARD_SECURITY, Kind.LOCATION, Kind.HEALTH, Kind.RELIGION,
    Kind.ETHNICITY,
})  # fmt: skip
"""Kinds a single cell of which speaks of one person; amounts, trades and firms by themselves do not."""
SURE, PERHAPS = 0.75, 0.4
"""Scores of what is found here: beyond doubt, and what may be somebody."""
ANYBODY = ("张三", "李四", "王五", "赵六", "孙七", "周八", "吴九", "郑十")
"""Whom examples, and lists that began as one, are about."""
LONGEST = 40
"""Longer texts are sentences, in which running text is read."""
CALLED = (
    "先生|女士|小姐|太太|夫人|阿姨|叔叔|大爷|大妈|大姐|大哥|大叔|大伯|奶奶|爷爷|伯伯|哥|姐|老师|师傅|同志|同学|总|董|工|"
    "总经理|经理|主管|主任|局长|处长|科长|院长|校长|厂长|店长|行长|所长|队长|部长|组长|书记|医生|大夫|律师|教授|老板|"
    "董事长|老|某某?|氏"
)
TITLES = frozenset(CALLED.split("|")) - {"工", "老", "氏", "某某?"}
PLACED = re.compile(
    f"[{HAN}]{{2,}}(?:路|街|巷|弄|胡同|大道|村|组|小区|号|幢|栋|单元|室|苑|园|庄|屯)|[0-9]"
)
"""What makes a place more than a city or a district."""
BLANKS = re.compile(f"(?<=[{HAN}]) +(?=[{HAN}·])|(?<=·) +(?=[{HAN}])")
NUMBER = re.compile("[0-9 ()+./_#*-]{11,40}[Xx]?")
MOBILE = re.compile("(?:(?:00)?86)?0?1[3-9][0-9]{9}")
IDENTITY = re.compile(
    "[1-8][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
)
HAN_ONLY = re.compile(f"[{HAN}]+")
RARE = 14.0
"""What a word costs that is rare enough to be somebody's name."""
LATIN = re.compile(r"[A-Za-z'’-]+(?:[ ,.·]{1,3}[A-Za-z'’-]+){0,3}\.?")
PIECE = re.compile(
    rf"(?<![{HAN}A-Za-z0-9])[^\s,，、;；|:：\"()（）。！？!?=&<>{{}}-]+(?: [{HAN}A-Za-z]+){{0,3}}"
)
"""What stands between the marks that divide lists, tables and sentences."""
GLUED = 6
"""Letters of the shortest name that is written as one word, wangwei."""


@lru_cache(50_000)
def spans(text: str) -> tuple[Span, ...]:
    """What singles a person out in a cell, as spans of it; one over all of it where only the whole says so."""
    found = _spans(text)
    copy = read_out(text)
    if copy is None:
        return found
    return tuple(united(found, copy.back([*_everywhere(copy.text), *_spans(copy.text)])))


def _spans(text: str) -> tuple[Span, ...]:
    found = _found(text)
    if len(text) > LONGEST or not text.strip() or any(s.score > SHAPE_SCORE for s in found):
        return tuple(found)
    bare = BLANKS.sub("", without_signs(normalise(text).text.strip()))
    inside = _found(bare) if bare != text else found
    best = max((*((s.score, s.kind) for s in inside), _alone(bare)))
    return (Span(best[1], 0, len(text), best[0]),) if best[0] else ()


def everywhere(text: str) -> list[Span]:
    """What stands in a text: what is found in running text, and whatever a piece of it is when it stands alone.

    Lists and tables are written in texts too, and whatever programs encode.
    """
    found, copy = _everywhere(text), read_out(text)
    return found if copy is None else united(found, copy.back(_everywhere(copy.text)))


def _everywhere(text: str) -> list[Span]:
    found = as_written(text)
    for start, end in (*_addressed(text), *(m.span() for m in PIECE.finditer(text))):
        if end - start > LONGEST or any(s.start < end and start < s.end for s in found):
            continue
        alone = [s for s in _spans(text[start:end]) if s.score > SHAPE_SCORE]
        found += [s._replace(start=start + s.start, end=start + s.end) for s in alone]
    return sorted(found, key=lambda s: s.start)


def _addressed(text: str) -> Iterator[tuple[int, int]]:
    """Where somebody is called by his surname in a sentence: 李阿姨, 张总; a sheet (一张) is nobody's name."""
    read = pieces(text)
    for first, second in zip_longest(read, read[1:], fillvalue=Piece(0, 0, "")):
        name, title = text[first.start : first.end], text[second.start : second.end]
        if first.end == second.start and len(name) == 1 and title in TITLES:
            if (
                name in surname_shares()
                and text[max(0, first.start - 1) : first.start] not in COUNTED
            ):
                yield first.start, second.end
        elif len(name) > 2 and _called().fullmatch(name):
            yield first.start, first.end


def _found(text: str) -> list[Span]:
    return [s for s in as_written(text) if s.kind in SINGLES_OUT and _is_near(s, text)]


def is_somebody(text: str) -> bool:
    """Whether a header, a key or the name of a sheet speaks of one person rather than of persons."""
    return any(s.score > SHAPE_SCORE for s in spans(text))


def may_be_somebody(text: str) -> bool:
    """Whether a text could be a name, for all that is known of it: no everyday word."""
    if 1 < len(text) <= MOST and HAN_ONLY.fullmatch(text):
        return (words().costs.get(text) or RARE) >= RARE
    return bool(spans(text))


def is_place(text: str) -> bool:
    """Whether a text is the name of a place, from a country to a flat."""
    found = [s for s in detect_one(text) if s.kind is Kind.ADDRESS]
    return bool(found) and sum(s.end - s.start for s in found) * 4 >= len(text.strip()) * 3


def _is_near(span: Span, text: str) -> bool:
    """Whether a find tells one person from the others of a town."""
    if span.kind is Kind.ADDRESS:
        return PLACED.search(text, span.start, span.end) is not None
    return True


def _alone(text: str) -> tuple[float, Kind]:
    """What a whole cell is that running text would not tell."""
    if NUMBER.fullmatch(text):
        digits = re.sub("[^0-9Xx]", "", text)
        if MOBILE.fullmatch(digits):
            return SURE, Kind.MOBILE
        return SURE if IDENTITY.fullmatch(digits) else 0.0, Kind.RESIDENT_ID
    if _compound().fullmatch(text) and not _is_word(text):
        return SURE, Kind.PERSON_NAME
    called = _called().fullmatch(text)
    if text in ANYBODY:
        return SURE, Kind.PERSON_NAME
    if called and not _is_word(text) and not (called[1] and _is_word(called[1])):
        return SURE, Kind.PERSON_NAME
    return _latin(text) if LATIN.fullmatch(text) else _unknown(text), Kind.PERSON_NAME


def _is_word(text: str) -> bool:
    """Whether the word list has it, and not as somebody's name."""
    held = words()
    return (
        len(text) > 1
        and bool(held.costs.get(text))
        and held.letters.get(text) not in NAMES_OR_PERHAPS
    )


NAMES_OR_PERHAPS = frozenset("ghfk")


@cache
def _compound() -> re.Pattern[str]:
    """A surname of two characters, and a given name: 欧阳试试."""
    surnames = "|".join(s for s in tables.groups("surnames.txt")["compound"])
    return re.compile(f"(?:{surnames})[{HAN}]{{1,2}}")


@cache
def _called() -> re.Pattern[str]:
    """A surname, or a name, and how its bearer is called: 王先生, 李秀兰阿姨, 老张, 小李."""
    surnames = "|".join(sorted(surname_shares(), key=len, reverse=True))
    return re.compile(
        f"((?:{surnames})[{HAN}]{{0,2}})(?:{CALLED})|[老小阿](?:{surnames})|(?:{surnames})[{HAN}]?[*＊×xX某○]{{1,2}}"
    )


def _latin(text: str) -> float:
    """How sure it is that words of Latin letters are somebody's name."""
    words = [w.lower() for w in re.split("[ ,.·]+", text) if w]
    if any(w in listed("common") for w in words):
        return 0.0
    if len(words) > 1:
        by_sound = [w for w in words if SYLLABLES.fullmatch(w)]
        surname = words[0] in _sounds() or words[-1] in _sounds()
        if surname and len(by_sound) == len(words):
            return SURE
        return SURE if words[0] in listed("given") or words[-1] in listed("surname") else 0.0
    if len(text) < GLUED or words[0] in listed("city") or not _is_glued(words[0]):
        return 0.0
    return PERHAPS


def _is_glued(word: str) -> bool:
    """Whether a word begins with a surname's sound and goes on in syllables: wangxiulan."""
    given = (word[len(s) :] for s in _sounds() if word.startswith(s))
    return any(SYLLABLES.fullmatch(name) for name in given)


@cache
def _sounds() -> frozenset[str]:
    """How the surnames are written in Latin letters."""
    from pypinyin import lazy_pinyin

    return listed("pinyin") | {"".join(lazy_pinyin(s)) for s in surname_shares()}


SHORTEST, MOST = 2, 4
"""Characters of the Chinese names that no word list and no reading knows."""


def _unknown(text: str) -> float:
    """Whether two to four characters are no words, so that they may be a name: 订车 is none, nobody knows."""
    if not SHORTEST <= len(text) <= MOST or not HAN_ONLY.fullmatch(text):
        return 0.0
    read = pieces(text)
    known = all(p.letter != "?" for p in read) and (len(text) == 2) <= (len(read) == 1)
    return 0.0 if known else PERHAPS
