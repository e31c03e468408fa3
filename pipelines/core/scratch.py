"""Where clear bytes wait while they are worked on: folders of our own, beneath the lake where there is one.

A killed program leaves its folder behind. The next one that starts here removes it: folders are named after
their process, and only those of this user whose process is gone are ours to remove.
"""

import os
import re
import shutil
import socket
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import fsspec

BENEATH_LAKE = ".scratch"
OURS = re.compile(r"(.+)-(\d+)-(\d+)-[0-9a-f]{8}")
"""A folder's name: machine, process, when that began (numbers are given out again), and what tells it apart."""
FORGOTTEN_SECONDS = 7 * 24 * 3600
"""Several machines may share a lake: what another one left is left over when nothing was done there for so long."""

_base: list[Path] = []
"""Where folders are made; empty until somebody says, or the first is made."""


def live_beneath(lake: str) -> None:
    """From now on make folders beneath this lake, if it is on this machine; and tidy up there."""
    files, root = fsspec.url_to_fs(lake)
    if "file" not in files.protocol:
        return
    with suppress(OSError):  # whoever writes the lake first says what is wrong with it
        Path(root).mkdir(mode=0o700, parents=True, exist_ok=True)
        _settle(Path(root) / BENEATH_LAKE)


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder for this user alone, gone afterwards."""
    made = new_folder()
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def new_folder() -> Path:
    """A new folder for this user alone, for whoever removes it; at the latest, the next program does."""
    owner = f"{socket.gethostname()}-{os.getpid()}-{_began(os.getpid())}"
    made = base() / f"{owner}-{uuid.uuid4().hex[:8]}"
    made.mkdir(mode=0o700)
    return made


def base() -> Path:
    """Where folders are made: beneath the lake, or else a folder of this user's where temporary files belong."""
    if not _base:
        _settle(Path(tempfile.gettempdir()) / f"mingce-{os.getuid()}")
    _base[0].mkdir(mode=0o700, parents=True, exist_ok=True)
    return _base[0]


def _settle(base: Path) -> None:
    """Make folders here from now on. A folder that somebody else prepared is not used: they could read it."""
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    if base.is_symlink() or base.stat().st_uid != os.getuid():
        base = Path(tempfile.mkdtemp(prefix="mingce-"))
    base.chmod(0o700)
    _base[:] = [base]
    for left in base.iterdir():
        if _is_left_over(left):
            shutil.rmtree(left, ignore_errors=True)


def _is_left_over(path: Path) -> bool:
    """Whether this is a folder of ours, of a process that is gone."""
    named = OURS.fullmatch(path.name)
    if named is None or path.is_symlink():
        return False
    machine, process, began = named.groups()
    if machine == socket.gethostname():
        return _began(int(process)) != began
    return time.time() - path.stat().st_mtime > FORGOTTEN_SECONDS


def _began(process: int) -> str:
    """When a process began, in the system's own count; 0 if there is none, 1 where the system does not say."""
    try:
        said = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return str(int(_is_running(process)))
    return said.rpartition(")")[2].split()[19]


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError as error:
        return not isinstance(error, ProcessLookupError)
    return True
