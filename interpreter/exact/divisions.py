"""Divisions: all items are given out together when the first is asked for."""

from __future__ import annotations

from interpreter.allocating import solve
from interpreter.allocating.posing import Posed, pose
from interpreter.exact.absence import because, undecided
from interpreter.exact.code import Code, Program, Worker
from interpreter.exact.population import Subject
from interpreter.exact.trace import Division, Share, Step
from policy.core import Allocation, Definition
from policy.diagnostic import Reason
from policy.values import NIL, Referred, Undecided, Value


def division_of(definition: Definition, allocation: Allocation, program: Program) -> Worker:
    """The division is posed, solved and reckoned again once; every item then reads its share."""
    found: list[Division] = []
    leftover = program.code(allocation.leftover) if allocation.leftover is not None else None

    def work_out() -> Division:
        asked = solve.ASKED.get() or solve.Asked()
        posed = pose(allocation, program, asked.kept.get(definition.name))
        solution = solve.best(posed.problem)
        placed: dict[str, str] = {}
        for k in solution.chosen if solution is not None else ():
            item, owner = posed.problem.pairs[k]
            placed[posed.items[item]] = posed.owners[owner]
        division = Division(definition.key, posed, solution, placed)
        program.cohorts.divisions[definition.key] = division
        return division

    def worker(subject: Subject) -> Step:
        if not found:
            found.append(work_out())
        division = found[0]
        value, parts = share(division, subject, leftover)
        if subject.traced and isinstance(value, str):
            parts = allowing(allocation, subject, value, program)
        return Step(allocation, value, parts, Share(division, subject.key))

    return worker


def share(division: Division, subject: Subject, leftover: Code | None) -> tuple[Value, tuple[Step, ...]]:
    """What an item comes to: who takes it, 无 where `限` leaves it out, else what the text says, else undecided."""
    posed = division.posed
    if subject.aside is not None:
        return subject.aside, ()
    if subject.key in posed.outside:
        return NIL, ()
    if subject.key in posed.open_items:
        return posed.open_items[subject.key], ()
    if subject.key in division.placed:
        return division.placed[subject.key], ()
    if division.solution is None:
        return undecided("ZS860", what=division.name), ()
    if leftover is None:
        return Undecided((nobody(posed, subject.key),)), ()
    step = leftover((subject, subject))
    if isinstance(step.value, Undecided) and any(reason.code == "ZS806" for reason in step.value.reasons):
        return Undecided((nobody(posed, subject.key),)), (step,)
    if isinstance(step.value, Referred | Undecided):
        why = because_of(posed, subject.key)
        reasons = (*step.value.reasons, *([why] if why is not None else []))
        return type(step.value)(reasons), (step,)
    return step.value, (step,)


def nobody(posed: Posed, item: str) -> Reason:
    """Why an item goes to nobody where the text does not say what becomes of it."""
    return because_of(posed, item) or because("ZS862", owner=posed.allocation.owner)


def because_of(posed: Posed, item: str) -> Reason | None:
    """That nobody may take an item, where that is why it goes to nobody."""
    at = posed.items.index(item)
    if any(i == at for i, _ in posed.problem.pairs):
        return None
    return because("ZS861", owner=posed.allocation.owner)


def allowing(allocation: Allocation, item: Subject, owner: str, program: Program) -> tuple[Step, ...]:
    """The conditions that let an item go to whom it went, each with its guard."""
    taker = program.population.find(allocation.owner, owner)
    assert taker is not None
    scope = (item, taker)
    steps = [program.code(allocation.among)(scope)] if allocation.among is not None else []
    for fit in allocation.fits:
        guard = program.code(fit.guard)(scope) if fit.guard is not None else None
        if guard is not None and guard.value is not True:
            continue
        holds = program.code(fit.holds)(scope)
        steps.append(Step(fit, holds.value, (*([guard] if guard is not None else []), holds)))
    return tuple(steps)
