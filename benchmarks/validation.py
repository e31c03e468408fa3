"""Validating rows with failing keys: the whole suite here, against Great Expectations on pandas, `COMPLETE`.

Great Expectations is given only the checks it has an expectation for, and the frame already in memory; the
suite here is asked in full, checksums and agreements included. Where both answer, the counts are compared.
"""

import argparse
import json
import resource
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pyarrow as pa

from expectations.check import check
from expectations.flags import flag, flags, violations
from expectations.gx import great_expectations as gx
from expectations.model import Check
from expectations.predicates import PLACEHOLDERS
from expectations.suites import suite
from pipelines.core.batch import Relation
from pipelines.engine.duckdb import DuckDBEngine

AS_OF = date(2026, 9, 30)
SEXES = ["男", "女", "未说明"]
COMPLETE = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": ["source_id"],
    "partial_unexpected_count": 0,
}

PROVINCES = "^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
"""The province alone: the suite here looks up the division's whole code."""
SHAPES = (
    ("shaped.id_number", "id_number", "^[1-9][0-9]{16}[0-9X]$|^[1-9][0-9]{14}$"),
    ("region.id_number", "id_number", PROVINCES),
    ("valid.mobile", "mobile", "^1[3-9][0-9]{9}$|^[+][0-9]{8,15}$"),
    (
        "valid.email",
        "email",
        "^[a-z0-9_%+'&~-]+([.][a-z0-9_%+'&~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?[.])+[a-z]{2,24}$",
    ),
    ("valid.postcode", "postcode", "^[0-9]{6}$"),
)
FORBIDDEN = (
    (
        "real.mobile",
        "mobile",
        "([0-9])\\1{7}$|12345678$|87654321$|01234567$|^13800138000$|^13900139000$",
    ),
    ("real.email", "email", "^(test|none|no|null|abc|aaa|xxx|123|1234|123456)@|^a+@a+[.]"),
    ("real.postcode", "postcode", "^([0-9])\\1+$"),
    ("shaped.full_name", "full_name", "[0-9?？*＊]|^.$"),
    ("detailed.home_address", "home_address", "^.{2,8}?(省|自治区|市|特别行政区)$"),
)
RANGES = (
    ("unexpired.id_expires_on", "id_expires_on", {"min_value": AS_OF}),
    ("past.birth_date", "birth_date", {"max_value": AS_OF}),
    ("past.registered_on", "registered_on", {"max_value": AS_OF}),
    ("past.updated_on", "updated_on", {"max_value": AS_OF}),
    ("fresh.updated_on", "updated_on", {"min_value": AS_OF - timedelta(days=730)}),
    ("amount.annual_income", "annual_income", {"min_value": 0}),
    ("plausible.annual_income", "annual_income", {"max_value": 100_000_000}),
)

MADE_UP = """
SELECT
    NULL AS customer_id, 'counter' AS channel, 'C' || lpad(CAST(i AS TEXT), 9, '0') AS source_id,
    DATE '2026-09-30' AS day,
    CASE WHEN i % 50 <> 1 THEN (['王','李','欧阳','诸葛'])[1 + i % 4] || (['伟','秀英','试'])[1 + i % 3] END
        AS full_name,
    CASE i % 40 WHEN 2 THEN NULL WHEN 3 THEN '中' ELSE (['男','女'])[1 + i % 2] END AS sex,
    CASE WHEN i % 60 <> 4 THEN '中国' END AS nationality,
    DATE '1950-01-01' + CAST(i % 25000 AS INTEGER) + CASE WHEN i % 90 = 5 THEN 20000 ELSE 0 END AS birth_date,
    '居民身份证' AS id_type,
    '110101' || strftime(DATE '1950-01-01' + CAST(i % 25000 AS INTEGER), '%Y%m%d')
        || lpad(CAST(i // 25000 AS TEXT), 3, '0')
        || CASE WHEN i % 70 = 6 THEN 'Y' ELSE CAST(i % 10 AS TEXT) END AS id_number,
    DATE '2024-01-01' + CAST(i % 40000 AS INTEGER) AS id_expires_on,
    (['教师','工程师','无','销售人员'])[1 + i % 4] AS occupation,
    '样例单位' || CAST(i % 5000 AS TEXT) AS employer,
    (CASE WHEN i % 45 = 7 THEN '2' ELSE '1' END) || '39' || lpad(CAST(i AS TEXT), 8, '0') AS mobile,
    'user' || CAST(i AS TEXT) || CASE WHEN i % 55 = 8 THEN '' ELSE '@example.com' END AS email,
    '北京市朝阳区样例路' || CAST(i % 900 AS TEXT) || '号' AS home_address,
    CASE WHEN i % 65 = 9 THEN '10002' ELSE '100020' END AS postcode,
    CAST(CASE WHEN i % 80 = 10 THEN -1 ELSE 50000 + i % 1000 END AS DECIMAL(18, 2)) AS annual_income,
    '622202' || lpad(CAST(i AS TEXT), 13, '0') AS bank_card,
    DATE '2019-01-01' AS registered_on,
    DATE '2018-12-31' + CAST(i % 2000 AS INTEGER) AS updated_on,
    '' AS unreadable
FROM (SELECT unnest(range({rows})) AS i)
"""


