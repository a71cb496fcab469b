"""Several rules that are tried, side by side with the rule in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cli import terminal
from cli.render.report import Part, Report
from cli.render.simulation import show_sheet
from cli.render.simulation_json import as_object as one_object
from cli.render.simulation_lines import any_open, lines
from cli.render.simulation_tables import (
    Cell,
    amount,
    head_sheets,
    move_sheets,
    people_sheet,
    result_type,
    sum_sheets,
    titled,
)
from cli.render.simulation_words import grade, word
from cli.session import Session
from cli.sheets import Sheet
from interpreter.simulating import Simulation
from interpreter.simulating.compare import DISPLACED, HIT


def sheet(tried: Sequence[tuple[str, Simulation]], language: str) -> Sheet:
    """A row a figure, a column a rule: how many change, heads of each grade, sums, open cases."""
    first = tried[0][1]
    rows: list[list[Cell]] = [[word("changed", language), None, *(len(s.changes) for _, s in tried)]]
    rows += [[f"  {word(c, language)}", None, *(len(s.caused(c)) for _, s in tried)] for c in (HIT, DISPLACED)]
    was = sum(case.outcome != "decided" for case in first.before.cases)
    now = [sum(case.outcome != "decided" for case in s.after.cases) for _, s in tried]
    rows.append([word("open", language), was, *now])
    for name in dict.fromkeys(name for _, s in tried for name in s.heads):
        counted = [{v: (a, b) for v, a, b in s.heads.get(name, ())} for _, s in tried]
        for value in dict.fromkeys(v for each in counted for v in each):
            before = next((each[value][0] for each in counted if value in each), 0)
            after = [each.get(value, (0, 0))[1] for each in counted]
            rows.append([f"{name} {grade(value, language)}", before, *after])
    for name in dict.fromkeys(name for _, s in tried for name in s.sums):
        kind = next(result_type(s, name) for _, s in tried if name in s.sums)
        pairs = [s.sums.get(name) for _, s in tried]
        before_sum = next(pair[0].total for pair in pairs if pair is not None)
        sums = [amount(pair[1].total, kind) if pair is not None else None for pair in pairs]
        rows.append([f"{word('sum', language)} {titled(name, kind, language)}", amount(before_sum, kind), *sums])
    headers = [word("figure", language), word("before", language), *(title for title, _ in tried)]
    return Sheet(word("side_by_side", language), headers, rows)


def show(table: Sheet, tried: Sequence[tuple[str, Simulation]], session: Session) -> None:
    """The comparison on the terminal."""
    language = session.language
    edit = word("side_by_side", language)
    terminal.line(word("title", language, name=session.policy.name, edit=edit))
    terminal.line(word("untouched", language))
    terminal.line()
    show_sheet(table, "-" if session.asked.ascii else "─", numbers=True)
    if any(found.sums and any_open(found) for _, found in tried):
        terminal.line(word("decided_only", language))


def report(table: Sheet, tried: Sequence[tuple[str, Simulation]], data: Sheet, policy: str, language: str) -> Report:
    """The comparison, then each rule by itself, under its number."""
    parts = [Part(table.title, [word("untouched", language)], [table])]
    for number, (title, found) in enumerate(tried, 1):
        figures = [*head_sheets(found, language), *move_sheets(found, language), *sum_sheets(found, language)]
        people = people_sheet(found, language)
        parts.append(Part(f"{number} {title}", lines(found, language), figures))
        parts.append(Part(f"{number} {people.title}", (), [people], long=True))
    title = word("title", language, name=policy, edit=table.title)
    return Report(title, [*parts, Part(data.title, (), [data])], table, language)


def as_object(tried: Sequence[tuple[str, Simulation]]) -> dict[str, Any]:
    """The rules one after the other as JSON."""
    return {"alternatives": [one_object(found, title) for title, found in tried]}
