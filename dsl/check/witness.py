"""A person whom some facts describe, as `外派 = 是，年限 = 40 年`: the example that a finding shows."""

from __future__ import annotations

from dsl.check import bands, bounds
from dsl.check.facts import Among, Bodies, Facts, Measured, Told
from policy import core
from policy.core import Expr
from policy.types import Choice


def person(facts: Facts, bodies: Bodies, language: str, high: bool = False) -> str:
    """Field = value for each value that the facts speak of; empty where no single person could be named."""
    found: dict[str, str] = {}
    zh = language == "zh"
    for fact in facts:
        match fact:
            case Among(of=of) if _is_looked_into(of, bodies):
                continue
            case Among(of=of, key=key):
                words = frozenset.intersection(*(f.words for f in facts if isinstance(f, Among) and f.key == key))
                found[_name(of)] = " = " + bands.shown(_first(of, words), of, language)
            case Measured(form=form):
                atoms = list(form.atoms.values())
                value = bounds.member(atoms[0], facts, bodies, high) if len(atoms) == 1 else None
                if value is None:
                    return ""
                found[_name(atoms[0])] = " = " + bands.shown(value, atoms[0], language)
            case Told(of=core.IsMissing(of=of, code=code), holds=True):
                found[_name(of)] = f" = {code}" if code else " 缺" if zh else " missing"
            case Told(of=core.IsNone(of=of), holds=True):
                found[_name(of)] = " = 无" if zh else " = none"
            case Told(of=core.IsMissing() | core.IsNone()):
                continue
            case Told(of=of, holds=holds) if not _is_looked_into(of, bodies):
                found[_name(of)] = ("是" if holds else "否") if language == "zh" else ("yes" if holds else "no")
            case _:
                continue
    return ("，" if zh else ", ").join(f"{name}{value}" for name, value in found.items())


def _is_looked_into(of: Expr, bodies: Bodies) -> bool:
    return isinstance(of, core.Ref) and bodies(of) is not None


def _name(of: Expr) -> str:
    match of:
        case core.Get(field=name) | core.Ref(name=name):
            return name
        case _:
            return " ".join(of.span.text.split())


def _first(of: Expr, words: frozenset[object]) -> object:
    """The first of some words in the order of their choice, yes before no."""
    kind = of.type.kind
    every: tuple[object, ...] = kind.values if isinstance(kind, Choice) else (True, False)
    return next((word for word in every if word in words), next(iter(words), None))
