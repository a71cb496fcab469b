"""Ranks: the place of everyone who is ranked, and whether a place is among the first so many."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from interpreter.exact.absence import OPEN, because, spread, undecided
from interpreter.exact.arithmetic import NUMERIC, rounded, times
from interpreter.exact.code import Code, Make, Program, Worker
from interpreter.exact.cohorts import Entry, Partition, Rules, by_label, gather, members_of
from interpreter.exact.population import Scope, Subject
from interpreter.exact.trace import Cohort, Standing, Step, standing
from policy.core import Definition, InTop, Key, Ranking, Rounded
from policy.kinds import Edge, Ties
from policy.numerals import decimal
from policy.units import Exact
from policy.values import NIL, Nil, Referred, Undecided, Value

CutCode: TypeAlias = Callable[[Scope, "Standing | None"], Step]
"""What works out how many the first are, for one who stands in a cohort."""


def ranking_of(definition: Definition, ranking: Ranking, program: Program) -> Worker:
    """All places are worked out together when the first is asked for."""
    rules = Rules.of(ranking, program.code)
    placed: dict[int, Step] = {}

    def work_out() -> None:
        found = gather(definition.record, rules, program)
        for entry in (*found.outside, *found.left):
            placed[id(entry.subject)] = Step(ranking, NIL, entry.parts)
        for entry, why in found.adrift:
            placed[id(entry.subject)] = Step(ranking, why, entry.parts)
        partitions = by_label(found.partitions)
        cohorts = [cohort_of(definition.key, ranking, partition) for partition in partitions]
        for partition, cohort in zip(partitions, cohorts, strict=True):
            placed.update(places(ranking, partition, cohort))
        program.cohorts.ranks[definition.key] = tuple(cohorts)

    def worker(subject: Subject) -> Step:
        if not placed:
            work_out()
        return placed[id(subject)]

    return worker


def cohort_of(key: Key, ranking: Ranking, partition: Partition) -> Cohort:
    dense = ranking.ties == "dense"
    return Cohort(key, partition.values, members_of(partition.groups, dense), ranking.edge, dense, partition.open)


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
            steps[id(entry.subject)] = Step(ranking, value, entry.parts, Standing(cohort, at, value))
            at += 1
    return steps


def shared_place(ties: Ties, group: list[Entry], place: int) -> Value:
    """The place of equals, where the rank lets them share one."""
    if len(group) == 1 or ties in ("share", "dense"):
        return place
    reasons = (because("ZS823", place=str(place), tied=str(len(group))),)
    return Referred(reasons) if ties == "referred" else Undecided(reasons)


def in_top(node: InTop, make: Make) -> Code:
    """Equals that the cut divides are read by the rank's own rule; a share is of those ranked in the partition."""
    of, count = make(node.of), counting(node, make)

    def run(scope: Scope) -> Step:
        place = of(scope)
        stand = standing(place)
        if type(place.value) is Nil or (type(place.value) in OPEN and not only_tied(place, stand)):
            return Step(node, False if type(place.value) is Nil else spread((place.value,)), (place,))
        cut = count(scope, stand)
        if type(cut.value) not in NUMERIC:
            return Step(node, spread((cut.value,)), (place, cut))
        return Step(node, within(place.value, stand, cut.value), (place, cut))

    return run


def only_tied(place: Step, stand: Standing | None) -> bool:
    """Whether a place is open for no other reason than that equals do not share one; an exception is another."""
    return stand is not None and stand.given == place.value


def counting(node: InTop, make: Make) -> CutCode:
    """How many the first are: a number as it stands, or a share of those ranked, rounded as the text says."""
    count = node.count
    if not node.share:
        code = make(count)
        return lambda scope, stand: code(scope)
    share = make(count.of if isinstance(count, Rounded) else count)

    def run(scope: Scope, stand: Standing | None) -> Step:
        part = share(scope)
        if type(part.value) not in NUMERIC or stand is None:
            return Step(count, spread((part.value, NIL)), (part,))
        cut = times(part.value, stand.of)
        return Step(count, rounded(cut, count.mode, count.step) if isinstance(count, Rounded) else cut, (part,))

    return run


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


def at_the_edge(edge: Edge | None, place: int, tied: int, left: Exact) -> Value:
    """What becomes of equals for whom there is not place enough."""
    if edge in ("all_in", "all_out"):
        return edge == "all_in"
    why = undecided("ZS825", place=str(place), tied=str(tied), left=decimal(left))
    return Referred(why.reasons) if edge == "referred" else why
