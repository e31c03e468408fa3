"""Which days are to be run: those that landed, by channel, and those as of which all customers are due."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from expectations.kpi.happened import CUSTOMERS_STEPS
from pipelines.channels.channel import Channel
from pipelines.channels.landing import deliveries, is_database, names_day
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS


def planned(run: Run, day: date | None, only: Sequence[str] = ()) -> list[tuple[date, list[str]]]:
    """The days to run, oldest first, each with its channels.

    Without `day`: every day for which the source holds a file. A channel whose files do not name the day is read
    on each of those days if its query or its database asks for the day, else on the last of them, or today.
    A channel whose file is faulty is planned too, so that running it says what is wrong.
    Raises ConfigError if there is no such channel, or one bears the name of the flow over all of them.
    """
    run.pack.require_names()
    names = [n for n in run.pack.names if n in only] if only else list(run.pack.names)
    for unknown in set(only) - set(names):
        run.pack.channel(unknown)
    if day is not None:
        return [(day, names)]
    days: dict[date, set[str]] = {}
    daily, once = set[str](), set[str]()
    sound = run.pack.sound()
    for name in names:
        channel = sound.get(name)
        if channel is not None and _is_filed(channel):
            for delivered in deliveries(channel.lands_at, run.source):
                days.setdefault(delivered, set()).add(name)
        elif channel is not None and channel.is_daily:
            daily.add(name)
        else:
            once.add(name)
    if once or daily:
        today = datetime.now(ZoneInfo(run.pack.file.zone)).date()
        days.setdefault(max(days, default=today), set()).update(once)
    return [(d, [n for n in names if n in found | daily]) for d, found in sorted(days.items())]


def _is_filed(channel: Channel) -> bool:
    """Whether each day's delivery is a file of its own, so that the source tells which days have landed."""
    return names_day(channel.lands_at) and not is_database(channel.lands_at)


def bases(run: Run, *more: date) -> dict[date, str]:
    """What each day's customers are resolved from, as a digest: every batch checked until then, and the day before.

    By day, oldest first: the days of which anything was checked, those resolved before, and `more`.
    """
    checked: dict[date, list[str]] = {}
    for name in run.pack.names:
        for day in run.lake.days("checked", name):
            manifest = run.lake.manifest("checked", name, day)
            checked.setdefault(day, []).append(f"{name} {manifest.digest if manifest else ''}\n")
    so_far, before = hashlib.sha256(), ""
    found = {}
    for day in sorted({*checked, *run.lake.noted(CUSTOMERS), *more}):
        so_far.update(f"{day}\n{''.join(sorted(checked.get(day, [])))}".encode())
        found[day] = hashlib.sha256(so_far.digest() + before.encode()).hexdigest()
        resolved = run.lake.manifest("resolved", CUSTOMERS, day)
        before = resolved.digest if resolved else before
    return found


def due(run: Run) -> list[date]:
    """The days whose customers have not been run since something came in that bears on them, oldest first.

    So a late or corrected batch of a day makes that day due, and with it every later one.
    """
    return [
        day
        for day, basis in bases(run).items()
        if not _is_run(run.lake.notes(CUSTOMERS, day), basis)
    ]


def in_turn(run: Run, until: date | None = None) -> Iterator[date]:
    """The due days up to `until`, each once: run one before the next is asked for, which it may make due."""
    told: set[date] = set()
    while left := [d for d in due(run) if d not in told and (until is None or d <= until)]:
        told.add(left[0])
        yield left[0]


def _is_run(notes: Mapping[str, Mapping[str, Any]], basis: str) -> bool:
    """Whether the day was run from just that, to its end or to where somebody has to mend something."""
    current = {step: note for step, note in notes.items() if note.get("of") == basis}
    ended = [step for step in CUSTOMERS_STEPS if current.get(step, {}).get("outcome") != "done"]
    stopped = bool(ended) and current.get(ended[0], {}).get("outcome") == "stopped"
    return CUSTOMERS_STEPS[-1] in current and (not ended or stopped)
