"""What the DAGs make and wait for. Each event carries its day as the asset's partition, and counts: never a value."""

from datetime import date
from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset

from pipelines.core.batch import CUSTOMERS
from pipelines.core.errors import ConfigError

if TYPE_CHECKING:
    from pipelines.channels.run import Run


def checked(prefix: str, channel: str) -> Asset:
    """A channel's checked batches."""
    return Asset(name=f"{prefix}checked_{channel}", uri=f"mingce://{prefix}checked/{channel}")


def customers(prefix: str) -> Asset:
    """All customers, resolved, published and measured."""
    return Asset(name=f"{prefix}customers", uri=f"mingce://{prefix}customers")


def called(prefix: str) -> Asset:
    """A day of all customers that has to be run again, because an earlier day changed."""
    return Asset(name=f"{prefix}customers_called", uri=f"mingce://{prefix}customers/called")


def accepted(run: "Run", channel: str, day: date) -> dict[str, Any]:
    """What came of a channel's day: rows accepted, set aside by a check, refused by the reader; share that is good."""
    notes, record = run.lake.notes(channel, day), run.pack.channel(channel).record
    rows, read = notes["validate"]["rows"], notes["ingest"]["rows"]
    good, aside = rows.get(record, 0), rows.get(f"set_aside_{record}", 0)
    refused = read.get("refused", 0)
    every = good + aside + refused
    return {
        "day": day.isoformat(),
        "rows": good,
        "set_aside": aside,
        "refused": refused,
        "score": round(good / every, 4) if every else None,
    }


def measured(run: "Run", day: date) -> dict[str, Any]:
    """What stands of all customers as of a day: how many, what share of its indicators' weight, what is missing."""
    notes = run.lake.notes(CUSTOMERS, day)
    rows = notes.get("resolve", {}).get("rows", {})
    outcomes = {name: _outcome(run, name, day) for name in run.pack.names}
    return {
        "day": day.isoformat(),
        "customers": rows.get("customer"),
        "channels": sum(said == "done" for said in outcomes.values()),
        "missing": sorted(name for name, said in outcomes.items() if said != "done"),
        "score": _score(run, day),
    }


def _outcome(run: "Run", channel: str, day: date) -> str:
    """`done` if the channel's day was checked, or none was expected of it."""
    from expectations.kpi.happened import happened

    if run.lake.notes(channel, day):
        return str(happened(run.lake, channel, day).batch("")["outcome"])
    try:
        return "missing" if run.pack.channel(channel).is_expected(day) else "done"
    except ConfigError:  # its own DAG says what is wrong with its file
        return "missing"


def _score(run: "Run", day: date) -> float | None:
    """The day's overall score, as the report has it."""
    from expectations.kpi.scores import overall_of
    from warehouse.store import open_store

    said = open_store(run.warehouse).read(
        "SELECT * FROM quality.indicator WHERE day = $day", "steward", {"day": day}
    )
    found = overall_of(said.to_pylist())
    return None if found is None else round(found, 4)
