"""Who stands to whom: the other customer row of a relation, and what stewards decided about two rows."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.channels.channel import Rows
from pipelines.sample.holders import Registry
from pipelines.sample.records import Asked
from pipelines.sample.vector import Ints, Mask, Text, drawer, put, taken, text, where
from pipelines.sample.world import Known, World

SAME, DIFFERENT, UNDECIDED = "same", "different", "undecided"
WHY = {
    SAME: (
        "证件号码一致，姓名为异体写法",
        "客户到柜台出示证件核实",
        "手机号与住址一致，已电话核实",
    ),
    DIFFERENT: (
        "双胞胎，出生日期与住址相同但证件号码不同",
        "父母与子女共用手机号",
        "手机号曾属他人，现机主不同",
    ),
    UNDECIDED: ("资料不足，待客户补件",),
}


def related(world: World, rows: Rows, asked: Asked, registry: Registry) -> dict[str, Text]:
    """Husbands and wives, children and their parents, companies and their representatives; guarantors otherwise."""
    own = registry.known[asked.channel[0].as_py()] if len(asked) else None
    names = _other_channels(rows, registry)
    home = next((n for n in names if registry.known[n].record == "individual"), names[0])
    other = registry.known[home]
    if own is None:
        return {c: text([]) for c in ("other_channel", "other_source_id", "relation_type")}
    place, said = _kin(world, asked, other)
    rng = drawer(world.seed, asked.name, "related")
    anybody = rng.integers(0, max(len(other.who), 1), len(asked))
    found = place >= 0
    return {
        "other_channel": pa.repeat(pa.scalar(home), len(asked)),
        "other_source_id": taken(other.source_id, np.where(found, place, anybody)),
        "relation_type": where(found, said, "guarantor"),
    }


def judged(world: World, asked: Asked, registry: Registry) -> dict[str, Text]:
    """Decisions that are right: on rows of one person, on twins and others who look like one, on some left open."""
    rng = drawer(world.seed, asked.name, "judged")
    people = [
        (n, k) for n, k in sorted(registry.known.items()) if k.record == "individual"
    ] or sorted(registry.known.items())
    names = text([n for n, _ in people])
    channel = np.concatenate([np.full(len(k.who), i) for i, (_, k) in enumerate(people)])
    source = pa.concat_arrays([k.source_id for _, k in people])
    who = np.concatenate([k.who for _, k in people])
    day = np.concatenate([k.day for _, k in people])
    there = np.flatnonzero(day == 0)
    one, other = _of_one(who, there)
    alike, unlike = _of_two(world, who, there)
    drawn = rng.random(len(asked))
    verdict = np.where(drawn < 0.55, 0, np.where(drawn < 0.9, 1, 2))
    left, right = np.zeros(len(asked), dtype=np.int64), np.zeros(len(asked), dtype=np.int64)
    for turn, (a, b) in enumerate(((one, other), (alike, unlike), (one, other))):
        rows = np.flatnonzero(verdict == turn)
        a, b = (a, b) if len(a) else (there[:-1], there[1:])
        some = rng.integers(0, len(a), len(rows))
        left[rows], right[rows] = a[some], b[some]
    return {
        "holder_channel": taken(names, channel[left]), "holder_source_id": taken(source, left),
        "other_channel": taken(names, channel[right]), "other_source_id": taken(source, right),
        "verdict": taken(text(list(WHY)), verdict), "reason": _reasons(rng, verdict),
    }  # fmt: skip


def _kin(world: World, asked: Asked, other: Known) -> tuple[Ints, Text]:
    """The other's row for each, -1 where the channel does not know them, and how they are related."""
    at = np.full(len(world.people) + len(world.officer), -1)
    at[other.who] = np.arange(len(other.who))
    if other.record != "individual":
        return np.full(len(asked), -1), text([None] * len(asked))
    if asked.record != "individual":
        legal = (
            world.officer[asked.who] if asked.record == "enterprise" else np.full(len(asked), -1)
        )
        return np.where(legal >= 0, at[legal], -1), pa.repeat(
            pa.scalar("legal representative"), len(asked)
        )
    people, who = world.people, asked.who
    partner = np.where(people.position[who] == 0, np.minimum(who + 1, len(people) - 1), who - 1)
    wed = (
        people.married[who]
        & people.married[partner]
        & (people.household[who] == people.household[partner])
    )
    child = ~people.married[who] & (people.position[who] > 0)
    kin = np.where(wed, at[partner], np.where(child, at[who - people.position[who]], -1))
    return kin, where(wed, "spouse", "parent")


def _of_one(who: Ints, there: Ints) -> tuple[Ints, Ints]:
    """Pairs of rows about one person."""
    order = there[np.argsort(who[there], kind="stable")]
    same = who[order[1:]] == who[order[:-1]]
    return order[:-1][same], order[1:][same]


def _of_two(world: World, who: Ints, there: Ints) -> tuple[Ints, Ints]:
    """Pairs of rows about twins, and about those who share a mobile."""
    row: npt.NDArray[np.int64] = np.full(len(world.people), -1)
    if not len(there) or who[there].max() >= len(row):
        return there[:0], there[:0]
    row[who[there]] = there
    people = world.people
    alike: Mask = people.twin | people.shares | (people.recycled >= 0)
    one = np.flatnonzero(alike)
    head = one - people.position[one]
    other = np.where(
        people.recycled[one] >= 0, people.recycled[one], np.where(people.twin[one], one - 1, head)
    )
    known = (row[one] >= 0) & (row[other] >= 0) & (one != other)
    return row[one[known]], row[other[known]]


def _reasons(rng: np.random.Generator, verdict: Ints) -> Text:
    found: Text = pa.nulls(len(verdict), pa.string())
    for turn, reasons in enumerate(WHY.values()):
        rows = np.flatnonzero(verdict == turn)
        found = put(
            found, rows, taken(text(list(reasons)), rng.integers(0, len(reasons), len(rows)))
        )
    return found


def _other_channels(rows: Rows, registry: Registry) -> list[str]:
    column = next((c for c in rows.columns.values() if c.is_ == "other_channel"), None)
    wanted = (
        sorted(set(column.values.values())) if column and column.values else sorted(registry.known)
    )
    return [n for n in wanted if n in registry.known] or sorted(registry.known)
