"""Model: what agreement and disagreement weigh. Learnt by Splink, or frozen in the pack and versioned."""

import json
from pathlib import Path
from typing import Any

from pydantic import Field

from pipelines.core.errors import ConfigError
from pipelines.core.yaml import Declared
from pipelines.matching.conditions import rendered, sided
from pipelines.matching.declared import Comparison, Level, Record

MISSING, ELSE = "missing", "else"
FEWEST = 1000
"""Below so many rows the prior is as of so many: a handful of rows must not match for being few."""


class Weights(Declared):
    """How often a level occurs among true pairs, and among chance pairs."""

    m: float = Field(gt=0, le=1)
    u: float = Field(gt=0, le=1)


class Model(Declared):
    """A trained model: how many others a row matches, and the weights of every comparison's levels by label.

    It holds shares, no value of anybody's.
    """

    version: int = 1
    trained_on: str = ""
    matches_per_row: float = Field(gt=0)
    weights: dict[str, dict[str, Weights]]

    def prior(self, rows: int) -> float:
        """The probability that two of so many rows, taken at random, are one customer."""
        return min(self.matches_per_row / max(rows - 1, FEWEST), 0.5)

    def require(self, record: Record, path: Path) -> "Model":
        """The model itself. Raises ConfigError if it was trained for other comparisons."""
        wanted = {c.name: {*(level.label for level in c.levels), ELSE} for c in record.comparisons}
        held = {name: set(levels) for name, levels in self.weights.items()}
        if wanted != held:
            changed = sorted(n for n in wanted.keys() | held.keys() if wanted.get(n) != held.get(n))
            raise ConfigError(
                f"{path}: trained for other levels of {changed}; train it again",
                f"{path}：{changed} 的比较级别已变化，请重新训练模型",
            )
        return self


def frozen(path: Path) -> Model:
    """The model in the file. Raises ConfigError if it is not one."""
    try:
        return Model.model_validate_json(path.read_text(encoding="utf-8"))
    except ValueError:
        raise ConfigError(
            f"{path}: not a matching model; train it again",
            f"{path}：不是有效的匹配模型，请重新训练",
        ) from None


def learnt(saved: dict[str, Any], record: Record, rows: int) -> Model:
    """The model in what Splink saved. Figures are rounded, so that the order of a sum leaves no trace."""
    prior = float(saved["probability_two_random_records_match"])
    weights = {}
    for comparison, said in zip(record.comparisons, saved["comparisons"], strict=True):
        labels = [*(level.label for level in comparison.levels), ELSE]
        levels = [level for level in said["comparison_levels"] if not level.get("is_null_level")]
        weights[comparison.name] = {
            label: _weights(level, prior) for label, level in zip(labels, levels, strict=True)
        }
    return Model(matches_per_row=float(f"{prior * max(rows - 1, 1):.6g}"), weights=weights)


LEAST_M, LEAST_U = 1e-3, 1e-6
"""No level is rarer than this: what a training never saw is not therefore impossible."""


def _weights(level: dict[str, Any], prior: float) -> Weights:
    """One level's shares. Random pairs hold true pairs too, one in `prior`: their part of u is taken out."""
    m, u = (_share(level.get(f"{which}_probability")) for which in "mu")
    chance = (u - prior * m) / (1 - prior)
    return Weights(m=_rounded(m, LEAST_M), u=_rounded(chance, LEAST_U))


def _share(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _rounded(share: float, least: float) -> float:
    return min(max(float(f"{share:.6g}"), least), 1 - least)


def written(model: Model) -> str:
    """The model as a file's text."""
    return json.dumps(model.model_dump(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def settings(record: Record, model: Model | None, rows: int, dialect: Any) -> dict[str, Any]:
    """Splink's settings for the record; with the model's weights if there is one."""
    unless = (
        f" AND NOT coalesce({rendered(sided(record.never), dialect)}, false)"
        if record.never
        else ""
    )
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "row_id",
        "probability_two_random_records_match": model.prior(rows) if model else 0.0001,
        "comparisons": [_comparison(c, model, dialect) for c in record.comparisons],
        "blocking_rules_to_generate_predictions": [
            f"l.block_{n} = r.block_{n}{unless}" for n in range(len(record.blocking))
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "linker_uid": "mingce",
    }


def _comparison(comparison: Comparison, model: Model | None, dialect: Any) -> dict[str, Any]:
    weights = model.weights[comparison.name] if model else {}
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": rendered(comparison.missing, dialect),
            "label_for_charts": MISSING,
            "is_null_level": True,
        }
    ]
    levels += [_level(level, weights.get(level.label), dialect) for level in comparison.levels]
    levels.append(
        {"sql_condition": "ELSE", "label_for_charts": ELSE, **_weighed(weights.get(ELSE))}
    )
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _level(level: Level, weights: Weights | None, dialect: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "sql_condition": rendered(level.when, dialect), "label_for_charts": level.label, **_weighed(weights)
    }  # fmt: skip
    if level.frequency:
        said |= {
            "tf_adjustment_column": level.frequency,
            "tf_adjustment_weight": level.frequency_weight,
            "disable_tf_exact_match_detection": True,
        }
    return said


def _weighed(weights: Weights | None) -> dict[str, float]:
    return {"m_probability": weights.m, "u_probability": weights.u} if weights else {}
