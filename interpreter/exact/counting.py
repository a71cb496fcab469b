"""Counts of all whose value stands so to one's own: `个数(全体 员工 其中 总分 > 本.总分)`.

Asked by everyone about everyone, such a count would look at each pair. Their values are sorted once instead and the
count is found among them; where it would depend on the asker what is open, they are looked at one by one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TypeAlias, assert_never

from msgspec import Struct

from interpreter.exact.absence import OPEN, of_someone, spread, truth
from interpreter.exact.arithmetic import NUMERIC
from interpreter.exact.code import Code, Program
from interpreter.exact.logic import MIRRORED
from interpreter.exact.population import Scope, Subject
from policy import walk
from policy.core import All, Compare, Expr, Fold
from policy.kinds import Aggregate, Operator
from policy.types import Number
from policy.units import Exact
from policy.values import Value

Tally: TypeAlias = Callable[[tuple[Value, ...], Scope, "list[Subject]"], Value]
"""The count among some records for one asker, by what they share; None where it must be counted one by one."""


class Question(Struct, frozen=True, eq=False):
    """`theirs op mine`, asked of those of whom all of `also` hold."""

    theirs: Expr
    op: Operator
    mine: Expr
    also: tuple[Expr, ...]


class Standings(Struct, frozen=True, eq=False):
    """The values of the listed in order; `doubt` where one of them is open, whoever asks; `asked` if there are any."""

    values: list[Exact]
    doubt: Value
    asked: bool


def question_of(node: Fold) -> Question | None:
    """The one comparison of a filter with the asker, the rest being about the listed record alone."""
    if node.kind not in ("count", "exists") or node.mine is not None or node.count is not None or node.where is None:
        return None
    conditions = node.where.items if isinstance(node.where, All) else (node.where,)
    asking = [each for each in conditions if walk.reaches(each, 1)]
    if len(asking) != 1 or not isinstance(asking[0], Compare) or not isinstance(asking[0].left.type.kind, Number):
        return None
    also = tuple(each for each in conditions if each is not asking[0])
    left, op, right = asking[0].left, asking[0].op, asking[0].right
    if not walk.reaches(left, 1) and not walk.reads(right, 0):
        return Question(left, op, right, also)
    if not walk.reaches(right, 1) and not walk.reads(left, 0):
        return Question(right, MIRRORED[op], left, also)
    return None


def tally_of(node: Fold, program: Program) -> Tally | None:
    """Counts by a sorted index, where the filter allows it."""
    question = question_of(node)
    if question is None or any(walk.reaches(inner, 1) for inner, _ in node.same):
        return None
    theirs, mine = program.code(question.theirs), program.code(question.mine)
    same = tuple(program.code(inner) for inner, _ in node.same)
    also = tuple(program.code(each) for each in question.also)
    known: dict[tuple[Value, ...], Standings | None] = {}

    def tally(shared: tuple[Value, ...], scope: Scope, listed: list[Subject]) -> Value:
        if shared not in known:
            known[shared] = standings(node, listed, shared, (same, also, theirs))
        found, own = known[shared], mine((scope[0], *scope)).value
        return None if found is None else answer(node.kind, found, question.op, own)

    return tally


def standings(
    node: Fold, listed: list[Subject], shared: tuple[Value, ...], asked: tuple[tuple[Code, ...], tuple[Code, ...], Code]
) -> Standings | None:
    """The values of those who share and of whom all else holds; None where it depends on the asker what is open."""
    same, also, theirs = asked
    values: list[Exact] = []
    doubts: list[Value] = []
    asked_any = False
    for subject in listed:
        scope = (subject,)
        sharing = tuple([code(scope).value for code in same])
        held = [truth(code(scope).value) for code in also]
        if False in held or (sharing != shared and not any(type(each) in OPEN for each in sharing)):
            continue
        value = theirs(scope).value
        open_besides = [each for each in held if type(each) in OPEN]
        if subject.aside is not None or any(type(each) in OPEN for each in sharing):
            return None
        if open_besides and type(value) not in OPEN:
            return None
        asked_any = True
        if type(value) in OPEN:
            doubts.append(of_someone(subject.label or node.record, spread((value, *open_besides))))
        elif type(value) in NUMERIC:
            values.append(value)
    return Standings(sorted(values), spread(doubts) if doubts else None, asked_any)


def answer(kind: Aggregate, found: Standings, op: Operator, own: Value) -> Value:
    """How many stand so to one's own value, or whether any does; open where the asker's value is, or one of theirs."""
    doubts: list[Value] = [own] if type(own) in OPEN and found.asked else []
    count = standing_so(found.values, op, own) if type(own) in NUMERIC else 0
    if kind == "exists" and count:
        return True
    doubts += [found.doubt] if found.doubt is not None else []
    return spread(doubts) if doubts else bool(count) if kind == "exists" else count


def standing_so(values: list[Exact], op: Operator, own: Exact) -> int:
    """How many of some sorted values stand so to one."""
    below, upto = bisect_left(values, own), bisect_right(values, own)
    match op:
        case "<":
            return below
        case "≤":
            return upto
        case ">":
            return len(values) - upto
        case "≥":
            return len(values) - below
        case "=":
            return upto - below
        case "≠":
            return len(values) - (upto - below)
        case _:
            assert_never(op)
