"""Whole names: what the cheapest reading cut in two, put together again.

李保 和 还款 is 李保和 还款, 家属 王德 明代 办 is 王德明 代办. Where both readings are possible the longer is
taken, so that nothing of a name is shown; that costs a verb here and there.
"""

import re
from functools import cache
from typing import Protocol

from masking.lexicon import tables
from masking.lexicon.minority import MinorityNames
from masking.lexicon.piece import NAMES, Piece
from masking.lexicon.tables import NEVER_GIVEN, PLACE_COST


class Told(Protocol):
    """What a reader knows."""

    costs: dict[str, float]
    first: dict[str, float]
    last: dict[str, float]
    foreign: dict[str, float]
    surnames: dict[str, float]
    minority: MinorityNames

    def said_before(self, run: str, i: int, left: str) -> float:
        """What stands before a name, as a cost."""


DOTS = frozenset("·•‧・-")
NOT_OF_A_NAME = (NEVER_GIVEN - {"和"}) | frozenset(
    "将正再未没可应需先来交付收缴退欠转借领取存打发补报开签买卖办送寄等"
)
"""What stands between a name and a deed: an adverb, or a verb whose object is the deed (交 房租)."""
WITH_OBJECT = frozenset("交付缴退欠转借收领取")
"""Verbs whose object is what is paid: 交 电费, 付 尾款."""
PARTICLES = frozenset("的了吗呢吧啊是在")
NO_SURNAME = frozenset("于向付任何方常成应单高金和同时由万全车路关平安开")
"""Words as often as surnames: a surname that stands apart from its given name is none of these."""
LIKELY, SPOKEN_FOR, LINKED = 2.5, -2.5, -1.0
"""How much rather a character is given than a word, if it ends a name whatever follows; a label; a link."""
FAMILIAR = frozenset(
    "王李张刘陈杨赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁卢姚沈钟姜崔谭陆范廖贾"
)
"""Surnames that mean a person after 老 or 小, where 小马 or 老方 may be something else."""
COMPOUNDS = frozenset(re.findall("..", "欧阳司徒司马上官诸葛尉迟皇甫令狐慕容宇文夏侯欧陽諸葛司馬"))
"""Compound surnames that are hardly ever words."""


@cache
def deeds() -> frozenset[str]:
    """What follows a name: what somebody does, or what is paid."""
    return frozenset(tables.groups("name_context.txt")["verb_after"])


def whole_names(told: Told, run: str, left: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces, with whole names."""
    found: list[Piece] = []
    ahead = list(reversed(pieces))
    while ahead:
        piece = ahead.pop()
        if run[piece.end - 1] in FAMILIAR and _is_familiar(run, piece):
            if piece.end - piece.start == 2:
                found.append(Piece(piece.start, piece.start + 1, "w"))
            piece = Piece(piece.end - 1, piece.end, "c")
        end, rest = _end(told, run, left, piece, ahead[-1]) if ahead else (0, 0)
        if end:
            while ahead and ahead[-1].start < rest:
                ahead.pop()
            if rest > end:
                ahead.append(Piece(end, rest, "w"))
            piece = Piece(piece.start, end, "f" if piece.letter == "f" else "c")
        found.append(piece)
    return tuple(found)


def _is_familiar(run: str, piece: Piece) -> bool:
    """Whether somebody is called by a surname after 老 or 小, in one word or two."""
    size = piece.end - piece.start
    return size < 3 and piece.letter not in NAMES and run[max(0, piece.end - 2)] in "老小"


def _end(told: Told, run: str, left: str, piece: Piece, cut: Piece) -> tuple[int, int]:
    """Where a name ends that begins with a piece and goes on in the next, and where the word after it ends; or 0."""
    size = piece.end - piece.start
    if piece.letter == "f":
        goes_on = _foreign(told, run, piece, cut)
        return (cut.end, cut.end) if goes_on else (0, 0)
    if piece.letter in NAMES:
        is_short = size == 2 or (size == 3 and run[piece.start : piece.start + 2] in COMPOUNDS)
        rest = _rest(told, run, cut, _is_labelled(told, run, left, piece)) if is_short else 0
        return (cut.start + 1, rest) if rest else (0, 0)
    if size > 2 or run[piece.start : piece.end] not in told.surnames:
        return 0, 0
    is_apart = _apart(told, run, left, piece, cut)
    return (cut.end, cut.end) if is_apart else (0, 0)


def _foreign(told: Told, run: str, piece: Piece, cut: Piece) -> bool:
    """Whether what follows a name with a dot still belongs to it: 叶尔兰·哈力 别克, 巴图·孟 和."""
    dot = max(run.rfind(mark, piece.start, piece.end) for mark in DOTS)
    if dot < 0:
        return False
    word = run[cut.start : cut.end]
    if run[dot + 1 : cut.end] in told.minority.parts:
        return True
    ends = cut.end == len(run) or deed_at(run, cut.end) > 0
    if len(word) == 1:
        return ends and word not in PARTICLES and (word in told.foreign or word in told.last)
    return len(word) < 4 and word not in deeds() and all(c in told.foreign for c in word) and ends


def _is_labelled(told: Told, run: str, left: str, piece: Piece) -> bool:
    return told.said_before(run, piece.start, left) <= SPOKEN_FOR


def _rest(told: Told, run: str, cut: Piece, labelled: bool) -> int:
    """Where the word after a name ends, if the first character after the name belongs to it; or 0."""
    last, at = run[cut.start], cut.start + 1
    given = told.last.get(last)
    if given is None or last in NOT_OF_A_NAME:
        return 0
    deed = deed_at(run, at)
    if cut.letter != "?" and cut.end > at:
        return deed if deed >= cut.end else 0
    rarer = told.costs.get(last, 13.0) - given
    is_last = labelled and cut.end == at == len(run)
    return max(cut.end, deed) if rarer > LIKELY or deed or is_last else 0


def _apart(told: Told, run: str, left: str, piece: Piece, cut: Piece) -> bool:
    """Whether a surname and the word after it are a name: 听 段 小楼 讲, 由 司徒 文晖 代办."""
    surname, given = run[piece.start : piece.end], run[cut.start : cut.end]
    if len(given) > 2 or given in deeds() or surname in NO_SURNAME or cut.letter in NAMES:
        return False
    if len(surname) == 1 and (len(given) == 1 or told.surnames[surname] > RARE_SURNAME):
        return False
    if len(surname) == 2 and surname not in COMPOUNDS:
        return False
    likely = (told.first.get(given[0]), told.last.get(given[-1]))
    if any(cost is None or cost >= PLACE_COST for cost in likely) or given[0] in NEVER_GIVEN:
        return False
    ends = cut.end == len(run) or deed_at(run, cut.end) > 0
    before = told.said_before(run, piece.start, left)
    if len(surname) == 2:
        return ends
    return ends and (before <= SPOKEN_FOR or (before <= LINKED and cut.end < len(run)))


RARE_SURNAME = 4.6 + 6.91
"""What a surname costs that a thousandth of the people bear."""


def deed_at(run: str, at: int) -> int:
    """Where a deed ends that begins at a place, or 0."""
    if run[at : at + 1] in WITH_OBJECT and len(run) > at:
        at += 1
    longest = min(4, len(run) - at)
    return next((at + n for n in range(longest, 1, -1) if run[at : at + n] in deeds()), 0)
