"""The lexicon's tables, each read once, when first asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
TENTH = 0.1  # costs are written as ten times the natural logarithm, rounded


def lines(name: str) -> list[str]:
    """The lines of a file of the lexicon, without its header."""
    text = (HERE / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def groups(name: str) -> dict[str, tuple[str, ...]]:
    """A file's ``[group]`` headings, each with the words below it."""
    found: dict[str, tuple[str, ...]] = {}
    heading = ""
    for line in lines(name):
        if line.startswith("["):
            heading = line.strip("[]")
            found[heading] = ()
        else:
            found[heading] += tuple(line.split())
    return found


@cache
def traditional() -> dict[str, str]:
    """Traditional characters, each with the simplified one it is written as."""
    found = lines("traditional.txt")
    return dict(zip("".join(found[::2]), "".join(found[1::2]), strict=True))


@cache
def transliteration() -> frozenset[str]:
    """The characters that write foreign names."""
    return frozenset("".join(lines("transliteration.txt")))


@cache
def surname_shares() -> dict[str, float]:
    """Each surname's share of the people; anchored at the ministry's figures, log-linear between."""
    found = groups("surnames.txt")
    shares: dict[str, float] = {}
    for group, share in (
        ("compound", 2e-4),
        ("traditional", 5e-4),
        ("rare", 1e-4),
        ("common", 1e-3),
    ):
        shares |= dict.fromkeys(found[group], share)
    for rank, surname in enumerate(found["ranked"], 1):
        shares[surname] = _share(rank)
    return shares


ANCHORS = ((1, 0.072), (3, 0.068), (5, 0.046), (10, 0.02), (23, 0.01), (100, 0.0018))


NEVER_GIVEN = frozenset(
    "的了是在与和及或等被把从对但则却就都也还很更最太这那哪谁此么吗呢吧啊说称诉问我你他她它们个只已让给到去过着得地不没会要想"
    "看做跟出下后前内外并时号者岁道笑见听忙叹叫心里其宫证盘辞"
)
"""Characters that follow names in text and are hardly ever given."""
PLACES_END = "楼塔寺庙镇店馆县市区乡沟坝墓祠殿院局厂站路街队社报奖杯族"
"""Characters that end the names of places, teams and tongues, rarely those of people …"""
PLACE_COST = 13.0
"""… and what one costs there."""
NEVER_COUNTED = NEVER_GIVEN | frozenset(
    "家庄村镇县市湖山岭湾墩岗桥寺庙嘴坝潭店站爷娘婆公太侠哥姐弟妹母父客播能"
)
"""What else the word list has at the end of what it takes for a name."""


def _share(rank: int) -> float:
    for (low, more), (high, less) in pairwise(ANCHORS):
        if rank <= high:
            return float(more * (less / more) ** ((rank - low) / (high - low)))
    raise ValueError("surnames.txt ranks a hundred surnames")


@dataclass(frozen=True)
class Words:
    """The word list: what each word costs, -ln of its share, and what it is."""

    costs: dict[str, float]
    """Words, and with a cost of 0 the beginnings of longer words."""
    letters: dict[str, str]
    """p place, o organisation, g Chinese person, h perhaps one, f foreign person, n noun, w other; k a listed person,
    P a listed place, C a country, x a listed club or brand, however the word list has them."""


CLUB, PLACE, PERSON, TRADE = 10.5, 10.5, 11.5, 10.5
"""What the words of `clubs.txt`, `places.txt`, `people.txt` and `trade_words.txt` cost at most."""


COUNTY = re.compile("(?:(?:[\u4e00-\u9fff]{1,4}族)*自治)?[市县]$")
COMMON_SURNAME, ORDINARY, SHORT = 1e-3, 12.5, 14.0
"""A county goes without its rank unless it could be somebody (高阳) or an ordinary word (商城); what it costs then."""


def _with_rank(listed: tuple[str, ...], group: str) -> tuple[str, ...]:
    """Provinces and cities, also with what they are."""
    ranks = {"province": ("省", "市"), "city": ("市",)}.get(group, ())
    return listed + tuple(word + rank for word in listed for rank in ranks)


def _listed(costs: dict[str, float], letters: dict[str, str]) -> Iterator[tuple[str, str, float]]:
    """People, places, clubs, words of trades and counties: what they are, and what they cost at most."""
    for name, letter, cost in (
        ("people.txt", "k", PERSON),
        ("places.txt", "P", PLACE),
        ("clubs.txt", "x", CLUB),
        ("trade_words.txt", "w", TRADE),
    ):
        for group, listed in groups(name).items():
            for word in _with_rank(listed, group):
                yield word, "C" if group == "country" else letter, cost
    for name in dict.fromkeys(line.split()[1] for line in lines("divisions.txt")):
        if len(name) < 3 or "辖" in name:
            continue  # the sum of a city's districts is no place's name
        yield name, "P", PLACE
        short = COUNTY.sub("", name)
        named = len(short) > 1 and surname_shares().get(short[0], 0) < COMMON_SURNAME
        if named and letters.get(short, "p") == "p" and costs.get(short, SHORT) >= ORDINARY:
            yield short, "P", SHORT


@cache
def words() -> Words:
    """The word list of `words.txt`."""
    costs: dict[str, float] = {}
    letters: dict[str, str] = {}
    for line in lines("words.txt"):
        word, tenths, letter = line.split()
        costs[word] = int(tenths) * TENTH
        letters[word] = letter
    for word, letter, cost in _listed(costs, letters):
        costs[word] = min(costs.get(word, cost), cost)
        letters[word] = letter
    for word in list(costs):
        for end in range(1, len(word)):
            costs.setdefault(word[:end], 0.0)
    return Words(costs, letters)


RARE_FOREIGN = 7.0
"""What a character of `transliteration.txt` costs that the word list's foreign names hardly use."""
GIVEN_COSTS = {"very_common": 4.6, "common": 5.9, "less": 7.6}
"""What a character of `given_characters.txt` costs anywhere in a given name."""


@cache
def name_characters() -> dict[str, dict[str, float]]:
    """For `only`, `first`, `last` and `foreign`: what a character costs in that place of a name."""
    found: dict[str, dict[str, float]] = {}
    for line in lines("name_characters.txt"):
        place, character, tenths = line.split()
        found.setdefault(place, {})[character] = int(tenths) * TENTH
    for character in transliteration():
        found["foreign"].setdefault(character, RARE_FOREIGN)
    for group, cost in GIVEN_COSTS.items():
        for character in "".join(groups("given_characters.txt")[group]):
            for place in ("only", "first", "last"):
                known = found[place].get(character, cost + 1.5)
                found[place].setdefault(character, cost)
                found[place][character] = min(known, cost) if known < cost else (known + cost) / 2
    for character in PLACES_END:
        found["last"][character] = found["only"][character] = PLACE_COST
    return found
