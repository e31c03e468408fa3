"""Where an installation's pack, source, lake and warehouse are."""

import os
from dataclasses import asdict, dataclass

from pipelines.core.errors import ConfigError


@dataclass(frozen=True)
class Settings:
    """What differs between installations. Secrets are not here: the pack refers to them.

    `prefix` stands before every name that Airflow knows, for several packs in one Airflow.
    """

    pack: str
    source: str
    lake: str
    warehouse: str
    engine: str = ""
    prefix: str = ""

    def said(self) -> dict[str, str]:
        """The same as plain values, which a task is given."""
        return asdict(self)


def settings() -> Settings:
    """MINGCE_PACK, MINGCE_SOURCE, MINGCE_LAKE, MINGCE_WAREHOUSE, and MINGCE_ENGINE if it is not the pack's.

    Raises ConfigError naming those that are not set.
    """
    needed = ("pack", "source", "lake", "warehouse")
    given = {name: os.environ.get(f"MINGCE_{name.upper()}", "") for name in (*needed, "engine")}
    if absent := [f"MINGCE_{name.upper()}" for name in needed if not given[name]]:
        raise ConfigError(
            f"{', '.join(absent)} not set: set them for Airflow's dag-processor, scheduler, triggerer and workers",
            f"未设置 {'、'.join(absent)}：请为 Airflow 的 dag-processor、scheduler、triggerer 和 worker 设置",
        )
    return Settings(**given)
