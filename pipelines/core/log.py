"""Logging: run, channel and day stand on every line; no line carries a customer's value."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_WHERE: ContextVar[str] = ContextVar("where", default="-")

QUIET = (
    "great_expectations",
    "splink",
    "presidio-analyzer",
    "presidio-anonymizer",
    "py4j",
    "tldextract",
)
"""Libraries whose INFO lines tell a reader nothing, or might quote a row."""


class _Where(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.where = _WHERE.get()
        return True


@contextmanager
def at(where: str) -> Iterator[None]:
    """Put `where` (channel, day, step) on every line logged inside."""
    token = _WHERE.set(where)
    try:
        yield
    finally:
        _WHERE.reset(token)


def configure(verbose: bool = False) -> None:
    """Log to standard error, one line an event. Called once, where a program starts."""
    sink = logging.StreamHandler()
    sink.addFilter(_Where())
    sink.setFormatter(logging.Formatter("%(asctime)s %(levelname)s [%(where)s] %(message)s"))
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, handlers=[sink], force=True
    )
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
