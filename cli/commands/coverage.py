"""`zhunsheng coverage`: which sentences of the source document are ruled, which are declared no rule, which are left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import session, terminal
from cli.speech import chosen, say
from policy.catalogue.system import why_of

if TYPE_CHECKING:
    from dsl.sources.quoting import Quote
    from policy.source import Source


def command(
    policies: Annotated[list[Path], typer.Argument(help="政策文件 policy files", metavar="POLICY…")],
    source: Annotated[Path, typer.Option("--source", help="原文（文本） the source document, as text")],
    gaps: Annotated[bool, typer.Option("--gaps", help="只看没有引到的 only what is not covered")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="另写成网页 also write an HTML file")] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件 replace an existing file")] = False,
    form: Annotated[str, typer.Option("--format", help="text, json")] = "text",
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help="只用 ASCII 线条 draw with ASCII")] = False,  # noqa: A002
) -> None:
    """原文覆盖 Mark every sentence of the source: ruled by which clause, declared no rule, or not covered."""
    asked = session.Asked(lang, form == "json", ascii)
    if form not in ("text", "json"):
        session.fault("ZS911", chosen(lang), asked, why=f"--format {form}: text, json")
    documents, language = _quoted(policies, asked)
    if html is not None:
        from cli import writing

        writing.refuse_target(html, [str(source), *map(str, policies)], language, asked, force=force)
    from dsl.sources.marking import mark

    marked = mark(_source(source, language, asked), documents)
    if html is not None:
        from cli.render.coverage_html import render_html

        writing.write_text(html, render_html(marked, language), language, asked)
    if asked.json:
        from cli.render.coverage import as_object

        terminal.as_json(as_object(marked))
    else:
        from cli.render.coverage import render

        out = terminal.console()
        with out.capture() as captured:
            out.print(render(marked, language, gaps=gaps, ascii=ascii))
        terminal.raw("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))
        if html is not None:
            terminal.line(say("written", language, file=html))
    terminal.leave(terminal.FINE if marked.complete else terminal.FAILED)


def _quoted(policies: list[Path], asked: session.Asked) -> tuple[list[tuple[Quote, ...]], str]:
    """The quotes of each policy, and the language to speak; ends the command where a policy cannot be parsed."""
    from dsl.sources.quoting import quotes_of

    found, language = [], ""
    for path in policies:
        loaded = session.load(path, asked)
        if loaded.document is None:
            session.show([d for d in loaded.diagnostics if d.blocks], chosen(asked.language), asked)
            terminal.leave(terminal.FAILED)
        language = language or chosen(asked.language, loaded.document.language)
        found.append(quotes_of(loaded.document))
    return found, language


def _source(path: Path, language: str, asked: session.Asked) -> Source:
    """The source document; ends the command if it cannot be read as text."""
    from dsl.syntax import text

    try:
        source, said = text.read(path)
    except OSError as error:
        session.fault("ZS905", language, asked, file=str(path), why=why_of(error))
        raise
    if source is None:
        session.show(said, language, asked)
        terminal.leave(terminal.MISUSED)
    return source
