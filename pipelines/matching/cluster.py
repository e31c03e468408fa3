"""Cluster: which rows are one customer, from scores and judgements alone.

Edges are taken from the strongest to the weakest, and one that would join what must stay apart is left out:
so of the edges on a path between two such rows it is always the weakest that is cut, in whatever order rows came.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Edges:
    """Pairs of rows, of what rank they are, and how strong within it. Only rank 0 needs support."""

    left: Ints
    right: Ints
    strength: Floats
    rank: Ints

    def strongest_first(self) -> "Edges":
        """By rank, then strength, then the rows themselves: the same whatever order they came in."""
        order = np.lexsort((self.right, self.left, -self.strength, -self.rank))
        return Edges(self.left[order], self.right[order], self.strength[order], self.rank[order])


@dataclass
class _Groups:
    """Groups of rows that grow, each knowing whom it must not join."""

    parent: dict[int, int] = field(default_factory=dict)
    size: dict[int, int] = field(default_factory=lambda: defaultdict(lambda: 1))
    enemies: dict[int, set[int]] = field(default_factory=dict)
    marks: list[dict[int, int | frozenset[int]]] = field(default_factory=list)
    between: dict[int, dict[int, float]] = field(default_factory=dict)

    def of(self, row: int) -> int:
        parent = self.parent
        while (above := parent.get(row, row)) != row:
            parent[row] = row = parent.get(above, above)
        return row

    def apart(self, a: int, b: int) -> bool:
        """Whether the groups of `a` and `b` were judged different."""
        return b in self.enemies.get(a, ())

    def contradict(self, a: int, b: int) -> bool:
        """Whether the two hold different values of a proof of which one customer has one."""
        for values in self.marks:
            ours, theirs = values.get(a), values.get(b)
            if (
                ours is not None
                and theirs is not None
                and _several(ours).isdisjoint(_several(theirs))
            ):
                return True
        return False

    def supported(self, a: int, b: int, share: float) -> bool:
        """Whether enough of the pairs between the two groups agree."""
        pairs = self.size[a] * self.size[b]
        return pairs == 1 or self.between.get(a, {}).get(b, 0.0) >= share * pairs

    def join(self, a: int, b: int) -> None:
        if self.size[a] < self.size[b]:
            a, b = b, a
        self.parent[b] = a
        self.size[a] += self.size.pop(b, 1)
        for enemy in self.enemies.pop(b, ()):
            self.enemies[enemy].discard(b)
            self.enemies[enemy].add(a)
            self.enemies.setdefault(a, set()).add(enemy)
        for values in self.marks:
            theirs = values.pop(b, None)
            ours = values.setdefault(a, theirs) if theirs is not None else None
            if ours != theirs and ours is not None and theirs is not None:
                values[a] = _several(ours) | _several(theirs)
        self._carry(a, b)

    def _carry(self, a: int, b: int) -> None:
        """What spoke for joining `b` to others speaks for `a`."""
        ours = self.between.setdefault(a, {})
        for other, total in self.between.pop(b, {}).items():
            theirs = self.between[other]
            theirs.pop(b, None)
            if other != a:
                ours[other] = ours.get(other, 0.0) + total
                theirs[a] = ours[other]
        ours.pop(b, None)


def _several(value: int | frozenset[int]) -> frozenset[int]:
    return value if isinstance(value, frozenset) else frozenset((value,))


JUDGED = 2
"""The rank of an edge that a person judged: only a judgement of the contrary stands against it."""


def clusters(
    edges: Edges,
    different: Iterable[tuple[int, int]] = (),
    marks: Sequence[Mapping[int, int]] = (),
    support: float = 0.0,
) -> tuple[Ints, Ints]:
    """Rows that are not alone, and beside each the smallest row of its cluster.

    `different` are pairs judged so; `marks` give, for each proof of which one customer has one value, a row's.
    """
    edges = edges.strongest_first()
    groups = _groups(edges, different, marks, support > 0)
    left, right = edges.left.tolist(), edges.right.tolist()
    for a, b, rank in zip(left, right, edges.rank.tolist(), strict=True):
        a, b = groups.of(a), groups.of(b)
        if a == b or groups.apart(a, b):
            continue
        if rank < JUDGED and groups.contradict(a, b):
            continue
        if rank == 0 and support and not groups.supported(a, b, support):
            continue
        groups.join(a, b)
    return _members(groups, [*left, *right])


def _groups(
    edges: Edges,
    different: Iterable[tuple[int, int]],
    marks: Sequence[Mapping[int, int]],
    weighed: bool,
) -> _Groups:
    groups = _Groups()
    for a, b in different:
        groups.enemies.setdefault(a, set()).add(b)
        groups.enemies.setdefault(b, set()).add(a)
    groups.marks = [dict(values) for values in marks]
    if weighed:
        shares = np.minimum(edges.strength, 1.0).tolist()
        for a, b, p in zip(edges.left.tolist(), edges.right.tolist(), shares, strict=True):
            total = max(p, groups.between.get(a, {}).get(b, 0.0))
            groups.between.setdefault(a, {})[b] = total
            groups.between.setdefault(b, {})[a] = total
    return groups


def _members(groups: _Groups, rows: Sequence[int]) -> tuple[Ints, Ints]:
    ordered = sorted(set(rows))
    smallest: dict[int, int] = {}
    first = [smallest.setdefault(groups.of(row), row) for row in ordered]
    alone = {row for row in first if groups.size[groups.of(row)] == 1}
    kept = [(row, f) for row, f in zip(ordered, first, strict=True) if f not in alone]
    found = np.array(kept, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]
