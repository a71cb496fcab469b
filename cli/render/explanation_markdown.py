"""An explanation as Markdown: headings, results, steps as nested lists; signs of Markdown in data are escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cli.render.diagnostics import shown
from cli.render.explanation import Page, page
from cli.render.explanation_phrases import phrase
from cli.render.explanation_rows import Row, cites, numeral
from interpreter.explaining.model import Explanation
from interpreter.explaining.whynot import WhyNot

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#&$])")
LEADING = re.compile(r"^(\s*)([-+=]|\d+[.)](?=\s))")


def render_markdown(explanation: Explanation, language: str, quotes: bool = False, answer: WhyNot | None = None) -> str:
    """An explanation as a Markdown text."""
    return "".join(line + "\n" for line in lines(page(explanation, language, answer), quotes))


def safe(text: str) -> str:
    """Text that no Markdown reader takes for markup."""
    return LEADING.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", shown(text.replace("\n", " "))))


def lines(said: Page, quotes: bool) -> Iterator[str]:
    """The page, part by part."""
    yield "# " + safe("  ".join(part for part in (said.person, said.key, *said.others) if part))
    yield from ("", safe(said.policy), "")
    for at, (name, value) in enumerate(said.results):
        mark = "**" if at == 0 else ""
        yield f"- {safe(name)}: {mark}{safe(value)}{mark}"
    if said.status:
        reasons = phrase("joint", said.language).join(said.reasons)
        yield from ("", f"> **{safe(said.status)}** {safe(reasons)}")
    for section in said.sections:
        yield ""
        if section.title:
            yield from (f"## {safe(section.title)}", "")
        for row in section.rows:
            yield from row_lines(row, 0, (said.language, quotes))
    yield from foot(said)


def row_lines(row: Row, depth: int, how: tuple[str, bool]) -> Iterator[str]:
    """A row as an item of a list, those under it indented."""
    language, quotes = how
    indent = "  " * depth
    label = safe(numeral(row.number, language).strip() + (" " if row.number and language != "zh" else "") + row.label)
    parts = [f"**{label}**" if not depth and label else label]
    if row.value:
        parts.append(safe(row.value) + (f" / {safe(row.full)}" if row.full else ""))
    parts += [safe(part) for part in (row.how, cites(row.clause, language)) if part]
    yield f"{indent}- " + "  ".join(part for part in parts if part)
    if quotes and row.clause.quote:
        yield ""
        yield from (f"{indent}  > {safe(line)}" for line in row.clause.quote.splitlines())
        yield ""
    for inner in row.rows:
        yield from row_lines(inner, depth + 1, how)


def foot(said: Page) -> Iterator[str]:
    if said.accepted:
        yield from ("", f"## {safe(phrase('accepted', said.language))}", "")
        yield from (f"- {safe(line)}" for line in said.accepted)
    if said.source:
        yield from ("", f"{safe(phrase('source', said.language))}: {safe(said.source)}")
