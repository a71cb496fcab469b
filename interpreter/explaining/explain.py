"""The explanation of one person's case, put together from what was recorded."""

from __future__ import annotations

from datetime import date

from interpreter.exact.absence import reasons_of
from interpreter.exact.decide import Decision, Decisions
from interpreter.exact.trace import Step
from interpreter.explaining import choices
from interpreter.explaining.model import Explanation, Figure, Item, Origin, Result, UnexplainedError
from interpreter.explaining.places import ranks_of
from interpreter.explaining.reached import reached
from interpreter.explaining.steps import DEEP, steps_of
from interpreter.explaining.told import Setting, Told
from interpreter.explaining.touching import accepted
from policy.core import Policy
from policy.types import Choice, Text, Type, YesNo
from policy.values import ABSENT

NAMES = 3
"""Text fields that a headline shows at most."""


def explain(decisions: Decisions, key: str, as_of: date | None = None) -> Explanation:
    """Why the subject with a key got what it got; UnexplainedError if there is none."""
    policy, case = decisions.policy, case_of(decisions, key)
    found = reached((*case.results.values(), *case.overall), policy.main.name)
    main = policy.main
    return Explanation(
        policy=policy.name,
        version=policy.version,
        origin=policy.origin,
        language=policy.language,
        record=main.name,
        as_of=as_of,
        key_name=main.key.name if main.key else "",
        key=case.key,
        names=names_of(policy, case),
        outcome=case.outcome,
        reasons=case.reasons,
        results=results_of(policy, case),
        ranks=ranks_of(policy, found, len(decisions.cases)),
        steps=steps_of(policy, found, case.key),
        overall=overall(case.overall, Setting({}, case.key, main.name, DEEP)),
        accepted=accepted(decisions, case.subject, found),
        source=source_of(case),
    )


def case_of(decisions: Decisions, key: str) -> Decision:
    """The case with a key."""
    found = decisions.traced(key)
    if found is None:
        raise UnexplainedError("ZS910", record=decisions.policy.main.name, key=key, near="—")
    return found


def names_of(policy: Policy, case: Decision) -> tuple[tuple[str, Figure], ...]:
    """The first fields of free text, a name, a branch; those that the data lacks call nobody anything."""
    fields = [f for f in policy.main.fields if isinstance(f.type.kind, Text) and not f.key][:NAMES]
    values = ((f, case.subject.values.get(f.name)) for f in fields)
    return tuple((f.name, Figure(value, f.type)) for f, value in values if not isinstance(value, ABSENT))


def results_of(policy: Policy, case: Decision) -> tuple[Result, ...]:
    """The grade first, then other choices, then the others in the order of 结果."""
    found = [
        Result(name, Figure(step.value, result_type(policy, name)), reasons_of(step.value))
        for name, step in case.results.items()
    ]
    return tuple(sorted(found, key=lambda result: how_late(result.name, result.value.type)))


def how_late(name: str, kind: Type) -> int:
    """What is called like its choice is the grade; values of other choices come next."""
    if not isinstance(kind.kind, Choice):
        return 2
    return 0 if kind.kind.name == name else 1


def result_type(policy: Policy, name: str) -> Type:
    definition, field = policy.definition(name), policy.main.field(name)
    return definition.type if definition is not None else field.type if field is not None else Type(YesNo())


def overall(tried: tuple[Step, ...], inside: Setting) -> tuple[Item, ...]:
    """The exceptions on the whole outcome that concern the case."""
    into = Told("", inside)
    choices.tell_exceptions(tried, into)
    return tuple(into.items)


def source_of(case: Decision) -> Origin | None:
    """Where the row stands, if it was read from data."""
    place = case.subject.place
    file, sheet, row = (getattr(place, name, None) for name in ("file", "sheet", "row"))
    return Origin(file, sheet or "", row or 0) if isinstance(file, str) else None
