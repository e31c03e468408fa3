"""A channel: a source of rows, what they are, and the plan under which they are collected."""

import re
from datetime import date, timedelta
from typing import Literal

from pydantic import Field, field_validator, model_validator

from masking.kinds import Kind
from pipelines.channels import cron
from pipelines.channels.landing import names_day, tells_year
from pipelines.channels.limits import USUAL, Limits
from pipelines.channels.whole import NOTHING_SAID, Whole
from pipelines.core.batch import CUSTOMERS
from pipelines.core.errors import SourceError
from pipelines.core.yaml import Declared, zone
from warehouse.model import columns_before_resolve
from warehouse.tables import RECORDS

ASKS_FOR_DAY = re.compile(r"(?<![:\w]):day\b")
"""`:day` in a query, where the batch's day is bound."""


UNNAMED = "to be named"
"""What stands in a channel's file for an owner or purpose that nobody has named yet."""


class SourceColumn(Declared):
    """One column of the source: what it is here, how it is cleaned, what it reveals."""

    is_: str = Field(alias="is", description="The record's column it fills.")
    clean: str = Field("", description="The cleaner; the record column's usual one if empty.")
    kind: Kind | None = Field(
        None, description="What it reveals, where the record's column says otherwise."
    )
    values: dict[str, str] = Field(
        default_factory=dict, description="The source's codes and spellings."
    )


class Rows(Declared):
    """What a source's rows are: a record, its key, its columns."""

    record: str = Field(description="The record the rows are.")
    key: str | list[str] = Field(description="The source's column, or columns, that name a row.")
    columns: dict[str, SourceColumn] = Field(
        description="The source's columns, by their names there."
    )
    constants: dict[str, str] = Field(
        default_factory=dict, description="Record columns that are the same in every row."
    )

    @property
    def keys(self) -> tuple[str, ...]:
        """The source's key columns."""
        return (self.key,) if isinstance(self.key, str) else tuple(self.key)

    @model_validator(mode="after")
    def _columns_exist(self) -> "Rows":
        if self.record not in RECORDS:
            raise ValueError(f"there is no record {self.record!r}: one of {', '.join(RECORDS)}")
        known = {c.name for c in columns_before_resolve(RECORDS[self.record])}
        named = [c.is_ for c in self.columns.values()] + list(self.constants)
        if unknown := sorted(set(named) - known):
            raise ValueError(f"{self.record} has no column {', '.join(unknown)}")
        if twice := sorted({n for n in named if named.count(n) > 1}):
            raise ValueError(f"filled more than once: {', '.join(twice)}")
        return self


class Dismissal(Declared):
    """A steward's word that a column does not hold what its cells look like."""

    column: str = Field(description="The source's column.")
    kind: Kind = Field(description="What it seems to reveal, or no longer does.")
    by: str = Field(min_length=1, description="Who says so.")
    reason: str = Field(min_length=1, description="Why it is not so.")
    share: float = Field(
        0.05,
        ge=0,
        le=1,
        description="The share of its cells that was seen; when more say so, it ends.",
    )
    proven: bool = Field(
        False,
        description="Whether it was known that check digits agree; if not, it ends when they do.",
    )


class Agreement(Declared):
    """What makes a third party's delivery lawful (REQUIREMENTS A3)."""

    number: str
    party: str
    confidentiality: str = Field(description="Number of the confidentiality agreement.")
    expires_on: date


class Landing(Declared):
    """When a day's file lands, beside the schedule: which day's it is, on whose clock, how long it may take."""

    day_offset: int = Field(
        0, ge=0, le=31, description="The file of day D lands this many days after D."
    )
    zone: str = Field("", description="The time zone of schedule; the pack's if empty.")
    within_hours: float = Field(
        12, gt=0, le=168, description="How long after schedule it may come; then it is late."
    )

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, said: str) -> str:
        return said and zone(said)


