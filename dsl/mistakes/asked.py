"""A function that a document calls and that does not exist: what its author asks for, and the lines that say it."""

from __future__ import annotations

from dsl.mistakes.formulas import rewritten, unsaid
from dsl.mistakes.known import known_of
from dsl.mistakes.spreadsheet import FUNCTIONS, UnsaidError
from policy.diagnostic import Argument, Fix, replaced
from policy.source import Span


def asked_for(name: str, span: Span, language: str) -> tuple[str, dict[str, Argument], Fix | None] | None:
    """The code for a call at a span, its arguments and the fix, if there is one; None where nothing is known of it."""
    if name.upper() in FUNCTIONS:
        line = span.source.line(span.line)
        try:
            text = rewritten(line, language, known_of(span.source.text))
        except UnsaidError as error:
            said, arguments, _ = unsaid(str(error), language)
            return said, arguments, None
        if text != line:
            return ("ZS154" if "\n" in text else "ZS143"), {"word": name.upper()}, Fix(span.line, span.line, text)
    said, arguments, near = unsaid(name, language)
    if said == "ZS188" and not near:
        return None
    fix = replaced(Span(span.source, span.start, span.start + len(name)), near) if near else None
    return said, arguments, fix
