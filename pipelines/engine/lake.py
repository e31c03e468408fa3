"""The lake: Parquet under a URI, one folder per layer, channel and day, each moved into place whole.

A partition is what its `manifest.json` names. Files are written under names made of their content,
then the manifest is replaced in one move: a killed writer leaves the old partition as it was.
Files that no manifest names any more stay for a while, so that whoever has opened the partition reads on.
"""

import hashlib
import json
import logging
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import fsspec

from pipelines.core.batch import Batch, Relation
from pipelines.core.errors import ConfigError, OutageError
from pipelines.engine.manifest import Manifest, manifest_of
from pipelines.engine.protocol import Engine

log = logging.getLogger(__name__)

LAYERS = ("landed", "staged", "profile", "checked", "quarantine", "resolved", "masked", "measured")
KEEPS_EVERY_DELIVERY = ("landed", "quarantine")
"""Layers in which a replaced delivery's files stay: what landed is never lost."""
STAYS = timedelta(hours=24)
"""How long a file stays that no manifest names any more: longer than any step reads."""
MANIFEST, SUPERSEDED = "manifest.json", "superseded.json"
FOLDER_MODE, FILE_MODE = 0o750, 0o640
"""Whatever the umask: clear values stand here. A lake that we make is its owner's alone (0700)."""


