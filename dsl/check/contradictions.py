"""Exceptions that cannot both stand: fixed values that differ, a floor above a cap, a value that a limit would change.

Two are told only where nothing keeps their conditions apart, with a person who falls under both where one can be named.
"""

from __future__ import annotations

from fractions import Fraction

from dsl.check import bounds, witness
from dsl.check.expressions import Expressions
from dsl.check.facts import Facts, alternatives, together
from policy import core
from policy.core import Effect, Exempt
from policy.diagnostic import Label
from policy.types import Choice, Number, Type

_WORDS = {"fix": ("定为", "fixed at"), "cap": ("封顶", "capped at"), "floor": ("保底", "floored at")}


def check(x: Expressions, exempts: tuple[Exempt, ...], into: Type) -> None:
    """Tell each pair of exceptions of which neither prevails, once, by the first effects that contradict each other."""
    for at, one in enumerate(exempts):
        for other in exempts[at + 1 :]:
            if one.name in other.over or other.name in one.over:
                continue
            _pair(x, (one, other), into)


def _pair(x: Expressions, pair: tuple[Exempt, Exempt], into: Type) -> None:
    one, other = pair
    listed = one.each is not None or other.each is not None
    for a in one.effects:
        for b in other.effects:
            facts = () if listed else _both(x, a, b)
            if facts is not None and _clash(a, b, into):
                x.findings.report(
                    "ZS450",
                    b.span,
                    labels=(Label(a.span, "other_row"),),
                    one=one.name,
                    other=other.name,
                    first=_said(a, x.findings.language),
                    second=_said(b, x.findings.language),
                    who=_who(x, facts),
                )
                return


def _both(x: Expressions, a: Effect, b: Effect) -> Facts | None:
    """Facts under which both effects act, None where nothing could make both."""
    bodies = x.findings.bodies
    ways = together(alternatives(guard, True, bodies) for guard in (a.guard, b.guard))
    return next((facts for facts in ways if bounds.possible(facts, bodies)), None)


def _who(x: Expressions, facts: Facts) -> str:
    person = witness.person(facts, x.findings.bodies, x.findings.language, high=True)
    if not person:
        return ""
    return f"（例如 {person}）" if x.findings.language == "zh" else f" (say {person})"


def _clash(a: Effect, b: Effect, into: Type) -> bool:
    """Whether two effects cannot both stand."""
    kinds = {a.kind, b.kind}
    if a.kind == b.kind == "fix":
        return _value(a) != _value(b) if _is_plain(a) and _is_plain(b) else _text(a) != _text(b)
    if kinds == {"cap", "floor"}:
        cap, floor = (a, b) if a.kind == "cap" else (b, a)
        return _above(floor, cap, into)
    if "fix" in kinds and kinds & {"cap", "floor"}:
        fixed, limit = (a, b) if a.kind == "fix" else (b, a)
        return _above(fixed, limit, into) if limit.kind == "cap" else _above(limit, fixed, into)
    return False


def _above(high: Effect, low: Effect, into: Type) -> bool:
    """Whether what one effect gives stands above what the other does, for certain."""
    if high.value is None or low.value is None:
        return False
    first, second = high.value.type.kind, low.value.type.kind
    if isinstance(into.kind, Choice):
        mine, theirs = (into.kind.rank_of(str(_value(effect))) for effect in (high, low))
        return mine is not None and theirs is not None and mine < theirs
    if not isinstance(first, Number) or not isinstance(second, Number):
        return False
    return first.low is not None and second.high is not None and first.low > second.high


def _is_plain(effect: Effect) -> bool:
    return isinstance(effect.value, core.Const)


def _value(effect: Effect) -> object:
    value = effect.value.value if isinstance(effect.value, core.Const) else None
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _text(effect: Effect) -> str:
    return " ".join(effect.value.span.text.split()) if effect.value is not None else ""


def _said(effect: Effect, language: str) -> str:
    zh, en = _WORDS[effect.kind]
    return f"{zh}“{_text(effect)}”" if language == "zh" else f"{en} `{_text(effect)}`"
