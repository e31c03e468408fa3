"""Reading in a process of its own: what a file makes a library do there ends that process, never the run.

One process waits, with every reader loaded, and forks for each file: so a file costs milliseconds, and a limit on
memory and time holds for it alone.
"""

import atexit
import os
import pickle
import resource
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.channels.limits import MB, Limits, too_much
from pipelines.channels.readers import watch
from pipelines.channels.readers.reading import HELD_BYTES, Reading
from pipelines.core import scratch
from pipelines.core.errors import InternalError, PlatformError, SourceError

OUT_OF_MEMORY = 77
"""What the process ends with if Python was told that there is no more memory."""
SIZE = struct.Struct("<q")
SERVE = "from pipelines.channels.readers.apart import serve; serve()"
ROWS = "rows.arrow"


@dataclass(frozen=True)
class _Question:
    """What is to be called there, and where: a pickle each way, between processes of ours."""

    call: Callable[..., Any]
    arguments: tuple[Any, ...]
    limits: Limits
    folder: Path
    cwd: str
    environment: dict[str, str]


class _Waiting:
    """The process that waits, of the process that asks it."""

    def __init__(self) -> None:
        ours = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "OPENBLAS_NUM_THREADS": "1"}
        self.owner = os.getpid()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and words
            [sys.executable, "-P", "-c", SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library that gives up may say there what it read
            env=ours,
        )
        atexit.register(self.end)

    def ask(self, question: _Question) -> int:
        """How the process that was forked for the question ended, as `wait` says it."""
        asked = pickle.dumps(question)
        out, back = self._process.stdin, self._process.stdout
        assert out is not None  # noqa: S101 - both are pipes
        assert back is not None  # noqa: S101
        out.write(SIZE.pack(len(asked)) + asked)
        out.flush()
        said = back.read(SIZE.size)
        if len(said) != SIZE.size:
            raise BrokenPipeError
        return int(SIZE.unpack(said)[0])

    def stop(self) -> None:
        """End it, whatever it does."""
        atexit.unregister(self.end)
        self._process.kill()
        self._process.communicate()

    def end(self) -> None:
        """Let it go."""
        if self.owner == os.getpid():
            self._process.communicate()


_waiting: list[_Waiting] = []
_one_at_a_time = threading.Lock()


def reading(
    call: Callable[..., Reading], *arguments: Any, limits: Limits, shown: str, slow: PlatformError
) -> Reading:
    """What the reader gives for these arguments, read apart. Raises what it raises; `slow` if it takes too long."""
    with scratch.folder() as folder:
        found: Reading = _answer(_set_down, (folder, call, arguments), limits, shown, slow, folder)
        schema = found.rows.schema
        batches = _picked_up((folder / ROWS).open("rb"))  # the folder goes, an open file stays
        if (folder / ROWS).stat().st_size < HELD_BYTES:
            return replace(found, rows=pa.Table.from_batches(batches, schema))
        return replace(found, rows=pa.RecordBatchReader.from_batches(schema, batches))


def _picked_up(file: BufferedReader) -> Iterator[pa.RecordBatch]:
    with file, pa.ipc.open_stream(file) as rows:
        yield from rows


def answer(
    call: Callable[..., Any], *arguments: Any, limits: Limits, shown: str, slow: PlatformError
) -> Any:
    """What the function gives for these arguments, called apart."""
    with scratch.folder() as folder:
        return _answer(call, arguments, limits, shown, slow, folder)


def _answer(  # noqa: PLR0913 - a question and what to say of its failure
    call: Callable[..., Any],
    arguments: tuple[Any, ...],
    limits: Limits,
    shown: str,
    slow: PlatformError,
    folder: Path,
) -> Any:
    question = _Question(call, arguments, limits, folder, str(Path.cwd()), dict(os.environ))
    status = _asked(question)
    if not os.WIFEXITED(status) or os.WEXITSTATUS(status):
        raise _ended(status, limits, shown, slow)
    found = pickle.loads((folder / "answer").read_bytes())  # noqa: S301 - our own process wrote it
    if isinstance(found, PlatformError):
        raise found
    return found


