"""Addresses: divisions, roads, house numbers, estates, rooms, with or without a province, rural too.

GB/T 23705 names the parts (行政区域, 街路巷, 门楼牌, 住宅小区, 楼栋, 单元, 户室). Parts that
stand side by side, from the large to the small, are one address. A place alone is a weak find.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from masking.kinds import Kind
from masking.lexicon import tables
from masking.lexicon.divisions import Level, names
from masking.lexicon.lattice import HAN, HAN_GATE, MARKS, Reading, reading_at, readings
from masking.lexicon.piece import Piece
from masking.normalise import Normalised
from masking.recognisers.person_name import in_title
from masking.recognisers.recogniser import Span

NUMBER = (
    r"(?:[0-9]+(?:-[0-9A-Za-z]+){0,3}|[A-Za-z][0-9]{0,3}|[甲乙丙丁东西南北一二三四五六七八九十百]{1,4})"
    r"(?:号楼|号院|号|弄|栋|幢|座|楼|层|室|单元|组|队|户|期|门|房间|房|铺|区|社|村|段)"
    r"(?:[0-9]{3,4}(?![0-9号栋幢弄楼座])室?)?"
)
NUMBERED = re.compile(f"[ ]?[附付]?(?:{NUMBER})")
"""House, building, floor, room: 17号, 3号楼, 二单元, B座, 502室."""
CHAIN = re.compile(f"(?:{NUMBER}){{2,6}}")
"""Two of them are an address without anything before: 3号楼502室."""
ESTATE = re.compile(
    f"[{HAN}]{{2,6}}(?=[0-9A-Za-z]{{1,4}}(?:号楼|栋|幢|座|单元|号院|区|期|楼|号|室)|[一二三四五六七八九十]{{1,3}}(?:栋|幢|单元|期)"
    f"|[0-9]{{1,3}}-(?:[0-9]{{1,2}}-)?[0-9]{{3,4}}(?![0-9-]))"
)
"""What stands between two numbers is an estate, whatever its name: 77号 东方明珠 12栋."""
ENDS = (
    r"(?![0-9A-Za-z.%:-]|[ ]?(?:元|块|万|亿|度|吨|方|笔|个|台|次|件|户|人|天|年|月|日|点|时|分|岁|路|号|楼)"
    "|[ -][0-9]{4}[ -][0-9]{4})"
)
INSIDE = re.compile(
    "[ ]?(?:(?:Tower|Block|Building|Bldg|Room|Rm|Floor|Unit|Suite|Flat)[ ]?[0-9A-Z]{1,5}"
    f"|[0-9]{{1,3}}-(?:[0-9]{{1,2}}-)?[0-9]{{3,4}}{ENDS}"
    f"|(?:[0-9]{{1,3}}F|[A-Z][0-9]{{1,2}}|[0-9]{{1,4}}[A-Z]?){ENDS}"
    "|(?!ATM|POS|APP|VIP|QQ|WIFI|ETC|Tel|TEL|Phone|PHONE|Email|ID)[A-Z][A-Za-z]{1,14}(?![A-Za-z])"
    f"(?:[{HAN}]{{1,6}}?(?=[0-9A-Z]{{1,3}}(?:座|栋|幢|楼|层|室|单元|号|F|[ ]|$))|(?=[ ]?[0-9]|[ ][A-Z]|$)))"
)
"""After a house or an estate: a building of Latin letters, its floor and room: SOHO塔1 1201, T2 15F, 7-4-508."""
DISTRICT = re.compile(
    f"(?:(?![的在与和及了是有等民小社地片景郊去到为被把要不大全各这那上下])[{HAN}]){{1,4}}?(?:区|县|旗|镇|乡|街道)"
    f"(?=[{HAN}]{{1,6}}(?:路|街|镇|乡|村|道|巷|弄|号)|[0-9]|$)|(?:上|大)[城]区|城区"
)
"""Between a city and a road is a district, whatever its name."""
CLAUSE = re.compile(f"[^{MARKS}]+")
WHAT = {NUMBERED: "number", INSIDE: "number", ESTATE: "estate", DISTRICT: "division"}
ROOMS = ("室", "单元", "栋", "幢", "号楼", "楼", "房")
"""What a chain has, which 3号2组 of a queue has not."""
LONGEST_STEM, LONGEST_FILL, LOOK_AHEAD, LONGEST_SIDE = 5, 9, 9, 4
COUNTRY_SCORE, PLACE_SCORE, PART_SCORE, ADDRESS_SCORE, FULL_SCORE = 0.35, 0.4, 0.6, 0.8, 0.85
SIZES = {
    "place": 4,
    "weak": 4,
    "division": 3,
    "road": 2,
    "estate": 1,
    "weak_estate": 1,
    "number": 0,
}
ENDINGS = ("weak_estate", "estate", "road", "division")
REGION = re.compile("(?:省|自治区|特别行政区|市)$")
PREFECTURE = re.compile("(?:地区|州|盟)$")
COUNTED = re.compile("[一二三四五六七八九十百两几数多]+[套栋座家个间幢处条所片块]")
"""How many there are is no name: 二十套 公寓."""
GOING = frozenset("到去赴飞抵访自在于问往回离入驻")
"""Before a country it is where somebody is or goes."""
SIZE_WORDS = frozenset("大小新老东西南北")
"""Ordinary before a place (大商场), part of the name right after another place (乡 小营村)."""
BY_NAME = frozenset(("区", "市", "州", "盟", "旗", "一路", "二路"))
"""What is one only after a name: 示范区 is none, 房价一路 neither."""
OF_PAPERS = re.compile(
    "证|(?:特区|地区)?(?:居民|同胞|来往|往来|通行证|护照|身份证|居住证|手机|办公室电话|电话|两地牌)"
)
"""After the name of a place: it says whose papers or which telephone is meant, not where anybody is."""
ON_IT = ("路上", "街上", "路边", "街头", "路段", "村里", "镇上")
"""What the word list takes for one word, and is an ending and a side after a place: 湖南 路上."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an address; `what` is one of `SIZES`."""

    start: int
    end: int
    what: str


