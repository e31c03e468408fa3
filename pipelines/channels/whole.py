"""Whether a delivery is whole: what its channel says of that, checked before it is read and after.

A writer that pauses leaves a file that looks whole. What is not whole yet is an outage: it is tried again.
"""

import hashlib
import re
import time
from datetime import date, datetime
from pathlib import Path

import fsspec
from pydantic import Field, field_validator

from pipelines.channels.landing import is_database, location
from pipelines.core.errors import ConfigError, OutageError, SourceError
from pipelines.core.location import shown
from pipelines.core.yaml import Declared

FILE = "{file}"
BLOCK = 1 << 20
SIDE_FILE = 1 << 16
"""Bytes of a side file that are read: it holds one figure."""
CHECKSUMS = {32: "md5", 40: "sha1", 64: "sha256"}
HEX = re.compile(r"\b(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})\b")
COUNT = re.compile(r"(?<![\d.,])\d+(?![\d.,])")


class Whole(Declared):
    """What says that a delivery is whole. What is left empty says nothing."""

    mark: str = Field(
        "",
        description="A file that lands after it: {file}.ok, where {file} is its place; or {day}/done.",
    )
    rows_in: str = Field(
        "", description="A side file whose first whole number is the number of rows."
    )
    checksum_in: str = Field(
        "",
        description="A side file with the file's checksum: SHA-256, SHA-1 or MD5, in hexadecimal.",
    )
    last_line: str = Field(
        "",
        description="A regular expression found in a text's last line, which is no row; its group `rows`, if "
        "it has one, is the number of rows.",
    )
    minutes: int = Field(0, ge=0, description="Minutes since it was last written to.")

    @field_validator("last_line")
    @classmethod
    def _is_pattern(cls, said: str) -> str:
        try:
            re.compile(said)
        except re.error as error:
            raise ValueError(f"is no regular expression: {error}") from None
        return said

    def require_arrived(self, lands_at: str, source: str, day: date) -> None:
        """Raise OutageError if something says that the delivery is not whole yet."""
        place = location(lands_at, source, day)
        if is_database(place):
            return
        if self.mark:
            self._side(self.mark, lands_at, source, day)
        if self.minutes:
            _require_age(place, self.minutes)
        if self.checksum_in:
            _require_checksum(place, self._side(self.checksum_in, lands_at, source, day))

    def require_rows(
        self, lands_at: str, source: str, day: date, rows: int, last_line: str
    ) -> None:
        """Raise OutageError if another number of rows was announced than came."""
        announced = []
        if self.rows_in:
            text = self._side(self.rows_in, lands_at, source, day).decode("utf-8", "replace")
            found = COUNT.search(text)
            if found is None:
                raise _unreadable(shown(location(lands_at, source, day)), "rows_in")
            announced.append(int(found[0][:18]))
        ended = re.search(self.last_line, last_line) if self.last_line and last_line else None
        if ended and ended.groupdict().get("rows"):
            announced.append(int(ended["rows"][:18]))
        for count in announced:
            if count != rows:
                raise _not_whole(
                    shown(location(lands_at, source, day)),
                    f"{rows:,} rows came, {count:,} were announced",
                    f"实收 {rows:,} 行，应为 {count:,} 行",
                )

    def _side(self, named: str, lands_at: str, source: str, day: date) -> bytes:
        """What a side file holds. Raises OutageError if it has not landed."""
        place = location(lands_at, source, day)
        beside = named.replace(FILE, place) if FILE in named else location(named, source, day)
        files, path = fsspec.url_to_fs(beside)
        files.invalidate_cache()
        try:
            with files.open(path, "rb") as side:
                held: bytes = side.read(SIDE_FILE)
                return held
        except OSError:
            said = named.replace(FILE, "…")
            raise _not_whole(
                shown(place),
                f"what says that it is whole ({said}) has not landed",
                f"表示文件已完整的 {said} 尚未到达",
            ) from None


NOTHING_SAID = Whole.model_validate({})


