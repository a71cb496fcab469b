"""Files written whole or not at all, and several together or none: aside first, flushed, then put in place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from cli import leftovers
from cli.session import Asked, fault
from cli.sheets import UnencodableError
from policy.catalogue.system import why_of

Fill = Callable[[Path], None]
"""What writes a file at a path."""
KINDS = (".csv", ".xlsx", ".parquet", ".json")


def refuse_target(target: Path, inputs: Sequence[str], language: str, asked: Asked, *, force: bool) -> None:
    """End the command if `target` must not be written: it is one of the inputs, or there already."""
    try:
        there = target.exists()
        given = (Path(each) for spec in inputs for each in (spec, spec.partition("=")[2], spec.rpartition("#")[0]))
        read = there and any(_among(target, path) for path in given if path.name)
    except OSError as error:
        fault("ZS906", language, asked, file=str(target), why=why_of(error))
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


def write(target: Path, fill: Fill, language: str, asked: Asked) -> None:
    """Have `fill` write a file aside and put it in the place of `target`; ends the command if that fails."""
    write_together([(target, fill)], language, asked)


def write_together(parts: Sequence[tuple[Path, Fill | None]], language: str, asked: Asked) -> None:
    """Have several files written, all of them or none; a file without `Fill` is removed. Ends the command if one fails.

    First all are written aside and flushed, then they are put in place; what stood there comes back if one cannot be.
    """
    asides: list[tuple[Path, Path | None]] = []
    target = parts[0][0]
    try:
        for target, fill in parts:
            leftovers.clear(target.parent)
            aside = leftovers.name_beside(target) if fill is not None else None
            asides.append((target, aside))
            if fill is not None and aside is not None:
                _filled(aside, fill)
        _put_in_place(asides)
    except UnencodableError as error:
        fault("ZS920", language, asked, file=str(target), **error.told)
    except _UnplacedError as error:
        fault("ZS906", language, asked, file=str(error.target), why=str(error))
    except OSError as error:
        fault("ZS906", language, asked, file=str(target), why=why_of(error))
    finally:
        _removed(aside for _, aside in asides)


class _UnplacedError(Exception):
    """A file that is written cannot be put in its place."""

    def __init__(self, target: Path, error: OSError) -> None:
        super().__init__(why_of(error))
        self.target = target


def _filled(aside: Path, fill: Fill) -> None:
    aside.touch(exist_ok=False)
    fill(aside)
    with aside.open("rb+") as written:
        os.fsync(written.fileno())


def _put_in_place(asides: Sequence[tuple[Path, Path | None]]) -> None:
    """Every file put in its place; where that fails, or is ended, what stood there before comes back."""
    kept: list[tuple[Path, Path | None]] = []
    done = False
    target = asides[0][0]
    try:
        for target, aside in asides:
            kept.append((target, _kept(target) if len(asides) > 1 else None))
            if aside is None:
                target.unlink(missing_ok=True)
            else:
                aside.replace(target)
        done = True
    except OSError as error:
        raise _UnplacedError(target, error) from error
    finally:
        if not done and len(asides) > 1:
            _put_back(kept)
        _removed(old for _, old in kept)


def _kept(target: Path) -> Path | None:
    """A second name for what stands at a place, to be put back from; None if nothing does."""
    if not os.path.lexists(target):
        return None
    beside = leftovers.name_beside(target)
    try:
        os.link(target, beside, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(target, beside)
    return beside


def _put_back(kept: Sequence[tuple[Path, Path | None]]) -> None:
    for target, old in reversed(kept):
        with suppress(OSError):
            if old is None:
                target.unlink(missing_ok=True)
            else:
                old.replace(target)


def _removed(files: Iterable[Path | None]) -> None:
    for file in files:
        if file is not None:
            with suppress(OSError):
                file.unlink()


def write_text(target: Path, text: str, language: str, asked: Asked) -> None:
    """Write a text file."""
    write(target, lambda aside: plain(aside, text), language, asked)


def plain(aside: Path, text: str) -> None:
    """Text as it is, in UTF-8."""
    aside.write_text(text, encoding="utf-8", newline="")
