"""Read-back of definitions, by one expression or by cases, and of what cases and rows give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never

from msgspec import Struct

from dsl.readback.conditions import Phrases
from dsl.readback.words import Sentence
from dsl.syntax import surface as s
from policy.source import Clause
from policy.units import Unit

_YES_NO = s.Compare | s.Within | s.IsMissing | s.All | s.Any | s.Not


class Under(Struct, frozen=True):
    """The conditions that cases stand under, and the clause that they restate."""

    guards: tuple[str, ...]
    clause: Clause


def define(p: Phrases, statement: s.Define, name: str) -> Iterator[Sentence]:
    """A definition by one expression, or by cases."""
    if statement.value is not None:
        yield p.sentence(_defined(p, name, statement.value), statement, clause=statement.clause)
        return
    otherwise = any(case.guard is None for case in statement.cases)
    if statement.in_order:
        how = p.say("从上到下，取第一种符合的情形", "from top to bottom, the first case that holds gives it")
        open_end = p.say("；都不符合的，未决", "; if none holds, it is undecided")
    else:
        how = p.say(
            "符合哪种情形按哪种；几种都符合而结果不同的，未决",
            "the case that holds gives it; undecided if several differ",
        )
        open_end = p.say("；都不符合的，也未决", " or none holds")
    open_end = "" if otherwise else open_end
    text = p.say(
        "{name}分情形确定，{how}{end}：", "{name} depends on the case: {how}{end}:", name=name, how=how, end=open_end
    )
    yield p.sentence(text, statement, clause=statement.clause)
    yield from cases(p, statement.cases, Under((), statement.clause), lambda value: outcome(p, name, value))


def _defined(p: Phrases, name: str, value: s.Expr) -> str:
    if isinstance(value, _YES_NO) or (isinstance(value, s.Fold) and value.kind == "EXISTS"):
        return p.say(
            "{condition}的，{name}为“是”，否则为“否”",
            "{name} is yes if {condition}, otherwise no",
            name=name,
            condition=p.condition(value),
        )
    return p.say("{name}等于{value}", "{name} is {value}", name=name, value=p.value(value))


def cases(p: Phrases, given: tuple[s.Case, ...], under: Under, said: Callable[[s.Outcome], str]) -> Iterator[Sentence]:
    """A sentence a case, with all the conditions that it stands under."""
    for case in given:
        clause = case.clause.within(under.clause)
        if case.cases:
            yield from cases(p, case.cases, Under((*under.guards, _guard(p, case)), clause), said)
            continue
        assert case.value is not None
        what = said(case.value)
        if case.guard is None and not under.guards:
            text = p.say("其余的，{what}", "otherwise, {what}", what=what)
        else:
            guard = p.say("，且", " and ").join((*under.guards, _guard(p, case)))
            text = p.say("{guard}的，{what}", "if {guard}, {what}", guard=guard, what=what)
        yield p.sentence(text, case, 1, clause)


def _guard(p: Phrases, case: s.Case) -> str:
    if case.guard is None:
        return p.say("不属于以上情形", "none of the cases above holds")
    return p.condition(case.guard)


def outcome(p: Phrases, name: str, value: s.Outcome, like: Unit | None = None) -> str:
    """What a case or row gives."""
    match value:
        case s.Bound():
            return p.say("{name}{bound}", "{name} is {bound}", name=name, bound=p.bound(value.value, value.cap))
        case s.Shift():
            n = p.number(value.by)
            return (
                p.say("{name}降{n}", "{name} is lowered by {n}", name=name, n=n)
                if value.down
                else p.say("{name}升{n}", "{name} is raised by {n}", name=name, n=n)
            )
        case s.Void():
            return p.say("{name}不受影响", "{name} is not touched", name=name)
        case s.Refer():
            return refer(p, name, value)
        case s.Number() | s.Text() | s.Moment() | s.YesNo() | s.Nothing() | s.AsOf() | s.Path() | s.Call() | s.Fold():
            return p.say("{name}为{value}", "{name} is {value}", name=name, value=p.value(value, like))
        case s.Negative() | s.Sum() | s.Product() | s.Limited() | s.Rounded() | s.Default():
            return p.say("{name}等于{value}", "{name} is {value}", name=name, value=p.value(value, like))
        case s.Compare() | s.Within() | s.IsMissing() | s.All() | s.Any() | s.Not():
            return p.say(
                "{name}看是否“{value}”", "{name} is yes if {value}, otherwise no", name=name, value=p.condition(value)
            )
        case _:
            assert_never(value)


def refer(p: Phrases, name: str, value: s.Refer) -> str:
    if value.outcome == "referred":
        return p.say(
            "{name}转人工决定，理由是“{why}”", "{name} is referred to a person: “{why}”", name=name, why=value.reason
        )
    return p.say("{name}未决，理由是“{why}”", "{name} is undecided: “{why}”", name=name, why=value.reason)
