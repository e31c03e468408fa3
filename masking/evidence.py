"""Evidence: what the counts of a column say, as a verdict with a sentence that says why.

Not averages: one proven identity number in ten thousand cells makes a column personal, five thousand
repeats of one word do not make it names. A shape that many numbers have must stand out among them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from masking.cells import CELLS, MARKED
from masking.headers import hints, is_public_text, may_be_workplace
from masking.kinds import SAY_LITTLE, Kind
from masking.recognisers import RECOGNISERS

SURE = frozenset(r.kind for r in RECOGNISERS if r.proof and not r.chance)
"""Kinds one proven value of which is proof: accident is out of the question."""
PROVABLE = frozenset(r.kind for r in RECOGNISERS if r.proof)
NAMED = frozenset(r.kind for r in RECOGNISERS if r.telling)
"""Kinds written as one of a few words: most cells must be such words."""
COMMON = frozenset(r.kind for r in RECOGNISERS) - frozenset(
    r.kind for r in RECOGNISERS if not r.needs_context
)
"""Kinds of which a cell's shape says little unless the header says the rest."""
SHARES = {c.kind: c for c in CELLS}
SHARES[Kind.EMPLOYER] = SHARES[Kind.COMPANY_NAME]
"""Kinds that cells look like without a pattern; an employer is an organisation that a header calls so."""
PERSONS_OWN = frozenset({Kind.RESIDENT_ID, Kind.SEX, Kind.BIRTH_DATE})
"""Kinds that make a table one of persons."""
WRITTEN_ANYHOW = NAMED | frozenset(SHARES)
"""Kinds that cells may show in ways unknown to us, such as codes: the header is believed."""
FREE_OF_SHAPE = frozenset(Kind) - {r.kind for r in RECOGNISERS} - set(SHARES) - SAY_LITTLE
"""Kinds no cell shows: the header alone can say so."""

FEW, OVER_AND_OVER, SHORT = 12, 3, 4
"""At most so many different values, each so many times on average, are classes and no free text; so are words of
no more characters than that."""


class Extent(NamedTuple):
    """How much there is of a column."""

    cells: int
    different: int
    longest: int
    """Characters of the longest cell."""


@dataclass(frozen=True)
class Counts:
    """How many cells of a column speak for a kind."""

    matches: int
    proven: int = 0
    suspect: int = 0
    alike: int = 0
    """Cells of a shape that looks alike and is not the kind's."""
    different: int = 0
    """Different values among the matches."""
    sure: int = 0
    """Cells proven beyond accident."""
    weak: int = 0
    """Cells of a shape so common that only a header would make it the kind's, where no header does …"""
    marked: int = 0
    """Cells that look like the kind and like little else (`MARKED`)."""
    weak_proven: int = 0
    """… and those of them that carry its proof, which one in ten does by accident."""


@dataclass(frozen=True)
class Evidence:
    """What is known of one column and one kind. Holds counts and words of ours, never a value."""

    column: str
    kind: Kind
    score: float
    cells: int
    counts: Counts
    hint: str
    verdict: bool
    en: str
    zh: str

    def row(self) -> dict[str, Any]:
        """As a row of the profile."""
        return {
            "column_name": self.column, "kind": self.kind.value, "score": round(self.score, 4), "cells": self.cells,
            "matches": self.counts.matches, "proven": self.counts.proven, "suspect": self.counts.suspect,
            "distinct_values": self.counts.different, "header_hint": self.hint, "reason_en": self.en,
            "reason_zh": self.zh, "verdict": self.verdict,
        }  # fmt: skip


