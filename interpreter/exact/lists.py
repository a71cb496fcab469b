"""Lists of records made into one value: sums, counts, averages, extremes, the best few, the latest, the longest run.

A record of which it is open whether it belongs makes the whole open, unless one that surely does decides it. An item
that is 无 adds nothing. What is asked of a whole partition alone, not of the asker, is worked out once for all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeAlias, assert_never

from msgspec import Struct

from interpreter.exact.absence import ABSENT_TYPES, OPEN, of_someone, reasons_of, spread, truth, undecided
from interpreter.exact.arithmetic import added
from interpreter.exact.choosing import extreme, magnitude
from interpreter.exact.code import Code, Program
from interpreter.exact.counting import tally_of
from interpreter.exact.population import Scope, Subject, in_doubt, period_number
from interpreter.exact.trace import Listed, Listing, Step
from policy import walk
from policy.core import Expr, Fold
from policy.kinds import Aggregate
from policy.numerals import told_value
from policy.types import Type
from policy.units import divide
from policy.values import Nil, NoneListed, Period, Value

RUNS = ("longest_run", "in_a_row")
"""Lists that count periods one after another."""

Naming: TypeAlias = Callable[[Scope, Value], Value]
"""An open value of a listed record (first in scope), its reasons told as the asker sees them."""
Lister: TypeAlias = Callable[[Scope], "list[Subject]"]


class Kept(Struct, eq=False):
    """One record that a list keeps: the item's value, what it is ordered by and which group it is of."""

    item: Value
    by: Value
    group: Value


class Parts(Struct, eq=False):
    """A fold's expressions compiled."""

    same: tuple[tuple[Code, Code], ...]
    where: Code | None
    item: Code | None
    by: Code | None
    each: Code | None
    series: str

    @classmethod
    def of(cls, node: Fold, program: Program) -> Parts:
        make = program.code
        return cls(
            tuple((make(inner), make(outer)) for inner, outer in node.same),
            make(node.where) if node.where else None,
            make(node.item) if node.item and node.kind not in ("exists", *RUNS) else None,
            make(node.by) if node.by else None,
            make(node.each) if node.each else None,
            next((f.name for f in program.population.records[node.record].fields if f.series), ""),
        )


def lister(node: Fold, program: Program) -> Lister:
    """The records that a list is about before any filter: one's own, or all."""
    population, record, owner = program.population, node.record, node.owner
    if node.mine is None:
        return lambda scope: population.listed(record)
    find = program.finder(node.mine)

    def own(scope: Scope) -> list[Subject]:
        subject = find(scope)[0]
        return population.owned(record, owner, subject.key) if subject else []

    return own


def fold_of(node: Fold, program: Program) -> Code:
    parts, listing = Parts.of(node, program), lister(node, program)
    if node.mine is None and node.same and not read_outside([inner for inner, _ in node.same]):
        listing = sharing(parts, listing)
    shared = node.mine is None and not read_outside([node.where, node.item, node.by, node.each])
    tally, naming = tally_of(node, program), naming_of(node, program)
    known: dict[tuple[Value, ...], Step] = {}

    def run(scope: Scope) -> Step:
        outer = tuple([code(scope) for _, code in parts.same])
        where = tuple([step.value for step in outer])
        if any(type(value) in OPEN for value in where):
            return Step(node, spread(where), outer)
        if tally is not None and not scope[0].traced:
            counted = tally(where, scope, listing(scope))
            if counted is not None:
                return Step(node, counted, outer)
        if not shared:
            return folded(node, parts, [(subject, (subject, *scope)) for subject in listing(scope)], outer, naming)
        found = known.get(where)
        if found is None:
            found = folded(node, parts, [(subject, (subject, *scope)) for subject in listing(scope)], outer, naming)
            known[where] = found
        return found

    return run


def sharing(parts: Parts, listing: Lister) -> Lister:
    """Only the records that share the asker's values, found by an index; those of which that is open come with all."""
    index: dict[tuple[Value, ...], list[Subject]] = {}
    adrift: list[Subject] = []

    def run(scope: Scope) -> list[Subject]:
        if not index and not adrift:
            for subject in listing(scope):
                mine = tuple([inner((subject,)).value for inner, _ in parts.same])
                if any(type(value) in OPEN for value in mine):
                    adrift.append(subject)
                else:
                    index.setdefault(mine, []).append(subject)
        return index.get(tuple([outer(scope).value for _, outer in parts.same]), []) + adrift

    return run


def read_outside(inside: list[Expr | None]) -> bool:
    """Whether any of the expressions about a listed record reads another record."""
    return any(walk.reaches(expr, 1) for expr in inside if expr is not None)


