"""Evidence: what the counts of a column say, as a verdict with a sentence that says why.

Not averages: one proven identity number in ten thousand cells makes a column personal, five thousand
repeats of one word do not make it names. A shape that many numbers have must stand out among them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from masking.cells import CELLS
from masking.headers import hints
from masking.kinds import Kind
from masking.recognisers import RECOGNISERS

SURE = frozenset(r.kind for r in RECOGNISERS if r.proof and not r.chance)
"""Kinds one proven value of which is proof: accident is out of the question."""
PROVABLE = frozenset(r.kind for r in RECOGNISERS if r.proof)
NAMED = frozenset(r.kind for r in RECOGNISERS if r.telling)
"""Kinds written as one of a few words: most cells must be such words."""
BY_HEADER = frozenset(
    {r.kind for r in RECOGNISERS if r.cell and not r.telling}
    | {r.kind for r in RECOGNISERS if r.needs_context}
)
"""Kinds of which a cell's shape says little unless the header says the rest."""
SHARES = {c.kind: c for c in CELLS}
FREE_OF_SHAPE = (
    frozenset(Kind) - {r.kind for r in RECOGNISERS} - set(SHARES) - {Kind.KEY, Kind.PLAIN}
)
"""Kinds no cell shows: the header alone can say so."""


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


def weighed(
    column: str, counts: Mapping[Kind, Counts], cells: int, different: int
) -> Iterable[Evidence]:
    """The evidence of a column, the likeliest kind first; `plain` if there is none."""
    said = hints(column)
    found = [
        _of_kind(column, kind, counts.get(kind, Counts(0)), cells, said.get(kind, ""))
        for kind in Kind
        if kind in counts or kind in said
    ]
    if not any(e.verdict for e in found):
        found = [replace(e, verdict=True, score=0.4) if _is_named(e) else e for e in found]
    found = [e for e in found if e.counts.matches or e.verdict]
    found.sort(key=lambda e: (-e.verdict, -e.score, -e.counts.matches, e.kind))
    if not any(e.verdict for e in found):
        found.insert(0, _plain(column, cells, different))
    return found


def _is_named(e: Evidence) -> bool:
    """Whether the header says what the cells do not show, of a kind written in too many ways to tell."""
    return bool(e.hint) and e.cells > 0 and e.kind in SHARES


def _of_kind(column: str, kind: Kind, counts: Counts, cells: int, hint: str) -> Evidence:
    verdict, score, en, zh = _judged(kind, counts, cells, hint)
    if hint:
        en += f"; the header says so ({hint})"
        zh += f"；列名也这样写（{hint}）"
    return Evidence(column, kind, score, cells, counts, hint, verdict, en, zh)


def _judged(kind: Kind, c: Counts, cells: int, hint: str) -> tuple[bool, float, str, str]:
    share = c.matches / cells if cells else 0.0
    of_en, of_zh = f"{c.matches:,} of {cells:,} cells", f"{cells:,} 个单元格中有 {c.matches:,} 个"
    if kind in FREE_OF_SHAPE:
        return bool(cells), 0.5, "only the header tells", "仅由列名判断"
    if kind in PROVABLE and c.proven:
        return _proven(kind, c, share, hint)
    if kind in NAMED:
        most = share >= (0.3 if hint else 0.8)
        return (
            most,
            share * (1.0 if hint else 0.8),
            f"{of_en} are its words",
            f"{of_zh}是该类型的词",
        )
    if kind is Kind.OPINION and hint:
        return (
            bool(cells),
            max(0.6, share),
            "free text, which may hold anything",
            "自由文本，可能包含任何信息",
        )
    if kind in SHARES:
        like = SHARES[kind]
        enough = share >= like.share / (3 if hint else 1) and (
            bool(hint) or c.different >= like.different
        )
        score = share * (0.95 if hint else 0.7)
        return (
            enough,
            score,
            f"{of_en} look like {like.en}, {c.different:,} different",
            (f"{of_zh}形似{like.zh}，共 {c.different:,} 个不同值"),
        )
    if kind in BY_HEADER and not hint and kind not in _SHOWN_INSIDE:
        return (
            False,
            0.2 * share,
            f"{of_en} have its shape, which much else has",
            f"{of_zh}形状相符，但该形状很常见",
        )
    if kind in PROVABLE:
        strong = bool(hint) or share >= 0.5
        score = share * (0.8 if hint else 0.5)
        return (
            strong and share >= 0.05,
            score,
            f"{of_en} have its shape, none a right check digit",
            (f"{of_zh}形状相符，但校验位均不正确"),
        )
    outstanding = c.matches / (c.matches + c.alike) if c.matches else 0.0
    enough = c.matches > 0 and outstanding >= (0.1 if hint else 0.5)
    score = outstanding * (0.9 if hint else 0.55 + 0.3 * share)
    return enough, score, f"{of_en} have its shape", f"{of_zh}形状相符"


def _proven(kind: Kind, c: Counts, share: float, hint: str) -> tuple[bool, float, str, str]:
    en = f"{c.proven:,} of {c.matches:,} that have its shape carry a right check digit"
    zh = f"形状相符的 {c.matches:,} 个中有 {c.proven:,} 个校验位正确"
    ratio = c.proven / c.matches
    if kind in SURE:
        return True, 0.9 + 0.09 * share, en, zh
    if kind in BY_HEADER and not hint:
        sure = c.matches >= 20 and ratio >= 0.9 and c.different >= 10
    else:
        sure = ratio >= (0.3 if hint else 0.5)
    return sure, (0.95 if hint else 0.9) * ratio * max(share, 0.6), en, zh


_SHOWN_INSIDE = frozenset(
    r.kind for r in RECOGNISERS if not r.needs_context and not r.cell and not r.proof
) | frozenset(r.kind for r in RECOGNISERS if not r.needs_context and r.cell)
"""Kinds that also show inside a text, by a label or a shape of their own."""


def _plain(column: str, cells: int, different: int) -> Evidence:
    en, zh = (
        ("nothing personal was found", "未发现个人信息")
        if cells
        else ("the column is empty", "该列为空")
    )
    return Evidence(
        column, Kind.PLAIN, 0.0, cells, Counts(0, different=different), "", False, en, zh
    )