def _asked(question: _Question) -> int:
    with _one_at_a_time:
        for _ in range(2):
            if not _waiting or _waiting[0].owner != os.getpid():
                _waiting[:] = [_Waiting()]
            try:
                return _waiting[0].ask(question)
            except (BrokenPipeError, ValueError):
                _waiting.clear()
            except (
                BaseException
            ):  # interrupted: its answer would be taken for that of the next question
                _waiting.pop().stop()
                raise
    raise InternalError(
        "the process that reads files cannot be started: see that Python and the memory suffice",
        "读取文件的进程无法启动：请检查 Python 与内存",
    )


def _ended(status: int, limits: Limits, shown: str, slow: PlatformError) -> PlatformError:
    """Why there is no answer: time, memory, or whatever a damaged file does to a library."""
    ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if ended_by in watch.ENDS:
        return slow
    aborted = ended_by in (signal.SIGABRT, signal.SIGKILL, signal.SIGTRAP)
    if aborted or (os.WIFEXITED(status) and os.WEXITSTATUS(status) == OUT_OF_MEMORY):
        return too_much(
            shown,
            "memory_mb",
            f"takes more than {limits.memory_mb:,} MB of memory, or is damaged",
            f"占用内存超过 {limits.memory_mb:,} MB，或文件已损坏",
        )
    return SourceError(
        f"{shown}: is damaged, or made to do harm: the library that reads it broke off; ask the channel's owner "
        "for the file again",
        f"{shown}：文件已损坏或含有恶意内容，读取库中断；请向渠道负责部门重新索取",
    )


def is_slow(shown: str, limits: Limits) -> SourceError:
    """What a file's content makes a library do does not end."""
    return too_much(
        shown,
        "answer_seconds",
        f"gave no rows for {limits.answer_seconds:,} seconds",
        f"{limits.answer_seconds:,} 秒内未给出任何行",
    )


def _set_down(folder: Path, call: Callable[..., Reading], arguments: tuple[Any, ...]) -> Reading:
    """Read, and leave the rows in a file of the folder."""
    found = call(*arguments)
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    batches = found.rows.to_batches() if isinstance(found.rows, pa.Table) else found.rows
    schema = found.rows.schema
    with (folder / ROWS).open("wb") as out, pa.ipc.new_stream(out, schema, options=options) as to:
        for batch in batches:
            watch.came()
            to.write_batch(batch)
    return replace(found, rows=schema.empty_table())


def serve() -> None:
    """Wait for questions and fork for each, until whoever asks is gone."""
    import pipelines.channels.readers.door
    import pipelines.channels.readers.tables  # noqa: F401 - loaded once, for all that are forked

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    asked, back = sys.stdin.buffer, sys.stdout.buffer
    while len(size := asked.read(SIZE.size)) == SIZE.size:
        question = asked.read(SIZE.unpack(size)[0])
        process = os.fork()
        if process == 0:
            _work(question)
        _, status = os.waitpid(process, 0)
        back.write(SIZE.pack(status))
        back.flush()


def _work(asked: bytes) -> None:
    """Answer one question, and end."""
    status = 1
    try:
        question = pickle.loads(asked)  # noqa: S301 - our own process asks
        _enter(question)
        try:
            found = question.call(*question.arguments)
        except PlatformError as error:
            found = error
        (question.folder / "answer").write_bytes(pickle.dumps(found))
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    finally:
        os._exit(status)


def _enter(question: _Question) -> None:
    """Take on the surroundings of whoever asks, and the limits."""
    os.environ.clear()
    os.environ.update(question.environment)
    os.environ["SQLITE_TMPDIR"] = str(question.folder)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin.fileno(), sys.stdout.fileno()):
        os.dup2(nowhere, stream)
    os.chdir(question.cwd)
    _limit(resource.RLIMIT_AS, question.limits.memory_mb * MB + _size_now())
    _limit(resource.RLIMIT_FSIZE, question.limits.unpacked_mb * MB)
    _limit(resource.RLIMIT_CORE, 0)  # a core would hold what was read
    watch.begin(question.limits.answer_seconds)


def _limit(what: int, most: int) -> None:
    """Allow this process no more of something, and no more than whoever started us allows."""
    allowed = [limit for limit in resource.getrlimit(what) if limit != resource.RLIM_INFINITY]
    least = min([most, *allowed])
    resource.setrlimit(what, (least, least))


def _size_now() -> int:
    """What the libraries have set aside before anything is read."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 1_024 * MB
    return int(pages) * resource.getpagesize()
