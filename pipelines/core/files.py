"""Files a command writes: each whole, or not there."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.core.errors import ConfigError, OutageError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says where there is no room."""


def require_ending(target: Path, *endings: str) -> None:
    """Raise ConfigError if the file's name promises what would not stand in it: x.pdf is no HTML."""
    if not target.name.lower().endswith(endings):
        raise ConfigError(
            f"{target}: this is written as {', '.join(endings)} only; give the file a name that ends so",
            f"{target}：只能写为 {'、'.join(endings)}，请使用相应的文件扩展名",
        )


PRIVATE, SHARED = 0o600, 0o640
"""Who reads what a command writes: its owner alone; or the owner's group too, where it tells of no customer."""


@contextmanager
def aside(target: Path, mode: int = PRIVATE) -> Iterator[Path]:
    """A file beside the target that takes its place when it is whole. It is its owner's alone until then.

    Raises ConfigError if it cannot be written, OutageError if the disk is full.
    """
    written = target.with_name(f".{target.name}.aside-{os.getpid()}")
    if target.exists() and not target.is_file():
        raise ConfigError(
            f"{target}: is a folder or a device; name a file", f"{target}：是目录或设备，请指定文件"
        )
    try:
        os.close(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, PRIVATE))
        written.chmod(PRIVATE)
        yield written
        written.chmod(mode)
        written.replace(target)
    except OSError as error:
        stopped = OutageError if error.errno in FULL else ConfigError
        raise stopped(
            f"{target}: cannot be written ({error.strerror}); give a folder that exists and has room",
            f"{target}：无法写入（{error.strerror}），请指定存在且有空间的目录",
        ) from None
    finally:
        written.unlink(missing_ok=True)
