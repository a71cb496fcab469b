"""The command `zhunsheng`: finds the command that is meant and imports that one alone, so that it answers at once."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import typer

COMMANDS = ("demo", "check", "fmt", "run", "explain", "simulate", "test", "template", "codes")
ABOUT = "准绳：让制度自己检查、自己裁定、自己说明。 Schemes that check, decide and explain themselves."


def application(wanted: str | None) -> typer.Typer:
    """The application with the wanted command, or with all of them where none is known by that name."""
    app = typer.Typer(help=ABOUT, no_args_is_help=True, add_completion=wanted is None, pretty_exceptions_enable=False)
    app.callback()(_start)
    for name in (wanted,) if wanted else COMMANDS:
        command = import_module(f"cli.commands.{name}").command
        app.command(name)(command)
    return app


def _start() -> None:
    """准绳：让制度自己检查、自己裁定、自己说明。 Schemes that check, decide and explain themselves."""


def main() -> None:
    """The entry point: runs the command and ends quietly where the reader of its output has gone."""
    gc.disable()  # one short run that keeps what it makes; collecting would only go over it again and again
    word = next((a for a in sys.argv[1:] if not a.startswith("-")), None)
    wanted = word if word in COMMANDS and sys.argv[1] == word else None
    try:
        application(wanted)()
    except BrokenPipeError:
        _close_quietly()


def _close_quietly() -> None:
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


if __name__ == "__main__":
    main()
