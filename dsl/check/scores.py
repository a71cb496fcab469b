"""Scores: lines added up, weighted or the best of several, and whether parts, weights, caps and full marks agree."""

from __future__ import annotations

from itertools import product
from typing import Final, TypeAlias

from msgspec import Struct, structs

from dsl.check import amounts, totals
from dsl.check.context import Place, Untypable
from dsl.check.definitions import both, fails
from dsl.check.expressions import Expressions
from dsl.check.tests import text_of
from dsl.check.totals import Move, check_moves, redistributed, stuck, twice
from dsl.syntax import surface as s
from policy import core
from policy.core import Arm, Expr, Line
from policy.diagnostic import replaced
from policy.kinds import Adding, Reading
from policy.numerals import with_unit
from policy.source import Clause, Span
from policy.types import Nothing, Number, Type, common_grid, judged
from policy.units import POINTS, Exact, step_of, whole

_READINGS: Final[dict[str, Reading]] = {"EVERY": "every", "EVERYFULL": "every_full", "EVERYSTART": "every_started"}
MOST_MOVES = 6
"""转给 lines in one score; each doubles the cases in which weights are written down."""


Block: TypeAlias = tuple[int, ...]
"""Where a line stands: the 当 blocks around it, by where they begin."""


class Draft(Struct, eq=False):
    """A score's lines while they are read; `blocks` says under which 当 each stands, `at` which is being read."""

    lines: list[Line] = []
    moves: list[tuple[Expr | None, s.Moves, Block]] = []
    blocks: list[Block] = []
    at: Block = ()


def score(x: Expressions, statement: s.Score, place: Place) -> Expr:
    """The expression of a `评分`: its lines, limited by its cap and floor."""
    draft = Draft()
    _read(x, statement.lines, place, (None, statement.clause), draft)
    moves = _moves(x, draft)
    lines = _moved(x, draft, moves)
    full = _constant(x, statement.full, place) if statement.full is not None else None
    total = _total(x, "sum", lines, full, statement.span)
    if draft.moves:
        total = _bounded(total, draft)
    totals.check_parts(x, statement, total)
    totals.check_weights(x, statement, draft.lines, moves, full)
    cap = x.number(statement.cap, place) if statement.cap is not None else None
    floor = x.number(statement.floor, place) if statement.floor is not None else None
    found: Expr = total
    if cap is not None or floor is not None:
        found = amounts.limit(x.findings, total, cap, floor, statement.span)
    totals.check_reach(x, statement, total, found, moves)
    return found


def _constant(x: Expressions, expr: s.Expr, place: Place) -> Exact:
    found = x.number(expr, place)
    kind = amounts.of(found)
    if kind.low is None or kind.low != kind.high:
        raise x.findings.refuse("ZS326", expr.span, what=expr.span.text)
    return kind.low


# -- lines ---------------------------------------------------------------------------------------------------------


def _read(
    x: Expressions, lines: tuple[s.ScoreLine, ...], place: Place, under: tuple[Expr | None, Clause], draft: Draft
) -> None:
    """Add the lines of a block to the draft; `under` is the block's condition and clause."""
    guard, clause = under
    earlier: list[Expr] = []
    failed = False
    for line in lines:
        try:
            if isinstance(line, s.When):
                inner = _branch(x, line, place, earlier)
                draft.at = (*draft.at, line.span.start)
                with x.findings.under((inner, True)):
                    _read(x, line.lines, place, (both(guard, inner), line.clause.within(clause)), draft)
                draft.at = draft.at[:-1]
            elif isinstance(line, s.Moves):
                draft.moves.append((guard, line, draft.at))
            else:
                draft.lines.append(_line(x, line, place, guard, clause))
                draft.blocks.append(draft.at)
        except Untypable:
            failed = True
    if failed:
        raise Untypable