def without_last_line(path: Path, pattern: str, encoding: str, name: str, copy: Path) -> str:
    """Copy the text without its last line, and give that. Raises OutageError if it is not what it has to be."""
    end = {"utf-16-le": b"\n\0", "utf-16-be": b"\0\n"}.get(encoding, b"\n")
    size = path.stat().st_size
    with path.open("rb") as text:
        text.seek(max(0, size - BLOCK - size % 2))
        tail = text.read()
    bare = tail.rstrip(b"\r\n\x1a \t\0") if len(end) == 1 else tail
    while len(end) == 2 and bare[-2:] in (end, end.replace(b"\n", b"\r")):
        bare = bare[:-2]
    start = bare.rfind(end) + len(end) if end in bare else 0
    line = bare[start:].decode(encoding, "replace")
    if not re.search(pattern, line):
        raise _not_whole(
            name, "its last line is not the end mark (last_line:)", "末行不是结束标记（last_line:）"
        )
    _copied(path, copy, size - len(tail) + start)
    return line


def _copied(path: Path, copy: Path, size: int) -> None:
    with path.open("rb") as text, copy.open("wb") as out:
        while size > 0 and (piece := text.read(min(BLOCK, size))):
            out.write(piece)
            size -= len(piece)


def _require_age(place: str, minutes: int) -> None:
    files, path = fsspec.url_to_fs(place)
    try:
        said = files.info(path)
    except OSError:
        return  # whoever opens it says that it is not there
    when = said.get("mtime") or said.get("LastModified") or said.get("last_modified")
    written = when.timestamp() if isinstance(when, datetime) else when
    if not isinstance(written, int | float):
        raise ConfigError(
            f"{shown(place)}: this source does not say when a file was written: leave out minutes: under whole:",
            f"{shown(place)}：该来源不提供文件写入时间，请去掉 whole: 中的 minutes:",
        )
    if time.time() - written < minutes * 60:
        raise _not_whole(
            shown(place),
            f"was written to less than {minutes} minutes ago",
            f"距最近一次写入不足 {minutes} 分钟",
        )


def _require_checksum(place: str, side: bytes) -> None:
    found = HEX.search(side.decode("utf-8", "replace"))
    if found is None:
        raise _unreadable(shown(place), "checksum_in")
    digest = hashlib.new(CHECKSUMS[len(found[0])], usedforsecurity=False)
    files, path = fsspec.url_to_fs(place)
    try:
        with files.open(path, "rb") as whole:
            while block := whole.read(BLOCK):
                digest.update(block)
    except OSError:
        return  # whoever opens it says that it is not there
    if digest.hexdigest() != found[0].lower():
        raise _not_whole(
            shown(place), "its checksum is not the one announced", "校验值与公布的不一致"
        )


def _not_whole(name: str, en: str, zh: str) -> OutageError:
    return OutageError(
        f"{name}: is not whole yet: {en}; it will be read when it is",
        f"{name}：文件尚未完整：{zh}；完整后再读取",
    )


def _unreadable(name: str, key: str) -> SourceError:
    return SourceError(
        f"{name}: the side file named by {key}: holds no such figure; ask the channel's owner for it again",
        f"{name}：{key}: 所指的旁注文件中没有相应的数字，请向渠道负责部门重新索取",
    )


def require_within(lands_at: str, source: str, day: date) -> None:
    """Raise SourceError if a link leads the delivery out of the folder where it lands.

    Whoever may write there could have any file of this machine read. The folder itself may be a link.
    """
    place = location(lands_at, source, day)
    files, path = fsspec.url_to_fs(place) if not is_database(place) else (None, "")
    if files is None or "file" not in files.protocol or "::" in place:
        return
    landing = _landing(lands_at, source, Path(path))
    if not _is_within(Path(path), landing):
        raise SourceError(
            f"{shown(place)}: is a link that leads out of the folder where it lands; it was not read. Ask the "
            "channel's owner for the file itself",
            f"{shown(place)}：是指向接收目录之外的链接，未读取。请向渠道负责部门索取文件本身",
        )


def _is_within(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def _landing(lands_at: str, source: str, path: Path) -> Path:
    """The folder where deliveries land: the source, or what a whole location names before the day."""
    if source and location(lands_at, source, date.min) != location(lands_at, "", date.min):
        return Path(fsspec.url_to_fs(source)[1])
    fixed = Path(fsspec.url_to_fs(lands_at.partition("{day")[0] + "x")[1]).parent
    return fixed if path.is_relative_to(fixed) else path.parent