@cache
def endings() -> dict[str, str]:
    """What a word that ends so is a part of."""
    found = tables.groups("address_words.txt")
    return {word: what for what in ENDINGS for word in found[what]}


@cache
def group(name: str) -> frozenset[str]:
    """A group of `address_words.txt`."""
    return frozenset(tables.groups("address_words.txt")[name])


@dataclass(frozen=True)
class Addresses:
    """Addresses in Chinese text."""

    kind: Kind = Kind.ADDRESS
    name: str = "address"
    gate: str = HAN_GATE

    def spans(self, text: Normalised) -> list[Span]:
        """The addresses, in order of position."""
        found = []
        for parts in _together(text.simplified, _parts(text.simplified)):
            score = _score(text.simplified, parts)
            if score:
                end = _side(text.simplified, parts[-1])
                found.append(Span(self.kind, *text.span(parts[0].start, end), score))
        return found


def _parts(text: str) -> list[Part]:
    """The parts in a text, in order of position."""
    found: list[Part] = []
    seen = readings(text)
    at = 0
    for clause in CLAUSE.finditer(text):
        parts: list[Part] = []
        begin, end = clause.span()
        while at < len(seen) and seen[at][0] < end:
            _parts_of(text, end, *seen[at], parts)
            at += 1
        if not parts and any(last in clause[0] for last in ROOMS):
            parts = [Part(*chain.span(), "number") for chain in CHAIN.finditer(text, begin, end)]
        found += parts
    return found


def _parts_of(text: str, end: int, offset: int, reading: Reading, parts: list[Part]) -> None:
    """Adds the parts that begin in a reading; `end` is the end of its clause."""
    done = parts[-1].end if parts else 0
    for number in _marks(reading):
        if reading.pieces[number].start + offset < done:
            continue
        part = _named(reading.text, reading.pieces, number, max(0, done - offset))
        if part:
            parts.append(Part(part.start + offset, part.end + offset, part.what))
            done = _numbers(text, part.end + offset, end, parts)


def _numbers(text: str, done: int, end: int, parts: list[Part]) -> int:
    """What follows a part whatever its name: districts, numbers, the estates between those."""
    while match := NUMBERED.match(text, done, end) or _unlisted(text, done, end, parts[-1].what):
        parts.append(Part(done, match.end(), WHAT[match.re]))
        done = match.end()
    return done


def _unlisted(text: str, done: int, end: int, last: str) -> re.Match[str] | None:
    if last == "number":
        return ESTATE.match(text, done, end) or INSIDE.match(text, done, end)
    if last == "estate":
        return INSIDE.match(text, done, end)
    return DISTRICT.match(text, done, end) if last in ("place", "division") else None


