"""`zhunsheng explain`: why this person got this, and what would have changed it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options, session, terminal
from cli.speech import chosen, say
from policy.types import Text

if TYPE_CHECKING:
    from cli.session import Run
    from interpreter.explaining import Explanation, WhyNot

FEW = 3
"""So many whose share of a division is told with what it would cost to give it to others."""
FORMS = ("text", "json", "html", "md")


def command(
    policy: Annotated[Path, typer.Argument(help="政策文件 policy file", metavar="POLICY")],
    data: Annotated[list[str], typer.Argument(help="数据 data", metavar="DATA…")],
    people: Annotated[
        list[str] | None, typer.Option("--for", help="谁（主键或姓名，可重复） whom: the key or name, several times")
    ] = None,
    everyone: Annotated[bool, typer.Option("--all", help="所有人 everyone")] = False,
    why_not: Annotated[str | None, typer.Option("--why-not", help="为什么不是这一档 why not this grade")] = None,
    all_fields: Annotated[
        bool, typer.Option("--all-fields", help="也试谁都改变不了的项 try what nobody can change as well")
    ] = False,
    letter: Annotated[
        bool, typer.Option("--letter", help="写成给本人的信 as a letter to the person: docx, html, md")
    ] = False,
    template: Annotated[
        Path | None, typer.Option("--template", help="信的 docx 模板 docx template of the letter")
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="信里可写他人 others may be named in the letter")] = False,
    quotes: Annotated[bool, typer.Option("--quotes", help="附原文 with the quoted source")] = False,
    settings: Annotated[list[str] | None, typer.Option("--set", help="改参数 set a parameter: NAME=VALUE")] = None,
    none: options.NoneOption = None,
    percent: options.Percent = None,
    fill_down: options.FillDown = None,
    input_encoding: options.InputEncoding = None,
    base: options.Base = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="基准日 as-of date")] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="写成文件，或每人一份放进文件夹/ a file (.html .md .json .txt) or a folder/"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件 replace an existing file")] = False,
    form: Annotated[str | None, typer.Option("--format", help="text, json, html, md")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help="只用 ASCII 线条 draw with ASCII")] = False,  # noqa: A002
) -> None:
    """说明一个人的结果 Explain one person's result down to the clause."""
    folder = output if output is not None and is_folder(output) else None
    if letter:
        from cli import lettering

        plain = session.Asked(lang, False, ascii)
        letter_form = lettering.form_of(form, output, folder is not None, plain)
        lettering.refuse_template(template, letter_form, plain)
        form = "html"
    elif template is not None or names:
        _letters_only(session.Asked(lang, False, ascii))
    wanted = form or (
        "html" if folder is not None else _form_of(output, chosen(lang), session.Asked(lang, False, ascii))
    )
    asked = session.Asked(lang, wanted == "json", ascii)
    if wanted not in FORMS:
        session.fault("ZS911", chosen(lang), asked, why=f"--format {form}: {', '.join(FORMS)}")
    if bool(people) == everyone:
        _whom(asked)
    if letter and settings:
        why = ("信照现行规则写，不能用 --set 试改的数", "a letter is by the rule in force; --set is for trying")
        session.fault("ZS911", chosen(lang), asked, why=why[chosen(lang) != "zh"])
    opened = session.opened(policy, asked, session.settings_of(settings or [], asked), base)
    if output is not None and folder is None:
        from cli import writing

        writing.refuse_target(output, [str(policy), *data], opened.language, asked, force=force)
    run = session.decided(opened, data, as_of, options.data_options(asked, none, percent, fill_down, input_encoding))
    keys = [c.key for c in run.decisions.cases] if everyone else [_key_of(run, person) for person in people or ()]
    if len(keys) != 1 and folder is None and (wanted == "html" and (not letter or letter_form != "md")):
        _whom(asked)
    if not asked.json:
        _cautioned(run)
        if settings:
            terminal.line(say("tried", opened.language, settings="，".join(settings)), error=True)
    if letter:
        found = [
            lettering.letter_to(run, key, lambda k, t: _explained(run, k, t)[0], names=names)
            for key in dict.fromkeys(keys)
        ]
        paths = (
            _paths(folder, list(dict.fromkeys(keys)), f".{letter_form}")
            if folder is not None
            else [output] * len(found)
        )
        lettering.give(list(zip(paths, found, strict=True)), letter_form, template, run, force=force)
        return
    wanted_keys = list(dict.fromkeys(keys))
    with _priced(run, len(wanted_keys) <= FEW):
        pages = [(key, *_explained(run, key, why_not, fixed=all_fields)) for key in wanted_keys]
    if folder is not None:
        _fill(folder, pages, wanted, (run, quotes), force=force)
        return
    if wanted == "json":
        _give(_as_json([(told, answer) for _, told, answer in pages], run), wanted, output, run)
        return
    texts = [_rendered(told, answer, wanted, (run, quotes)) for _, told, answer in pages]
    _give("\n".join(texts), wanted, output, run)


