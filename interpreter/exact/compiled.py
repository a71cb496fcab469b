"""A policy's core nodes turned, once a run, into closures from the subjects in scope to the step of a value.

A Program belongs to one run: it holds the population, the as-of date and what was worked out for all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import assert_never

from interpreter.exact.absence import ABSENT_TYPES, undecided, unreached
from interpreter.exact.arithmetic import product_of, rounding_of, sum_of, units_of
from interpreter.exact.choosing import switch_of
from interpreter.exact.code import Code, Finder, Make, Worker
from interpreter.exact.dates import calendar_of, elapsed_of, identity_of, shifted_of
from interpreter.exact.exceptions import definition_under, excepted_of
from interpreter.exact.limits import extreme_of, limited_of
from interpreter.exact.lists import fold_of
from interpreter.exact.logic import all_of, at_least, compare, default_of, is_missing, is_none, not_of
from interpreter.exact.population import Population, Scope, Subject
from interpreter.exact.quotas import quota_of
from interpreter.exact.ranking import in_top, ranking_of
from interpreter.exact.refusal import DecideError, NotGivenError
from interpreter.exact.scoring import total_of
from interpreter.exact.tiers import banded_of
from interpreter.exact.trace import Cohorts, Step
from interpreter.exact.workdays import workdays_of
from policy.core import (
    All,
    AsOf,
    AtLeast,
    Banded,
    CalendarOf,
    Compare,
    Const,
    Default,
    Definition,
    Elapsed,
    Excepted,
    Expr,
    Extreme,
    Fold,
    Follow,
    Get,
    InTop,
    IsMissing,
    IsNone,
    Key,
    Limited,
    Me,
    Named,
    Not,
    OfIdentity,
    Policy,
    Previous,
    Product,
    Record,
    Ref,
    Refer,
    Rounded,
    Shifted,
    Sum,
    Switch,
    Total,
    Units,
    Workdays,
)
from policy.types import Reference
from policy.values import Missing, Referred, Undecided, Value

EVERYWHERE = Record("", ())
"""The record of what belongs to nobody: parameters."""


class Program:
    """A policy compiled over a population. `as_of` None means that the run has no as-of date."""

    def __init__(self, policy: Policy, population: Population, as_of: date | None) -> None:
        self.policy = policy
        self.language = policy.language
        self.population = population
        self.as_of = as_of
        self.nobody = Subject(EVERYWHERE, {})
        self.cohorts = Cohorts()
        self.described = {d.key: d for d in policy.definitions}
        self._workers: dict[tuple[str, str], Worker] = {}
        for subject in population.everyone():
            if subject.given:
                self.give(subject, subject.given)

    def give(self, subject: Subject, values: Mapping[str, Value]) -> None:
        """Values that stand in for definitions, as if they had been worked out."""
        for name, value in values.items():
            described = self.described.get((subject.record, name))
            if described is not None:
                subject.memo[name] = Step(described, value)

    def code(self, node: Expr) -> Code:
        """One expression compiled."""
        make = self.code
        match node:
            case Const() | AsOf():
                return self.constant(node)
            case Me() | Follow() | Previous():
                return self.key_of(node)
            case Get():
                return self.field(node)
            case Ref():
                return self.reference(node)
            case Sum():
                return sum_of(node, make)
            case Product():
                return product_of(node, make)
            case Rounded():
                return rounding_of(node, make)
            case Limited():
                return limited_of(node, make)
            case Units():
                return units_of(node, make, self.language)
            case Compare():
                return compare(node, make)
            case All():
                return all_of(node, make)
            case AtLeast():
                return at_least(node, make)
            case Not():
                return not_of(node, make)
            case IsMissing():
                return is_missing(node, make)
            case IsNone():
                return is_none(node, make)
            case Default():
                return default_of(node, make)
            case InTop():
                return in_top(node, make)
            case Switch():
                return switch_of(node, make, self.language)
            case Total():
                return total_of(node, make)
            case Refer():
                return referring(node)
            case Named():
                return named(node, make)
            case Shifted():
                return shifted_of(node, make)
            case Elapsed():
                return elapsed_of(node, make)
            case CalendarOf():
                return calendar_of(node, make)
            case OfIdentity():
                return identity_of(node, make)
            case Workdays():
                return workdays_of(node, self)
            case Extreme():
                return extreme_of(node, make)
            case Fold():
                return fold_of(node, self)
            case Banded():
                return banded_of(node, make, self.language)
            case Excepted():
                return excepted_of(node, self)
            case _:
                assert_never(node)

    def constant(self, node: Const | AsOf) -> Code:
        """The same step every time; the as-of date is missed only when it is read."""
        if isinstance(node, AsOf) and self.as_of is None:
            return never_given("as_of")
        step = Step(node, node.value if isinstance(node, Const) else self.as_of)
        return lambda scope: step

    def key_of(self, node: Me | Follow | Previous) -> Code:
        """A record as a value is told by its key."""
        find = self.finder(node)

        def run(scope: Scope) -> Step:
            subject, absent, parts = find(scope)
            return Step(node, absent if subject is None else subject.key, parts)

        return run

    def field(self, node: Get) -> Code:
        """A field that was not given at all leaves open whatever needs it; that happens in examples only."""
        name, own = node.field, depth_of(node.of)
        if own is None:
            return self.field_elsewhere(node)

        def run(scope: Scope) -> Step:
            try:
                return Step(node, scope[own].values[name])
            except KeyError:
                return Step(node, undecided("ZS842", "not_given", name=name))

        return run

    def field_elsewhere(self, node: Get) -> Code:
        find, name = self.finder(node.of), node.field

        def run(scope: Scope) -> Step:
            subject, absent, parts = find(scope)
            if subject is None:
                return Step(node, unreached(absent, name), parts)
            if name not in subject.values:
                return Step(node, undecided("ZS842", "not_given", name=name), parts)
            return Step(node, subject.values[name], parts)

        return run

    def reference(self, node: Ref) -> Code:
        if not node.record:
            return self.reference_shared(node)
        name, own, evaluate = node.name, depth_of(node.of), self.evaluate
        if own is None:
            return self.reference_elsewhere(node)

        def run(scope: Scope) -> Step:
            subject = scope[own]
            found = subject.memo.get(name) or evaluate(subject, name)
            return Step(node, found.value, (found,))

        return run

    def reference_shared(self, node: Ref) -> Code:
        """What belongs to nobody is worked out once for all."""
        name, nobody, evaluate = node.name, self.nobody, self.evaluate

        def run(scope: Scope) -> Step:
            found = nobody.memo.get(name) or evaluate(nobody, name)
            return Step(node, found.value, (found,))

        return run

    def reference_elsewhere(self, node: Ref) -> Code:
        find, name = self.finder(node.of), node.name
        work_out = self.in_turn(node.of) if isinstance(node.of, Previous) else self.evaluate

        def run(scope: Scope) -> Step:
            subject, absent, parts = find(scope)
            if subject is None:
                return Step(node, unreached(absent, name), parts)
            found = subject.memo.get(name) or work_out(subject, name)
            return Step(node, found.value, (found, *parts))

        return run

    def evaluate(self, subject: Subject, name: str) -> Step:
        """The step of a definition for a subject, worked out once."""
        worker = self._workers.get((subject.record, name)) or self.worker(subject.record, name)
        step = subject.memo[name] = worker(subject)
        return step

    def in_turn(self, node: Previous) -> Callable[[Subject, str], Step]:
        """A definition that looks back or ahead, worked out from the far end on, so that no chain is too long."""
        beside = self.population.beside

        def work_out(subject: Subject, name: str) -> Step:
            chain = [subject]
            while len(found := beside(chain[-1], node.owner, node.series, node.steps)) == 1:
                if name in found[0].memo:
                    break
                chain.append(found[0])
            for each in reversed(chain):
                if name not in each.memo:
                    self.evaluate(each, name)
            return subject.memo[name]

        return work_out

    def worker(self, record: str, name: str) -> Worker:
        """A definition compiled."""
        made = self._workers[record, name] = self.made(self.described[record, name])
        return made

    def forget(self, keys: Iterable[Key]) -> None:
        """Definitions compiled anew when they are next asked for: a rank or quota keeps the places it has given."""
        for key in keys:
            self._workers.pop(key, None)

    def made(self, definition: Definition) -> Worker:
        if definition.ranking is not None:
            plain = ranking_of(definition, definition.ranking, self)
        elif definition.quota is not None:
            plain = quota_of(definition, definition.quota, self)
        elif definition.allocation is not None:
            from interpreter.exact.divisions import division_of

            plain = division_of(definition, definition.allocation, self)
        elif definition.body is not None:
            plain = self.by_body(self.code(definition.body))
        else:
            raise DecideError("ZS843", name=definition.name)
        return definition_under(definition, plain, self)

    def by_body(self, code: Code) -> Worker:
        return lambda subject: code((subject,))

    def finder(self, node: Expr) -> Finder:
        """What finds the record that an expression stands for."""
        match node:
            case Me(depth=depth):
                return lambda scope: (scope[depth], None, ())
            case Follow():
                return self.followed(node)
            case Previous():
                return self.preceding(node)
            case Named(of=inner):
                return self.finder(inner)
            case _:
                return self.pointed_to(node, self.code(node))

    def followed(self, node: Follow) -> Finder:
        return self.pointed_to(node, self.code(node.of))

    def pointed_to(self, node: Expr, code: Code) -> Finder:
        """The record whose key an expression comes to."""
        kinds = [node.type.kind, *([node.of.type.kind] if isinstance(node, Follow) else [])]
        record = next((kind.record for kind in kinds if isinstance(kind, Reference)), "")

        def find(scope: Scope) -> tuple[Subject | None, Value, tuple[Step, ...]]:
            step = code(scope)
            if type(step.value) in ABSENT_TYPES:
                return None, step.value, (step,)
            subject = self.population.find(record, step.value)
            absent = None if subject else self.population.unfound(record, str(step.value))
            return subject, absent, (step,)

        return find

    def preceding(self, node: Previous) -> Finder:
        find = self.finder(node.of)

        def before(scope: Scope) -> tuple[Subject | None, Value, tuple[Step, ...]]:
            subject, absent, parts = find(scope)
            if subject is None:
                return None, absent, parts
            doubt = self.population.beside_in_doubt(subject, node.owner, node.series, node.steps)
            if doubt is not None:
                return None, doubt, parts
            found = self.population.beside(subject, node.owner, node.series, node.steps)
            if len(found) > 1:
                return None, undecided("ZS813", record=subject.record, who=subject.label), parts
            return (found[0], None, parts) if found else (None, Missing(""), parts)

        return before


def depth_of(node: Expr) -> int | None:
    """How far out the record in scope is; None if the expression is no record in scope."""
    return node.depth if isinstance(node, Me) else None


def never_given(name: str) -> Code:
    def run(scope: Scope) -> Step:
        raise NotGivenError(name)

    return run


def referring(node: Refer) -> Code:
    """A case that the author has kept for people."""
    reasons = undecided("ZS840", reason=node.reason).reasons
    step = Step(node, Referred(reasons) if node.outcome == "referred" else Undecided(reasons))
    return lambda scope: step


def named(node: Named, make: Make) -> Code:
    inner = make(node.of)

    def run(scope: Scope) -> Step:
        part = inner(scope)
        return Step(node, part.value, (part,))

    return run
