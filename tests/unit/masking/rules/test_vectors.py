"""Cases that others wrote for their maskers, wherever the same rule exists here."""

import json
import re

import pytest

from masking.rules.hide import Hide
from masking.rules.keep import Keep
from masking.rules.part import Part
from masking.rules.period import Period
from masking.rules.rule import Rule
from masking.rules.step import Step

LINE = '"text"'


def in_duckdb(engine, rule: Rule, text: str) -> str | None:
    with engine.scope():
        rows = engine.sql(
            f"SELECT {rule.sql(LINE)} AS hidden FROM (SELECT $text AS text)", {"text": text}
        )
        return engine.fetch(rows).to_pylist()[0]["hidden"]


def vectors(shared_data, name):
    lines = (shared_data / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_every_case_of_presidios_mask_operator(shared_data, duckdb_engine):
    cases = vectors(shared_data, "mask_presidio/mask_vectors.jsonl")
    assert len(cases) == 18
    for case in cases:
        rule = Hide("hide", case["chars_to_mask"], case["from_end"], case["masking_char"])
        wanted = case["anonymized_text"]
        assert rule.mask(case["text"]) == wanted, case
        assert in_duckdb(duckdb_engine, rule, case["text"]) == wanted, case


def same_rule(function: str, args: list[str | None]) -> tuple[Rule, str] | None:
    """PostgreSQL Anonymizer's function as a rule of ours, and the value it is asked about."""
    text = args[0]
    if text is None or None in args:
        return None
    match function:
        case "left":
            return Part("part", int(args[1])), text
        case "right":
            return Part("part", int(args[1]), from_end=True), text
        case "partial":
            return Keep("keep", int(args[1]), int(args[3]), 1, args[2]), text
        case "generalize_int4range" | "generalize_int8range" | "generalize_numrange":
            return Step("step", int(args[1]) if len(args) > 1 else 10), text
        case "generalize_daterange" | "generalize_tsrange":
            years = {"year": 1, "decade": 10}.get(args[1] if len(args) > 1 else "decade")
            return (Period("period", years), text) if years else None
    return None


def as_written_here(function: str, expected: str) -> str:
    """Their range of dates as ours: first and last year; everything else as they write it."""
    if "date" not in function and "ts" not in function:
        return expected.strip("'")
    first, behind = (int(year) for year in re.findall(r"\b(\d{4})\b", expected))
    return str(first) if behind - first == 1 else f"{first}-{behind - 1}"


def arguments(said: str) -> list[str | None]:
    return [None if a.strip() == "NULL" else a.strip().strip("'") for a in said.split(",")]


def test_every_case_of_postgresql_anonymizer_whose_rule_exists_here(shared_data, duckdb_engine):
    tried = 0
    for case in vectors(shared_data, "mask_pg_anonymizer/assertions.jsonl"):
        same = same_rule(case["function"], arguments(case["args"]))
        if same is None:
            continue
        rule, text = same
        wanted = as_written_here(case["function"], case["expected"])
        assert rule.mask(text) == wanted, case
        assert in_duckdb(duckdb_engine, rule, text) == wanted, case
        tried += 1
    assert tried >= 15


@pytest.mark.parametrize(
    "rule", [Hide("hide", 3), Keep("keep", 1, 1), Part("part", 2), Step("step", 5), Period("p")]
)
def test_what_is_missing_stays_missing_and_what_is_empty_stays_empty(rule, duckdb_engine):
    assert rule.mask(None) is None
    assert rule.mask("") == ""
    assert in_duckdb(duckdb_engine, rule, "") == ""
