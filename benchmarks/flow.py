"""The whole flow on made-up customers: time, rows per second and peak memory of each step."""

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import psutil

PROJECT = Path(__file__).resolve().parents[1]


class Memory:
    """The most memory this process and its children held since `reset`, in bytes."""

    def __init__(self) -> None:
        self.peak = 0
        self.highest = 0
        self._process = psutil.Process()
        threading.Thread(target=self._watch, daemon=True).start()

    def reset(self) -> int:
        """The peak until now, and start again."""
        peak, self.peak = self.peak, 0
        return peak

    def _watch(self) -> None:
        while True:
            self.peak = max(self.peak, self._held())
            self.highest = max(self.highest, self.peak)
            time.sleep(0.05)

    def _held(self) -> int:
        held = 0
        for process in [self._process, *self._process.children(recursive=True)]:
            try:
                held += process.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        return held


def measured(folder: Path, engine_name: str, memory: Memory) -> list[dict[str, Any]]:
    """Run the bank's flow over what `folder` holds; one entry a step, summed over channels and days."""
    from pipelines import flow
    from pipelines.channels.pack import Pack
    from pipelines.channels.run import Run
    from pipelines.core.batch import CUSTOMERS
    from pipelines.days import planned
    from pipelines.engine import engine
    from pipelines.engine.lake import Lake

    works = engine(engine_name)
    run = Run(
        Pack(PROJECT / "packs" / "bank"), works, Lake(str(folder / "lake"), works),
        f"duckdb:///{folder / 'warehouse.duckdb'}", str(folder / "source"),
    )  # fmt: skip
    seconds: dict[str, float] = defaultdict(float)
    rows: dict[str, int] = defaultdict(int)
    peak: dict[str, int] = defaultdict(int)
    for day, channels in planned(run, None):
        for channel in [*channels, CUSTOMERS]:
            for step in flow.ALL_CHANNELS if channel == CUSTOMERS else flow.CHANNEL_DAY:
                memory.reset()
                start = time.perf_counter()
                flow.run_step(run, step, channel, day)
                seconds[step] += time.perf_counter() - start
                peak[step] = max(peak[step], memory.reset())
                rows[step] += sum(run.lake.notes(channel, day)[step].get("rows", {}).values())
    works.close()
    return [
        {
            "step": step,
            "seconds": round(seconds[step], 2),
            "rows": rows[step],
            "rows_per_second": round(rows[step] / seconds[step]) if rows[step] else None,
            "peak_mib": peak[step] >> 20,
        }
        for step in seconds
    ]


def main(arguments: list[str]) -> None:
    """Make the sample, run the flow, print JSON and then a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks flow", description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", default="duckdb")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    asked = parser.parse_args(arguments)
    os.environ.setdefault("MINGCE_TOKEN_KEY", secrets.token_hex(32))
    with tempfile.TemporaryDirectory() as aside:
        folder = asked.keep or Path(aside)
        source = folder / "source"
        if not source.exists():
            bank = str(PROJECT / "packs" / "bank")
            made = [
                "--customers",
                str(asked.customers),
                "--seed",
                str(asked.seed),
                "--out",
                str(source),
            ]
            command = [sys.executable, "-m", "pipelines.cli", "sample", "--pack", bank, *made]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        memory = Memory()
        start = time.perf_counter()
        steps = measured(folder, asked.engine, memory)
        total = {
            "step": "total",
            "seconds": round(time.perf_counter() - start, 2),
            "rows": sum(s["rows"] for s in steps),
            "rows_per_second": None,
            "peak_mib": memory.highest >> 20,
        }
    print(
        json.dumps({"customers": asked.customers, "engine": asked.engine, "steps": [*steps, total]})
    )
    print(f"{'step':12} {'seconds':>9} {'rows':>12} {'rows/s':>10} {'peak MiB':>9}")
    for s in [*steps, total]:
        speed = s["rows_per_second"] if s["rows_per_second"] is not None else ""
        print(f"{s['step']:12} {s['seconds']:9.2f} {s['rows']:12,} {speed:>10} {s['peak_mib']:9,}")
