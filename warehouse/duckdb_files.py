"""The files of a DuckDB warehouse on disk: opened, and replaced by the next ones.

The next files are made in a folder beside, of their owner's alone, and each is moved into place when it is whole.
Whoever has a file open goes on with what was opened; nobody waits for a reader, and no reader for a publication.
"""

import fcntl
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from pipelines.core.errors import ConfigError, say
from pipelines.core.sql import literal, quoted
from warehouse.access_log import ACCESS_LOG, begin
from warehouse.duckdb_failure import BUSY, cause, failed, holder, publishing, unusable
from warehouse.layout import FILES, TIER_FILES, VAULT, WAREHOUSE

STORAGE = "v1.0.0"
"""Every DuckDB from 1.0 on opens files of this version, and with them the tools that analysts have."""
OWNERS, GROUPS = 0o600, 0o640
log = logging.getLogger(__name__)
PATIENCE = 15.0
"""Seconds to wait for whoever writes, before the outage is told."""
CONFIG: dict[str, str | int | float | list[str]] = {
    "memory_limit": "2GB",
    "max_temp_directory_size": "20GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
ASIDE = ".aside-"


class Folder:
    """Where the files of one warehouse stand."""

    def __init__(self, warehouse: Path) -> None:
        self.warehouse = warehouse
        self.log = warehouse.with_name(ACCESS_LOG)
        self._right = warehouse.with_name(f"{WAREHOUSE}.duckdb")
        self._require_a_warehouse()

    def __str__(self) -> str:
        return str(self.warehouse.parent)

    def path(self, file: str) -> Path:
        """A file by its name in the layout."""
        return self.warehouse if file == WAREHOUSE else self.warehouse.with_name(f"{file}.duckdb")

    def has(self, file: str) -> bool:
        """Whether the file is there. Raises ConfigError if this account may not even look."""
        try:
            return self.path(file).exists()
        except PermissionError:
            raise unusable(self.path(file), cause("permission denied")) from None

    @property
    def is_there(self) -> bool:
        """Whether anything was ever published here."""
        return any(self.has(file) for file in FILES)

    def _require_a_warehouse(self) -> None:
        """Refuse a file of any other name.

        One that belongs to a warehouse would be taken for an empty one, and a second warehouse in the folder would
        write over the first.
        """
        others = {self.path(file).name.lower() for file in (VAULT, *TIER_FILES)} | {
            self.log.name.lower()
        }
        really = self.warehouse.resolve()
        if (
            self.warehouse.name != self._right.name
            or really.name.lower() in others
            or really.is_dir()
        ):
            raise self.not_it()

    def not_it(self) -> ConfigError:
        """What is said of a file that was given as the warehouse."""
        of = self.warehouse / "warehouse.duckdb" if self.warehouse.is_dir() else self._right
        return ConfigError(
            f"{self.warehouse}: this is not the warehouse itself, which is a folder's {of.name}; write --warehouse "
            f"duckdb:///{of}",
            f"{self.warehouse}：不是数据仓库本身（每个文件夹一个，名为 {of.name}）；请写作 --warehouse duckdb:///{of}",
        )


class Next:
    """The next files, made in a folder beside and not yet in place."""

    def __init__(self, folder: Folder, beside: Path, session: duckdb.DuckDBPyConnection) -> None:
        self._folder = folder
        self._beside = beside
        self.made: list[str] = []
        """The files that are made, in the order in which they take their place."""
        self.session = session

    def make(self, file: str, copied: bool = False) -> None:
        """Attach the next file: empty, or as a copy of the one that stands."""
        path = self._beside / self._folder.path(file).name
        if copied:
            shutil.copyfile(self._folder.path(file), path)
        attach(self.session, path, f"next_{file}", "" if copied else f"STORAGE_VERSION '{STORAGE}'")
        self.made.append(file)

    def move(self) -> None:
        """Every file that was made takes its place."""
        for file in self.made:
            self.session.execute(f"DETACH {quoted(f'next_{file}')}")
        begin(self._folder.log)
        for file in self.made:
            self._move(self._beside / self._folder.path(file).name, self._folder.path(file), file)

    def _move(self, made: Path, place: Path, file: str) -> None:
        made.chmod(OWNERS if file == VAULT else GROUPS)
        if place.exists():  # the group that was given a tier's file keeps it
            with suppress(PermissionError):
                os.chown(made, -1, place.stat().st_gid)
        made.replace(place)
        place.with_name(f"{place.name}.wal").unlink(missing_ok=True)


@contextmanager
def next_files(folder: Folder) -> Iterator[Next]:
    """The one publication there may be at a time. What is not moved at its end is thrown away."""
    try:
        folder.warehouse.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder), _beside(folder) as beside, session(beside) as connection:
            yield Next(folder, beside, connection)
    except duckdb.Error as error:
        raise failed(folder.warehouse, error) from None
    except OSError as error:
        raise unusable(folder.warehouse, cause(str(error.strerror))) from None


@contextmanager
def _alone(folder: Folder) -> Iterator[None]:
    """Wait for another publication, or tell of it. The lock is the publisher's alone and goes with its process."""
    held = os.open(
        folder.warehouse.with_name(".publishing"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNERS
    )
    try:
        until = 0.0
        while not _locked(held):
            if not until:
                until = _waiting(folder.warehouse.parent, *ANOTHER)
            elif time.monotonic() > until:
                raise publishing(folder.warehouse.parent)
            time.sleep(0.1)
        yield
    finally:
        os.close(held)


ANOTHER = "another publication", "另一个发布任务"


def _waiting(path: Path, en: str, zh: str) -> float:
    """Say at once for whom is waited, and how long; until when that is."""
    log.warning(
        say(
            f"{path}: waiting up to {PATIENCE:g} seconds for {en}",
            f"{path}：正在等待{zh}，最多 {PATIENCE:g} 秒",
        )
    )
    return time.monotonic() + PATIENCE


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _beside(folder: Folder) -> Iterator[Path]:
    """A folder of its owner's alone on the same disk; those that a kill left are tidied away."""
    home = folder.warehouse.parent
    for left in (*home.glob(f"{ASIDE}*"), home / ".vault-spill"):
        shutil.rmtree(left, ignore_errors=True)
    beside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=home))
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def session(spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A session that loads nothing by itself, within its limits."""
    with duckdb.connect(
        ":memory:", config={**CONFIG, "temp_directory": str(spill / "spill")}
    ) as made:
        made.execute("SET enable_progress_bar = false")  # what people read is ours
        yield made


def attach(made: duckdb.DuckDBPyConnection, path: Path, alias: str, *options: str) -> None:
    """Attach a file; wait a while if a program has it open for writing.

    The type is said: DuckDB would take a CSV for a database of its own, and keep nothing of what is written.
    """
    said = ", ".join(("TYPE duckdb", *filter(None, options)))
    until = 0.0
    while True:
        try:
            made.execute(f"ATTACH {literal(str(path))} AS {quoted(alias)} ({said})")
        except duckdb.Error as error:
            why = cause(str(error))
            if why != BUSY or (until and time.monotonic() > until):
                raise unusable(path, why, holder(str(error))) from None
            until = until or _waiting(path, *holder(str(error)))
            time.sleep(0.2)
        else:
            return


def attach_standing(made: duckdb.DuckDBPyConnection, folder: Folder, files: Iterable[str]) -> None:
    """Attach those of the files that are there, to be read."""
    for file in files:
        if folder.has(file):
            attach(made, folder.path(file), f"file_{file}", "READ_ONLY")
