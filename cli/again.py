"""How to have a result again: the command as it was given, the program, and what the files were."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.render.simulation_words import word

if TYPE_CHECKING:
    from datetime import date

_LEAVING = {"output", "force", "form", "lang", "ascii", "encoding"}
"""Options that say where a result goes and how it looks."""


def again(files: Sequence[str | Path], as_of: date | None, language: str) -> list[tuple[str, str]]:
    """What it takes, as pairs of a name and a value."""
    from zhunsheng import __version__

    told = [(word("command", language), command()), (word("program", language), f"zhunsheng {__version__}")]
    told += [(word("as_of", language), as_of.isoformat())] if as_of is not None else []
    read = [path for each in dict.fromkeys(map(Path, files)) for path in _within(each)]
    return told + [(word("digest", language, file=str(path)), _digest(path)) for path in read]


def _within(path: Path) -> list[Path]:
    """The files that a path stands for."""
    if path.is_dir():
        return sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
    return [path] if path.is_file() else []


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def command() -> str:
    """The command that is running, without what only says where its result goes."""
    context = click.get_current_context()
    return shlex.join(("zhunsheng", context.command.name or "", *_given(context)))


def _given(context: click.Context) -> Iterator[str]:
    arguments: list[str] = []
    for each in context.command.params:
        value = context.params.get(each.name or "")
        if each.name in _LEAVING or value is None or value == [] or value == () or value == each.default:
            continue
        values = [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]
        if isinstance(each, click.Option):
            yield from ((each.opts[0],) if each.is_flag else (part for v in values for part in (each.opts[0], v)))
        else:
            arguments += values
    yield from arguments