def _branch(x: Expressions, line: s.When, place: Place, earlier: list[Expr]) -> Expr:
    """The condition of a 当 block; 否则 is that none of the conditions before it holds."""
    if line.guard is not None:
        found = x.condition(line.guard, place)
        earlier.append(found)
        return found
    if not earlier:
        raise x.findings.refuse("ZS407", line.span)
    others = [fails(g, g.span) for g in earlier]
    earlier.clear()
    if len(others) == 1:
        return others[0]
    return core.All(items=tuple(others), type=judged(*(o.type for o in others)), span=line.span)


def _line(x: Expressions, line: s.ScoreLine, place: Place, guard: Expr | None, clause: Clause) -> Line:
    clause = line.clause.within(clause)
    _not_a_bullet(x, line)
    match line:
        case s.Part():
            value = _points(x.number(line.subject, place))
            full = _constant(x, line.full, place)
            _check_part(x, line, value, full)
            return Line(text_of(line.subject.span), value, guard, 1, full, None, clause, line.span)
        case s.Weighted():
            value, weight = x.number(line.subject, place), x.number(line.weight, place)
            unit = amounts.of(value).unit
            if unit is not None and unit.family == "ratio" and amounts.of(weight).bare:
                what, number = text_of(line.subject.span), text_of(line.weight.span)
                raise x.findings.refuse("ZS428", line.weight.span, what=what, number=number)
            worth = amounts.multiply(x.findings, [value, weight], [1, 1], line.span)
            cap, floor = (x.number(e, place) if e is not None else None for e in (line.cap, line.floor))
            if cap is not None or floor is not None:
                amounts.limit(x.findings, worth, cap, floor, line.span)
            return Line(text_of(line.subject.span), value, guard, 1, None, weight, clause, line.span, cap, floor)
        case s.Bonus():
            return _bonus(x, line, place, guard, clause)
        case s.Best():
            draft = Draft()
            _read(x, line.lines, place, (None, clause), draft)
            best: Expr = _total(x, "highest", draft.lines, None, line.span)
            if line.cap is not None:
                best = amounts.limit(x.findings, best, x.number(line.cap, place), None, line.span)
            label = "取高" if x.findings.language == "zh" else "highest of"
            return Line(label, best, guard, 1, None, None, clause, line.span)
        case _:
            raise AssertionError(line)


def _not_a_bullet(x: Expressions, line: s.ScoreLine) -> None:
    """`- 业绩 满分 60`: a dash that starts a line is a bullet, not a minus."""
    subject = line.subject if isinstance(line, s.Part | s.Weighted) else None
    if isinstance(line, s.Bonus) and line.per is not None:
        subject = line.per.subject
    if isinstance(subject, s.Negative):
        raise x.findings.refuse("ZS337", subject.span, fix=replaced(line.span, line.span.text.lstrip("-－— ")))


def _points(expr: Expr) -> Expr:
    return amounts.adopt(expr, POINTS)


def _bonus(x: Expressions, line: s.Bonus, place: Place, guard: Expr | None, clause: Clause) -> Line:
    amount = x.number(line.amount, place)
    value, label = amount, text_of(line.amount.span)
    if line.per is not None:
        value = _per(x, line.per, amount, place, line.span)
        label = text_of(line.per.subject.span)
    elif guard is not None and isinstance(amount, core.Const):
        label = text_of(guard.span)
    if line.cap is not None:
        value = amounts.limit(x.findings, value, x.number(line.cap, place), None, line.span)
    return Line(label, value, guard, -1 if line.deduct else 1, None, None, clause, line.span)


def _per(x: Expressions, per: s.Per, amount: Expr, place: Place, span: Span) -> Expr:
    subject, unit = x.number(per.subject, place), x.number(per.unit, place)
    (subject, unit), _ = amounts.agree(x.findings, [subject, unit], per.span, "per")
    if isinstance(unit, core.Const) and unit.value <= 0:  # type: ignore[operator]
        raise x.findings.refuse("ZS313", per.unit.span)
    low = amounts.of(unit).low
    if low is None or low <= 0:
        _check_per(x, unit)
    times = amounts.units_of(subject, unit, _READINGS[per.reading], per.span)
    worth = amounts.multiply(x.findings, [times, amount], [1, 1], span)
    if not amounts.of(amount).bare:
        return worth
    return structs.replace(worth, type=worth.type.replaced(structs.replace(amounts.of(worth), bare=True)))


