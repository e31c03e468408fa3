"""Who is who, measured: real lists with a known answer, made-up customers with theirs, and Splink alone beside us.

`python -m benchmarks matching childcare` reads ../shared/data, and says so where it is absent.
"""

import argparse
import csv
import json
import logging
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines.core.batch import Batch, Relation
from pipelines.engine import engine
from pipelines.engine.protocol import Engine
from pipelines.matching import pairs, prepare, score
from pipelines.matching.declared import Record, matching_of
from pipelines.matching.model import frozen

PROJECT = Path(__file__).resolve().parents[1]
LISTS = PROJECT.parent / "shared" / "data" / "er_dedupe_examples"
THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999)
COLUMNS = (
    "what",
    "threshold",
    "precision",
    "recall",
    "f1",
    "b3_precision",
    "b3_recall",
    "b3_f1",
    "seconds",
)


@dataclass(frozen=True)
class Quality:
    """How well clusters agree with the truth: over pairs of rows, and over rows (B-cubed)."""

    precision: float
    recall: float
    f1: float
    b3_precision: float
    b3_recall: float
    b3_f1: float


def quality(found: Mapping[Hashable, Hashable], truth: Mapping[Hashable, Hashable]) -> Quality:
    """Of the rows that both know."""
    rows = sorted(found.keys() & truth.keys(), key=str)
    cluster = Counter(found[row] for row in rows)
    entity = Counter(truth[row] for row in rows)
    both = Counter((found[row], truth[row]) for row in rows)
    right = sum(n * (n - 1) for n in both.values())
    precision = right / max(sum(n * (n - 1) for n in cluster.values()), 1)
    recall = right / max(sum(n * (n - 1) for n in entity.values()), 1)
    b3_precision = sum(n * n / cluster[c] for (c, _), n in both.items()) / len(rows)
    b3_recall = sum(n * n / entity[e] for (_, e), n in both.items()) / len(rows)
    return Quality(
        *(round(x, 4) for x in (precision, recall, _mean(precision, recall))),
        *(round(x, 4) for x in (b3_precision, b3_recall, _mean(b3_precision, b3_recall))),
    )