def folded(
    node: Fold, parts: Parts, scopes: list[tuple[Subject, Scope]], outer: tuple[Step, ...], naming: Naming
) -> Step:
    """The records looked at one by one, then made into one value."""
    listed: list[Listed] = []
    kept: list[Kept] = []
    doubts: list[Value] = []
    for subject, scope in scopes:
        belongs, test = membership(parts, scope, outer)
        item = parts.item(scope) if parts.item and belongs is True else None
        by = ordering(node, parts, scope) if node.newest and belongs is True else None
        group = parts.each(scope).value if parts.each and belongs is True else None
        own = (subject.key if subject.key != subject.owner else "") or subject.values.get(parts.series)
        listed.append(Listed(subject.label, subject.place, belongs, test, item, by, own, group))
        if type(belongs) in OPEN:
            doubts.append(naming(scope, belongs))
        elif belongs or node.kind in RUNS:
            value = naming(scope, item.value) if item else belongs
            among = group if belongs is True or not parts.each else parts.each(scope).value
            kept.append(Kept(value, ordering(node, parts, scope), among))
    steps = tuple([step for entry in listed for step in (entry.where, entry.item) if step is not None])
    return Step(node, made(node, kept, doubts), (*outer, *steps), Listing(tuple(listed)))


def naming_of(node: Fold, program: Program) -> Naming:
    """Of one's own list what lacks is one's own; of all records it is told whose, but for what the asker lacks."""
    if node.mine is not None:
        return lambda scope, value: value
    inside = [each for each in (node.where, node.item, node.by, node.each) if each is not None]
    mine = tuple(program.code(part) for each in inside for part in walk.about_outside(each))
    theirs = tuple(program.code(part) for each in inside for part in walk.about_listed(each))

    def naming(scope: Scope, value: Value) -> Value:
        if type(value) not in OPEN:
            return value
        who = scope[0].label or node.record
        brought = {reason for code in mine for reason in reasons_of(code(scope).value)}
        own = {reason for code in theirs for reason in reasons_of(code(scope).value)} if brought else brought
        return of_someone(who, value, brought, own)

    return naming


def membership(parts: Parts, scope: Scope, outer: tuple[Step, ...]) -> tuple[Value, Step | None]:
    """Whether a record belongs to the list, and the step of its filter; one that the filter leaves out is out, even
    where it is open whom it shares something with, or where its row was set aside."""
    doubts: list[Value] = []
    for (inner, _), mine in zip(parts.same, outer, strict=True):
        theirs = inner(scope).value
        if type(theirs) in OPEN:
            doubts.append(theirs)
        elif theirs != mine.value:
            return False, None
    test = parts.where(scope) if parts.where is not None else None
    held = truth(test.value) if test is not None else True
    if doubts and held is not False:
        held = spread(doubts if held is True else [*doubts, held])
    return in_doubt(held, scope[0]), test


def ordering(node: Fold, parts: Parts, scope: Scope) -> Value:
    """What the latest and the longest run go by."""
    return parts.by(scope).value if parts.by else None


def made(node: Fold, kept: list[Kept], doubts: list[Value]) -> Value:
    """The value of a list: of those kept, where no doubt remains that could change it."""
    if node.kind == "exists":
        return True if kept else spread(doubts) if doubts else False
    if doubts:
        return spread(doubts)
    if node.count is not None:
        kept_or_open = (newest_of if node.newest else best_of)(node, kept, node.count)
        if not isinstance(kept_or_open, list):
            return kept_or_open
        kept = kept_or_open
    return combined(node, node.kind, kept)


def combined(node: Fold, kind: Aggregate, kept: list[Kept]) -> Value:
    """The value of a list whose records are known."""
    match kind:
        case "exists":
            return bool(kept)
        case "count":
            return len(kept)
        case "latest":
            return latest(node, kept)
        case "longest_run" | "in_a_row":
            return in_a_row(kept, longest=kind == "longest_run")
        case "median":
            return median(node, [each.item for each in kept])
        case "most_frequent":
            return most_frequent(node, [each.item for each in kept])
        case "share":
            return summed_up(node, "average", [each.item for each in kept])
        case "sum" | "average" | "highest" | "lowest":
            return summed_up(node, kind, [each.item for each in kept])
        case _:
            assert_never(kind)


def summed_up(node: Fold, kind: Literal["sum", "average", "highest", "lowest"], items: list[Value]) -> Value:
    """A sum, an average, the highest or the lowest of the items that are due."""
    if any(type(item) in OPEN for item in items):
        return spread([item for item in items if type(item) in OPEN])
    due = [item for item in items if type(item) is not Nil]
    if kind == "highest" or kind == "lowest":
        best = extreme(due, item_type(node), kind == "highest")
        return nothing_listed(node) if best is None else best
    total = added(due, [1] * len(due))
    if kind == "sum":
        return spread(due) if total is None else total
    return divide(total, len(due)) if due and total is not None else nothing_listed(node)


