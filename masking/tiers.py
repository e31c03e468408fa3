"""Tiers: which kind is hidden how, for whom. The one home of that decision."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from masking.kinds import Kind
from masking.rulepacks import liftable
from masking.rules import RULES, FreeText, Listed, Rule, Token
from masking.rules.address import Address
from masking.rules.said import Said, rule_said
from pipelines.core.errors import ConfigError
from pipelines.core.yaml import Declared, load

STEWARD = "steward"
TIERS = (STEWARD, "service", "analyst", "partner", "statistics")
DEFAULTS = Path(__file__).with_name("tiers.yaml")
SMALLEST_GROUP = 10
"""Fewer customers than this are too few to hide among, where a tier does not say otherwise."""


class TierFile(Declared):
    """One tier, as YAML says it: the rule of each kind, of some columns, and of every other kind."""

    default: str = Field(
        default="", description="The rule of every kind not listed; a pack leaves it as it is."
    )
    recipient: str = Field(
        default="", description="For whom its tokens are: another recipient's do not join."
    )
    purpose: str = Field(
        default="",
        description="Only customers who consented to it are shown to the recipient; none if empty.",
    )
    smallest_group: int | None = Field(
        default=None, ge=2, description="Fewer customers than this, all alike, are not shown."
    )
    kinds: dict[Kind, Said] = Field(default_factory=dict, description="The rule of a kind.")
    because: dict[Kind, str] = Field(
        default_factory=dict,
        description="Why a kind is shown that counts as sensitive beside sensitive ones.",
    )
    columns: dict[str, Said] = Field(
        default_factory=dict, description="The rule of columns of that name."
    )

    @model_validator(mode="after")
    def _rules_exist(self) -> "TierFile":
        for said in (
            *([self.default] if self.default else []),
            *self.kinds.values(),
            *self.columns.values(),
        ):
            rule_said(said)
        return self

    def changed_by(self, other: "TierFile") -> "TierFile":
        """This tier, with what the other says about it."""
        return TierFile(
            default=other.default or self.default,
            recipient=other.recipient or self.recipient,
            purpose=other.purpose or self.purpose,
            smallest_group=other.smallest_group or self.smallest_group,
            kinds={**self.kinds, **other.kinds},
            because={**self.because, **other.because},
            columns={**self.columns, **other.columns},
        )


class TiersFile(Declared):
    """`tiers.yaml`: the five tiers."""

    steward: TierFile = TierFile()
    service: TierFile = TierFile()
    analyst: TierFile = TierFile()
    partner: TierFile = TierFile()
    statistics: TierFile = TierFile()


_ANY_LEVEL = ("city", "district", "road")
LEVELS = {"province": _ANY_LEVEL, "city": _ANY_LEVEL, "district": ("district", "road")}
"""Columns that hold one level of an address alone, and the levels of addresses at which a tier sees it anyway."""


@dataclass(frozen=True)
class Tier:
    """Who sees what: every kind has a rule."""

    name: str
    rules: Mapping[Kind, Rule]
    columns: Mapping[str, Rule]
    purpose: str = ""
    smallest_group: int = SMALLEST_GROUP
    because: Mapping[Kind, str] = field(default_factory=dict)
    """Why it shows a kind that counts as sensitive beside sensitive ones."""

    def rule_for(self, kind: Kind, column: str = "") -> Rule:
        """How a value of that kind is hidden, in a column of that name."""
        rule = self.columns.get(column)
        if rule is None and kind is Kind.ADDRESS and column in LEVELS:
            return self._level(column)
        return rule.of(kind) if rule else self.rules[kind]

    def shows(self, kind: Kind, column: str = "") -> bool:
        """Whether it sees such a value as it stands. A level of an address apart is what a rule left of the whole."""
        is_level = kind is Kind.ADDRESS and column in LEVELS and column not in self.columns
        return self.rules[kind].shows if is_level else self.rule_for(kind, column).shows

    def _level(self, column: str) -> Rule:
        """What it shows of whole addresses, it shows of their levels apart."""
        rule = self.rules[Kind.ADDRESS]
        is_shown = rule.name == "clear" or (
            isinstance(rule, Address) and rule.level in LEVELS[column]
        )
        return RULES["clear" if is_shown else "withhold"]


def tiers(path: Path | None = None) -> dict[str, Tier]:
    """The five tiers by name, as changed by a pack's file. Raises ConfigError if the file is faulty."""
    said = _usual()
    changed = load(path, TiersFile) if path else TiersFile()
    found = {
        name: _tier(name, getattr(said, name).changed_by(getattr(changed, name))) for name in TIERS
    }
    for tier in found.values():
        _require_reasons(tier, path or DEFAULTS)
    return found


