"""Why not that value: what stands in the way, and the smallest single change that would give it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from interpreter.exact.compiled import Program
from interpreter.exact.decide import Decision, decide
from interpreter.exact.population import Population
from interpreter.exact.reach import in_order_of_need, take
from interpreter.exact.trace import Step
from interpreter.explaining.changes import Beyond, Change, Goal, change_of
from interpreter.explaining.explain import case_of, how_late
from interpreter.explaining.lacking import Sought, Test, blocking
from interpreter.explaining.model import Figure, Item, UnexplainedError
from interpreter.explaining.trying import Trials, fields_read
from policy.core import Definition, Expr, Policy
from policy.diagnostic import Reason
from policy.types import Choice, YesNo
from policy.values import Value

SPELLED = {"是": True, "否": False, "yes": True, "no": False}


class WhyNot(Struct, frozen=True):
    """The answer. `state`: already (it is that value), open (the case is not decided), blocked.

    `blocking` are the rows that give the value, with what they lack; `changes` single changes that reach it, the
    others are fields of which none does (`beyond`), or of which it could not be told (`untried`).
    """

    result: str
    target: Figure
    current: Figure
    state: str
    reasons: tuple[Reason, ...] = ()
    blocking: tuple[Item, ...] = ()
    changes: tuple[Change, ...] = ()
    beyond: tuple[Beyond, ...] = ()
    untried: tuple[str, ...] = ()


def why_not(policy: Policy, population: Population, as_of: date | None, key: str, target: str) -> WhyNot:
    """Why the subject with a key did not get `target`; UnexplainedError if there is no such subject or value."""
    definition, value = sought(policy, target)
    case = case_of(decide(policy, population, as_of, traced=False), key)
    step = case.results[definition.name]
    figures = (Figure(value, definition.type), Figure(step.value, definition.type))
    if case.outcome != "decided":
        return WhyNot(definition.name, *figures, "open", case.reasons)
    if step.value == value:
        return WhyNot(definition.name, *figures, "already")
    lacks = blocking(step, Sought(value, testing(policy, population, as_of, case), case.key))
    changes, beyond, untried = tried(policy, population, as_of, (case, definition, value))
    return WhyNot(definition.name, *figures, "blocked", (), lacks, changes, beyond, untried)


def sought(policy: Policy, target: str) -> tuple[Definition, Value]:
    """The first result that can have a value of that name, grades before others, and the value."""
    found = [definition for name in policy.results if (definition := policy.definition(name)) is not None]
    for definition in sorted(found, key=lambda each: how_late(each.name, each.type)):
        kind = definition.type.kind
        if isinstance(kind, Choice) and target in kind.values:
            return definition, target
        if isinstance(kind, YesNo) and target in SPELLED:
            return definition, SPELLED[target]
    raise UnexplainedError("ZS919", value=target)


def testing(policy: Policy, population: Population, as_of: date | None, case: Decision) -> Test:
    """Works out an expression about the person, where a row was not looked at."""
    program = Program(policy, population.fresh(), as_of)
    take(in_order_of_need(policy, [d.key for d in policy.definitions]), program)
    subject = next(s for s in program.population.of(policy.main.name) if s.key == case.key)

    def test(expr: Expr) -> Step:
        return program.code(expr)((subject,))

    return test


def tried(
    policy: Policy, population: Population, as_of: date | None, asked: tuple[Decision, Definition, Value]
) -> tuple[tuple[Change, ...], tuple[Beyond, ...], tuple[str, ...]]:
    """Every field on its own: the changes that reach the value, those that do not, those not tried."""
    case, definition, value = asked
    kind = definition.type.kind if isinstance(definition.type.kind, Choice) else None
    goal = Goal(value, case.results[definition.name].value, kind)
    trials = Trials(policy, population, as_of, case, definition.name)
    changes: list[Change] = []
    beyond: list[Beyond] = []
    untried: list[str] = []
    for field in fields_read(policy, definition.name):
        found = change_of(trials, field, goal)
        if isinstance(found, Change):
            changes.append(found)
        elif isinstance(found, Beyond):
            beyond.append(found)
        else:
            untried.append(field.name)
    return tuple(changes), tuple(beyond), tuple(untried)
