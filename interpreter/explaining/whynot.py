"""Why not that value: what stands in the way, and the smallest single change that would give it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, structs

from interpreter.exact.compiled import Program
from interpreter.exact.decide import Decision, decide
from interpreter.exact.population import Population
from interpreter.exact.reach import in_order_of_need, take
from interpreter.exact.trace import Step
from interpreter.explaining.changes import Beyond, Change, Goal, change_of
from interpreter.explaining.explain import case_of, how_late
from interpreter.explaining.lacking import Sought, Test, blocking
from interpreter.explaining.model import Figure, Item, UnexplainedError
from interpreter.explaining.together import Bound, Together, beyond_pairs, by_fixed, pair
from interpreter.explaining.trying import Edits, Trials
from policy.core import Definition, Expr, Policy
from policy.diagnostic import Reason
from policy.types import Choice, YesNo
from policy.values import Value

MOST_LISTED = 40
"""Records of a person that are tried at most."""
SPELLED = {"是": True, "否": False, "yes": True, "no": False}


class WhyNot(Struct, frozen=True):
    """The answer. `state`: already (it is that value; `changes` are how it would be lost), open (the case is not
    decided), blocked.

    `blocking` are the rows that give the value, with what they lack; `changes` single changes that reach it, the
    others are fields of which none does (`beyond`), or of which it could not be told (`untried`). Where no single one
    reaches it, `together` are two or more that do; where none do, `bound` is what they do not get beyond. `paired` says
    that every two were tried.
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
    together: Together | None = None
    bound: Bound | None = None
    paired: bool = False


def why_not(
    policy: Policy, population: Population, as_of: date | None, key: str, target: str, *, fixed: bool = False
) -> WhyNot:
    """Why the subject with a key did not get `target` or better; UnexplainedError if there is no such subject or value.

    Of a value that the subject has, the changes that would lose it. What nobody can change is changed only where
    `fixed` asks for it.
    """
    definition, value = sought(policy, target)
    decisions = decide(policy, population, as_of, traced=False)
    case = case_of(decisions, key)
    step = case.results[definition.name]
    figures = (Figure(value, definition.type), Figure(step.value, definition.type))
    if case.outcome != "decided":
        return WhyNot(definition.name, *figures, "open", case.reasons)
    kind = definition.type.kind if isinstance(definition.type.kind, Choice) else None
    goal, trials = Goal(value, step.value, kind), Trials(decisions, case, definition.name, fixed=fixed)
    changes, beyond, untried = tried(trials, goal)
    if step.value == value:
        return WhyNot(definition.name, *figures, "already", changes=changes, untried=untried)
    lacks = blocking(step, Sought(value, testing(policy, population, as_of, case), case.key))
    answer = WhyNot(definition.name, *figures, "blocked", (), lacks, changes, beyond, untried)
    if changes or not trials.places:
        return answer
    together, bound, paired, best = several(trials, goal)
    if bound is not None:
        bound = structs.replace(bound, lacks=even_so(trials, value, best))
    if bound is not None and not fixed:
        free = Trials(decisions, case, definition.name, fixed=True)
        bound = structs.replace(bound, fixed=by_fixed(trials, free, goal))
    return structs.replace(answer, together=together, bound=bound, paired=paired)


def several(trials: Trials, goal: Goal) -> tuple[Together | None, Bound | None, bool, Edits]:
    """Two figures together, else more of them, else what bounds them; whether every two were tried; and the figures
    that come to the bound."""
    found, every = pair(trials, goal)
    if found is not None:
        return found, None, every, ()
    more, bound, best = beyond_pairs(trials, goal)
    return more, bound, every, best


def even_so(trials: Trials, value: Value, edits: Edits) -> tuple[Item, ...]:
    """What the value lacks with some figures put in: the mark that is not reached at best, who stands above even so."""
    decisions = trials.decided(edits)
    if decisions is None:
        return ()
    case = case_of(decisions, trials.key)
    test = testing(trials.policy, decisions.population, trials.as_of, case)
    return blocking(case.results[trials.result], Sought(value, test, case.key))


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


def tried(trials: Trials, goal: Goal) -> tuple[tuple[Change, ...], tuple[Beyond, ...], tuple[str, ...]]:
    """Every field on its own, of the person and of what belongs to them: the changes that reach the value, the fields
    that do not, those of which it could not be told."""
    changes: list[Change] = []
    beyond: list[Beyond] = []
    untried: list[str] = []
    for place in trials.places:
        found = change_of(trials, place, goal)
        if isinstance(found, Change):
            changes.append(found)
        elif isinstance(found, Beyond):
            beyond.append(found)
        else:
            untried.append(f"{place.called} {place.field.name}".strip())
    return tuple(changes), tuple(beyond), tuple(dict.fromkeys(untried))
