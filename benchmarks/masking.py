"""Masking a table: ours, pandas string methods, and Presidio's anonymizer, side by side, same answers."""

import argparse
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import pandas as pd
from presidio_anonymizer import AnonymizerEngine, OperatorConfig, RecognizerResult

from masking.kinds import Kind
from masking.rules import Key, Token
from masking.rules.address import PATTERNS
from masking.rules.name import COMPOUND_SURNAMES
from masking.tiers import tiers
from pipelines.core.batch import Relation
from pipelines.core.sql import quoted
from pipelines.engine.duckdb import DuckDBEngine

KINDS = {
    "full_name": Kind.PERSON_NAME, "id_number": Kind.RESIDENT_ID, "mobile": Kind.MOBILE, "landline": Kind.LANDLINE,
    "email": Kind.EMAIL, "home_address": Kind.ADDRESS, "bank_card": Kind.BANK_CARD, "birth_date": Kind.BIRTH_DATE,
    "plate": Kind.PLATE, "wechat": Kind.WECHAT, "imei": Kind.IMEI, "balance": Kind.BALANCE,
}  # fmt: skip
CELLS_OF_PRESIDIO = 2_000
"""Cells a column that Presidio is measured on: its cost is the same for each."""

MADE_UP = """
SELECT
    i AS n,
    (['王','李','张','欧阳','诸葛','买买提·'])[1 + i % 6] || (['伟','秀英','试试','娜'])[1 + i % 4] AS full_name,
    '110101' || CAST(1950 + i % 60 AS TEXT) || '0103' || lpad(CAST(i % 10000 AS TEXT), 4, '0') AS id_number,
    '139' || lpad(CAST(i AS TEXT), 8, '0') AS mobile,
    '010-8' || lpad(CAST(i % 9999999 AS TEXT), 7, '0') AS landline,
    'user' || CAST(i AS TEXT) || '@example.com' AS email,
    (['广东省深圳市南山区科技路','北京市朝阳区建国路','河南省新乡市红旗区平原街道','浙江省义乌市江滨小区'])[1 + i % 4]
        || CAST(i % 900 AS TEXT) || '号' AS home_address,
    '622202' || lpad(CAST(i AS TEXT), 13, '0') AS bank_card,
    CAST(CAST('1950-01-01' AS DATE) + CAST(i % 20000 AS INTEGER) AS TEXT) AS birth_date,
    (['京A','沪B','粤C'])[1 + i % 3] || lpad(CAST(i % 99999 AS TEXT), 5, '0') AS plate,
    'wx_' || CAST(i AS TEXT) AS wechat,
    '86' || lpad(CAST(i AS TEXT), 13, '0') AS imei,
    CAST(i % 1000000 AS TEXT) || '.50' AS balance
FROM (SELECT unnest(range({rows})) AS i)
"""


def ours(engine: DuckDBEngine, rows: Relation, tier: str, key: Key) -> Relation:
    """Every column by its kind's rule, in one query, computed; `n` says which row it is."""
    parts, bound = ["n"], {}
    for column, kind in KINDS.items():
        rule = tiers()[tier].rule_for(kind)
        if isinstance(rule, Token):
            rule = rule.bound(key)
            bound |= rule.parameters()
        parts.append(f"{rule.sql(quoted(column))} AS {quoted(column)}")
    found = engine.sql(f"SELECT {', '.join(parts)} FROM rows", bound or None, rows=rows)
    return found if bound else engine.keep(found)


def with_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """The service tier by pandas' string methods, as one would write it."""
    return pd.DataFrame(
        {
            "full_name": _name(frame["full_name"]),
            "id_number": _ends(frame["id_number"], 6, 4),
            "mobile": _ends(frame["mobile"], 3, 4),
            "landline": _ends(frame["landline"], 0, 4),
            "email": frame["email"].str.slice(0, 1)
            + "***@"
            + frame["email"].str.split("@").str.get(1),
            "home_address": _road(frame["home_address"]),
            "bank_card": _ends(frame["bank_card"], 0, 4),
            "birth_date": frame["birth_date"].str.slice(0, 4),
            "plate": _ends(frame["plate"], 2, 1),
            "wechat": _ends(frame["wechat"], 2, 2),
            "imei": frame["imei"].str.slice(0, -6) + "******",
            "balance": _band(frame["balance"]),
        }
    )


def _name(names: pd.Series) -> pd.Series:
    compound = names.str.slice(0, 2).isin(COMPOUND_SURNAMES) & (names.str.len() > 2)
    shown = names.str.slice(0, 1).where(~compound, names.str.slice(0, 2)) + "**"
    before = names.str.split("·").str.get(0) + "·**"
    return shown.where(~names.str.contains("·", regex=False), before)


