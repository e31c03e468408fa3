"""A rule pack, read and validated: kind to label, why, and what co-occurrence lifts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from masking.kinds import Kind
from pipelines.core.errors import ConfigError, say
from pipelines.core.yaml import Declared, load

FOLDER = Path(__file__).parent


class Line(Declared):
    """One line of a standard: these kinds are called that, and where it says so."""

    label: str
    kinds: list[Kind] = Field(min_length=1)
    source: str = Field(description="The clause, or the words.")
    basis: Literal["text", "reading"] = Field(
        description="The standard's text, or our reading of it."
    )


class Lift(Declared):
    """What is called more because of what stands beside it."""

    when_labels: list[str] = Field(
        default_factory=list, description="If something of these labels is there …"
    )
    when_kinds: list[Kind] = Field(
        default_factory=list, description="… or something of these kinds,"
    )
    labels: list[str] = Field(default_factory=list, description="then what has these labels …")
    kinds: list[Kind] = Field(default_factory=list, description="… or is of these kinds,")
    to: str = Field(description="gets this label.")
    source: str
    basis: Literal["text", "reading"]


class RulePack(Declared):
    """One standard, in one version."""

    name: str
    version: str
    title_en: str
    title_zh: str
    standard: str
    labels: dict[str, str] = Field(description="Its labels, strictest first, with their names.")
    lines: list[Line]
    lifts: list[Lift] = Field(default_factory=list)

    @model_validator(mode="after")
    def _every_kind_once(self) -> "RulePack":
        named = [kind for line in self.lines for kind in line.kinds]
        if twice := sorted({k for k in named if named.count(k) > 1}):
            raise ValueError(f"labelled more than once: {', '.join(twice)}")
        if missing := sorted(set(Kind) - set(named)):
            raise ValueError(f"not labelled: {', '.join(missing)}")
        used = {line.label for line in self.lines} | {lift.to for lift in self.lifts}
        used |= {label for lift in self.lifts for label in (*lift.when_labels, *lift.labels)}
        if unknown := sorted(used - set(self.labels)):
            raise ValueError(f"no such label: {', '.join(unknown)}")
        return self

    def line(self, kind: Kind) -> Line:
        """The line that labels the kind."""
        return next(line for line in self.lines if kind in line.kinds)

    def label(self, kind: Kind) -> str:
        """What the kind is called, by itself."""
        return self.line(kind).label

    def named(self, label: str) -> str:
        """A label's name, in the reader's language; in English it speaks for itself."""
        return say(label.replace("_", " "), self.labels.get(label, label))

    def called(self, kinds: Iterable[Kind]) -> dict[Kind, "Called"]:
        """What each kind of one table, file or view is called there, and which kinds beside it make it so."""
        together = sorted(set(kinds))
        alone = {k: Called(self.label(k), self.label(k), (), self.line(k).source) for k in together}
        return alone | self.lifted(together)

    def lifted(self, kinds: Iterable[Kind]) -> dict[Kind, "Called"]:
        """The kinds of one table, file or view that are called more because they stand together."""
        together = sorted(set(kinds))
        found: dict[Kind, Called] = {}
        for lift in self.lifts:
            causes = [
                k for k in together if k in lift.when_kinds or self.label(k) in lift.when_labels
            ]
            for kind in together:
                if causes and (kind in lift.kinds or self.label(kind) in lift.labels):
                    found[kind] = Called(self.label(kind), lift.to, tuple(causes), lift.source)
        return found


@dataclass(frozen=True)
class Called:
    """What a kind is called, what it would be called alone, because of which kinds, by which sentence."""

    before: str
    label: str
    because: tuple[Kind, ...]
    source: str


@dataclass(frozen=True)
class Change:
    """What another pack, or another version, calls a column differently."""

    table: str
    column: str
    kind: Kind
    before: str
    after: str
    source: str


@cache
def rule_packs() -> Mapping[str, RulePack]:
    """Every pack in this folder, by name."""
    packs = (load(path, RulePack) for path in sorted(FOLDER.glob("*.yaml")))
    return {pack.name: pack for pack in packs}


def rule_pack(named: str) -> RulePack:
    """The pack of that name, or in that file. Raises ConfigError if there is none."""
    if named in rule_packs():
        return rule_packs()[named]
    if Path(named).is_file():
        return load(Path(named), RulePack)
    raise ConfigError(
        f"there is no rule pack {named!r}: name a file, or one of {', '.join(rule_packs())}",
        f"没有规则包 {named!r}：请指定文件，或 {'、'.join(rule_packs())} 之一",
    )


@cache
def liftable() -> frozenset[Kind]:
    """The kinds that some pack calls more where they stand beside others."""
    return frozenset(
        kind
        for pack in rule_packs().values()
        for lift in pack.lifts
        for kind in Kind
        if kind in lift.kinds or pack.label(kind) in lift.labels
    )


@cache
def labels(kind: Kind) -> Mapping[str, str]:
    """What a kind is called in every pack, by the pack's name."""
    return {name: pack.label(kind) for name, pack in rule_packs().items()}


@cache
def called_together(kinds: frozenset[Kind]) -> Mapping[Kind, Mapping[str, Called]]:
    """What each kind of one table, file or view is called there in every pack."""
    called = {name: pack.called(kinds) for name, pack in rule_packs().items()}
    return {k: {name: said[k] for name, said in called.items()} for k in kinds}


def lifted(kinds: Iterable[Kind]) -> dict[str, dict[Kind, Called]]:
    """What stands together in one table, file or view, and is therefore called more; by pack."""
    together = list(kinds)
    found = {name: pack.lifted(together) for name, pack in rule_packs().items()}
    return {name: changes for name, changes in found.items() if changes}


def difference(
    before: RulePack, after: RulePack, tables: Mapping[str, Mapping[str, Kind]]
) -> list[Change]:
    """The columns that `after` calls otherwise than `before`, each in its table, with what makes it so."""
    found: list[Change] = []
    for table, columns in tables.items():
        was, now = before.called(columns.values()), after.called(columns.values())
        found += [
            Change(table, column, of, was[of].label, now[of].label, now[of].source)
            for column, of in columns.items()
            if was[of].label != now[of].label
        ]
    return found
