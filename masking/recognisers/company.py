"""Names of companies and institutions: what stands before 有限公司, 银行, 医院, 大学 and their like.

The end is a grammar (企业名称登记管理规定: division, own name, trade, form of organisation); where the name begins
has to be decided: it goes back over words that may be part of a name, until one that may not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from masking.kinds import Kind
from masking.lexicon import tables
from masking.lexicon.units import Unit, units
from masking.normalise import Normalised
from masking.recognisers.recogniser import Edges, Recogniser, Scores, Span

LONGEST = 24
ORDINARY = frozenset("大小新老任") | {
    "咨询",
    "投资",
    "服务",
    "开发",
    "三甲",
    "备注",
    "办理",
    "关于",
}
UNKNOWN = "?"
"""What a word is marked with that no list has."""
LABELS = ("单位", "名称", "公司")
SCORE, PLACED_SCORE, FORM_SCORE = 0.65, 0.82, 0.9
PUBLIC = frozenset({"局", "厅", "中心", "保健院", "管理处", "派出所", "法院", "检察院", "委员会"})
"""Ends of public bodies: somebody's only where a word says that he works there or is a party."""
EMPLOYED = re.compile("(?:单位|就职|任职|供职|雇主|甲方|乙方|发包方|承包方)[:于在是为 ]{0,3}$")
STRONG = PUBLIC | {"事务所"}
"""With a place before them stronger than an address."""


@cache
def forms() -> frozenset[str]:
    """The words that such names end with."""
    return frozenset(tables.groups("address_words.txt")["company"])


@cache
def group(name: str) -> frozenset[str]:
    """A group of `address_words.txt`."""
    return frozenset(tables.groups("address_words.txt")[name])


@cache
def outside() -> frozenset[str]:
    """Words that are never part of such a name."""
    return group("not_a_stem") - group("in_company")


@cache
def places() -> frozenset[str]:
    """Provinces and cities, with which names of companies begin."""
    found = tables.groups("places.txt")
    return frozenset(found["province"] + found["city"])


def _forms_pattern() -> str:
    return "|".join(sorted(forms() | PUBLIC, key=lambda form: (-len(form), form)))


@dataclass(frozen=True)
class Companies:
    """Companies and institutions in Chinese text."""

    kind: Kind = Kind.COMPANY_NAME
    name: str = "company"
    gate: str = field(default_factory=_forms_pattern)

    def spans(self, text: Normalised) -> list[Span]:
        """The names, in order of position."""
        matches = [(match.end(), match[0]) for match in self.compiled.finditer(text.simplified)]
        if not matches:
            return []
        seen = units(text.simplified)
        by_end = {unit.end: number for number, unit in enumerate(seen)}
        found: list[tuple[int, int, float]] = []
        for end, form in matches:
            number = by_end.get(end)
            if number is None or text.simplified[end - 4 : end] in group("no_company"):
                continue
            start = _start(text.simplified, seen, number)
            stem = text.simplified[start : end - len(form)]
            if (
                not stem
                or stem in outside()
                or stem in ORDINARY
                or stem + form in group("no_company")
            ):
                continue
            if form in PUBLIC and not _is_employer(text.simplified, start, end):
                continue
            if found and start <= found[-1][1]:
                start = found.pop()[0]
            found.append((start, end, _score(form, text.simplified[start:end])))
        return [Span(self.kind, *text.span(a, b), score) for a, b, score in found]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The forms, the longest first."""
        return re.compile(self.gate)


def _start(text: str, seen: Sequence[Unit], number: int) -> int:
    """Where the name begins that the unit `number` ends."""
    end = start = seen[number].start
    for before in range(number - 1, -1, -1):
        unit = seen[before]
        if unit.end != start or end - unit.start > LONGEST:
            break
        if not _may_be_inside(unit, nearest=start == end):
            break
        if unit.letter == UNKNOWN and unit.text[-1] in outside() and seen[before + 1].letter == "P":
            break  # 请寄 before 宝鸡海源
        start = unit.start
    if text[start : start + 1] in (")", "("):
        start += 1
    for label in LABELS:
        said = text.rfind(label, start, end)
        start = said + len(label) if said >= 0 and said + len(label) < end else start
    return _with_place(text, start)


def _may_be_inside(unit: Unit, nearest: bool) -> bool:
    """Whether a word may be part of a name; the one before the form nearly always is: 咨询 公司."""
    if unit.text in ("(", ")"):
        return True
    if unit.letter in "0.":
        return False
    return (nearest and len(unit.text) > 1) or unit.text not in outside()


def _is_employer(text: str, start: int, end: int) -> bool:
    said = EMPLOYED.search(text[max(0, start - 8) : start])
    return said is not None and _begins_with_place(text[start:end])


def _score(form: str, name: str) -> float:
    if "公司" in form:
        return FORM_SCORE
    return PLACED_SCORE if form in STRONG and _begins_with_place(name) else SCORE


def _begins_with_place(name: str) -> bool:
    return any(name[:size] in places() for size in (2, 3, 4))


def _with_place(text: str, start: int) -> int:
    """A place that was read apart belongs to the name whole: 大 连长达 is 大连 长达."""
    for size in (2, 3, 4):
        for back in range(1, size):
            if start >= back and text[start - back : start - back + size] in places():
                return start - back
    return start


COMPANY = Companies()

COMPANY_LATIN = Recogniser(
    kind=Kind.COMPANY_NAME,
    name="company_latin",
    pattern=(
        "[A-Z][0-9A-Za-z&'-]{0,30}(?:[ ](?:[A-Z][0-9A-Za-z&'-]{0,30}|of|and|&)){0,6}[,]?[ ]"
        "(?:Co[.]?,?[ ]?Ltd[.]?|(?:[Pp]te[.]?[ ])?(?:Limited|LIMITED|Ltd[.]?|LTD[.]?)|Inc[.]?|INC[.]?"
        "|LLC|L[.]L[.]C[.]|Corporation"
        "|Corp[.]?|CO[.]?,?[ ]?LTD[.]?|GmbH|PLC)"
    ),
    scores=Scores(shape=0.9, context=0.9),
    edges=Edges(decimal=True),
    against=(),
    separators="",
    gate="[A-Z]",
    shortest=5,
)
"""Names in Latin letters that end with a form of company."""
