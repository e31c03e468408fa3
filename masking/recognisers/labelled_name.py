"""Names that something beside them says to be names: a label or key, a list of names, blanks between characters.

What stands there may read as words (常四海), so it must have the shape of a name from end to end.
"""

import re
from dataclasses import dataclass

from masking.kinds import Kind
from masking.lexicon import tables
from masking.lexicon.lattice import HAN, reading_at
from masking.lexicon.tables import PLACE_COST
from masking.lexicon.western import listed
from masking.lexicon.whole import NO_SURNAME, PARTICLES
from masking.normalise import Normalised
from masking.recognisers.recogniser import Span

LABELLED_SCORE = 0.7
SAID = (
    "姓名|名字|户名|客户名称?|客户|联系人|收件人|收货人|收款人|付款人|持卡人|经办人?|代办人?|申请人|投保人|"
    "被保险人|被保人|受益人|借款人|担保人|户主|车主|业主|租客|房东|旅客|乘客|负责人|法定代表人|法人|投诉人|报修人|家属"
)
KEYS = (
    r"(?<![A-Za-z])(?:user|customer|cust|client|contact|holder|owner|payee|payer|insured|full|real|first|last)?[ _-]?"
    r"(?:name|user|customer|client|contact|holder|owner|payee|payer|insured|applicant|beneficiary|guest|passenger)"
)
BETWEEN = r"[\"'”]?(?:(?:[ ]?[:=|/({\[【《「『<>-]+|[ ])[ ]?[\"'“(]?)"
AFTER_LABEL = re.compile(
    f"(?:{SAID}|(?i:{KEYS})){BETWEEN}(?P<name>[{HAN}]{{2,4}}|[{HAN}](?: [{HAN}]){{1,3}})(?![{HAN}])"
)
LATIN_AFTER_LABEL = re.compile(
    f"(?:{SAID}|姓名拼音|拼音|(?i:{KEYS}))(?:{BETWEEN})?"
    "(?P<name>[A-Z][A-Za-z]+(?:[ ][A-Z][A-Za-z]+|[ ][a-z]{2,8}){1,3}|[A-Z]{2,12}/[A-Z]{2,20})(?![A-Za-z0-9])"
)
APART = re.compile(f"(?<![{HAN}])(?<![{HAN}] )(?P<name>[{HAN}] [{HAN}] [{HAN}])(?! ?[{HAN}])")
"""Characters with blanks between them: 王 小 明."""
LIST = re.compile(f"(?<![{HAN}])[{HAN}]{{2,4}}(?:、[{HAN}]{{2,4}})+(?![{HAN}、])")
ITEM = re.compile(f"[{HAN}]+")
ROLES = (
    f"{SAID}|同住人|代取人|受托人|承租人|出租人|监护人|司机|驾驶员|租户|住户|用户|顾客|骑手|快递员|配送员|外卖员|"
    "业务员|查勘员|维修员|维修工|安装工|护工|保姆|班主任|教师|教练|导游|患者|病人|学生|学员|会员"
)
TOLD_OF = r"电话|手机|微信|身份证|证件|号码|[0-9]{4}|[QqVv][QqXx]?[0-9：:]"
BARE = re.compile(
    f"(?:{ROLES})(?P<name>[{HAN}]{{2,3}}?)(?:(?P<told>[，, (（:：]{{0,2}}(?:{TOLD_OF}))|(?![{HAN}]))"
)
"""Right behind a role, up to a mark or to what is told of somebody: 司机高山，电话 …, 代取人白雪 and a number."""
LIKELY, RARELY = 7.0, 12.0
"""What a character costs at most that many people are called by, and what one that nobody was seen with."""

UNUSUAL = 10.3
"""What a word costs at least that somebody may be called by, where a role is before it: 高兴 is below."""
ENDS_OF_ROLES = frozenset(role.rstrip("?")[-1] for role in ROLES.split("|")) | {"称", "办", "户"}
"""Of which one stands in any text with a role."""

SEPARATED, SPELT = "[:=|/({\\[【《「『<> -]", "[A-Z][A-Za-z]"
IS_SEPARATED, IS_SPELT = re.compile(SEPARATED), re.compile(SPELT)