def narrowed(who: Mapping[str, Tier], held: Mapping[str, Collection[Kind]]) -> dict[str, Tier]:
    """The tiers where columns of these names hold several kinds: hidden if all are hidden alike, or withheld."""
    withheld = {
        name: {
            column: RULES["withhold"]
            for column, kinds in held.items()
            if len({tier.rule_for(kind, column).name for kind in kinds}) > 1
        }
        for name, tier in who.items()
    }
    return {
        name: replace(tier, columns={**tier.columns, **withheld[name]})
        for name, tier in who.items()
    }


def guarded(
    who: Mapping[str, Tier], strangers: Collection[tuple[str, Kind, Kind, bool]]
) -> dict[str, Tier]:
    """The tiers where columns hold what nobody has confirmed: column, declared kind, found kind, whether as slips.

    All but the steward's withhold a column that they would show clear, or hide otherwise than most of what
    was found. Slips in a column that is hidden anyway are left to its rule.
    """
    return {
        name: replace(
            tier,
            columns={
                **tier.columns,
                **{
                    column: RULES["withhold"]
                    for column, declared, found, is_slip in strangers
                    if _shows(tier, column, declared, found, is_slip)
                },
            },
        )
        if name != STEWARD
        else tier
        for name, tier in who.items()
    }


def _shows(tier: Tier, column: str, declared: Kind, found: Kind, is_slip: bool) -> bool:
    rule, wanted = tier.rule_for(declared, column), tier.rules[found]
    return rule.name != wanted.name and (rule.name == "clear" or not is_slip)


def require_reasons(who: Mapping[str, Tier], lifted: Collection[tuple[str, Kind]]) -> None:
    """Raise ConfigError if a tier shows one of these columns, lifted beside others, and nobody says why."""
    for tier in who.values():
        silent = sorted(
            column
            for column, kind in set(lifted)
            if column in tier.columns
            and tier.rule_for(kind, column).shows
            and not tier.because.get(kind)
        )
        if tier.name != STEWARD and silent:
            raise ConfigError(
                f"tiers.yaml: {tier.name} shows {', '.join(silent)} under columns:, which counts as sensitive beside "
                "what is sensitive. Hide it, or say under because: of its kind why it is shown",
                f"tiers.yaml：{tier.name} 在 columns: 中明示 {'、'.join(silent)}，其与敏感信息并存时视为敏感信息。"
                "请改为脱敏，或在 because: 的相应类型下写明理由",
            )


@cache
def _usual() -> TiersFile:
    return load(DEFAULTS, TiersFile)


def _tier(name: str, said: TierFile) -> Tier:
    def rule(said_so: Said) -> Rule:
        found = rule_said(said_so)
        return (
            replace(found, recipient=said.recipient)
            if isinstance(found, Token) and found.recipient
            else found
        )

    rules = {kind: rule(said.kinds.get(kind, said.default)).of(kind) for kind in Kind}
    columns = {column: rule(named) for column, named in said.columns.items()}
    for_spans = {k: r for k, r in rules.items() if not r.prepared or isinstance(r, Listed)}
    spans = FreeText(f"spans_{name}", for_spans)
    return Tier(
        name,
        {k: spans if r.name == "spans" else r for k, r in rules.items()},
        {c: spans if r.name == "spans" else r for c, r in columns.items()},
        said.purpose,
        said.smallest_group or SMALLEST_GROUP,
        said.because,
    )


def _require_reasons(tier: Tier, path: Path) -> None:
    """Raise ConfigError if the tier shows what counts as sensitive beside sensitive kinds, and nobody says why."""
    shown = (k for k, rule in tier.rules.items() if rule.shows and k in liftable())
    silent = [str(k) for k in shown if not tier.because.get(k)]
    if tier.name != STEWARD and silent:
        raise ConfigError(
            f"{path}: {tier.name} shows {', '.join(silent)}, which counts as sensitive beside what is sensitive. "
            "Hide it under kinds:, or say under because: why it is shown",
            f"{path}：{tier.name} 明示 {'、'.join(silent)}，其与敏感信息并存时视为敏感信息。请在 kinds: 中改为脱敏，"
            "或在 because: 中写明明示的理由",
        )
