"""Everyone decided: the results of each subject of the main record, what became of the case, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

from msgspec import Struct

from interpreter.exact.absence import OPEN, merged, reasons_of
from interpreter.exact.compiled import Program
from interpreter.exact.exceptions import judging
from interpreter.exact.population import Population, Subject
from interpreter.exact.reach import Turn, in_order_of_need, take
from interpreter.exact.refusal import DecideError, NotGivenError
from interpreter.exact.trace import Allotment, Cohort, Division, Step
from policy.core import Get, Key, Me, Policy
from policy.diagnostic import Reason
from policy.kinds import Outcome
from policy.types import YES_NO, Reference, Type
from policy.values import Missing, Referred, Value

Overall: TypeAlias = Callable[[Subject], "tuple[Value, tuple[Step, ...]]"]


class Decision(Struct, eq=False):
    """One subject's case. `outcome`: decided, referred or undecided; `overall` steps are of the exceptions on 结果."""

    key: str
    subject: Subject
    results: dict[str, Step]
    outcome: Outcome
    reasons: tuple[Reason, ...]
    overall: tuple[Step, ...] = ()


class Checked(Struct, eq=False):
    """One 检查 of one record, of any kind: whether it holds (True, False or absent) stands in the step's value."""

    name: str
    record: str
    key: str
    step: Step


class Decisions(Struct, eq=False):
    """All cases in the order of the data, and what was worked out for whole cohorts, by rank, quota and division."""

    policy: Policy
    cases: tuple[Decision, ...]
    ranks: Mapping[Key, tuple[Cohort, ...]]
    allotments: Mapping[Key, tuple[Allotment, ...]]
    checks: tuple[Checked, ...]
    population: Population
    as_of: date | None
    divisions: Mapping[Key, Division] = {}

    def case(self, key: str) -> Decision | None:
        """The case of the subject with a key."""
        return next((case for case in self.cases if case.key == key), None)

    def traced(self, key: str) -> Decision | None:
        """The same with every step behind it; worked out anew where they were not kept."""
        case = self.case(key)
        if case is None or case.subject.traced:
            return case
        program = Program(self.policy, self.population.tracing(key), self.as_of)
        return next((case for case in decided(program, key)), None)


def decide(policy: Policy, population: Population, as_of: date | None = None, *, traced: bool = True) -> Decisions:
    """Every subject of the main record decided; the population given is left as it is. Without `traced` the steps
    behind a definition's value are not kept."""
    if as_of is None and policy.dated:
        raise NotGivenError("as_of")
    program = Program(policy, population.fresh(traced), as_of)
    try:
        cases, checks = tuple(decided(program)), checked(program)
    except RecursionError:
        raise DecideError("ZS844") from None
    cohorts = program.cohorts
    return Decisions(
        policy, cases, cohorts.ranks, cohorts.allotments, checks, program.population, as_of, cohorts.divisions
    )


def decided(program: Program, key: str | None = None, turns: tuple[Turn, ...] | None = None) -> list[Decision]:
    """The cases of all subjects of the main record, or of those with a key; `turns` is the order of need, if known."""
    policy = program.policy
    results = {name: result_of(program, name, policy.main.name) for name in policy.results}
    overall = overall_of(program)
    take(in_order_of_need(policy) if turns is None else turns, program)
    return [
        case_of(subject, {name: result(subject) for name, result in results.items()}, overall(subject))
        for subject in program.population.of(policy.main.name)
        if key is None or subject.key == key
    ]


def checked(program: Program) -> tuple[Checked, ...]:
    """Every 检查 of the policy, of every record that it is about."""
    stated = [definition for definition in program.policy.definitions if definition.kind == "check"]
    return tuple(
        Checked(each.name, each.record, subject.label, result_of(program, each.name, each.record)(subject))
        for each in stated
        for subject in program.population.of(each.record)
    )


def overall_of(program: Program) -> Overall:
    """What the exceptions on 结果 say of a case: True where they leave it alone."""
    if not program.policy.overall:
        return lambda subject: (True, ())
    judge = judging(program.policy.overall, YES_NO, program)

    def overall(subject: Subject) -> tuple[Value, tuple[Step, ...]]:
        value, steps = judge(True, (subject,))
        return value, steps if subject.traced else ()

    return overall


def result_of(program: Program, name: str, record: str) -> Callable[[Subject], Step]:
    """How a result is read: a definition of the record, else a field of it, else what belongs to nobody."""
    described = program.policy.record(record)
    field = described.field(name) if described else None
    if (record, name) not in program.described and field is not None:
        code = program.code(Get(of=Me(depth=0, type=Type(Reference(record))), field=name, type=field.type))
        return lambda subject: code((subject,))
    if (record, name) not in program.described:
        nobody = program.nobody
        return lambda _: nobody.memo.get(name) or program.evaluate(nobody, name)
    return lambda subject: subject.memo.get(name) or program.evaluate(subject, name)


def case_of(subject: Subject, results: dict[str, Step], judged: tuple[Value, tuple[Step, ...]]) -> Decision:
    """What becomes of a case: an exception that keeps it for people comes before everything else."""
    overall, steps = judged
    outcome: Outcome
    values = [step.value for step in results.values() if not (type(step.value) is Missing and type(step.expr) is Get)]
    reasons = merged(reason for value in (*values, overall) for reason in reasons_of(value))
    if type(overall) is Referred:
        outcome = "referred"
    elif any(type(value) in OPEN and type(value) is not Referred for value in (*values, overall)):
        outcome = "undecided"
    else:
        outcome = "referred" if any(type(value) in OPEN for value in values) else "decided"
    return Decision(subject.key, subject, results, outcome, reasons, steps)
