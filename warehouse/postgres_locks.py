"""Locks of a publication: nobody who only reads can hold it up.

Publications exclude one another by a table that only they may touch. What they replace they lock last; a
tier's login that still reads it after a while is ended, whatever limits it set itself.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from masking.tiers import TIERS
from pipelines.core.errors import OutageError
from warehouse.roles import OWNER, role

Connect = Callable[[], "psycopg.Connection[Any]"]

LOCK_SCHEMA = "mingce"
"""A schema that nobody but the owner may use."""
LOCK = f"{LOCK_SCHEMA}.publishing"
AGAIN = 1.0
"""Seconds between two looks at who still blocks."""

BLOCKING = """
SELECT a.pid FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
WHERE a.pid = ANY(pg_blocking_pids(%(waits)s)) AND NOT r.rolsuper AND NOT pg_has_role(r.oid, %(owner)s, 'MEMBER')
AND EXISTS (SELECT FROM pg_roles t WHERE t.rolname = ANY(%(tiers)s) AND pg_has_role(r.oid, t.oid, 'MEMBER'))
"""
"""The sessions before `waits` in the queue that are a tier's, and no publisher's."""


def alone(session: "psycopg.Connection[Any]") -> None:
    """Exclude other publications until the transaction ends. Raises OutageError if one is running."""
    session.execute(f"CREATE TABLE IF NOT EXISTS {LOCK} ()".encode())
    try:
        with session.transaction():
            session.execute(f"LOCK TABLE {LOCK} IN EXCLUSIVE MODE NOWAIT".encode())
    except psycopg.errors.LockNotAvailable:
        raise OutageError(
            "another publication into this warehouse is running: wait for it, then run again",
            "另一个发布任务正在写入该数据仓库：请等其结束后重试",
        ) from None


def take(
    session: "psycopg.Connection[Any]", names: Iterable[str], patience: float, connect: Connect
) -> None:
    """Lock tables and views against everybody. Who of a tier reads on for longer than `patience` is ended.

    Raises LockNotAvailable if somebody else does not let go within twice as long.
    """
    if listed := ", ".join(names):
        with _ending(session.info.backend_pid, patience, connect):
            session.execute(f"SET LOCAL lock_timeout = '{round(2000 * patience)}ms'".encode())
            session.execute(f"LOCK TABLE {listed} IN ACCESS EXCLUSIVE MODE".encode())


@contextmanager
def _ending(waits: int, patience: float, connect: Connect) -> Iterator[None]:
    """While `waits` waits for longer than `patience`, end the tiers' sessions before it."""
    done = threading.Event()
    ender = threading.Thread(target=_end, args=(done, waits, patience, connect))
    ender.start()
    try:
        yield
    finally:
        done.set()
        ender.join()


def _end(done: threading.Event, waits: int, patience: float, connect: Connect) -> None:
    if done.wait(patience):
        return
    asked = {"waits": waits, "owner": OWNER, "tiers": [role(t) for t in TIERS]}
    try:
        with connect() as session:
            while not done.is_set():
                for (pid,) in session.execute(BLOCKING, asked).fetchall():
                    session.execute("SELECT pg_terminate_backend(%s)", (pid,))
                session.commit()
                done.wait(AGAIN)
    except psycopg.Error:
        return  # it may not end them: whoever waits is told when its own patience is over
