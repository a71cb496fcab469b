"""Worked examples: what an example gives, decided, against what it expects.

The records that an example lists are the whole population; what it speaks of without listing them is one subject more
of the main record, who owns every listed record that names no owner. What it does not give must not be needed.
"""

from __future__ import annotations

from datetime import date
from typing import Final, assert_never

from msgspec import Struct

from interpreter.exact.absence import GONE, OPEN, because, lacking, not_given, reasons_of
from interpreter.exact.compiled import Program
from interpreter.exact.decide import case_of, overall_of, result_of
from interpreter.exact.population import Population, Subject
from interpreter.exact.reach import in_order_of_need, take
from interpreter.exact.refusal import DecideError, NotGivenError
from interpreter.exact.trace import Step
from policy.core import AsOf, Example, Get, Given, Key, Policy, Record, Ref, Whole
from policy.diagnostic import Reason
from policy.source import Span
from policy.types import Reference
from policy.values import Missing, NoneListed, Referred, Undecided, Value

UNNAMED: Final = "…"
"""The key of whoever an example speaks of without giving one, so that what is listed can refer to them."""


class Mismatch(Struct, frozen=True):
    """One expectation that does not come. `who` is the listed record's key; `reason` why nothing came, else None."""

    name: str
    who: str
    expected: Value
    found: Value
    reason: Reason | None
    span: Span


class Worked(Struct, eq=False):
    """An example worked out: the steps of all that it expects, in order, and the expectations that do not come."""

    steps: tuple[Step, ...]
    mismatches: list[Mismatch]


def run_example(policy: Policy, example: Example) -> list[Mismatch]:
    """What an example expects and does not get; empty if it holds."""
    return work_out(policy, example).mismatches


def work_out(policy: Policy, example: Example) -> Worked:
    person = spoken_of(policy, example)
    listed = {name: [subject_of(policy, name, row) for row in rows] for name, rows in example.rows}
    everyone = [subject for subjects in listed.values() for subject in subjects]
    if person is not None:
        everyone.append(person)
        belong(policy, person, everyone)
    program = Program(policy, Population(policy.records, everyone), as_of_given(example))
    program.give(program.nobody, parameters_given(example))
    worked = Worked((), [])
    take(in_order_of_need(policy, expected_of(policy, example)), program)
    alone = person or next(iter(listed.get(policy.main.name, [])), None)
    for expected in example.expected:
        expect(program, alone, expected, worked)
    for name, rows in example.wanted:
        for at, row in enumerate(rows):
            subject = wanted_one(policy.record(name), row, listed.get(name, []), at)
            for expected in row:
                expect(program, subject, expected, worked)
    return worked


def expected_of(policy: Policy, example: Example) -> list[Key]:
    """The definitions whose values an example asks for."""
    stated = {definition.key for definition in policy.definitions}
    results = [(policy.main.name, name) for name in policy.results]
    asked: list[Key] = []
    for given in (*example.expected, *(each for _, rows in example.wanted for row in rows for each in row)):
        if isinstance(given.target, Whole):
            asked += results
        elif isinstance(given.target, Ref):
            asked.append(given.target.key)
    return [key for key in dict.fromkeys(asked) if key in stated]


def as_of_given(example: Example) -> date | None:
    found = next((given.value for given in example.given if isinstance(given.target, AsOf)), None)
    return found if isinstance(found, date) else None


def shared(given: Given) -> bool:
    """Whether what is given belongs to nobody."""
    return isinstance(given.target, AsOf) or (isinstance(given.target, Ref) and not given.target.record)


def parameters_given(example: Example) -> dict[str, Value]:
    """Values that stand in for what belongs to nobody."""
    return {g.target.name: g.value for g in example.given if isinstance(g.target, Ref) and not g.target.record}


def spoken_of(policy: Policy, example: Example) -> Subject | None:
    """The subject that an example speaks of without listing it; None if it lists all."""
    own = tuple(given for given in example.given if not shared(given))
    if not own and (not example.expected or any(name == policy.main.name for name, _ in example.rows)):
        return None
    return subject_of(policy, policy.main.name, own)


