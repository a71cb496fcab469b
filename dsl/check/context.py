"""What a run of the checker carries with it: what it has found, and whose names count where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from dsl.check import offers
from dsl.check.facts import NOTHING_KNOWN
from policy import core
from policy.catalogue import PHASES, phase_entries
from policy.core import Expr
from policy.diagnostic import Argument, Diagnostic, Fix, Label, Severity
from policy.reckoning import BY_DEFAULT, Reckoning
from policy.source import Span


class Untypable(Exception):  # noqa: N818
    """An expression that has no meaning; what is wrong has been reported already."""


class Needs(Exception):  # noqa: N818
    """A definition that has to be checked before what reads it can be."""

    def __init__(self, record: str, name: str, used: Span) -> None:
        super().__init__(record, name)
        self.key = (record, name)
        self.used = used


class Place(Struct, frozen=True):
    """Where an expression stands: `records` are the kinds of record in scope, innermost first; `inputs` are the names
    that a table's inputs go by and what was given for them. Of a `pair`, whose records stand beside each other, a
    record's name is the record itself."""

    records: tuple[str, ...]
    inputs: tuple[tuple[str, Expr], ...] = ()
    pair: bool = False

    def listing(self, record: str) -> Place:
        """The place inside the brackets of a list of `record`."""
        return Place((record, *self.records), self.inputs)

    @property
    def record(self) -> str:
        return self.records[0] if self.records else ""


class Findings:
    """Collects diagnostics; knows which statement is being checked, so that its acceptances find theirs.

    `given` are the conditions that hold, or do not, wherever the expression that is being read has a say; `bodies`
    tells what a definition of the same record says, as far as it has been read.
    """

    def __init__(self, language: str, reckoning: Reckoning = BY_DEFAULT) -> None:
        self.language = language
        self.reckoning = reckoning
        self.found: list[tuple[object, Diagnostic]] = []
        self.statement: object = None
        self.given: tuple[tuple[Expr, bool], ...] = ()
        self.bodies = NOTHING_KNOWN
        self._said: set[tuple[object, ...]] = set()

    @contextmanager
    def under(self, *given: tuple[Expr | None, bool]) -> Iterator[None]:
        """What is read meanwhile counts only where these conditions hold, or do not."""
        before = self.given
        self.given = (*before, *((guard, holds) for guard, holds in given if guard is not None))
        try:
            yield
        finally:
            self.given = before

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is read meanwhile is about another record, or stands by itself: nothing is given there."""
        before, self.given = self.given, ()
        try:
            yield
        finally:
            self.given = before

    def report(
        self,
        code: str,
        span: Span,
        /,
        *,
        labels: tuple[Label, ...] = (),
        fix: Fix | None = None,
        **arguments: Argument,
    ) -> None:
        """Note a diagnostic; its severity stands in the catalogue."""
        self.tell(code, span, arguments, fix, labels)

    def tell(
        self, code: str, span: Span, arguments: dict[str, Argument], fix: Fix | None, labels: tuple[Label, ...] = ()
    ) -> None:
        """Note a diagnostic whose arguments are at hand."""
        fix = fix or offers.nearest_name(span, arguments)
        item = Diagnostic(code, severity(code), span, arguments, labels, fix)
        if _saying(item) not in self._said:
            self._said.add(_saying(item))
            self.found.append((self.statement, item))

    def rewind(self, found: int) -> None:
        """Forget all but the first `found` diagnostics: what was being checked will be checked again."""
        self._said.difference_update(_saying(item) for _, item in self.found[found:])
        del self.found[found:]

    def refuse(
        self, code: str, span: Span, /, *, labels: tuple[Label, ...] = (), fix: Fix | None = None, **arguments: Argument
    ) -> Untypable:
        """Report an error and give the exception to raise."""
        self.report(code, span, labels=labels, fix=fix, **arguments)
        return Untypable(code)


def _saying(item: Diagnostic) -> tuple[object, ...]:
    return item.code, item.span.start, *item.arguments.items()


def severity(code: str) -> Severity:
    """The weight of a code; only the phase that it belongs to is loaded."""
    phase = {"1": "syntax", "2": "names", "3": "types", "4": "findings", "5": "ranks", "9": "command"}[code[2]]
    assert phase in PHASES
    return phase_entries(phase)[code].severity


def where_defined(definition: core.Definition) -> Label:
    """A label that points at a definition."""
    return Label(definition.span, "defined")
