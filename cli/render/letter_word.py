"""A letter as a Word file: by a template of the office, whose formatting stays, or in a plain layout of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any

from cli.render.letter import Letter
from cli.render.letter_plain import dear
from cli.sheets import legal

PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
NAMES = {
    "结果": "result", "正文": "body", "姓名": "name", "编号": "key", "政策": "policy", "日期": "date",
    "版本": "version", "签章": "signature", "联系": "contact",
}  # fmt: skip
"""The placeholders of a template, in Chinese and English."""


class UnknownPlaceError(Exception):
    """A template asks for something that no letter has."""


def contents(letter: Letter) -> dict[str, tuple[str, ...]]:
    """The lines that each placeholder stands for."""
    return {
        "result": letter.result, "body": letter.body, "name": (letter.person,), "key": (letter.key,),
        "policy": (letter.policy,), "date": (letter.date,), "version": (letter.version,),
        "signature": (letter.signature,), "contact": (letter.contact,),
    }  # fmt: skip


def save(letter: Letter, template: Path | None, target: Path) -> None:
    """The letter written as a Word file; UnknownPlaceError if the template asks for what there is not."""
    docx: Any = import_module("docx")
    document = docx.Document(str(template)) if template is not None else _own(docx.Document(), letter)
    if template is not None:
        fill(document, letter)
    document.save(str(target))


def _own(document: Any, letter: Letter) -> Any:
    qualified: Any = import_module("docx.oxml.ns").qn
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = legal(letter.title)
    font = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    font.set(qualified("w:eastAsia"), "宋体")
    document.add_heading(legal(letter.title), 1)
    document.add_paragraph(legal(dear(letter)))
    for line in letter.result:
        document.add_paragraph().add_run(legal(line)).bold = True
    for heading, told in letter.parts:
        document.add_heading(legal(heading), 2)
        for line in told:
            document.add_paragraph(legal(line))
    for line in letter.closing:
        document.add_paragraph(legal(line)).alignment = 2
    return document


def unknown(template: Path) -> tuple[str, ...]:
    """The placeholders of a template that no letter has."""
    docx: Any = import_module("docx")
    known = {*NAMES, *NAMES.values()}
    asked = [name for p in paragraphs(docx.Document(str(template))) for name in PLACE.findall(p.text)]
    return tuple(dict.fromkeys(name for name in asked if name not in known))


def asks(template: Path) -> bool:
    """Whether a template asks for anything at all."""
    docx: Any = import_module("docx")
    return any(PLACE.search(paragraph.text) for paragraph in paragraphs(docx.Document(str(template))))


def fill(document: Any, letter: Letter) -> None:
    """Every placeholder of a document replaced; one of several lines becomes as many paragraphs of its kind."""
    told = contents(letter)
    for paragraph in list(paragraphs(document)):
        found = PLACE.search(paragraph.text)
        while found is not None:
            name = NAMES.get(found[1], found[1])
            if name not in told:
                raise UnknownPlaceError(found[1])
            lines = told[name]
            alone = paragraph.text.strip() == found[0]
            if alone and len(lines) > 1:
                _repeated(paragraph, found.span(), lines)
                break
            text = " ".join(map(legal, lines))
            _put(paragraph, found.span(), text)
            found = PLACE.search(paragraph.text, found.start() + len(text))


def _repeated(paragraph: Any, span: tuple[int, int], lines: tuple[str, ...]) -> None:
    """A copy of a paragraph for each line, in order."""
    for line in lines:
        copy = type(paragraph)(deepcopy(paragraph._p), paragraph._parent)
        _put(copy, span, legal(line))
        paragraph._p.addprevious(copy._p)
    paragraph._p.getparent().remove(paragraph._p)


def _put(paragraph: Any, span: tuple[int, int], text: str) -> None:
    """Text in place of a piece, in the formatting in which that begins, however Word cut it into runs."""
    at = 0
    for run in paragraph.runs:
        own, start = run.text, at
        at += len(own)
        low, high = max(span[0] - start, 0), min(span[1] - start, len(own))
        if low < high:
            run.text = own[:low] + (text if start <= span[0] else "") + own[high:]


def paragraphs(document: Any) -> Iterator[Any]:
    """Those of the body, of headers and footers, and of tables in them."""
    yield from _within(document)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from _within(part)


def _within(holder: Any) -> Iterator[Any]:
    yield from holder.paragraphs
    for table in holder.tables:
        for cell in dict.fromkeys(cell for row in table.rows for cell in row.cells):
            yield from _within(cell)
