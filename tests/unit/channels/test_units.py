"""Units: a branch is told by its name if many rows share it and nobody's name or number stands in it."""

from pathlib import Path

import pyarrow as pa
import pytest

from masking.text import detect_batch
from pipelines.channels import units
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import Relation
from pipelines.engine.lake import Lake
from pipelines.engine.protocol import Engine
from tests.factories import pack_folder
from tests.unit.expectations.made import AS_OF
from warehouse.tables.quality import NOT_SHOWN


def given(engine: Engine, **rows: int) -> Relation:
    cells = [name for name, n in rows.items() for _ in range(n)]
    return engine.arrow(
        pa.table({"source_id": [str(n) for n in range(len(cells))], "branch": cells})
    )


def counted(engine: Engine, rows: Relation) -> dict[str | None, int]:
    asked = engine.sql("SELECT branch, count(*) AS n FROM rows GROUP BY branch", rows=rows)
    return {row["branch"]: row["n"] for row in engine.fetch(asked).to_pylist()}


UNITS = [
    "城东支行",
    "开发区支行",
    "乌鲁木齐市沙依巴克区网点",
    "朝阳大街2号网点",
    "马家堡支行",
    "个人金融部",
    "0101",
    "Head Office",
]
PEOPLE = [
    "王伟",
    "王伟 13800138000",
    "13800138000",
    "110101199001030022",
    "wang@example.cn",
    "Li Wei",
    "客户经理王伟",
]


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_that_many_rows_share_is_told_by_its_name(duckdb_engine: Engine, name: str) -> None:
    rows = given(duckdb_engine, **{name: units.FEW})
    assert units.names_told(duckdb_engine, rows, detect_batch) == {name}


@pytest.mark.parametrize("name", PEOPLE)
def test_what_names_a_person_is_told_however_many_rows_share_it_by_one_name_only(
    duckdb_engine: Engine, name: str
) -> None:
    rows = given(duckdb_engine, **{name: 50, "城东支行": 20})
    names = units.names_told(duckdb_engine, rows, detect_batch)
    assert counted(duckdb_engine, units.told(duckdb_engine, rows, names)) == {
        NOT_SHOWN: 50,
        "城东支行": 20,
    }


def test_what_hardly_any_row_shares_is_not_told_whatever_it_is(duckdb_engine: Engine) -> None:
    rows = given(duckdb_engine, 隗鹮翯家=units.FEW - 1, 城东支行=units.FEW)
    assert units.names_told(duckdb_engine, rows, detect_batch) == {"城东支行"}


def test_a_row_that_names_no_unit_still_names_none(duckdb_engine: Engine) -> None:
    rows = duckdb_engine.arrow(pa.table({"source_id": ["1", "2"], "branch": [None, "x"]}))
    assert counted(duckdb_engine, units.told(duckdb_engine, rows, set())) == {
        None: 1,
        NOT_SHOWN: 1,
    }


def test_where_a_pack_hides_units_from_who_reads_the_figures_none_is_told(
    duckdb_engine: Engine, tmp_path: Path
) -> None:
    lake = Lake(str(tmp_path / "lake"), duckdb_engine)
    hidden = {"statistics": {"columns": {"branch": "withhold"}}}
    told = Run(Pack(pack_folder(tmp_path / "told")), duckdb_engine, lake, "")
    withheld = Run(Pack(pack_folder(tmp_path / "hidden", tiers=hidden)), duckdb_engine, lake, "")
    assert units.may_be_told(told, AS_OF)
    assert not units.may_be_told(withheld, AS_OF)