@lru_cache(20_000)
def _marks(reading: Reading) -> tuple[int, ...]:
    """Which pieces may be, or end, a part of an address."""
    text = reading.text
    return tuple(
        number
        for number, piece in enumerate(reading.pieces)
        if _by_itself(text[piece.start : piece.end], piece.letter)
    )


@lru_cache(50_000)
def _by_itself(word: str, letter: str) -> str:
    """What a word is a part of; `stem` if that depends on the words before it."""
    ending = _ending(word)
    if letter == "C":
        return "country"
    if letter == "P":
        what = endings().get(ending, "place")
        return what if what in ("division", "road") and not REGION.search(word) else "place"
    if not ending or (word in group("plain") and word != ending):
        return "weak" if letter == "p" and len(word) > 1 and not ending else ""
    if word == ending:
        return "stem"
    if ending in BY_NAME and letter != "p":
        return ""
    return endings()[ending] if letter == "p" or len(word) - len(ending) > 1 else "stem"


def _ending(word: str) -> str:
    return next(
        (word[-n:] for n in (5, 4, 3, 2, 1) if len(word) >= n and word[-n:] in endings()), ""
    )


def _named(text: str, seen: Sequence[Piece], number: int, done: int) -> Part | None:
    piece = seen[number]
    word = text[piece.start : piece.end]
    what = _by_itself(word, piece.letter)
    if not what:
        return None
    joined = _with_next(text, seen, number, endings()[_ending(word)] if what == "stem" else what)
    if joined:
        begin = _stem if what == "stem" else _filled
        start = begin(text, seen, number, done)
        by_name = what in ("place", "weak") or _is_name_of_place(seen, number)
        return Part(start, joined.end, _sure(text[start : joined.end], joined.what, by_name))
    if what in ENDINGS:
        size = "place" if what == "division" and REGION.search(word) else what
        return Part(_filled(text, seen, number, done), piece.end, size)
    if what != "stem":
        return Part(piece.start, piece.end, what)
    ending = _ending(word)
    start = _stem(text, seen, number, done)
    if start == done and done and (start < piece.start or len(ending) > 1):
        return Part(start, piece.end, endings()[ending])
    if ending in BY_NAME and not _is_name_of_place(seen, number):
        return None
    if start == piece.start or text[start : piece.end] in group("plain"):
        return None
    by_name = len(ending) > 1 and _is_name_of_place(seen, number)
    return Part(start, piece.end, _sure(text[start : piece.end], endings()[ending], by_name))


def _sure(word: str, what: str, by_name: bool) -> str:
    """A centre, a park, a hotel that has a name of its own is an estate."""
    is_known = what == "weak_estate" and by_name and word not in group("plain")
    return "estate" if is_known else what


def _with_next(text: str, seen: Sequence[Piece], number: int, what: str) -> Part | None:
    """A word and the ending right after it: 白云 区, 建国 路, 公园 路."""
    piece, following = seen[number], _next_ending(text, seen, number)
    if not following:
        return None
    size = _size(text[piece.start : following.end], text[following.start : following.end])
    if what in ("place", "weak") or size == "road" or (size == "division" and what != "road"):
        return Part(piece.start, following.end, size)
    return None


def _size(word: str, ending: str) -> str:
    return "place" if REGION.search(word) else endings()[ending]


def _next_ending(text: str, seen: Sequence[Piece], number: int) -> Piece | None:
    """The ending right after a place: 白云 区, 建国 路."""
    if number + 1 >= len(seen) or seen[number + 1].start != seen[number].end:
        return None
    following = seen[number + 1]
    word = text[following.start : following.end]
    if word in ON_IT:
        return Piece(following.start, following.end - 1, following.letter)
    return following if word in endings() else None


def _is_name_of_place(seen: Sequence[Piece], number: int) -> bool:
    return number > 0 and seen[number - 1].letter in "pPcfk?"


def _filled(text: str, seen: Sequence[Piece], number: int, done: int) -> int:
    """Where a part begins that may reach back to the part before it."""
    start = seen[number].start
    reached = _back(text, seen, number, done, LONGEST_FILL)
    return reached if reached == done and done else start


