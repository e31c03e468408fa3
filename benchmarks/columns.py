"""Columns: every cell of a wide table looked at by every recogniser, and presidio-structured's cost of a cell.

`python -m benchmarks columns --rows 1000000`: twenty columns of which half reveal something. presidio-structured
analyses a sample of the rows (`--presidio-rows`), once with our recognisers and once with Presidio's own, neither
with a model; its cost of a cell stands for the table. Both are compared by processor time. `cells_per_second` is
of the clock; `cells_per_second_of_two_cores` is what two cores do that nobody else uses, from the processor time;
`threads_busy` says whether that may be reckoned so: how many threads worked or waited for a core, on average.

`--columns 2000 --rows 100` repeats the columns; `--engine spark` looks twice, for a young JVM is slow the first time.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pyarrow as pa
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NoOpNlpEngine
from presidio_structured import PandasAnalysisBuilder

from benchmarks.text import GIVEN, SURNAMES, made_up
from masking.columns import profile
from masking.presidio import analyzer
from pipelines.engine import engine
from pipelines.engine.duckdb import DuckDBEngine
from pipelines.engine.protocol import Engine

CORES = 2
TOWNS = ("上海市浦东新区", "广州市天河区", "北京市海淀区", "成都市武侯区", "武汉市洪山区")
Cell = Callable[[random.Random, int], str]

CELLS: dict[str, Cell] = {
    "姓名": lambda d, _: d.choice(SURNAMES) + "".join(d.choices(GIVEN, k=2)),
    "手机": lambda d, _: f"1{d.choice([38, 39, 50, 86])}{d.randrange(10**8):08}",
    "证件号码": lambda d, _: (
        f"110105{d.randrange(1950, 2006)}0{d.randrange(1, 9)}1{d.randrange(9)}{d.randrange(10**4):04}"
    ),
    "卡号": lambda d, _: f"622202{d.randrange(10**13):013}",
    "邮箱": lambda d, _: f"u{d.randrange(10**6)}@example.com",
    "住址": lambda d, _: f"{d.choice(TOWNS)}人民路{d.randrange(1, 999)}号{d.randrange(1, 30)}室",
    "座机": lambda d, _: f"010-{d.randrange(60_000_000, 89_999_999)}",
    "出生日期": lambda d, _: f"{d.randrange(1950, 2006)}-0{d.randrange(1, 9)}-1{d.randrange(9)}",
    "性别": lambda d, _: d.choice("男女"),
    "车牌": lambda d, _: f"京A{d.randrange(10**5):05}",
    "客户号": lambda _, i: f"C{i:09}",
    "订单号": lambda d, _: f"2026{d.randrange(10**12):012}",
    "金额": lambda d, _: f"{d.randrange(10**7) / 100:.2f}",
    "交易时间": lambda d, _: (
        f"2026-0{d.randrange(1, 9)}-1{d.randrange(9)} {d.randrange(10, 24)}:05:00"
    ),
    "币种": lambda d, _: d.choice(["CNY", "USD"]),
    "状态": lambda d, _: d.choice(["正常", "冻结", "销户"]),
    "网点": lambda d, _: f"{d.choice(TOWNS)[:2]}第{d.randrange(99)}支行",
    "c18": lambda d, _: f"{d.getrandbits(64):016x}",
    "c19": lambda d, _: str(d.randrange(10**6)),
    "c20": lambda d, _: "" if d.random() < 0.5 else "Y",
}


def main(arguments: list[str]) -> None:
    """Measure all, print a table and JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks columns", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--presidio-rows", type=int, default=100)
    parser.add_argument("--columns", type=int, default=len(CELLS))
    parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    parser.add_argument("--notes", action="store_true", help="one column of free text more")
    asked = parser.parse_args(arguments)
    rows = table(asked.rows, asked.columns, asked.notes)
    works = DuckDBEngine(threads=CORES) if asked.engine == "duckdb" else engine("spark")
    if asked.engine == "spark":
        print("first:", json.dumps(ours(works, rows)))
    measured = ours(works, rows)
    works.close()
    part = rows.slice(0, asked.presidio_rows)
    for name, analyser in (("same_recognisers", analyzer()), ("own_recognisers", own())):
        theirs = structured(part, analyser)
        measured[f"structured_us_per_cell_{name}"] = round(theirs, 1)
        measured[f"ratio_{name}"] = round(theirs / measured["us_per_cell"], 1)
    for name, value in measured.items():
        print(f"{name:42}{value:>14}")
    print(json.dumps(measured))


def ours(works: Engine, rows: pa.Table) -> dict[str, float]:
    """What our own profile of the whole table takes."""
    with works.scope():
        relation = works.arrow(rows)
        started, worked, waited = time.perf_counter(), _processor(), _waited()
        found = profile(works, relation, rows.column_names)
    seconds, processor = time.perf_counter() - started, _processor() - worked
    busy = (processor + _waited() - waited) / seconds
    cells = rows.num_rows * rows.num_columns
    return {
        "rows": rows.num_rows, "columns": rows.num_columns, "cells": cells, "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2), "threads_busy": round(busy, 2),
        "cells_per_second": round(cells / seconds),
        "cells_per_second_of_two_cores": round(cells / (processor / CORES)),
        "us_per_cell": round(processor / cells * 1e6, 3),
        "verdicts": found.column("verdict").to_pylist().count(True),
    }  # fmt: skip


def _processor() -> float:
    """Seconds of the processor so far, of this process and those it started, as Spark's."""
    here = psutil.Process()
    times = [process.cpu_times() for process in (here, *here.children(recursive=True))]
    return sum(t.user + t.system for t in times)


def _waited() -> float:
    """Seconds that our threads have waited for a core so far (Linux; elsewhere nothing)."""
    tasks = Path("/proc/self/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[1]) for task in tasks) / 1e9


def own() -> AnalyzerEngine:
    """Presidio's analyser with the recognisers it brings for English, without a model."""
    languages = ["en"]
    registry = RecognizerRegistry(supported_languages=languages)
    registry.load_predefined_recognizers(languages=languages)
    registry.remove_recognizer("SpacyRecognizer")
    model = NoOpNlpEngine(models=[{"lang_code": "en", "model_name": ""}])
    return AnalyzerEngine(registry=registry, nlp_engine=model, supported_languages=languages)


def structured(part: pa.Table, engine: AnalyzerEngine) -> float:
    """Microseconds of the processor that presidio-structured takes for a cell, as its users call it."""
    frame, language = part.to_pandas(), engine.supported_languages[0]
    builder = PandasAnalysisBuilder(engine)
    builder.generate_analysis(frame.head(2), language=language)
    worked = time.process_time()
    builder.generate_analysis(frame, language=language)
    return (time.process_time() - worked) / (part.num_rows * part.num_columns) * 1e6


def table(count: int, columns: int, notes: bool) -> pa.Table:
    """Rows about nobody, the same every time."""
    draw = random.Random(20261121)  # noqa: S311 - not a secret
    names = list(CELLS)
    cells = {
        names[i] if i < len(names) else f"{names[i % len(names)]}{i}": CELLS[names[i % len(names)]]
        for i in range(columns)
    }
    drawn = {
        name: pa.array([cell(draw, i) for i in range(count)], pa.string())
        for name, cell in cells.items()
    }
    return pa.table(drawn | ({"备注": made_up(count, True)} if notes else {}))