def _ends(values: pd.Series, first: int, last: int) -> pd.Series:
    stars = (values.str.len() - first - last).map("*".__mul__).astype("str")
    shown = values.str.slice(0, first) + stars + values.str.slice(-last)
    whole = values.str.len().map("*".__mul__).astype("str")
    return shown.where(values.str.len() >= first + last + 3, whole)


def _road(addresses: pd.Series) -> pd.Series:
    return addresses.str.extract(PATTERNS["road"], expand=False) + "***"


def _band(amounts: pd.Series) -> pd.Series:
    whole = amounts.str.split(".").str.get(0).str.lstrip("0")
    digit = whole.str.slice(0, 1)
    above = digit.map({str(n): str(n + 1) for n in range(10)})
    zeros = (whole.str.len() - 1).clip(lower=0).map("0".__mul__).astype("str")
    band = "[" + digit + zeros + "," + above + zeros + ")"
    return band.where(whole != "", "[0,1)")


def with_presidio(frame: pd.DataFrame) -> tuple[pd.DataFrame, float]:
    """The same by Presidio's engine, cell by cell; the seconds it would take for every row."""
    engine = AnonymizerEngine()
    sample = frame.head(CELLS_OF_PRESIDIO)
    start = time.perf_counter()
    hidden = {}
    for column, kind in KINDS.items():
        rule = tiers()["service"].rule_for(kind)
        how = {"DEFAULT": OperatorConfig("custom", {"lambda": rule.mask})}
        hidden[column] = [
            engine.anonymize(text, [RecognizerResult(kind, 0, len(text), 1.0)], how).text
            for text in sample[column]
        ]
    seconds = time.perf_counter() - start
    return pd.DataFrame(hidden), seconds * len(frame) / len(sample)


def tokens_in_python(frame: pd.DataFrame, key: Key) -> float:
    """Seconds for the same tokens by Python's hmac, one column."""
    rule = tiers()["analyst"].rule_for(Kind.MOBILE)
    assert isinstance(rule, Token)  # noqa: S101 - says what the tier shows
    own = key.derived(f"token//{Kind.MOBILE}")
    start = time.perf_counter()
    found = [
        f"t1_{hmac.new(own, v.encode(), hashlib.sha256).hexdigest()[:26]}" for v in frame["mobile"]
    ]
    seconds = time.perf_counter() - start
    if found[0] != rule.bound(key).mask(frame["mobile"].iloc[0]):
        raise SystemExit("the tokens differ")
    return seconds


def timed(work: Callable[[], Any], times: int) -> tuple[Any, float]:
    """What the work gives, and its best time."""
    best, found = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - start)
    return found, best


def measured(rows: int) -> dict[str, Any]:
    """All of them on the same rows; stops if their answers differ."""
    engine, key = DuckDBEngine(), Key.read("a key made up for the benchmark")
    made = engine.keep(engine.sql(MADE_UP.format(rows=rows)))
    frame = engine.fetch(made).sort_by("n").to_pandas()
    hidden, in_engine = timed(lambda: ours(engine, made, "service", key), 3)
    mine = engine.fetch(hidden).sort_by("n").to_pandas()
    theirs, in_pandas = timed(lambda: with_pandas(frame), 1)
    cells, in_presidio = with_presidio(frame)
    _, tokens = timed(lambda: ours(engine, made, "analyst", key), 1)
    for other in (theirs, cells):
        for column in KINDS:
            if (mine[column].head(len(other)) != other[column]).any():
                raise SystemExit(f"the answers for {column} differ")
    engine.close()
    return {
        "rows": rows, "columns": len(KINDS), "seconds": round(in_engine, 3),
        "cells_per_second": round(rows * len(KINDS) / in_engine),
        "pandas_seconds": round(in_pandas, 3), "times_pandas": round(in_pandas / in_engine, 1),
        "presidio_seconds_extrapolated": round(in_presidio, 1),
        "times_presidio": round(in_presidio / in_engine, 1),
        "analyst_seconds_with_tokens": round(tokens, 3),
        "python_hmac_seconds_one_column": round(tokens_in_python(frame, key), 3),
    }  # fmt: skip


def main(arguments: list[str]) -> None:
    """Measure, and print the figures as JSON and as a table."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks masking", description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    found = measured(asked.parse_args(arguments).rows)
    print(json.dumps(found, indent=1))
    for name, value in found.items():
        print(f"| {name.replace('_', ' ')} | {value:,} |")
