"""Tables: each row a case, each column a test; tier tables by slices; two-way tables by flattening."""

from __future__ import annotations

import re
from typing import Final

from dsl.check import bands, tests, tiers
from dsl.check.context import Place, Untypable
from dsl.check.definitions import both, choice_of, outcome, switch
from dsl.check.expressions import Expressions
from dsl.check.symbols import output_name
from dsl.syntax import surface as s
from policy import core
from policy.core import Arm, Expr
from policy.diagnostic import Fix, replaced
from policy.kinds import Choosing
from policy.types import Choice, Kind, Number, Type

_MODES: Final[dict[str, Choosing]] = {"": "unique", "INORDER": "first", "ADDUP": "sum", "HIGHESTOF": "highest"}


def table(x: Expressions, statement: s.Table, place: Place, column: int) -> Expr:
    """The expression of one output column of a table (of the table itself, if it has one)."""
    heads = [x.value(x.as_name(head, place), place) for head in statement.heads]
    _shape(x, statement)
    if statement.mode in ("MARGINAL", "WHOLEAMT"):
        return tiers.banded(x, statement, place, heads)
    across = x.value(x.as_name(statement.across, place), place) if statement.across is not None else None
    expected = expected_of(x, statement, place, column)
    arms = _arms(x, statement, place, heads, across, expected, column)
    found = switch(x, _MODES[statement.mode], arms, statement.span)
    if statement.mode in ("ADDUP", "HIGHESTOF") and not isinstance(found.type.kind, Number):
        raise x.findings.refuse("ZS403", statement.span, name=statement.head.path.text)
    if statement.mode == "ADDUP":
        found = _added_up(found)
    bands.of_table(x, found, statement, heads)
    return found


def _added_up(found: core.Switch) -> core.Switch:
    kind = found.type.kind
    assert isinstance(kind, Number)
    values = [value for a in found.arms if isinstance(value := a.value.type.kind, Number)]
    lows = [v.low if v.low is None else min(0, v.low) for v in values]
    highs = [v.high if v.high is None else max(0, v.high) for v in values]
    low = None if None in lows else sum(b for b in lows if b is not None)
    high = None if None in highs else sum(b for b in highs if b is not None)
    into = Type(Number(kind.unit, kind.grid, low, high), found.type.missing, (), found.type.none, found.type.open)
    return core.Switch(mode=found.mode, arms=found.arms, type=into, span=found.span)


def expected_of(x: Expressions, statement: s.Table, place: Place, column: int) -> Kind | None:
    """The choice whose values the cells of an output column are: the one the column or the table is called like."""
    names = [statement.head.path.names[-1].text]
    if statement.across is None:
        word = output_name(statement.outputs[column])
        names = [word.text, *(names if len(statement.outputs) == 1 else [])] if word else names
    for name in names:
        if name in x.symbols.choices:
            return x.symbols.choices[name]
    cells = [row.values[i] for row in statement.rows for i in _columns(statement, column) if i < len(row.values)]
    return choice_of(x, list(cells), place, statement.head.span)


def _columns(statement: s.Table, column: int) -> list[int]:
    return list(range(len(statement.outputs))) if statement.across is not None else [column]


def _shape(x: Expressions, statement: s.Table) -> None:
    """Every row has as many cells as the header."""
    for row in statement.rows:
        inputs = len(statement.heads) if row.tests is None else len(row.tests)
        for found, wanted, side in (
            (inputs, len(statement.heads), "left"),
            (len(row.values), len(statement.outputs), "right"),
        ):
            if found != wanted:
                fix = _cells(row, found - wanted, x.findings.language) if side == "left" else None
                raise x.findings.refuse("ZS404", row.span, fix=fix, found=found, wanted=wanted, side=_side(x, side))


_HALF = re.compile(r"(?P<low>\d[\d.]*\s*(?:%|[^\W\d]*?)?)\s*(?:to|up to|至|到|-|—|~|～)\s*$")


def _cells(row: s.Row, more: int, language: str) -> Fix | None:
    """The row with as many cells as the header: a range that a bar cuts in two put together, `any` for what lacks."""
    left, bar, right = row.span.text.partition("||")
    cells = left.strip().strip("|").split("|")
    if not bar:
        return None
    if more < 0:
        cells += [" 任意 " if language == "zh" else " any "] * -more
    else:
        cut = next((n for n, cell in enumerate(cells[:-1]) if _HALF.search(cell)), None)
        if more > 1 or cut is None:
            return None
        low = _HALF.search(cells[cut])
        assert low is not None
        words = "{low} 以上 不满 {high}" if language == "zh" else "{low} or more less than {high}"
        joined = words.format(low=cells[cut][: low.end("low")].strip(), high=cells[cut + 1].strip())
        cells[cut : cut + 2] = [f" {joined} "]
    return replaced(row.span, f"| {' | '.join(cell.strip() for cell in cells)} ||{right}")


def _side(x: Expressions, side: str) -> str:
    words = {"left": ("“||”左边", "left of `||`"), "right": ("“||”右边", "right of `||`")}
    return words[side][0 if x.findings.language == "zh" else 1]


def _arms(
    x: Expressions,
    statement: s.Table,
    place: Place,
    heads: list[Expr],
    across: Expr | None,
    expected: Kind | None,
    column: int,
) -> list[Arm]:
    arms: list[Arm] = []
    failed = False
    for row in statement.rows:
        try:
            guard = _row_guard(x, heads, row, place)
            passed = [arm.guard for arm in arms] if row.tests is None or statement.mode == "INORDER" else []
            for i in _columns(statement, column):
                right = tests.any_of(x, across, statement.outputs[i], place) if across is not None else None
                held = both(guard, right)
                with x.findings.under(*((before, False) for before in passed), (held, True)):
                    value = outcome(x, row.values[i], place, expected)
                arms.append(Arm(held, value, row.clause, row.span))
        except Untypable:
            failed = True
    if failed:
        raise Untypable
    return arms


def _row_guard(x: Expressions, heads: list[Expr], row: s.Row, place: Place) -> Expr | None:
    """All cells of a row; a row of 任意 alone always holds, 否则 is what is left."""
    if row.tests is None:
        return None
    guard: Expr | None = None
    for head, cell in zip(heads, row.tests, strict=True):
        guard = both(guard, tests.any_of(x, head, cell, place))
    if guard is None:
        from policy.types import YES_NO

        return core.Const(value=True, type=YES_NO, span=row.span)
    return guard


__all__ = ["Choice", "table"]