def subject_of(policy: Policy, name: str, row: tuple[Given, ...]) -> Subject:
    """A subject with the fields and definitions that a row gives."""
    record = policy.record(name) or Record(name, ())
    fields = {given.target.field: given.value for given in row if isinstance(given.target, Get)}
    instead = {given.target.name: given.value for given in row if isinstance(given.target, Ref)}
    return Subject(record, fields, None, instead)


def belong(policy: Policy, person: Subject, everyone: list[Subject]) -> None:
    """Listed records that name no owner are the person's."""
    person.key = person.key or UNNAMED
    for subject in everyone:
        record = policy.record(subject.record)
        for field in record.fields if record and subject is not person else ():
            kind = field.type.kind
            if field.owner and isinstance(kind, Reference) and kind.record == person.record:
                subject.belong_to(field.name, person)


def wanted_one(record: Record | None, row: tuple[Given, ...], listed: list[Subject], at: int) -> Subject | None:
    """The listed record that a row of expectations is about: by its key, else by its place in the list."""
    key = record.key.name if record and record.key else ""
    named = next((g.value for g in row if isinstance(g.target, Get) and g.target.field == key), None)
    if named is not None:
        return next((subject for subject in listed if subject.key == named), None)
    return listed[at] if at < len(listed) else None


def expect(program: Program, subject: Subject | None, expected: Given, worked: Worked) -> None:
    """Works out one expectation and notes whether it comes."""
    wanted, who = expected.value, subject.key if subject and subject.key != UNNAMED else ""
    reason: Reason | None = None
    found: Value = None
    try:
        if subject is None:
            raise DecideError("ZS842", name=expected.name)
        found, steps = found_value(program, subject, expected.target)
        worked.steps += steps
        reason = not_given(found)
    except NotGivenError as error:
        reason = because("ZS842", "not_given", name="基准日" if error.name == "as_of" else error.name)
    except DecideError as error:
        reason = error.reason
    except RecursionError:
        reason = DecideError("ZS844").reason
    if reason is not None or not agrees(wanted, found):
        worked.mismatches.append(Mismatch(expected.name, who, wanted, found, reason, expected.span))


def found_value(program: Program, subject: Subject, target: Get | Ref | AsOf | Whole) -> tuple[Value, tuple[Step, ...]]:
    """The value of a field, of a definition, or the outcome of the whole case."""
    match target:
        case Get() | AsOf():
            step = program.code(target)((subject,))
            return step.value, (step,)
        case Ref(name=name, record=record):
            step = program.evaluate(subject if record else program.nobody, name)
            return step.value, (step,)
        case Whole():
            return whole(program, subject)
        case _:
            assert_never(target)


def whole(program: Program, subject: Subject) -> tuple[Value, tuple[Step, ...]]:
    """The outcome of a whole case: True where it is decided."""
    results = {each: result_of(program, each, subject.record)(subject) for each in program.policy.results}
    case = case_of(subject, results, overall_of(program)(subject))
    steps = (*results.values(), *case.overall)
    if case.outcome == "decided":
        return True, steps
    return (Referred if case.outcome == "referred" else Undecided)(case.reasons), steps


def agrees(wanted: Value, found: Value) -> bool:
    """Whether an expectation came; of an open outcome the author's reason must be among those given."""
    match wanted:
        case Missing(_, ""):
            return type(found) in GONE or lacking(found)
        case Missing(_, code):
            return isinstance(found, Missing) and found.code == code
        case Referred() | Undecided():
            words = spoken(wanted) - {""}
            kind = Undecided if type(found) is NoneListed else type(found)
            return kind is type(wanted) and words <= spoken(found)
        case _:
            return type(found) not in OPEN and bool(found == wanted)


def spoken(value: Value) -> set[str]:
    """The authors' words among the reasons of an open value."""
    return {text for reason in reasons_of(value) for name, text in reason.arguments if name == "reason"}
