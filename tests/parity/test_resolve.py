"""DuckDB and Spark resolve the same rows to the same customers, value for value."""

import datetime as dt
import json
import random
from pathlib import Path

import pytest

from masking.recognisers.checksum import RESIDENT_CHECKS, RESIDENT_WEIGHTS
from pipelines.engine.protocol import Engine
from tests.checked import DAY, World
from warehouse.tables import CUSTOMER_TABLES

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
            "annual_income": 90_000 if n % 4 else -1,
            "updated_on": DAY - dt.timedelta(days=n), "wechat": None, "former_name": None, "bank_card": None,
        }  # fmt: skip
        counter.append({"source_id": f"a{n}", **row})
        slip = {"id_number": None, "updated_on": None} if n % 3 else {"mobile": f"139{n:07d}9"}
        slip |= (
            {"email": "test@example.com", "sex": "未说明", "employer": "测试"} if n % 5 == 0 else {}
        )
        mobile.append({"source_id": f"m{n}", **row, **slip})
    return counter, mobile


MATCHING = {
    "records": {
        "individual": {
            "prepared": {
                "name": {"how": "simplified", "of": "full_name"},
                "reading": {"how": "pinyin", "of": "name"},
                "resident_id": {"how": "resident_id", "of": "id_number"},
                "home": {"how": "address", "of": "home_address"},
                "words": {"sql": "list_sort(list_distinct(string_split(reading, ' ')))"},
            },
            "proofs": [
                {"name": "resident_id", "equal": ["resident_id"], "excludes": True, "unless": "reading_l <> reading_r"}
            ],
            "comparisons": [
                {
                    "name": "names",
                    "missing": "name_l IS NULL OR name_r IS NULL",
                    "levels": [
                        {"label": "same", "when": "name_l = name_r", "frequency": "name"},
                        {"label": "alike", "when": "jaro_winkler(reading_l, reading_r) >= 0.9"},
                        {"label": "a word", "when": "array_length(array_intersect(words_l, words_r)) >= 1"},
                    ],
                },
                {
                    "name": "phones",
                    "missing": "mobile_l IS NULL OR mobile_r IS NULL",
                    "levels": [
                        {"label": "same", "when": "mobile_l = mobile_r"},
                        {"label": "a slip", "when": "damerau_levenshtein(mobile_l, mobile_r) = 1"},
                    ],
                },
            ],
            "never": "birth_date_l <> birth_date_r",
            "blocking": [{"same": ["mobile"]}, {"same": ["name", "home"]}],
            "model": "model.json",
            "thresholds": {"accept": 0.9, "show": 0.2, "reason": "So that some pairs fall on either side."},
        }
    },
    "survivorship": {
        "channels": ["counter"],
        "rules": {"proof": ["proof", "agreement", "recency"], "recency": ["recency", "channel", "length"]},
        "default": "recency",
        "attributes": {"id_number": {"rule": "proof", "proven_by": "resident_id"}},
    },
}  # fmt: skip
MODEL = {
    "matches_per_row": 1.0,
    "weights": {
        "names": {
            "same": {"m": 0.9, "u": 0.01}, "alike": {"m": 0.05, "u": 0.01}, "a word": {"m": 0.04, "u": 0.1},
            "else": {"m": 0.01, "u": 0.88},
        },
        "phones": {"same": {"m": 0.8, "u": 0.001}, "a slip": {"m": 0.1, "u": 0.002}, "else": {"m": 0.1, "u": 0.997}},
    },
}  # fmt: skip


def resolved(folder: Path, works: Engine) -> list[dict[str, list[dict]]]:
    world = World(folder, works, **MATCHING)
    (world.folder / "model.json").write_text(json.dumps(MODEL))
    counter, mobile = made_up(1)
    world.checked("counter", *counter)
    world.checked("mobile", *mobile)
    account = {"source_id": "1", "holder_channel": "counter", "holder_source_id": "a1"}
    world.checked("counter", account, record="account")
    first = world.resolved()
    later = DAY + dt.timedelta(days=1)
    hidden = {"full_name": None, "mobile": None, "unreadable": ",masked:full_name,masked:mobile,"}
    world.checked("counter", counter[3] | hidden, day=later)
    world.judged("j1", ("counter", "a1"), ("mobile", "m1"), verdict="different")
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
