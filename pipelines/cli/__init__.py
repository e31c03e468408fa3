"""The commands: each parses, calls, prints; no logic. `mingce --help` lists them."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from pipelines.core import log
from pipelines.core.errors import LANGUAGE, PlatformError

app = typer.Typer(
    name="mingce",
    help="Customer records of many channels, turned into one trustworthy, masked, measured view. 名册",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def start(
    lang: Annotated[str, typer.Option(help="Language of messages: en or zh; else from LANG.")] = "",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log every step.")] = False,
) -> None:
    """Set the language and the log, once."""
    wanted = lang or os.environ.get("LANG", "")
    LANGUAGE.set("zh" if wanted.startswith("zh") else "en")
    log.configure(verbose)


@contextmanager
def stopping() -> Iterator[None]:
    """Turn an error of ours into its sentence on standard error and its exit code."""
    try:
        yield
    except PlatformError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from None


def is_terminal() -> bool:
    """Whether progress may be drawn."""
    return sys.stderr.isatty()


from pipelines.cli import ask, detect, init, mask, read, report, run, sample, scan, schema, train  # noqa: E402, F401 - each adds its commands to `app`
