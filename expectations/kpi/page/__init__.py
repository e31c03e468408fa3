"""The report as one HTML page: it opens offline, prints, and reads on a telephone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from expectations.kpi.assessment import Assessment, Checked, Shown, Stopped, Work, meanings
from expectations.kpi.page import charts
from expectations.kpi.page.numbers import number, percent, points, told_apart, weight
from expectations.kpi.scores import Figure, Scored, shares
from expectations.model import Dimension
from pipelines.core.batch import CUSTOMERS
from warehouse.model import label_en
from warehouse.tables import CORE, RECORDS
from warehouse.tables.quality import NOT_SHOWN

MOST_ATTENTION = 5
MOST_BRANCHES = 8
MOST_CHECKS = 20


@dataclass(frozen=True)
class Attention:
    """A figure that falls short, and of which channel."""

    channel: Scored
    figure: Figure
    columns: Sequence[Shown]
    """Of the masking coverage: the columns that lower it."""


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
    environment.filters |= {f.__name__: f for f in (percent, told_apart, number, points, weight)}
    environment.filters |= {
        "label_en": label_en,
        "indicator_name": lambda name: _called(said, name, language),
        "record_name": lambda name: _record(name, words, language),
    }
    template = environment.get_template("page.html.j2")
    return template.render(
        a=said,
        lang=language,
        w=words,
        charts=charts,
        attention=_attention(said),
        lowering=lambda scored, figure: _lowering(said, scored, figure),
        stops=_alike(said.stopped),
        fewer=[r for r in said.replaced if r.rows is not None and r.rows < r.before],
        commended=[c for c in said.channels if said.commendation and said.commendation.holds(c)],
        met=[c for c in said.channels if c.is_met],
        shares=shares(said.channels),
        judged_channels=[c for c in said.channels if c.is_met is not None],
        to_correct=sum(w.failed for w in said.work),
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
        about=lambda check: _about(check, words, language),
        NOT_SHOWN=NOT_SHOWN,
        MOST_CHECKS=MOST_CHECKS,
        owners={c.name: c.owner for c in said.channels},
    )


def _record(name: str, words: Mapping[str, str], language: str) -> str:
    """What rows of the record, or of what is made of records, are, for people."""
    label: str = CORE[name].info["zh"]
    ending = "s" if name in RECORDS else ""
    english = f"{name.capitalize().replace('_', ' ')}{ending}"
    return words.get(name, label if language == "zh" else english)


def _about(check: Checked, words: Mapping[str, str], language: str) -> str:
    """What the check is asked of: the record, and its column if it has one."""
    columns, record = RECORDS[check.record].columns, _record(check.record, words, language)
    if check.column not in columns:
        return record
    zh: str = columns[check.column].info["zh"]
    return f"{record} · {zh if language == 'zh' else label_en(check.column)}"


def _called(said: Assessment, name: str, language: str) -> str:
    """The indicator of that name, for people."""
    found = next((f for f in said.overall.figures if f.name == name), None)
    return name if found is None else found.zh if language == "zh" else found.en


def _alike(stopped: Sequence[Stopped]) -> list[list[Stopped]]:
    """What stopped for one reason, day after day, together: a sentence is the same but for its day."""
    found: dict[tuple[str, ...], list[Stopped]] = {}
    for stop in stopped:
        said = stop.en.replace(stop.day.isoformat(), "").replace(f"{stop.day:%Y%m%d}", "")
        found.setdefault((stop.channel, stop.step, stop.outcome, said), []).append(stop)
    return list(found.values())


def _attention(said: Assessment) -> list[Attention]:
    """What falls short of channels; and of all together what is no channel's: columns of what is made of records."""
    short = [
        Attention(c, f, _lowering(said, c, f))
        for c in said.channels
        for f in c.figures
        if f.gap > 0
    ]
    for figure in said.overall.figures:
        columns = _lowering(said, said.overall, figure)
        if figure.gap > 0 and any(s.record not in RECORDS for s in columns):
            short.append(Attention(said.overall, figure, columns))
    short.sort(key=lambda s: (-s.figure.gap * s.figure.weight, s.channel.name, s.figure.name))
    return short[:MOST_ATTENTION]


def _lowering(said: Assessment, scored: Scored, figure: Figure) -> list[Shown]:
    """The columns that lower the masking coverage: a channel's are those it fills in records, as it is counted.

    Of all together, also those of what is made of records: the one view, its history.
    """
    if figure.dimension != Dimension.SECURITY:
        return []
    if scored is not said.overall:
        return [s for s in said.shown if s.record in RECORDS and scored.name in s.channels]
    measured = {
        c.name for c in said.channels for f in c.measured if f.dimension == Dimension.SECURITY
    }
    return [s for s in said.shown if measured.intersection(s.channels)]


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
    return " / ".join(map(label_en, element))


def _heat(checked: Checked | None) -> str:
    """The shade of a cell, by how much is there."""
    if checked is None or checked.share is None:
        return "heat-none"
    there = round(1 - checked.share, 3)  # as it reads: one number has one shade
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
