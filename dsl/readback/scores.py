"""Read-back of scores: what is added, per what, under which condition, and where it ends."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dsl.readback.conditions import Phrases
from dsl.readback.words import Sentence
from dsl.syntax import surface as s
from policy.source import Clause
from policy.types import Number
from policy.units import POINTS, Unit

_PER = {
    "EVERYFULL": (
        "{subject}每满{unit}，{what}（不足{unit}的部分不计）",
        "for every full {unit} of {subject}, {what} (what is left over does not count)",
    ),
    "EVERY": (
        "{subject}每{unit}，{what}（不足{unit}的按比例计）",
        "for every {unit} of {subject}, {what} (parts of it pro rata)",
    ),
    "EVERYSTART": (
        "{subject}每{unit}，{what}（不足{unit}的按{unit}计）",
        "for every {unit} of {subject}, {what} (a part of it counts in full)",
    ),
}
_EVERY_WHOLE = {
    "EVERYFULL": ("{subject}每满{unit}，{what}", "for every full {unit} of {subject}, {what}"),
    "EVERY": ("{subject}每{unit}，{what}", "for every {unit} of {subject}, {what}"),
    "EVERYSTART": ("{subject}每{unit}，{what}", "for every {unit} of {subject}, {what}"),
}
"""Where nothing can be left over, nothing is said of it."""


class Under:
    """The condition and clause of a block, its depth, and the unit of the score."""

    def __init__(self, guards: tuple[str, ...], clause: Clause, level: int, unit: Unit | None) -> None:
        self.guards = guards
        self.clause = clause
        self.level = level
        self.unit = unit

    def inside(self, guard: str, clause: Clause) -> Under:
        return Under((*self.guards, guard), clause.within(self.clause), self.level, self.unit)


def score(p: Phrases, statement: s.Score, name: str, unit: Unit | None) -> Iterator[Sentence]:
    """A score's head, then its lines."""
    unit = unit or POINTS
    full = (
        p.say("满分{full}，", ", out of {full},", full=p.value(statement.full, unit))
        if statement.full is not None
        else ""
    )
    text = p.say(
        "{name}{full}为下列各项相加{limits}：",
        "{name}{full} is the sum of these lines{limits}:",
        name=name,
        full=full,
        limits=_limits(p, statement, unit),
    )
    yield p.sentence(text, statement, clause=statement.clause)
    yield from lines(p, statement.lines, Under((), statement.clause, 1, unit))


def _limits(p: Phrases, statement: s.Score, unit: Unit) -> str:
    limits = []
    if statement.cap is not None:
        limits.append(p.bound(statement.cap, True, unit))
    if statement.floor is not None:
        limits.append(p.bound(statement.floor, False, unit))
    if not limits:
        return ""
    return p.say("，合计{limits}", ", in all {limits}", limits=p.say("、", " and ").join(limits))


def lines(p: Phrases, given: tuple[s.ScoreLine, ...], under: Under) -> Iterator[Sentence]:
    """Lines with the conditions that they stand under."""
    for line in given:
        if isinstance(line, s.When):
            guard = (
                p.condition(line.guard)
                if line.guard is not None
                else p.say("以上条件都不成立", "none of the conditions above holds")
            )
            yield from lines(p, line.lines, under.inside(guard, line.clause))
            continue
        yield p.sentence(
            _guarded(p, _line(p, line, under.unit), under.guards), line, under.level, line.clause.within(under.clause)
        )
        if isinstance(line, s.Best):
            clause = line.clause.within(under.clause)
            yield from lines(p, line.lines, Under((), clause, under.level + 1, under.unit))


def _guarded(p: Phrases, text: str, guards: tuple[str, ...]) -> str:
    if not guards:
        return text
    return p.say("{guard}的，{text}", "if {guard}, {text}", guard=p.say("，且", " and ").join(guards), text=text)


def _line(p: Phrases, line: s.ScoreLine, unit: Unit | None) -> str:
    match line:
        case s.Part():
            return p.say(
                "{what}按实得分计入，满分{full}",
                "{what} counts as it is, out of {full}",
                what=p.value(line.subject),
                full=p.value(line.full, unit),
            )
        case s.Weighted():
            held = [p.bound(e, cap, unit) for e, cap in ((line.cap, True), (line.floor, False)) if e is not None]
            return p.say("，", ", ").join([p.say(
                "{what}乘以{weight}计入",
                "{what} counts at a weight of {weight}",
                what=p.operand(line.subject),
                weight=p.value(line.weight),
            ), *held])  # fmt: skip
        case s.Bonus():
            return _bonus(p, line, unit)
        case s.Moves():
            return _moves(p, line)
        case s.Best():
            cap = p.say("，{cap}", ", {cap}", cap=p.bound(line.cap, True, unit)) if line.cap is not None else ""
            return p.say("下列各项只取最高的一项{cap}：", "only the highest of these lines counts{cap}:", cap=cap)
        case _:
            raise AssertionError(line)


def _bonus(p: Phrases, line: s.Bonus, unit: Unit | None) -> str:
    amount = p.operand(line.amount, unit)
    what = p.say("扣{n}", "deduct {n}", n=amount) if line.deduct else p.say("加{n}", "add {n}", n=amount)
    if line.per is not None:
        what = _per(p, line.per, what)
    if line.cap is None:
        return what
    most = (
        ("{what}，最多扣{cap}", "{what}, at most {cap}")
        if line.deduct
        else ("{what}，最多加{cap}", "{what}, at most {cap}")
    )
    return p.say(*most, what=what, cap=p.operand(line.cap, unit))


def _per(p: Phrases, per: s.Per, what: str) -> str:
    unit = p.value(per.unit, p.known.unit(per.subject))
    template = (_EVERY_WHOLE if _whole(p, per) else _PER)[per.reading]
    return p.say(*template, subject=p.operand(per.subject), unit=unit, what=what)


def _whole(p: Phrases, per: s.Per) -> bool:
    """Whether the subject only takes whole units, so that nothing is ever left over."""
    subject, unit = p.known.core(per.subject), p.known.core(per.unit)
    if subject is None or unit is None:
        return False
    kind, size = subject.type.kind, unit.type.kind
    if not isinstance(kind, Number) or not isinstance(size, Number) or kind.grid is None or not size.low:
        return False
    return size.low == size.high and Fraction(kind.grid) % Fraction(size.low) == 0


def _moves(p: Phrases, line: s.Moves) -> str:
    what = p.value(line.subject)
    if not line.targets:
        return p.say(
            "{what}不计，其权重按比例分给其余各项",
            "{what} is left out, and its weight is shared among the rest in proportion",
            what=what,
        )
    targets = p.listed([p.path(path) for path in line.targets])
    if len(line.targets) == 1:
        return p.say(
            "{what}不计，其权重转给{targets}",
            "{what} is left out, and its weight goes to {targets}",
            what=what,
            targets=targets,
        )
    return p.say(
        "{what}不计，其权重按比例分给{targets}",
        "{what} is left out, and its weight is shared among {targets} in proportion",
        what=what,
        targets=targets,
    )
