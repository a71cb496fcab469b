"""The command `zhunsheng`: finds the command that is meant and imports that one alone, so that it answers at once."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    import typer

COMMANDS = (
    "demo",
    "check",
    "fmt",
    "run",
    "explain",
    "simulate",
    "allocate",
    "amend",
    "test",
    "coverage",
    "template",
    "codes",
)
ABOUT = "准绳：让制度自己检查、自己裁定、自己说明。 Schemes that check, decide and explain themselves."


def application(wanted: str | None) -> typer.Typer:
    """The application with the wanted command, or with all of them where none is known by that name."""
    import typer

    app = typer.Typer(help=ABOUT, no_args_is_help=True, add_completion=wanted is None, pretty_exceptions_enable=False)
    shown = typer.Option(False, "--version", help="版本 Show the version.", is_eager=True, callback=_version)

    def start(version: bool = shown) -> None:
        del version

    start.__doc__ = ABOUT
    app.callback()(start)
    for name in (wanted,) if wanted else COMMANDS:
        command = import_module(f"cli.commands.{name}").command
        app.command(name)(command)
    return app


def _version(asked: bool) -> None:
    if asked:
        from cli import terminal
        from zhunsheng import __version__

        terminal.line(f"zhunsheng {__version__}")
        terminal.leave(terminal.FINE)


def main() -> None:
    """The entry point: runs the command; ends quietly where it is told to stop or nobody reads its output any more."""
    gc.disable()  # one short run that keeps what it makes; collecting would only go over it again and again
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    sys.unraisablehook = lambda _: None  # faults of clearing away, after what failed has been told
    _open_outlets()
    word = next((a for a in sys.argv[1:] if not a.startswith("-")), None)
    wanted = word if word in COMMANDS and sys.argv[1] == word else None
    try:
        try:
            _run(application(wanted))
        finally:
            sys.stderr.flush()
            sys.stdout.flush()
    except OSError as error:  # of the output itself: files that are read or written tell of their own
        _give_up(error)


def _run(app: typer.Typer) -> None:
    """The command, and its exit code; a wrong use is told in the language of messages."""
    import click

    try:
        code = app(standalone_mode=False)
    except click.UsageError as error:
        from cli import misuse

        misuse.tell(error)
        code = error.exit_code
    except click.Abort:
        code = 1
    except Exception as error:
        from cli import misuse

        code = misuse.undivided(error)
        if code is None:
            raise
    sys.exit(code if isinstance(code, int) else 0)


# -- being stopped --------------------------------------------------------------------------------------------------


def _stop(number: int, frame: FrameType | None) -> None:
    """Ctrl-C or a request to end: what is half done is cleared away on the way out, and only then is it over."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)


class _Outlet(io.FileIO):
    """An output whose reader may leave, as `head` does: the rest goes nowhere, and the exit code stays true."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            return len(data)


def _open_outlets() -> None:
    sys.stdout, sys.stderr = _outlet(sys.stdout, sys.__stdout__), _outlet(sys.stderr, sys.__stderr__)


def _outlet(stream: TextIO | None, own: TextIO | None) -> TextIO:
    """The process's own stream anew, or nowhere if it was closed; what its encoding lacks becomes a question mark."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    if stream is not own:
        return stream
    raw = _Outlet(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, "replace", line_buffering=stream.isatty())


def _give_up(error: OSError) -> None:
    """The output cannot be written: nothing can be said there, and what could not be flushed is dropped."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.stderr.write(f"zhunsheng: {error.strerror or error}\n")
    sys.stderr.flush()
    raise SystemExit(2)


if __name__ == "__main__":
    main()
