"""Surface expressions to core expressions: what each name means here, and the type of everything.

A value of a choice is written bare where a choice is expected, so the expected kind travels down; everything else is
known from below. An expression without meaning is reported once and raises Untypable.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Protocol, assert_never

from msgspec import structs

from dsl.check import amounts, calendar, mixing, offers, tests
from dsl.check.context import Findings, Place, Untypable
from dsl.check.keyword_values import declared, of_choice
from dsl.check.symbols import MOST_DECIMALS, Symbols
from dsl.check.unknown import unknown
from dsl.syntax import surface as s
from policy import core
from policy.core import Expr
from policy.diagnostic import replaced
from policy.kinds import Operator, Rounding
from policy.source import Span
from policy.types import (
    DAY,
    NONE,
    YES_NO,
    Calendar,
    Choice,
    Kind,
    Nothing,
    Number,
    Reference,
    Text,
    Type,
    YesNo,
    common_grid,
    judged,
)
from policy.units import Exact, exact, named, step_of, whole
from policy.values import NIL, Period

_ROUNDING: Final[dict[str, Rounding]] = {"HALFUP": "half_up", "DOWN": "down", "UP": "up", "EVENR": "half_even"}
_OPERATORS: Final[dict[str, Operator]] = {
    **{"=": "=", "≠": "≠", "<": "<", "≤": "≤", ">": ">", "≥": "≥"},
    **{"NOTBELOW": "≥", "NOTABOVE": "≤", "ABOVE": ">", "BELOW": "<"},
}
TAIL = re.compile(r"(?:保留|精确|四舍五入|舍去|进位|取整|最高|最多|至多|封顶|保底|最低|上限|下限|不超过|不得)")
"""How a word behind a number starts that is a rounding or a limit, and no unit."""

_GRADES = ("NOTBELOW", "NOTABOVE", "ABOVE", "BELOW")


class Definitions(Protocol):
    """Whoever can say what a definition's type is, elaborating it first where need be."""

    def type_of(self, record: str, name: str, used: Span) -> Type: ...

    def type_before(self, record: str, name: str) -> Type | None: ...

    def passes(self, key: core.Key) -> bool: ...

    def call(self, call: s.Call, place: Place) -> Expr: ...

    def fold(self, fold: s.Fold, place: Place) -> Expr: ...


