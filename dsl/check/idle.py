"""What a division says without effect: lines that nobody can meet, goals that never matter, classes without a line."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dsl.check import bands, bounds
from dsl.check.expressions import Expressions
from dsl.check.facts import alternatives, together
from dsl.syntax import surface as s
from policy import core, walk
from policy.core import Aim, Allocation, Expr, Fit, Taking
from policy.diagnostic import Label
from policy.likeness import key_of
from policy.types import YES_NO, Choice, YesNo


def of_division(x: Expressions, statement: s.Allocate, found: Allocation) -> None:
    """Tell what of a division is without effect."""
    for fit in found.fits:
        if not _possible(x, [found.among, fit.guard, fit.holds, *_always(found, fit)]):
            x.findings.report("ZS540", fit.span, what=_line(fit.span.text), item=found.item, owner=found.owner)
    for value, of in _without_line(x, found):
        x.findings.report("ZS541", statement.head.span, value=value, of=of.span.text, owner=found.owner)
    for low, high in _crossed(found):
        labels = (Label(high.span, "other_row"),)
        x.findings.report("ZS545", low.span, labels=labels, low=_line(low.span.text), high=_line(high.span.text))
    for at, aim in enumerate(found.aims):
        why = _idle(found, at, aim)
        if why:
            x.findings.report("ZS542", aim.span, what=_line(aim.span.text), why=_WHY[why][x.findings.language == "en"])


def _crossed(found: Allocation) -> Iterator[tuple[Taking, Taking]]:
    """Lines of which one demands more of somebody than another allows, whatever the data."""
    hard = [taking for taking in found.takings if taking.each == found.owner and taking.order is None]
    for low in hard:
        for high in hard:
            if low is high or low.bound == "at_most" or high.bound == "at_least":
                continue
            least, most = bands.value_of(low.amount), bands.value_of(high.amount)
            alike = _says(low.by) == _says(high.by) and high.guard is None and not (high.same and not low.same)
            first = low.bound == "at_least" or high.bound == "at_most" or low.span.start < high.span.start
            if (
                alike
                and first
                and isinstance(least, int | Fraction)
                and isinstance(most, int | Fraction)
                and least > most
            ):
                yield low, high


def _says(expr: Expr | None) -> object:
    return None if expr is None else key_of(expr)


_WHY = {
    "constant": ("每一种分法在这一条上都一样", "every division is the same in it"),
    "placed": (
        "每一个都必须分出去，而它不看分给谁，所以每一种分法都一样",
        "all must be given, and it does not ask to whom, so every division is the same in it",
    ),
    "again": ("前面的目标已经说过", "a goal before it says so already"),
    "against": ("它和前面的目标正好相反，前面的先定", "it is the contrary of a goal before it, which decides first"),
    "required": ("上面的条件已经要求了", "a line above demands it already"),
}


def _line(text: str) -> str:
    return " ".join(text.split("【")[0].split())


def _always(found: Allocation, but: Fit) -> Iterator[Expr]:
    """What holds of every pair."""
    yield from (fit.holds for fit in found.fits if fit.guard is None and fit.order is None and fit is not but)


def _possible(x: Expressions, conditions: list[Expr | None]) -> bool:
    bodies = x.findings.bodies
    ways = together(alternatives(each, True, bodies) for each in conditions if each is not None)
    return any(bounds.possible(facts, bodies) for facts in ways)


def _without_line(x: Expressions, found: Allocation) -> Iterator[tuple[str, Expr]]:
    """The values of a choice of what is given for which no line says who may take it, where lines tell its values
    apart."""
    guarded = [fit for fit in found.fits if fit.guard is not None and not walk.asks(fit.guard, 1)]
    if not guarded or len(guarded) < len([fit for fit in found.fits if _binds(fit)]):
        return
    subjects = [bands.subject(fit.guard) for fit in guarded if fit.guard is not None]
    of = subjects[0]
    if of is None or not isinstance(of.type.kind, Choice) or any(s is None or not bands.same(of, s) for s in subjects):
        return
    for value in of.type.kind.values:
        const = core.Const(value=value, type=of.type, span=of.span)
        this = core.Compare(left=of, op="=", right=const, type=YES_NO, span=of.span)
        if _possible(x, [found.among, this]) and not any(_possible(x, [this, fit.guard]) for fit in guarded):
            yield value, of


def _binds(fit: Fit) -> bool:
    """Whether a line says who may take something."""
    return walk.asks(fit.holds, 1)


def _idle(found: Allocation, at: int, aim: Aim) -> str:
    """Why a goal can never matter; empty where it can."""
    before = found.aims[:at]
    if any(_alike(aim, other) and aim.kind == other.kind for other in before):
        return "again"
    if aim.kind in ("most", "least") and any(
        _alike(aim, other) and other.kind in ("most", "least") for other in before
    ):
        return "against"
    if aim.kind in ("keep", "prefer") and _required(found, aim):
        return "required"
    if aim.kind in ("prefer", "most", "least") and aim.value is not None:
        about = (aim.value, *((aim.where,) if aim.where is not None else ()))
        if not any(walk.asks(each, 1) for each in about) and _all_given(found):
            return "placed"
        if not any(walk.asks(aim.value, depth) for depth in (0, 1)) and isinstance(aim.value.type.kind, YesNo):
            return "constant"
    return ""


def _required(found: Allocation, aim: Aim) -> bool:
    """Whether a line demands of every pair what a goal wishes for."""
    value = aim.value
    return value is not None and any(
        fit.guard is None and fit.order is None and same(fit.holds, value) for fit in found.fits
    )


def _alike(one: Aim, other: Aim) -> bool:
    """Whether two goals speak of the same."""
    pairs = ((one.value, other.value), (one.where, other.where), (one.second, other.second))
    alike = all((a is None and b is None) or (a is not None and b is not None and same(a, b)) for a, b in pairs)
    wishes = len(one.wishes) == len(other.wishes) and all(map(same, one.wishes, other.wishes))
    groups = wishes and len(one.same) == len(other.same) and all(map(same, one.same, other.same))
    return alike and groups and (one.descending, one.second_descending) == (other.descending, other.second_descending)


def same(one: Expr, other: Expr) -> bool:
    """Whether two expressions say the same."""
    return key_of(one) == key_of(other)


def _all_given(found: Allocation) -> bool:
    """Whether everything must be given to somebody."""
    return any(t.each == found.item and t.guard is None and t.order is None for t in found.takings)
