"""`zhunsheng explain`: why this person got this, and what would have changed it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options, session, terminal
from cli.speech import chosen, say

if TYPE_CHECKING:
    from cli.session import Run
    from interpreter.explaining import Explanation, WhyNot

FORMS = ("text", "json", "html", "md")


def command(
    policy: Annotated[Path, typer.Argument(help="政策文件 policy file", metavar="POLICY")],
    data: Annotated[list[str], typer.Argument(help="数据 data", metavar="DATA…")],
    person: Annotated[str, typer.Option("--for", help="谁（主键） whom: the key")],
    why_not: Annotated[str | None, typer.Option("--why-not", help="为什么不是这一档 why not this grade")] = None,
    all_fields: Annotated[
        bool, typer.Option("--all-fields", help="也试谁都改变不了的项 try what nobody can change as well")
    ] = False,
    quotes: Annotated[bool, typer.Option("--quotes", help="附原文 with the quoted source")] = False,
    settings: Annotated[list[str] | None, typer.Option("--set", help="改参数 set a parameter: NAME=VALUE")] = None,
    none: options.NoneOption = None,
    percent: options.Percent = None,
    fill_down: options.FillDown = None,
    input_encoding: options.InputEncoding = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="基准日 as-of date")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写成文件 write to a file (.html .md .json .txt)")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件 replace an existing file")] = False,
    form: Annotated[str | None, typer.Option("--format", help="text, json, html, md")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help="只用 ASCII 线条 draw with ASCII")] = False,  # noqa: A002
) -> None:
    """说明一个人的结果 Explain one person's result down to the clause."""
    wanted = form or _form_of(output)
    asked = session.Asked(lang, wanted == "json", ascii)
    if wanted not in FORMS:
        session.fault("ZS911", chosen(lang), asked, why=f"--format {form}: {', '.join(FORMS)}")
    opened = session.opened(policy, asked, session.settings_of(settings or [], asked))
    if output is not None:
        from cli import writing

        writing.refuse_target(output, [str(policy), *data], opened.language, asked, force=force)
    run = session.decided(opened, data, as_of, options.data_options(asked, none, percent, fill_down, input_encoding))
    explanation, answer = _explained(run, person, why_not, fixed=all_fields)
    if not asked.json:
        _cautioned(run)
    _give(_rendered(explanation, answer, wanted, (run, quotes)), wanted, output, run)


def _cautioned(run: Run) -> None:
    """Rows that wait for a person are told beside the explanation, which may not be the last word for them."""
    from cli.render.account import headlines, problems

    language = run.session.language
    lines = [*headlines(run.account, language), *problems(run.account, language)]
    if lines:
        terminal.line(say("needs_you", language) + ("：" if language == "zh" else ":"), error=True)
    for line in lines:
        terminal.line(f"  {line}", error=True)


def explained_text(run: Run, person: str) -> str:
    """The explanation of one person as the terminal shows it."""
    explanation, _ = _explained(run, person, None)
    return _rendered(explanation, None, "text", (run, False))


def _form_of(output: Path | None) -> str:
    if output is None:
        return "text"
    return {".html": "html", ".md": "md", ".json": "json"}.get(output.suffix.lower(), "text")


def _explained(run: Run, person: str, target: str | None, *, fixed: bool = False) -> tuple[Explanation, WhyNot | None]:
    """The explanation and, if asked, the answer to why-not; ends the command where there is nobody or no such value."""
    from interpreter.explaining import UnexplainedError, explain, why_not

    opened = run.session
    if run.decisions.case(person) is None:
        _nobody(run, person)
    try:
        explanation = explain(run.decisions, person, run.as_of)
        asked = (opened.policy, run.population, run.as_of, person)
        answer = why_not(*asked, target, fixed=fixed) if target is not None else None
    except UnexplainedError:
        session.fault("ZS919", opened.language, opened.asked, value=target or person)
        raise
    return explanation, answer


def _nobody(run: Run, person: str) -> None:
    """Told with near keys; a row that was set aside is told with its reason."""
    from cli.render.account import left_line
    from dsl.suggest import nearest

    policy, language = run.session.policy, run.session.language
    for left in run.account.table(policy.main.name).of("set_aside"):
        if left.key == person:
            terminal.line(left_line(left, language), error=True)
    by_name = [c.key for c in run.decisions.cases if person in c.subject.values.values()]
    near = by_name[:5] or nearest(person, [c.key for c in run.decisions.cases][:5000], 3)
    session.fault("ZS910", language, run.session.asked, record=policy.main.name, key=person, near=tuple(near) or ("—",))


def _rendered(explanation: Explanation, answer: WhyNot | None, form: str, how: tuple[Run, bool]) -> str:
    """The explanation in one of the forms, as text to be printed or written."""
    run, quotes = how
    language, asked = run.session.policy.language, run.session.asked
    if asked.language:
        language = run.session.language
    if form == "html":
        from cli.render.explanation_html import render_html

        return render_html(explanation, language, quotes, answer=answer)
    if form == "md":
        from cli.render.explanation_markdown import render_markdown

        return render_markdown(explanation, language, quotes, answer=answer)
    if form == "json":
        import json

        from cli.render import account
        from cli.render.explanation_json import to_json

        told = {**to_json(explanation, language, answer), "account": account.as_object(run.account)}
        return json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n"
    from cli.render.explanation_text import render_text

    out = terminal.console()
    with out.capture() as captured:
        out.print(render_text(explanation, language, quotes, answer=answer, ascii=asked.ascii))
    return captured.get()


def _give(text: str, form: str, output: Path | None, run: Run) -> None:
    """Print the text, or write it."""
    if output is None:
        if form in ("json", "html"):
            terminal.in_utf8(text)
        else:
            terminal.raw(text)
        return
    from cli import writing

    writing.write_text(output, text, run.session.language, run.session.asked)
    terminal.line(say("written", run.session.language, file=output))
