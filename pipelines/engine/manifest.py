"""A partition's manifest: what it holds, and a sentence where what stands there is not ours."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pipelines.core.batch import Finding
from pipelines.core.errors import DataError

FILE = re.compile(r"[A-Za-z0-9_]+-[0-9a-f]{16}[A-Za-z0-9_.-]*\.parquet")
"""What a step's files are called: a table's name and its content. No separator, so no way out of the folder."""


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

    @property
    def digest(self) -> str:
        """The content of all its tables, as one digest."""
        said = json.dumps(dict(self.content), sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """The manifest as it is written."""
        return asdict(self)


def manifest_of(text: bytes, place: str) -> Manifest:
    """The manifest that stands at `place`. Raises DataError if it is cut off, or was not written by us."""
    try:
        said = json.loads(text)
        findings = tuple(Finding(**f) for f in said.pop("findings", ()))
        found = Manifest(findings=findings, **said)
        ours = all(FILE.fullmatch(name) for name in found.files.values())
    except (ValueError, TypeError, AttributeError, RecursionError):
        ours = False
    if not ours:
        raise alien(place)
    return found


def alien(place: str) -> DataError:
    """Something in the lake that no step wrote, or not to its end."""
    return DataError(
        f"{place}: is cut off, or was not written by Mingce; bring it back from a copy, or move its folder "
        "away and run the step that writes it again",
        f"{place}：内容不完整，或不是由 Mingce 写入；请从备份恢复，或移走其所在目录后重新运行写入它的步骤",
    )


def damaged(paths: Sequence[str]) -> DataError:
    """A Parquet file of the lake that no engine can open."""
    more = f" ({len(paths)} files)" if len(paths) > 1 else ""
    return DataError(
        f"{paths[0]}{more}: cannot be read as Parquet, so it is cut off or damaged; bring it back from a copy, "
        "or run the step that writes it again",
        f"{paths[0]}{more}：无法按 Parquet 读取，文件不完整或已损坏；请从备份恢复，或重新运行写入它的步骤",
    )
