"""The tables of a simulation: heads, moves, sums, everyone whose result changes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, structs

from cli import values
from cli.render.run import name_field
from cli.render.simulation_words import grade, word
from cli.sheets import Sheet
from interpreter.exact.arithmetic import NUMERIC
from interpreter.exact.decide import Decision, Decisions
from interpreter.simulating import Change, Simulation
from interpreter.simulating.amounts import Parted, by_grade, known, largest, parted, places, spread
from interpreter.simulating.compare import Summed, label
from policy.core import Policy
from policy.numerals import decimal, in_unit
from policy.types import Number, Type
from policy.units import Exact, whole

if TYPE_CHECKING:
    from interpreter.simulating.fairness import Groups

Cell: TypeAlias = "str | int | Fraction | None"
"""What stands in a cell of a table."""
By: TypeAlias = "tuple[str, Groups]"
"""A field and the group in which it puts each person."""


SIDES = ("before", "after")


class Because(Struct, frozen=True):
    """What is told of causes: their tables, the words for one person by key, and a note on how shares were found."""

    sheets: list[Sheet]
    of: Callable[[str], str]
    note: str = ""


def sum_sheets(found: Simulation, language: str) -> list[Sheet]:
    """The sum, the average and the median of each result that is a number, under both rules."""
    if not found.sums:
        return []
    headers = [word(w, language) for w in ("number", "before", "after", "difference")]
    headers += [word(f"{w}_of", language, side=word(s, language)) for w in ("average", "median") for s in SIDES]
    rows: list[list[Cell]] = []
    for name, (old, new) in found.sums.items():
        kind = result_type(found, name)
        middle = [spread(known(side.cases, name).values()) for side in (found.before, found.after)]
        each = [average(old), average(new), *(None if s is None else s.median for s in middle)]
        rows.append([titled(name, kind, language), *three(old, new, kind), *(amount(e, kind) for e in each)])
    return [Sheet(word("sum", language), headers, rows, signed=(3,))]


def group_sheets(found: Simulation, by: By, language: str) -> list[Sheet]:
    """By groups of people: how many, whose results change; then each number added up, with its averages."""
    field, group = by
    changed = {change.key for change in found.changes}
    title = word("by", language, field=field)
    members: dict[str, set[str]] = {}
    for case in (*found.before.cases, *found.after.cases):
        members.setdefault(group(case), set()).add(case.key)
    heads: list[list[Cell]] = [
        [each or word("missing", language), len(members[each]), len(members[each] & changed)]
        for each in sorted(members)
    ]
    made = [Sheet(title, [field, word("people", language), word("changed", language)], heads)]
    for name in found.sums:
        kind, differing = result_type(found, name), _differing(found, name)
        ways = {each: [differing[key] for key in members[each] & set(differing)] for each in members}
        rows = [
            [*_part_row(part, kind, language), *(sum(d * way > 0 for d in ways[part.group]) for way in (1, -1))]
            for part in parted(found, name, group)
        ]
        headers = [*_part_headers(field, language), word("more", language), word("less", language)]
        made.append(Sheet(f"{titled(name, kind, language)} {title}", headers, rows, signed=(5,)))
    return made


def grade_sheets(found: Simulation, language: str) -> list[Sheet]:
    """Each number by grade: who holds the grade under each rule, what they get together and on average."""
    made = []
    for name in found.sums:
        kind = result_type(found, name)
        for choice in found.heads:
            rows = [_part_row(part, kind, language) for part in by_grade(found, choice, name)]
            title = f"{titled(name, kind, language)} {word('by', language, field=choice)}"
            made.append(Sheet(title, _part_headers(choice, language), rows, signed=(5,)))
    return made


def _part_headers(first: str, language: str) -> list[str]:
    sides = [word(side, language) for side in SIDES]
    return [
        first,
        *(word("count_of", language, side=side) for side in sides),
        *(word("sum_of", language, side=side) for side in sides),
        word("difference", language),
        *(word("average_of", language, side=side) for side in sides),
    ]


def _part_row(part: Parted, kind: Type, language: str) -> list[Cell]:
    averages = [amount(average(side), kind) for side in (part.before, part.after)]
    counts: list[Cell] = [part.before.count, part.after.count]
    named = grade(part.group, language) if part.group else word("missing", language)
    return [named, *counts, *three(part.before, part.after, kind), *averages]


def spread_sheets(found: Simulation, language: str) -> list[Sheet]:
    """How each number is spread under both rules."""
    rows: list[list[Cell]] = []
    for name in found.sums:
        kind = result_type(found, name)
        for side, decisions in (("before", found.before), ("after", found.after)):
            told = spread(known(decisions.cases, name).values())
            if told is not None:
                figures = (told.least, told.lower, told.median, told.upper, told.most)
                named = f"{titled(name, kind, language)} {word(side, language)}"
                rows.append([named, told.count, *(amount(each, kind) for each in figures)])
    headers = ["number", "people", "least", "first_quarter", "median", "third_quarter", "most"]
    return [Sheet(word("spread", language), [word(each, language) for each in headers], rows)] if rows else []


def largest_sheets(found: Simulation, language: str, few: int) -> list[Sheet]:
    """The largest differences of each number and place."""
    made = []
    for name in (*found.sums, *places(found)):
        kind = result_type(found, name)
        rows: list[list[Cell]] = [
            [each.key, amount(each.before, kind), amount(each.after, kind), amount(each.difference, kind)]
            for each in largest(found, name, few)
        ]
        if rows:
            headers = [key_name(found), *(word(side, language) for side in ("before", "after", "difference"))]
            made.append(
                Sheet(f"{word('largest', language)} {titled(name, kind, language)}", headers, rows, signed=(3,))
            )
    return made


def _differing(found: Simulation, name: str) -> dict[str, Exact]:
    return {each.key: each.difference for each in largest(found, name)}


def gained(found: Simulation, name: str) -> tuple[int, int]:
    """How many get more of a number, and how many less."""
    differences = _differing(found, name).values()
    return sum(each > 0 for each in differences), sum(each < 0 for each in differences)


def three(old: Summed, new: Summed, kind: Type) -> list[Cell]:
    """Before, after and the difference."""
    return [amount(old.total, kind), amount(new.total, kind), amount(whole(new.total - old.total), kind)]


def average(of: Summed) -> Exact | None:
    """The average, None of nobody."""
    return None if not of.count else whole(Fraction(of.total) / of.count)


def amount(value: Exact | None, kind: Type) -> Cell:
    """A number in its unit; a percentage as it is written, and what nobody has as nothing."""
    unit = kind.kind.unit if isinstance(kind.kind, Number) else None
    if value is None or unit is None:
        return value
    return in_unit(value, unit) if unit.family == "ratio" else whole(Fraction(value) / Fraction(unit.factor))


def titled(name: str, kind: Type, language: str) -> str:
    """A result with its unit, as the title of a column has it."""
    unit = kind.kind.unit if isinstance(kind.kind, Number) else None
    if unit is None or unit.family == "ratio":
        return name
    return f"{name}（{unit.spelled(language)}）" if language == "zh" else f"{name} ({unit.spelled(language)})"


def result_type(found: Simulation, name: str) -> Type:
    definition = found.before.policy.definition(name)
    assert definition is not None
    return definition.type


def head_sheets(found: Simulation, language: str) -> list[Sheet]:
    headers = [word(w, language) for w in ("before", "after", "difference")]
    return [
        Sheet(
            f"{word('heads', language)} {name}",
            [name, *headers],
            [[grade(v, language), a, b, b - a] for v, a, b in rows],
            signed=(3,),
        )
        for name, rows in found.heads.items()
    ]


def move_sheets(found: Simulation, language: str) -> list[Sheet]:
    made = []
    for name, moves in found.moves.items():
        there = {grade for pair in moves for grade in pair}
        order = [v for v, _, _ in found.heads[name] if v in there]
        rows = [[grade(a, language), *(moves.get((a, b)) or "·" for b in order)] for a in order]
        made.append(
            Sheet(
                f"{word('moves', language)} {name}",
                [word("from_to", language), *(grade(v, language) for v in order)],
                rows,
            )
        )
    return made


def moved_sheets(found: Simulation, language: str) -> list[Sheet]:
    """The moves for the terminal: only the grades that somebody leaves or comes to."""
    narrow = structs.replace(found, moves={name: _moved(moves) for name, moves in found.moves.items() if _moved(moves)})
    return move_sheets(narrow, language)


def _moved(moves: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """The moves from and to grades between which somebody moves, empty where nobody does."""
    touched = {grade for pair in moves if pair[0] != pair[1] for grade in pair}
    return {pair: count for pair, count in moves.items() if touched.issuperset(pair)}


def key_name(found: Simulation) -> str:
    """The field by which people are told apart."""
    key = found.before.policy.main.key
    return key.name if key is not None else ""


def change_sheet(found: Simulation, language: str, because: Because | None = None) -> Sheet:
    """A line a person: each result that changes for somebody, as `old → new`; the cause; their own changed values."""
    policy = found.before.policy
    shown = [n for n in policy.results if any(n in c.results for c in found.changes)]
    name = name_field(policy)
    told = [word("because_of", language)] if because is not None else []
    headers = [
        key_name(found),
        *([name] if name else []),
        *shown,
        word("cause", language),
        *told,
        word("own", language),
    ]
    rows = []
    for change in found.changes:
        case = change.before or change.after
        assert case is not None
        row = [change.key] + ([values.plain(case.subject.values.get(name, ""), language)] if name else [])
        row += [_change_cell(change, result, found, language) for result in shown]
        row += [word(change.cause, language), *([because.of(change.key)] if because is not None else [])]
        row += ["，".join(_own(change, n, found, language) for n in change.own)]
        rows.append(row)
    return Sheet(word("changes", language), headers, rows)


def people_sheet(found: Simulation, language: str, because: Because | None = None) -> Sheet:
    """The same for files: each result in a column of its own under each rule, numbers as numbers."""
    policy = found.before.policy
    shown = [n for n in policy.results if any(n in c.results for c in found.changes)]
    name = name_field(policy)
    told = [word("because_of", language)] if because is not None else []
    sides = [word(side, language) for side in SIDES]
    headers = [key_name(found), *([name] if name else [])]
    headers += [f"{titled(n, result_type(found, n), language)} {side}" for n in shown for side in sides]
    headers += [word("cause", language), *told, word("own", language)]
    rows: list[list[Cell]] = []
    for change in found.changes:
        case = change.before or change.after
        assert case is not None
        row: list[Cell] = [change.key]
        row += [values.plain(case.subject.values.get(name, ""), language)] if name else []
        both = ((change.before, found.before), (change.after, found.after))
        row += [_file_cell(decision, n, of, language) for n in shown for decision, of in both]
        row += [word(change.cause, language), *([because.of(change.key)] if because is not None else [])]
        row += ["，".join(_own(change, n, found, language) for n in change.own)]
        rows.append(row)
    return Sheet(word("people_part", language), headers, rows)


def _file_cell(case: Decision | None, result: str, decisions: Decisions, language: str) -> Cell:
    """A number as a number in its unit, everything else as it is shown."""
    value = case.results[result].value if case is not None and result in case.results else None
    if type(value) in NUMERIC and (kind := values.result_types(decisions.policy).get(result)) is not None:
        return amount(value, kind)
    shown = cell_of(case, result, decisions)
    return word("aside", language) if shown is None else grade(shown, language)


def _change_cell(change: Change, result: str, found: Simulation, language: str) -> str:
    old, new = (cell_of(d, result, of) for d, of in ((change.before, found.before), (change.after, found.after)))
    old, new = (word("aside", language) if cell is None else grade(cell, language) for cell in (old, new))
    return old if old == new else f"{old} → {new}"


def cell_of(case: Decision | None, result: str, decisions: Decisions) -> str | None:
    """A result as it is shown, the word for what stands in its place, None where the row is set aside."""
    if case is None or result not in case.results:
        return None
    value = case.results[result].value
    kinds = values.result_types(decisions.policy)
    text = values.shown(value, kinds[result], decisions.policy.language)
    return text or label(value)


def _own(change: Change, name: str, found: Simulation, language: str) -> str:
    assert change.before is not None
    assert change.after is not None
    old = _own_cell(change.before, name, found.before.policy, language)
    new = _own_cell(change.after, name, found.after.policy, language)
    return f"{name} {old} → {new}"


def _own_cell(case: Decision, name: str, policy: Policy, language: str) -> str:
    definition = policy.definition(name)
    assert definition is not None
    value = case.subject.memo[name].value
    return values.shown(value, definition.type, policy.language) or grade(label(value), language)


def exactly(cell: Cell) -> str | None:
    """A cell for programs: nothing of a number is left out."""
    return decimal(cell) if isinstance(cell, int | Fraction) else cell
