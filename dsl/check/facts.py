"""What is known where a value is read: the conditions that hold on the way to it, as alternatives of simple facts.

A fact compares a sum of values with a constant, says which values of a choice are left, or is any other condition
that holds or does not, told apart by what it says. `alternatives` writes a condition as several lists of facts of
which one must hold; a list that contradicts itself cannot. All that is concluded is certain; what cannot be concluded
is not said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from policy import core
from policy.core import Expr
from policy.likeness import Key, key_of
from policy.types import Choice, Number, YesNo
from policy.units import Exact, divide, whole

MOST = 64
"""Alternatives looked at; beyond them a condition says nothing."""

DEEPEST = 2
"""Definitions looked into behind one another; what lies deeper is known by its type alone."""

_TURNED = {"=": "≠", "≠": "=", "<": "≥", "≥": "<", ">": "≤", "≤": ">"}


class Form(Struct, frozen=True):
    """Values times factors, added up, and a constant."""

    terms: dict[Key, Exact]
    rest: Exact
    atoms: dict[Key, Expr]


class Measured(Struct, frozen=True):
    """A sum of values compared with 0."""

    form: Form
    op: str


class Among(Struct, frozen=True):
    """One value of a choice, or a yes or no, is one of these words."""

    of: Expr
    key: Key
    words: frozenset[object]


class Told(Struct, frozen=True):
    """Any other condition that holds, or does not."""

    of: Expr
    key: Key
    holds: bool


Fact: TypeAlias = Measured | Among | Told
Facts: TypeAlias = tuple[Fact, ...]


class Bodies(Struct, frozen=True):
    """What definitions of the record in scope say, as far as they are looked into."""

    look: Callable[[core.Ref], Expr | None]
    deep: int = DEEPEST

    def __call__(self, ref: core.Ref) -> Expr | None:
        return self.look(ref) if self.deep > 0 else None

    @property
    def behind(self) -> Bodies:
        """The same, one definition further in."""
        return Bodies(self.look, self.deep - 1)

    @property
    def closed(self) -> Bodies:
        """No definition is looked into any more."""
        return Bodies(self.look, 0)


NOTHING_KNOWN = Bodies(lambda ref: None, 0)


# -- sums of values ---------------------------------------------------------------------------------------------------


def form_of(expr: Expr) -> Form:
    """A number as a sum of values."""
    match expr:
        case core.Const(value=int() | Fraction() as value):
            return Form({}, value, {})
        case core.Named(of=of):
            return form_of(of)
        case core.Sum(terms=terms, signs=signs):
            return added([(form_of(term), sign) for term, sign in zip(terms, signs, strict=True)])
        case core.Product(factors=factors, powers=powers):
            return _scaled(expr, factors, powers)
        case _:
            key = key_of(expr)
            return Form({key: 1}, 0, {key: expr})


def _scaled(expr: core.Product, factors: tuple[Expr, ...], powers: tuple[int, ...]) -> Form:
    forms = [form_of(factor) for factor in factors]
    scale: Exact = 1
    varying = [(form, power) for form, power in zip(forms, powers, strict=True) if form.terms]
    for form, power in zip(forms, powers, strict=True):
        if not form.terms and (power > 0 or form.rest):
            scale = whole(scale * form.rest) if power > 0 else divide(scale, form.rest)
    if len(varying) == 1 and varying[0][1] > 0:
        return added([(varying[0][0], scale)])
    if not varying:
        return Form({}, scale, {})
    key = key_of(expr)
    return Form({key: 1}, 0, {key: expr})


def added(parts: Iterable[tuple[Form, Exact]]) -> Form:
    terms: dict[Key, Exact] = {}
    atoms: dict[Key, Expr] = {}
    rest: Exact = 0
    for form, factor in parts:
        rest += form.rest * factor
        atoms.update(form.atoms)
        for key, much in form.terms.items():
            terms[key] = whole(terms.get(key, 0) + much * factor)
    return Form({key: much for key, much in terms.items() if much}, whole(rest), atoms)


# -- conditions as alternatives --------------------------------------------------------------------------------------


def alternatives(guard: Expr, holds: bool, bodies: Bodies = NOTHING_KNOWN) -> list[Facts]:
    """The lists of facts of which one is true where a condition holds (or does not)."""
    match guard:
        case core.Const(value=value):
            return [()] if (value is True) == holds else []
        case core.Not(of=of):
            return alternatives(of, not holds, bodies)
        case core.All(items=items) | core.AtLeast(count=1, items=items):
            parts = [alternatives(item, holds, bodies) for item in items]
            return together(parts) if isinstance(guard, core.All) == holds else either(parts)
        case core.Compare():
            return [(_compared(guard, holds),)]
        case core.InTop(of=of, count=core.Const(value=int() | Fraction() as count)) if holds:
            form = form_of(of)
            return [(Measured(Form(form.terms, whole(form.rest - count), form.atoms), "≤"), _told(guard, True))]
        case core.Ref() if (body := bodies(guard)) is not None:
            return [(*facts, _told(guard, holds)) for facts in alternatives(body, holds, bodies.behind)]
        case _:
            return [(_told(guard, holds),)]


def together(parts: Iterable[list[Facts]]) -> list[Facts]:
    """Alternatives of all of several conditions; one that would make too many is left out."""
    found: list[Facts] = [()]
    for part in parts:
        if len(found) * len(part) <= MOST:
            found = [(*one, *other) for one in found for other in part]
    return found


def either(parts: list[list[Facts]]) -> list[Facts]:
    """Alternatives of one of several conditions."""
    found = [facts for part in parts for facts in part]
    return found if len(found) <= MOST else [()]


def _told(of: Expr, holds: bool) -> Fact:
    if isinstance(of.type.kind, YesNo) and isinstance(of, core.Get | core.Ref):
        return Among(of, key_of(of), frozenset([holds]))
    return Told(of, key_of(of), holds)


def _compared(guard: core.Compare, holds: bool) -> Fact:
    left, right, op = guard.left, guard.right, guard.op if holds else _TURNED[guard.op]
    kind = left.type.kind
    if isinstance(kind, Number):
        return Measured(added([(form_of(left), 1), (form_of(right), -1)]), op)
    if isinstance(left, core.Const):
        left, right, op = right, left, {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}.get(op, op)
    if isinstance(kind, Choice | YesNo) and isinstance(right, core.Const):
        return Among(left, key_of(left), _words(kind, op, right.value, guard, holds))
    return _told(guard, holds)


def _words(kind: Choice | YesNo, op: str, value: object, guard: core.Compare, holds: bool) -> frozenset[object]:
    every: tuple[object, ...] = kind.values if isinstance(kind, Choice) else (True, False)
    if op in ("=", "≠"):
        return frozenset(word for word in every if (word == value) == (op == "="))
    assert isinstance(kind, Choice)
    op = op if holds else _TURNED[op]
    stands = frozenset(word for word in kind.values if _stands(kind, word, op, str(value)))
    return stands if holds else frozenset(every) - stands


def _stands(kind: Choice, word: str, op: str, other: str) -> bool:
    mine, bound = kind.rank_of(word), kind.rank_of(other)
    if mine is None or bound is None:
        return False
    return {"≥": mine <= bound, "≤": mine >= bound, ">": mine < bound, "<": mine > bound}[op]