def weighed(column: str, counts: Mapping[Kind, Counts], extent: Extent) -> Iterable[Evidence]:
    """The evidence of a column, the likeliest kind first; `plain` if there is none."""
    said, counts, cells = dict(hints(column)), dict(counts), extent.cells
    if _coded(counts, extent):
        said.pop(Kind.OPINION, None)
    if Kind.EMPLOYER in said and Kind.COMPANY_NAME in counts:
        counts[Kind.EMPLOYER] = counts.pop(Kind.COMPANY_NAME)
    if is_public_text(column):
        counts.pop(Kind.OPINION, None)
    found = [
        _of_kind(column, kind, counts.get(kind, Counts(0)), cells, said.get(kind, ""))
        for kind in Kind
        if kind in counts or kind in said
    ]
    if not any(e.verdict for e in found):
        found = [
            _by_name(e) if e.hint and e.cells and e.kind in WRITTEN_ANYHOW else e for e in found
        ]
    found = [e for e in found if e.counts.matches or e.verdict]
    found = [e for e in found if not _is_another_date(e, found)]
    found.sort(key=lambda e: (-e.verdict, -e.score, -e.counts.matches, e.kind))
    found = sorted(found, key=lambda e: not _holds_the_others(e, found))
    if not any(e.verdict for e in found):
        found.insert(0, _plain(column, cells, extent.different))
    return found


def _is_another_date(e: Evidence, found: Sequence[Evidence]) -> bool:
    """Whether a column of dates is something else first: days of birth, or what no header calls a date."""
    others = {o.kind for o in found if o.verdict and o.kind != Kind.EVENT_DATE}
    return e.kind == Kind.EVENT_DATE and (Kind.BIRTH_DATE in others or bool(others and not e.hint))


def _holds_the_others(text: Evidence, found: Sequence[Evidence]) -> bool:
    """Whether it is a free text in which the others stand here and there: then it is no column of theirs."""
    most = max((e.counts.matches for e in found if e.verdict and e is not text), default=0)
    return (
        text.verdict
        and text.kind == Kind.OPINION
        and (most <= text.cells / 2 or most <= text.counts.matches)
    )


