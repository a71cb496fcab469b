"""A sweep as a table: a line for each stretch of values at which everyone gets the same, and what each step costs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from cli import terminal
from cli.render.report import Chart, Part, Report
from cli.render.simulation import show_sheet
from cli.render.simulation_tables import Cell, amount, exactly, titled
from cli.render.simulation_words import grade, word
from cli.sheets import Sheet
from interpreter.simulating.compare import numbers
from interpreter.simulating.sweep import Stretch
from policy.core import Policy
from policy.types import Type
from policy.units import whole

FIXED = 4
"""Columns that stand in every table of a sweep: values, changed, moved, open."""


def report(
    parameter: tuple[str, str], found: Sequence[Stretch], lines: Sequence[str], policy: Policy, language: str
) -> Report:
    """The table, and a chart for each number; `parameter` is its name and its value in force."""
    name, value = parameter
    table = sheet(name, found, policy, language)
    sound = [each for each in found if not each.refused]
    labels = [each.first for each in sound]
    moving = [n for n in numbers(policy, policy) if len({each.sums[n] for each in sound}) > 1]
    charts = [
        Chart("steps", titled(n, kind_of(policy, n), language), labels, [(name, _plain(n, sound, policy))])
        for n in moving
    ]
    told = [word("sweep_now", language, value=value), *lines]
    title = word("title", language, name=policy.name, edit=name)
    return Report(title, [Part(name, told, [table], charts)], table, language)


def _plain(name: str, found: Sequence[Stretch], policy: Policy) -> list[int | Fraction]:
    return [Fraction((exactly(total(each, name, policy)) or "0").rstrip("%")) for each in found]


def show(written: Report, ascii_only: bool) -> None:
    """The report of a sweep on the terminal, without what is only for files."""
    terminal.line(written.title)
    for part in (each for each in written.parts if not each.long):
        for line in part.lines:
            terminal.line(line)
        for each in part.sheets:
            terminal.line()
            if each.title != part.title:
                terminal.line(each.title)
            kept = narrow(each) if each is written.main else each
            show_sheet(kept, "-" if ascii_only else "─", numbers=True)


def narrow(table: Sheet) -> Sheet:
    """The table without the heads and sums that are the same throughout."""
    moving = {at for at in range(len(table.headers)) if len({row[at] for row in table.rows if at < len(row)}) > 1}
    kept = [at for at in range(len(table.headers)) if at < FIXED or (at - (at in table.signed)) in moving]
    rows = [[row[at] for at in kept if at < len(row)] for row in table.rows]
    signed = [kept.index(at) for at in table.signed if at in kept]
    return Sheet(table.title, [table.headers[at] for at in kept], rows, signed=signed)


def sheet(name: str, found: Sequence[Stretch], policy: Policy, language: str) -> Sheet:
    """The values; how many change against the policy in force, and against the stretch before; open cases, heads, sums,
    and what each step costs."""
    first = next((each for each in found if not each.refused), None)
    heads = {n: list(values) for n, values in first.heads.items()} if first is not None else {}
    sums = list(first.sums) if first is not None else []
    headers = [name, word("changed", language), word("moved", language), word("open", language)]
    headers += [grade(value, language) for values in heads.values() for value in values]
    signed = []
    for n in sums:
        headers += [titled(n, kind_of(policy, n), language), word("step_cost", language)]
        signed.append(len(headers) - 1)
    rows: list[list[Cell]] = []
    before: Stretch | None = None
    for each in found:
        rows.append(_row(each, before, (heads, sums), policy, language))
        before = None if each.refused else each
    return Sheet(name, headers, rows, signed=signed)


def _row(
    stretch: Stretch,
    before: Stretch | None,
    columns: tuple[dict[str, list[str]], list[str]],
    policy: Policy,
    language: str,
) -> list[Cell]:
    if stretch.refused:
        return [span(stretch), word("refused", language)]
    heads, sums = columns
    row: list[Cell] = [span(stretch), stretch.changed, len(stretch.moved) if before is not None else None, stretch.open]
    row += [stretch.heads.get(n, {}).get(value, 0) for n, values in heads.items() for value in values]
    for n in sums:
        row += [total(stretch, n, policy), _cost(stretch, before, n, policy)]
    return row


def _cost(stretch: Stretch, before: Stretch | None, name: str, policy: Policy) -> Cell:
    """By how much a sum differs from that of the stretch before."""
    if before is None:
        return None
    difference = Fraction(stretch.sums[name].total) - before.sums[name].total
    return amount(whole(difference), kind_of(policy, name))


def span(stretch: Stretch) -> str:
    """The values of a stretch."""
    return stretch.first if stretch.first == stretch.last else f"{stretch.first}..{stretch.last}"


def kind_of(policy: Policy, name: str) -> Type:
    """The type of a result that is a number."""
    definition = policy.definition(name)
    assert definition is not None
    return definition.type


def total(stretch: Stretch, name: str, policy: Policy) -> Cell:
    """A sum in its unit."""
    return amount(stretch.sums[name].total, kind_of(policy, name))


def as_object(name: str, found: Sequence[Stretch], policy: Policy) -> dict[str, Any]:
    """A sweep as JSON."""
    return {"parameter": name, "stretches": [measured(each, policy) for each in found]}


def measured(each: Stretch, policy: Policy) -> dict[str, Any]:
    """One stretch as JSON."""
    return {
        "first": each.first,
        "last": each.last,
        "refused": each.refused,
        "changed": each.changed,
        "moved": list(each.moved),
        "open": each.open,
        "heads": each.heads,
        "sums": {n: exactly(total(each, n, policy)) for n in each.sums},
    }
