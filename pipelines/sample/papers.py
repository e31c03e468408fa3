"""Identity documents and cards: who has which, with numbers whose parts agree and whose checks are right."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.checksums import card, compact, resident_id
from pipelines.sample.vector import (
    Days,
    Ints,
    Mask,
    Text,
    chance,
    constant,
    drawer,
    iso,
    joined,
    number,
    picked,
    put,
    spread,
    taken,
    text,
)
from pipelines.sample.words import former_regions, named, regions

RESIDENT = "居民身份证"
OTHERS = (
    "护照",
    "外国人永久居留身份证",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "港澳台居民居住证",
    "军官证",
)
SHARE_OF_OTHERS = (18, 7, 14, 9, 7, 15)
"""In ten thousand people."""


@dataclass(frozen=True)
class Papers:
    """Everybody's document; `other` are those without a resident ID, `foreign` those from abroad."""

    type_: Text
    number: Text
    expires_on: Text
    nationality: Text
    other: Ints
    foreign: Ints


def papers(seed: int, today: np.datetime64, born: Days, woman: Mask, region: Ints) -> Papers:
    """A document for everybody."""
    rng = drawer(seed, "papers")
    rows = len(born)
    kind = picked(rng, (10_000 - sum(SHARE_OF_OTHERS), *SHARE_OF_OTHERS), rows)
    numbers = _resident_ids(seed, born, woman, region)
    types, country = constant(RESIDENT, rows), constant("中国", rows)
    for place, name in enumerate(OTHERS, start=1):
        at = np.flatnonzero(kind == place)
        types = put(types, at, name)
        said, of = _other(drawer(seed, "papers", name), name, born[at], woman[at])
        numbers, country = put(numbers, at, said), put(country, at, of)
    years = (today - born).astype("timedelta64[D]").astype(np.int64) // 365
    valid = np.where(years < 16, 5, np.where(years < 26, 10, np.where(kind > 0, 10, 20)))
    days = (30 + rng.random(rows) * (valid * 365 - 60)).astype(np.int64)
    forever = (years >= 50) & (kind == 0)
    return Papers(
        types, numbers, iso(today + days, forever), country,
        np.flatnonzero(kind > 0), np.flatnonzero((kind == 1) | (kind == 2)),
    )  # fmt: skip


def cards(seed: int, start: int, rows: int) -> Text:
    """Cards nobody else has; made up, though their first digits are banks' and Luhn's check is right."""
    rng = drawer(seed, "cards", start)
    long = chance(rng, 0.8, rows)
    starts = text(named("bin_19").said.to_pylist() + named("bin_16").said.to_pylist())
    many, few = len(named("bin_19").said), len(named("bin_16").said)
    place = np.where(long, rng.integers(0, many, rows), many + rng.integers(0, few, rows))
    codes = np.array([int(s) for s in starts.to_pylist()])[place]
    serial = spread(start, rows, 10**9, seed)
    wide = serial * 1000 + rng.integers(0, 1000, rows)
    return card(codes, np.where(long, 19, 16), np.where(long, wide, serial))


def _resident_ids(seed: int, born: Days, woman: Mask, region: Ints) -> Text:
    """Issued where the person lives, for every sixth elsewhere; no two the same."""
    rng = drawer(seed, "resident id")
    rows = len(born)
    codes = regions().code
    of = codes[np.where(chance(rng, 0.16, rows), picked(rng, regions().weights, rows), region)]
    old = born < np.datetime64("1995-01-01")
    for now, then in former_regions().items():
        of = np.where((of == now) & old & chance(rng, 0.3, rows), then, of)
    day = compact(born)
    serial = _serial(rng, woman)
    again = np.arange(rows)
    while len(again):
        whole = (of * 10**8 + day) * 1000 + serial
        _, first = np.unique(whole, return_index=True)
        mask = np.ones(rows, dtype=bool)
        mask[first] = False
        again = np.flatnonzero(mask)
        serial[again] = _serial(rng, woman[again])
    return resident_id(of, day, serial)


def _serial(rng: np.random.Generator, woman: Mask) -> Ints:
    """Odd for men, even for women."""
    return np.asarray(rng.integers(0, 499, len(woman)) * 2 + np.where(woman, 2, 1))


def _other(rng: np.random.Generator, name: str, born: Days, woman: Mask) -> tuple[Text, Text]:
    """Numbers of another kind of document, and their holders' nationality."""
    rows = len(born)
    some = number(rng.integers(10**7, 10**8, rows))
    if name == "护照":
        letter = taken(text(list("CEGKLPRXYZ")), rng.integers(0, 10, rows))
        return joined(letter, some), named("foreign").draw(rng, rows)
    if name == "外国人永久居留身份证":
        region = 900_000 + rng.integers(11, 66, rows) * 1000 + rng.integers(100, 900, rows)
        return resident_id(region, compact(born), _serial(rng, woman)), named("foreign").draw(
            rng, rows
        )
    if name == "港澳台居民居住证":
        place = rng.integers(0, 3, rows)
        region = np.array([810_000, 820_000, 830_000])[place]
        home = taken(text(["中国香港", "中国澳门", "中国台湾"]), place)
        return resident_id(region, compact(born), _serial(rng, woman)), home
    if name == "港澳居民来往内地通行证":
        place = rng.integers(0, 2, rows)
        return joined(taken(text(["H", "M"]), place), some), taken(
            text(["中国香港", "中国澳门"]), place
        )
    if name == "台湾居民来往大陆通行证":
        return some, constant("中国台湾", rows)
    return joined("军字第", number(rng.integers(10**6, 10**7, rows)), "号"), constant("中国", rows)
