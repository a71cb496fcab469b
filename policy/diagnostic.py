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


class Diagnostic(Struct, frozen=True):
    """One thing found. `fix` is a corrected line to copy, None where there is no single one."""

    code: str
    severity: Severity
    span: Span
    arguments: dict[str, Argument] = {}
    labels: tuple[Label, ...] = ()
    fix: str | None = None
    accepted: Acceptance | None = None

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.ERROR


class Reason(Struct, frozen=True):
    """Why a value is absent: a catalogue code with its arguments, and what kind of cause it is."""

    code: str
    arguments: tuple[tuple[str, str], ...] = ()
    cause: Cause = "rule"