def _check_per(x: Expressions, unit: Expr) -> None:
    """`每满 c` with a c that may be zero or less, for all that the conditions before it say."""
    from dsl.check import guarded

    if guarded.may_be(x.findings, unit, lambda span: not span.above_zero):
        x.findings.report("ZS426", unit.span, what=text_of(unit.span))


# -- weights that move ---------------------------------------------------------------------------------------------


def _moves(x: Expressions, draft: Draft) -> list[Move]:
    """The 转给 lines; one that only repeats another's is left to it."""
    if len(draft.moves) > MOST_MOVES:
        raise x.findings.refuse("ZS408", draft.moves[-1][1].span, most=MOST_MOVES)
    moves: list[Move] = []
    for move in (_move(x, guard, line, draft, block) for guard, line, block in draft.moves):
        same = next((m for m in moves if (m.source, set(m.targets)) == (move.source, set(move.targets))), None)
        if same is None:
            moves.append(move)
        else:
            moves[moves.index(same)] = structs.replace(same, guard=_one_of(same.guard, move.guard))
    check_moves(x, moves)
    return moves


def _one_of(one: Expr | None, other: Expr | None) -> Expr | None:
    """The condition that one of two conditions holds, either of which may be no condition."""
    if one is None or other is None:
        return None
    return core.AtLeast(count=1, items=(one, other), type=judged(one.type, other.type), span=one.span)


def _moved(x: Expressions, draft: Draft, moves: list[Move]) -> list[Line]:
    """Lines whose weights follow the 转给 lines: in each combination of their conditions, the weights written out."""
    lines = list(draft.lines)
    for at, line in enumerate(draft.lines):
        if line.weight is not None and any(at == m.source or at in m.targets for m in moves):
            lines[at] = _with_moving_weight(x, at, moves, draft.lines)
    return lines


def _move(x: Expressions, guard: Expr | None, line: s.Moves, draft: Draft, block: Block) -> Move:
    by_label = _by_name(draft, block)
    source = by_label.get(_unquoted(text_of(line.subject.span)))
    if source is None:
        raise x.findings.refuse("ZS409", line.subject.span, name=text_of(line.subject.span))
    if line.targets:
        for path in line.targets:
            if path.text not in by_label:
                raise x.findings.refuse("ZS409", path.span, name=path.text)
        return Move(guard, source, tuple(by_label[p.text] for p in line.targets), line.span)
    return Move(guard, source, tuple(dict.fromkeys(i for i in by_label.values() if i != source)), line.span)


def _by_name(draft: Draft, block: Block) -> dict[str, int]:
    """Weighted lines by what they begin with: `乙 封顶 100% 权重 40 分` is 乙, if no other line is.

    Of several by one name the one nearest around the 转给 line is meant.
    """

    def nearness(at: int) -> int:
        around = draft.blocks[at]
        return len(around) if block[: len(around)] == around else -1

    weighted = sorted((i for i, entry in enumerate(draft.lines) if entry.weight is not None), key=nearness)
    found = {_unquoted(draft.lines[at].label): at for at in weighted}
    for at in reversed(weighted):
        of = draft.lines[at].value
        while isinstance(of, core.Limited | core.Rounded | core.Default):
            of = of.of
        if isinstance(of, core.Get | core.Ref):
            found.setdefault(_unquoted(text_of(of.span)), at)
    return found


def _unquoted(text: str) -> str:
    """A name that stands in quotes in one line and bare in another, where no keyword could stand."""
    quoted = len(text) > 2 and text[0] + text[-1] in ("``", "「」")
    return text[1:-1] if quoted else text


