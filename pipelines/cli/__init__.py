"""The commands: each parses, calls, prints; no logic. `mingce --help` lists them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Annotated, Any

import click
import typer

from pipelines.cli.spoken import Spoken, chosen, known
from pipelines.core import log
from pipelines.core.errors import LANGUAGE, ConfigError, InternalError, OutageError, PlatformError
from pipelines.core.files import FULL
from pipelines.core.location import without_secrets

_UsageError: Any = typer.BadParameter.__base__
"""Click's, or that of the copy of Click which newer versions of Typer bring."""


class _Commands(Spoken):
    """The commands; what is said of a wrong call repeats no password that stood in it."""

    def invoke(self, ctx: Any) -> Any:
        """Parse and run the command. Raises UsageError if it is called wrongly."""
        try:
            return super().invoke(ctx)
        except _UsageError as error:
            raise _UsageError(without_secrets(error.format_message()), error.ctx) from None


app = typer.Typer(
    name="mingce",
    help="Customer records of many channels, turned into one trustworthy, masked, measured view.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"mingce {version('mingce')}")
        raise typer.Exit


@app.callback(cls=_Commands)
def start(
    lang: Annotated[
        str, typer.Option(help="Language, anywhere on the line: en or zh; else from LANG.")
    ] = "",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log every step.")] = False,
    is_version_asked: Annotated[
        bool,
        typer.Option(
            "--version", help="Say which version this is.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Set the language and the log, once."""
    with stopping():
        LANGUAGE.set(chosen(known(lang)))
    log.configure(verbose)


@contextmanager
def stopping() -> Iterator[None]:
    """Turn an error into its sentence on standard error and its exit code.

    An error that is not ours may quote a value, and so may its traceback: only its class and place are told.
    """
    try:
        yield
    except PlatformError as error:
        stopped = error.alone()
    except OSError as error:
        stopped = _of_system(error)
    except (typer.Exit, typer.Abort, click.ClickException):
        raise
    except Exception as error:
        stopped = InternalError.at(error)
    else:
        return
    typer.echo(str(stopped), err=True)
    raise typer.Exit(stopped.exit_code) from None


def _of_system(error: OSError) -> PlatformError:
    """What the operating system refused, and on which file: a path, no value."""
    if error.strerror is None or not isinstance(error.filename, str):
        return InternalError.at(error)
    if error.errno in FULL:
        return OutageError(
            f"{error.filename}: the disk is full: make room, then run again",
            f"{error.filename}：磁盘已满，请腾出空间后重新运行",
        )
    return ConfigError(
        f"{error.filename}: {error.strerror}; give another path, or the right to use it",
        f"{error.filename}：{error.strerror}；请更换路径或授予权限",
    )


def is_terminal() -> bool:
    """Whether progress may be drawn."""
    return sys.stderr.isatty()


from pipelines.cli import ask, describe, detect, init, mask, read, register, report, run, sample, scan, schema, train  # noqa: E402, F401, I001 - each adds its commands to `app`  # fmt: skip