def beside_each_other(found: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of a whole table: what only its columns together say.

    In a table of persons, of no organisation's code, the column `company` says where they work.
    """
    likeliest = {e.column: e for e in reversed(found)}
    shown = {e.kind for e in likeliest.values() if e.verdict}
    if Kind.USCC in shown or not shown & PERSONS_OWN:
        return list(found)
    return [_employer(e) if _may_employ(e) else e for e in found]


def _may_employ(e: Evidence) -> bool:
    return e.kind == Kind.COMPANY_NAME and e.verdict and may_be_workplace(e.column)


def _employer(e: Evidence) -> Evidence:
    return replace(
        e,
        kind=Kind.EMPLOYER,
        en=f"{e.en}; the table is of persons",
        zh=f"{e.zh}；该表是个人信息表",
    )


def _coded(counts: Mapping[Kind, Counts], extent: Extent) -> bool:
    """Whether the cells are classes, whatever the header says.

    None is a sentence, and they are short words that are nobody's name, or a few words over and over.
    """
    text, name = (counts.get(k, Counts(0)).matches for k in (Kind.OPINION, Kind.PERSON_NAME))
    short = extent.longest <= SHORT and not name
    few = extent.different <= FEW and extent.cells >= OVER_AND_OVER * extent.different
    return not text and (short or few)


def _by_name(e: Evidence) -> Evidence:
    """What the header says, though no cell shows it: the kind is written in more ways than we know."""
    en, zh = _only_header(e.hint)
    return replace(e, verdict=True, score=0.4, en=en, zh=zh)


def _only_header(hint: str) -> tuple[str, str]:
    return f"only the header tells ({hint})", f"仅由列名判断（{hint}）"


def _of_kind(column: str, kind: Kind, counts: Counts, cells: int, hint: str) -> Evidence:
    verdict, score, en, zh = _judged(kind, counts, cells, hint)
    if hint and kind not in FREE_OF_SHAPE:
        en += f"; the header says so ({hint})"
        zh += f"；列名也这样写（{hint}）"
    return Evidence(column, kind, score, cells, counts, hint, verdict, en, zh)


Verdict = tuple[bool, float, str, str]
"""Whether it is so, how sure, and the sentence in English and Chinese."""


def _judged(kind: Kind, c: Counts, cells: int, hint: str) -> Verdict:
    if kind in FREE_OF_SHAPE:
        return bool(cells), 0.5, *_only_header(hint)
    if c.proven:
        return _proven(c, cells, hint)
    if not c.matches and _stand_out(c):
        return True, 0.7, *_check_digits(c.weak_proven, c.weak)
    if kind in NAMED:
        return _worded(c, cells, hint)
    if kind in SHARES:
        return _alike_in_most(kind, c, cells, hint)
    return _shaped(kind, c, cells, hint)


def _share(c: Counts, cells: int) -> float:
    return c.matches / cells if cells else 0.0


def _of(c: Counts, cells: int) -> tuple[str, str]:
    return f"{c.matches:,} of {cells:,} cells", f"{cells:,} 个单元格中有 {c.matches:,} 个"


def _worded(c: Counts, cells: int, hint: str) -> Verdict:
    """Kinds of a few words: most cells must be such words."""
    share, (en, zh) = _share(c, cells), _of(c, cells)
    enough = share >= (0.3 if hint else 0.8)
    return enough, share * (1.0 if hint else 0.8), f"{en} are its words", f"{zh}是该类型的词"


def _alike_in_most(kind: Kind, c: Counts, cells: int, hint: str) -> Verdict:
    """Names, addresses, free text: most cells must look like it, and differ; repeats of one word do not."""
    if kind is Kind.OPINION and hint:
        return (
            bool(cells),
            max(0.6, _share(c, cells)),
            "free text, which may hold anything",
            "自由文本，可能包含任何信息",
        )
    share, (en, zh) = _share(c, cells), _of(c, cells)
    like = MARKED if kind is MARKED.kind and c.marked >= MARKED.share * cells else SHARES[kind]
    enough = share >= like.share / (3 if hint else 1) and (
        bool(hint) or c.different >= like.different
    )
    return (
        enough,
        share * (0.95 if hint else 0.7),
        f"{en} look like {like.en}, {c.different:,} different",
        f"{zh}形似{like.zh}，共 {c.different:,} 个不同值",
    )


def _shaped(kind: Kind, c: Counts, cells: int, hint: str) -> Verdict:
    """No proof among the cells: a shape must stand out among what looks alike, or the header say so."""
    share, (en, zh) = _share(c, cells), _of(c, cells)
    if kind in COMMON and not hint:
        return (
            False,
            0.2 * share,
            f"{en} have its shape, which much else has",
            f"{zh}形状相符，但该形状很常见",
        )
    if kind in PROVABLE:
        enough = share >= 0.05 and (bool(hint) or share >= 0.5)
        score = share * (0.8 if hint else 0.5)
        return (
            enough,
            score,
            f"{en} have its shape, none a right check digit",
            f"{zh}形状相符，但校验位均不正确",
        )
    outstanding = c.matches / (c.matches + c.alike) if c.matches else 0.0
    enough = outstanding > 0 and outstanding >= (0.1 if hint else 0.5)
    score = outstanding * (0.9 if hint else 0.55 + 0.3 * share)
    return enough, score, f"{en} have its shape", f"{zh}形状相符"


def _check_digits(proven: int, matches: int) -> tuple[str, str]:
    return (
        f"{proven:,} of {matches:,} that have its shape carry a right check digit",
        f"形状相符的 {matches:,} 个中有 {proven:,} 个校验位正确",
    )


def _proven(c: Counts, cells: int, hint: str) -> Verdict:
    """Of a proof that one in ten carries by accident, more must carry it than would by accident.

    A header speaks for most of its cells, not for the few of another shape among them.
    """
    share, (en, zh) = _share(c, cells), _check_digits(c.proven, c.matches)
    if c.sure:
        return True, 0.9 + 0.09 * share, en, zh
    ratio = c.proven / c.matches
    wanted = 0.3 if hint and share >= 0.05 else 0.5
    return (
        ratio == 1 or (ratio >= wanted and c.proven > 1),
        (0.95 if hint else 0.9) * ratio * max(share, 0.6),
        en,
        zh,
    )


def _stand_out(c: Counts) -> bool:
    """Whether so many cells of a common shape carry the proof that it is no accident."""
    return c.weak >= 20 and c.weak_proven >= 0.9 * c.weak


def _plain(column: str, cells: int, different: int) -> Evidence:
    en, zh = (
        ("nothing personal was found", "未发现个人信息")
        if cells
        else ("the column is empty", "该列为空")
    )
    return Evidence(
        column, Kind.PLAIN, 0.0, cells, Counts(0, different=different), "", False, en, zh
    )
