"""Why not that value: what stands in the way, and the smallest single change that would give it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct, structs

from interpreter.exact.compiled import Program
from interpreter.exact.decide import Decision, decide
from interpreter.exact.population import Population, Subject
from interpreter.exact.reach import in_order_of_need, take
from interpreter.exact.trace import Step
from interpreter.explaining.changes import Beyond, Change, Goal, change_of
from interpreter.explaining.explain import case_of, how_late
from interpreter.explaining.lacking import Sought, Test, blocking
from interpreter.explaining.model import Figure, Item, UnexplainedError
from interpreter.explaining.trying import Trials, belonging, fields_read
from policy.core import Definition, Expr, Field, Policy, Record
from policy.diagnostic import Reason
from policy.types import Choice, YesNo
from policy.values import Period, Value

MOST_LISTED = 40
"""Records of a person that are tried at most."""
SPELLED = {"是": True, "否": False, "yes": True, "no": False}


class WhyNot(Struct, frozen=True):
    """The answer. `state`: already (it is that value; `changes` are how it would be lost), open (the case is not
    decided), blocked.

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


def why_not(
    policy: Policy, population: Population, as_of: date | None, key: str, target: str, *, fixed: bool = False
) -> WhyNot:
    """Why the subject with a key did not get `target` or better; UnexplainedError if there is no such subject or value.

    Of a value that the subject has, the changes that would lose it. What nobody can change is changed only where
    `fixed` asks for it.
    """
    definition, value = sought(policy, target)
    case = case_of(decide(policy, population, as_of, traced=False), key)
    step = case.results[definition.name]
    figures = (Figure(value, definition.type), Figure(step.value, definition.type))
    if case.outcome != "decided":
        return WhyNot(definition.name, *figures, "open", case.reasons)
    if step.value == value:
        changes, _, untried = tried(policy, population, as_of, (case, definition, value), fixed=fixed)
        return WhyNot(definition.name, *figures, "already", changes=changes, untried=untried)
    lacks = blocking(step, Sought(value, testing(policy, population, as_of, case), case.key))
    changes, beyond, untried = tried(policy, population, as_of, (case, definition, value), fixed=fixed)
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
    policy: Policy,
    population: Population,
    as_of: date | None,
    asked: tuple[Decision, Definition, Value],
    *,
    fixed: bool,
) -> tuple[tuple[Change, ...], tuple[Beyond, ...], tuple[str, ...]]:
    """Every field on its own, of the person and of what belongs to them: the changes that reach the value, the fields
    that do not, those of which it could not be told."""
    case, definition, value = asked
    kind = definition.type.kind if isinstance(definition.type.kind, Choice) else None
    goal = Goal(value, case.results[definition.name].value, kind)
    changes: list[Change] = []
    beyond: list[Beyond] = []
    untried: list[str] = []
    for name, trials, field in spots(policy, population, as_of, (case, definition), fixed=fixed):
        found = change_of(trials, field, goal)
        if isinstance(found, Change):
            changes.append(structs.replace(found, record=name))
        elif isinstance(found, Beyond):
            beyond.append(structs.replace(found, record=name))
        else:
            untried.append(f"{name} {field.name}".strip())
    return tuple(changes), tuple(beyond), tuple(dict.fromkeys(untried))


def spots(
    policy: Policy,
    population: Population,
    as_of: date | None,
    asked: tuple[Decision, Definition],
    *,
    fixed: bool,
) -> Iterator[tuple[str, Trials, Field]]:
    """What may be changed: the person's own fields, then those of each record of theirs, behind its name."""
    case, definition = asked
    own = fields_read(policy, definition.name, policy.main, fixed)
    if own:
        trials = Trials(policy, population, as_of, case, definition.name)
        yield from (("", trials, field) for field in own)
    for at, (record, subject) in enumerate(belonging(policy, population, case.key)):
        fields = fields_read(policy, definition.name, record, fixed)
        if fields and at < MOST_LISTED:
            trials = Trials(policy, population, as_of, case, definition.name, subject)
            yield from ((called(record, subject), trials, field) for field in fields)


def called(record: Record, subject: Subject) -> str:
    """A listed record by its key or period, else by its row."""
    series = next((f.name for f in record.fields if f.series), "")
    own = subject.key or subject.values.get(series)
    row = getattr(subject.place, "row", 0)
    told = str(own) if isinstance(own, str | date) and own else period(own) if isinstance(own, Period) else f"#{row}"
    return f"{record.name} {told}"


def period(at: Period) -> str:
    return {"year": f"{at.year}", "month": f"{at.year}-{at.part:02}", "quarter": f"{at.year}Q{at.part}"}[at.grain]
