"""Lists of records made into one value: `合计(课程.课时 其中 近年)`.

`全体` before a record means all of them; else it is the list of those that belong to the record the formula is about,
by the field marked 归属 or the only field that refers to it. Inside the brackets a bare name is the listed record's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final, assert_never

from msgspec import Struct

from dsl.check.context import Place
from dsl.check.expressions import Expressions
from dsl.check.unknown import unknown
from dsl.syntax import surface as s
from policy import core
from policy.core import Expr
from policy.kinds import Aggregate
from policy.source import Span
from policy.types import Calendar, Choice, Kind, Number, Reference, Type, YesNo
from policy.units import RATIO, Exact, divide

_KINDS: Final[dict[str, Aggregate]] = {
    "SUM": "sum",
    "COUNT": "count",
    "AVG": "average",
    "MAX": "highest",
    "MIN": "lowest",
    "MEDIAN": "median",
    "MODE": "most_frequent",
    "SHARED": "share",
    "EXISTS": "exists",
    "LATEST": "latest",
    "RUN": "longest_run",
    "STREAK": "in_a_row",
}
_ITEMLESS = ("count", "exists", "longest_run", "in_a_row", "share")
_RUNS = ("longest_run", "in_a_row")


class Source(Struct, frozen=True, eq=False):
    """The records of a list: of which kind, whose (None: everybody's), and by which field they belong."""

    record: str
    mine: Expr | None
    owner: str


def fold(x: Expressions, fold: s.Fold, place: Place) -> Expr:
    """The value of a list."""
    source = of_path(x, fold, place)
    inside = place.listing(source.record)
    kind = _KINDS[fold.kind]
    with x.findings.apart():
        where = x.condition(fold.where, inside) if fold.where is not None else None
        if kind == "share" and where is None and len(fold.path.names) < 2 and fold.item is None:
            raise x.findings.refuse("ZS360", fold.span, record=fold.path.names[0].text)
        with x.findings.under((where, True)):
            item = _item(x, fold, inside, kind)
            by = _by(x, fold, inside, kind)
    if kind == "share":
        item, where = (_holding(item, fold), where) if item is not None else (_holding(where, fold), None)
    each = x.value(fold.pick.each, inside) if fold.pick is not None and fold.pick.each is not None else None
    valued = item is not None or kind == "count" or (fold.pick is not None and fold.pick.newest and kind != "exists")
    if fold.pick is not None and (not valued or kind in _RUNS):
        raise x.findings.refuse("ZS330", fold.pick.span)
    same = tuple(_shared(x, path, place, inside) for path in fold.same)
    asked = [e.type for e in (item, where, by, each, *chain.from_iterable(same)) if e is not None]
    return core.Fold(
        kind=kind,
        record=source.record,
        mine=source.mine,
        owner=source.owner,
        same=same,
        where=where,
        item=item,
        by=by,
        each=each,
        best=fold.pick is None or fold.pick.best,
        count=_count(x, fold),
        newest=fold.pick is not None and fold.pick.newest,
        type=_type(kind, item, asked, fold),
        span=fold.span,
    )


def _count(x: Expressions, fold: s.Fold) -> int | None:
    if fold.pick is None:
        return None
    count = fold.pick.count.value
    if not isinstance(count, int) or count < 1:
        raise x.findings.refuse("ZS331", fold.pick.span)
    return count


# -- whose records -------------------------------------------------------------------------------------------------


def of_path(x: Expressions, fold: s.Fold, place: Place) -> Source:
    """The records that a list is about."""
    first = fold.path.names[0]
    if first.text not in x.symbols.records:
        near = x.symbols.near(first.text, list(x.symbols.records))
        raise x.findings.refuse("ZS202", first.span, name=first.text, near=near)
    if fold.everyone:
        return Source(first.text, None, "")
    return belonging(x, first, place)


def belonging(x: Expressions, record: s.Word, place: Place) -> Source:
    """The records of a kind that belong to the record in scope."""
    mine = place.record
    fields = [f for f in x.symbols.records[record.text].fields if f.type.kind == Reference(mine)]
    marked = [f for f in fields if f.owner] or fields
    if not marked:
        raise x.findings.refuse("ZS332", record.span, record=record.text, mine=mine)
    if len(marked) > 1:
        raise x.findings.refuse(
            "ZS333", record.span, record=record.text, mine=mine, fields=tuple(f.name for f in marked)
        )
    me = core.Me(depth=0, type=Type(Reference(mine)), span=record.span)
    return Source(record.text, me, marked[0].name)


def _shared(x: Expressions, path: s.Path, place: Place, inside: Place) -> tuple[Expr, Expr]:
    """`同 部门`: of the listed record, and of the one the formula is about."""
    listed = x.member(
        core.Me(depth=0, type=Type(Reference(inside.record)), span=path.span), inside.record, path.names[-1]
    )
    if listed is None:
        near = x.symbols.near(path.text, list(x.symbols.names_at((inside.record,))))
        raise x.findings.refuse("ZS201", path.span, name=path.text, near=near)
    return listed, x.value(path, place)


# -- what of them --------------------------------------------------------------------------------------------------


def _holding(where: Expr | None, fold: s.Fold) -> Expr:
    """1 for a record of which a condition holds, else 0: their average is the share of those."""
    assert where is not None
    kind = Type(Number(RATIO, 1, 0, 1))
    one, none = (core.Const(value=value, type=kind, span=fold.span) for value in (1, 0))
    arms = (core.Arm(guard=where, value=one, span=where.span), core.Arm(guard=None, value=none, span=where.span))
    into = Type(kind.kind, where.type.missing, (), False, where.type.open)
    return core.Switch(mode="first", arms=arms, type=into, span=where.span)


def _item(x: Expressions, fold: s.Fold, inside: Place, kind: Aggregate) -> Expr | None:
    names = fold.path.names[1:]
    if fold.item is not None:
        if kind in _ITEMLESS and kind != "share":
            raise x.findings.refuse("ZS361", fold.item.span, record=fold.path.names[0].text)
        return _fitting(x, x.value(fold.item, inside), kind, fold.item.span)
    if not names:
        if kind in _ITEMLESS:
            return None
        raise x.findings.refuse("ZS334", fold.path.span, record=fold.path.text)
    listed = s.Path(names=names, span=names[0].span.to(names[-1].span), anchor="")
    return _fitting(x, _listed_value(x, listed, inside), kind, fold.path.span)


def _fitting(x: Expressions, item: Expr, kind: Aggregate, span: Span) -> Expr:
    """A value of each record that can be made into one."""
    match kind:
        case "sum" | "average" | "median":
            fits, code = isinstance(item.type.kind, Number), "ZS311"
        case "highest" | "lowest":
            fits, code = _ordered(item.type.kind), "ZS513"
        case "share":
            fits, code = isinstance(item.type.kind, YesNo), "ZS310"
        case "count" | "exists" | "latest" | "longest_run" | "in_a_row" | "most_frequent":
            return item
        case _:
            assert_never(kind)
    if not fits:
        raise x.findings.refuse(code, span, what=span.text, kind=x.kind_word(item.type.kind))
    return item


def _listed_value(x: Expressions, path: s.Path, inside: Place) -> Expr:
    """A value of the listed record itself, whatever else goes by the same name outside."""
    at: Expr | None = core.Me(depth=0, type=Type(Reference(inside.record)), span=path.span)
    for step, word in enumerate(path.names):
        assert at is not None
        if step and not isinstance(at.type.kind, Reference):
            raise x.findings.refuse("ZS210", word.span, name=at.span.text, part=word.text)
        assert isinstance(at.type.kind, Reference)
        of = core.Follow(of=at, type=at.type, span=at.span) if step else at
        record = at.type.kind.record
        at = x.member(of, record, word)
        if at is None:
            raise unknown(x.findings, x.symbols, word, Place((record,)), None)
    assert at is not None
    return at


def _ordered(kind: Kind) -> bool:
    return isinstance(kind, Number | Calendar) or (isinstance(kind, Choice) and kind.ordered > 0)


def _by(x: Expressions, fold: s.Fold, inside: Place, kind: Aggregate) -> Expr | None:
    """What the latest and the longest run go by: as written, else the field marked 逐期."""
    if fold.by is not None:
        found = _listed_value(x, fold.by, inside)
        if not isinstance(found.type.kind, Calendar | Number):
            raise x.findings.refuse("ZS513", fold.by.span, what=fold.by.text, kind=x.kind_word(found.type.kind))
        return found
    if kind not in ("latest", *_RUNS) and not (fold.pick is not None and fold.pick.newest):
        return None
    record = x.symbols.records[inside.record]
    series = next((f for f in record.fields if f.series), None)
    if series is None:
        raise x.findings.refuse("ZS335", fold.span, record=record.name)
    me = core.Me(depth=0, type=Type(Reference(record.name)), span=fold.span)
    return core.Get(of=me, field=series.name, type=series.type, span=fold.span)


def _type(kind: Aggregate, item: Expr | None, asked: Sequence[Type], fold: s.Fold) -> Type:
    """The type of a list's value, which is open wherever one of the types `asked` of may be."""
    missing, opened = any(t.missing or t.codes for t in asked), any(t.open for t in asked)
    of = item.type.kind if item is not None else None
    match kind:
        case "exists":
            return Type(YesNo(), missing, (), False, opened)
        case "count" | "longest_run" | "in_a_row":
            return Type(Number(None, 1, 0, None), missing, (), False, opened)
        case "sum":
            assert isinstance(of, Number)
            low = 0 if of.low is not None and of.low >= 0 else None
            return Type(Number(of.unit, of.grid, low, _most(of, fold.pick), of.bare), missing, (), False, opened)
        case "median":
            assert isinstance(of, Number)
            grid = None if of.grid is None else divide(of.grid, 2)
            return Type(Number(of.unit, grid, of.low, of.high, of.bare), missing, (), False, True)
        case "most_frequent":
            assert item is not None
            return Type(item.type.kind, missing, (), False, True)
        case "average" | "share":
            assert isinstance(of, Number)
            return Type(Number(of.unit, None, of.low, of.high, of.bare), missing, (), False, True)
        case "highest" | "lowest" | "latest":
            assert item is not None
            return Type(item.type.kind, missing, (), item.type.none, True)
        case _:
            assert_never(kind)


def _most(of: Number, pick: s.Pick | None) -> Exact | None:
    """The most that a sum of the best few can be."""
    if pick is None or pick.each or of.high is None or of.high < 0:
        return None
    return of.high * int(pick.count.value)
