"""The clock of a process that reads for another: it ends when nothing has come for too long.

The system ends it, whatever a library is doing; in any other process this does nothing.
"""

import signal

_seconds: list[int] = []


def begin(seconds: int) -> None:
    """From now on something has to come every so many seconds."""
    _seconds[:] = [seconds]
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    came()


def came() -> None:
    """Rows have come."""
    if _seconds:
        signal.setitimer(signal.ITIMER_REAL, _seconds[0])