class Lake:
    """Where the steps leave their batches, and find what the step before left."""

    def __init__(self, uri: str, engine: Engine, stays: timedelta = STAYS) -> None:
        self._engine = engine
        self._stays = stays
        self._files, self._root = fsspec.url_to_fs(uri)
        self._local = "file" in self._files.protocol
        self._told: set[str] = set()

    @property
    def is_there(self) -> bool:
        """Whether a step ever left a batch here."""
        return any(self._files.exists(f"{self._root}/{layer}") for layer in LAYERS)

    def write(
        self, layer: str, batch: Batch, order_by: Mapping[str, Iterable[str]] | None = None
    ) -> Manifest:
        """Replace the batch's partition of `layer`, whole."""
        folder = self._folder(layer, batch.channel, batch.day)
        self._make(folder)
        files, rows, content = {}, {}, {}
        for table, relation in batch.tables.items():
            aside = f"{folder}/.aside-{uuid.uuid4().hex}"
            by = tuple((order_by or {}).get(table, ()))
            rows[table] = self._engine.write(relation, self._address(aside), by)
            self._close(aside)
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
        self._replace(f"{folder}/{MANIFEST}", manifest.as_json())
        self._tidy(folder, set(files.values()), keep=layer in KEEPS_EVERY_DELIVERY)
        return manifest

    def manifest(self, layer: str, channel: str, day: date) -> Manifest | None:
        """What the partition holds, or None if it was never written."""
        path = f"{self._folder(layer, channel, day)}/{MANIFEST}"
        if not self._files.exists(path):
            return None
        return manifest_of(self._files.cat_file(path), path)

    def read(self, layer: str, channel: str, day: date) -> Batch | None:
        """The partition as a batch, or None if it was never written."""
        manifest = self.manifest(layer, channel, day)
        if manifest is None:
            return None
        folder = self._folder(layer, channel, day)
        tables = {
            t: self._engine.read([self._there(f"{folder}/{name}")])
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
                paths.append(self._there(f"{folder}/{manifest.files[table]}"))
        return self._engine.read(paths) if paths else None

    def note(self, channel: str, day: date, step: str, outcome: Mapping[str, Any]) -> None:
        """Keep what became of a step, whatever became of it; `measure` reads it."""
        folder = f"{self._root}/runs/channel={channel}/day={day}"
        self._make(folder)
        self._replace(f"{folder}/{step}.json", dict(outcome))

    def notes(self, channel: str, day: date) -> dict[str, dict[str, Any]]:
        """What became of each step of the channel's day, by step."""
        folder = f"{self._root}/runs/channel={channel}/day={day}"
        if not self._files.isdir(folder):
            return {}
        return dict(self._readable(sorted(self._files.ls(folder, detail=False))))

    def noted(self, channel: str) -> list[date]:
        """The days of which the channel has notes, oldest first."""
        return self._days("runs", channel)

    def is_gone(self, error: Exception) -> bool:
        """Whether an error says that a file of the lake is not there, or no longer."""
        if isinstance(error, FileNotFoundError):
            return self._root in str(error.filename or error)
        return self._engine.is_gone(error)

    def _days(self, layer: str, channel: str) -> list[date]:
        folder = f"{self._root}/{layer}/channel={channel}"
        if not self._files.isdir(folder):
            return []
        names = [
            path.rstrip("/").rsplit("/", 1)[1] for path in self._files.ls(folder, detail=False)
        ]
        found = {name: _day(name) for name in names if not name.startswith(".")}
        for stray in (name for name, day in found.items() if day is None):
            self._pass_over(f"{folder}/{stray}", "is no day")
        return sorted(day for day in found.values() if day is not None)

    def _readable(self, paths: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """The notes among these files, by step; what is none is told and left where it is."""
        for path in paths:
            name = path.rsplit("/", 1)[1]
            if name.startswith(".") or not name.endswith(".json"):
                continue
            try:
                said = json.loads(self._files.cat_file(path))
            except (ValueError, RecursionError):
                said = None
            if isinstance(said, dict) and isinstance(said.get("outcome"), str):
                yield name[:-5], said
            else:
                self._pass_over(path, "is cut off, or no note of a step")

    def _pass_over(self, path: str, why: str) -> None:
        """Something nobody of us put here: said once, and not touched."""
        if path not in self._told:
            self._told.add(path)
            log.warning("%s: %s, and was passed over; move it out of the lake", path, why)

    def _there(self, path: str) -> str:
        """The address of a file that a manifest names. Raises OutageError if it is gone."""
        if not self._files.exists(path):
            raise OutageError(
                f"{path}: is gone, though the manifest beside it names it; it will be tried again. If that does "
                "not help, bring it back from a copy, or run the step that writes it again",
                f"{path}：清单中列有此文件，但文件已不存在；稍后重试。若仍不存在，请从备份恢复，"
                "或重新运行写入它的步骤",
            )
        return self._address(path)

    def _make(self, folder: str) -> None:
        """Make a folder of the lake, the lake itself for its owner alone. ConfigError if a file is in the way."""
        with _in_the_way(folder):
            if not self._local:
                self._files.makedirs(folder, exist_ok=True)
                return
            Path(self._root).mkdir(mode=0o700, parents=True, exist_ok=True)
            here = Path(self._root)
            for part in Path(folder).relative_to(self._root).parts:
                here /= part
                if not here.is_dir():
                    here.mkdir(exist_ok=True)
                    here.chmod(FOLDER_MODE)

    def _close(self, path: str) -> None:
        """Let nobody else read what was just written: a file, or the folder of files that Spark writes."""
        if not self._local:
            return
        top = Path(path)
        for each in [top, *(top.rglob("*") if top.is_dir() else ())]:
            each.chmod(FOLDER_MODE if each.is_dir() else FILE_MODE)

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
        """Write what is said in one move; a file that says so already is not touched."""
        aside = f"{path}.aside-{uuid.uuid4().hex}"
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1).encode()
        if self._files.exists(path) and self._files.cat_file(path) == text:
            return
        self._files.pipe_file(aside, text)
        self._close(aside)
        self._files.mv(aside, path)

    def _tidy(self, folder: str, named: set[str], keep: bool) -> None:
        """Delete what no manifest has named for a while, and what killed writers left."""
        said, now = f"{folder}/{SUPERSEDED}", datetime.now(UTC)
        known = self._known(said)
        waiting = {}
        for path in self._files.ls(folder, detail=False):
            name = path.rstrip("/").rsplit("/", 1)[1]
            is_left_over = ".aside-" in name
            if not is_left_over and (keep or name in named or name in (MANIFEST, SUPERSEDED)):
                continue
            since = known.get(name, now.isoformat())
            if now - datetime.fromisoformat(since) < self._stays:
                waiting[name] = since
            else:
                self._files.rm(path, recursive=True)
        if waiting and waiting != known:
            self._replace(said, waiting)
        elif known and not waiting:
            self._files.rm(said)

    def _known(self, path: str) -> dict[str, str]:
        """Since when each file has been superseded; of one that is cut off, as if it were now."""
        try:
            said = json.loads(self._files.cat_file(path))
            return {str(name): datetime.fromisoformat(at).isoformat() for name, at in said.items()}
        except (FileNotFoundError, ValueError, TypeError, AttributeError):
            return {}


def _day(name: str) -> date | None:
    """The day a folder is named after; None for any other folder."""
    try:
        found = date.fromisoformat(name.removeprefix("day="))
    except ValueError:
        return None
    return found if name == f"day={found}" else None


@contextmanager
def _in_the_way(folder: str) -> Iterator[None]:
    try:
        yield
    except (FileExistsError, NotADirectoryError):
        raise ConfigError(
            f"{folder}: a file stands where this folder of the lake belongs; move it away, then run again",
            f"{folder}：数据湖的这个目录位置上有一个文件，请移走后重新运行",
        ) from None
