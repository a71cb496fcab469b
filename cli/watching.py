"""`check --watch`: checked again whenever a file is saved, until Ctrl+C."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cli import session, terminal
from cli.speech import chosen, say
from dsl.pipeline import Loaded

Tell = Callable[[Path, Loaded], None]

LOOK = 500
"""Milliseconds after which the files are looked at even if no change was heard of, as on some network drives."""


def repeat(policies: Sequence[Path], asked: session.Asked, tell: Tell) -> None:
    """Tell what is found in each file now and after every change; ends the command.

    Folders are watched, not files: many editors save by putting another file in its place. Whether a file changed is
    seen by what is in it, so that no change between two looks is lost.
    """
    try:
        from watchfiles import watch
    except ImportError:
        session.fault("ZS921", chosen(asked.language), asked)
        raise
    logging.getLogger("watchfiles").setLevel(logging.ERROR)
    language = "zh"
    told: dict[Path, bytes | None] = {}
    for path in policies:
        told[path] = content(path)
        loaded = session.load(path, asked)
        language = chosen(asked.language, loaded.language)
        tell(path, loaded)
    terminal.line(say("watching", language))
    sys.stdout.flush()
    folders = {path.resolve().parent for path in policies}
    for _ in watch(*folders, recursive=False, raise_interrupt=False, yield_on_timeout=True, rust_timeout=LOOK):
        for path, before in told.items():
            now = content(path)
            if now is not None and now != before:
                told[path] = now
                terminal.line()
                tell(path, session.load(path, asked))
                sys.stdout.flush()
    terminal.leave(terminal.FINE)


def content(path: Path) -> bytes | None:
    """What is in a file, None while it cannot be read, as in the middle of being saved."""
    try:
        return path.read_bytes()
    except OSError:
        return None
