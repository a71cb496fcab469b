"""`zhunsheng check`: parse, type, analyse; findings with code, place, picture and advice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import options, session, terminal
from cli.speech import chosen, say
from dsl.pipeline import Loaded
from policy.diagnostic import Diagnostic, Severity


def command(
    policies: Annotated[list[Path], typer.Argument(help="政策文件 policy files", metavar="POLICY…")],
    read_back: Annotated[
        bool, typer.Option("--read-back", help="把文件读成白话 read the document back in plain sentences")
    ] = False,
    form: Annotated[str, typer.Option("--format", help="text, json, sarif, github")] = "text",
    base: options.Base = None,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="把给出的改法写进文件，先问再写 put the offered lines into the file, asking first"),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="与 --fix 同用，不问 with --fix: do not ask")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="每次保存后再检查 check again whenever a file is saved")
    ] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help="只用 ASCII 线条 draw with ASCII")] = False,  # noqa: A002
) -> None:
    """检查政策 Check policies: names, units, totals, bands; every finding with its place and advice."""
    asked = session.Asked(lang, form == "json", ascii)
    if form not in ("text", "json", "sarif", "github"):
        session.fault("ZS911", chosen(lang), asked, why=f"--format {form}: text, json, sarif, github")
    loaded = [(path, session.load(path, asked, base=base)) for path in policies]
    if watch:
        from cli import watching

        watching.repeat(policies, asked, lambda path, each: told(path, each, asked, read_back=read_back))
    if fix and form == "text":
        from cli.mending import mend

        loaded = [(path, mend(path, each, asked, unasked=yes)) for path, each in loaded]
    if form == "text":
        for path, each in loaded:
            told(path, each, asked, read_back=read_back)
    else:
        from cli.render import machine

        machine.print_checked(loaded, form, lang)
    failed = any(d.accepted is None and d.severity is not Severity.NOTE for _, each in loaded for d in each.diagnostics)
    terminal.leave(terminal.FAILED if failed else terminal.FINE)


def told(path: Path, loaded: Loaded, asked: session.Asked, *, read_back: bool) -> None:
    """One file's findings and its closing lines."""
    language = chosen(asked.language, loaded.language)
    shown = [d for d in loaded.diagnostics if d.accepted is None]
    if shown:
        from cli.render.diagnostics import render

        terminal.console().print(render(shown, language, ascii=asked.ascii))
        terminal.line()
    weights = {w: sum(d.severity is w and d.accepted is None for d in loaded.diagnostics) for w in Severity}
    accepted = [d for d in loaded.diagnostics if d.accepted is not None]
    if loaded.policy is not None and not weights[Severity.FINDING]:
        terminal.line(say("all_well", language, file=path))
    for each in accepted:
        _accepted(each, path, language)
    counts = say(
        "counts",
        language,
        errors=weights[Severity.ERROR],
        findings=weights[Severity.FINDING],
        accepted=len(accepted),
        notes=weights[Severity.NOTE],
    )
    terminal.line(counts)
    if read_back and loaded.policy is not None:
        _read_back(loaded, language)


def _accepted(each: Diagnostic, path: Path, language: str) -> None:
    """What the document accepts, with its line; and its file, where that is the policy that an amendment changes."""
    assert each.accepted is not None
    row, name, reason = say("row", language, row=each.span.line), each.accepted.name, each.accepted.reason
    row = row if each.span.source.name == str(path) else f"{each.span.source.name} {row}"
    text = f"  已认可“{name}”（{row}）：{reason}" if language == "zh" else f'  accepted "{name}" ({row}): {reason}'
    terminal.line(text)


def _read_back(loaded: Loaded, language: str) -> None:
    from dsl.readback import read_back

    assert loaded.document is not None
    assert loaded.policy is not None
    terminal.line()
    terminal.line(say("read_back", language) + ("：" if language == "zh" else ":"))
    for sentence in read_back(loaded.document, loaded.policy, language):
        cites = "".join(f"【{c}】" if language == "zh" else f" [{c}]" for c in sentence.clause.cites)
        terminal.line(f"  {'  ' * sentence.level}{sentence.text}{cites}")