@contextmanager
def _priced(run: Run, few: bool) -> Iterator[None]:
    """Of a few, what it would cost to give their share to others is worked out as well."""
    if not few or not any(definition.allocation is not None for definition in run.session.policy.definitions):
        yield
        return
    from interpreter.allocating.solve import Asked, asking

    with asking(Asked(priced=True)):
        yield


def is_folder(output: Path) -> bool:
    """Whether a target is a folder: one that is there, or a name without an ending."""
    return output.is_dir() or not output.suffix


def _whom(asked: session.Asked) -> None:
    language = chosen(asked.language)
    why = (
        "写明是谁：--for 工号（可重复），或 --all；几个人的 html 请写进文件夹：-o 文件夹/"
        if language == "zh"
        else "say whom: --for KEY (several times), or --all; html of several goes into a folder: -o folder/"
    )
    session.fault("ZS911", language, asked, why=why)


def _key_of(run: Run, person: str) -> str:
    """A key, or the key of the one person who goes by a name."""
    if run.decisions.case(person) is not None:
        return person
    fields = [f.name for f in run.session.policy.main.fields if isinstance(f.type.kind, Text) and not f.key]
    named = [c.key for c in run.decisions.cases if person in (c.subject.values.get(name) for name in fields)]
    return named[0] if len(named) == 1 else person


def _letters_only(asked: session.Asked) -> None:
    language = chosen(asked.language)
    why = (
        "--template 和 --names 要与 --letter 一起用" if language == "zh" else "--template and --names go with --letter"
    )
    session.fault("ZS911", language, asked, why=why)


def _paths(folder: Path, keys: Sequence[str], suffix: str) -> list[Path]:
    """The file of each person in a folder, called by the key."""
    names: dict[str, int] = {}
    found = []
    folder.mkdir(parents=True, exist_ok=True)
    for key in keys:
        stem = re.sub(r"[^\w.-]+", "_", key) or "_"
        names[stem.casefold()] = again = names.get(stem.casefold(), 0) + 1
        found.append(folder / f"{stem}{f'-{again}' if again > 1 else ''}{suffix}")
    return found


def _fill(
    folder: Path,
    pages: Sequence[tuple[str, Explanation, WhyNot | None]],
    form: str,
    how: tuple[Run, bool],
    *,
    force: bool,
) -> None:
    """A file for each person, called by the key."""
    from cli import writing

    run, quotes = how
    suffix = {"text": ".txt"}.get(form, f".{form}")
    paths = _paths(folder, [key for key, _, _ in pages], suffix)
    for path, (_, told, answer) in zip(paths, pages, strict=True):
        writing.refuse_target(path, [], run.session.language, run.session.asked, force=force)
        text = _as_json([(told, answer)], run) if form == "json" else _rendered(told, answer, form, (run, quotes))
        writing.write_text(path, text, run.session.language, run.session.asked)
    if not run.session.asked.json:
        terminal.line(say("written", run.session.language, file=folder))


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


KINDS = {".html": "html", ".md": "md", ".json": "json", ".txt": "text"}


def _form_of(output: Path | None, language: str, asked: session.Asked) -> str:
    """The form that the name of a file asks for; a kind that is not offered is refused."""
    if output is None:
        return "text"
    if output.suffix.lower() not in KINDS:
        session.fault("ZS909", language, asked, file=str(output), kinds=tuple(KINDS))
    return KINDS[output.suffix.lower()]


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
    from cli.render.explanation_text import render_text

    out = terminal.console()
    with out.capture() as captured:
        out.print(render_text(explanation, language, quotes, answer=answer, ascii=asked.ascii))
    return captured.get()


def _as_json(pages: Sequence[tuple[Explanation, WhyNot | None]], run: Run) -> str:
    """One explanation as an object, several as a list of them."""
    import json

    from cli.render import account
    from cli.render.explanation_json import to_json

    rows = account.as_object(run.account)
    asked, policy = run.session.asked, run.session.policy
    language = run.session.language if asked.language else policy.language
    told = [{**to_json(explanation, language, answer), "account": rows} for explanation, answer in pages]
    return json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False, indent=2, default=str) + "\n"


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
