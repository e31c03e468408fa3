"""Score: how sure it is that two rows are one customer. Splink, on the engine's own session."""

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipelines.core import scratch
from pipelines.core.batch import Relation
from pipelines.core.errors import ConfigError
from pipelines.engine.protocol import Engine
from pipelines.matching.declared import Record, Training
from pipelines.matching.model import Model, learnt, settings

logger = logging.getLogger(__name__)
SCORED = ("row_l", "row_r", "probability")


def scored(rows: Relation, record: Record, model: Model, engine: Engine) -> Relation:
    """Pairs of rows that a block brings together, each with its probability, from `show` upwards.

    `rows` has `row_id`, the columns compared, and the blocks.
    """
    assert record.thresholds is not None  # noqa: S101 - a record with comparisons has thresholds
    with _linker(rows, record, model, engine) as linker:
        _register_frequencies(linker, rows, record, model, engine)
        found = linker.inference.predict(
            threshold_match_probability=record.thresholds.show, warning_mode="never"
        )
        pairs = Relation(found.physical_name, lambda: ("row_id_l", "row_id_r", "match_probability"))
        return engine.keep(
            engine.sql(
                "SELECT least(row_id_l, row_id_r) AS row_l, greatest(row_id_l, row_id_r) AS row_r, "
                "CAST(round(max(match_probability), 6) AS DOUBLE) AS probability FROM p GROUP BY 1, 2",
                p=pairs,
            )
        )


def trained(rows: Relation, record: Record, engine: Engine) -> Model:
    """The weights that Splink learns from these rows: the same rows, in any order, teach the same."""
    assert record.training is not None  # noqa: S101 - the record says how to train where it has no model
    with _linker(rows, record, None, engine) as linker:
        _learn(linker, record.training)
        with scratch.folder() as folder:
            path = folder / "model.json"
            linker.misc.save_model_to_json(str(path), overwrite=True)
            count = _count(rows, engine)
            model = learnt(json.loads(path.read_text(encoding="utf-8")), record, count)
            return model.model_copy(update={"trained_on": f"{count} rows"})


def _learn(linker: Any, training: Training) -> None:
    from splink import block_on

    linker.training.estimate_probability_two_random_records_match(
        [block_on(*columns) for columns in training.certain], recall=training.recall
    )
    linker.training.estimate_u_using_random_sampling(
        max_pairs=training.pairs, seed=training.seed, min_count_per_level=None, num_chunks=1
    )
    for columns in training.em:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*columns), estimate_without_term_frequencies=True
            )
        except ValueError:
            raise ConfigError(
                f"matching.yaml: training em: nothing can be learnt from pairs that agree on {columns}; choose "
                "columns on which other customers agree too, or give the record a model",
                f"matching.yaml：training em 的 {columns} 无法学习：请选用其他客户也会相同的列，或指定模型",
            ) from None


LIKE_ROWS = 10_000
"""The trained share of a value counts like so many rows seen: in a small delivery a rare name stays rare."""


def _register_frequencies(
    linker: Any, rows: Relation, record: Record, model: Model, engine: Engine
) -> None:
    """How common each value is: what these rows show, drawn towards what was trained."""
    for comparison in record.comparisons:
        for level in comparison.levels:
            if not level.frequency:
                continue
            c, usual = level.frequency, model.weights[comparison.name][level.label].u * LIKE_ROWS
            shares = engine.keep(
                engine.sql(
                    f"SELECT {c}, CAST((count(*) - 1 + {usual!r}) "
                    f"/ (sum(count(*)) OVER () + {LIKE_ROWS}) AS DOUBLE) AS tf_{c} "
                    f"FROM r WHERE {c} IS NOT NULL GROUP BY {c}",
                    r=rows,
                )
            )
            table = linker.table_management
            table.register_term_frequency_lookup(table.register_table(shares.name, f"tf_of_{c}"), c)


def _count(rows: Relation, engine: Engine) -> int:
    return int(engine.fetch(engine.sql("SELECT count(*) AS n FROM r", r=rows))["n"][0].as_py())


@contextmanager
def _linker(rows: Relation, record: Record, model: Model | None, engine: Engine) -> Iterator[Any]:
    """Splink's linker on `rows`. What it made in the session is gone afterwards."""
    from splink import Linker

    api = engine.linker_api()
    said = settings(record, model, _count(rows, engine), api.sql_dialect)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Splink's own deprecations are not our reader's
            yield Linker(api.register(rows.name), said, log_level=None)
    finally:
        api.delete_tables_created_by_splink_from_db()
