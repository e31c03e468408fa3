"""Names: surnames that families share, given names of their time, and those of other peoples."""

import numpy as np

from pipelines.sample.families import Families
from pipelines.sample.vector import (
    Days,
    Mask,
    Text,
    chance,
    constant,
    drawer,
    joined,
    number,
    put,
    taken,
    where,
)
from pipelines.sample.words import given_names, named, surnames

WOMAN = "女"


def names(seed: int, family: Families, born: Days, ethnicity: Text) -> tuple[Text, Text]:
    """Everybody's name, and in Latin letters what stands before the @ of their mail."""
    rng = drawer(seed, "names")
    rows = len(born)
    heads = surnames().index(rng, family.count)
    own = np.where(
        (family.position == 1) & family.married,
        surnames().index(rng, rows),
        heads[family.household],
    )
    first, second, latin = _given(seed, family, born)
    names = joined(taken(surnames().said, own), first, second)
    latin = joined(taken(surnames().pinyin, own), latin)
    people_of = np.asarray(taken(ethnicity, family.household).to_numpy(zero_copy_only=False))
    for of, style in (
        ("维吾尔族", "uyghur"),
        ("哈萨克族", "kazakh"),
        ("藏族", "tibetan"),
        ("蒙古族", "mongol"),
    ):
        at = np.flatnonzero(people_of == of)
        names = put(names, at, _other_names(drawer(seed, "names", style), style, family.woman[at]))
        latin = put(latin, at, joined("user", number(at)))
    return names, latin


def _given(seed: int, family: Families, born: Days) -> tuple[Text, Text, Text]:
    rng = drawer(seed, "given")
    rows = len(born)
    year = born.astype("datetime64[Y]").astype(np.int64) + 1970
    first, second, latin = (constant("", rows) for _ in range(3))
    single = chance(rng, 0.14, rows)
    for group in given_names():
        at = np.flatnonzero(
            (family.woman == (group.sex == WOMAN)) & (year >= group.since) & (year <= group.until)
        )
        one, two = group.first.index(rng, len(at)), group.second.index(rng, len(at))
        brother = family.twin[at]
        one = np.where(brother, np.roll(one, 1), one)
        two = np.where(brother, (np.roll(two, 1) + 1) % len(group.second.said), two)
        alone = single[at] & ~brother & ~np.roll(brother, -1)
        first = put(first, at, where(alone, "", taken(group.first.said, one)))
        second = put(second, at, taken(group.second.said, two))
        spelt = where(alone, "", taken(group.first.pinyin, one))
        latin = put(latin, at, joined(spelt, taken(group.second.pinyin, two)))
    odd = np.flatnonzero(chance(rng, 0.008, rows))
    return first, put(second, odd, named("rare", "names.txt").draw(rng, len(odd))), latin


def _other_names(rng: np.random.Generator, style: str, woman: Mask) -> Text:
    rows = len(woman)
    own = where(
        woman,
        named(f"{style}_女", "names.txt").draw(rng, rows),
        named(f"{style}_男", "names.txt").draw(rng, rows),
    )
    if style == "mongol":
        more = named("mongol_女", "names.txt").draw(rng, rows)
        return joined(own, where(chance(rng, 0.5, rows), more, ""))
    if style == "tibetan":
        return joined(named("tibetan_男", "names.txt").draw(rng, rows), own)
    return joined(own, "·", named(f"{style}_男", "names.txt").draw(rng, rows))


def foreign_names(seed: int, woman: Mask) -> Text:
    rng = drawer(seed, "names", "foreign")
    rows = len(woman)
    given = where(
        woman,
        named("latin_女", "names.txt").draw(rng, rows),
        named("latin_男", "names.txt").draw(rng, rows),
    )
    return joined(named("latin_surname", "names.txt").draw(rng, rows), " ", given)