def median(node: Fold, items: list[Value]) -> Value:
    """The middle one of the items that are due; of an even number the mean of the two in the middle."""
    if any(type(item) in OPEN for item in items):
        return spread([item for item in items if type(item) in OPEN])
    due: list[Any] = sorted(item for item in items if type(item) is not Nil)
    if not due:
        return nothing_listed(node)
    middle = len(due) // 2
    return due[middle] if len(due) % 2 else divide(due[middle - 1] + due[middle], 2)


def most_frequent(node: Fold, items: list[Value]) -> Value:
    """The item that is there most often; open where several are."""
    if any(type(item) in OPEN for item in items):
        return spread([item for item in items if type(item) in OPEN])
    counts = Counter(item for item in items if type(item) is not Nil)
    if not counts:
        return nothing_listed(node)
    most = max(counts.values())
    first = sorted(told_value(value, item_type(node)) for value, count in counts.items() if count == most)
    if len(first) == 1:
        return next(value for value, count in counts.items() if count == most)
    return undecided("ZS845", list=node.record, values=" / ".join(first), count=str(most))


def newest_of(node: Fold, kept: list[Kept], count: int) -> list[Kept] | Value:
    """The records of each group that come last; absent where it is open which they are."""
    doubts = [value for each in kept for value in (each.by, each.group) if type(value) in OPEN]
    if doubts:
        return spread(doubts)
    groups: dict[Value, list[Kept]] = {}
    for each in kept:
        if type(each.by) is not Nil:
            groups.setdefault(each.group, []).append(each)
    found: list[Kept] = []
    for group in groups.values():
        ordered = sorted(group, key=lambda each: each.by, reverse=True)
        if len(ordered) > count and ordered[count - 1].by == ordered[count].by:
            return undecided(
                "ZS846", list=node.record, count=str(count), at=told_value(ordered[count].by, by_type(node))
            )
        found += ordered[:count]
    return found


def by_type(node: Fold) -> Type:
    return node.by.type if node.by else node.type


def item_type(node: Fold) -> Type:
    return node.item.type if node.item else node.type


def nothing_listed(node: Fold) -> Value:
    return NoneListed(" ".join(node.span.text.split()) or node.record, node.mine is not None)


def best_of(node: Fold, kept: list[Kept], count: int) -> list[Kept] | Value:
    """The best or worst few of each group; absent where it is open which they are."""
    doubts = [value for each in kept for value in (each.item, each.group) if type(value) in OPEN]
    if doubts:
        return spread(doubts)
    size = magnitude(item_type(node))
    groups: dict[Value, list[Kept]] = {}
    for each in kept:
        if type(each.item) is not Nil and size(each.item) is not None:
            groups.setdefault(each.group, []).append(each)
    return [each for group in groups.values()
            for each in sorted(group, key=lambda k: size(k.item), reverse=node.best)[:count]]  # fmt: skip


def latest(node: Fold, kept: list[Kept]) -> Value:
    """The item of the record that comes last, as it is, so that `缺则` sees what is missing there; where several come
    last, they must agree."""
    if any(type(each.by) in OPEN for each in kept):
        return spread([each.by for each in kept if type(each.by) in OPEN])
    dated = [each for each in kept if type(each.by) not in ABSENT_TYPES]
    if not dated:
        return nothing_listed(node)
    last = max(each.by for each in dated)
    items = [each.item for each in dated if each.by == last]
    if all(item == items[0] for item in items):
        return items[0]
    doubts = [item for item in items if type(item) in OPEN]
    return spread(doubts) if doubts else undecided("ZS810", list=node.record)


def in_a_row(kept: list[Kept], *, longest: bool) -> Value:
    """How many periods in a row hold: the most that ever did, or those up to the last one.

    One without a record ends a run; one with several holds if all of them do.
    """
    if any(type(each.by) in OPEN for each in kept):
        return spread([each.by for each in kept if type(each.by) in OPEN])
    holding: dict[Any, bool] = {}
    for each in (each for each in kept if type(each.by) is not Nil):
        at = period_number(each.by) if isinstance(each.by, Period) else each.by
        holding[at] = holding.get(at, True) and each.item is True
    lengths = list(runs(holding))
    return max(lengths, default=0) if longest else lengths[-1] if lengths else 0


def runs(holding: dict[Any, bool]) -> Iterator[int]:
    """The length of the run that ends at each point; only numbers and periods can have gaps."""
    length, last = 0, None
    for at in sorted(holding):
        adjoins = not isinstance(at, int) or last is None or at == last + 1
        length = (length + 1 if adjoins else 1) if holding[at] else 0
        last = at
        yield length
