"""A pack: one organisation's channels, thresholds, tiers and indicators. A folder of YAML, no code."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from masking.kinds import Kind
from masking.rulepacks import lifted
from masking.tiers import Tier, narrowed, require_reasons, tiers
from pipelines.channels.channel import Channel
from pipelines.channels.plans import Purpose
from pipelines.core.batch import CUSTOMERS
from pipelines.core.errors import ConfigError
from pipelines.core.yaml import Declared, load, zone
from warehouse.model import kind
from warehouse.tables import CORE, RECORDS


class PackFile(Declared):
    """`pack.yaml`: the organisation, and where its things are."""

    organisation: str
    language: Literal["zh", "en"] = "zh"
    token_key: str = Field(description="Reference (env:NAME, file:PATH) to the key of the tokens.")
    engine: Literal["duckdb", "spark"] = "duckdb"
    purposes: dict[str, Purpose] = Field(
        default_factory=dict,
        description="What the purposes of its channels are called, where they are its own.",
    )
    zone: str = Field(
        "Asia/Shanghai", description="The time zone of its channels' schedules and days."
    )
    models: dict[Literal["zh", "en"], str] = Field(
        default_factory=dict,
        description="spaCy models that read free text besides our own recognisers: installed ones, or "
        "folders under the pack. None is needed, none is downloaded.",
    )

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, said: str) -> str:
        return zone(said)


@dataclass(frozen=True)
class Pack:
    """A pack's folder, read when asked for, each file validated."""

    folder: Path

    @cached_property
    def file(self) -> PackFile:
        """`pack.yaml`."""
        if not self.folder.is_dir():
            raise ConfigError(
                f"{self.folder}: there is no such pack", f"{self.folder}：没有这个配置包"
            )
        return load(self.folder / "pack.yaml", PackFile)

    @cached_property
    def models(self) -> dict[str, str]:
        """The spaCy models it names; one that lies in the pack by its place."""
        return {
            language: str(here) if (here := self.folder / name).is_dir() else name
            for language, name in self.file.models.items()
        }

    @cached_property
    def _read(self) -> dict[str, Channel]:
        return {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The channels' names, which are their files': a faulty file stops only its own channel."""
        found = tuple(n for n in self.declared if n != CUSTOMERS)
        if not found:
            raise ConfigError(
                f"{self.folder}/channels: no channel is declared; write one, or let mingce init propose it",
                f"{self.folder}/channels：未声明任何渠道；请在其中编写，或用 mingce init 从文件生成",
            )
        return found

    @cached_property
    def declared(self) -> tuple[str, ...]:
        """The channels' names, and what else stands there under a name that no channel may bear."""
        return tuple(sorted(path.stem for path in (self.folder / "channels").glob("*.yaml")))

    def require_names(self) -> None:
        """Raise ConfigError if a channel bears the name of the flow over all of them."""
        if CUSTOMERS in self.declared:
            raise ConfigError(
                f"{self.folder}/channels/{CUSTOMERS}.yaml: {CUSTOMERS!r} is what the flow over all channels is "
                "called; give the channel, and its file, another name",
                f"{self.folder}/channels/{CUSTOMERS}.yaml：{CUSTOMERS!r} 是全部渠道归并流程的名称，"
                "请为该渠道及其文件另取名称",
            )

    def channel(self, name: str) -> Channel:
        """The channel of that name. Raises ConfigError if there is none, or its file is faulty."""
        if name == CUSTOMERS:
            self.require_names()
        if name not in self.names:
            raise ConfigError(
                f"there is no channel {name!r}: one of {', '.join(self.names)}",
                f"没有渠道 {name!r}：可选 {'、'.join(self.names)}",
            )
        if name not in self._read:
            path = self.folder / "channels" / f"{name}.yaml"
            channel = load(path, Channel)
            if channel.name != name:
                raise ConfigError(
                    f"{path}: the channel is named {channel.name!r}; name it like its file",
                    f"{path}：渠道名为 {channel.name!r}，应与文件名一致",
                )
            self._read[name] = channel
        return self._read[name]

    def sound(self) -> dict[str, Channel]:
        """The channels by name whose file is not faulty; running any other says what is wrong with it."""
        found = {}
        for name in self.names:
            with suppress(ConfigError):
                found[name] = self.channel(name)
        return found

    def channels(self) -> dict[str, Channel]:
        """All channels by name. Raises ConfigError if any file is faulty."""
        return {name: self.channel(name) for name in self.names}

    @cached_property
    def tiers(self) -> dict[str, Tier]:
        """Who sees what, as `tiers.yaml` changes it.

        Where a channel says that a column holds another kind than the record's, both kinds count. A
        faulty channel brings no rows, so it says nothing here.
        """
        own = self.folder / "tiers.yaml"
        held: dict[str, set[Kind]] = defaultdict(set)
        for name in self.names:
            try:
                feeds = self.channel(name).feeds
            except ConfigError:
                continue
            for rows in feeds:
                for column in rows.columns.values():
                    if column.kind:
                        held[column.is_] |= {
                            column.kind,
                            kind(RECORDS[rows.record].columns[column.is_]),
                        }
        who = tiers(own if own.is_file() else None)
        require_reasons(who, _lifted())
        return narrowed(who, held)


@cache
def _lifted() -> frozenset[tuple[str, Kind]]:
    """The columns that count as more beside what stands in their table, and what they hold."""
    return frozenset(
        (column.name, kind(column))
        for table in CORE.values()
        for more in ({k for of in lifted(map(kind, table.columns)).values() for k in of},)
        for column in table.columns
        if kind(column) in more
    )
