"""An explanation in words: a Page of plain text in one language, the same for every way of showing it.

In: an Explanation, and a WhyNot where one was asked. Out: a Page, which text, HTML and Markdown lay out.
"""

from __future__ import annotations

from pathlib import PurePath

from msgspec import Struct, structs

from cli.render import explanation_whynot
from cli.render.explanation_phrases import phrase, spoken
from cli.render.explanation_rows import Row, Section, cites, figure_text, rank_rows, reason_text, row_of
from interpreter.explaining.model import Explanation
from interpreter.explaining.whynot import WhyNot
from policy.source import Clause


class Page(Struct, frozen=True):
    """An explanation in one language. `results` has the grade first."""

    language: str
    policy: str
    record: str
    person: str
    key: str
    others: tuple[str, ...]
    status: str
    reasons: tuple[str, ...]
    results: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    accepted: tuple[str, ...]
    source: str


def page(explanation: Explanation, language: str, answer: WhyNot | None = None) -> Page:
    """Everything that is shown of an explanation."""
    names = [figure_text(value, language) for _, value in explanation.names]
    sections = [
        Section("ranks", "", tuple(row for rank in explanation.ranks for row in rank_rows(rank, language))),
        Section("steps", phrase("steps", language), tuple(row_of(step, language) for step in explanation.steps)),
        Section("overall", phrase("overall", language), tuple(row_of(item, language) for item in explanation.overall)),
    ]
    if answer is not None:
        sections.append(explanation_whynot.section(answer, language))
    known: set[str] = set()
    sections = [Section(s.code, s.title, tuple(quoted_once(row, known) for row in s.rows)) for s in sections]
    return Page(
        language=language,
        policy=policy_line(explanation, language),
        record=explanation.record,
        person=names[0] if names else explanation.key,
        key=explanation.key if names else "",
        others=tuple(names[1:]),
        status="" if explanation.outcome == "decided" else phrase(f"{explanation.outcome}_case", language),
        reasons=tuple(reason_text(reason, language) for reason in explanation.reasons),
        results=tuple(
            (spoken(result.name, language), figure_text(result.value, language)) for result in explanation.results
        ),
        sections=tuple(section for section in sections if section.rows),
        accepted=tuple(
            phrase("accepted_one", language, name=a.name, definition=a.definition, reason=a.reason,
                   cites=spaced(cites(a.clause, language), language))
            for a in explanation.accepted
        ),
        source=source_text(explanation, language),
    )  # fmt: skip


def quoted_once(row: Row, known: set[str]) -> Row:
    """A row without the quotes that stand further up on the page."""
    clause = row.clause
    if clause.quote in known:
        clause = Clause(clause.cites)
    known.add(clause.quote)
    rows = tuple(quoted_once(inner, known) for inner in row.rows)
    return structs.replace(row, clause=clause, rows=rows)


def policy_line(explanation: Explanation, language: str) -> str:
    said = phrase("policy" if explanation.version else "policy_bare", language, name=explanation.policy,
                  version=explanation.version)  # fmt: skip
    if explanation.as_of is None:
        return said
    return said + "  " + phrase("as_of", language, date=explanation.as_of.isoformat())


def spaced(said: str, language: str) -> str:
    """A citation behind a word."""
    return f" {said}" if said and language != "zh" else said


def source_text(explanation: Explanation, language: str) -> str:
    origin = explanation.source
    if origin is None:
        return ""
    code = "source_sheet" if origin.sheet else "source_file"
    return phrase(code, language, file=PurePath(origin.file).name, sheet=origin.sheet, row=origin.row)
