"""Logging: run, channel and day stand on every line; no line carries a customer's value."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pipelines.core.location import without_secrets

_WHERE: ContextVar[str] = ContextVar("where", default="-")

OURS = ("pipelines", "expectations", "warehouse", "masking", "mingce_dags")
"""Our rooms. Libraries' INFO lines are not ours to answer for: some name the address they call, token and all."""

QUIET = (
    "great_expectations",
    "splink",
    "presidio-analyzer",
    "presidio-anonymizer",
    "py4j",
    "sqlglot",
    "tldextract",
)
"""Libraries whose warnings tell a reader nothing, or might quote a row."""


class _Where(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.where = _WHERE.get()
        record.msg, record.args = without_secrets(record.getMessage()), None
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
    logging.basicConfig(level=logging.WARNING, handlers=[sink], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO if verbose else logging.NOTSET)
    quieten()


def quieten() -> None:
    """Let libraries tell of errors only."""
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
