"""Slips: cells that the rule of their column would show, though they speak of somebody.

A column is judged by most of its cells; what stands in the few others is hidden cell by cell. Where they are many, or
nobody knows what they are, the column is withheld.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from masking.bare_dates import LOOKED_AT, bare_dates
from masking.cleaners import FULL_WIDTH, HALF_WIDTH
from masking.headers import is_about_else
from masking.kinds import Kind
from masking.lexicon.western import SHAPE_SCORE
from masking.recognisers import Span
from masking.rules import FreeText, Rule
from masking.rules.address import Address
from masking.rules.hide import Hide
from masking.rules.keep import Keep
from masking.rules.part import Part
from masking.somebody import spans
from masking.tiers import Tier
from pipelines.core.batch import Relation
from pipelines.core.sql import literal, quoted
from pipelines.engine.protocol import Engine

SHOWS_PART: tuple[type[Rule], ...] = (Keep, Hide, Part, Address)
"""Rules that show a part of whatever stands in a cell; the others show what they know, or nothing of it."""
MANY = 0.2
"""The share of a column's cells from which on they are no slips: nobody knows what the column is."""
NEARLY_ALL, ENOUGH = 0.8, 20
"""The share, and the number, of cells of one kind from which on that is what a column is."""
OVER_AND_OVER = 3
"""A word that stands in so many cells is a class, unless it is known to be somebody's name."""
SHORT, SHORTEST_TEXT = 12, 4
"""A cell of no more characters is hidden whole; one of no more Chinese characters than that may be a name."""

PROVINCES = (
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|"
    "四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|台湾|香港|澳门"
)
NUMBERS = "^[-+0-9０-９ .,，:/()（）%年月日时分秒TZ]*$"
"""What has no letter in it: numbers, dates, instants."""
TEN_DIGITS = "(?:[0-9０-９][^0-9０-９]?){10}"
INSTANT = "^[ '\"=]*(?:19|20)[0-9]{2}[-/.年][0-9]"
"""Numbers as long as a telephone's are looked at, instants are not."""
WORDS = "[一-龥㐀-䶿]{2}|[A-Za-z]{2,}[ .,·-]+[A-Za-z]{2,}"
NAMES = re.compile(r"\s*[A-Z][\w'’-]+(?:[ ,.]+[A-Z][\w'’-]*){1,3}\s*|[a-z]{11,}")
"""Words with capitals, or so long a one, are names more often than they are classes."""


@dataclass(frozen=True)
class Slips:
    """Of one column: what is shown instead of certain cells; or that nothing is."""

    instead: Mapping[str, str | None] = field(default_factory=dict, repr=False)
    is_withheld: bool = False
    kind: Kind | None = None
    """What the column is after all, if nearly every cell is."""


@dataclass(frozen=True)
class Shown:
    """A column as it would be shown: by which rule, as what, and how many cells are said to be something else."""

    column: str
    rule: Rule
    kinds: Sequence[Kind]
    suspected: int = 0


def slips(rows: Relation, of: Shown, tier: Tier, engine: Engine) -> Slips:
    """The slips of a column, under the rule by which the tier would show it.

    Where fewer are found than are said to be there, nobody knows which they are.
    """
    is_clear = of.rule.name == "clear"
    if not is_clear and not isinstance(of.rule, SHOWS_PART):
        return Slips()
    total, cells = _worth(rows, of, engine)
    if not is_clear:
        strange = {c: None for c in cells if _is_strange(c, of.kinds, tier)}
        return Slips(strange, len(strange) > total * MANY and len(strange) > OVER_AND_OVER)
    hidden = {c: found for c in cells if (found := _personal(c, tier))}
    unsure = set[str]()
    if set(of.kinds) <= {Kind.PLAIN} and (hidden or not is_about_else(of.column)):
        unsure = {c for c, n in cells.items() if _is_unsure(c, n, bool(hidden))}
    if set(of.kinds) <= {Kind.PLAIN} and not is_about_else(of.column):
        unsure |= bare_dates(of.column, cells)
    unsure -= hidden.keys()
    people = sum(cells[c] for c in hidden)
    if people < of.suspected or people + sum(cells[c] for c in unsure) > total * MANY:
        return Slips(is_withheld=True, kind=_nearly_all(hidden, cells, total))
    ours = FreeText("cell", {k: r for k, r in tier.rules.items() if not r.prepared})
    instead = {c: ours.spans_hidden(c, _whole(c, found)) for c, found in hidden.items()}
    return Slips({**instead, **dict.fromkeys(unsure)})


