"""Households: who lives with whom, how old they are, who are twins."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.vector import Ints, Mask, chance, drawer, picked

AGE_ALONE, AGE_OF_TWO, AGE_OF_PARENTS = (16, 26, 88), (22, 34, 86), (27, 40, 78)
"""Youngest, commonest and oldest head of a household, so that together they make a plausible pyramid."""


@dataclass(frozen=True)
class Families:
    """Who lives with whom: one row a person, in the order of their households."""

    household: Ints
    position: Ints
    age: Ints
    woman: Mask
    twin: Mask
    married: Mask
    count: int


def families(seed: int, rows: int) -> Families:
    """`rows` people in households of one to four."""
    rng = drawer(seed, "families")
    size = picked(rng, (35, 35, 22, 8), rows) + 1
    count = int(np.searchsorted(np.cumsum(size), rows) + 1)
    household = np.repeat(np.arange(count), size[:count])[:rows]
    start = np.concatenate([[0], np.cumsum(size[:count])[:-1]])
    position = np.arange(rows) - start[household]
    members = size[household]
    ages = [
        rng.triangular(*of, count) for of in (AGE_ALONE, AGE_OF_TWO, AGE_OF_PARENTS, AGE_OF_PARENTS)
    ]
    head = np.choose(size[:count] - 1, ages).astype(np.int64)[household]
    couple = chance(rng, 0.85, count)[household]
    child = (position >= 2) | ((position == 1) & (members == 2) & ~couple)
    is_twin = (members == 4) & (position == 3) & chance(rng, 0.06, count)[household]
    child_age = np.maximum(head - rng.integers(23, 33, rows), 0)
    age = np.where(
        child, child_age, np.maximum(head - (position == 1) * rng.integers(-3, 6, rows), 16)
    )
    age = np.where(is_twin, np.roll(age, 1), age)
    draw = chance(rng, 0.5, rows)
    woman = np.where(child | (members == 1), draw, position == 1)
    woman = np.where(is_twin & chance(rng, 0.7, rows), np.roll(woman, 1), woman)
    married = ~child & (members >= 2) & couple
    return Families(household, position, age, woman, is_twin, married, count)
