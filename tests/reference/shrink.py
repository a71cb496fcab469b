"""A document that shows a disagreement, made as small as it goes: statements, lines, rows and cells left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.reference.documents import Document

MOST = 400
"""Documents tried at most."""


def shrunk(given: Document, shows: Callable[[Document], bool]) -> Document:
    """The smallest document found that still shows it."""
    left = MOST
    progress = True
    while progress and left > 0:
        progress = False
        for smaller in smaller_than(given):
            left -= 1
            if left <= 0:
                break
            if shows(smaller):
                given, progress = smaller, True
                break
    return given


def smaller_than(given: Document) -> Iterator[Document]:
    """Documents with one thing less, the largest things first."""
    for name in given.results:
        if len(given.results) > 1:
            yield given.with_results([name])
    for record, rows in given.data.items():
        if len(rows) > 1:
            for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
                yield given.with_data({**given.data, record: half})
    for at in reversed(range(1, len(given.statements))):
        yield given.with_statements(given.statements[:at] + given.statements[at + 1 :])
    for record, rows in given.data.items():
        for at in range(len(rows)):
            yield given.with_data({**given.data, record: rows[:at] + rows[at + 1 :]})
    for at, statement in enumerate(given.statements):
        for line in range(1, len(statement)):
            if len(statement) > 2:
                yield given.with_statements(
                    [*given.statements[:at], statement[:line] + statement[line + 1 :], *given.statements[at + 1 :]]
                )


def told(given: Document) -> str:
    """A document and its data, to be read and run again."""
    lines = [f"# document {given.seed}, as of {given.as_of}", given.text]
    for record, rows in given.data.items():
        lines += [f"# {record}", *(f"#   {row}" for row in rows)]
    return "\n".join(lines)
