"""Where this installation's pack, source, lake and warehouse are: read from the environment, once."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What differs between installations. Secrets are not here: the pack refers to them."""

    pack: Path
    source: str
    lake: str
    warehouse: str
    engine: str


def settings() -> Settings:
    """MINGCE_PACK, MINGCE_SOURCE, MINGCE_LAKE, MINGCE_WAREHOUSE, MINGCE_ENGINE; defaults below the project."""
    project = Path(__file__).resolve().parents[1]
    given = os.environ
    return Settings(
        pack=Path(given.get("MINGCE_PACK", project / "packs" / "bank")),
        source=given.get("MINGCE_SOURCE", str(project / "var" / "source")),
        lake=given.get("MINGCE_LAKE", str(project / "var" / "lake")),
        warehouse=given.get(
            "MINGCE_WAREHOUSE", f"duckdb:///{project / 'var' / 'warehouse.duckdb'}"
        ),
        engine=given.get("MINGCE_ENGINE", ""),
    )
