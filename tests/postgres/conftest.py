"""A real PostgreSQL of the tests' own, on a free port of this machine, thrown away at the end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/lib/postgresql"))
SUPERUSER = "postgres"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A URL of its superuser. The server refuses to run as root, so under root it runs as `postgres`."""
    runs_as = SUPERUSER if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="mingce-postgres-"))
    port = _free_port()
    if os.getuid() == 0:
        shutil.chown(folder, SUPERUSER)
    try:
        _as(runs_as, BIN / "initdb", "-D", folder / "data", "-U", SUPERUSER, "-A", "trust", "-E", "UTF8",
            "--no-sync", "--locale=C.UTF-8")  # fmt: skip
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        _as(
            runs_as,
            BIN / "pg_ctl",
            "-D",
            folder / "data",
            "-o",
            options,
            "-l",
            folder / "log",
            "-w",
            "start",
        )
        try:
            yield f"postgresql+psycopg://{SUPERUSER}@127.0.0.1:{port}/postgres"
        finally:
            _as(runs_as, BIN / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as(user: str, *command: object) -> None:
    uid = pwd.getpwnam(user).pw_uid
    subprocess.run(  # noqa: S603 - the server's own programs
        [str(part) for part in command],
        check=True, capture_output=True, cwd="/", timeout=120,
        **({"user": uid, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if uid != os.getuid() else {}),
    )  # fmt: skip


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
