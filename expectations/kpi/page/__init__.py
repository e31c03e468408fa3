"""The report as one HTML page: it opens offline, prints, and reads on a telephone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from expectations.kpi.assessment import Assessment, Checked, Figure, Scored, Work, meanings
from expectations.kpi.page import charts
from pipelines.core.batch import CUSTOMERS
from warehouse.tables import RECORDS

MOST_ATTENTION = 5
MOST_BRANCHES = 8
MOST_CHECKS = 20


@dataclass(frozen=True)
class Attention:
    """A figure that falls short, and of which channel."""

    channel: Scored
    figure: Figure


def page(said: Assessment, language: str) -> str:
    """The assessment as HTML in `zh` or `en`."""
    words = yaml.safe_load(files(__package__).joinpath("words.yaml").read_text("utf-8"))[language]
    environment = Environment(
        loader=PackageLoader("expectations.kpi.page", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "number": number, "points": points}
    template = environment.get_template("page.html.j2")
    return template.render(
        a=said,
        lang=language,
        w=words,
        charts=charts,
        attention=_attention(said.channels),
        commended=[c for c in said.channels if _is_commended(c)],
        met=[c for c in said.channels if c.is_met],
        judged_channels=[c for c in said.channels if c.is_met is not None],
        to_correct=sum(w.failed for w in said.work),
        made=sum(w.checked for w in said.work),
        batch_count=sum(d.batches for d in said.delivered),
        figures=_by_indicator(said),
        failing=[c for c in said.checks if c.failed],
        passing=sum(1 for c in said.checks if not c.failed),
        meanings=meanings(),
        element_label=_element_label,
        elements_of=lambda record: [f"complete.{e[0]}" for e in RECORDS[record].info["required"]],
        title=_title(said, words),
        work=_work(said.work),
        heat=_heat,
        MOST_CHECKS=MOST_CHECKS,
        owners={c.name: c.owner for c in said.channels},
    )


def percent(value: float | None) -> str:
    """A share with one decimal; one that is not whole never reads as whole."""
    if value is None:
        return "–"
    shown = 99.9 if 0.9995 <= value < 1 else 100 * value
    return f"{shown:.1f}%"


def points(value: float) -> str:
    """A difference of two shares, in percentage points."""
    return f"{max(100 * value, 0.1):.1f}"


def number(value: int) -> str:
    """A count with separators."""
    return f"{value:,}"


def _attention(channels: Sequence[Scored]) -> list[Attention]:
    short = [Attention(c, f) for c in channels for f in c.figures if f.gap > 0]
    short.sort(key=lambda s: (-s.figure.gap * s.figure.weight, s.channel.name, s.figure.name))
    return short[:MOST_ATTENTION]


def _is_commended(channel: Scored) -> bool:
    known = [f for f in channel.figures if f.ratio is not None]
    return len(known) > 1 and not any(f.gap for f in known)


def _by_indicator(said: Assessment) -> list[tuple[Figure, list[tuple[Scored, Figure]]]]:
    """Each indicator over all channels, and of each channel that has it; not measured anywhere: no channel."""
    found = []
    for overall in said.overall.figures:
        each = [
            (c, f)
            for c in said.channels
            for f in c.figures
            if f.name == overall.name and f.ratio is not None
        ]
        found.append((overall, each))
    return found


def _element_label(record: str, check: str, language: str) -> str:
    column = check.split(".", 1)[1]
    element = next(e for e in RECORDS[record].info["required"] if e[0] == column)
    if language == "zh":
        return "/".join(RECORDS[record].columns[c].info["zh"] for c in element)
    return " / ".join(c.replace("_", " ") for c in element)


def _heat(checked: Checked | None) -> str:
    """The shade of a cell, by how much is there."""
    if checked is None or checked.share is None:
        return "heat-none"
    there = 1 - checked.share
    steps = ((0.99, "heat-5"), (0.95, "heat-4"), (0.85, "heat-3"), (0.6, "heat-2"))
    return next((shade for least, shade in steps if there >= least), "heat-1")


def _title(said: Assessment, words: Mapping[str, str]) -> Mapping[str, str]:
    return (
        {s.name: s.title for s in said.channels}
        | dict(said.titles)
        | {CUSTOMERS: words["one_view"]}
    )


def _work(work: Sequence[Work]) -> list[dict[str, Any]]:
    """By channel: its sum, its branches with most to correct, and how much the rest have."""
    found = []
    for channel in sorted({w.channel for w in work}):
        mine = [w for w in work if w.channel == channel]
        rest = mine[MOST_BRANCHES:]
        found.append(
            {
                "channel": channel,
                "failed": sum(w.failed for w in mine),
                "checked": sum(w.checked for w in mine),
                "branches": mine[:MOST_BRANCHES],
                "rest": len(rest),
                "rest_failed": sum(w.failed for w in rest),
            }
        )
    return sorted(found, key=lambda w: (-int(str(w["failed"])), str(w["channel"])))
