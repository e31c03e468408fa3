"""The lake: Parquet under a URI, one folder per layer, channel and day, each moved into place whole.

A partition is what its `manifest.json` names. Files are written under names made of their content,
then the manifest is replaced in one move: a killed writer leaves the old partition as it was.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import fsspec

from pipelines.core.batch import Batch, Finding, Relation
from pipelines.engine.protocol import Engine

LAYERS = ("landed", "staged", "profile", "checked", "quarantine", "resolved", "masked")
KEEPS_EVERY_DELIVERY = ("landed", "quarantine")
"""Layers in which a replaced delivery's files stay: what landed is never lost."""


@dataclass(frozen=True)
class Manifest:
    """What one partition holds: files, rows, columns and content by table, and what was found."""

    files: Mapping[str, str]
    rows: Mapping[str, int]
    columns: Mapping[str, list[str]]
    content: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    code: str = ""


class Lake:
    """Where the steps leave their batches, and find what the step before left."""

    def __init__(self, uri: str, engine: Engine) -> None:
        self._engine = engine
        self._files, self._root = fsspec.url_to_fs(uri)
        self._local = "file" in self._files.protocol

    def write(
        self, layer: str, batch: Batch, order_by: Mapping[str, Iterable[str]] | None = None
    ) -> Manifest:
        """Replace the batch's partition of `layer`, whole."""
        folder = self._folder(layer, batch.channel, batch.day)
        self._open()
        self._files.makedirs(folder, exist_ok=True)
        files, rows, content = {}, {}, {}
        for table, relation in batch.tables.items():
            aside = f"{folder}/.aside-{uuid.uuid4().hex}"
            by = tuple((order_by or {}).get(table, ()))
            rows[table] = self._engine.write(relation, self._address(aside), by)
            content[table] = self._digest(aside)
            files[table] = f"{table}-{content[table][:16]}.parquet"
            target = f"{folder}/{files[table]}"
            if self._files.exists(target):
                self._files.rm(aside, recursive=True)
            else:
                self._files.mv(aside, target, recursive=True)
        columns = {t: list(r.columns) for t, r in batch.tables.items()}
        manifest = Manifest(
            files, rows, columns, content, batch.findings, dict(batch.facts), version("mingce")
        )
        self._replace(f"{folder}/manifest.json", asdict(manifest))
        self._tidy(folder, set(files.values()), keep=layer in KEEPS_EVERY_DELIVERY)
        return manifest

    def manifest(self, layer: str, channel: str, day: date) -> Manifest | None:
        """What the partition holds, or None if it was never written."""
        path = f"{self._folder(layer, channel, day)}/manifest.json"
        if not self._files.exists(path):
            return None
        said = json.loads(self._files.cat_file(path))
        said["findings"] = tuple(Finding(**f) for f in said["findings"])
        return Manifest(**said)

    def read(self, layer: str, channel: str, day: date) -> Batch | None:
        """The partition as a batch, or None if it was never written."""
        manifest = self.manifest(layer, channel, day)
        if manifest is None:
            return None
        folder = self._folder(layer, channel, day)
        tables = {
            t: self._engine.read([self._address(f"{folder}/{name}")])
            for t, name in manifest.files.items()
        }
        return Batch(channel, day, tables, manifest.findings, manifest.facts)

    def paths(self, layer: str, channel: str, day: date) -> dict[str, str]:
        """Where the partition's tables are, by table; empty if it was never written."""
        manifest = self.manifest(layer, channel, day)
        folder = self._folder(layer, channel, day)
        files = manifest.files if manifest else {}
        return {t: self._address(f"{folder}/{name}") for t, name in files.items()}

    def days(self, layer: str, channel: str) -> list[date]:
        """The days of which the channel has a partition in `layer`, oldest first."""
        return [
            d for d in self._days(layer, channel) if self.manifest(layer, channel, d) is not None
        ]

    def over_days(self, layer: str, channel: str, table: str, until: date) -> Relation | None:
        """One table of a channel over all its days up to and including `until`; None if none."""
        paths = []
        for day in self.days(layer, channel):
            manifest = self.manifest(layer, channel, day)
            if day <= until and manifest is not None and table in manifest.files:
                folder = self._folder(layer, channel, day)
                paths.append(self._address(f"{folder}/{manifest.files[table]}"))
        return self._engine.read(paths) if paths else None

    def note(self, channel: str, day: date, step: str, outcome: Mapping[str, Any]) -> None:
        """Keep what became of a step, whatever became of it; `measure` reads it."""
        folder = f"{self._root}/runs/channel={channel}/day={day}"
        self._open()
        self._files.makedirs(folder, exist_ok=True)
        self._replace(f"{folder}/{step}.json", dict(outcome))

    def notes(self, channel: str, day: date) -> dict[str, dict[str, Any]]:
        """What became of each step of the channel's day, by step."""
        folder = f"{self._root}/runs/channel={channel}/day={day}"
        if not self._files.isdir(folder):
            return {}
        paths = [p for p in sorted(self._files.ls(folder, detail=False)) if p.endswith(".json")]
        return {p.rsplit("/", 1)[1][:-5]: json.loads(self._files.cat_file(p)) for p in paths}

    def noted(self, channel: str) -> list[date]:
        """The days of which the channel has notes, oldest first."""
        return self._days("runs", channel)

    def _days(self, layer: str, channel: str) -> list[date]:
        folder = f"{self._root}/{layer}/channel={channel}"
        if not self._files.isdir(folder):
            return []
        found = (path.rsplit("day=", 1) for path in self._files.ls(folder, detail=False))
        return sorted(date.fromisoformat(part[1].strip("/")) for part in found if len(part) == 2)

    def _open(self) -> None:
        """Make the lake, for its owner alone: its values are clear."""
        if self._local and not self._files.exists(self._root):
            Path(self._root).mkdir(mode=0o700, parents=True)

    def _folder(self, layer: str, channel: str, day: date) -> str:
        return f"{self._root}/{layer}/channel={channel}/day={day}"

    def _address(self, path: str) -> str:
        return path if self._local else self._files.unstrip_protocol(path)

    def _digest(self, path: str) -> str:
        found = hashlib.sha256()
        files = self._files.find(path) if self._files.isdir(path) else [path]
        for file in sorted(f for f in files if not f.endswith(".crc")):
            with self._files.open(file, "rb") as stream:
                while block := stream.read(1 << 20):
                    found.update(block)
        return found.hexdigest()

    def _replace(self, path: str, said: dict[str, Any]) -> None:
        aside = f"{path}.aside-{uuid.uuid4().hex}"
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1)
        self._files.pipe_file(aside, text.encode())
        self._files.mv(aside, path)

    def _tidy(self, folder: str, named: set[str], keep: bool) -> None:
        for path in self._files.ls(folder, detail=False):
            name = path.rstrip("/").rsplit("/", 1)[1]
            left_over = ".aside-" in name
            if left_over or (not keep and name not in named and name != "manifest.json"):
                self._files.rm(path, recursive=True)
