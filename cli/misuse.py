"""A command used wrongly, told in the language of messages: an option missing or unknown, a word too many.

Typer tells such things in English only; in English its own words stand.
"""

from __future__ import annotations

import re
import sys

import click

from cli import session, terminal
from cli.speech import chosen
from policy.diagnostic import Diagnostic, Severity
from policy.source import Source, Span

_QUOTED = re.compile(r"'([^']*)'")


def tell(error: click.UsageError) -> None:
    """What is wrong with the use, on standard error."""
    language = chosen(None)
    if language != "zh" or isinstance(error, click.exceptions.NoArgsIsHelpError):
        from typer.rich_utils import rich_format_error

        rich_format_error(error)
        return
    nowhere = Span(Source("", ""), 0, 0)
    session.show([Diagnostic("ZS911", Severity.ERROR, nowhere, {"why": said(error)})], language, session.Asked())


def undivided(error: Exception) -> int | None:
    """The exit code where a division was not worked out, which is then told; None for anything else."""
    from interpreter.exact.refusal import UndividedError

    if not isinstance(error, UndividedError):
        return None
    words = sys.argv[1:]
    asked = words[words.index("--lang") + 1] if "--lang" in words[:-1] else None
    nowhere = Span(Source("", ""), 0, 0)
    found = Diagnostic(error.reason.code, Severity.ERROR, nowhere, dict(error.reason.arguments))
    session.show([found], chosen(asked), session.Asked(json=words[-2:] == ["--format", "json"]))
    return terminal.MISUSED


def said(error: click.UsageError) -> str:
    """One sentence in Chinese."""
    match error:
        case click.NoSuchOption(option_name=name, possibilities=near):
            return f"没有“{name}”这个选项" + (f"，是不是“{near[0]}”？" if near else "")
        case click.MissingParameter(param=click.Option() as option):
            return f"少了选项“{max(option.opts, key=len)}”"
        case click.MissingParameter(param=click.Parameter() as argument):
            return f"少了“{argument.metavar or (argument.name or '').upper()}”"
        case click.BadOptionUsage(option_name=name):
            return f"选项“{name}”后面要写一个值"
        case click.BadParameter(param=click.Parameter() as given):
            typed = "、".join(_QUOTED.findall(error.message))
            return f"“{max(given.opts, key=len)}”的值不能用：{typed or error.message}"
        case _:
            return by_words(error)


def by_words(error: click.UsageError) -> str:
    """An error of no kind of its own, known by its words."""
    named = _QUOTED.findall(error.message)
    if error.message.startswith("No such command") and named:
        from cli.main import COMMANDS
        from dsl.suggest import nearest

        near = nearest(named[0], list(COMMANDS))
        return f"没有“{named[0]}”这个命令" + (f"，是不是“{near[0]}”？" if near else "")
    if (extra := re.search(r"extra arguments? \((.*)\)", error.message)) is not None:
        return f"多了“{extra.group(1)}”"
    return error.message
