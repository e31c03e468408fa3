"""`quality.yaml`: what one organisation asks of its data beyond the declared checks, and its indicators."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from expectations.flags import FIRST
from expectations.kpi.service import Service
from expectations.model import Check, Dimension, Level
from expectations.suites import SUITES, suite
from pipelines.core.yaml import Declared, load


class Override(Declared):
    """Where a check's level, share or weight differs here, and why."""

    check: str = Field(description="The check's name; * stands for anything.")
    record: str = Field("*", description="The record's name; * stands for anything.")
    channels: list[str] = Field(default_factory=list, description="The channels; all if empty.")
    level: Level | None = None
    mostly: float | None = Field(default=None, ge=0, le=1)
    weight: float | None = Field(default=None, ge=0)
    left_out: bool = Field(default=False, description="The check is not asked at all.")
    reason: str = Field(min_length=4, description="Why, for whoever asks in a year.")

    def speaks_of(self, check: Check, channel: str) -> bool:
        """Whether it is about that check of that channel."""
        named = fnmatchcase(check.name, self.check) and fnmatchcase(check.record, self.record)
        return named and (not self.channels or channel in self.channels)

    def applied(self, check: Check) -> Check:
        """The check as it is here."""
        changes = {
            k: v for k in ("level", "mostly", "weight") if (v := getattr(self, k)) is not None
        }
        return replace(check, **changes)


