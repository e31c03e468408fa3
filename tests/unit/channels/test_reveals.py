"""What nobody has confirmed is withheld from all but the steward, until somebody does."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from masking.kinds import Kind
from pipelines.channels.pack import Pack
from pipelines.channels.reveals import tiers
from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding
from pipelines.engine.lake import Lake
from pipelines.engine.protocol import Engine
from tests.factories import COUNTER, pack_folder

DAY = date(2026, 9, 1)
NOT_SO = {"column": "职位", "kind": "person_name", "by": "王专员", "reason": "岗位代号", "share": 1}


def seen(
    folder: Path, engine: Engine, cells: int, of: str = "person_name", **said: Any
) -> Mapping[str, Any]:
    """The tiers' rules for jobs, on the day after one on which `cells` of 100 jobs revealed `of`."""
    columns = COUNTER["columns"] | {"职位": {"is": "occupation"}}
    pack = Pack(pack_folder(folder / "pack", COUNTER | {"columns": columns} | said))
    run = Run(pack, engine, Lake(str(folder / "lake"), engine), "")
    row = {
        "column_name": "职位",
        "kind": of,
        "cells": 100,
        "matches": cells,
        "proven": 0,
        "verdict": True,
    }
    found = Finding(f"kind_unexpected:{of}", "rows", "职位", cells)
    profile = engine.arrow(pa.Table.from_pylist([row]))
    run.lake.write("profile", Batch("counter", DAY, {"profile": profile}, (found,)))
    who = tiers(run, date(2026, 9, 2))
    assert tiers(run, date(2026, 8, 31)) == run.pack.tiers
    return {name: tier.rule_for(Kind.OCCUPATION, "occupation").name for name, tier in who.items()}


@pytest.mark.parametrize(("cells", "to_service"), [(1, "listed"), (90, "withhold")])
def test_a_column_that_a_tier_would_show_is_withheld_unless_slips_in_it_are_hidden_anyway(
    tmp_path: Path, duckdb_engine: Engine, cells: int, to_service: str
) -> None:
    shown = seen(tmp_path, duckdb_engine, cells)
    assert shown["steward"] == "clear"
    assert {shown[t] for t in ("service", "analyst")} == {to_service}
    assert {shown[t] for t in ("partner", "statistics")} == {"withhold"}


@pytest.mark.parametrize(
    "said",
    [
        {"dismissed": [NOT_SO]},
        {"columns": COUNTER["columns"] | {"职位": {"is": "occupation", "kind": "opinion"}}},
    ],
    ids=["dismissed", "declared"],
)
def test_what_a_steward_said_of_it_counts(
    tmp_path: Path, duckdb_engine: Engine, said: dict[str, Any]
) -> None:
    shown = seen(tmp_path / "said", duckdb_engine, 90, **said)
    usual = seen(tmp_path / "none", duckdb_engine, 0, **said)
    assert shown == usual


def test_what_looks_alike_is_withheld_from_nobody(tmp_path: Path, duckdb_engine: Engine) -> None:
    assert seen(tmp_path, duckdb_engine, 90, "occupation")["service"] == "listed"