def _with_moving_weight(x: Expressions, at: int, moves: list[Move], lines: list[Line]) -> Line:
    line = lines[at]
    assert line.weight is not None
    weights = {i: _weight(x, entry) for i, entry in enumerate(lines) if entry.weight is not None}
    arms = [
        Arm(_exactly_these(moves, holding), _moved_weight(x, at, weights, active, line), line.clause, line.span)
        for holding, active in _combinations(moves)
    ]
    arms[-1] = Arm(None, arms[-1].value, arms[-1].clause, arms[-1].span)
    kinds = [amounts.of(a.value) for a in arms if not isinstance(a.value, core.Refer)]
    low, high = min(k.low for k in kinds if k.low is not None), max(k.high for k in kinds if k.high is not None)
    guards = [m.guard.type for m in moves if m.guard is not None]
    into = Type(Number(amounts.of(line.weight).unit, None, low, high)).absent_as(*guards)
    grid = kinds[0].grid
    for kind in kinds[1:]:
        grid = common_grid(grid, kind.grid)
    into = into.replaced(Number(amounts.of(line.weight).unit, grid, low, high))
    switch = core.Switch(mode="first", arms=tuple(arms), type=into, span=line.span)
    return structs.replace(line, guard=_not_gone(at, moves, weights, line.guard), weight=switch)


def _not_gone(at: int, moves: list[Move], weights: dict[int, Exact], guard: Expr | None) -> Expr | None:
    """A line whose weight has moved away is not read, so that its missing value does no harm.

    Where a weight finds no line to go to, the line stays, and what it is worth is open.
    """
    own = [m for m in moves if m.source == at and m.guard is not None]
    homeless = any(stuck(weights, active) for _, active in _combinations(moves) if any(m.source == at for m in active))
    if not homeless:
        for move in own:
            assert move.guard is not None
            guard = both(guard, fails(move.guard, move.guard.span))
        return guard
    gone = [
        _exactly_these(moves, holding)
        for holding, active in _combinations(moves)
        if any(m.source == at for m in active) and not stuck(weights, active)
    ]
    for one in (g for g in gone if g is not None):
        guard = both(guard, fails(one, one.span))
    return guard


def _combinations(moves: list[Move]) -> list[tuple[tuple[bool, ...], list[Move]]]:
    """Every way in which the conditions of the moves can hold, with the moves that are made then."""
    return [
        (holding, [m for m, holds in zip(moves, holding, strict=True) if holds])
        for holding in product((True, False), repeat=len(moves))
        if all(m.guard is not None or holds for m, holds in zip(moves, holding, strict=True))
    ]


def _moved_weight(x: Expressions, at: int, weights: dict[int, Exact], active: list[Move], line: Line) -> Expr:
    """What a line weighs once these moves are made; open where a weight finds no line to go to."""
    assert line.weight is not None
    reason = _open_weight(x, weights, active)
    if reason:
        return core.Refer(outcome="undecided", reason=reason, type=Type(Nothing(), open=True), span=line.span)
    return _weight_const(redistributed(weights, active)[at], line.weight)


def _open_weight(x: Expressions, weights: dict[int, Exact], active: list[Move]) -> str:
    """Why nobody can say what the lines weigh once these moves are made; empty where it is clear."""
    zh, clash = x.findings.language == "zh", twice(active)
    if clash is not None:
        first, second = (text_of(move.span) for move in clash)
        return f"“{first}”与“{second}”同时适用" if zh else f"`{first}` and `{second}` both apply"
    if stuck(weights, active):
        return "各分项都已转出，权重没有去处" if zh else "every line has moved away, its weight has nowhere to go"
    return ""


def _weight(x: Expressions, line: Line) -> Exact:
    assert line.weight is not None
    kind = amounts.of(line.weight)
    if kind.low is None or kind.low != kind.high:
        raise x.findings.refuse("ZS326", line.span, what=text_of(line.weight.span))
    return kind.low


def _exactly_these(moves: list[Move], holding: tuple[bool, ...]) -> Expr | None:
    guard: Expr | None = None
    for move, holds in zip(moves, holding, strict=True):
        if move.guard is not None:
            one = move.guard if holds else fails(move.guard, move.guard.span)
            guard = both(guard, one)
    return guard


