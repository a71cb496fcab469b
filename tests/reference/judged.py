"""A document decided twice, by the evaluator under test and by this one; and where they disagree.

What is told apart: the value of every result of every person, the outcome, the reasons, every check.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from typing import Any

from msgspec import Struct

from dsl import pipeline
from interpreter.exact.absence import reasons_of
from interpreter.exact.compiled import Program
from interpreter.exact.decide import Decisions
from interpreter.exact.decide import decide as decide_exactly
from interpreter.exact.population import Population, Subject
from interpreter.exact.reach import in_order_of_need, take
from interpreter.exact.refusal import NotGivenError
from interpreter.exact.trace import Allotment
from policy import core, walk
from policy.diagnostic import Diagnostic
from policy.source import Source
from policy.values import ABSENT, Missing, Nil, NoneListed, Referred, Undecided
from tests.reference import deciding
from tests.reference.absence import Absent
from tests.reference.account import accounted
from tests.reference.documents import Document
from tests.reference.evaluator import Evaluator
from tests.reference.records import NotGiven
from tests.reference.schema import Data

DEEP = 50_000
"""How deep this evaluator may go; the one under test has to do with what Python gives."""
UNSAID = ("ZS806",)
"""Reasons of which only the code is compared: their words spell out what was looked at."""


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
    rows = [Subject(record, values) if rejected is None else Subject.set_aside(record, rejected)
            for record, values, rejected in accounted(policy, data)]  # fmt: skip
    return Population(policy.records, rows)


def exactly(policy: core.Policy, document: Document) -> Decisions:
    return decide_exactly(policy, population(policy, document.data), document.as_of)


# -- both in the same terms ----------------------------------------------------------------------------------------


KINDS = {Missing: "missing", NoneListed: "nothing listed", Referred: "referred", Undecided: "undecided"}


def told(value: Any) -> Any:
    """A value of either evaluator, told alike: an absent one as its kind and its reasons."""
    if isinstance(value, Absent):
        return (value.kind, reasons(value.reasons)) if value.kind != "none" else ("none",)
    if isinstance(value, Nil):
        return ("none",)
    if isinstance(value, ABSENT):
        return KINDS[type(value)], reasons((each.code, each.arguments) for each in reasons_of(value))
    return value


def reasons(given: Any) -> frozenset[Any]:
    return frozenset((code, () if code in UNSAID else tuple(arguments)) for code, arguments in given)


def alike(ours: Any, theirs: Any) -> bool:
    return (
        type(ours) is type(theirs) and bool(ours == theirs)
        if isinstance(ours, bool | str | tuple)
        else bool(ours == theirs)
    )


# -- what should come out, and what does -----------------------------------------------------------------------------


class Wanted(Struct):
    """What this evaluator makes of a document: every definition by its key, of every record in turn; every case."""

    definitions: dict[core.Key, list[Any]]
    labels: dict[core.Key, list[str]]
    cases: list[tuple[str, dict[str, Any], str, frozenset[Any]]]
    allotments: dict[core.Key, list[Any]]
    dated: bool


@contextmanager
def deep() -> Iterator[None]:
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(DEEP)
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)


@deep()
def wanted(policy: core.Policy, document: Document) -> Wanted:
    world = deciding.world(policy, document.data, document.as_of)
    definitions, labels, cases = wanted_of(world)
    asked = deciding.world(policy, document.data, document.as_of)
    deciding.cases(asked)
    allotments = {key: sorted(map(laid_out, found), key=str) for key, found in asked.allotments.items()}
    return Wanted(definitions, labels, cases, allotments, asks_for_the_day(policy, document))


def wanted_of(world: Evaluator) -> tuple[dict[core.Key, list[Any]], dict[core.Key, list[str]], list[Any]]:
    definitions, labels = {}, {}
    for stated in world.policy.definitions:
        rows = world.rows.get(stated.record, []) if stated.record else [world.nobody]
        definitions[stated.key] = [told(world.named(row, stated.name)) for row in rows]
        labels[stated.key] = [row.label for row in rows]
    cases = [
        (each.key, {name: told(value) for name, value in each.values.items()}, each.outcome, reasons(each.reasons))
        for each in deciding.cases(world)
    ]
    return definitions, labels, cases


def laid_out(allotment: tuple[Any, ...]) -> tuple[Any, ...]:
    shares, base, grades, still_open = allotment
    return tuple(map(told, shares)), told(base), [tuple(each) for each in grades], still_open


def asks_for_the_day(policy: core.Policy, document: Document) -> bool:
    """Whether something that is worked out reads the as-of date."""
    try:
        wanted_of(deciding.world(policy, document.data, None))
    except NotGiven:
        return True
    return False


def disagreements(policy: core.Policy, document: Document, ours: Wanted | None = None) -> list[Disagreement]:
    """Everything that the two evaluators see differently: first where it starts, then what becomes of the cases."""
    ours = ours or wanted(policy, document)
    return [*(seen for _, seen in roots(policy, document, ours)), *of_cases(policy, document, ours)]


def roots(policy: core.Policy, document: Document, ours: Wanted) -> Iterator[tuple[core.Definition, Disagreement]]:
    """The definitions that come out differently though all that they read comes out alike, with one such record."""
    everyone = population(policy, document.data)
    program = Program(policy, everyone, document.as_of)
    take(in_order_of_need(policy, [stated.key for stated in policy.definitions]), program)
    found: dict[core.Key, Disagreement] = {}
    for stated in policy.definitions:
        subjects = everyone.of(stated.record) if stated.record else [program.nobody]
        for mine, who, subject in zip(ours.definitions[stated.key], ours.labels[stated.key], subjects, strict=True):
            try:
                other = told((subject.memo.get(stated.name) or program.evaluate(subject, stated.name)).value)
            except Exception as error:
                other = crashed(error)
            if not alike(mine, other):
                found.setdefault(stated.key, Disagreement(f"{stated.name} of {who}", mine, other))
    for stated in policy.definitions:
        read = {node.key for node in walk.nodes(walk.of_definition(stated)) if isinstance(node, core.Ref)}
        if stated.key in found and not any(key in read - {stated.key} for key in found):
            yield stated, found[stated.key]


def of_cases(policy: core.Policy, document: Document, ours: Wanted) -> Iterator[Disagreement]:
    try:
        found = exactly(policy, document)
    except Exception as error:
        yield Disagreement("deciding", "an answer", crashed(error))
        return
    for (key, values, outcome, why), theirs in zip(ours.cases, found.cases, strict=True):
        for name, mine in values.items():
            other = told(theirs.results[name].value)
            if not alike(mine, other):
                yield Disagreement(f"{name} of {key}", mine, other)
        if outcome != theirs.outcome:
            yield Disagreement(f"the outcome of {key}", outcome, theirs.outcome)
        other = reasons((each.code, each.arguments) for each in theirs.reasons)
        if why != other:
            yield Disagreement(f"the reasons of {key}", why, other)
    yield from of_allotments(found, ours)
    yield from of_the_day(policy, document, ours)
    checks: dict[core.Key, list[Any]] = {}
    for each in found.checks:
        checks.setdefault((each.record, each.name), []).append(told(each.step.value))
    for check, others in checks.items():
        for mine, other in zip(ours.definitions[check], others, strict=True):
            if not alike(mine, other):
                yield Disagreement(f"check {check}", mine, other)


def of_allotments(found: Decisions, ours: Wanted) -> Iterator[Disagreement]:
    """How the places of each quota were given out, by quota and among whom. One that is no result need not be asked."""
    main = found.policy.main.name
    for key, mine in ours.allotments.items():
        if key not in found.allotments and not (key[0] == main and key[1] in found.policy.results):
            continue
        others = sorted((allotted(each) for each in found.allotments.get(key, ())), key=str)
        if any(places != int(places) or places < 0 for _, _, grades, _ in others for _, places, *_ in grades):
            yield Disagreement(f"places of {key}", "whole numbers", others)
        for one, other in zip_longest(mine, others):
            if one != other:
                yield Disagreement(f"how {key} was given out", one, other)
                return


def allotted(each: Allotment) -> tuple[Any, ...]:
    grades = [
        (g.tier.value, g.places, sorted(g.taken), sorted(g.tied), sorted(g.surplus), g.unfilled) for g in each.grades
    ]
    base = told(each.base.value) if each.base is not None else None
    return tuple(map(told, each.partition)), base, grades, list(each.open)


def of_the_day(policy: core.Policy, document: Document, ours: Wanted) -> Iterator[Disagreement]:
    """Without an as-of date nothing is decided where something reads it, and everything where nothing does."""
    try:
        decide_exactly(policy, population(policy, document.data), None)
        refused = False
    except NotGivenError:
        refused = True
    if ours.dated and not refused:
        yield Disagreement("without an as-of date", "refused", "decided")
    elif refused and not policy.dated:
        yield Disagreement("without an as-of date", "decided", "refused")
