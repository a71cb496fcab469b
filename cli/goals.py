"""`simulate --sweep … --goal "合格人数 = 50"`: the values of a parameter that reach what is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from msgspec import Struct

from cli import session
from cli.render.simulation_words import word
from cli.render.sweep import span
from interpreter.simulating.compare import numbers
from interpreter.simulating.sweep import Cell, Stretch, yes_or_no
from policy.core import Policy
from policy.numerals import decimal
from policy.types import Number
from policy.units import Exact, whole

_GOAL = re.compile(r"\s*(?P<what>.+?)\s*(?P<sign>≥|≤|>=|<=|=|>|<)\s*(?P<number>-?\d+(?:\.\d+)?)\s*(?P<unit>\S*)\s*")
_HEADS = re.compile(r"(?:个数|number of|count of)\s*(?P<before>.+)|(?P<after>.+?)\s*(?:的?人数|people)|(?P<bare>.+)")
_TOTAL = re.compile(r"(?:合计|total)\s*(?P<name>.+)|(?P<after>.+?)\s*合计")
_AROUND = " ()\"'"
_PLAIN = str.maketrans("＝＞＜（）．“”", '=><().""')
NAMED = 5
"""People or cells that are named; the others are counted."""
_SIGNS = {"=": "=", ">=": "≥", "<=": "≤", "≥": "≥", "≤": "≤", ">": ">", "<": "<"}
_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda a, b: a == b,
    "≥": lambda a, b: a >= b,
    "≤": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


class Goal(Struct, frozen=True, eq=False):
    """What is wanted, as it was written; the figure of a stretch that it is about, and whether it is reached. `scale`
    is what one of the units in which it is told comes to."""

    text: str
    sign: str
    number: Fraction
    figure: Callable[[Stretch], Fraction]
    scale: Fraction = Fraction(1)

    def reached(self, stretch: Stretch) -> bool:
        return not stretch.refused and _HOLDS[self.sign](self.figure(stretch), self.number)

    def told(self, stretch: Stretch) -> Exact:
        """The figure of a stretch as it is written."""
        return whole(self.figure(stretch) / self.scale)


def goal_of(text: str, opened: session.Session) -> Goal:
    """A goal as it is written; ends the command where it is not understood."""
    plain = text.translate(_PLAIN)
    found = _GOAL.fullmatch(plain)
    if found is None:
        return _refused(text, opened, "")
    number, policy, what = Fraction(found["number"]), opened.policy, found["what"].strip()
    sign = _SIGNS[found["sign"]]
    total = _TOTAL.fullmatch(what)
    name = (total["name"] or total["after"]).strip(_AROUND) if total is not None else what
    if name in numbers(policy, policy):
        wanted = _in_unit(policy, name, number, found["unit"])
        if wanted is None:
            return _refused(text, opened, name)
        kind = policy.kind(name)
        scale = Fraction(kind.unit.factor) if isinstance(kind, Number) and kind.unit is not None else Fraction(1)
        return Goal(text, sign, wanted, lambda stretch: Fraction(stretch.sums[name].total), scale)
    if total is not None:
        return _refused(text, opened, name)
    heads = _HEADS.fullmatch(what)
    assert heads is not None
    value = (heads["before"] or heads["after"] or heads["bare"]).strip(_AROUND)
    if value in yes_or_no(policy):
        return Goal(text, sign, number, lambda stretch: Fraction(stretch.yes[value]))
    result, _, grade = value.rpartition(".")
    where = [n for n in policy.results if grade in getattr(policy.choice(n), "values", ()) and result in ("", n)]
    if len(where) == 1:
        return Goal(text, sign, number, lambda stretch: Fraction(stretch.heads[where[0]].get(grade, 0)))
    return _refused(text, opened, value, [f"{n}.{grade}" for n in where])


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


def _known(policy: Policy) -> dict[str, str]:
    """Everything that can be wanted: its name, with how to write it."""
    grades = {v: n for n in policy.results for v in getattr(policy.choice(n), "values", ())}
    return {
        **{n: n for n in yes_or_no(policy)},
        **{f"{n}.{v}": f"{n}.{v}" for v, n in grades.items()},
        **{v: f"{n}.{v}" for v, n in grades.items()},
        **{n: n for n in numbers(policy, policy)},
    }


def _refused(text: str, opened: session.Session, name: str, either: Sequence[str] = ()) -> Goal:
    """Ends the command; names what is near to a name that is not known, or all there is."""
    from dsl.suggest import nearest

    zh, known = opened.language == "zh", _known(opened.policy)
    offered = either or list(dict.fromkeys(known[each] for each in nearest(name, list(known)))) if name else []
    names = offered or list(dict.fromkeys(known.values()))
    joint = "、" if zh else ", "
    if name and name not in known and not either:
        what = f"没有“{name}”，{'是不是' if offered else '可以用'} {joint.join(names)}"
        said = what if zh else f"there is no {name}; {'did you mean' if offered else 'there are'} {joint.join(names)}"
    elif either:
        said = f"几项结果都有这个值，写明是哪一项：{joint.join(names)}" if zh else f"say which: {joint.join(names)}"
    else:
        said = (
            "要写成“合格人数 = 50”“星级.五星 ≤ 10”或“合计 奖金 ≤ 100000 元”"
            if zh
            else "write `pass people = 50`, `grade.first <= 10` or `total bonus <= 100000`"
        )
    session.fault("ZS911", opened.language, opened.asked, why=f"--goal {text}{'：' if zh else ': '}{said}")
    raise AssertionError


# -- what is said of it ---------------------------------------------------------------------------------------------


def told(goal: Goal, found: Sequence[Stretch], language: str) -> str:
    """The values that reach the goal; where none does, the nearest from both sides, and who moves together between."""
    joint = "、" if language == "zh" else ", "
    reached = [each for each in found if goal.reached(each)]
    if reached:
        return word("goal", language, goal=goal.text, values=joint.join(map(span, reached)))
    near = nearest_to(goal, found)
    said = joint.join(word("near", language, value=span(e), number=decimal(goal.told(e))) for e in near)
    line = word("no_goal", language, goal=goal.text, near=said or "—")
    places = sorted(found.index(each) for each in near)
    if len(places) == 2 and places[1] == places[0] + 1 and (moved := found[places[1]].moved):
        names = joint.join(moved[:NAMED]) + ("……" if language == "zh" else " …") * (len(moved) > NAMED)
        line += word("one_step", language, value=found[places[1]].first, count=len(moved), names=names)
    return line


def nearest_to(goal: Goal, found: Sequence[Stretch]) -> list[Stretch]:
    """The stretches whose figures come nearest to a goal from below and from above, the first of each."""
    sound = [each for each in found if not each.refused]
    below = [each for each in sound if goal.figure(each) < goal.number]
    above = [each for each in sound if goal.figure(each) > goal.number]
    return [
        *([max(below, key=goal.figure)] if below else []),
        *([min(above, key=goal.figure)] if above else []),
    ]


def told_of_grid(goal: Goal, axes: Sequence[tuple[str, Sequence[str]]], found: Sequence[Cell], language: str) -> str:
    """The cells that reach a goal, the one that changes the fewest people first; else the nearest."""
    joint = "；" if language == "zh" else "; "
    reached = sorted((each for each in found if goal.reached(each.found)), key=lambda each: each.found.changed)
    if reached:
        said = joint.join(
            word("grid_reached", language, values=_pair(axes, each.values, language), count=each.found.changed)
            for each in reached[:NAMED]
        )
        more = len(reached) - NAMED
        return word("grid_goal", language, goal=goal.text, count=len(reached), cells=said) + (
            word("grid_more", language, count=more) if more > 0 else ""
        )
    by_stretch = {id(each.found): each for each in found}
    near = [by_stretch[id(each)] for each in nearest_to(goal, [each.found for each in found])]
    said = joint.join(
        word("near", language, value=_pair(axes, e.values, language), number=decimal(goal.told(e.found))) for e in near
    )
    return word("no_goal", language, goal=goal.text, near=said or "—")


def _pair(axes: Sequence[tuple[str, Sequence[str]]], values: Sequence[str], language: str) -> str:
    both = (f"{name}={value}" for (name, _), value in zip(axes, values, strict=True))
    return ("，" if language == "zh" else ", ").join(both)


def as_object(goal: Goal, found: Sequence[Stretch]) -> dict[str, object]:
    """The goal as JSON, with the stretches that reach it, or the nearest."""
    reached = [[each.first, each.last] for each in found if goal.reached(each)]
    near = [] if reached else [_near(goal, each) for each in nearest_to(goal, found)]
    return {"goal": goal.text, "reached": reached, "nearest": near}


def _near(goal: Goal, each: Stretch) -> dict[str, str]:
    return {"first": each.first, "last": each.last, "figure": decimal(goal.told(each))}


def grid_object(goal: Goal, found: Sequence[Cell]) -> dict[str, object]:
    """The goal of a grid as JSON."""
    return {"goal": goal.text, "reached": [list(each.values) for each in found if goal.reached(each.found)]}