def _weight_const(weight: Exact, like: Expr) -> Expr:
    kind = Number(amounts.of(like).unit, step_of(weight), weight, weight, amounts.of(like).bare)
    return core.Const(value=weight, type=Type(kind))


# -- totals --------------------------------------------------------------------------------------------------------


def _total(x: Expressions, mode: Adding, lines: list[Line], full: Exact | None, span: Span) -> core.Total:
    """Lines with their common unit and the range of what they add up to (or of the best of them)."""
    worth = [_worth(x, line) for line in lines]
    brought, unit = amounts.agree(x.findings, worth, span, "score") if worth else ([], None)
    unit = unit or POINTS
    brought = [amounts.adopt(b, unit) for b in brought]
    lows: list[Exact | None] = []
    highs: list[Exact | None] = []
    grid: Exact | None = None if not brought else amounts.of(brought[0]).grid
    for line, value in zip(lines, brought, strict=True):
        kind = amounts.of(value)
        grid = common_grid(grid, kind.grid)
        low, high = (kind.low, kind.high) if line.sign > 0 else (_negated(kind.high), _negated(kind.low))
        optional = line.guard is not None or mode == "highest"
        lows.append(low if low is None or not optional else min(0, low))
        highs.append(high if high is None or not optional else max(0, high))
    low, high = (_sum(lows), _sum(highs)) if mode == "sum" else (_pick(lows), _pick(highs))
    placed = tuple(
        line
        if line.weight is not None
        else Line(line.label, b, line.guard, line.sign, line.full, None, line.clause, line.span)
        for line, b in zip(lines, brought, strict=True)
    )
    types = [e.type for line in lines for e in (line.guard, line.value, line.weight) if e is not None]
    into = Type(Number(unit, grid, low, high)).absent_as(*types)
    return core.Total(mode=mode, lines=placed, full=full, type=into, span=span)


def _bounded(total: core.Total, draft: Draft) -> core.Total:
    """Weights that move stay what they are together: at most their sum of the best value, plus the rest."""
    kind = total.type.kind
    weighted = [line for line in draft.lines if line.weight is not None and line.guard is None]
    highs = [amounts.of(line.value).high for line in weighted]
    sums = [amounts.of(line.weight).high for line in weighted if line.weight is not None]
    others = [amounts.of(line.value).high for line in total.lines if line.weight is None and line.sign > 0]
    if not isinstance(kind, Number) or None in (*highs, *sums, *others) or not highs:
        return total
    best = max(h for h in highs if h is not None) * sum(w for w in sums if w is not None)
    bound = whole(best + sum(h for h in others if h is not None))
    if kind.high is not None and kind.high <= bound:
        return total
    return structs.replace(total, type=total.type.replaced(structs.replace(kind, high=bound)))


def _worth(x: Expressions, line: Line) -> Expr:
    if line.weight is None:
        return line.value
    worth = amounts.multiply(x.findings, [line.value, line.weight], [1, 1], line.span)
    if line.cap is None and line.floor is None:
        return worth
    return amounts.limit(x.findings, worth, line.cap, line.floor, line.span)


def _negated(bound: Exact | None) -> Exact | None:
    return None if bound is None else -bound


def _sum(bounds: list[Exact | None]) -> Exact | None:
    known = [b for b in bounds if b is not None]
    return whole(sum(known, 0)) if len(known) == len(bounds) else None


def _pick(bounds: list[Exact | None]) -> Exact | None:
    known = [b for b in bounds if b is not None]
    return max(known) if known and len(known) == len(bounds) else None


# -- what does not add up --------------------------------------------------------------------------------------------


def _check_part(x: Expressions, line: s.Part, value: Expr, full: Exact) -> None:
    """A part can reach more than its own full mark."""
    high = amounts.of(value).high
    if high is not None and high > full:
        language = x.findings.language
        name = text_of(line.subject.span)
        x.findings.report(
            "ZS424",
            line.span,
            name=name,
            full=with_unit(full, POINTS, language),
            most=with_unit(high, POINTS, language),
        )
