"""The clock of a process that reads for another: it ends when nothing has come for too long.

The system ends it, whatever a library is doing; in any other process this does nothing.
"""

import signal

ENDS = (signal.SIGPROF, signal.SIGALRM)
"""What the system ends the process with: when it has computed for too long, and when it has waited for too long."""
PATIENCE = 10
"""So many times as long may pass by the clock: a machine may be busy with other things."""

_seconds: list[int] = []


def begin(seconds: int) -> None:
    """From now on something has to come every so many seconds."""
    _seconds[:] = [seconds]
    for ends in ENDS:
        signal.signal(ends, signal.SIG_DFL)
    came()


def came() -> None:
    """Rows have come."""
    if _seconds:
        signal.setitimer(signal.ITIMER_PROF, _seconds[0])
        signal.setitimer(signal.ITIMER_REAL, _seconds[0] * PATIENCE)
