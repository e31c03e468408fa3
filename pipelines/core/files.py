"""Files a command writes: each whole, or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.core.errors import ConfigError


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place when it is whole. Raises ConfigError if it cannot be written."""
    written = target.with_name(f".{target.name}.aside-{os.getpid()}")
    try:
        yield written
        written.replace(target)
    except OSError as error:
        raise ConfigError(
            f"{target}: cannot be written ({error.strerror}); give a folder that exists and has room",
            f"{target}：无法写入（{error.strerror}），请指定存在且有空间的目录",
        ) from None
    finally:
        written.unlink(missing_ok=True)