class Channel(Rows):
    """A channel, as its YAML file declares it."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(description="Its name for people.")
    owner: str = Field(description="The department that answers for it.")
    purpose: list[str] = Field(min_length=1, description="For what it may be collected.")
    manner: str = Field("", description="How it is collected, as 柜面填写.")
    rules: str = Field("", description="Under which rules: what customers were told, or a law.")
    retention: str = Field("", description="How long it is kept, and since when.")
    lands_at: str = Field(
        description="Where under the source its file lands, with {day}; or a database URL."
    )
    format: Literal["auto", "csv", "jsonl", "xlsx", "parquet", "table"] = "auto"
    table: str = Field("", description="The table, for a database.")
    query: str = Field(
        "", description="One SELECT instead of a table; :day is bound to the batch's day."
    )
    sheet: str = Field("", description="The sheet of a workbook; the first if empty.")
    encoding: str = Field("", description="The file's encoding; found if empty.")
    password: str = Field("", description="Reference (env:NAME, file:PATH) to the file's password.")
    schedule: str = Field("0 6 * * *", description="When its file lands and its DAG runs, as cron.")
    lands: Landing = Field(
        default_factory=lambda: Landing.model_validate({}), description="More of when it lands."
    )
    ignored: list[str] = Field(
        default_factory=list, description="Source columns left alone, by name."
    )
    dismissed: list[Dismissal] = Field(
        default_factory=list, description="What detection says of columns and is not so."
    )
    stops_on: list[
        Literal["kind_unexpected", "kind_new", "kind_vanished", "personal_undeclared"]
    ] = Field(default_factory=list, description="Findings of detect that stop the channel.")
    agreement: Agreement | None = None
    whole: Whole = Field(NOTHING_SAID, description="What says that a delivery is whole.")
    may_repeat: bool = Field(
        False,
        description="Whether a day may bring the same rows as another: else that is a delivery sent twice.",
    )
    limits: Limits = Field(USUAL, description="Ceilings: how much of one delivery is read.")
    also: list[Rows] = Field(
        default_factory=list, description="Further records the same rows feed."
    )

    @field_validator("name")
    @classmethod
    def _is_free(cls, said: str) -> str:
        if said == CUSTOMERS:
            raise ValueError(
                f"{CUSTOMERS!r} is what the flow over all channels is called: name the channel, and its file, "
                "otherwise"
            )
        return said

    @field_validator("lands_at")
    @classmethod
    def _names_the_day(cls, said: str) -> str:
        """In a path, braces hold the day and nothing else: a typo would look for a file of that name."""
        held = [] if "://" in said else re.findall(r"\{([^{}]*)\}", said)
        if wrong := [h for h in held if h != "day" and not h.startswith("day:")]:
            raise ValueError(
                f"{{{wrong[0]}}} is no place for the day: write {{day}} or {{day:%Y%m%d}}"
            )
        if names_day(said) and not tells_year(said):
            raise ValueError(
                "the place of the day does not tell its year, or cannot be read back: "
                "write {day} or {day:%Y%m%d}"
            )
        return said

    @field_validator("schedule")
    @classmethod
    def _is_cron(cls, said: str) -> str:
        cron.fields(said)
        return said

    @model_validator(mode="after")
    def _offset_counts_days(self) -> "Channel":
        if self.lands.day_offset and not cron.is_every_day(self.schedule):
            raise ValueError(
                "lands.day_offset counts days, so the schedule must fall on every day: write 0 2 * * *"
            )
        return self

    def is_expected(self, day: date) -> bool:
        """Whether the schedule says that a file of that day lands."""
        return self.is_daily and cron.falls_on(
            self.schedule, day + timedelta(days=self.lands.day_offset)
        )

    @property
    def feeds(self) -> tuple[Rows, ...]:
        """Every record the channel's rows feed, the first being its own."""
        return (self, *self.also)

    @property
    def is_daily(self) -> bool:
        """Whether each day's delivery is another: its place says the day, or its query asks for it."""
        return names_day(self.lands_at) or ASKS_FOR_DAY.search(self.query) is not None

    def fills(self, record: str) -> set[str]:
        """The record's columns that its rows fill."""
        fed = [rows for rows in self.feeds if rows.record == record]
        return {
            name
            for rows in fed
            for name in (*(c.is_ for c in rows.columns.values()), *rows.constants)
        }

    @property
    def declared(self) -> set[str]:
        """The source columns somebody has thought of."""
        mapped = {name for rows in self.feeds for name in (*rows.columns, *rows.keys)}
        return mapped | set(self.ignored)

    @property
    def who(self) -> tuple[str, str]:
        """Whom to ask, in English and Chinese: its owner, by name if one is named."""
        return (self.owner, self.owner) if self.is_owned else ("the channel's owner", "渠道负责人")

    @property
    def is_owned(self) -> bool:
        """Whether somebody is named who answers for it."""
        return self.owner.strip() not in ("", UNNAMED)

    def require_columns(self, found: tuple[str, ...]) -> None:
        """Raise SourceError if the source lacks a declared column, or has one nobody declared.

        An unknown column is told by its place: what stands where its name should be may be a customer's.
        """
        missing = sorted(self.declared - set(self.ignored) - set(found))
        unknown = [place for place, name in enumerate(found, 1) if name not in self.declared]
        if not missing and not unknown:
            return
        who_en, who_zh = self.who
        ask_en, ask_zh = (
            f"Ask {who_en} for the right file, or declare them in channels/{self.name}.yaml (columns: or "
            "ignored:)",
            f"请向{who_zh}索取正确文件，或在 channels/{self.name}.yaml 中声明（columns: 或 ignored:）",
        )
        if missing and len(missing) * 2 > len(self.declared - set(self.ignored)):
            ask_en, ask_zh = (
                f"The file may have no header row. Ask {who_en} for the right file",
                f"文件可能没有表头行。请向{who_zh}索取正确文件",
            )
        wrong = [(f"missing {missing}", f"缺少列 {missing}")] if missing else []
        wrong += [_places(unknown, len(found))] if unknown else []
        raise SourceError(
            f"channel {self.name}: {', '.join(en for en, _ in wrong)}. {ask_en}",
            f"渠道 {self.name}：{'，'.join(zh for _, zh in wrong)}。{ask_zh}",
        )


MOST_PLACES = 20


def _places(unknown: list[int], of: int) -> tuple[str, str]:
    """Unknown columns by their places in the file, as many as a person reads."""
    more = ", …" if len(unknown) > MOST_PLACES else ""
    said = ", ".join(map(str, unknown[:MOST_PLACES])) + more
    return f"unknown column {said} of {of}", f"未知列 第 {said} 列（共 {of} 列）"