def _nearly_all(
    hidden: Mapping[str, Sequence[Span]], cells: Mapping[str, int], total: int
) -> Kind | None:
    """The one kind of nearly all cells of a column, if they are enough to be believed."""
    counts = Counter[Kind]()
    for cell, found in hidden.items():
        counts[found[0].kind] += cells[cell] if len(found) == 1 else 0
    kind, count = counts.most_common(1)[0] if counts else (Kind.PLAIN, 0)
    return kind if count >= total * NEARLY_ALL and count >= ENOUGH else None


def _worth(rows: Relation, of: Shown, engine: Engine) -> tuple[int, dict[str, int]]:
    """How many cells there are, and those that are worth a look, each once with how many there are."""
    text = f"CAST({quoted(of.column)} AS VARCHAR)"
    asked = (
        f"NOT regexp_matches(cell, {literal(NUMBERS)}) OR (regexp_matches(cell, {literal(TEN_DIGITS)})"
        f" AND NOT regexp_matches(cell, {literal(INSTANT)}))"
        f" OR regexp_matches(translate(cell, {literal(FULL_WIDTH)}, {literal(HALF_WIDTH)}), {literal(LOOKED_AT)})"
    )
    if isinstance(of.rule, Address):
        asked = f"NOT regexp_matches(cell, {literal(f'^(?:{PROVINCES})')})"
    elif of.rule.name != "clear":
        asked = f"regexp_matches(cell, {literal(WORDS)})"
    with engine.scope():
        held = engine.keep(
            engine.sql(
                f"SELECT {text} AS cell, count(*) AS n FROM rows WHERE trim({text}) <> '' GROUP BY {text}",
                rows=rows,
            )
        )
        total = engine.fetch(engine.sql("SELECT coalesce(sum(n), 0) AS n FROM held", held=held))
        worth = engine.fetch(engine.sql(f"SELECT cell, n FROM held WHERE {asked}", held=held))
    cells = {row["cell"]: int(row["n"]) for row in worth.to_pylist()}
    return int(total.column("n")[0].as_py()), cells


def _personal(cell: str, tier: Tier) -> list[Span]:
    """What in a cell the tier would not be shown."""
    return [s for s in spans(cell) if s.score > SHAPE_SCORE and tier.rules[s.kind].name != "clear"]


def _is_strange(cell: str, kinds: Sequence[Kind], tier: Tier) -> bool:
    """Whether somebody stands in a cell of another kind, so that a part of him would be shown."""
    return any(s.kind not in kinds and s.kind is not Kind.ADDRESS for s in _personal(cell, tier))


def _is_unsure(cell: str, count: int, beside_people: bool) -> bool:
    """Whether a cell may be somebody, for all that is known; beside people, any short word may.

    A word that stands in many cells is a class, but not several with capitals: people come again too.
    """
    found = spans(cell)
    if count >= OVER_AND_OVER and not (found and NAMES.fullmatch(cell)):
        return False
    if found:
        return sum(s.end - s.start for s in found) * 5 >= len(cell.strip()) * 4
    return beside_people and len(cell) <= SHORTEST_TEXT and not cell.isascii()


def _whole(cell: str, found: Sequence[Span]) -> list[Span]:
    """A short cell is hidden whole: what stands beside a find in it is a part of it, or of the person."""
    if len(cell) > SHORT:
        return list(found)
    return [max(found, key=lambda s: (s.score, s.end - s.start))._replace(start=0, end=len(cell))]
