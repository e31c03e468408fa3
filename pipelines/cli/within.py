"""Within: a question of the command line ends this process rather than outlast its limits.

Some functions of DuckDB look at no interruption until they are done, and take memory that no limit of its own counts.
"""

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

import typer

from pipelines.core.errors import OutageError, say

GRACE = 10.0
"""Seconds after its limit by which an interrupted question has ended, if it can be interrupted."""
LARGEST = 8 * 1024**3
"""Bytes of address space: what memory limits allow, the program itself and its threads."""


@contextmanager
def within(seconds: float, told: Callable[[], None]) -> Iterator[None]:
    """End the process if what is done inside is not over by then; `told` keeps that it was so."""
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST if most < 0 else min(LARGEST, most), most))
    timer = Timer(seconds + GRACE, _end, (seconds, told))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # a thread that outlives the program keeps what it knows from being given back
        resource.setrlimit(resource.RLIMIT_AS, (before, most))


def _end(seconds: float, told: Callable[[], None]) -> None:
    try:
        told()
        said = say(
            f"the statement took more than {seconds:g} seconds and was ended: ask for less, or give --timeout",
            f"语句执行超过 {seconds:g} 秒，已终止：请缩小查询范围，或以 --timeout 放宽时限",
        )
        typer.echo(said, err=True)
    finally:
        os._exit(OutageError.exit_code)
