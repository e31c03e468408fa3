"""`quality.yaml`: what an organisation may say, what it may not, and what comes of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from expectations.kpi.quality import Quality, quality
from expectations.model import Level
from pipelines.core.errors import ConfigError
from warehouse.tables import RECORDS

EVERYTHING = set(RECORDS["individual"].columns.keys())
PACKS = Path(__file__).resolve().parents[3] / "packs"
OVERRIDE = {"check": "complete.occupation", "reason": "The till does not ask."}


def said(folder: Path, **what: Any) -> Quality:
    (folder / "quality.yaml").write_text(yaml.safe_dump(what, allow_unicode=True), encoding="utf-8")
    return quality(folder)


def names(rules: Quality, channel: str = "counter", filled: set[str] = EVERYTHING) -> set[str]:
    return {c.name for c in rules.checks("individual", channel, filled)}


def test_without_the_file_the_usual_applies(tmp_path: Path) -> None:
    rules = quality(tmp_path)
    assert {i.name for i in rules.indicators} >= {
        "accuracy",
        "completeness",
        "security",
        "response",
        "satisfaction",
    }
    assert "complete.occupation" in names(rules)


@pytest.mark.parametrize(
    "pack", sorted(p.name for p in PACKS.iterdir() if (p / "quality.yaml").exists())
)
def test_every_packs_rules_are_sound(pack: str) -> None:
    assert quality(PACKS / pack).indicators


def test_an_override_holds_for_its_channel_only(tmp_path: Path) -> None:
    rules = said(
        tmp_path, overrides=[OVERRIDE | {"channels": ["till"], "level": "stop", "mostly": 0.5}]
    )
    levels = {
        channel: next(
            c
            for c in rules.checks("individual", channel, EVERYTHING)
            if c.name == "complete.occupation"
        )
        for channel in ("till", "counter")
    }
    assert (levels["till"].level, levels["till"].mostly) == (Level.STOP, 0.5)
    assert (levels["counter"].level, levels["counter"].mostly) == (Level.WARN, 1.0)


def test_a_check_that_is_left_out_is_not_asked(tmp_path: Path) -> None:
    rules = said(tmp_path, overrides=[OVERRIDE | {"check": "complete.*", "left_out": True}])
    assert not {n for n in names(rules) if n.startswith("complete.")}
    assert "proven.id_number" in names(rules)


def test_what_a_channel_does_not_collect_is_not_asked_of_it(tmp_path: Path) -> None:
    asked = names(quality(tmp_path), filled={"full_name", "work_address"})
    assert {"key.unique", "complete.full_name", "complete.home_address", "names.somebody"} <= asked
    assert (
        not {"complete.occupation", "readable.mobile", "proven.id_number", "fresh.updated_on"}
        & asked
    )


def test_how_old_a_row_may_be_is_said_by_channel(tmp_path: Path) -> None:
    rules = said(tmp_path, fresh_days=900, fresh_days_of={"till": 10})
    found = {
        channel: next(
            c.holds
            for c in rules.checks("individual", channel, EVERYTHING)
            if c.name == "fresh.updated_on"
        )
        for channel in ("till", "counter")
    }
    assert "INTERVAL 10 DAY" in found["till"]
    assert "INTERVAL 900 DAY" in found["counter"]


INDICATOR = {"name": "made", "zh": "测试", "en": "Made", "dimension": "accuracy", "target": 0.9}
FAULTS = [
    ({"overrides": [{"check": "complete.occupation"}]}, "reason"),
    (
        {"overrides": [OVERRIDE | {"check": "complete.shoe_size"}]},
        r"there is no check 'complete\.shoe_size'",
    ),
    ({"overrides": [OVERRIDE | {"mostly": 1.2}]}, "less than or equal to 1"),
    ({"overrides": [OVERRIDE | {"levl": "stop"}]}, "did you mean 'level'"),
    (
        {"indicators": [INDICATOR | {"checks": ["made.*"]}]},
        r"indicator made: there is no check 'made\.\*'",
    ),
    ({"indicators": [INDICATOR]}, "name its checks, unless it counts columns"),
    ({"indicators": [INDICATOR | {"checks": ["valid.*"]}] * 2}, "declared more than once: made"),
    ({"fresh_days": 0}, "greater than 0"),
    ({"service": {"satisfied_from": 6}}, "less than or equal to 5"),
]


@pytest.mark.parametrize(("what", "message"), FAULTS)
def test_a_fault_is_named_where_it_stands(
    tmp_path: Path, what: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        said(tmp_path, **what)
    assert "quality.yaml" in str(caught.value)


def test_the_fingerprint_changes_with_any_rule_and_with_nothing_else(tmp_path: Path) -> None:
    first, same = said(tmp_path, fresh_days=10).digest, said(tmp_path, fresh_days=10).digest
    assert first == same
    assert said(tmp_path, fresh_days=11).digest != first
    assert said(tmp_path, fresh_days=10, overrides=[OVERRIDE]).digest != first
