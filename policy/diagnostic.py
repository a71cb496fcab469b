"""What the checker, the reader of data and the evaluator have to say, as data.

A diagnostic carries a code and arguments, never a sentence: the catalogue holds the sentences in each language and the
outermost layer puts the two together.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from policy.kinds import Cause
from policy.source import Span

Argument: TypeAlias = "str | int | tuple[str, ...]"


class Severity(Enum):
    """How much a diagnostic weighs: errors stop, findings must be mended or accepted, notes only inform."""

    ERROR = "error"
    FINDING = "finding"
    NOTE = "note"


class Label(Struct, frozen=True):
    """A second place that belongs to a diagnostic, with the catalogue key of what to say about it."""

    span: Span
    text: str
    arguments: dict[str, Argument] = {}


class Acceptance(Struct, frozen=True):
    """An author's `认可 “name” 因为 “reason”`."""

    name: str
    reason: str
    span: Span


class Fix(Struct, frozen=True):
    """Lines that put something right: `text` stands for lines `first` to `last` (from 1, both included)."""

    first: int
    last: int
    text: str


def replaced(span: Span, text: str) -> Fix:
    """The lines of a span, with `text` in its place."""
    first, before = span.source.position(span.start)
    last, after = span.source.position(span.end)
    return Fix(first, last, span.source.line(first)[: before - 1] + text + span.source.line(last)[after - 1 :])


def above(span: Span, text: str) -> Fix:
    """A line added above the statement that a span stands in: the nearest line that starts at the margin."""
    number = span.line
    while number > 1 and span.source.line(number)[:1] in ("", " ", "\t", "\u3000"):
        number -= 1
    return Fix(number, number, f"{text}\n{span.source.line(number)}")


class Diagnostic(Struct, frozen=True):
    """One thing found. `fix` are lines that put it right, None where there is no single way."""

    code: str
    severity: Severity
    span: Span
    arguments: dict[str, Argument] = {}
    labels: tuple[Label, ...] = ()
    fix: Fix | None = None
    accepted: Acceptance | None = None

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.ERROR


class Reason(Struct, frozen=True):
    """Why a value is absent: a catalogue code with its arguments, and what kind of cause it is."""

    code: str
    arguments: tuple[tuple[str, str], ...] = ()
    cause: Cause = "rule"