def _mean(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def childcare() -> list[dict[str, Any]]:
    """The pack through the whole flow; then its matching at other thresholds; then stock Splink."""
    if not LISTS.is_dir():
        sys.exit(f"childcare needs {LISTS}")
    with (LISTS / "chicago_childcare_with_true_ids.csv").open(encoding="utf-8") as file:
        truth = {row["Id"]: row["True Id"] for row in csv.DictReader(file)}
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        found = _links(PROJECT / "packs" / "childcare", LISTS, Path(folder))
        seconds = time.perf_counter() - start
        told = [_row("mingce run, whole flow", "pack", quality(found, truth), seconds)]
        told += _on_staged(Path(folder) / "lake", truth)
    return told


def _links(pack: Path, source: Path, folder: Path) -> dict[str, str]:
    """Each row's customer, from the command line as anybody would run it."""
    lake, warehouse = str(folder / "lake"), f"duckdb:///{folder / 'warehouse.duckdb'}"
    _mingce(
        "run",
        "--pack",
        str(pack),
        "--source",
        str(source),
        "--lake",
        lake,
        "--warehouse",
        warehouse,
    )
    _mingce("links", "--warehouse", warehouse, "-o", str(folder / "links.csv"))
    with (folder / "links.csv").open(encoding="utf-8") as file:
        return {row["source_id"]: row["customer_id"] for row in csv.DictReader(file)}


def _mingce(*arguments: str) -> None:
    command = [sys.executable, "-m", "pipelines.cli", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


def _on_staged(lake: Path, truth: Mapping[str, str]) -> list[dict[str, Any]]:
    """The same rows as the flow standardised them, at every threshold: ours, and stock Splink's."""
    with _session() as works:
        [file] = (lake / "checked" / "channel=sites").glob("day=*/institution-*.parquet")
        rows = works.keep(
            works.sql(
                "SELECT CAST(row_number() OVER (ORDER BY channel, source_id) AS BIGINT) AS row_id, * FROM r",
                r=works.read([str(file)]),
            )
        )
        keys = works.fetch(works.sql("SELECT row_id, source_id FROM r", r=rows)).to_pylist()
        key = {k["row_id"]: k["source_id"] for k in keys}
        said = matching_of(PROJECT / "packs" / "childcare").records["institution"]
        ways = (
            ("mingce's matching", _ours(rows, said, works)),
            ("stock Splink", _stock(rows, works)),
        )
        told = []
        for what, at in ways:
            for threshold in THRESHOLDS:
                cluster = at(threshold)
                found = {k: cluster.get(n, f"alone {n}") for n, k in key.items()}
                told.append(_row(what, threshold, quality(found, truth), None))
    return told


def _ours(rows: Relation, said: Record, works: Engine) -> Callable[[float], dict[int, Hashable]]:
    prepared = prepare.prepared(rows, said.prepared, works)
    blocked = prepare.blocked(prepared, said.blocking, works)
    found = pairs.Found(
        score=score.scored(blocked, said, score.trained(prepared, said, works), works)
    )

    def at(threshold: float) -> dict[int, Hashable]:
        asked = said.thresholds and said.thresholds.model_copy(update={"accept": threshold})
        matched = pairs.matched(
            blocked, said.model_copy(update={"thresholds": asked}), found, works
        )
        members = works.fetch(matched.members)
        return dict(zip(members["row_id"].to_pylist(), members["cluster"].to_pylist(), strict=True))

    return at


def _stock(rows: Relation, works: Engine) -> Callable[[float], dict[int, Hashable]]:
    """Splink as its tutorial uses it, on the same columns in small letters, its library's comparisons only."""
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on

    plain = works.keep(
        works.sql(
            "SELECT row_id, lower(company_name) AS name, lower(address) AS address, landline, postcode FROM r",
            r=rows,
        )
    )
    said = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row_id",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.7]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("address", [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("landline", [1, 2]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("landline"), block_on("address"), block_on("name"), block_on("substr(address, 1, 5)"),
            block_on("substr(name, 1, 5)"), block_on("postcode", "substr(name, 1, 3)"),
        ],
    )  # fmt: skip
    linker = Linker(works.linker_api().register(plain.name), said, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("name", "landline"), block_on("address", "landline")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for column in ("landline", "substr(address, 1, 5)", "name"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(column))
    predicted = linker.inference.predict(threshold_match_probability=0.01)

    def at(threshold: float) -> dict[int, Hashable]:
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_probability=threshold
        ).as_record_list()
        return {row["row_id"]: row["cluster_id"] for row in found}

    return at


def bank(customers: int, seed: int) -> list[dict[str, Any]]:
    """Made-up customers of every channel, resolved with the pack's frozen model; and Splink's share of the time."""
    from pipelines.channels.pack import Pack
    from pipelines.channels.run import Run
    from pipelines.core.batch import CUSTOMERS
    from pipelines.days import planned
    from pipelines.engine.lake import Lake
    from pipelines.flow import run_step
    from pipelines.steps.resolve import resolve

    pack = PROJECT / "packs" / "bank"
    with tempfile.TemporaryDirectory() as aside, _session() as works:
        source, folder = Path(aside) / "source", Path(aside)
        made = (
            "--customers",
            str(customers),
            "--seed",
            str(seed),
            "--days",
            "1",
            "--out",
            str(source),
        )
        _mingce("sample", "--pack", str(pack), *made)
        run = Run(Pack(pack), works, Lake(str(folder / "lake"), works), "", str(source))
        [(day, channels)] = planned(run, None)
        for (
            channel
        ) in channels:  # what `validate` would set aside is matched too: it is the harder case
            for step in ("ingest", "standardise"):
                run_step(run, step, channel, day)
            staged = run.lake.read("staged", channel, day)
            run.lake.write("checked", Batch(channel, day, staged.tables if staged else {}))
        start = time.perf_counter()
        with works.scope():
            batch = resolve(Batch(CUSTOMERS, day), run)
            held = works.fetch(batch.tables["customer_source"]).to_pylist()
            seconds = time.perf_counter() - start
            told = _against(source / "truth" / "links.csv", held, seconds)
            told += _beside(batch.tables["individual"], pack, works)
    return told


