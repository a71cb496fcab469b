"""`simulate --sweep … --goal "合格人数 = 50"`: the values of a parameter that reach what is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from msgspec import Struct

from cli import session
from cli.render.simulation_words import word
from interpreter.simulating.compare import numbers
from interpreter.simulating.sweep import Stretch, yes_or_no
from policy.core import Policy
from policy.numerals import decimal
from policy.types import Number

_GOAL = re.compile(r"\s*(?P<what>.+?)\s*(?P<sign>≥|≤|>=|<=|=|>|<)\s*(?P<number>-?\d+(?:\.\d+)?)\s*(?P<unit>\S*)\s*")
_HEADS = re.compile(r"(?:个数|number of|count of)\s*(?P<before>.+)|(?P<after>.+?)\s*(?:的?人数|people)|(?P<bare>.+)")
_TOTAL = re.compile(r"(?:合计|total)\s*(?P<name>.+)|(?P<after>.+?)\s*合计")
_SIGNS = {"=": "=", ">=": "≥", "<=": "≤", "≥": "≥", "≤": "≤", ">": ">", "<": "<"}
_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda a, b: a == b,
    "≥": lambda a, b: a >= b,
    "≤": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


class Goal(Struct, frozen=True, eq=False):
    """What is wanted, as it was written; the figure of a stretch that it is about, and whether it is reached."""

    text: str
    sign: str
    number: Fraction
    figure: Callable[[Stretch], Fraction]

    def reached(self, stretch: Stretch) -> bool:
        return not stretch.refused and _HOLDS[self.sign](self.figure(stretch), self.number)


def goal_of(text: str, opened: session.Session) -> Goal:
    """A goal as it is written; ends the command where it is not understood."""
    found = _GOAL.fullmatch(text.replace("＝", "=").replace("＞", ">").replace("＜", "<"))
    if found is None:
        return _refused(text, opened, ())
    number, policy = Fraction(found["number"]), opened.policy
    sign = _SIGNS[found["sign"]]
    total = _TOTAL.fullmatch(found["what"])
    name = (total["name"] or total["after"]).strip() if total is not None else found["what"]
    if name in numbers(policy, policy):
        wanted = _in_unit(policy, name, number, found["unit"])
        if wanted is None:
            return _refused(text, opened, ())
        return Goal(text, sign, wanted, lambda stretch: Fraction(stretch.sums[name].total))
    heads = _HEADS.fullmatch(found["what"])
    assert heads is not None
    value = (heads["before"] or heads["after"] or heads["bare"]).strip()
    where = [n for n in policy.results if value in getattr(policy.choice(n), "values", ())]
    if value in yes_or_no(policy):
        return Goal(text, sign, number, lambda stretch: Fraction(stretch.yes[value]))
    if len(where) == 1:
        return Goal(text, sign, number, lambda stretch: Fraction(stretch.heads[where[0]].get(value, 0)))
    return _refused(text, opened, _known(policy))


def _in_unit(policy: Policy, name: str, number: Fraction, unit: str) -> Fraction | None:
    """A number in the canonical unit of a result; a bare one is in the result's own."""
    from policy.units import named

    kind = policy.kind(name)
    own = kind.unit if isinstance(kind, Number) else None
    if own is None:
        return None if unit else number
    if not unit:
        return number * Fraction(own.factor)
    try:
        given = named(unit)
    except KeyError:
        return None
    return number * Fraction(given.factor) if given.family == own.family else None


def _known(policy: Policy) -> tuple[str, ...]:
    grades = [v for n in policy.results for v in getattr(policy.choice(n), "values", ())]
    return (*yes_or_no(policy), *dict.fromkeys(grades), *numbers(policy, policy))


def _refused(text: str, opened: session.Session, known: Sequence[str]) -> Goal:
    zh = opened.language == "zh"
    there = f"；可以用 {'、'.join(known)}" if zh else f"; there are {', '.join(known)}"
    how = (
        "要写成“合格人数 = 50”或“合计 奖金 ≤ 100000 元”"
        if zh
        else "write `pass people = 50` or `total bonus <= 100000`"
    )
    why = f"--goal {text}{'：' if zh else ': '}{how}{there if known else ''}"
    session.fault("ZS911", opened.language, opened.asked, why=why)
    raise AssertionError


def told(goal: Goal, found: Sequence[Stretch], language: str) -> str:
    """The values that reach the goal; where none does, the nearest from both sides."""
    joint = "、" if language == "zh" else ", "
    reached = [each for each in found if goal.reached(each)]
    if reached:
        return word("goal", language, goal=goal.text, values=joint.join(map(_span, reached)))
    sound = [each for each in found if not each.refused]
    below = [each for each in sound if goal.figure(each) < goal.number]
    above = [each for each in sound if goal.figure(each) > goal.number]
    near = [
        *([max(below, key=goal.figure)] if below else []),
        *([min(above, key=goal.figure)] if above else []),
    ]
    said = joint.join(word("near", language, value=_span(each), number=_number(goal.figure(each))) for each in near)
    return word("no_goal", language, goal=goal.text, near=said or "—")


def _span(stretch: Stretch) -> str:
    return stretch.first if stretch.first == stretch.last else f"{stretch.first}..{stretch.last}"


def _number(value: Fraction) -> str:
    return decimal(value)


def as_object(goal: Goal, found: Sequence[Stretch]) -> dict[str, object]:
    """The goal as JSON, with the stretches that reach it."""
    return {"goal": goal.text, "reached": [[each.first, each.last] for each in found if goal.reached(each)]}
