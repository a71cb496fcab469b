"""Letters to people about their results: what of the run goes into them, and where they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli import session, terminal, writing
from cli.render.letter import Known, Letter, letter
from cli.render.letter_plain import as_html, as_markdown
from cli.speech import chosen, say
from policy.types import Choice, Text, YesNo

if TYPE_CHECKING:
    from cli.session import Run
    from interpreter.explaining import Explanation

FORMS = ("docx", "html", "md")


def form_of(form: str | None, output: Path | None, folder: bool, asked: session.Asked) -> str:
    """The form asked for, else that of the file, else Word for folders; ends the command where it cannot be written."""
    suffix = output.suffix.lower().removeprefix(".") if output is not None and not folder else ""
    found = form or suffix or ("md" if output is None else "docx" if _word() else "html")
    language = chosen(asked.language)
    if found not in FORMS or (suffix and suffix != found):
        session.fault("ZS911", language, asked, why=f"--letter {form or suffix}: {', '.join(FORMS)}")
    if found == "docx" and output is None:
        why = ("docx 要写成文件：-o letter.docx", "docx is written as a file: -o letter.docx")
        session.fault("ZS911", language, asked, why=why[language != "zh"])
    if found == "docx" and not _word():
        session.fault("ZS915", language, asked, package="zhunsheng[word]")
    return found


def _word() -> bool:
    from importlib.util import find_spec

    return find_spec("docx") is not None


def refuse_template(template: Path | None, form: str, asked: session.Asked) -> None:
    """End the command if a template cannot be filled in: no Word file, or it asks for what no letter has."""
    if template is None:
        return
    language = chosen(asked.language)
    if form != "docx":
        why = ("--template 只用于 docx", "--template is for docx alone")
        session.fault("ZS911", language, asked, why=why[language != "zh"])
    from cli.render import letter_word

    try:
        missing, asked_for = letter_word.unknown(template), letter_word.asks(template)
    except Exception:  # whatever the library says of a file that is none of its own
        why = (f"--template {template}：不是能读的 docx 文件", f"--template {template}: no docx file that can be read")
        session.fault("ZS911", language, asked, why=why[language != "zh"])
        raise
    if not asked_for:
        why = (
            f"--template {template}：里面一个占位符也没有，每封信都会一样；至少要有 {{{{正文}}}} 或 {{{{结果}}}}",
            f"--template {template}: no placeholder is in it, every letter would be the same; it needs {{{{body}}}} or"
            " {{result}} at least",
        )
        session.fault("ZS911", language, asked, why=why[language != "zh"])
    if missing:
        known = "、".join(letter_word.NAMES) if language == "zh" else ", ".join(letter_word.NAMES.values())
        names = ", ".join(f"{{{{{name}}}}}" for name in missing)
        why = (
            f"模板里有不认识的占位符 {names}；可用：{known}",
            f"unknown placeholder {names} in the template; known: {known}",
        )
        session.fault("ZS911", language, asked, why=why[language != "zh"])


def target_of(explanation: Explanation) -> str | None:
    """The grade directly above the main result, or yes where that is no; None where there is nothing better."""
    if explanation.outcome != "decided" or not explanation.results:
        return None
    figure = explanation.results[0].value
    kind = figure.type.kind
    if isinstance(kind, Choice) and kind.ordered and isinstance(figure.value, str):
        rank = kind.rank_of(figure.value)
        at = kind.ordered - 1 if rank is None else rank - 1
        return kind.values[at] if at >= 0 else None
    if isinstance(kind, YesNo) and figure.value is False:
        return "是" if explanation.language == "zh" else "yes"
    return None


def letter_to(run: Run, key: str, explained: Callable[[str, str | None], Explanation], *, names: bool) -> Letter:
    """The letter to one person."""
    from interpreter.explaining import why_not

    told = explained(key, None)
    target = target_of(told)
    policy = run.session.policy
    answer = why_not(policy, run.population, run.as_of, key, target) if target is not None else None
    language = run.session.language if run.session.asked.language else policy.language
    known: Known = (lambda text: False) if names else others(run, key)
    return letter(told, answer, language, policy.effective, known, named=names)


def others(run: Run, key: str) -> Known:
    """Tells the keys of others, and their names, which nobody else's own data may spell out."""
    field = next((f for f in run.session.policy.main.fields if isinstance(f.type.kind, Text) and not f.key), None)
    found = {case.key for case in run.decisions.cases}
    own = {key}
    if field is not None:
        found |= {str(case.subject.values.get(field.name)) for case in run.decisions.cases}
        own |= {str(c.subject.values.get(field.name)) for c in run.decisions.cases if c.key == key}
    return (found - own).__contains__


def give(
    letters: Sequence[tuple[Path | None, Letter]], form: str, template: Path | None, run: Run, *, force: bool
) -> None:
    """Print the letters, or write all of them or none."""
    opened = run.session
    language, asked = opened.language, opened.asked
    if letters and letters[0][0] is None:
        terminal.raw("\n".join(as_text(each, form) for _, each in letters))
        return
    parts: list[tuple[Path, writing.Fill | None]] = []
    for path, each in letters:
        assert path is not None
        writing.refuse_target(path, [str(template)] if template else [], language, asked, force=force)
        parts.append((path, filler(each, form, template)))
    writing.write_together(parts, language, asked)
    for path, _ in parts if len(parts) == 1 else ():
        terminal.line(say("written", language, file=path))
    if len(parts) > 1:
        terminal.line(say("written", language, file=parts[0][0].parent))


def as_text(each: Letter, form: str) -> str:
    """The letter as a text."""
    return as_html(each) if form == "html" else as_markdown(each)


def filler(each: Letter, form: str, template: Path | None) -> writing.Fill:
    """What writes a letter at a path."""

    def fill(path: Path) -> None:
        if form == "docx":
            from cli.render import letter_word

            letter_word.save(each, template, path)
        else:
            path.write_text(as_text(each, form), encoding="utf-8", newline="", errors="backslashreplace")

    return fill
