"""A document decided twice, by the evaluator under test and by this one; and where they disagree.

What is told apart: the value of every result of every person, the outcome, the reasons, every check.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from dsl import pipeline
from interpreter.exact.absence import reasons_of
from interpreter.exact.compiled import Program
from interpreter.exact.decide import Decisions
from interpreter.exact.decide import decide as decide_exactly
from interpreter.exact.population import Population, Subject
from policy import core, walk
from policy.diagnostic import Diagnostic
from policy.source import Source
from policy.values import ABSENT, Missing, Nil, Referred
from tests.reference import deciding
from tests.reference.absence import Absent
from tests.reference.documents import Document
from tests.reference.evaluator import Evaluator
from tests.reference.records import Row
from tests.reference.schema import Data

sys.setrecursionlimit(20_000)
UNSAID = ("ZS806",)
"""Reasons of which only the code is compared: their words spell out what was looked at."""
LOOSE = ("negative places",)
"""Reasons whose code is the evaluator's own."""


class Disagreement(Struct, frozen=True):
    """One thing that comes out differently: `what` and whose, and both values."""

    what: str
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        return f"{self.what}\n    reference: {self.ours}\n    evaluator: {self.theirs}"


class Checked(Struct, frozen=True):
    """What the checker says of a text; `policy` None where it is refused, `crash` where it fails."""

    policy: core.Policy | None
    codes: tuple[str, ...] = ()
    crash: str = ""


def checked(text: str) -> Checked:
    try:
        loaded = pipeline.compile_text(Source("random.policy", text))
    except Exception as error:
        return Checked(None, (), crashed(error))
    blocking = tuple(d.code for d in loaded.diagnostics if d.blocks)
    return Checked(loaded.policy, blocking if loaded.policy is None else tuple(d.code for d in loaded.diagnostics))


def diagnostics(text: str) -> tuple[Diagnostic, ...]:
    return pipeline.compile_text(Source("random.policy", text)).diagnostics


def crashed(error: BaseException) -> str:
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = (
        f"{at.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{at.tb_frame.f_code.co_name}" if at is not None else ""
    )
    return f"{type(error).__name__} in {where}"


def population(policy: core.Policy, data: Data) -> Population:
    rows = [Subject(record, dict(values)) for record in policy.records for values in data.get(record.name, [])]
    return Population(policy.records, rows)


def exactly(policy: core.Policy, document: Document) -> Decisions:
    return decide_exactly(policy, population(policy, document.data), document.as_of)


# -- where a disagreement starts -----------------------------------------------------------------------------------


def roots(policy: core.Policy, document: Document) -> Iterator[tuple[core.Definition, Disagreement]]:
    """The definitions that come out differently though all that they read comes out alike, with one such record."""
    rows = {r.name: [Row(r, values) for values in document.data.get(r.name, [])] for r in policy.records}
    world = Evaluator(policy, rows, document.as_of)
    everyone = population(policy, document.data)
    program = Program(policy, everyone, document.as_of)
    found: dict[tuple[str, str], Disagreement] = {}
    for stated in policy.definitions:
        pairs = zip(rows.get(stated.record, []), everyone.of(stated.record), strict=True)
        for row, subject in pairs if stated.record else [(world.nobody, program.nobody)]:
            mine = told(world.named(row, stated.name))
            try:
                other = told((subject.memo.get(stated.name) or program.evaluate(subject, stated.name)).value)
            except Exception as error:
                other = crashed(error)
            if not alike(mine, other):
                found.setdefault(
                    (stated.record, stated.name), Disagreement(f"{stated.name} of {row.label}", mine, other)
                )
    for stated in policy.definitions:
        at = (stated.record, stated.name)
        read = {node.key for node in walk.nodes(walk.of_definition(stated)) if isinstance(node, core.Ref)} - {at}
        if at in found and not any(key in read for key in found):
            yield stated, found[at]


# -- both in the same terms ----------------------------------------------------------------------------------------


def told(value: Any) -> Any:
    """A value of either evaluator, told alike: an absent one as its kind and its reasons."""
    if isinstance(value, Absent):
        kind = "undecided" if value.kind == "nothing listed" else value.kind
        return (kind, reasons(value.reasons)) if kind != "none" else ("none",)
    if isinstance(value, Nil):
        return ("none",)
    if isinstance(value, ABSENT):
        kind = "missing" if isinstance(value, Missing) else "referred" if isinstance(value, Referred) else "undecided"
        return kind, reasons((each.code, each.arguments) for each in reasons_of(value))
    return value


def reasons(given: Any) -> frozenset[Any]:
    return frozenset((code, () if code in UNSAID else tuple(arguments)) for code, arguments in given)


def alike(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, tuple) and isinstance(theirs, tuple) and any(code in LOOSE for code, _ in (*ours, ())[1]):
        return bool(ours[0] == theirs[0])
    return (
        type(ours) is type(theirs) and bool(ours == theirs)
        if isinstance(ours, bool | str | tuple)
        else bool(ours == theirs)
    )


def disagreements(policy: core.Policy, document: Document) -> Iterator[Disagreement]:
    """Everything that the two evaluators see differently."""
    wanted = deciding.decide(policy, document.data, document.as_of)
    try:
        found = exactly(policy, document)
    except Exception as error:
        yield Disagreement("deciding", "an answer", crashed(error))
        return
    for ours, theirs in zip(wanted.cases, found.cases, strict=True):
        for name, value in ours.values.items():
            mine, other = told(value), told(theirs.results[name].value)
            if not alike(mine, other):
                yield Disagreement(f"{name} of {ours.key}", mine, other)
        if ours.outcome != theirs.outcome:
            yield Disagreement(f"the outcome of {ours.key}", ours.outcome, theirs.outcome)
        mine, other = reasons(ours.reasons), reasons((each.code, each.arguments) for each in theirs.reasons)
        if mine != other and not any(code in LOOSE for code, _ in mine):
            yield Disagreement(f"the reasons of {ours.key}", mine, other)
    yield from other_checks(wanted, found)


def other_checks(wanted: deciding.Decided, found: Decisions) -> Iterator[Disagreement]:
    seen: dict[tuple[str, str], int] = {}
    for each in found.checks:
        at = seen.get((each.record, each.name), 0)
        seen[each.record, each.name] = at + 1
        mine = told(wanted.checks.get((each.record, each.name, at)))
        if not alike(mine, told(each.step.value)):
            yield Disagreement(f"check {each.name} of {each.record} {at + 1}", mine, told(each.step.value))
