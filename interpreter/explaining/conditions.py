"""Conditions told: comparisons with their figures, ranges as one, several as a list of which each holds or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from interpreter.exact.trace import Step
from interpreter.explaining import telling
from interpreter.explaining.model import Figure, Item, Remark, Word
from interpreter.explaining.told import Told, words_of
from policy import core
from policy.source import NO_CLAUSE, Clause
from policy.types import Choice, Number, Type, YesNo
from policy.units import PLACES
from policy.values import ABSENT, Value

NEGATED = {"<": "≥", "≤": ">", ">": "≤", "≥": "<", "=": "≠", "≠": "="}
TURNED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤", "=": "=", "≠": "≠"}


def tell(step: Step, into: Told) -> None:
    """A condition within a formula."""
    match step.expr:
        case core.Compare(op="=", right=core.Const(type=kind)) if step.value is True and is_word(kind):
            telling.tell(step.parts[0], into)
        case core.Compare(op=op):
            tell_compared(step, op, into)
        case core.AtLeast() if (options := as_one_of(step)) is not None:
            telling.tell(step.parts[0].parts[0], into)
            tell_options("one_of", options, into)
        case core.All():
            tell_joined(step, "and", into)
        case core.AtLeast() if (bound := bound_by(step)) is not None:
            tell_bound(*bound, into)
        case core.AtLeast(count=count):
            if count > 1:
                into.formula.append(Figure(count, Type(Number())))
                into.sign("of")
            tell_joined(step, "or" if count == 1 else "and_of", into)
        case core.Not() if isinstance(step.parts[0].expr, core.Get | core.Ref):
            telling.tell(step.parts[0], into)
        case core.Not() if isinstance(step.parts[0].expr, core.IsMissing):
            telling.tell(step.parts[0].parts[0], into)
            if step.parts[0].expr.code is None and step.value is True:
                into.sign("is_there")
        case core.Not() if isinstance(step.parts[0].expr, core.Compare):
            tell_compared(step.parts[0], NEGATED[step.parts[0].expr.op], into)
        case core.Not():
            into.sign("not")
            tell_grouped(step.parts[0], into)
        case core.InTop():
            telling.tell(step.parts[0], into)
            if len(step.parts) > 1:
                into.sign("in_top")
                tell_cut(step.parts[1], step.expr.share, into)
        case core.IsMissing(code=None):
            telling.tell(step.parts[0], into)
            if step.value is False:
                into.sign("is_there")
        case core.IsMissing(code=code):
            telling.tell(step.parts[0], into)
            into.sign("is_coded")
            into.formula.append(Word(code or ""))
        case core.IsNone() if step.value is True:
            into.formula.append(Word(words_of(step.parts[0])))
            into.sign("is_none")
        case core.IsNone():
            telling.tell(step.parts[0], into)
            into.sign("is_not_none")
        case core.Const():
            into.sign("always" if step.value is True else "never")
        case _:
            telling.tell(step, into)


def tell_cut(cut: Step, share: bool, into: Told) -> None:
    """How many the first are; of a share the number that it comes to as well."""
    if not share or not cut.parts:
        into.figure(cut)
        return
    into.figure(cut.parts[0])
    if not isinstance(cut.value, ABSENT):
        into.sign("that_is")
        into.formula.append(Figure(cut.value, Type(Number(PLACES, place=True))))


def tell_compared(step: Step, op: str, into: Told) -> None:
    """Both sides with a sign between them."""
    telling.tell(step.parts[0], into)
    into.sign(op)
    telling.tell(step.parts[1], into)


def as_one_of(step: Step) -> list[Step] | None:
    """What one value is compared with, where any of several will do: `岗位 属于 (甲、乙)`."""
    if not isinstance(step.expr, core.AtLeast) or step.expr.count != 1 or len(step.parts) < 2:
        return None
    parts = step.parts
    if any(operator(part) != "=" or not isinstance(part.parts[1].expr, core.Const) for part in parts):
        return None
    first = parts[0].parts[0]
    same = all(written(part.parts[0]) == written(first) and part.parts[0].value == first.value for part in parts)
    return [part.parts[1] for part in parts] if same else None


def tell_options(sign: str, options: list[Step], into: Told) -> None:
    into.sign(sign)
    for at, option in enumerate(options):
        if at:
            into.sign("and_of")
        telling.tell(option, into)
    into.sign(")")


def is_word(kind: Type) -> bool:
    """Whether values of a type are words, of which it is plain that two are the same."""
    return isinstance(kind.kind, Choice | YesNo)


def bound_by(step: Step) -> tuple[Step, Step] | None:
    """`当 a：b` in a requirement, which is stored as: not a, or b."""
    if not isinstance(step.expr, core.AtLeast) or step.expr.count != 1 or len(step.parts) != 2:
        return None
    first, second = step.parts
    return (first.parts[0], second) if isinstance(first.expr, core.Not) and first.parts else None


def tell_bound(guard: Step, holds: Step, into: Told) -> None:
    """`如 教龄 5 年 < 1 年，则 课时数 50 ≥ 20`."""
    into.sign("if")
    tell_grouped(guard, into)
    into.sign("then")
    tell_grouped(holds, into)


def tell_joined(step: Step, sign: str, into: Told) -> None:
    for at, part in enumerate(parts_of(step)):
        if at:
            into.sign(sign)
        if isinstance(part, tuple):
            tell_range(part, into)
        else:
            tell_grouped(part, into)


def tell_grouped(part: Step, into: Told) -> None:
    """Conditions within conditions stand in brackets."""
    grouped = isinstance(part.expr, core.All | core.AtLeast) and len(part.parts) > 1 and as_range(part) is None
    if grouped:
        into.sign("(")
    tell(part, into)
    if grouped:
        into.sign(")")


def tell_range(pair: tuple[Step, Step], into: Told) -> None:
    """`6 ≤ 名次 7 ≤ 10`."""
    low, high = pair
    into.figure(low.parts[1])
    into.sign(TURNED[operator(low)])
    telling.tell(low.parts[0], into)
    into.sign(operator(high))
    into.figure(high.parts[1])


def parts_of(step: Step) -> Iterator[Step | tuple[Step, Step]]:
    """The conditions that one consists of, two that bound the same value together."""
    pair = as_range(step)
    if pair is not None:
        yield pair
        return
    for part in step.parts:
        if isinstance(step.expr, core.All) and isinstance(part.expr, core.All):
            yield from parts_of(part)
        else:
            yield part


def as_range(step: Step) -> tuple[Step, Step] | None:
    """A lower and an upper bound of one value, each a constant."""
    if not isinstance(step.expr, core.All) or len(step.parts) != 2:
        return None
    low, high = step.parts
    if operator(low) not in (">", "≥") or operator(high) not in ("<", "≤"):
        return None
    same = low.parts[0].value == high.parts[0].value and written(low.parts[0]) == written(high.parts[0])
    return (low, high) if same and all(isinstance(s.parts[1].expr, core.Const) for s in step.parts) else None


def operator(step: Step) -> str:
    return step.expr.op if isinstance(step.expr, core.Compare) else ""


def written(step: Step) -> Any:
    expr = step.expr
    return expr.field if isinstance(expr, core.Get) else expr.name if isinstance(expr, core.Ref) else expr


def tell_one(step: Step, into: Told) -> None:
    """A condition that is a whole value, with how much it is short of holding; of a yes or no the name alone."""
    if isinstance(step.expr, core.Get | core.Ref) and isinstance(step.value, bool):
        into.formula.append(Word(words_of(step)))
        return
    tell(step, into)
    if (short := shortfall(step)) is not None:
        into.remarks.append(short)


def shortfall(step: Step) -> Remark | None:
    """By how much a comparison of numbers fails."""
    if not isinstance(step.expr, core.Compare) or step.value is not False or step.expr.op == "≠":
        return None
    left, right = (part.value for part in step.parts)
    kind = step.expr.left.type
    if not isinstance(kind.kind, Number) or isinstance(left, ABSENT) or isinstance(right, ABSENT):
        return None
    if not left - right:
        return Remark("just_not", ())
    return Remark("short" if left < right else "beyond", (("by", Figure(abs(left - right), kind)),))


def tell_requirement(step: Step, into: Told) -> None:
    """Several conditions: a range or a single one in the formula, others each an item with its clause."""
    if as_range(step) is not None:
        tell(step, into)
        return
    clauses = step.expr.clauses if isinstance(step.expr, core.All | core.AtLeast) else ()
    if isinstance(step.expr, core.AtLeast):
        held = sum(1 for part in step.parts if part.value is True)
        into.remark("at_least", needed=step.expr.count, of=len(step.parts), held=held)
    for at, part in enumerate(step.parts):
        clause = clauses[at] if at < len(clauses) else NO_CLAUSE
        into.items.append(condition(part, clause, into))


def condition(step: Step, clause: Clause, into: Told) -> Item:
    """One condition as an item."""
    found = Told("", into.inside)
    tell_whole(step, found)
    return Item("condition", "", None, None, tuple(found.formula), step.value, tuple(found.remarks), clause,
                tuple(found.items))  # fmt: skip


def tell_whole(step: Step, into: Told) -> None:
    """A condition as an item has it: so many of several one by one, others in one formula."""
    if isinstance(step.expr, core.AtLeast) and step.expr.count > 1:
        tell_requirement(step, into)
    else:
        tell_one(step, into)


def tell_failing(step: Step, into: Told) -> None:
    """What a condition asks for and is not so, each with what it would have to be."""
    for failed in failing(step):
        if into.formula:
            into.sign("also")
        tell_failed(failed, into)


def tell_failed(step: Step, into: Told) -> None:
    """`级别 6，须为 5`; of a negation, what is so."""
    match step.expr:
        case core.Compare(op="=", right=core.Const(type=Type(YesNo()))):
            telling.tell(step.parts[0], into)
        case core.AtLeast() if (options := as_one_of(step)) is not None:
            telling.tell(step.parts[0].parts[0], into)
            tell_options("must_be_one_of", options, into)
        case core.Compare(op=op):
            telling.tell(step.parts[0], into)
            into.sign("must_be" if op == "=" else "must_not_be" if op == "≠" else "must")
            if op not in "=≠":
                into.sign(op)
            telling.tell(step.parts[1], into)
        case core.Not():
            tell_grouped(step.parts[0], into)
        case core.All() if (pair := as_range(step)) is not None:
            telling.tell(pair[0].parts[0], into)
            into.sign("must")
            for at, bound in enumerate(pair):
                if at:
                    into.sign("and")
                into.sign(operator(bound))
                into.figure(bound.parts[1])
        case core.AtLeast(count=1) if step.parts:
            for at, part in enumerate(step.parts):
                if at:
                    into.sign("also")
                tell_failed(part, into)
        case core.Get() | core.Ref():
            telling.tell(step, into)
        case core.IsMissing(code=None):
            tell(step, into)
        case core.IsMissing(code=str() as code):
            telling.tell(step.parts[0], into)
            into.sign("must_be")
            into.formula.append(Word(code))
        case _:
            tell(step, into)
            into.sign("fails")


def failing(step: Step) -> list[Step]:
    """The single conditions for which a condition does not hold; a range that fails on both sides is one."""
    value: Value = step.value
    if value is True:
        return []
    if isinstance(step.expr, core.All) and not (as_range(step) and all(part.value is not True for part in step.parts)):
        return [inner for part in step.parts for inner in failing(part)]
    return [step]
