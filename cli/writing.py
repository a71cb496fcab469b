"""Files written whole or not at all: aside first, flushed to the disk, then put in place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from cli.session import Asked, fault

KINDS = (".csv", ".xlsx", ".parquet", ".json")


def refuse_target(target: Path, inputs: Sequence[str], language: str, asked: Asked, *, force: bool) -> None:
    """End the command if `target` must not be written: it is one of the inputs, or there already."""
    for given in inputs:
        path = Path(given.partition("=")[2] or given)
        if target.exists() and path.exists() and target.samefile(path):
            fault("ZS908", language, asked, file=str(target))
    if target.exists() and not force:
        fault("ZS907", language, asked, file=str(target))


def write(target: Path, fill: Callable[[Path], None], language: str, asked: Asked) -> None:
    """Have `fill` write a file aside and put it in the place of `target`; ends the command if that fails."""
    aside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent or Path())
        os.close(handle)
        aside = Path(name)
        fill(aside)
        with aside.open("rb+") as written:
            os.fsync(written.fileno())
        aside.chmod(0o666 & ~_umask())
        aside.replace(target)
        aside = None
    except OSError as error:
        fault("ZS906", language, asked, file=str(target), why=error.strerror or str(error))
    finally:
        if aside is not None:
            aside.unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def write_text(target: Path, text: str, language: str, asked: Asked) -> None:
    """Write a text file."""
    write(target, lambda aside: _plain(aside, text), language, asked)


def _plain(aside: Path, text: str) -> None:
    aside.write_text(text, encoding="utf-8", newline="")
