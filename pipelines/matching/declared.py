"""A pack's `matching.yaml`: what proves that two rows are one customer, what speaks for it, which value survives."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from pipelines.core.errors import ConfigError
from pipelines.core.yaml import Declared, load
from warehouse.tables import RECORDS

FILE = "matching.yaml"


class Prepared(Declared):
    """A column made for comparing: one of `prepare.HOW` over a column, or one SQL expression."""

    how: str = ""
    of: str = ""
    sql: str = Field(
        "", description="An expression in DuckDB's dialect over the record's and earlier columns."
    )

    @model_validator(mode="after")
    def _one_of_two(self) -> "Prepared":
        if bool(self.sql) == bool(self.how and self.of):
            raise ValueError("give either how and of, or sql")
        return self


class Proof(Declared):
    """Columns whose equality makes two rows one customer, whatever else they say."""

    name: str
    equal: list[str] = Field(min_length=1)
    unless: str = Field(
        "", description="SQL over columns with _l and _r: then equality proves nothing."
    )
    excludes: bool = Field(False, description="Two different values are never one customer.")
    at_most: int = Field(
        30, ge=2, description="A value that more rows share is a placeholder, no proof."
    )


class Level(Declared):
    """One degree of agreement: the first level whose condition holds counts."""

    label: str
    when: str = Field(description="SQL over columns with _l and _r.")
    frequency: str = Field("", description="The column whose common values count less.")
    frequency_weight: float = Field(
        1.0, ge=0, le=1, description="How far a rare value counts more."
    )


class Comparison(Declared):
    """What is compared: missing on either side says nothing; below the last level stands 'else'."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    missing: str = Field(
        description="SQL over columns with _l and _r: then there is nothing to compare."
    )
    levels: list[Level] = Field(min_length=1)


class Block(Declared):
    """Rows that agree on all these columns are compared."""

    same: list[str] = Field(min_length=1)
    at_most: int = Field(
        60, ge=2, description="Larger groups are left out: a value so common finds nobody."
    )


class Training(Declared):
    """How the model learns, where no frozen one is given."""

    seed: int = 1
    pairs: int = Field(
        2_000_000, ge=1000, description="Random pairs from which chance agreement is estimated."
    )
    certain: list[list[str]] = Field(
        min_length=1, description="Columns that agree almost only in true pairs."
    )
    recall: float = Field(gt=0, le=1, description="What share of the true pairs those find.")
    em: list[list[str]] = Field(
        min_length=1, description="Blocks in which agreement in true pairs is learnt."
    )


class Thresholds(Declared):
    """From which probability two rows are one customer, and are shown to a steward; and why."""

    accept: float = Field(gt=0, lt=1)
    show: float = Field(gt=0, lt=1)
    support: float = Field(
        0.0, ge=0, le=1, description="Share of the pairs between two groups that must agree."
    )
    reason: str = Field(min_length=20)


class Record(Declared):
    """How one record's rows are matched."""

    prepared: dict[str, Prepared] = Field(default_factory=dict)
    proofs: list[Proof] = Field(default_factory=list)
    comparisons: list[Comparison] = Field(default_factory=list)
    never: str = Field(
        "", description="SQL over columns with _l and _r: then no score makes them one."
    )
    blocking: list[Block] = Field(default_factory=list)
    training: Training | None = None
    model: str = Field(
        "", description="A frozen model's file in the pack, used instead of training."
    )
    thresholds: Thresholds | None = None

    @model_validator(mode="after")
    def _whole(self) -> "Record":
        if self.comparisons and not (
            self.blocking and self.thresholds and (self.training or self.model)
        ):
            raise ValueError("comparisons need blocking, thresholds, and training or a model")
        return self


Criterion = Literal["proof", "agreement", "recency", "channel", "length", "earliest"]


class Survivor(Declared):
    """Which of an attribute's values survives, where it is not the default."""

    rule: str
    proven_by: str = Field(
        "", description="The prepared column that is there only if the value is proven."
    )


EARLIEST = "earliest"
"""The rule of dates whose first word is the true one, there without being declared."""
USUAL = {"registered_on": Survivor(rule=EARLIEST, proven_by="")}
"""What a pack need not say: a customer is registered when the first channel registered it."""


class Survivorship(Declared):
    """Which value of each attribute survives into the one view."""

    channels: list[str] = Field(default_factory=list, description="From most to least trusted.")
    rules: dict[str, list[Criterion]] = Field(
        description="By name: what decides first, second and so on."
    )
    default: str
    attributes: dict[str, Survivor] = Field(default_factory=dict)

    @property
    def every_rule(self) -> dict[str, list[Criterion]]:
        """The rules, with the one that need not be declared."""
        return {EARLIEST: ["earliest", "channel", "recency"], **self.rules}

    def special(self, attribute: str) -> Survivor | None:
        """Which value of the attribute survives, where it is not the default."""
        return self.attributes.get(attribute) or USUAL.get(attribute)

    @model_validator(mode="after")
    def _rules_exist(self) -> "Survivorship":
        named = {self.default, *(a.rule for a in self.attributes.values())}
        if unknown := sorted(named - set(self.every_rule)):
            raise ValueError(
                f"there is no rule {', '.join(unknown)}: one of {', '.join(self.every_rule)}"
            )
        return self


PLAIN = Survivorship(rules={"recency": ["recency", "channel"]}, default="recency")


class Matching(Declared):
    """`matching.yaml`."""

    records: dict[str, Record] = Field(default_factory=dict)
    survivorship: Survivorship = PLAIN

    @model_validator(mode="after")
    def _records_exist(self) -> "Matching":
        customers = [name for name, table in RECORDS.items() if table.info["is_customer"]]
        if unknown := sorted(set(self.records) - set(customers)):
            raise ValueError(f"{', '.join(unknown)}: only {', '.join(customers)} are matched")
        return self


def matching_of(folder: Path) -> Matching:
    """The pack's matching; without the file no two rows are one customer. Raises ConfigError."""
    path = folder / FILE
    if not path.is_file():
        return Matching()
    matching = load(path, Matching)
    for name, record in matching.records.items():
        if record.model and not (folder / record.model).is_file():
            raise ConfigError(
                f"{path}: {name} names the model {record.model}, which is not in the pack",
                f"{path}：{name} 指定的模型 {record.model} 不在配置包中",
            )
    return matching
