"""Spoken: the command line's own words, its help and what it says of wrong use, in the reader's language."""

import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typer
import yaml
from typer import rich_utils
from typer.core import TyperGroup

from pipelines.cli.flowing import Flowing
from pipelines.core.errors import LANGUAGE, ConfigError, say

WORDS = Path(__file__).with_name("zh.yaml")
HAN = re.compile("[\u4e00-\u9fff]")
LANG = "--lang"
INVALID, UNREAD = "的取值无效：", "不符合该选项的类型"
"""What stands before the reason why a value is refused; and a reason, where Typer's has no translation."""
RICH_TEXT = rich_utils._make_rich_text
Wrong: type[Exception] = typer.BadParameter.__mro__[1]
"""What Typer raises of wrong use, whichever copy of Click it brings."""


def asked(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """What --lang says, wherever it stands on the line, and the other words; None if it is not there.

    The last one counts. Behind `--` nothing is an option.
    """
    end = words.index("--") if "--" in words else len(words)
    said, others, place = None, [], 0
    while place < end:
        word, place = words[place], place + 1
        if word.startswith(f"{LANG}="):
            said = word.partition("=")[2]
        elif word != LANG:
            others.append(word)
        elif place < end:
            said, place = words[place], place + 1
        else:
            return None, [LANG]  # Typer says that it lacks its value
    return said, [*others, *words[end:]]


def chosen(said: str | None) -> str:
    """The language to speak: the one that --lang names, else LANG's."""
    return "zh" if (said or os.environ.get("LANG", "")).startswith("zh") else "en"


def known(said: str) -> str:
    """The language that --lang names, or nothing if it names none. Raises ConfigError if it is not spoken here."""
    if said not in ("", "zh", "en"):
        raise ConfigError(
            f"--lang {said!r}: the languages are zh and en", f"--lang {said!r}：语言只有 zh 和 en"
        )
    return said


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return found


def in_chinese(text: str) -> str:
    """A help text in Chinese; as it is if nobody translated it."""
    found: str = _words()["help"].get(text, text)
    return found


def wrong_in_chinese(text: str) -> str:
    """What Typer says of wrong use."""
    for english, chinese in _words()["errors"]:
        text = re.sub(english, chinese, text)
    kept, is_invalid, why = text.partition(INVALID)
    return f"{kept}{INVALID}{UNREAD}" if is_invalid and not HAN.search(why) else text


class Spoken(TyperGroup):
    """The commands, in the reader's language. A command tree is made anew for each call, so it may be changed."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **settings: Any) -> Any:
        said, others = asked(sys.argv[1:] if args is None else args)
        LANGUAGE.set(chosen(said))
        _title()
        if LANGUAGE.get() == "zh":
            for command in (self, *self.commands.values()):
                _translate(command)
        return super().main(others if said is None else [LANG, said, *others], *more, **settings)

    def make_context(self, *args: Any, **settings: Any) -> Any:
        try:
            return super().make_context(*args, **settings)
        except Wrong as error:
            raise _spoken(error) from None

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Wrong as error:
            raise _spoken(error) from None


def _spoken(error: Any) -> Any:
    """The same wrong use, said in the reader's language."""
    if LANGUAGE.get() != "zh":
        return error
    said: Any = Wrong
    return said(wrong_in_chinese(error.format_message()), ctx=error.ctx)


def _translate(command: Any) -> None:
    command.help = in_chinese(command.help) if command.help else command.help
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = in_chinese(parameter.help)
    usage, option = command.get_usage, command.get_help_option
    command.get_usage = lambda ctx: _usage(usage(ctx))

    def help_option(ctx: Any) -> Any:
        found = option(ctx)
        if found is not None and found.help:
            found.help = in_chinese(found.help)
        return found

    command.get_help_option = help_option


def _flowing(**said: Any) -> Flowing:
    text: Any = RICH_TEXT(**said)
    return Flowing([text])


def _usage(text: str) -> str:
    for english, chinese in _words()["usage"].items():
        text = text.replace(english, chinese, 1)
    return text


def _title() -> None:
    """What Typer writes around the texts, and how it breaks them; it keeps both as its module's own."""
    rich_utils.Columns = Flowing  # type: ignore[assignment, attr-defined]
    rich_utils._make_rich_text = _flowing  # type: ignore[assignment]
    rich_utils.ARGUMENTS_PANEL_TITLE = say("Arguments", "参数")
    rich_utils.OPTIONS_PANEL_TITLE = say("Options", "选项")
    rich_utils.COMMANDS_PANEL_TITLE = say("Commands", "命令")
    rich_utils.ERRORS_PANEL_TITLE = say("Error", "错误")
    rich_utils.DEFAULT_STRING = say("[default: {}]", "[默认：{}]")
    rich_utils.REQUIRED_LONG_STRING = say("[required]", "[必填]")
    rich_utils.ABORTED_TEXT = say("Aborted.", "已中止。")
    rich_utils.RICH_HELP = say(
        "Try [blue]'{command_path} {help_option}'[/] for help.",
        "用 [blue]'{command_path} {help_option}'[/] 查看说明。",
    )