def _stem(text: str, seen: Sequence[Piece], number: int, done: int) -> int:
    """Where the name begins that the piece `number` ends: one word, or single characters."""
    reached = _back(text, seen, number, done, LONGEST_FILL)
    if reached == done and done:
        return reached
    start = end = seen[number].start
    for piece in reversed(seen[max(0, number - 4) : number]):
        if not _may_name(text, piece, start, done) or end - piece.start > LONGEST_STEM:
            break
        start = piece.start
        if piece.end - piece.start > 1:
            break
    return start


def _back(text: str, seen: Sequence[Piece], number: int, done: int, longest: int) -> int:
    """How far back one may go over words that may be part of a name."""
    start = end = seen[number].start
    for piece in reversed(seen[max(0, number - longest) : number]):
        if not _may_name(text, piece, start, done) or end - piece.start > longest:
            break
        start = piece.start
    return start


def _may_name(text: str, piece: Piece, start: int, done: int) -> bool:
    if piece.end != start or piece.start < done:
        return False
    word = text[piece.start : piece.end]
    if COUNTED.fullmatch(word):
        return False
    return word not in group("not_a_stem") or (word in SIZE_WORDS and piece.start == done > 0)


def _together(text: str, parts: list[Part]) -> list[list[Part]]:
    """Parts that touch or have one blank between them, from the large to the small."""
    found: list[list[Part]] = []
    for part in parts:
        if found and _goes_on(text, found[-1][-1], part):
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _goes_on(text: str, last: Part, part: Part) -> bool:
    if text[last.end : part.start] not in ("", " ") or "country" in (last.what, part.what):
        return False
    if part.what == "place" and last.what in ("place", "division"):
        return _holds(text[last.start : last.end], text[part.start : part.end])
    if last.what == "number":
        return part.what not in ("place", "weak", "division")
    return SIZES[part.what] <= SIZES[last.what] + (part.what == "road")


def _holds(place: str, other: str) -> bool:
    """Whether a place may be followed by a part of it: 广西 桂林, 江苏省 苏州, 廊坊 三河市."""
    if REGION.search(place) or place in tables.groups("places.txt")["province"]:
        return not _is_province(other)
    is_prefecture = PREFECTURE.search(place) or place in tables.groups("places.txt")["city"]
    return bool(is_prefecture) and other in names(Level.COUNTY, past=True)


def _is_province(word: str) -> bool:
    return word.endswith(("省", "自治区")) or word in tables.groups("places.txt")["province"]


def _score(text: str, parts: list[Part]) -> float:
    what = {part.what for part in parts}
    start, end = parts[0].start, parts[-1].end
    if "number" in what:
        return FULL_SCORE if len(parts) > 1 or CHAIN.match(text, start) else 0.0
    if in_title(text, start) or _is_organisation(text, end) or OF_PAPERS.match(text, end):
        return 0.0
    if what & {"road", "estate"} or (len(parts) > 1 and what & {"place", "division"}):
        return ADDRESS_SCORE if len(parts) > 1 else PART_SCORE
    if "division" in what:
        return PART_SCORE
    if "place" in what:
        return PLACE_SCORE
    return COUNTRY_SCORE if "country" in what and text[max(0, start - 1) : start] in GOING else 0.0


def _side(text: str, last: Part) -> int:
    """Where an address ends, with the side of the road or the part of the city it names."""
    words = group("side_of_city" if last.what in ("place", "division") else "side")
    after = text[last.end : last.end + LONGEST_SIDE]
    return last.end + next((n for n in range(len(after), 1, -1) if after[:n] in words), 0)


def _is_organisation(text: str, end: int) -> bool:
    """Whether what follows makes the place part of an organisation's name: 北京市 消防局."""
    after = text[end : end + LOOK_AHEAD]
    if any(after[:n] in group("organisation_next") for n in (2, 3, 4)):
        return True
    held = reading_at(text, end)
    return held is not None and _ends_in_organisation(held[1], end - held[0])


def _ends_in_organisation(reading: Reading, end: int) -> bool:
    at = end
    for piece in reading.pieces:
        if piece.start < at:
            continue
        word = reading.text[piece.start : piece.end]
        if piece.start == end and word in group("organisation_next"):
            return True
        if piece.start != at or piece.end > end + LOOK_AHEAD or word in group("not_a_stem"):
            return False
        if piece.letter in "xo" or any(word[-n:] in group("organisation_end") for n in (1, 2, 3)):
            return True
        at = piece.end
    return False


ADDRESS = Addresses()
