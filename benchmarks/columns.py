"""Columns: every cell of a wide table looked at by every recogniser, and Presidio's cost of a cell.

`python -m benchmarks columns --rows 1000000`: twenty columns of which half reveal something. Seconds are of
the clock, on as many threads as DuckDB takes, and of their processors. presidio-structured itself is not
installed: it hands each cell of a sample to Presidio's analyser, so the analyser with our recognisers in it,
asked for a few cells of every column (`--presidio-rows`), stands for it, and its cost of a cell for the table.
"""

import argparse
import json
import random
import time
from collections.abc import Callable

import pyarrow as pa
from presidio_analyzer import BatchAnalyzerEngine

from benchmarks.text import GIVEN, SURNAMES, made_up
from masking.columns import profile
from masking.presidio import analyzer
from pipelines.engine.duckdb import DuckDBEngine

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
    """Measure both, print a table and JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks columns", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--presidio-rows", type=int, default=50)
    parser.add_argument("--notes", action="store_true", help="one column of free text more")
    asked = parser.parse_args(arguments)
    rows = table(asked.rows, asked.notes)
    engine = DuckDBEngine()
    relation = engine.arrow(rows)
    started, worked = time.perf_counter(), time.process_time()
    found = profile(engine, relation, rows.column_names)
    seconds, processor = time.perf_counter() - started, time.process_time() - worked
    cells = rows.num_rows * rows.num_columns
    theirs = presidio_seconds(rows.slice(0, asked.presidio_rows))
    measured = {
        "rows": rows.num_rows, "columns": rows.num_columns, "cells": cells, "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2), "cells_per_second": round(cells / seconds),
        "us_per_cell": round(seconds / cells * 1e6, 3),
        "verdicts": found.column("verdict").to_pylist().count(True),
        "presidio_us_per_cell": round(theirs * 1e6, 1), "ratio": round(theirs / (seconds / cells), 1),
    }  # fmt: skip
    for name, value in measured.items():
        print(f"{name:22}{value:>14}")
    print(json.dumps(measured))


def presidio_seconds(part: pa.Table) -> float:
    """What Presidio takes for a cell, a column after the other, as presidio-structured asks it."""
    engine = BatchAnalyzerEngine(analyzer())
    engine.analyze_iterator(["王"], "zh")
    started = time.perf_counter()
    for column in part.columns:
        engine.analyze_iterator(column.to_pylist(), "zh")
    return (time.perf_counter() - started) / (part.num_rows * part.num_columns)


def table(count: int, notes: bool) -> pa.Table:
    """Rows about nobody, the same every time."""
    draw = random.Random(20261121)  # noqa: S311 - not a secret
    columns = {
        name: pa.array([cell(draw, i) for i in range(count)], pa.string())
        for name, cell in CELLS.items()
    }
    return pa.table(columns | ({"备注": made_up(count, True)} if notes else {}))
