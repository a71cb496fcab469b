"""Ranks: the place of everyone who is ranked, and whether a place is among the first so many."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from interpreter.exact.absence import OPEN, because, spread, undecided
from interpreter.exact.arithmetic import NUMERIC, rounded, times
from interpreter.exact.cohorts import Entry, Partition, Rules, by_label, gather, members_of
from interpreter.exact.population import Scope, Subject
from interpreter.exact.trace import Cohort, Standing, Step, standing
from policy.core import Definition, Expr, InTop, Ranking, Rounded
from policy.numerals import decimal
from policy.types import Number
from policy.units import Exact
from policy.values import NIL, Nil, Referred, Undecided, Value

if TYPE_CHECKING:
    from interpreter.exact.compiled import Code, Make, Program, Worker

CutCode: TypeAlias = Callable[[Scope, "Standing | None"], Step]
"""What works out how many the first are, for one who stands in a cohort."""


def ranking_of(definition: Definition, ranking: Ranking, program: Program) -> Worker:
    """All places are worked out together when the first is asked for."""
    rules = Rules.of(ranking, program.code)
    placed: dict[int, Step] = {}

    def work_out() -> None:
        found = gather(definition.record, rules, program)
        for entry in found.outside:
            placed[id(entry.subject)] = Step(ranking, NIL, entry.parts)
        for entry, why in found.adrift:
            placed[id(entry.subject)] = Step(ranking, why, entry.parts)
        partitions = by_label(found.partitions)
        cohorts = [cohort_of(definition.name, ranking, partition) for partition in partitions]
        for partition, cohort in zip(partitions, cohorts, strict=True):
            placed.update(places(ranking, partition, cohort))
        program.cohorts.ranks[definition.name] = tuple(cohorts)

    def worker(subject: Subject) -> Step:
        if not placed:
            work_out()
        return placed[id(subject)]

    return worker


def cohort_of(name: str, ranking: Ranking, partition: Partition) -> Cohort:
    dense = ranking.ties == "dense"
    return Cohort(name, partition.values, members_of(partition.groups, dense), ranking.edge, dense, partition.open)


def places(ranking: Ranking, partition: Partition, cohort: Cohort) -> dict[int, Step]:
    """The steps of one partition's places by subject."""
    steps: dict[int, Step] = {}
    for entry in partition.left:
        steps[id(entry.subject)] = Step(ranking, partition.blocked or NIL, entry.parts)
    for entry, why in partition.doubtful:
        steps[id(entry.subject)] = Step(ranking, why, entry.parts)
    at = 0
    for group in partition.groups:
        value = shared_place(ranking.ties, group, cohort.members[at].place)
        for entry in group:
            steps[id(entry.subject)] = Step(ranking, value, entry.parts, Standing(cohort, at))
            at += 1
    return steps


def shared_place(ties: str, group: list[Entry], place: int) -> Value:
    """The place of equals, where the rank lets them share one."""
    if len(group) == 1 or ties in ("share", "dense"):
        return place
    reasons = (because("ZS823", place=str(place), tied=str(len(group))),)
    return Referred(reasons) if ties == "referred" else Undecided(reasons)


def in_top(node: InTop, make: Make) -> Code:
    """Equals that the cut divides are read by the rank's own rule; a share is of those ranked in the partition."""
    of, count = make(node.of), counting(node.count, make)

    def run(scope: Scope) -> Step:
        place = of(scope)
        stand = standing(place)
        if type(place.value) is Nil or (stand is None and type(place.value) in OPEN):
            return Step(node, False if type(place.value) is Nil else spread((place.value,)), (place,))
        cut = count(scope, stand)
        if type(cut.value) not in NUMERIC:
            return Step(node, spread((cut.value,)), (place, cut))
        return Step(node, within(place.value, stand, cut.value), (place, cut))

    return run


def counting(count: Expr, make: Make) -> CutCode:
    """How many the first are: a number as it stands, or a share of those ranked, rounded as the text says."""
    inner = count.of if isinstance(count, Rounded) else count
    if not is_share(inner):
        code = make(count)
        return lambda scope, stand: code(scope)
    share = make(inner)

    def run(scope: Scope, stand: Standing | None) -> Step:
        part = share(scope)
        if type(part.value) not in NUMERIC or stand is None:
            return Step(count, spread((part.value, NIL)), (part,))
        cut = times(part.value, stand.of)
        return Step(count, rounded(cut, count.mode, count.step) if isinstance(count, Rounded) else cut, (part,))

    return run


def is_share(expr: Expr) -> bool:
    """Whether an expression is a percentage."""
    kind = expr.type.kind
    return isinstance(kind, Number) and kind.unit is not None and kind.unit.family == "ratio"


def within(place: Value, stand: Standing | None, cut: Exact) -> Value:
    """Whether a standing is within the cut. Where equals leave no gap in numbering, the numbers count, not the heads.

    A place that an exception has changed counts as it now is.
    """
    if stand is None or (type(place) in NUMERIC and (place != stand.place or stand.cohort.dense)):
        return bool(place <= cut)
    mine, cut = stand.mine, cut // 1
    if mine.ahead + mine.tied <= cut:
        return True
    if mine.ahead >= cut:
        return False
    return at_the_edge(stand.cohort.edge, mine.place, mine.tied, cut - mine.ahead)


def at_the_edge(edge: str | None, place: int, tied: int, left: Exact) -> Value:
    """What becomes of equals for whom there is not place enough."""
    if edge in ("all_in", "all_out"):
        return edge == "all_in"
    why = undecided("ZS825", place=str(place), tied=str(tied), left=decimal(left))
    return Referred(why.reasons) if edge == "referred" else why
