"""DuckDB and Spark resolve the bank's rows to the same customers, value for value."""

import datetime as dt
import random
import shutil
from pathlib import Path

import pytest
import yaml

from masking.recognisers.checksum import RESIDENT_CHECKS, RESIDENT_WEIGHTS
from tests.checked import DAY, World
from warehouse.tables import CUSTOMER_TABLES

BANK = Path(__file__).resolve().parents[2] / "packs" / "bank"
NAMES = ("欧阳试", "司马样", "尉迟假", "單于測", "阿依古丽·样例", "TEST ANN")


def made_up(seed: int) -> tuple[list[dict], list[dict]]:
    """The same people at the counter and on the mobile channel, with slips."""
    chance = random.Random(seed)  # noqa: S311 - made-up people, no secret
    counter, mobile = [], []
    for n in range(40):
        born = dt.date(1960, 1, 1) + dt.timedelta(days=chance.randrange(15_000))
        number = f"110105{born:%Y%m%d}{n:03d}"
        total = sum(int(c) * w for c, w in zip(number, RESIDENT_WEIGHTS, strict=True))
        row = {
            "full_name": NAMES[n % len(NAMES)], "sex": "男", "birth_date": born,
            "id_number": number + RESIDENT_CHECKS[total % 11], "mobile": f"139{n:08d}",
            "email": f"t{n}@example.com", "home_address": f"北京市东城区测试路{n}号", "employer": "样例有限公司",
            "updated_on": DAY - dt.timedelta(days=n), "wechat": None, "former_name": None, "bank_card": None,
        }  # fmt: skip
        counter.append({"source_id": f"a{n}", **row})
        slip = {"id_number": None, "updated_on": None} if n % 3 else {"mobile": f"139{n:07d}9"}
        mobile.append({"source_id": f"m{n}", **row, **slip})
    return counter, mobile


def resolved(folder: Path, works) -> list[dict[str, list[dict]]]:
    world = World(folder, works, **yaml.safe_load((BANK / "matching.yaml").read_text()))
    shutil.copytree(BANK / "models", world.folder / "models")
    counter, mobile = made_up(1)
    world.checked("counter", *counter)
    world.checked("mobile", *mobile)
    account = {"source_id": "1", "holder_channel": "counter", "holder_source_id": "a1"}
    world.checked("counter", account, record="account")
    first = world.resolved()
    later = DAY + dt.timedelta(days=1)
    world.judged("j1", ("counter", "a1"), ("mobile", "m1"), verdict="different", day=later)
    world.judged("j2", ("counter", "a1"), ("mobile", "m2"), verdict="same", day=later)
    return [first, world.resolved(later)]


@pytest.mark.spark
# Splink asks Spark for pandas frames of its few parameters; PySpark 4.3 warns of pandas 3 in general.
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_both_engines_resolve_the_same_customers(tmp_path, duckdb_engine, spark_engine):
    ours = resolved(tmp_path / "duckdb", duckdb_engine)
    theirs = resolved(tmp_path / "spark", spark_engine)
    for one, other in zip(ours, theirs, strict=True):
        assert set(one) == {"individual", "account", *CUSTOMER_TABLES} | (set(one) & {"judgement"})
        for table, rows in one.items():
            assert sorted(map(str, rows)) == sorted(map(str, other[table])), table
    assert len(ours[0]["customer"]) == 40
    assert {p["because"] for p in ours[1]["pair"]} == {
        "proof",
        "score",
        "judged same",
        "judged different",
    }