def _against(links: Path, held: list[dict[str, Any]], seconds: float) -> list[dict[str, Any]]:
    with links.open(encoding="utf-8") as file:
        truth = {(r["channel"], r["source_id"]): r["entity"] for r in csv.DictReader(file)}
    found = {(r["channel"], r["source_id"]): r["customer_id"] for r in held}
    return [
        _row(f"resolve, all of it ({len(found):,} rows)", "pack", quality(found, truth), seconds)
    ]


def _beside(individual: Relation, pack: Path, works: Engine) -> list[dict[str, Any]]:
    """Deciding who is who among persons: ours, and Splink alone with the same settings."""
    said = matching_of(pack).records["individual"]
    numbered = works.keep(
        works.sql(
            "SELECT CAST(row_number() OVER (ORDER BY channel, source_id) AS BIGINT) AS row_id, * FROM r",
            r=individual,
        )
    )
    rows = prepare.prepared(numbered, said.prepared, works)
    model = frozen(pack / said.model)

    def ours() -> None:
        blocked = prepare.blocked(rows, said.blocking, works)
        proofs, _ = pairs.proven(rows, said.proofs, works)
        found = pairs.Found(proofs, score.scored(blocked, said, model, works))
        pairs.matched(rows, said, found, works)

    def alone() -> None:
        from splink import Linker, block_on

        from pipelines.matching.model import settings

        api = works.linker_api()
        asked = settings(said, model, len(works.fetch(rows)), api.sql_dialect)
        asked["blocking_rules_to_generate_predictions"] = [
            block_on(*b.same).create_blocking_rule_dict("duckdb") for b in said.blocking
        ]
        linker = Linker(api.register(rows.name), asked, log_level=None)
        linker.clustering.cluster_pairwise_predictions_at_threshold(
            linker.inference.predict(0.5), 0.95
        )

    return [
        _row("who is who, persons: ours", "pack", None, _timed(ours)),
        _row("who is who, persons: Splink alone", "pack", None, _timed(alone)),
    ]


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def _session() -> Iterator[Engine]:
    works = engine("duckdb")
    try:
        yield works
    finally:
        works.close()


def _row(
    what: str, threshold: object, found: Quality | None, seconds: float | None
) -> dict[str, Any]:
    measured = asdict(found) if found else {}
    taken = {"seconds": round(seconds, 1)} if seconds is not None else {}
    return {"what": what, "threshold": threshold, **measured, **taken}


MEASURES: dict[str, Callable[[argparse.Namespace], list[dict[str, Any]]]] = {
    "childcare": lambda _: childcare(),
    "bank": lambda asked: bank(asked.customers, asked.seed),
}


def main(arguments: list[str]) -> None:
    """Measure, print JSON and then a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks matching", description=__doc__)
    parser.add_argument("what", choices=MEASURES)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    os.environ.setdefault("MINGCE_TOKEN_KEY", secrets.token_hex(32))
    logging.getLogger("splink").setLevel(logging.ERROR)
    told = MEASURES[asked.what](asked)
    print(json.dumps(told))
    width = max(len(r["what"]) for r in told)
    print("  ".join([f"{'what':{width}}", *(f"{c:>12}" for c in COLUMNS[1:])]))
    for r in told:
        print("  ".join([f"{r['what']:{width}}", *(f"{r.get(c, '')!s:>12}" for c in COLUMNS[1:])]))