@dataclass(frozen=True)
class LabelledNames:
    """Names that stand right after a label or key, up to the next mark."""

    kind: Kind = Kind.PERSON_NAME
    name: str = "labelled_person_name"
    gate: str = f"{SEPARATED}|{SPELT}|、|[{''.join(sorted(ENDS_OF_ROLES))}]"

    def spans(self, text: Normalised) -> list[Span]:
        """The names, in order of position."""
        read = text.simplified
        found: list[tuple[int, int]] = []
        if IS_SEPARATED.search(read):
            found += [
                m.span("name")
                for m in AFTER_LABEL.finditer(read)
                if is_shaped(m["name"]) or may_be_called(m["name"])
            ]
        found += [
            m.span("name")
            for m in BARE.finditer(read)
            if is_shaped(m["name"]) or may_be_called(m["name"], bool(m["told"]))
        ]
        if " " in read:
            found += [m.span("name") for m in APART.finditer(read) if is_shaped(m["name"], True)]
        if IS_SPELT.search(read):
            found += [
                m.span("name") for m in LATIN_AFTER_LABEL.finditer(read) if _is_spelt(m["name"])
            ]
        if "、" in read:
            found += _of_list(read)
        return [
            Span(self.kind, *text.span(start, end), LABELLED_SCORE)
            for start, end in sorted(set(found))
        ]


def is_shaped(written: str, likely: bool = False) -> bool:
    """Whether it has a surname and a given name, and is no word; `likely`: the given name is a common one."""
    name = written.replace(" ", "")
    shares, characters = tables.surname_shares(), tables.name_characters()
    surname = next((n for n in (2, 1) if name[:n] in shares and n < len(name)), 0)
    given = name[surname:]
    letter = tables.words().letters.get(name, "") if tables.words().costs.get(name) else ""
    if not surname or len(given) > 2 or letter not in ("", "g", "h", "k", "c", "f"):
        return False
    if not PARTICLES.isdisjoint(given) or (surname and _begins_a_phrase(name[:surname], given)):
        return False
    costs = [characters["first" if len(given) > 1 else "only"].get(given[0], RARELY)]
    costs += [characters["last"].get(given[-1], RARELY)] if len(given) > 1 else []
    limit = LIKELY if likely else PLACE_COST
    return all(cost < limit for cost in costs)


def may_be_called(written: str, told_of: bool = True) -> bool:
    """Whether somebody may be called by a word: 高山, 田野, 白雪; where more is told of him, by most words.

    It begins with a surname and is no everyday word.
    """
    words = tables.words()
    cost = words.costs.get(written) or 0.0
    if cost < UNUSUAL or written[0] not in tables.surname_shares() or len(written) > 3:
        return False
    return PARTICLES.isdisjoint(written) and (told_of or words.letters.get(written) in ("h", "p"))


def _begins_a_phrase(surname: str, given: str) -> bool:
    """Whether what looks like a name is two words: 高 净值, 应 还款."""
    return surname in NO_SURNAME and bool(tables.words().costs.get(given)) and len(given) > 1


def _of_list(text: str) -> list[tuple[int, int]]:
    """The members of lists that are not read as names, where another is."""
    found: list[tuple[int, int]] = []
    for whole in LIST.finditer(text):
        items = [item.span() for item in ITEM.finditer(text, *whole.span())]
        rest = [item for item in items if not _is_read_as_name(text, *item)]
        if len(rest) < len(items) and all(is_shaped(text[start:end]) for start, end in rest):
            found += rest
    return found


def _is_read_as_name(text: str, start: int, end: int) -> bool:
    held = reading_at(text, start)
    return held is not None and any(
        (held[0] + name.start, held[0] + name.end) == (start, end) for name in held[1].names
    )


def _is_spelt(name: str) -> bool:
    """Whether its first or last word is a surname as it is spelt in pinyin or Hong Kong, or a given name."""
    words = re.split("[ /]", name.lower())
    if any(word in listed("country") or word in listed("city") for word in words):
        return False
    said = (listed("pinyin"), listed("hongkong"), listed("surname"), listed("given"))
    return any(word in group for word in (words[0], words[-1]) for group in said)


LABELLED_NAME = LabelledNames()
