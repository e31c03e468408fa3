"""A run: the pack, and where its things are today. What every step is given beside its batch."""

from dataclasses import dataclass
from datetime import date

from pipelines.channels.pack import Pack
from pipelines.core.batch import CUSTOMERS
from pipelines.engine.lake import Lake
from pipelines.engine.protocol import Engine


@dataclass(frozen=True)
class Run:
    """What differs between installations: the engine, the lake, the warehouse, where files land."""

    pack: Pack
    engine: Engine
    lake: Lake
    warehouse: str
    source: str = ""

    def is_newest(self, day: date) -> bool:
        """Whether no later day's customers have been resolved. Readers are shown nothing older."""
        return day >= max(self.lake.days("resolved", CUSTOMERS), default=day)
