"""The sample's free text against its truth: `python -m benchmarks remarks --customers 3000 --seed 77`.

Every remark of the first day is looked at, those without anything personal too. Kinds that the truth does not
name (amounts, ages) are left out. Strict spans: both ends and the kind must be right.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from masking.kinds import Kind
from masking.text import detect_batch
from pipelines.channels.channel import Channel, Rows
from pipelines.channels.pack import Pack
from pipelines.channels.run import Run
from pipelines.core.batch import Batch
from pipelines.engine import engine
from pipelines.engine.lake import Lake
from pipelines.sample.remarks import KIND_NAMES
from pipelines.sample.sample import Wanted, sample
from pipelines.steps.ingest import ingest

DAY = date(2026, 9, 1)
BANK = Path(__file__).resolve().parents[1] / "packs" / "bank"
Placed = set[tuple[str, int, int]]


def main(arguments: list[str]) -> None:
    """Print what was found of each kind, and of all: precision, recall, F1, characters missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks remarks", description=__doc__)
    parser.add_argument("--customers", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=77)
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        works = engine("duckdb")
        run = Run(Pack(BANK), works, Lake(f"{folder}/lake", works), "", f"{folder}/source")
        sample(run.pack, Wanted(asked.customers, asked.seed, DAY, days=1), Path(run.source))
        texts = list(remarks(run))
    found = detect_batch([text for text, _ in texts])
    right: dict[str, list[tuple[Placed, Placed]]] = defaultdict(list)
    for (_, truth), spans in zip(texts, found, strict=True):
        said = {(s.kind.value, s.start, s.end) for s in spans if s.kind.value in KIND_NAMES}
        for kind in {k for k, _, _ in truth | said}:
            of_kind = [{one for one in some if one[0] == kind} for some in (truth, said)]
            right[kind].append((of_kind[0], of_kind[1]))
    print(f"{len(texts)} remarks of {asked.customers} customers, seed {asked.seed}")
    for kind in sorted(right, key=[k.value for k in Kind].index):
        print(json.dumps({"kind": kind} | measured(right[kind])))
    print(
        json.dumps({"kind": "all"} | measured([pair for some in right.values() for pair in some]))
    )


def remarks(run: Run) -> Iterator[tuple[str, Placed]]:
    """Every remark, and what truly stands in it."""
    truth: dict[tuple[str, ...], Placed] = {}
    for line in (Path(run.source) / "truth" / "spans.jsonl").read_text("utf-8").splitlines():
        told: dict[str, Any] = json.loads(line)
        key = told["channel"], told["record"], told["source_id"]
        truth[key] = {(s["kind"], s["start"], s["end"]) for s in told["spans"]}
    for channel in map(run.pack.channel, run.pack.names):
        fed = [
            rows for rows in channel.feeds if any(c.is_ == "remark" for c in rows.columns.values())
        ]
        if fed:
            landed = ingest(Batch(channel.name, DAY), channel, run).tables["rows"]
            rows = run.engine.fetch(landed).to_pylist()
            for record in fed:
                yield from _of(channel, record, rows, truth)


def _of(
    channel: Channel, fed: Rows, rows: list[dict[str, Any]], truth: dict[tuple[str, ...], Placed]
) -> Iterator[tuple[str, Placed]]:
    written = next(name for name, column in fed.columns.items() if column.is_ == "remark")
    for row in rows:
        key = channel.name, fed.record, "|".join(str(row[k]).strip() for k in fed.keys)
        if row[written]:
            yield row[written], truth.get(key, set())


def measured(pairs: list[tuple[Placed, Placed]]) -> dict[str, float]:
    """Strict precision, recall and F1, and the share of characters that no span covers."""
    there, said = sum(len(t) for t, _ in pairs), sum(len(s) for _, s in pairs)
    both = sum(len(t & s) for t, s in pairs)
    characters = missed = 0
    for true, found in pairs:
        covered = {place for _, start, end in found for place in range(start, end)}
        wanted = {place for _, start, end in true for place in range(start, end)}
        characters, missed = characters + len(wanted), missed + len(wanted - covered)
    return {
        "there": there,
        "precision": round(both / said, 4) if said else 0.0,
        "recall": round(both / there, 4) if there else 0.0,
        "f1": round(2 * both / (said + there), 4) if said + there else 0.0,
        "characters_missed": round(missed / characters, 4) if characters else 0.0,
    }