class Indicator(Declared):
    """One figure of the assessment: of all that is counted, how much is good."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    zh: str
    en: str
    dimension: Dimension
    of: Literal["rows", "checks", "columns"] = Field(
        default="checks",
        description="rows: rows that pass every check, of those any check speaks of. checks: checks passed, of "
        "those made. columns: sensitive columns masked in every tier but the steward's, of all.",
    )
    records: list[str] = Field(default_factory=list, description="The records; all if empty.")
    checks: list[str] = Field(
        default_factory=list, description="The checks; * stands for anything."
    )
    target: float = Field(ge=0, le=1)
    targets: dict[str, float] = Field(
        default_factory=dict, description="Other targets, by channel."
    )
    weight: float = Field(default=1.0, ge=0)

    @model_validator(mode="after")
    def _counts_something(self) -> "Indicator":
        if (self.of == "columns") == bool(self.checks):
            raise ValueError(f"{self.name}: name its checks, unless it counts columns")
        return self

    def counts(self, check: Check) -> bool:
        """Whether the check is one of its."""
        if self.records and check.record not in self.records:
            return False
        return any(fnmatchcase(check.name, wanted) for wanted in self.checks)

    def target_of(self, channel: str) -> float:
        """What is wanted of the channel."""
        return self.targets.get(channel, self.target)


CUSTOMERS = ["individual", "enterprise", "institution"]


class Commended(Declared):
    """Which channels are commended (REQUIREMENTS F2): those at target in all that was measured, if …"""

    records: list[str] = Field(
        default_factory=lambda: list(CUSTOMERS),
        description="… they collect these themselves: their rows are one of them.",
    )
    indicators: list[str] = Field(
        default_factory=lambda: ["completeness", "accuracy"],
        description="… these were measured of them.",
    )
    at_least: int = Field(
        default=100, ge=1, description="… at least so many checks were counted of them."
    )


USUAL = (
    Indicator(
        name="completeness", zh="完整率", en="Completeness", dimension=Dimension.COMPLETENESS,
        records=CUSTOMERS, checks=["complete.*"], target=0.95, weight=3,
    ),
    Indicator(
        name="accuracy", zh="准确率", en="Accuracy", dimension=Dimension.ACCURACY,
        checks=[
            "valid.*", "real.*", "proven.*", "region.*", "dated.*", "lived.*", "past.*", "amount.*", "meaningful.*",
            "plausible.*",
        ],
        target=0.98, weight=3,
    ),
    Indicator(
        name="conformity", zh="规范率", en="Conformity", dimension=Dimension.CONFORMITY,
        checks=["readable.*", "shaped.*", "code.*", "detailed.*"], target=0.98, weight=1,
    ),
    Indicator(
        name="consistency", zh="一致率", en="Consistency", dimension=Dimension.CONSISTENCY,
        checks=["agrees.*", "ordered.*", "other.*", "known.*"], target=0.98, weight=1,
    ),
    Indicator(
        name="timeliness", zh="及时率", en="Timeliness", dimension=Dimension.TIMELINESS, records=CUSTOMERS,
        checks=["unexpired.*", "fresh.*"], target=0.90, weight=1,
    ),
    Indicator(
        name="uniqueness", zh="唯一率", en="Uniqueness", dimension=Dimension.UNIQUENESS,
        checks=["unique.*", "shared.*"], target=0.99, weight=1,
    ),
    Indicator(
        name="security", zh="脱敏覆盖率", en="Masking coverage", dimension=Dimension.SECURITY,
        of="columns", target=1.0, weight=2,
    ),
    Indicator(
        name="response", zh="响应及时率", en="Answered in time", dimension=Dimension.SERVICE,
        checks=["service.response"], target=0.90, weight=1,
    ),
    Indicator(
        name="satisfaction", zh="客户满意度", en="Satisfied customers", dimension=Dimension.SERVICE,
        checks=["service.satisfaction"], target=0.85, weight=1,
    ),
)  # fmt: skip
"""The indicators of REQUIREMENTS F1 and GB/T 36344-2018, where a pack declares none of its own."""


class Quality(Declared):
    """`quality.yaml`. Without the file, or a part of it, the usual applies."""

    fresh_days: int = Field(
        730, gt=0, description="After how many days without a change a row is stale."
    )
    fresh_days_of: dict[str, int] = Field(default_factory=dict, description="The same, by channel.")
    service: Service = Service()
    overrides: list[Override] = Field(default_factory=list)
    indicators: list[Indicator] = Field(default_factory=lambda: list(USUAL))
    commended: Commended = Commended()

    @model_validator(mode="after")
    def _speaks_of_something(self) -> "Quality":
        known = [c for record in SUITES for c in self._all(record, "")]
        for override in self.overrides:
            channel = override.channels[0] if override.channels else ""
            if not any(override.speaks_of(c, channel) for c in known):
                raise ValueError(
                    f"there is no check {override.check!r} of record {override.record!r}"
                )
        for indicator in self.indicators:
            for wanted in indicator.checks:
                if not any(fnmatchcase(c.name, wanted) for c in known):
                    raise ValueError(f"indicator {indicator.name}: there is no check {wanted!r}")
        names = [i.name for i in self.indicators]
        if twice := sorted({n for n in names if names.count(n) > 1}):
            raise ValueError(f"declared more than once: {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _commends_for_something(self) -> "Quality":
        asked = set(self.commended.indicators) - set(Commended().indicators)
        unknown = asked - {i.name for i in self.indicators}
        if unknown := unknown | (set(self.commended.records) - set(SUITES)):
            raise ValueError(f"commended: there is no {', '.join(sorted(unknown))}")
        return self

    @property
    def commendation(self) -> Commended:
        """By which rule channels are commended; of the usual indicators, those that are counted here."""
        counted = {i.name for i in self.indicators}
        here = [name for name in self.commended.indicators if name in counted]
        return self.commended.model_copy(update={"indicators": here})

    def checks(self, record: str, channel: str, filled: Collection[str]) -> tuple[Check, ...]:
        """What must hold of the record's rows in that channel, which delivers the columns `filled`.

        Of what a channel does not collect nothing is asked: it is not measured, neither good nor bad.
        """
        asked = suite(record, self.fresh_days_of.get(channel, self.fresh_days))
        here = (self._here(c, channel) for c in asked if _is_collected(c, filled))
        return tuple(c for c in here if c is not None)

    def counted(self, record: str, channel: str, filled: Collection[str]) -> tuple[Check, ...]:
        """What is counted of them: the checks, and how well customers were served."""
        served = (c for c in self.service.checks(record) if _is_collected(c, filled))
        return (*self.checks(record, channel, filled), *served)

    @cached_property
    def digest(self) -> str:
        """A fingerprint of every rule as it is here: the same rules give the same figure."""
        asked = [self._all(record, "") for record in sorted(SUITES)]
        said = repr(asked) + self.model_dump_json()
        return hashlib.sha256(said.encode()).hexdigest()

    def _all(self, record: str, channel: str) -> tuple[Check, ...]:
        days = self.fresh_days_of.get(channel, self.fresh_days)
        return (*suite(record, days), *self.service.checks(record))

    def _here(self, check: Check, channel: str) -> Check | None:
        for override in self.overrides:
            if override.speaks_of(check, channel):
                if override.left_out:
                    return None
                check = override.applied(check)
        return check


ALWAYS = {"channel", "source_id", "day", "holder_channel", "holder_source_id", "unreadable", FIRST}
"""Columns every row has, whatever its channel delivers."""


def _is_collected(check: Check, filled: Collection[str]) -> bool:
    asked = check.columns - ALWAYS
    return not asked or not asked.isdisjoint(filled)


def quality(pack: Path) -> Quality:
    """The pack's `quality.yaml`, or the usual. Raises ConfigError if it is faulty."""
    path = pack / "quality.yaml"
    return load(path, Quality) if path.is_file() else Quality.model_validate({})
