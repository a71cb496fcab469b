"""`check --watch`: checked again whenever a file is saved, until Ctrl+C."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from cli import session, terminal
from cli.speech import chosen, say
from dsl.pipeline import Loaded

Tell = Callable[[Path, Loaded], None]


def repeat(policies: Sequence[Path], asked: session.Asked, tell: Tell) -> None:
    """Tell what is found in each file now and after every change; ends the command.

    Folders are watched, not files: many editors save by putting another file in its place.
    """
    try:
        from watchfiles import watch
    except ImportError:
        session.fault("ZS921", chosen(asked.language), asked)
        raise
    wanted = {path.resolve(): path for path in policies}
    logging.getLogger("watchfiles").setLevel(logging.ERROR)
    language = "zh"
    for path in policies:
        loaded = session.load(path, asked)
        language = chosen(asked.language, loaded.language)
        tell(path, loaded)
    terminal.line(say("watching", language))
    for changes in watch(*{path.parent for path in wanted}, recursive=False, raise_interrupt=False):
        touched = {Path(changed).resolve() for _, changed in changes}
        for full, path in wanted.items():
            if full in touched and full.is_file():
                terminal.line()
                tell(path, session.load(path, asked))
    terminal.leave(terminal.FINE)
