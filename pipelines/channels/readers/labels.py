"""Labels: whether a text names a column, or speaks of a person, after whom no column may be called."""

import re
from collections.abc import Collection, Sequence
from functools import cache

from masking.headers import HINTS, hints
from masking.lexicon.lattice import HAN
from masking.normalise import simplified

_LABELS = "id key no code date time type status state city count total 序号 编号 行号 日期 时间 状态 类型 数量 单位"
_ENDS = "号码 编号 名称 日期 时间 金额 状态 类型 类别 等级 数量 代码 单位 号 率 数 额 度 量 _id _no"
LABELS, ENDS = frozenset(_LABELS.split()), tuple(_ENDS.split())
"""Headers that no list of kinds has, and how such headers end."""
LAST = frozenset(
    "号码名称型类期日址话机业入历况别族籍户网点注额种要单人式费表数架动车商证本权签员构档态否级邮箱信系房款利押率品"
    "区台压所径管门店量价扣付间年月度位向值分据源途因由果质法围办道次色龄主目论线饰航列属手经节容章款段况片"
)
"""What a Chinese header ends with, if it is no list's."""
_WORDS = (
    "account acct addr address age amount amt area balance bank bill birth birthday birthdate branch call card "
    "category cert certificate channel city class client close code col column company contact contract corp count "
    "country county create created cust customer data date day dept desc description device district district due edu "
    "education email employer end enterprise entry expire expires fee field file first flag full gender given grade "
    "grant group holder id idx income industry insured item job key last legal level line loan mail mark marital memo "
    "middle mob mobile month name nation nationality no note num number occupation open opened order org overdue "
    "owner page party password pay person phone plate policy post postcode price product province qty rate reason "
    "record ref region register remark row rule score seq serial sex site size source start state status street sum "
    "surname tel text time title total town trade type unit update updated url user valid value version vin website "
    "year zip nm dt cd ph"
)
WORDS = frozenset(_WORDS.split())
"""Words of English headers, some of which are somebody's name as well."""
LONGEST_LABEL = 8
PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z]")
"""The words of an identifier: birth_dt, phoneNum, CUST_NM."""
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_. /()#%-]*")
HEADERS = re.compile(f"[{HAN}A-Za-z0-9_. /()（）:：、#%-]+")
ONE_WORD = re.compile("[a-z_]+[0-9]{0,3}")


def is_label(name: str) -> bool:
    """Whether a text is one of the words that name columns."""
    bare = name.strip().lower()
    return (
        bool(hints(name)) or bare in LABELS or (len(bare) <= LONGEST_LABEL and bare.endswith(ENDS))
    )


def is_somebody(name: str) -> bool:
    """Whether a header, or a part of a dotted one, speaks of one person rather than of persons.

    Words of headers are known; to read any other takes a second at first.
    """
    return any(_is_somebody(part) for part in dict.fromkeys((name, *name.split("."))) if part)


def _is_somebody(name: str) -> bool:
    if name in _words() or ONE_WORD.fullmatch(name):
        return False
    from masking.somebody import is_somebody

    return is_somebody(_whole(name))


def told(names: Sequence[str], declared: Collection[str] = ()) -> list[str]:
    """Columns for a log or a masked file: a name that nobody declared, and is not plainly a header's, is its place."""
    return [
        name
        if name in declared or all(map(_is_plain, {name, *name.split(".")}))
        else f"column_{place}"
        for place, name in enumerate(names, start=1)
    ]


def _is_plain(name: str) -> bool:
    """Whether a name is made of what headers are made of: another may be somebody's, who stands there as a key."""
    if IDENTIFIER.fullmatch(name):
        return _is_identifier(name)
    if is_label(name):
        return not is_somebody(name)
    if not HEADERS.fullmatch(name):
        return False
    from masking.lexicon.lattice import pieces
    from masking.lexicon.tables import surname_shares

    if is_somebody(name):
        return False
    bare = re.sub("[(（].*", "", simplified(name)).rstrip(":：*") or name
    if bare[-1:] in LAST:
        return True
    known = all(piece.letter != "?" for piece in pieces(bare))
    return known and len(bare) > 1 and bare[0] not in (*surname_shares(), *"老小阿")


def _is_identifier(name: str) -> bool:
    """Whether Latin letters name a column: an English word, pinyin of a Chinese one, or at least nobody's name."""
    words = [w.lower() for w in PARTS.findall(name)]
    if WORDS.intersection(words) or "".join(words) in _sounds():
        return True
    from masking.lexicon.western import listed
    from masking.somebody import spans

    is_name = any(w in listed("given") or w in listed("surname") for w in words)
    return " " not in name.strip() and not is_name and not spans(" ".join(words))


@cache
def _sounds() -> frozenset[str]:
    """Chinese headers in pinyin."""
    from pypinyin import lazy_pinyin

    said = {*_LABELS.split(), *_ENDS.split(), *(word for words in HINTS.values() for word in words)}
    return frozenset("".join(lazy_pinyin(word)) for word in said if not word.isascii())


def alike(cell: str, below: Sequence[str]) -> bool:
    """Whether most of some cells are people, of whom the cell may be one; or places, as it is."""
    if not below or ONE_WORD.fullmatch(cell):
        return False
    from masking.somebody import is_place, may_be_somebody

    cell, below = _whole(cell), [_whole(one) for one in below]
    if is_place(cell):
        return sum(map(is_place, below)) * 2 > len(below)
    return may_be_somebody(cell) and sum(map(_is_somebody, below)) * 2 > len(below)


def _whole(text: str) -> str:
    """A text in which bytes that do not decode are question marks."""
    return text.encode("utf-8", "replace").decode()


@cache
def _words() -> frozenset[str]:
    return LABELS | {word.lstrip("=") for said in HINTS.values() for word in said}