class Expressions:
    """Turns expressions into core; `definitions` is asked for what names defined elsewhere mean."""

    def __init__(self, symbols: Symbols, findings: Findings, definitions: Definitions) -> None:
        self.symbols = symbols
        self.findings = findings
        self.definitions = definitions

    # -- entry points by what is wanted --------------------------------------------------------------------------

    def value(self, expr: s.Expr, place: Place, expected: Kind | None = None) -> Expr:
        """Any expression; `expected` lets a bare word be a value of a choice."""
        match expr:
            case s.Number():
                return self._year(expr, expected) or self._number(expr)
            case s.Text():
                return self._text(expr, expected)
            case s.Moment():
                grain = "day" if not hasattr(expr.value, "grain") else expr.value.grain
                return core.Const(value=expr.value, type=Type(Calendar(grain)), span=expr.span)
            case s.YesNo():
                if isinstance(expected, Choice) and (word := of_choice(expr, expected)) is not None:
                    return core.Const(value=word, type=Type(expected), span=expr.span)
                return core.Const(value=expr.value, type=YES_NO, span=expr.span)
            case s.Nothing():
                if isinstance(expected, Choice) and (word := of_choice(expr, expected)) is not None:
                    raise self.ambiguous(word, expected.name, expr.span)
                return core.Const(value=NIL, type=NONE, span=expr.span)
            case s.AsOf():
                return core.AsOf(type=DAY, span=expr.span)
            case s.Path():
                return self._path(expr, place, expected)
            case s.Call():
                return self.definitions.call(expr, place)
            case s.Fold():
                return self.definitions.fold(expr, place)
            case s.Negative() | s.Sum() | s.Product() | s.Limited() | s.Rounded():
                return self._arithmetic(expr, place, expected)
            case s.Default():
                return self._default(expr, place, expected)
            case s.Compare():
                return self._compare(expr, place)
            case s.Within():
                return self._within(expr, place)
            case s.IsMissing():
                of = self.value(expr.of, place)
                return self.missing(of, None, expr.span)
            case s.All() | s.Any() | s.Not():
                return self._logic(expr, place)
            case _:
                assert_never(expr)

    def condition(self, expr: s.Expr, place: Place) -> Expr:
        """An expression that is yes or no."""
        found = self.value(expr, place)
        if not isinstance(found.type.kind, YesNo):
            raise self.findings.refuse("ZS310", expr.span, what=expr.span.text, kind=self.kind_word(found.type.kind))
        return found

    def number(self, expr: s.Expr, place: Place) -> Expr:
        """An expression that is a number."""
        found = self.value(expr, place)
        if not isinstance(found.type.kind, Number):
            raise self.findings.refuse("ZS311", expr.span, what=expr.span.text, kind=self.kind_word(found.type.kind))
        return found

    def kind_word(self, kind: Kind) -> str:
        """What a kind is called in messages."""
        return kind_word(kind, self.findings.language)

    # -- atoms ---------------------------------------------------------------------------------------------------

    def _number(self, expr: s.Number) -> Expr:
        if expr.unit == "decimals":
            raise self.findings.refuse("ZS312", expr.span)
        if expr.unit is not None and expr.unit[0] in "到至" and expr.unit[1:].isdigit():
            low, high = str(expr.value), expr.unit[1:]
            raise self.findings.refuse(
                "ZS318", expr.span, low=low, high=high, fix=replaced(expr.span, f"{low}..{high}")
            )
        if expr.unit is not None and TAIL.match(expr.unit):
            fix = offers.tail_as_unit(expr.span, self.findings.language)
            raise self.findings.refuse("ZS227", expr.span, fix=fix, unit=expr.unit)
        unit = named(expr.unit) if expr.unit else None
        value = expr.value * unit.factor if unit else expr.value
        value = value.numerator if value.denominator == 1 else value
        step = unit.factor if unit and not value else step_of(value)  # `0 年` lies on the grid of whole years
        kind = Number(unit, step, value, value, unit is None)
        return core.Const(value=value, type=Type(kind), span=expr.span)

    def _year(self, expr: s.Number, expected: Kind | None) -> Expr | None:
        """`2024`, `2024 年` where a year is expected."""
        if not isinstance(expected, Calendar) or expected.grain != "year" or expr.unit not in (None, "年", "year"):
            return None
        if not isinstance(expr.value, int) or not 1 <= expr.value <= 9999:
            return None
        return core.Const(value=Period(expr.value, 0, "year"), type=Type(expected), span=expr.span)

    def _text(self, expr: s.Text, expected: Kind | None) -> Expr:
        if isinstance(expected, Choice):
            return self._choice_value(expr.value, expected, expr.span)
        return core.Const(value=expr.value, type=Type(Text()), span=expr.span)

    def ambiguous(self, word: str, what: str, span: Span) -> Untypable:
        """A word of the language that is also a declared value, where it could mean either."""
        return self.findings.refuse("ZS232", span, word=word, what=what)

    def beside(self, of: Expr, written: s.Expr, place: Place) -> Expr:
        """What stands beside `of` in a comparison: a keyword that can only be a declared value of it is that value."""
        if (word := declared(written, of.type.codes)) is not None:
            raise self.ambiguous(word, of.span.text, written.span)
        if isinstance(of.type.kind, Choice) and not of.type.none and isinstance(written, s.Nothing):
            word = of_choice(written, of.type.kind)
            if word is not None:
                return core.Const(value=word, type=Type(of.type.kind), span=written.span)
        return self.value(written, place, of.type.kind)

    def _choice_value(self, word: str, choice: Choice, span: Span) -> Expr:
        if word not in choice.values:
            near = self.symbols.near(word, list(choice.values))
            worded = offers.worded_value(word, choice.values, self.findings.language)
            fix = replaced(span, worded) if worded else None
            raise self.findings.refuse(
                "ZS207", span, fix=fix, name=word, choice=choice.name, near=near, values=choice.values[:12]
            )
        return core.Const(value=word, type=Type(choice), span=span)

    def as_name(self, expr: s.Expr, place: Place) -> s.Expr:
        """What is written where a fixed value has no sense: `no` is the field of that name, if there is one."""
        if not isinstance(expr, s.YesNo | s.Nothing | s.AsOf) or not self.symbols.knows(expr.span.text, place.records):
            return expr
        return s.Path(names=(s.Word(text=expr.span.text, span=expr.span),), span=expr.span)

    # -- names ---------------------------------------------------------------------------------------------------

    def _path(self, path: s.Path, place: Place, expected: Kind | None) -> Expr:
        if path.anchor in ("previous", "following"):
            return self._previous(path, place)
        if len(path.names) == 1:
            found = self._name(path.names[0], place, path.anchor)
            if found is not None:
                self._maybe_value(path, expected)
                return found
            if place.pair and path.names[0].text in place.records:
                record = path.names[0].text
                depth = place.records.index(record)
                return core.Me(depth=depth, type=Type(Reference(record)), span=path.span)
            if isinstance(expected, Choice) and not path.anchor:
                return self._choice_or_unknown(path, expected, place)
            raise unknown(self.findings, self.symbols, path.names[0], place, expected)
        return self._long_path(path, place)

    def _maybe_value(self, path: s.Path, expected: Kind | None) -> None:
        """A word that names something else and is also a value of the choice expected here."""
        if isinstance(expected, Choice) and path.names[0].text in expected.values:
            self.findings.report("ZS208", path.span, name=path.text, choice=expected.name)

    def _choice_or_unknown(self, path: s.Path, expected: Choice, place: Place) -> Expr:
        word = path.names[0]
        if word.text in expected.values:
            return core.Const(value=word.text, type=Type(expected), span=path.span)
        near_value = self.symbols.near(word.text, list(expected.values))
        if near_value or not self.symbols.near(word.text, list(self.symbols.names_at(place.records))):
            return self._choice_value(word.text, expected, path.span)
        raise unknown(self.findings, self.symbols, word, place, expected)

    def _name(self, word: s.Word, place: Place, anchor: str) -> Expr | None:
        """The input, field, definition or parameter of that name; None if there is none."""
        name = word.text
        for given, expr in place.inputs:
            if given == name and not anchor:
                return structs.replace(expr, span=word.span)
        depths = (
            range(len(place.records)) if anchor != "this" else range(min(1, len(place.records) - 1), len(place.records))
        )
        found = [(d, e) for d in depths if (e := self._of_record(word, place.records[d], d)) is not None]
        if len(found) > 1 and not anchor and place.records[found[0][0]] != place.records[found[1][0]]:
            if place.pair:
                item, owner = place.records[0], place.records[1]
                raise self.findings.refuse("ZS543", word.span, name=name, item=item, owner=owner)
            fix = replaced(word.span, f"{place.records[0]}.{word.span.text}")
            raise self.findings.refuse("ZS209", word.span, fix=fix, name=name, record=place.records[0])
        if found:
            return found[0][1]
        if (name in self.symbols.params or ("", name) in self.symbols.below.visible) and not anchor:
            into = self.definitions.type_of("", name, word.span)
            return core.Ref(of=core.Me(depth=0, type=Type(Nothing())), name=name, record="", type=into, span=word.span)
        return None

    def _of_record(self, word: s.Word, record: str, depth: int) -> Expr | None:
        me = core.Me(depth=depth, type=Type(Reference(record)), span=word.span)
        return self.member(me, record, word)

    def member(self, of: Expr, record: str, word: s.Word) -> Expr | None:
        """A field or definition of a record; None if it has none of that name."""
        declared = self.symbols.records.get(record)
        field = declared.field(word.text) if declared else None
        if field is not None:
            return core.Get(of=of, field=field.name, type=field.type, span=word.span)
        for table in (self.symbols.owned, self.symbols.outputs):
            if (record, word.text) in table:
                into = self.definitions.type_of(record, word.text, word.span)
                return core.Ref(of=of, name=word.text, record=record, type=into, span=word.span)
        return self._from_below(of, record, word)

    def _from_below(self, of: Expr, record: str, word: s.Word) -> Expr | None:
        """A result of a document that this one rests on; what is none there is not known here."""
        below = self.symbols.below
        found = below.visible.get((record, word.text))
        if found is not None:
            return core.Ref(of=of, name=found.name, record=record, type=found.type, span=word.span)
        if (hidden := below.hidden.get((record, word.text))) is not None:
            file = Path(hidden.span.source.name).name
            raise self.findings.refuse("ZS255", word.span, name=word.text, file=file)
        return None

    def _long_path(self, path: s.Path, place: Place) -> Expr:
        """`报考线路.名额数`: each name but the last is a reference, or a table whose column is meant."""
        first, second = path.names[0], path.names[1]
        table = self.symbols.owned.get((place.record, first.text))
        if isinstance(table, s.Table) and self.symbols.outputs.get((place.record, second.text), (None, 0))[0] is table:
            found = self._name(second, place, path.anchor)
            assert found is not None
            return found
        at = self._name(first, place, path.anchor)
        if at is None and not path.anchor and (listed := self._of_listed(path, place)) is not None:
            return listed
        if at is None:
            raise unknown(self.findings, self.symbols, first, place, None)
        for word in path.names[1:]:
            at = self._step(at, word)
        return structs.replace(at, span=path.span)

    def _of_listed(self, path: s.Path, place: Place) -> Expr | None:
        """`课程.成绩` inside the brackets of a list of 课程: the listed record's own."""
        first, second = path.names[0], path.names[1]
        if len(place.records) < 2 or first.text not in place.records:
            return None
        at = self._of_record(second, first.text, place.records.index(first.text))
        for word in path.names[2:] if at is not None else ():
            at = self._step(at, word)  # type: ignore[arg-type]
        return structs.replace(at, span=path.span) if at is not None else None

    def _step(self, at: Expr, word: s.Word) -> Expr:
        if not isinstance(at.type.kind, Reference):
            raise self.findings.refuse("ZS210", word.span, name=at.span.text, part=word.text)
        record = at.type.kind.record
        followed = core.Follow(of=at, type=Type(Reference(record)).absent_as(at.type), span=at.span)
        found = self.member(followed, record, word)
        if found is None:
            near = self.symbols.near(word.text, list(self.symbols.names_at((record,))))
            raise self.findings.refuse("ZS201", word.span, name=word.text, near=near)
        return structs.replace(found, type=structs.replace(found.type.absent_as(at.type), open=True))

    def _previous(self, path: s.Path, place: Place) -> Expr:
        record = place.record
        declared = self.symbols.records.get(record)
        if declared is None or not any(f.series for f in declared.fields):
            raise self.findings.refuse("ZS211", path.span, record=record)
        me = core.Me(depth=0, type=Type(Reference(record)), span=path.span)
        if (found_series := self.symbols.series_of(declared, path.span)) is None:
            raise Untypable(record)
        owner, series = found_series
        into = Type(Reference(record), missing=True, open=True)
        steps = -1 if path.anchor == "previous" else 1
        before = core.Previous(of=me, owner=owner, series=series, steps=steps, type=into, span=path.span)
        word = path.names[0]
        assumed = self.definitions.type_before(record, word.text) if steps < 0 else None
        if assumed is not None:
            return core.Ref(of=before, name=word.text, record=record, type=assumed, span=path.span)
        found = self.member(before, record, word)
        if found is None:
            raise unknown(self.findings, self.symbols, word, place, None)
        return structs.replace(found, type=structs.replace(found.type, missing=True, open=True), span=path.span)

    # -- arithmetic ----------------------------------------------------------------------------------------------

    def _arithmetic(self, expr: s.Expr, place: Place, expected: Kind | None) -> Expr:
        match expr:
            case s.Negative():
                return amounts.add(self.findings, [self.number(expr.of, place)], [-1], expr.span)
            case s.Sum():
                terms = [self.value(t, place) for t in expr.terms]
                if any(isinstance(t.type.kind, Calendar) for t in terms):
                    return calendar.shifted(self.findings, terms, list(expr.signs), expr.span)
                found = amounts.add(self.findings, [self._is_number(t) for t in terms], list(expr.signs), expr.span)
                mixing.refuse_bracketed(self.findings, amounts.of(found).unit, expr)
                return found
            case s.Product():
                factors = [self.number(f, place) for f in expr.factors]
                return amounts.multiply(self.findings, factors, list(expr.powers), expr.span)
            case s.Limited():
                return self._limited(expr, place, expected)
            case s.Rounded():
                return self.rounded(self.number(expr.of, place), expr.mode, expr.step, expr.span)
            case _:
                raise AssertionError(expr)

    def _is_number(self, found: Expr) -> Expr:
        if not isinstance(found.type.kind, Number):
            raise self.findings.refuse("ZS311", found.span, what=found.span.text, kind=self.kind_word(found.type.kind))
        return found

    def _limited(self, expr: s.Limited, place: Place, expected: Kind | None) -> Expr:
        of = self.value(expr.of, place, expected)
        bound = self.value(expr.bound, place, of.type.kind)
        if isinstance(of.type.kind, Choice):
            self.same_kind(of, bound, expr.span)
            if not of.type.kind.ordered:
                raise self.findings.refuse("ZS314", expr.span, op=expr.span.text, what=of.type.kind.name)
            cap, floor = (bound, None) if expr.cap else (None, bound)
            if isinstance(of, core.Limited) and (of.cap is None) != (of.floor is None):
                inner = of
                if (inner.cap is None) == (floor is None):
                    of, cap, floor = inner.of, cap or inner.cap, floor or inner.floor
            self._not_crossed(cap, floor, of.type.kind, expr.span)
            into = of.type.absent_as(*(e.type for e in (cap, floor) if e is not None))
            fixed = isinstance(cap, core.Const) and isinstance(floor, core.Const)
            if cap is not None and floor is not None and not fixed:
                into = structs.replace(into, open=True)
            return core.Limited(of=of, cap=cap, floor=floor, type=into, span=expr.span)
        self._is_number(of)
        self._is_number(bound)
        cap, floor = (bound, None) if expr.cap else (None, bound)
        return amounts.limit(self.findings, of, cap, floor, expr.span)

    def _not_crossed(self, cap: Expr | None, floor: Expr | None, kind: Kind, span: Span) -> None:
        """A cap that is a lower grade than the floor."""
        if not isinstance(cap, core.Const) or not isinstance(floor, core.Const) or not isinstance(kind, Choice):
            return
        most, least = kind.rank_of(cap.value), kind.rank_of(floor.value)  # type: ignore[arg-type]
        if most is not None and least is not None and least < most:
            raise self.findings.refuse("ZS384", span, cap=cap.span.text, floor=floor.span.text)

    @staticmethod
    def rounding(mode: str) -> Rounding:
        """The core's word for a rounding keyword."""
        return _ROUNDING[mode]

    def rounded(self, of: Expr, mode: str, step: s.Number, span: Span) -> Expr:
        """A number rounded to a written step, which is of its unit or a number of decimals in it."""
        unit = amounts.of(of).unit
        if step.unit == "decimals":
            if step.value > MOST_DECIMALS:
                raise self.findings.refuse("ZS344", step.span, most=MOST_DECIMALS)
            size: Exact = whole(exact(1, 10 ** int(step.value)) * (unit.factor if unit else 1))
            mixing.step_in(self.findings, unit, size, step.span)
        else:
            written = self._number(step)
            (_, written), _ = amounts.agree(self.findings, [of, written], step.span, "round")
            assert isinstance(written, core.Const)
            size = written.value  # type: ignore[assignment]
            if size <= 0:
                raise self.findings.refuse("ZS313", step.span)
            if step.unit is None:
                mixing.step_in(self.findings, unit, size, step.span)
            else:
                unit = named(step.unit)
        return amounts.round_to(of, _ROUNDING[mode], size, unit, span)

    def _default(self, expr: s.Default, place: Place, expected: Kind | None) -> Expr:
        of = self.value(expr.of, place, expected)
        fallback = self.value(expr.fallback, place, of.type.kind)
        kind: Kind = of.type.kind
        if isinstance(kind, Number) and isinstance(fallback.type.kind, Number):
            (of, fallback), covering = amounts.either(self.findings, [of, fallback], expr.span)
            kind = covering
        elif not isinstance(fallback.type.kind, Nothing):
            self.same_kind(of, fallback, expr.span)
        lacking = of.type.missing and not self.passes(of)
        into = Type(kind, lacking, (), of.type.none, of.type.open).absent_as(fallback.type)
        return core.Default(of=of, fallback=fallback, type=into, span=expr.span)

    # -- conditions ----------------------------------------------------------------------------------------------

    def _logic(self, expr: s.All | s.Any | s.Not, place: Place) -> Expr:
        if isinstance(expr, s.Not):
            of = self.condition(expr.of, place)
            return core.Not(of=of, type=YES_NO.absent_as(of.type), span=expr.span)
        items = self._siblings(expr, place)
        into = judged(*(item.type for item in items))
        if isinstance(expr, s.All):
            return core.All(items=items, type=into, span=expr.span)
        return core.AtLeast(count=1, items=items, type=into, span=expr.span)

    def _siblings(self, expr: s.All | s.Any, place: Place) -> tuple[Expr, ...]:
        """Conditions joined by 且 or 或, wherever they stand: of the others only what they come to when it matters.

        `任务 > 0 且 完成 ÷ 任务 ≥ 1` is no where the task is 0, whatever comes of the quotient.
        """
        joined = isinstance(expr, s.All)
        items: list[Expr] = []
        doubtful: list[int] = []
        for at, item in enumerate(expr.items):
            said = len(self.findings.found)
            items.append(self.condition(item, place))
            if any(d.code == "ZS308" for _, d in self.findings.found[said:]):
                self.findings.rewind(said)
                doubtful.append(at)
        certain = [(other, joined) for at, other in enumerate(items) if at not in doubtful]
        for at in doubtful:
            with self.findings.under(*certain):
                items[at] = self.condition(expr.items[at], place)
        return tuple(items)

    def _compare(self, expr: s.Compare, place: Place) -> Expr:
        first, second = expr.left, expr.right
        turned = isinstance(first, s.Nothing | s.YesNo | s.Text | s.Number) or (
            isinstance(first, s.Path)
            and len(first.names) == 1
            and first.anchor not in ("previous", "following")
            and self._name(first.names[0], place, first.anchor) is None
        )
        if turned and not isinstance(second, s.Text | s.Number):
            first, second = second, first
        left = self.value(first, place)
        if coded := self._code(left, second, expr.op):
            return structs.replace(coded, span=expr.span)
        right = self.beside(left, second, place)
        if first is not expr.left:
            left, right = right, left
        return self.compared(left, expr.op, right, expr.span)

    def _code(self, left: Expr, right: s.Expr, op: str) -> Expr | None:
        """`笔试 = 缺考`, where 缺考 is one of the field's declared words for a missing value."""
        word = right.names[0].text if isinstance(right, s.Path) and len(right.names) == 1 else ""
        word = right.value if isinstance(right, s.Text) else word
        if word not in left.type.codes or op not in ("=", "≠"):
            return None
        found = self.missing(left, word, right.span)
        return found if op == "=" else core.Not(of=found, type=found.type, span=right.span)

    def missing(self, of: Expr, code: str | None, span: Span) -> Expr:
        """`x 缺`, `x = 缺考`: open where the value is open for another reason, or lacking without a word."""
        asked = judged(of.type)
        if code is None and self.passes(of):
            asked = structs.replace(asked, missing=False)
        return core.IsMissing(of=of, code=code, type=asked, span=span)

    def passes(self, expr: Expr) -> bool:
        """Whether a value that the data lacks comes through as it is, so that `缺` and `缺则` speak of it; what is
        worked out from something lacking is open."""
        match expr:
            case core.Get():
                return True
            case core.Ref():
                return self.definitions.passes(expr.key)
            case core.Named(of=of) | core.Default(fallback=of):
                return self.passes(of)
            case core.Switch(mode="unique" | "first", arms=arms):
                sure = not any(arm.guard.type.missing for arm in arms if arm.guard is not None)
                return sure and all(not arm.value.type.missing or self.passes(arm.value) for arm in arms)
            case _:
                return False

    def compared(self, left: Expr, op: str, right: Expr, span: Span) -> Expr:
        """A comparison of two expressions, their kinds and units agreeing."""
        for one, other in ((left, right), (right, left)):
            if isinstance(one.type.kind, Nothing):
                return self._against_none(other, op, span)
        self.same_kind(left, right, span)
        kind = left.type.kind
        ordered = isinstance(kind, Number | Calendar)
        if op in _GRADES:
            if not isinstance(kind, Choice) or not kind.ordered:
                raise self.findings.refuse("ZS314", span, op=span.text, what=left.span.text)
        elif op not in ("=", "≠") and not ordered:
            code = "ZS315" if isinstance(kind, Choice) else "ZS316"
            raise self.findings.refuse(code, span, what=left.span.text, op=op, kind=self.kind_word(kind))
        if isinstance(kind, Number):
            (left, right), _ = amounts.agree(self.findings, [left, right], span, "compare")
        return core.Compare(left=left, op=_OPERATORS[op], right=right, type=judged(left.type, right.type), span=span)

    def _against_none(self, of: Expr, op: str, span: Span) -> Expr:
        if op not in ("=", "≠"):
            raise self.findings.refuse("ZS317", span)
        found = core.IsNone(of=of, type=judged(of.type), span=span)
        return found if op == "=" else core.Not(of=found, type=found.type, span=span)

    def same_kind(self, left: Expr, right: Expr, span: Span) -> None:
        """Refuse two expressions that cannot be compared or take each other's place."""
        a, b = left.type.kind, right.type.kind
        same = type(a) is type(b)
        if isinstance(a, Choice) and isinstance(b, Choice):
            same = set(a.values) == set(b.values)
        elif isinstance(a, Calendar) and isinstance(b, Calendar):
            same = a.grain == b.grain or "day" in (a.grain, b.grain)
        elif isinstance(a, Reference) and isinstance(b, Reference):
            same = a.record == b.record
        for day, other in ((left, right), (right, left)):
            if isinstance(day.type.kind, Calendar) and (days := offers.days_of(other.span.text)):
                fix = replaced(other.span, days[0]) if len(days) == 1 else None
                raise self.findings.refuse("ZS228", other.span, fix=fix, word=other.span.text, days=tuple(days))
        if not same and not (isinstance(a, Reference) and isinstance(b, Text)):
            raise self.findings.refuse(
                "ZS301", span, left=left.span.text, right=right.span.text, a=self.kind_word(a), b=self.kind_word(b)
            )

    def _within(self, expr: s.Within, place: Place) -> Expr:
        of = self.value(expr.of, place)
        guard = tests.any_of(self, of, expr.tests, place)
        if guard is None:
            return core.Const(value=True, type=YES_NO, span=expr.span)
        return structs.replace(guard, span=expr.span)

    # -- choosing ------------------------------------------------------------------------------------------------

    def together(self, exprs: list[Expr], span: Span) -> tuple[list[Expr], Type]:
        """Values of which one is taken, brought to one kind and unit, and the type that covers them."""
        valued = [e for e in exprs if not isinstance(e.type.kind, Nothing) and not isinstance(e, core.Refer)]
        if not valued:
            return exprs, Type(Nothing(), none=True, open=any(isinstance(e, core.Refer) for e in exprs))
        kind = valued[0].type.kind
        for other in valued[1:]:
            self.same_kind(valued[0], other, other.span)
        if isinstance(kind, Number):
            brought, kind = amounts.either(self.findings, valued, span)
            replaced = dict(zip(map(id, valued), brought, strict=True))
            exprs = [replaced.get(id(e), e) for e in exprs]
        self._not_a_value(exprs, kind)
        into = Type(kind).absent_as(*(e.type for e in exprs))
        return exprs, structs.replace(into, open=into.open or any(isinstance(e, core.Refer) for e in exprs))

    def _not_a_value(self, exprs: list[Expr], kind: Kind) -> None:
        """Refuse `无` beside values of a choice that has 无 among its own."""
        for e in exprs:
            if isinstance(e, core.Const) and e.value is NIL and isinstance(kind, Choice):
                word = of_choice(s.Nothing(span=e.span), kind)
                if word is not None:
                    raise self.ambiguous(word, kind.name, e.span)


def kind_word(kind: Kind, language: str) -> str:
    """What a kind is called in messages."""
    zh = language == "zh"
    match kind:
        case Number():
            unit = kind.unit.spelled(language) if kind.unit else ""
            return (f"数（{unit}）" if unit else "数") if zh else (f"a number ({unit})" if unit else "a number")
        case Text():
            return "文本" if zh else "text"
        case YesNo():
            return "是否" if zh else "yes or no"
        case Calendar():
            words = {
                "day": ("日期", "a date"),
                "month": ("月份", "a month"),
                "quarter": ("季度", "a quarter"),
                "year": ("年份", "a year"),
            }
            return words[kind.grain][0 if zh else 1]
        case Choice():
            return f"选项“{kind.name}”" if zh else f"the choice `{kind.name}`"
        case Reference():
            return f"“{kind.record}”" if zh else f"`{kind.record}`"
        case Nothing():
            return "无" if zh else "none"
        case _:
            assert_never(kind)


__all__ = ["Expressions", "common_grid", "kind_word"]
