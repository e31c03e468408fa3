"""What became of each step of each batch, from the lake's notes and manifests, whatever became of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipelines.core.errors import DataError
from pipelines.engine.lake import Lake

LAYERS = {
    "ingest": "landed", "standardise": "staged", "detect": "profile", "validate": "checked",
    "resolve": "resolved", "mask": "masked", "measure": "measured",
}  # fmt: skip
REPLACED = "replaced"
"""The fact of a landed batch that says what it replaced, as JSON: how many rows, and when."""
CHANNEL_STEPS = ("ingest", "standardise", "detect", "validate")
CUSTOMERS_STEPS = ("resolve", "mask", "publish", "measure")


@dataclass(frozen=True)
class Happened:
    """One channel's day: the steps that ran on its newest delivery, in order, and what was left of it."""

    lake: Lake
    channel: str
    day: date
    steps: Mapping[str, Mapping[str, Any]]

    def batch(self, record: str) -> dict[str, Any]:
        """Its row in `quality.batch`; `record` is what the channel's rows are. What is not known is empty.

        Raises DataError if rows have disappeared.
        """
        last = list(self.steps)[-1] if self.steps else ""
        note = self.steps.get(last, {})
        done = note.get("outcome") == "done"
        rows = self._rows(record)
        en, zh = fewer(rows) or (None, None)
        return {
            "channel": self.channel,
            "day": self.day,
            "step": last,
            "outcome": "running" if done and last != CHANNEL_STEPS[-1] else note.get("outcome"),
            "message_en": note.get("message_en") or en,
            "message_zh": note.get("message_zh") or zh,
            **rows,
        }

    def unknown(self) -> dict[str, Any]:
        """The same if its rows cannot be told."""
        return {"channel": self.channel, "day": self.day, "outcome": "stopped"}

    def findings(self) -> list[dict[str, Any]]:
        """Its rows in `quality.finding`: what the steps that were done noticed."""
        found: dict[tuple[str, ...], int] = {}
        for step in self._done():
            manifest = (
                self.lake.manifest(LAYERS[step], self.channel, self.day) if step in LAYERS else None
            )
            for f in manifest.findings if manifest else ():
                key = (step, f.what, f.table, f.column)
                found[key] = found.get(key, 0) + f.rows
        names = ("step", "what", "table_name", "column_name")
        return [
            {
                "channel": self.channel,
                "day": self.day,
                "rows": n,
                **dict(zip(names, key, strict=True)),
            }
            for key, n in found.items()
        ]

    def _rows(self, record: str) -> dict[str, Any]:
        landed = self._left("ingest", "landed").get("rows")
        refused = self._left("ingest", "quarantine/ingest").get("refused", 0)
        accepted = self._left("validate", "checked").get(record)
        aside = self._left("validate", "quarantine/validate").get(f"set_aside_{record}", 0)
        if None not in (landed, accepted) and landed != accepted + aside:  # type: ignore[operator]
            raise DataError(
                f"{self.channel} {self.day}: {landed} rows landed, but {accepted} were accepted and {aside} set "
                "aside. Rows must not disappear: run the channel's day again, and report it if this stays",
                f"{self.channel} {self.day}：落地{landed}行，接收{accepted}行，隔离{aside}行，不平衡。"
                "请重新运行该渠道当日流程；若仍如此，请上报平台缺陷",
            )
        return {
            "rows_read": None if landed is None else landed + refused,
            "rows_refused": None if landed is None else refused,
            "rows_accepted": accepted,
            "rows_quarantined": None if accepted is None else aside,
            **self.replaced(),
        }

    def replaced(self) -> dict[str, Any]:
        """How many rows the delivery had that this one replaced, and when."""
        manifest = self.lake.manifest("landed", self.channel, self.day)
        said = manifest.facts.get(REPLACED) if manifest and "ingest" in self._done() else None
        if not said:
            return {}
        before = json.loads(said)
        return {
            "rows_before": before["rows"],
            "replaced_at": datetime.fromisoformat(before["at"]).replace(tzinfo=None),
        }

    def _left(self, step: str, layer: str) -> Mapping[str, int]:
        manifest = (
            self.lake.manifest(layer, self.channel, self.day) if step in self._done() else None
        )
        return manifest.rows if manifest else {}

    def _done(self) -> list[str]:
        return [s for s, note in self.steps.items() if note.get("outcome") == "done"]


def fewer(rows: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is said of a delivery that has fewer rows than the one it replaced; `rows` as in `quality.batch`."""
    read, before = rows.get("rows_read"), rows.get("rows_before")
    if read is None or before is None or read >= before:
        return None
    return (
        f"{read:,} rows replaced {before:,}: see that the newer delivery is whole",
        f"以 {read:,} 行取代了原有的 {before:,} 行，请确认新文件完整",
    )


def happened(lake: Lake, channel: str, day: date, order: Sequence[str] = CHANNEL_STEPS) -> Happened:
    """The steps in order, up to the first that did not end well or has not run since the one before it."""
    notes, steps = lake.notes(channel, day), dict[str, Mapping[str, Any]]()
    since = ""
    for step in order:
        note = notes.get(step)
        if note is None or note["started_at"] < since:
            break
        steps[step] = note
        since = note["started_at"]
        if note["outcome"] != "done":
            break
    return Happened(lake, channel, day, steps)


def step_runs(lake: Lake, channel: str, day: date) -> list[dict[str, Any]]:
    """Each step as it last ran: the channel's day's rows in `quality.step_run`."""
    return [
        {
            "channel": channel,
            "day": day,
            "step": step,
            "outcome": note.get("outcome"),
            "started_at": datetime.fromisoformat(note["started_at"]).replace(tzinfo=None),
            "seconds": note.get("seconds"),
        }
        for step, note in lake.notes(channel, day).items()
    ]
