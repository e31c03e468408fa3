"""What agreement weighs: frozen in a file that fits its comparisons, or refused."""

import json

import pytest

from pipelines.core.errors import ConfigError
from pipelines.matching.conditions import rendered, sided
from pipelines.matching.declared import Record
from pipelines.matching.model import LEAST_M, LEAST_U, Model, frozen, learnt, written

RECORD = Record.model_validate(
    {
        "comparisons": [
            {
                "name": "names",
                "missing": "n_l IS NULL",
                "levels": [{"label": "same", "when": "n_l = n_r"}],
            }
        ],
        "blocking": [{"same": ["n"]}],
        "model": "m.json",
        "thresholds": {
            "accept": 0.9,
            "show": 0.5,
            "reason": "It is a test, and nothing more than that.",
        },
    }
)
SAVED = {
    "probability_two_random_records_match": 0.001,
    "comparisons": [
        {
            "comparison_levels": [
                {"is_null_level": True},
                {"m_probability": 0.9, "u_probability": 0.001},
                {"u_probability": 0.999},
            ]
        }
    ],
}


def test_what_splink_saved_becomes_shares_by_label_freed_of_the_true_pairs_among_random_ones():
    model = learnt(SAVED, RECORD, rows=1001)
    assert model.matches_per_row == pytest.approx(1.0)
    assert model.weights["names"]["same"].u == pytest.approx(0.0001, abs=1e-5)
    assert model.weights["names"]["else"].m == LEAST_M
    assert min(w.u for w in model.weights["names"].values()) >= LEAST_U


def test_a_model_is_read_as_it_was_written(tmp_path):
    model = learnt(SAVED, RECORD, rows=1001)
    path = tmp_path / "m.json"
    path.write_text(written(model))
    assert frozen(path) == model
    assert frozen(path).require(RECORD, path) == model


def test_a_model_of_other_levels_is_refused(tmp_path):
    said = json.loads(written(learnt(SAVED, RECORD, rows=1001)))
    said["weights"]["names"]["alike"] = {"m": 0.1, "u": 0.1}
    with pytest.raises(ConfigError, match=r"trained for other levels of \['names'\]"):
        Model.model_validate(said).require(RECORD, tmp_path / "m.json")


def test_a_file_that_is_no_model_is_refused_without_quoting_it(tmp_path):
    path = tmp_path / "m.json"
    path.write_text('{"weights": "Canary Ann"}')
    with pytest.raises(ConfigError, match="not a matching model") as refused:
        frozen(path)
    assert "Canary" not in str(refused.value)


def test_a_handful_of_rows_does_not_match_for_being_few():
    model = learnt(SAVED, RECORD, rows=1001)
    assert model.prior(20) == model.prior(1001) > model.prior(100_000)


def test_a_condition_is_told_of_two_tables_and_in_each_engines_words(duckdb_engine):
    assert sided("levenshtein(n_l, n_r) <= 1") == "(LEVENSHTEIN(l.n, r.n) <= 1)"
    dialect = duckdb_engine.linker_api().sql_dialect
    assert "jaro_winkler_similarity" in rendered("jaro_winkler(n_l, n_r) > 0.9", dialect).lower()
