"""`check --fix`: the offered fixes put into the file, as far as they go, shown as a diff and asked about before."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import typer
from rich.text import Text

from cli import session, terminal, writing
from cli.render.diagnostics import drawn
from cli.speech import chosen, say
from dsl import pipeline
from dsl.mending import applied, disjoint
from dsl.pipeline import Loaded
from policy.source import Source

ROUNDS = 50
"""Times that fixes are put in and the text is checked again; a text that still changes then is left as it is."""
STYLES = {"+": "green", "-": "red", "@": "cyan"}
MARK = b"\xef\xbb\xbf"


def mend(path: Path, loaded: Loaded, asked: session.Asked, *, unasked: bool) -> Loaded:
    """The file with its fixes in it, if they are wanted; what became of it."""
    source = loaded.source
    if source is None:
        return loaded
    mended = mended_text(loaded)
    language = chosen(asked.language, loaded.language)
    if mended.text == source.text:
        terminal.line(say("no_fix", language, file=path))
        return loaded
    terminal.console().print(*difference(source, mended), sep="\n", highlight=False)
    if not unasked:
        if not sys.stdin.isatty():
            terminal.line(say("fix_how", language))
            return loaded
        if not typer.confirm(say("fix_ask", language, file=path), default=False):
            return loaded
    data = encoded(path, mended)

    def fill(aside: Path) -> None:
        aside.write_bytes(data)

    writing.write(path, fill, language, asked)
    terminal.line(say("fixed", language, file=path))
    terminal.line()
    return session.load(path, asked)


def mended_text(loaded: Loaded) -> Source:
    """The text with every fix put in, and those that are offered then, until none is left."""
    assert loaded.source is not None
    source, said = loaded.source, loaded.diagnostics
    for _ in range(ROUNDS):
        fixes = disjoint(d.fix for d in said if d.fix is not None and d.accepted is None)
        if not fixes:
            break
        source = applied(source, *fixes)
        said = pipeline.compile_text(source).diagnostics
    return source


def difference(before: Source, after: Source) -> Iterator[Text]:
    """Both texts as a diff, each line in its colour."""
    old, new = (each.text.replace("\r\n", "\n").splitlines() for each in (before, after))
    for number, line in enumerate(unified_diff(old, new, lineterm="", n=2)):
        if number > 1:
            yield Text(drawn(line), STYLES.get(line[:1], ""), overflow="fold")


def encoded(path: Path, source: Source) -> bytes:
    """A text as the file was written: its encoding, and the mark at its start if it had one."""
    if source.encoding == "utf-8":
        with path.open("rb") as file:
            marked = file.read(len(MARK)) == MARK
        return (MARK if marked else b"") + source.text.encode()
    return source.text.encode(source.encoding)
