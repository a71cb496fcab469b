"""`zhunsheng fmt`: the one canonical text of a policy, and its turn into the other keyword language."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import session, terminal
from cli.speech import chosen, say
from policy.source import Source


def command(
    policies: Annotated[list[Path], typer.Argument(help="政策文件 policy files", metavar="POLICY…")],
    check: Annotated[bool, typer.Option("--check", help="只检查，不改 only say whether anything would change")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="只显示改动 only show what would change")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写到别的文件 write to another file")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="把关键词改成 turn the keywords: zh, en")] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件 replace an existing file")] = False,
) -> None:
    """整理版面 Write policies in their canonical form; names and meaning stay."""
    asked = session.Asked(None)
    if lang not in (None, "zh", "en"):
        session.fault("ZS911", chosen(None), asked, why=f"--lang {lang}: zh, en")
    if output is not None and len(policies) > 1:
        session.fault("ZS911", chosen(None), asked, why="-o: 一次只能一个文件 one file at a time")
    changed = 0
    for path in policies:
        source, formatted = _formatted(path, lang, asked)
        if output is None and formatted == source.text:
            continue
        changed += 1
        if diff or check:
            _said(path, source, formatted, diff=diff)
        else:
            _write(output or path, formatted, asked, force=force or output is None)
    if not diff and not check:
        terminal.line(say("formatted", chosen(None), count=changed))
    terminal.leave(terminal.FAILED if check and changed else terminal.FINE)


def _formatted(path: Path, lang: str | None, asked: session.Asked) -> tuple[Source, str]:
    """A policy's text as it is and in canonical form; ends the command where it is no policy."""
    from dsl.layout import LayoutError, format_text
    from dsl.syntax.parser import Refusal

    loaded = session.load(path, asked)
    if loaded.source is None or loaded.document is None:
        session.show(loaded.diagnostics, chosen(None), asked)
        terminal.leave(terminal.FAILED)
    try:
        formatted = format_text(loaded.source, lang)
    except LayoutError as error:
        session.fault("ZS918", chosen(None), asked, file=str(path), why=str(error))
        raise
    assert not isinstance(formatted, Refusal), "the document has been parsed already"
    return loaded.source, formatted


def _said(path: Path, source: Source, formatted: str, *, diff: bool) -> None:
    from dsl.layout import diff as difference

    if diff:
        terminal.line(difference(source, formatted).rstrip("\n"))
    else:
        terminal.line(say("would_format", chosen(None), file=path))


def _write(target: Path, formatted: str, asked: session.Asked, *, force: bool) -> None:
    from cli import writing

    language = chosen(None)
    writing.refuse_target(target, [], language, asked, force=force)
    writing.write_text(target, formatted, language, asked)
