"""Files written whole or not at all: aside first, flushed to the disk, then put in place."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from cli.session import Asked, fault

KINDS = (".csv", ".xlsx", ".parquet", ".json")


def refuse_target(target: Path, inputs: Sequence[str], language: str, asked: Asked, *, force: bool) -> None:
    """End the command if `target` must not be written: it is one of the inputs, or there already."""
    try:
        there = target.exists()
        given = (Path(each) for spec in inputs for each in (spec, spec.partition("=")[2], spec.rpartition("#")[0]))
        read = there and any(_among(target, path) for path in given if path.name)
    except OSError as error:
        fault("ZS906", language, asked, file=str(target), why=error.strerror or str(error))
        raise
    if read:
        fault("ZS908", language, asked, file=str(target))
    if there and not force:
        fault("ZS907", language, asked, file=str(target))


def _among(target: Path, given: Path) -> bool:
    """Whether a file is the one given, or lies in the folder given."""
    if given.is_dir():
        return target.resolve().parent == given.resolve()
    return given.is_file() and target.samefile(given)


def write(target: Path, fill: Callable[[Path], None], language: str, asked: Asked) -> None:
    """Have `fill` write a file aside and put it in the place of `target`; ends the command if that fails."""
    aside = target.with_name(f".zhunsheng.{secrets.token_hex(8)}")
    try:
        aside.touch(exist_ok=False)
        fill(aside)
        with aside.open("rb+") as written:
            os.fsync(written.fileno())
        aside.replace(target)
    except OSError as error:
        fault("ZS906", language, asked, file=str(target), why=error.strerror or str(error))
    finally:
        with suppress(OSError):
            aside.unlink()


def write_text(target: Path, text: str, language: str, asked: Asked) -> None:
    """Write a text file."""
    write(target, lambda aside: _plain(aside, text), language, asked)


def _plain(aside: Path, text: str) -> None:
    aside.write_text(text, encoding="utf-8", newline="")
