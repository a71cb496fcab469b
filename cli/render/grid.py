"""Two parameters at once: a table for each figure, one parameter down and the other across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cli.render.report import Part, Report
from cli.render.simulation_tables import Cell, titled
from cli.render.simulation_words import grade, word
from cli.render.sweep import kind_of, measured, show, total
from cli.sheets import Sheet
from interpreter.simulating.compare import numbers
from interpreter.simulating.sweep import Cell as Pair
from interpreter.simulating.sweep import Stretch
from policy.core import Policy

if TYPE_CHECKING:
    from cli.goals import Goal
    from cli.sweeping import Axis

__all__ = ["as_object", "report", "show"]


def report(
    axes: Sequence[Axis],
    found: Sequence[Pair],
    asked: tuple[Sequence[str], Goal | None, Sequence[str]],
    policy: Policy,
    language: str,
) -> Report:
    """A table for the goal where there is one, else for how many change and for each number; then all figures in one
    long list. `asked` are the values in force, the goal, and what is said of it."""
    in_force, goal, lines = asked
    figures: list[tuple[str, Callable[[Stretch], Cell]]] = [(word("changed", language), lambda each: each.changed)]
    if goal is not None:
        figures = [(goal.text, lambda each: goal.told(each))]
    else:
        moving = [
            n for n in numbers(policy, policy) if len({e.found.sums[n] for e in found if not e.found.refused}) > 1
        ]
        figures += [(titled(n, kind_of(policy, n), language), _total(n, policy)) for n in moving]
    tables = [_table(title, axes, found, of, language) for title, of in figures]
    values = [f"{name} {value}" for (name, _), value in zip(axes, in_force, strict=True)]
    told = [word("grid_now", language, values=("，" if language == "zh" else ", ").join(values)), *lines]
    names = " × ".join(name for name, _ in axes)
    everything = _long(axes, found, policy, language)
    title = word("title", language, name=policy.name, edit=names)
    parts = [Part(names, told, tables), Part(everything.title, (), [everything], long=True)]
    return Report(title, parts, everything, language)


def _total(name: str, policy: Policy) -> Callable[[Stretch], Cell]:
    return lambda each: total(each, name, policy)


def _table(
    title: str, axes: Sequence[Axis], found: Sequence[Pair], of: Callable[[Stretch], Cell], language: str
) -> Sheet:
    (down, ours), (across, theirs) = axes
    cells = {each.values: word("refused_cell", language) if each.found.refused else of(each.found) for each in found}
    rows = [[one, *(cells[one, other] for other in theirs)] for one in ours]
    return Sheet(title, [f"{down} ╲ {across}", *theirs], rows)


def _long(axes: Sequence[Axis], found: Sequence[Pair], policy: Policy, language: str) -> Sheet:
    first = next((each.found for each in found if not each.found.refused), None)
    heads = {n: list(values) for n, values in first.heads.items()} if first is not None else {}
    sums = list(first.sums) if first is not None else []
    headers = [*(name for name, _ in axes), word("changed", language), word("open", language)]
    headers += [grade(value, language) for values in heads.values() for value in values]
    headers += [titled(n, kind_of(policy, n), language) for n in sums]
    rows: list[list[Cell]] = []
    for each in found:
        if each.found.refused:
            rows.append([*each.values, word("refused", language)])
            continue
        counted = [each.found.heads.get(n, {}).get(value, 0) for n, values in heads.items() for value in values]
        totals = [total(each.found, n, policy) for n in sums]
        rows.append([*each.values, each.found.changed, each.found.open, *counted, *totals])
    return Sheet(word("grid_all", language), headers, rows)


def as_object(axes: Sequence[Axis], found: Sequence[Pair], policy: Policy) -> dict[str, Any]:
    """A grid as JSON."""
    names = [name for name, _ in axes]
    cells = [{"values": dict(zip(names, e.values, strict=True)), **_cell(e.found, policy)} for e in found]
    return {"parameters": names, "cells": cells}


def _cell(found: Stretch, policy: Policy) -> dict[str, Any]:
    told = measured(found, policy)
    return {key: told[key] for key in ("refused", "changed", "open", "heads", "sums")}
