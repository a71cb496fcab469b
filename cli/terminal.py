"""The terminal: consoles that show data literally, and how a command ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 160
"""Columns of output that is not shown on a terminal."""

FINE, FAILED, MISUSED, OPEN = 0, 1, 2, 3
"""Exit codes: all decided; the policy or an example fails; wrong use or a file; done, but cases are open."""


def console(*, error: bool = False) -> Console:
    """A console that neither reads markup in what it shows nor colours what looks like a number."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else WIDE
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)


@contextmanager
def working(what: str, shown: bool) -> Iterator[None]:
    """Long work: shown as going on where somebody watches a terminal, and nowhere else."""
    if not shown or not sys.stderr.isatty():
        yield
        return
    with console(error=True).status(f"{what} …"):
        yield


def line(text: str = "", *, error: bool = False) -> None:
    """One plain line."""
    stream = sys.stderr if error else sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(visible(text).encode(encoding, "replace").decode(encoding) + "\n")


def raw(text: str) -> None:
    """Text that has been made for the terminal already."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


def visible(text: str) -> str:
    """Text with control characters as visible escapes; line breaks and tabs stay."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\x{ord(c):02x}" for c in text)


def as_json(value: Any) -> None:
    """One JSON document on standard output; exact numbers are given as text."""
    import json

    in_utf8(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def in_utf8(text: str) -> None:
    """Text for programs, on standard output in UTF-8 whatever the console's encoding; halves of characters as codes."""
    bytes_out = getattr(sys.stdout, "buffer", None)
    if bytes_out is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    bytes_out.write(text.encode("utf-8", "backslashreplace"))
    bytes_out.flush()


def leave(code: int) -> NoReturn:
    """End the command with an exit code."""
    import typer

    raise typer.Exit(code)
