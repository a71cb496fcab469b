"""How much a score can come to: its conditional lines taken together as far as their conditions can hold at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import inf

from msgspec import Struct

from dsl.check import amounts, bounds
from dsl.check.facts import Bodies, Facts, Form, Told, added, alternatives, form_of
from policy import core
from policy.core import Expr, Line
from policy.likeness import key_of
from policy.types import Number, Type
from policy.units import Exact

MOST_STEPS = 1_000
"""Choices looked at in one score; the highest sum found by then is one that can be reached."""


class Reach(Struct, frozen=True):
    """The most that lines add up to (None: without end), which lines give it, under which facts.

    `whole` says that every way was looked at, so that nothing gives more.
    """

    most: Exact | None
    lines: tuple[Line, ...]
    facts: Facts
    whole: bool


def scenarios(guards: Sequence[Expr], bodies: Bodies, known: Facts = ()) -> Iterator[tuple[tuple[bool, ...], Facts]]:
    """Every way in which some conditions can hold or not at once, with the facts that make it so."""
    if not guards:
        yield (), known
        return
    for holds in (True, False):
        for more in alternatives(guards[0], holds, bodies):
            facts = (*known, *more)
            if bounds.possible(facts, bodies):
                for rest, found in scenarios(guards[1:], bodies, facts):
                    yield (holds, *rest), found


def of_lines(lines: Sequence[Line], moves: Sequence[Expr], bodies: Bodies) -> Reach | None:
    """The most that the lines of a score come to; None where that cannot be told."""
    return _Search(lines, moves, bodies).found()


class _Search:
    """One score: every condition decided in turn, what cannot beat the best so far left out."""

    def __init__(self, lines: Sequence[Line], moves: Sequence[Expr], bodies: Bodies) -> None:
        self.lines = lines
        self.bodies = bodies
        told = [line.guard for line in sorted(lines, key=lambda line: -_highest(line)) if line.guard is not None]
        self.guards = list({key_of(guard): guard for guard in (*moves, *told)}.values())
        self.keys = [key_of(guard) for guard in self.guards]
        self.of_line = [key_of(line.guard) if line.guard is not None else None for line in lines]
        self.best: Reach | None = None
        self.steps = 0
        self.unknown = False

    def found(self) -> Reach | None:
        self._decide(0, {}, ())
        if self.best is None or self.unknown:
            return None
        best = self.best
        return Reach(best.most, best.lines, best.facts, self.steps <= MOST_STEPS)

    def _decide(self, at: int, decided: dict[object, bool], facts: Facts) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS or self._cannot_beat(decided):
            return
        if at == len(self.guards):
            self._settle(decided, facts)
            return
        for holds in (True, False):
            for more in alternatives(self.guards[at], holds, self.bodies):
                known = (*facts, *more)
                if bounds.possible(known, self.bodies):
                    self._decide(at + 1, {**decided, self.keys[at]: holds}, known)

    def _cannot_beat(self, decided: dict[object, bool]) -> bool:
        if self.best is None:
            return False
        if self.best.most is None:
            return True
        taken = (line for line, key in zip(self.lines, self.of_line, strict=True) if decided.get(key, True))
        return sum(_highest(line) for line in taken) <= self.best.most

    def _settle(self, decided: dict[object, bool], facts: Facts) -> None:
        """What the lines that apply add up to; where one of them is open, the score is."""
        taken = [line for line, key in zip(self.lines, self.of_line, strict=True) if key is None or decided[key]]
        forms: list[tuple[Form, Exact]] = []
        for line in taken:
            weight = _weight(line, facts, self.bodies)
            form = form_of(line.value)
            if weight is None or _is_absent(form, facts):
                return
            forms.append((form, weight * line.sign) if line.cap is None and line.floor is None
                         else (form_of(_held(line, weight)), 1))  # fmt: skip
        total = bounds.of_form(added(forms), facts, self.bodies)
        if total.high is None and not any(_grows(line.value, self.bodies) for line in taken):
            self.unknown = True
        if self.best is None or total.high is None or (self.best.most is not None and total.high > self.best.most):
            self.best = Reach(total.high, tuple(taken), facts, True)


def _held(line: Line, weight: Exact) -> Expr:
    """A weighted line under its own limits."""
    by = core.Const(value=weight, type=Type(Number(None, None, weight, weight)))
    worth = core.Product(factors=(line.value, by), powers=(1, 1), type=Type(Number(None, None)))
    return core.Limited(of=worth, cap=line.cap, floor=line.floor, type=worth.type, span=line.span)


def _highest(line: Line) -> float | Fraction | int:
    """What a line comes to at most, whoever it is."""
    kinds = [e.type.kind for e in (line.value, line.weight) if e is not None]
    most: float | Fraction | int = 1
    for kind in kinds:
        bound = kind.high if isinstance(kind, Number) and line.sign > 0 else None
        if line.sign < 0:
            low = kind.low if isinstance(kind, Number) else None
            return 0 if low is not None and low >= 0 else inf
        if bound is None:
            return inf
        most = most * bound
    if line.cap is not None and (cap := amounts.of(line.cap).high) is not None:
        most = min(most, cap)
    return max(most, 0) if line.guard is not None else most


def _weight(line: Line, facts: Facts, bodies: Bodies) -> Exact | None:
    """What a line weighs under the facts, None where that is open."""
    if line.weight is None:
        return 1
    arms = line.weight.arms if isinstance(line.weight, core.Switch) else (core.Arm(None, line.weight),)
    for arm in arms:
        ways = alternatives(arm.guard, True, bodies) if arm.guard is not None else [()]
        if any(bounds.possible((*facts, *more), bodies) for more in ways):
            span = bounds.of(arm.value, facts, bodies)
            return span.high if isinstance(arm.value.type.kind, Number) else None
    return None


def _is_absent(form: Form, facts: Facts) -> bool:
    """Whether the facts say that some value of a sum is missing or none."""
    said = (f.of for f in facts if isinstance(f, Told) and f.holds)
    gone = {key_of(of.of) for of in said if isinstance(of, core.IsMissing | core.IsNone)}
    return any(key in gone for key in form.terms)


def worth(line: Line, facts: Facts, bodies: Bodies) -> Exact | None:
    """What a line gives at most under the facts, None where that is open or has no end."""
    high, weight = bounds.of(line.value, facts, bodies).high, _weight(line, facts, bodies)
    if weight is not None and (line.cap is not None or line.floor is not None):
        return bounds.of(_held(line, weight), facts, bodies).high
    return None if high is None or weight is None else high * weight * line.sign


def _grows(expr: Expr, bodies: Bodies) -> bool:
    """Whether a number goes up with a list, which may be as long as it will."""
    match expr:
        case core.Fold(kind=kind, count=count):
            return kind in ("sum", "count", "longest_run", "in_a_row") and count is None
        case core.Sum(terms=terms, signs=signs):
            return any(sign > 0 and _grows(term, bodies) for term, sign in zip(terms, signs, strict=True))
        case core.Product(factors=factors, powers=powers):
            fixed = all(p > 0 or isinstance(f, core.Const) for f, p in zip(factors, powers, strict=True))
            return fixed and any(_grows(factor, bodies) for factor in factors)
        case core.Units(of=of, unit=core.Const()) | core.Rounded(of=of) | core.Named(of=of) | core.Default(of=of):
            return _grows(of, bodies)
        case core.Limited(of=of, cap=None):
            return _grows(of, bodies)
        case core.Extreme(items=items, larger=True):
            return any(_grows(item, bodies) for item in items)
        case core.Ref():
            body = bodies(expr)
            return body is not None and _grows(body, bodies.behind)
        case _:
            return False


def endless(reach: Reach, bodies: Bodies) -> Line:
    """The line that has no end."""
    growing = [line for line in reach.lines if _grows(line.value, bodies)]
    without = (line for line in growing if bounds.of(line.value, reach.facts, bodies).high is None)
    return next(without, growing[0])
