"""Errors: one class per party who has to act. A message says where, what and what to do next."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Self

from pipelines.core.location import without_secrets

LANGUAGE: ContextVar[str] = ContextVar("language", default="en")
"""The language in which messages are read: ``en`` or ``zh``. The command line sets it."""


def say(en: str, zh: str) -> str:
    """The one of the two sentences that the reader wants."""
    return zh if LANGUAGE.get() == "zh" else en


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What is said meanwhile is said in this language: words that stay, for readers who are not here."""
    before = LANGUAGE.set(language)
    try:
        yield
    finally:
        LANGUAGE.reset(before)


class PlatformError(Exception):
    """Something stopped, and somebody has to act. Never carries a customer's value, nor what opens a source.

    Both languages are given where it is raised; which one is read is decided when it is printed.
    """

    exit_code = 1

    def __init__(self, en: str, zh: str) -> None:
        self.en = without_secrets(en)
        self.zh = without_secrets(zh)
        super().__init__(self.en, self.zh)

    def __str__(self) -> str:
        return say(self.en, self.zh)

    def alone(self) -> Self:
        """The error without the way it came.

        The frames behind it hold databases, and what validated a file holds the frames where no collector sees it:
        neither would be given back before the process ends.
        """
        self.__traceback__ = self.__context__ = self.__cause__ = None
        return self


class ConfigError(PlatformError):
    """A pack, a setting or a call is wrong: for whoever wrote it."""

    exit_code = 2


class SourceError(PlatformError):
    """What a channel delivered cannot be used: for the channel's owner."""


class DataError(PlatformError):
    """The rows were read, but do not hold what must hold: for the data steward."""


class OutageError(PlatformError):
    """Something outside is away or busy: nobody has to act yet, retry."""

    exit_code = 3


class InternalError(PlatformError):
    """A fault of ours: where in the code it struck, and nothing of the data it struck on."""

    @classmethod
    def at(cls, error: Exception) -> "InternalError":
        """`error` by its class and the place in the code; its message may quote a value."""
        frames = traceback.extract_tb(error.__traceback__)
        where = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames[-4:]))
        name = type(error).__name__
        return cls(
            f"{name} at {where}: a fault in Mingce; nothing was replaced. Report this line, it holds no data",
            f"{name}（{where}）：程序内部错误，原有结果未被替换。请上报此行，其中不含数据",
        )
