"""Where people live and companies sit: addresses whose parts agree, with postcode and area code."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.vector import (
    Ints,
    Text,
    chance,
    drawer,
    joined,
    number,
    put,
    taken,
    text,
    where,
)
from pipelines.sample.words import named, regions


@dataclass(frozen=True)
class Places:
    """Some places: the district of each by its place in `regions()`, and how it is written."""

    region: Ints
    short: Text
    """Street and house, without the district."""

    @property
    def whole(self) -> Text:
        """Province, prefecture, district, street and house."""
        return joined(self.head, self.short)

    @property
    def head(self) -> Text:
        """Province, prefecture and district."""
        all_ = regions()
        head = joined(all_.province, all_.prefecture, all_.district)
        return taken(head, self.region)


def homes(seed: int, name: str, region: Ints) -> Places:
    """A home in each region: a flat, or in some counties a house in a village."""
    rows = len(region)
    rng = drawer(seed, name)
    road = joined(named("street").draw(rng, rows), number(rng.integers(1, 400, rows)), "号")
    flat = joined(
        road, named("community").draw(rng, rows), number(rng.integers(1, 30, rows)),
        where(chance(rng, 0.7, rows), "栋", "号楼"), number(rng.integers(1, 6, rows)), "单元",
        number(rng.integers(1, 33, rows)), number(rng.integers(1, 5, rows), 2), "室",
    )  # fmt: skip
    is_county = np.array([d.endswith("县") for d in regions().district.to_pylist()])[region]
    rural = np.flatnonzero(is_county & chance(rng, 0.6, rows))
    house = joined(
        named("town").draw(rng, len(rural)), named("village").draw(rng, len(rural)),
        number(rng.integers(1, 16, len(rural))), "组", number(rng.integers(1, 200, len(rural))), "号",
    )  # fmt: skip
    return Places(region, put(flat, rural, house))


def offices(seed: int, name: str, region: Ints) -> Places:
    """An office in each region."""
    rows = len(region)
    rng = drawer(seed, name)
    floor = number(rng.integers(1, 30, rows))
    return Places(region, joined(
        named("street").draw(rng, rows), number(rng.integers(1, 900, rows)), "号",
        taken(text(["国际大厦", "商务中心", "工业园", "科技园", "金融广场", "写字楼", "创业园", "财富中心"]),
              rng.integers(0, 8, rows)),
        taken(text(["A座", "B座", "1号楼", "2号楼", "3幢"]), rng.integers(0, 5, rows)),
        floor, number(rng.integers(1, 20, rows), 2), "室",
    ))  # fmt: skip


def postcodes(seed: int, name: str, region: Ints) -> Text:
    """A postcode of each region."""
    rng = drawer(seed, name, "postcode")
    return number(regions().postcode[region] * 100 + rng.integers(0, 90, len(region)), 6)


def landlines(seed: int, name: str, region: Ints) -> Text:
    """A landline of each region: eight digits behind a short area code, seven behind a long one."""
    rng = drawer(seed, name, "landline")
    area = taken(regions().area_code, region)
    is_short = np.array([len(a) == 3 for a in regions().area_code.to_pylist()])[region]
    size = np.where(is_short, 10**7, 10**6)
    local = number(rng.integers(2, 9, len(region)) * size + rng.integers(0, 10**6, len(region)))
    return joined(area, "-", local)