def main(arguments: list[str]) -> None:
    """Measure, print JSON, then a table."""
    parser = argparse.ArgumentParser(prog="benchmarks validation")
    parser.add_argument("--rows", type=int, default=1_000_000)
    said = parser.parse_args(arguments)
    engine = DuckDBEngine()
    rows = engine.keep(engine.sql(MADE_UP.replace("{rows}", str(said.rows))))
    checks = [c for c in suite("individual") if c.columns <= {*rows.columns, "is_first_of_key"}]
    mine, (counts, keys) = timed(lambda: ours(engine, rows, checks))
    after_mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    frame = engine.fetch(rows).to_pandas()
    theirs, counted = timed(lambda: stock(frame))
    differ = {n: (counts[n], k) for n, k in counted.items() if counts[n] != k}
    found = {
        "rows": said.rows,
        "ours": {
            "checks": len(checks),
            "seconds": mine,
            "failing_keys": keys,
            "peak_mb": after_mine // 1024,
        },
        "great_expectations": {
            "checks": len(counted),
            "seconds": theirs,
            "failing_keys": sum(counted.values()),
        },
        "ratio": round(theirs / mine, 1),
        "ratio_per_check": round(theirs / len(counted) / (mine / len(checks)), 1),
        "counts_that_differ": differ,
    }
    print(json.dumps(found, ensure_ascii=False))
    print(f"\n{'':24}{'checks':>8}{'failing keys':>14}{'seconds':>10}")
    for name in ("ours", "great_expectations"):
        line: dict[str, Any] = found[name]  # type: ignore[assignment]
        print(f"{name:24}{line['checks']:>8}{line['failing_keys']:>14,}{line['seconds']:>10.2f}")
    print(f"times faster: {found['ratio']}; for each check: {found['ratio_per_check']}")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """How long it took, and what came of it."""
    start = time.perf_counter()
    done = work()
    return round(time.perf_counter() - start, 2), done


def ours(engine: DuckDBEngine, rows: Relation, checks: list[Check]) -> tuple[dict[str, int], int]:
    """The suite in full: verdicts, the expectations on them, and every failing key. Counts, and keys."""
    flagged = flags(engine, rows, checks, AS_OF)
    columns = ", ".join(flag(i) for i in range(len(checks)))
    verdicts: pa.Table = engine.fetch(engine.sql(f"SELECT {columns} FROM flagged", flagged=flagged))
    found = check("individual.counter", checks, verdicts)
    wrong = engine.fetch(violations(engine, flagged, checks, [r.check for r in found if r.failed]))
    return {r.check.name: r.failed for r in found}, wrong.num_rows


def stock(frame: pd.DataFrame) -> dict[str, int]:
    """What Great Expectations has of its own, on pandas, with every failing key. Counts by our names."""
    asked = {name: kind(**said, meta={"name": name}) for name, kind, said in _expectations()}
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("rows").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("rows").get_batch({"dataframe": frame})
    expectations = gx.ExpectationSuite("stock", expectations=list(asked.values()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # groups in a pattern
        done = batch.validate(expectations, result_format=COMPLETE)
    return {r.expectation_config.meta["name"]: _failed(r) for r in done.results}


def _expectations() -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """As much of the suite as there is an expectation for: no checksums, nothing across documents."""
    e = gx.expectations
    placeholders = [*PLACEHOLDERS, *(w.upper() for w in PLACEHOLDERS)]
    for c in (
        "full_name",
        "sex",
        "nationality",
        "id_type",
        "id_number",
        "id_expires_on",
        "occupation",
    ):
        yield f"complete.{c}", e.ExpectColumnValuesToNotBeNull, {"column": c}
    for c in ("source_id", "id_number"):
        name = "key.unique" if c == "source_id" else f"unique.{c}"
        yield name, e.ExpectColumnValuesToBeUnique, {"column": c}
    for name, c, regex in SHAPES:
        yield name, e.ExpectColumnValuesToMatchRegex, {"column": c, "regex": regex}
    for name, c, regex in FORBIDDEN:
        yield name, e.ExpectColumnValuesToNotMatchRegex, {"column": c, "regex": regex}
    for c in ("full_name", "occupation", "employer", "home_address"):
        values = {"column": c, "value_set": placeholders}
        yield f"meaningful.{c}", e.ExpectColumnValuesToNotBeInSet, values
    for c in (
        "sex",
        "birth_date",
        "id_number",
        "id_expires_on",
        "mobile",
        "email",
        "annual_income",
        "bank_card",
    ):
        regex = {"column": "unreadable", "regex": f",{c},"}
        yield f"readable.{c}", e.ExpectColumnValuesToNotMatchRegex, regex
    for name, c, said in RANGES:
        yield name, e.ExpectColumnValuesToBeBetween, {"column": c, **said}
    yield "code.sex", e.ExpectColumnValuesToBeInSet, {"column": "sex", "value_set": SEXES}
    dates = {"column_A": "updated_on", "column_B": "registered_on", "or_equal": True}
    yield "ordered.updated_on", e.ExpectColumnPairValuesAToBeGreaterThanB, dates


def _failed(result: Any) -> int:
    """How many failed, each of them listed by its key."""
    count: int = result.result["unexpected_count"]
    if len(result.result["unexpected_index_list"] or ()) != count:
        raise SystemExit(f"{result.expectation_config.type}: keys and counts differ")
    return count
